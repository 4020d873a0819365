"""The role beside a person's name: where it begins, how far its modifiers reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from flows.transform.lexicon import Hit
from flows.transform.names.gazetteer import Head, Title
from flows.transform.names.ground import Ground

_MAX_WORDS = 12
_COMMAS = frozenset("،,")
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

    Args:
        names: first token of each candidate person, with the proclitic characters before its name.
    """
    by_token = ground.hits["title"]
    for token in range(first, last):
        hits = by_token.get(token)
        if not hits:
            continue
        hit = max((h for h in hits if h.last <= last), key=lambda h: (h.last, -h.offset), default=None)
        if hit is None:
            continue
        title = cast("Title", hit.entry.value)
        end = hit.last if title.use == "kin" else _reach(ground, hit, last, names)
        opens = title.is_definite or hit.offset > 0
        yield Role(token, end, hit.offset, title.use, opens)


def _reach(ground: Ground, hit: Hit, last: int, names: Mapping[int, int]) -> int:
    """The token after the last modifier of a title."""
    token, construct = hit.last, not cast("Title", hit.entry.value).is_definite
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
    stop = ground.stop(token)
    places = [hit for hit in ground.at("entity", token) if hit.last <= last and not word.startswith(("و", "ف"))]
    if places:
        return max(hit.last for hit in places) - token
    if word in _INSIDE:
        return int(word != "في" or token + 1 < last and bool(ground.at("entity", token + 1)))
    if stop in {"function", "verb"}:
        return 0
    if ground.is_definite(token):
        return int(not (word.startswith("و") and ground.at("title", token)))
    if word.startswith("ل") and any(cast("Head", h.entry.value).use == "generic" for h in ground.at("head", token)):
        return 1
    if ground.at("title", token) or stop == "link":
        return int(construct)
    if ground.at("demonym", token):
        return 1
    return int(construct and token + 1 < last and stop != "common" and _ends_chain(ground, token + 1))


def _ends_chain(ground: Ground, token: int) -> bool:
    """Whether a construct chain can close here: a definite noun or a listed name."""
    return ground.is_definite(token) and ground.stop(token) not in {"function", "verb"}


def role_before(role: Role, ground: Ground) -> int:
    """The token where a name would stand after a role, one comma allowed."""
    return role.last + (role.last < len(ground.words) and ground.words[role.last] in _COMMAS)


def role_after(ground: Ground, token: int, last: int, by_first: Mapping[int, Role]) -> Role | None:
    """The role in apposition after a name that ends before ``token``: ``، وزير الدفاع،``."""
    if token < last and ground.words[token] in _COMMAS:
        role = by_first.get(token + 1)
        if role is not None and role.offset == 0 and role.last > role.first:
            return role
    return None
