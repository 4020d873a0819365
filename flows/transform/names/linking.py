"""Who a candidate is: the one entity of a spelling, by what the same document says elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flows.transform.lexicon import readings
from flows.transform.names.gazetteer import Gazetteer
from flows.transform.names.ground import COMMON, THAT, Candidate, Ground
from flows.transform.names.keys import near, sound
from flows.transform.names.listed import has_guard
from flows.transform.names.people import People, last_name
from flows.values import Entity

_MIN_PARTS: Final = 2
_MAX_NAMESAKES: Final = 3
"""So many people of one last name are remembered; more would say nothing and cost time."""
_CLITICS: Final = "وفبلك"
_MIN_COMPANY: Final = 5
"""A shorter name of a company, met once, may be any word later on."""
_MAX_RECALLED: Final = 65_536
_LONGEST: Final = 40
"""Longer words are not remembered: hostile texts are full of them."""
_SOUND: Final = "~"
"""Before a sound, to tell it from a word."""
_MIN_SOUND: Final = 3
"""A shorter skeleton of consonants fits too many words."""


Call = tuple[int, tuple[str, ...], tuple["Entity", ...]]
"""Proclitic characters, the last name as folded words (empty when it only sounds alike), whom it may mean."""


class Witnesses:
    """What a document says for sure: its people by last name, its entities, its countries.

    Attributes:
        tails: last names of people named in full, as tuples of folded words.
        openings: those last names by their first word.
        sounds: one-word last names by how they sound.
        countries: how many entities named belong to each country, by its code.
        nations: codes of the countries whose national bodies are named with their nationality.
        introduced: places and companies nobody listed, by the one word a head introduced.
        doubtful: whom a full name may mean that fits several people.
    """

    __slots__ = ("countries", "doubtful", "introduced", "keys", "nations", "openings", "sounds", "tails")

    def __init__(self) -> None:
        self.tails: dict[tuple[str, ...], dict[str, Entity]] = {}
        self.openings: dict[str, list[tuple[str, ...]]] = {}
        self.sounds: dict[str, list[tuple[str, Entity]]] = {}
        self.keys: set[str] = set()
        self.countries: dict[str, int] = {}
        self.nations: set[str] = set()
        self.introduced: dict[str, Entity] = {}
        self.doubtful: dict[tuple[str, ...], tuple[Entity, ...]] = {}

    def add_person(self, words: Sequence[str], entity: Entity) -> None:
        """Remember the last name of a person named in full."""
        tail = last_name(words)
        if tail not in self.tails:
            self.openings.setdefault(tail[0], []).append(tail)
        named = self.tails.setdefault(tail, {})
        if entity.key in named or len(named) >= _MAX_NAMESAKES:
            return
        named[entity.key] = entity
        if len(tail) == 1 and len(sound(tail[0])) >= _MIN_SOUND:
            alike = self.sounds.setdefault(sound(tail[0]), [])
            if len(alike) < _MAX_NAMESAKES:
                alike.append((tail[0], entity))

    def called(self, word: str) -> tuple[Call, ...]:
        """The last names a folded word may stand for: as written first, then those that sound the same."""
        exact: list[Call] = []
        alike: list[Call] = []
        for offset, left, fused in readings(word):
            if fused:
                continue
            tails = self.openings.get(left, ())
            exact.extend((offset, tail, tuple(self.tails[tail].values())) for tail in tails)
            for known, entity in self.sounds.get(sound(left), ()):
                if near(known, left) and known.startswith("ال") == left.startswith("ال"):
                    alike.append((offset, (), (entity,)))
        return (*exact, *alike)

    def recalled_in(self, words: list[str], gazetteer: Gazetteer) -> list[int]:
        """The tokens that may call somebody or something named elsewhere in full; most pages have few.

        What a word may be read as is remembered from page to page; ``stops`` of the gazetteer are read as nothing.
        """
        known = {*self.openings, *self.introduced, *[_SOUND + each for each in self.sounds]}
        if not known:
            return []
        remembered = gazetteer.recalled
        found: list[int] = []
        for token, word in enumerate(words):
            readings_of_word = remembered.get(word)
            if readings_of_word is None:
                readings_of_word = _recalled(word, gazetteer)
            for reading in readings_of_word:
                if reading in known:
                    found.append(token)
                    break
        return found

    def add(self, entity: Entity) -> None:
        """Remember an entity named beyond doubt."""
        self.keys.add(entity.key)
        code = entity.country_code
        if code:
            self.countries[code] = self.countries.get(code, 0) + 1


def _recalled(word: str, gazetteer: Gazetteer) -> list[str]:
    """What a word may stand for without its proclitics, as written and as it sounds."""
    recalled: list[str] = []
    if word not in gazetteer.stops:
        lefts = [left for _, left, fused in readings(word) if not fused]
        recalled = [*lefts, *[_SOUND + sound(left) for left in lefts]]
    if len(gazetteer.recalled) > _MAX_RECALLED:
        gazetteer.recalled.clear()
    if len(word) <= _LONGEST:
        gazetteer.recalled[word] = recalled
    return recalled


def witnesses(candidates: list[Candidate], ground: Ground) -> tuple[Witnesses, dict[int, Entity]]:
    """What the unambiguous candidates establish, and the entity of each unlisted person by candidate index."""
    seen, gazetteer = Witnesses(), ground.gazetteer
    people: dict[int, Entity] = {}
    known = People(gazetteer)
    for index, candidate in enumerate(candidates):
        if candidate.method == "speech":
            continue
        if candidate.kind == "person" and not candidate.entities:
            surface = ground.surface(candidate.first, candidate.last, candidate.offset)
            identified = known.identify(candidate.words, surface)
            if len(identified) > 1:
                seen.doubtful[candidate.words] = identified
                continue
            people[index] = entity = identified[0]
            if candidate.words[-1] not in gazetteer.stops or candidate.words[-1] in gazetteer.given:
                seen.add_person(candidate.words, entity)
            seen.add(entity)
        elif len(candidate.entities) == 1:
            _witness(candidate, seen, known, ground)
    return seen, people


def _witness(candidate: Candidate, seen: Witnesses, known: People, ground: Ground) -> None:
    """Remember what a candidate for one listed or headed entity establishes."""
    entity = candidate.entities[0]
    if candidate.use not in {"full", "short", "acronym"}:
        if candidate.use in {"guarded", "club"} and has_guard(ground, candidate):
            seen.add(entity)
        return
    seen.add(entity)
    if _introduces(candidate, ground):
        seen.introduced[ground.words[candidate.first][candidate.offset :]] = entity
    if candidate.method == "national":
        seen.nations.add(entity.country_code or "")
    if candidate.kind == "person" and len(candidate.words) >= _MIN_PARTS:
        seen.add_person(candidate.words, entity)
        known.remember(candidate.words, entity)


def later_names(ground: Ground, tokens: list[int], seen: Witnesses) -> list[Candidate]:
    """Last names that stand alone after a full name in the same document, and what a head introduced once."""
    found: list[Candidate] = []
    for token in tokens:
        called = seen.called(ground.words[token])
        if called:
            candidate = _later_name(ground, token, called)
            if candidate is not None:
                found.append(candidate)
        again = _again(ground, token, seen.introduced)
        if again is not None:
            found.append(again)
    return found


def _introduces(candidate: Candidate, ground: Ground) -> bool:
    """Whether one word after a head is the name of a place or company that may come back alone."""
    if candidate.last != candidate.first + 1:
        return False
    is_company = candidate.method in {"company", "gloss"} and candidate.kind == "organisation"
    is_telling = len(ground.words[candidate.first]) >= _MIN_COMPANY
    return (candidate.method == "head" and candidate.kind == "place") or (is_company and is_telling)


def _again(ground: Ground, token: int, introduced: dict[str, Entity]) -> Candidate | None:
    """A name that a head introduced elsewhere in the document, one proclitic allowed."""
    word = ground.words[token]
    offset = int(word not in introduced and word[0] in _CLITICS)
    entity = introduced.get(word[offset:])
    if entity is None or ground.stop(token) is not None:
        return None
    return Candidate(token, token + 1, offset, entity.kind, "repeated", 0.6, (entity,))


def _later_name(ground: Ground, token: int, called: tuple[Call, ...]) -> Candidate | None:
    """The first reading of a token that the words around it allow."""
    stop = ground.stop(token)
    for offset, tail, entities in called:
        if stop in COMMON and (offset == 0 or not tail):
            continue
        end = token + (len(tail) or 1)
        if tuple(ground.words[token + 1 : end]) == tail[1:] and is_free_to_name(ground, token):
            method = "surname" if tail else "sound"
            return Candidate(token, end, offset, "person", method, 0.85, entities, "surname")
    return None


def is_free_to_name(ground: Ground, token: int) -> bool:
    """A nationality word is a last name only where no noun stands before it: ``قال السوداني``, ``أن السوداني``."""
    if not ground.at("demonym", token) or token in ground.page.tokens.line_starts:
        return True
    return ground.stop(token - 1) == "verb" or ground.words[token - 1] in THAT


def decide(candidate: Candidate, seen: Witnesses) -> tuple[Entity | None, str | None]:
    """The entity a candidate names, or None and the reason."""
    options = candidate.entities or seen.doubtful.get(candidate.words, ())
    if candidate.institution is not None:
        return None, "the country is not stated"
    if not options:
        return None, "a last name alone"
    if len(options) == 1:
        return options[0], None
    for narrowed in (_named(options, seen), _of_country(options, seen), options[: candidate.n_sure]):
        if len(narrowed) == 1:
            return narrowed[0], None
    return None, "ambiguous: " + ", ".join(sorted(entity.key for entity in options))


def _named(options: tuple[Entity, ...], seen: Witnesses) -> tuple[Entity, ...]:
    return tuple(entity for entity in options if entity.key in seen.keys)


def _of_country(options: tuple[Entity, ...], seen: Witnesses) -> tuple[Entity, ...]:
    return tuple(entity for entity in options if entity.country_code and seen.countries.get(entity.country_code))
