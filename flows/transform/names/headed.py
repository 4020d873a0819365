"""Organisations and places nobody listed, known by the common noun before them: ``جامعة القاهرة``, ``بلدة حزما``."""

from __future__ import annotations

from typing import Final, cast

from flows.transform.lexicon import Hit
from flows.transform.names.companies import company_end
from flows.transform.names.extents import COMPANIES, JOINING_HEADS, definite_extent, extent
from flows.transform.names.gazetteer import Head, ListedName
from flows.transform.names.ground import (
    CLOSING,
    ENDS,
    OPENING,
    Candidate,
    Ground,
    goes_on,
    is_free,
)
from flows.transform.names.keys import coined
from flows.transform.names.places import is_governed, is_located, places_after, toponym_end

_OUTSIDE: Final = frozenset({"generic", "district", "plural", "seat"})
_ANNOUNCING: Final = _OUTSIDE | {"part", "site", "definite", "toponym", "municipal"}
_LOCAL: Final = frozenset({"municipal", "site"})
_PARTY: Final = "حزب"
_MAX_QUOTED: Final = 5
_MIN_QUOTED: Final = 3
"""A head and one word in quotation marks may be any expression: ``"محكمة ميدانية"``."""
_MAX_WORDS: Final = 7


def headed_names(
    ground: Ground, first: int, last: int, taken: dict[int, int], people: dict[int, int]
) -> list[Candidate]:
    """Candidates that a head announces in tokens ``first:last``.

    ``taken`` has the first token of each listed name with its end: those need no guess but where the text goes on.
    ``people`` has the same of persons' names, after whom places and institutions are called.
    """
    found: list[Candidate] = []
    by_token = ground.hits["head"]
    for token in ground.within("head", first, last):
        for hit in by_token[token]:
            head = cast("Head", hit.entry.value)
            if hit.last >= last or head.use not in _ANNOUNCING or _is_municipality(ground, head, hit):
                continue
            if token in taken and (head.use != "definite" or taken[token] > hit.last):
                end = _longer(ground, hit, taken[token], last)
            elif head.use in _OUTSIDE:
                found += _after_generic(ground, head, hit, last, taken)
                continue
            elif quoted := _quoted_end(ground, hit, last):
                end = quoted
            elif head.use == "definite":
                end = definite_extent(ground, hit.last, last)
            elif head.use == "toponym":
                end = toponym_end(ground, hit)
            else:
                end = extent(ground, hit, head, last, people)
            if end > max(hit.last, taken.get(token, 0)) and hit.offset < len(ground.words[token]):
                is_party = ground.words[token].endswith(_PARTY) and not ground.at("demonym", end - 1)
                found.append(_made(ground, head, *((hit.last, end, 0) if is_party else (token, end, hit.offset))))
    return found


def _quoted_end(ground: Ground, hit: Hit, last: int) -> int:
    """Where the quotation marks close that open right before a head: ``"بنك لندن والشرق الأوسط"``; 0 if none do."""
    words = ground.words
    if hit.first == 0 or hit.offset or words[hit.first - 1] not in OPENING:
        return 0
    for end in range(hit.last, min(last, hit.first + _MAX_WORDS)):
        if words[end] in CLOSING:
            return end if end - hit.first >= _MIN_QUOTED else 0
        if not words[end].isalnum() or ground.stop(end) in ENDS:
            return 0
    return 0


def _longer(ground: Ground, hit: Hit, listed: int, last: int) -> int:
    """The end of a longer name than the listed one: ``مجلس الأمن والدفاع السوداني`` is not ``مجلس الأمن``."""
    words = ground.words
    head = words[hit.first][hit.offset :]
    if listed + 1 < last and words[listed].startswith("لل") and words[listed + 1].startswith("ال"):
        is_aim = words[listed + 1].endswith(("ي", "يه")) and is_free(ground, listed) and goes_on(ground, listed)
        return listed + 2 * (is_aim and not hit.fused)  # ``بنك اليابان للتعاون الدولي`` is not ``بنك اليابان``
    if head not in JOINING_HEADS or listed + 1 >= last or not words[listed].startswith("وال"):
        return listed
    is_other = ground.at("title", listed) or ground.at("entity", listed)
    agrees = words[listed + 1].endswith("ه") == head.endswith("ه") and bool(ground.at("demonym", listed + 1))
    return listed + 2 if agrees and not is_other else listed


def _is_municipality(ground: Ground, head: Head, hit: Hit) -> bool:
    """``في بلدية جنين``: a place, where ``بلدية جنين`` elsewhere is the body that runs it."""
    if head.kind != "organisation" or head.use not in _LOCAL or not is_located(ground, hit):
        return False
    if any(cast("Head", h.entry.value).use == "district" for h in ground.at("head", hit.first)):
        return True
    listed = (cast("ListedName", h.entry.value).entity.kind for h in ground.at("entity", hit.last))
    return head.use == "municipal" and "place" in listed


def _made(ground: Ground, head: Head, first: int, end: int, offset: int, *, method: str = "head") -> Candidate:
    words = ground.name_words(first, end, offset)
    entity = coined(head.kind, words, ground.surface(first, end, offset))
    return Candidate(first, end, offset, head.kind, method, 0.6, (entity,))


def _after_generic(ground: Ground, head: Head, hit: Hit, last: int, taken: dict[int, int]) -> list[Candidate]:
    """The name after a head that stays outside: quoted, a company's, or one free word."""
    token = hit.last
    if head.use == "district" and not (is_located(ground, hit) or is_governed(ground, hit)):
        return []
    if ground.words[hit.first][hit.offset :] in COMPANIES:
        end = company_end(ground, token, last)
        if end > taken.get(token, token):
            return [_made(ground, head, token, end, 0, method="company")]
    if ground.words[token] in OPENING:
        end = token + 1
        while end < min(last, token + 2 + _MAX_QUOTED) and ground.words[end] not in CLOSING:
            end += 1
        if token + 1 < end < last and ground.words[end] in CLOSING and token + 1 not in taken:
            return [_made(ground, head, token + 1, end, 0)]
    elif head.kind == "place":
        places = places_after(ground, head, hit, last, taken)
        return [_made(ground, head, first, end, offset) for first, end, offset in places]
    return []
