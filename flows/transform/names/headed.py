"""Organisations and places nobody listed, known by the common noun before them: ``جامعة القاهرة``, ``بلدة حزما``."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flows.transform.names.ground import CLOSING, COMMON, ENDS, OPENING, Candidate, Ground, is_name_like
from flows.transform.names.keys import coined

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from flows.transform.lexicon import Hit
    from flows.transform.names.gazetteer import Head, ListedName

_MAX_QUOTED = 5
_MAX_WORDS = 7
_RELATIONAL = ("ي", "يه", "ية")
_RANKS = frozenset({"العام", "العامه", "العليا", "الاعلي", "الوطني", "المركزي", "الكبري", "الكبير"})
_JOINING_HEADS = frozenset(
    {"وزاره", "هييه", "مركز", "مجلس", "لجنه", "جامعه", "كليه", "اكاديميه", "معهد", "مكتب", "غرفه"}
)
"""Folded heads whose names often join two fields with ``و`` (``وزارة الحج والعمرة``)."""


def headed_names(ground: Ground, first: int, last: int, taken: Container[int]) -> Iterator[Candidate]:
    """Candidates that a head announces in tokens ``first:last``.

    ``taken`` are the tokens where a listed name begins; those need no guess.
    """
    by_token = ground.hits["head"]
    for token in range(first, last):
        if token in taken:
            continue
        for hit in by_token.get(token, ()):
            head = cast("Head", hit.entry.value)
            if hit.last >= last or head.use not in {"generic", "part", "site", "definite"}:
                continue
            if head.use == "generic":
                yield from _after_generic(ground, head, hit.last, last, taken)
            elif head.use == "definite":
                end = _definite_extent(ground, hit.last, last)
                if end > hit.last and hit.offset < len(ground.words[hit.first]):
                    yield _made(ground, head, hit.first, end, hit.offset)
            else:
                end = _extent(ground, hit, head, last)
                if end > hit.last:
                    yield _made(ground, head, hit.first, end, hit.offset)


def _made(ground: Ground, head: Head, first: int, end: int, offset: int) -> Candidate:
    words = [ground.words[first][offset:], *ground.words[first + 1 : end]]
    entity = coined(head.kind, [word for word in words if word.isalnum()])
    return Candidate(first, end, offset, head.kind, "head", 0.6, (entity,))


def _after_generic(ground: Ground, head: Head, token: int, last: int, taken: Container[int]) -> Iterator[Candidate]:
    """The name after a head that stays outside: quoted, or one free word."""
    if ground.words[token] in OPENING and head.kind == "organisation":
        end = token + 1
        while end < min(last, token + 2 + _MAX_QUOTED) and ground.words[end] not in CLOSING:
            end += 1
        if token + 1 < end < last and ground.words[end] in CLOSING and token + 1 not in taken:
            yield _made(ground, head, token + 1, end, 0)
    elif head.kind == "place" and token not in taken and _is_free(ground, token):
        yield _made(ground, head, token, token + 1, 0)


def _is_free(ground: Ground, token: int) -> bool:
    """A word without other meaning; adjectives of a feminine head (``مدينة ساحلية``) are none."""
    word = ground.words[token]
    if not is_name_like(word) or word.isascii() or ground.stop(token) is not None or word.endswith("يه"):
        return False
    return not any(ground.at(category, token) for category in ("title", "head", "demonym"))


def _extent(ground: Ground, hit: Hit, head: Head, last: int) -> int:
    """The token after a name that its head opens; the end of the head itself when no name follows."""
    if not _goes_on(ground, hit.last):
        return hit.last
    end, limit = hit.last + _first_step(ground, hit.last, last, head), min(last, hit.last + _MAX_WORDS)
    joins = ground.words[hit.first][hit.offset :] in _JOINING_HEADS
    while hit.last < end < limit and _goes_on(ground, end) and _extends(ground, end, head, joins=joins):
        end += 1
    return end


def _goes_on(ground: Ground, token: int) -> bool:
    is_word = ground.words[token].isalnum() and token not in ground.page.tokens.line_starts
    return is_word and ground.stop(token) not in ENDS


def _extends(ground: Ground, at: int, head: Head, *, joins: bool) -> bool:
    """Whether a word goes on a name: an adjective, a second field, a purpose."""
    word = ground.words[at]
    if word.startswith("ال"):
        return not ground.at("title", at) and (word.endswith(_RELATIONAL) or word in _RANKS)
    if word.startswith("وال"):
        return joins and not ground.at("title", at) and not ground.at("entity", at)
    return word.startswith("لل") and head.kind == "organisation"


def _definite_extent(ground: Ground, token: int, last: int) -> int:
    """``المركز الوطني للأرصاد الجوية``: adjectives, then a purpose; without a purpose a nationality is needed."""
    end, nationality, purpose = token, False, False
    while end < min(last, token + _MAX_WORDS) and ground.stop(end) not in ENDS:
        word = ground.words[end]
        if word.startswith("لل") and len(word) > len("للا"):
            purpose = purpose or end > token
        elif not (word.startswith("ال") and (word.endswith(_RELATIONAL) or word in _RANKS)):
            break
        nationality = nationality or bool(ground.at("demonym", end))
        end += 1
    return end if end > token and (purpose or (nationality and end - token > 1)) else token


def _is_parent(hit: Hit) -> bool:
    """``كتائب حماس`` is a part of ``حماس``: the parent alone is the mention."""
    return cast("ListedName", hit.entry.value).entity.kind == "organisation"


def _first_step(ground: Ground, at: int, last: int, head: Head) -> int:
    """The first word after the head decides: a listed name, a definite noun, for a place any free word."""
    listed = [hit for hit in ground.at("entity", at) if hit.last <= last and hit.offset == 0]
    if ground.at("title", at):
        return 0
    if listed:
        return 0 if any(_is_parent(hit) for hit in listed) else max(hit.last for hit in listed) - at
    if ground.is_definite(at) and ground.words[at].startswith("ال"):
        return int(head.use == "part" and (ground.stop(at) not in COMMON or head.kind == "organisation"))
    return int(head.kind == "place" and _is_free(ground, at))
