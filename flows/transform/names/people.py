"""One entity for each person of a document: listed or not, under every spelling and in every length of the name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from flows.transform.names.gazetteer import Gazetteer, GivenUse
from flows.transform.names.keys import PARTICLES, coined, is_slip, name_sound, near_in_name
from flows.values import Entity

Name = tuple[str, ...]
Known = tuple[Name, "Entity"]

_MIN_PARTS: Final = 2
_MAX_ALIKE: Final = 3
"""So many people who are written alike are remembered; more would say nothing and cost time."""
_SLIPS: Final = 6
"""A shorter word with one letter changed is too often another name."""
_ARABIC: Final[frozenset[GivenUse]] = frozenset({"plain", "ambiguous"})


@dataclass(slots=True)
class People:
    """The people of one document, found again by name.

    Attributes:
        sounds: people of the document by how the words of their names sound.
        relatives: the same by first word and last name: one of them may leave out what stands between.
        gaps: the same by all words but one, which may be misspelt.
        remembered: names with the keys of whom they mean.
    """

    gazetteer: Gazetteer
    sounds: dict[str, list[Known]] = field(default_factory=dict)
    relatives: dict[tuple[str, Name], list[Known]] = field(default_factory=dict)
    gaps: dict[tuple[Name, int], list[Known]] = field(default_factory=dict)
    remembered: set[tuple[Name, str]] = field(default_factory=set)

    def identify(self, words: Name, surface: str) -> tuple[Entity, ...]:
        """A listed person or one of this document under another spelling, else a person of their own.

        Several where the spelling fits several people. Only names of two words or more come here, so that sounds and
        slips of the pen may speak.
        """
        found = self._sounding(words) or self._related(words) or self._misspelt(words)
        if len(found) > 1:
            return found
        entity = found[0] if found else coined("person", words, surface)
        self.remember(words, entity)
        return (entity,)

    def remember(self, words: Name, entity: Entity) -> None:
        """Keep a person who was named in full."""
        known = (words, entity)
        if (words, entity.key) in self.remembered:
            return
        self.remembered.add((words, entity.key))
        _keep(self.sounds.setdefault(name_sound(words), []), known)
        _keep(self.relatives.setdefault((words[0], last_name(words)), []), known)
        for gap in _gaps(words):
            _keep(self.gaps.setdefault(gap, []), known)

    def _sounding(self, words: Name) -> tuple[Entity, ...]:
        """Who is written so or sounds so, of the tables first."""
        key = name_sound(words)
        for people in (self.gazetteer.sounding(key), self.sounds.get(key, ())):
            exact = _entities(people, words.__eq__)
            if exact:
                return exact
            if alike := _entities(people, lambda known: self._are_alike(known, words)):
                return alike
        return ()

    def _are_alike(self, left: Name, right: Name) -> bool:
        """Whether two names sound the same, word by word; Arabic first names tell people apart (``سالم``, ``سليم``)."""
        given = self.gazetteer.given
        return len(left) == len(right) and all(
            a == b or (near_in_name(a, b) and not (given.get(a) in _ARABIC and given.get(b) in _ARABIC))
            for a, b in zip(left, right, strict=True)
        )

    def _related(self, words: Name) -> tuple[Entity, ...]:
        """``حمد بن سيف النبهاني`` after ``حمد النبهاني``, or the other way round; no name of theirs may gainsay it."""
        people = self.relatives.get((words[0], last_name(words)), [])
        others = {entity.key for known, entity in people if not _is_shortened(known, words)}
        return tuple(e for e in _entities(people, lambda known: _is_shortened(known, words)) if e.key not in others)

    def _misspelt(self, words: Name) -> tuple[Entity, ...]:
        """The people all of whose words but one are these, and that one but for a letter; else such listed ones."""
        found: dict[str, Entity] = {}
        for gap in _gaps(words):
            at = gap[1]
            for known, entity in self.gaps.get(gap, ()):
                if _is_misspelt(known[at], words[at]):
                    found[entity.key] = entity
        if found or len(words[-1]) < _SLIPS:
            return tuple(found.values())
        return _entities(self.gazetteer.namesakes(name_sound(words)), lambda known: self._has_slip(known, words))

    def _has_slip(self, left: Name, right: Name) -> bool:
        """Whether two names of one length are alike but for one word, and that but for a letter."""
        differing = [(a, b) for a, b in zip(left, right, strict=False) if a != b and not self._are_alike((a,), (b,))]
        return len(left) == len(right) and len(differing) == 1 and _is_misspelt(*differing[0])


def _keep(people: list[Known], known: Known) -> None:
    if len(people) < _MAX_ALIKE and known not in people:
        people.append(known)


def _entities(people: Iterable[Known], fits: Callable[[Name], bool]) -> tuple[Entity, ...]:
    """Those people whose name fits, each once."""
    return tuple({entity.key: entity for known, entity in people if fits(known)}.values())


def _is_shortened(left: Name, right: Name) -> bool:
    """Whether one name has all words of the other, in order."""
    shorter, longer = sorted((left, right), key=len)
    rest = iter(longer)
    return all(word in rest for word in shorter)


def _is_misspelt(left: str, right: str) -> bool:
    return min(len(left), len(right)) >= _SLIPS and is_slip(left, right)


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
