"""Which listed spellings may match, and how many first words of each stay outside the span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from flows.reference.tables import Row
from flows.text.folded import fold
from flows.values import Entity

_DESCRIBING: Final = frozenset({"علي", "في", "ضد", "بين"})
_OUTLETS: Final = ("صحيفه ", "جريده ", "مجله ", "موقع ", "قناه ", "فضاييه ", "منصه ", "تطبيق ")
_BRANDS: Final = frozenset({"شركه", "مجموعه", "حركه", "جماعه", "تنظيم", "نادي", "وكاله", "شبكه"})
_PARTY: Final = "حزب"
"""Outside like a movement's, but part of ``حزب الله`` and of names that are a noun and a nationality."""
_SETTLEMENTS: Final = frozenset({"بلده", "قريه"})
"""Folded heads that are part of no place's name, unlike ``مدينة نصر``."""
_MIN_LETTERS: Final = 3
_MAX_LETTER: Final = 3
"""An acronym in Arabic script has at least so many names of letters, none longer than this."""
_SIDES: Final = frozenset(("شمال", "جنوب", "شرق", "غرب", "وسط", "شمالي", "جنوبي", "شرقي", "غربي"))


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of one entity; ``trim`` first words are a title or head, ``tail`` last ones a club's nationality."""

    text: str
    folded: str
    use: str
    entity: Entity
    trim: int = 0
    tail: int = 0


@dataclass(frozen=True, slots=True)
class SpanRules:
    """What decides a spelling's span.

    Attributes:
        generic: (folded head, kind) of heads that stay outside proper names.
        ranks: folded titles that stay outside names of persons.
        nationalities: folded nationality adjectives; a name that ends in one is a common noun and keeps its head.
        states: English names of countries.
    """

    generic: frozenset[tuple[str, str]]
    ranks: frozenset[str]
    nationalities: frozenset[str]
    states: frozenset[str]


def spellings(names: Sequence[Row], entities: dict[str, Entity], rules: SpanRules) -> Iterator[Spelling]:
    """The spellings that may match, with their trim.

    Left out, since the mentions are the names inside: ``الضاحية الجنوبية لبيروت`` and ``محمد حمدان دقلو (حميدتي)``
    (two names), ``الحرب على غزة`` (a description), ``جنوب لبنان`` (a side of Lebanon).
    """
    rows = [
        Spelling(row["name"], fold(row["name"]), row["use"], entities[row["entity_key"]])
        for row in names
        if row["entity_key"] in entities
    ]
    listed = frozenset((row.entity.kind, row.folded) for row in rows)
    own = frozenset((row.entity.key, row.folded) for row in rows)
    clubs = frozenset((row.entity.key, row.folded) for row in rows if row.use == "club")
    whole = {
        r.folded
        for r in rows
        if r.entity.kind == "place" and (r.entity.name in rules.states or r.entity.country_code is None)
    }
    for row in rows:
        name, _, place = row.folded.partition(" ل")
        is_two_names = "(" in row.folded or ((row.entity.key, name) in own and ("place", place) in listed)
        side, _, region = row.folded.partition(" ")
        is_side = side in _SIDES and region in whole and row.entity.name not in rules.states
        is_description = row.entity.kind == "event" and not _DESCRIBING.isdisjoint(row.folded.split())
        if not (is_two_names or is_side or is_description):
            proper, _, nationality = row.folded.rpartition(" ")
            is_proper = (row.entity.key, proper) in clubs or (row.folded.startswith(_OUTLETS) and " " in proper)
            tail = int(is_proper and row.entity.kind == "organisation" and nationality in rules.nationalities)
            yield from _glued(replace(row, trim=_trim(row, listed, rules), tail=tail))


def _glued(row: Spelling) -> Iterator[Spelling]:
    """A spelling, and how else it is written: ``عبدالله`` in one word, ``إتش.إس.بي.سي`` with dots."""
    yield row
    words = row.folded.split()
    if "عبد" in words[:-1]:
        yield replace(row, text=row.folded.replace("عبد ", "عبد"))
    if len(words) >= _MIN_LETTERS and all(len(word) <= _MAX_LETTER for word in words):
        yield replace(row, text=".".join(words))


def _is_outside(head: str, name: str) -> bool:
    """Whether a head stays outside a name though the name alone is not listed: ``صحيفة الغد``, ``شركة شل``.

    Definite nouns, numbers and names of several words after heads other than those of outlets may need their head
    (``مجموعة السبع``, ``قناة 218``, ``شركة النفط الوطنية الإيرانية``).
    """
    if name[0].isdigit():
        return False
    return f"{head} ".startswith(_OUTLETS) or (head in _BRANDS and " " not in name and not name.startswith("ال"))


def _trim(row: Spelling, listed: frozenset[tuple[str, str]], rules: SpanRules) -> int:
    """1 for ``مدينة رفح`` (``رفح`` is listed too) and ``الملك عبد الله الثاني``, 0 for ``حركة الفصائل الفلسطينية``."""
    kind = row.entity.kind
    first, _, rest = row.folded.partition(" ")
    if not rest:
        return 0
    if kind == "person":
        return int(first in rules.ranks)
    if kind == "organisation" and _is_outside(first, rest):
        return 1
    is_proper = rest.rpartition(" ")[2] not in rules.nationalities
    if kind == "organisation" and first == _PARTY:
        return int(is_proper and rest != "الله")
    is_name = (kind, rest) in listed or (kind == "place" and (("person", rest) in listed or first in _SETTLEMENTS))
    return int(is_proper and (first, kind) in rules.generic and is_name)
