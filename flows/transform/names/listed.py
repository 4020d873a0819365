"""Names that stand in the reference tables, and what each needs beside it to be taken at its word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, cast

from flows.transform.names.ground import COMMON, MINISTERS, Candidate, Ground
from flows.transform.names.keys import join_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.transform.lexicon import Hit
    from flows.transform.names.gazetteer import Head, ListedName, NameUse

_PLACE_CUES = frozenset({
    "في", "من", "الي", "قرب", "شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي", "وسط", "داخل", "نحو",
    "صوب", "ضواحي", "ريف", "سكان", "اهالي", "قضاء", "مدن", "وفي", "ومن",
})  # fmt: skip
"""Folded words after which a doubtful place name is a place."""
_USES: tuple[NameUse, ...] = ("full", "short", "acronym", "surname", "guarded", "adjectival")
_SURE = frozenset({"full", "short", "acronym"})


@dataclass(frozen=True, slots=True)
class _Spelling:
    hit: Hit
    name: ListedName

    @property
    def place(self) -> tuple[int, int, int]:
        return self.hit.first + self.name.trim, self.hit.last, 0 if self.name.trim else self.hit.offset


def listed_names(ground: Ground, first: int, last: int) -> list[Candidate]:
    """A candidate for every listed spelling in tokens ``first:last``; one span with several readings stays one."""
    found: list[Candidate] = []
    by_token = ground.hits["entity"]
    for token in range(first, last):
        hits = by_token.get(token)
        if hits:
            inside = [_Spelling(hit, cast("ListedName", hit.entry.value)) for hit in hits if hit.last <= last]
            found.extend(c for c in _candidates(ground, inside) if not _is_ministers(ground, c, first))
    return found


def _candidates(ground: Ground, spellings: list[_Spelling]) -> Iterator[Candidate]:
    for (first, last, offset), same in groupby(sorted(spellings, key=lambda s: s.place), key=lambda s: s.place):
        names = [spelling.name for spelling in same]
        if _is_other_word(ground, first, last, offset) or not _is_written_as_name(ground, first, last, offset):
            continue
        names.sort(key=lambda name: (_USES.index(name.use), name.entity.key))
        entities = tuple({name.entity.key: name.entity for name in names if name.use != "adjectival"}.values())
        if not entities:
            continue
        use = names[0].use
        n_sure = len({name.entity.key for name in names if name.use in _SURE})
        if last == first + 1 and use in _SURE and _is_common(ground, first, offset):
            use = "guarded"
        words = tuple(join_parts([ground.words[first][offset:], *_letters(ground.words[first + 1 : last])]))
        yield Candidate(first, last, offset, entities[0].kind, "reference", 0.95, entities, use, words, n_sure)


def _letters(words: list[str]) -> list[str]:
    return [word for word in words if word.isalnum()]


def _is_ministers(ground: Ground, candidate: Candidate, first: int) -> bool:
    """``وزير الخارجية الأميركية`` is a role: the short name of the ministry in it is no mention."""
    is_ministry = any("-ministry-of-" in entity.key for entity in candidate.entities)
    return is_ministry and candidate.first > first and ground.words[candidate.first - 1].endswith(MINISTERS)


def _is_other_word(ground: Ground, first: int, last: int, offset: int) -> bool:
    """A whole word that is common hides no name behind a proclitic (``كان`` is not ك + آن)."""
    return bool(offset) and last == first + 1 and ground.gazetteer.stops.get(ground.words[first]) in COMMON


def _is_common(ground: Ground, first: int, offset: int) -> bool:
    word = ground.words[first][offset:]
    word = "ال" + word[2:] if word.startswith("لل") else word
    return ground.gazetteer.stops.get(word) in COMMON


def _is_written_as_name(ground: Ground, first: int, last: int, offset: int) -> bool:
    """Latin names need a capital: ``who`` is no organisation."""
    if not ground.words[first][offset:].isascii():
        return True
    start, end = ground.page.span(first, last, offset)
    surface = ground.page.text[start:end]
    return any(letter.isupper() for letter in surface) or not surface[0].isalpha()


def has_guard(ground: Ground, candidate: Candidate) -> bool:
    """Whether a doubtful name has a witness beside it: a head, quotation marks, for a place a preposition."""
    first = candidate.first
    if ground.is_quoted(first, candidate.last):
        return True
    if first == 0:
        return False
    before = ground.words[first - 1]
    if candidate.kind == "place" and not _is_common(ground, first, candidate.offset):
        clitic = ground.words[first][: candidate.offset]
        if before in _PLACE_CUES or "ب" in clitic:
            return True
    heads = [hit for back in (1, 2) for hit in ground.at("head", first - back) if hit.last == first]
    return any(cast("Head", hit.entry.value).kind == candidate.kind for hit in heads)
