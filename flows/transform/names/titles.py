"""The role beside a person's name: where it begins, how far its modifiers reach."""

from __future__ import annotations

from typing import Final, cast

from flows.transform.lexicon import Hit
from flows.transform.names.gazetteer import Head, ListedName, Title
from flows.transform.names.ground import CLOSING, ENDS, OPENING, Ground

_MAX_WORDS: Final = 12
_RANKS: Final = frozenset({"rank", "weak"})
COMMAS: Final = frozenset("،,")
_POSSESSORS: Final = frozenset({"office", "weak"})
_DEFINITE: Final = frozenset({"definite", "generic", "part"})
_DIRECTED: Final = frozenset({"في", "الي"})
"""Prepositions that go on a role only before a listed name: ``المبعوث إلى اليمن``."""
_OUTSIDE: Final = frozenset({"generic", "district", "seat"})
"""Uses of heads that stay outside the name of an institution or a place."""
_REPRESENTING: Final = frozenset({"نايب", "النايب", "النايبه", "ممثل", "الممثل", "مرشح", "المرشح"})
"""Folded titles after which ``عن`` says for whom."""
_OPEN: Final = frozenset({"في", "الي", "لدي", "باسم"})
"""Words of a role that need another after them."""
_INSIDE: Final = frozenset({"باسم", "في", "الي", "لدي", "بالوكاله", "بالانابه", "سابق", "سابقا", "عام", "اول"})
"""Folded words that go on inside a role phrase though they are no noun of it."""


_COURTESIES: Final = frozenset({
    "معالي", "سعاده", "فخامه", "دوله", "سمو", "صاحب", "صاحبه", "السمو", "الجلاله", "المعالي", "السعاده", "الفخامه",
    "الشيخ", "الشيخه", "السيد", "السيده", "الامير", "الاميره",
})  # fmt: skip
"""Folded words of honorifics: a name with these alone before it has its title in the role after it."""


class Role:
    """A role phrase in tokens ``first:last``; ``opens`` if it begins anew (definite, or after a preposition)."""

    __slots__ = ("first", "last", "offset", "opens", "use")

    def __init__(self, first: int, last: int, offset: int, use: str, opens: bool) -> None:
        self.first = first
        self.last = last
        self.offset = offset
        self.use = use
        self.opens = opens


def roles(ground: Ground, first: int, last: int, names: dict[int, int], spans: dict[int, int]) -> list[Role]:
    """Every role phrase of tokens ``first:last``, as far as its modifiers reach.

    ``names`` has the first token of each candidate person, with the proclitic characters before its name; ``spans``
    the first token of each candidate organisation or place with its end.
    """
    found: list[Role] = []
    by_token = ground.hits["title"]
    inside, previous = first, None
    for token in ground.within("title", first, last):
        if token < inside:
            continue
        hits = [hit for hit in by_token[token] if hit.last <= last]
        if not hits:
            continue
        hit = hits[0] if len(hits) == 1 else max(hits, key=_weight)
        title = cast("Title", hit.entry.value)
        if previous is not None and token < previous.last and _is_chained(ground, hit, title):
            continue
        end = _reach_kin(ground, hit, last) if title.use == "kin" else _reach(ground, hit, last, names, spans)
        inside = hit.last
        if previous is not None and title.use in _RANKS and not (hit.offset or hit.fused) and hit.last <= previous.last:
            continue  # ``العاهل الأردني الملك`` is one title
        role = Role(token, end, hit.offset, title.use, title.is_definite or hit.offset > 0)
        if previous is not None and _joins(ground, previous, hit, title):
            role = Role(
                previous.first, end, previous.offset, previous.use, previous.opens
            )  # ``وزير الخارجية الشيخ`` too
        found.append(role)
        previous = role
    return found


def _weight(hit: Hit) -> tuple[int, int, bool]:
    """The longest phrase counts, then the fewest proclitics, then a rank (``الملك``) before an office."""
    return hit.last, -hit.offset, cast("Title", hit.entry.value).use in _RANKS


def _is_chained(ground: Ground, hit: Hit, title: Title) -> bool:
    """Whether a title is the possessor of a role's head: ``رئيس مجلس الوزراء``, ``وكيل الأمين العام``."""
    before = ground.words[hit.first - 1]
    return (
        title.use in _POSSESSORS
        and not (hit.offset or hit.fused)
        and not ground.is_definite(hit.first - 1)
        and (before.isalpha())
    )


def _joins(ground: Ground, previous: Role, hit: Hit, title: Title) -> bool:
    """Whether a title goes on the role right before it: a rank, also after a comma, or a second office."""
    if hit.offset or hit.fused or previous.use == "kin":
        return False
    is_next = previous.last == hit.first
    if title.use == "rank":
        return is_next or (previous.last == hit.first - 1 and ground.words[previous.last] in COMMAS)
    return is_next and (title.use == "weak" or not title.is_definite)


def _reach_kin(ground: Ground, hit: Hit, last: int) -> int:
    """The token after ``نظيره`` and a nationality."""
    following = [other.last for other in ground.at("demonym", hit.last) if other.offset == 0 and other.last <= last]
    return max(following, default=hit.last)


def _reach(ground: Ground, hit: Hit, last: int, names: dict[int, int], spans: dict[int, int]) -> int:
    """The token after the last modifier of a title, which is no bare preposition."""
    end = _modified(ground, hit, last, names, spans)
    while end > hit.last and ground.words[end - 1] in _OPEN:
        end -= 1
    return end


def _modified(ground: Ground, hit: Hit, last: int, names: dict[int, int], spans: dict[int, int]) -> int:
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
        step = _modifier(ground, token, last, spans, construct=construct)
        if not step:
            return token
        is_closed = ground.is_definite(token + step - 1) or step > 1
        construct = ground.words[token] == "باسم" or (construct and not is_closed)
        token += step
    return token


def _modifier(ground: Ground, token: int, last: int, spans: dict[int, int], *, construct: bool) -> int:
    """How many tokens from ``token`` on modify a role (0: none)."""
    word = ground.words[token]
    if not word.isalpha():
        return _quoted(ground, token, spans)
    if not word.startswith(("و", "ف")):
        listed = max((hit.last for hit in ground.at("entity", token) if _is_institution(hit, last)), default=token)
        listed = max(listed, spans.get(token, token))
        if listed > token:
            return listed - token
    if word == "عن":
        return int(token + 1 < last and ground.words[token - 1] in _REPRESENTING and _is_directed(ground, token + 1))
    if word in _INSIDE:
        return int(word not in _DIRECTED or (token + 1 < last and _is_directed(ground, token + 1)))
    if ground.stop(token) in ENDS:
        return 0
    return int(_is_attribute(ground, token) or (construct and _goes_on(ground, token, last)))


def _is_directed(ground: Ground, token: int) -> bool:
    """Whether what follows a preposition goes on a role: a listed name, ``الجبهة`` for the one named before.

    Also a part of the country where a name follows at once: ``المدير في الجنوب مراد اشتيوي``.
    """
    heads = [cast("Head", hit.entry.value) for hit in ground.at("head", token)]
    is_part = ground.is_definite(token) and any(hit.offset == 0 for hit in ground.at("given_name", token + 1))
    return is_part or bool(ground.at("entity", token)) or any(head.use in _DEFINITE for head in heads)


def _quoted(ground: Ground, token: int, spans: dict[int, int]) -> int:
    """An institution in quotation marks goes on a role: ``قائد "فيلق القدس"``."""
    end = spans.get(token + 1, 0)
    is_quoted = ground.words[token] in OPENING and 0 < end < len(ground.words) and ground.words[end] in CLOSING
    return end + 1 - token if is_quoted else 0


def _is_institution(hit: Hit, last: int) -> bool:
    """Whether a listed name may modify a role; a person's name ends it."""
    return hit.last <= last and cast("ListedName", hit.entry.value).entity.kind != "person"


def _is_attribute(ground: Ground, token: int) -> bool:
    """A definite noun or adjective, a nationality, or ``لحركة`` before the movement's name."""
    word = ground.words[token]
    if ground.is_definite(token):
        return not (word.startswith("و") and ground.at("title", token))
    heads = [cast("Head", hit.entry.value) for hit in ground.at("head", token)]
    introduces = any(head.use in _OUTSIDE and (word[0] == "ل" or head.kind == "organisation") for head in heads)
    return (introduces and word[0] in "لب") or bool(ground.at("demonym", token))


def _goes_on(ground: Ground, token: int, last: int) -> bool:
    """Whether an indefinite noun goes on a construct chain, which a definite noun must close in the end."""
    stop = ground.stop(token)
    if ground.at("title", token) or stop == "link":
        return True
    closes = token + 1 < last and ground.is_definite(token + 1) and ground.stop(token + 1) not in ENDS
    return closes and (stop != "common" or bool(ground.at("head", token)))


def is_courtesy(role: Role, ground: Ground) -> bool:
    """Whether a role phrase is an honorific and nothing else: ``صاحب السمو الشيخ``."""
    head, *rest = ground.words[role.first : role.last]
    return head[role.offset :] in _COURTESIES and _COURTESIES.issuperset(rest)


def role_before(role: Role, ground: Ground) -> int:
    """The token where a name would stand after a role, one comma allowed."""
    return role.last + (role.last < len(ground.words) and ground.words[role.last] in COMMAS)


def role_after(ground: Ground, token: int, last: int, by_first: dict[int, Role]) -> Role | None:
    """The role in apposition after a name that ends before ``token``: ``، وزير الدفاع،``."""
    comma = token < last and ground.words[token] in COMMAS
    role = by_first.get(token + comma)
    if role is None or role.offset or not (comma or (role.use == "office" and role.last > role.first + 1)):
        return None
    return role
