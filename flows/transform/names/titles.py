"""The role beside a person's name: where it begins, how far its modifiers reach."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from flows.transform.names.ground import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.transform.lexicon import Hit
    from flows.transform.names.gazetteer import Head, ListedName, Title
    from flows.transform.names.ground import Ground

_MAX_WORDS = 12
_RANKS = frozenset({"rank", "weak"})
COMMAS = frozenset("،,")
_INSIDE = frozenset({"باسم", "في", "لدي", "بالوكاله", "بالانابه", "سابق", "سابقا", "عام", "اول"})
"""Folded words that go on inside a role phrase though they are no noun of it."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role phrase in tokens ``first:last``; ``opens`` if it begins anew (definite, or after a preposition)."""

    first: int
    last: int
    offset: int
    use: str
    opens: bool


def roles(ground: Ground, first: int, last: int, names: Mapping[int, int]) -> Iterator[Role]:
    """Every role phrase of tokens ``first:last``, as far as its modifiers reach.

    ``names`` has the first token of each candidate person, with the proclitic characters before its name.
    """
    by_token = ground.hits["title"]
    inside, previous = first, None
    for token in range(first, last):
        hits = by_token.get(token)
        if not hits or token < inside:
            continue
        hit = max((h for h in hits if h.last <= last), key=_weight, default=None)
        if hit is None:
            continue
        title = cast("Title", hit.entry.value)
        end = hit.last if title.use == "kin" else _reach(ground, hit, last, names)
        inside = hit.last
        if previous is not None and title.use in _RANKS and not (hit.offset or hit.fused) and hit.last <= previous.last:
            continue  # ``العاهل الأردني الملك`` is one title
        role = Role(token, end, hit.offset, title.use, title.is_definite or hit.offset > 0)
        if previous is not None and title.use in _RANKS and not (hit.offset or hit.fused) and previous.last == token:
            role = replace(previous, last=end)  # ``وزير الخارجية الشيخ`` too
        yield role
        previous = role


def _weight(hit: Hit) -> tuple[int, int, bool]:
    """The longest phrase counts, then the fewest proclitics, then a rank (``الملك``) before an office."""
    return hit.last, -hit.offset, cast("Title", hit.entry.value).use in _RANKS


def _reach(ground: Ground, hit: Hit, last: int, names: Mapping[int, int]) -> int:
    """The token after the last modifier of a title."""
    token = hit.last
    is_closed = cast("Title", hit.entry.value).is_definite or ground.is_definite(token - 1)
    construct = not is_closed or ground.words[token - 1] == "باسم"
    limit = min(last, hit.first + _MAX_WORDS)
    while token < limit:
        if token in names:
            if not names[token] or ground.words[token].startswith("و"):
                return token
            token += 1
            continue
        step = _modifier(ground, token, last, construct=construct)
        if not step:
            return token
        construct = construct and not ground.is_definite(token + step - 1)
        token += step
    return token


def _modifier(ground: Ground, token: int, last: int, *, construct: bool) -> int:
    """How many tokens from ``token`` on modify a role (0: none)."""
    word = ground.words[token]
    if not word.isalpha():
        return 0
    if not word.startswith(("و", "ف")):
        listed = max((hit.last for hit in ground.at("entity", token) if _is_institution(hit, last)), default=token)
        if listed > token:
            return listed - token
    if word in _INSIDE:
        return int(word != "في" or (token + 1 < last and bool(ground.at("entity", token + 1))))
    if ground.stop(token) in ENDS:
        return 0
    return int(_is_attribute(ground, token) or (construct and _goes_on(ground, token, last)))


def _is_institution(hit: Hit, last: int) -> bool:
    """Whether a listed name may modify a role; a person's name ends it."""
    return hit.last <= last and cast("ListedName", hit.entry.value).entity.kind != "person"


def _is_attribute(ground: Ground, token: int) -> bool:
    """A definite noun or adjective, a nationality, or ``لحركة`` before the movement's name."""
    word = ground.words[token]
    if ground.is_definite(token):
        return not (word.startswith("و") and ground.at("title", token))
    heads = ground.at("head", token) if word.startswith("ل") else ()
    return any(cast("Head", hit.entry.value).use == "generic" for hit in heads) or bool(ground.at("demonym", token))


def _goes_on(ground: Ground, token: int, last: int) -> bool:
    """Whether an indefinite noun goes on a construct chain, which a definite noun must close in the end."""
    stop = ground.stop(token)
    if ground.at("title", token) or stop == "link":
        return True
    closes = token + 1 < last and ground.is_definite(token + 1) and ground.stop(token + 1) not in ENDS
    return closes and stop != "common"


def role_before(role: Role, ground: Ground) -> int:
    """The token where a name would stand after a role, one comma allowed."""
    return role.last + (role.last < len(ground.words) and ground.words[role.last] in COMMAS)


def role_after(ground: Ground, token: int, last: int, by_first: Mapping[int, Role]) -> Role | None:
    """The role in apposition after a name that ends before ``token``: ``، وزير الدفاع،``."""
    comma = token < last and ground.words[token] in COMMAS
    role = by_first.get(token + comma)
    if role is None or role.offset or not (comma or (role.use == "office" and role.last > role.first + 1)):
        return None
    return role
