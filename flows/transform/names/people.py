"""One entity for each person of a document: listed or not, under every spelling and in every length of the name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.transform.names.keys import PARTICLES, coined, is_slip, near, sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.values import Entity

Name = tuple[str, ...]
Known = tuple[Name, "Entity"]

_MIN_PARTS = 2
_SLIPS = 6
"""A shorter word with one letter changed is too often another name."""


@dataclass(slots=True)
class People:
    """The people of one document, found again by name; ``listed`` are those of the reference tables, by sound.

    Attributes:
        sounds: people of the document by how the words of their names sound.
        relatives: the same by first word and last name: one of them may leave out what stands between.
        gaps: the same by all words but one, which may be misspelt.
    """

    listed: Mapping[Name, Known | None]
    sounds: dict[Name, Known] = field(default_factory=dict)
    relatives: dict[tuple[str, Name], Known] = field(default_factory=dict)
    gaps: dict[tuple[Name, int], Known] = field(default_factory=dict)

    def identify(self, words: Name, surface: str) -> Entity:
        """A listed person or one of this document under another spelling, else a person of their own.

        Only names of two words or more come here, so that sounds and slips of the pen may speak.
        """
        key = tuple(map(sound, words))
        for known in (self.listed.get(key), self.sounds.get(key)):
            if known is not None and len(known[0]) == len(words) and all(map(near, known[0], words)):
                return known[1]
        namesake = self._relative(words) or self._misspelt(words)
        entity = namesake or coined("person", words, surface)
        self.remember(words, entity)
        return entity

    def remember(self, words: Name, entity: Entity) -> None:
        """Keep a person who was named in full."""
        known = (words, entity)
        self.sounds.setdefault(tuple(map(sound, words)), known)
        self.relatives.setdefault((words[0], last_name(words)), known)
        for gap in _gaps(words):
            self.gaps.setdefault(gap, known)

    def _relative(self, words: Name) -> Entity | None:
        """``حمد بن سيف النبهاني`` after ``حمد النبهاني``, or the other way round."""
        known = self.relatives.get((words[0], last_name(words)))
        if known is None:
            return None
        shorter, longer = sorted((known[0], words), key=len)
        rest = iter(longer)
        return known[1] if all(word in rest for word in shorter) else None

    def _misspelt(self, words: Name) -> Entity | None:
        """The person all of whose words but one are these, and that one but for a letter."""
        for gap in _gaps(words):
            known = self.gaps.get(gap)
            at = gap[1]
            if (
                known is not None
                and min(len(known[0][at]), len(words[at])) >= _SLIPS
                and is_slip(known[0][at], words[at])
            ):
                return known[1]
        return None


def _gaps(words: Name) -> Iterator[tuple[Name, int]]:
    for at in range(len(words)):
        yield (*words[:at], *words[at + 1 :]), at


def last_name(words: Sequence[str]) -> Name:
    """The words a person is called by later on.

    >>> last_name(["حسن", "نصر", "الله"]), last_name(["ايتمار", "بن", "غفير"]), last_name(["جو", "بايدن"])
    (('نصر', 'الله'), ('بن', 'غفير'), ('بايدن',))
    """
    if len(words) > _MIN_PARTS and (words[-1] == "الله" or words[-2] in PARTICLES):
        return tuple(words[-2:])
    return tuple(words[-1:])
