"""What the names layer knows: listed names, titles, given names, heads, nationality words, and words that are no name.

Read once from the reference tables; phrases go into the lexicon that all layers share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, cast

from flows.reference.tables import ReferenceTables, Row, values
from flows.text.folded import fold
from flows.transform.lexicon import Entry, Lexicon
from flows.transform.names.keys import is_slip, name_sound, name_words
from flows.transform.names.spellings import SpanRules, spellings
from flows.values import Entity, EntityKind

NameUse = Literal["full", "short", "surname", "acronym", "guarded", "club", "adjectival"]
TitleUse = Literal["office", "rank", "weak", "kin"]
GivenUse = Literal["plain", "foreign", "ambiguous", "family"]
HeadUse = Literal[
    "national",
    "ministry",
    "construct",
    "leader",
    "generic",
    "guard",
    "part",
    "site",
    "definite",
    "district",
    "toponym",
    "opener",
    "closer",
    "plural",
    "seat",
    "municipal",
    "sport",
]
Gender = Literal["m", "f", "plural", ""]
StopClass = Literal["function", "verb", "common", "link"]

_ENTITY_COLUMNS: Final = ("entity_key", "kind", "name", "name_ar", "wikidata_id", "geonames_id", "country_code")
_OUTSIDE: Final = frozenset({"generic", "guard", "district", "plural"})
"""Uses of heads that stay outside the names they introduce."""
_MAX_ALIKE: Final = 6
"""So many spellings of one sound are kept."""
_MAX_NAMESAKES: Final = 16
"""A first name that more listed people bear tells nothing of a misspelt last one."""
_MIN_PARTS: Final = 2
"""A name of fewer parts is no full name of a person."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """One spelling of one listed entity.

    Attributes:
        trim: how many first words are a generic head that stays outside the span (``مدينة``).
        tail: how many last words are a club's nationality, outside as well (``العين الإماراتي``).
    """

    entity: Entity
    use: NameUse
    trim: int = 0
    tail: int = 0


@dataclass(frozen=True, slots=True)
class Title:
    """A word for a role; ``is_definite`` ones never stand in a construct chain after another head."""

    use: TitleUse
    is_definite: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A common noun that makes or introduces a name (see ``heads.csv``)."""

    use: HeadUse
    kind: EntityKind
    suffix: str
    gender: Gender
    label: str


@dataclass(frozen=True, slots=True)
class Demonym:
    """One form of a nationality word; ``country_code`` is blank for peoples without a state."""

    country_code: str
    country: str
    group: str
    gender: Gender


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The compiled tables; but for what ``recalled`` keeps never changed after they are built.

    Attributes:
        entities: listed entities by key.
        sounds: listed persons by the sound of all their name's words, as transliterations keep it: a line each of key
            and spelling, since a hundred thousand values are read ten times as fast from text as from objects.
        sound_order: the sounds, sorted.
        given: folded given names and how sure they are.
        parts: folded words that occur in listed persons' names.
        stops: folded words that are no part of an unlisted name.
        common: folded words of the language that are no given name, as dictionaries have them.
        companies: folded words that close a company's name.
        countries: English country names by code.
        recalled: what words met so far may stand for, kept by :mod:`~flows.transform.names.linking`; empty at first.
    """

    entities: dict[str, Entity]
    sounds: dict[str, str]
    sound_order: tuple[str, ...]
    given: dict[str, GivenUse]
    parts: frozenset[str]
    stops: dict[str, StopClass]
    common: frozenset[str]
    companies: frozenset[str]
    countries: dict[str, str]
    recalled: dict[str, list[str]]

    def sounding(self, sounds: str) -> list[tuple[tuple[str, ...], Entity]]:
        """The listed persons whose name sounds so, with the words of the name."""
        lines = self.sounds.get(sounds)
        return self._people(lines) if lines is not None else []

    def namesakes(self, sounds: str) -> list[tuple[tuple[str, ...], Entity]]:
        """The listed persons whose first name sounds like that of a name, and all of it but for a letter.

        Nobody where many bear that first name.
        """
        first = sounds.partition(" ")[0]
        start = bisect_left(self.sound_order, f"{first} ")
        end = bisect_left(self.sound_order, f"{first}!", start)  # the sign after the space
        if end - start > _MAX_NAMESAKES:
            return []
        alike = [key for key in self.sound_order[start:end] if is_slip(key, sounds)]
        return [person for key in alike for person in self._people(self.sounds[key])]

    def _people(self, lines: str) -> list[tuple[tuple[str, ...], Entity]]:
        rows = [line.split("\t") for line in lines.split("\n")]
        return [(tuple(words.split(" ")), self.entities[key]) for key, words in rows]


def build_gazetteer(tables: ReferenceTables, lexicon: Lexicon) -> Gazetteer:
    """Read the tables of names and add their phrases to the shared lexicon.

    Raises:
        ReferenceDataError: a table cannot be used.
        ValueError: a name has no word in it.
    """
    entities = {row["entity_key"]: _entity(row) for row in tables.read("entities", _ENTITY_COLUMNS)}
    names = tables.read("entity_names", ("entity_key", "name", "language_code", "use"))
    heads = tables.read("heads", ("head", "use", "kind", "entity", "gender", "label"))
    demonyms = tables.read("demonyms", ("country_code", "country", "group", "adjective", "plural"))
    for spelling in spellings(names, entities, _span_rules(tables, heads, demonyms)):
        name = ListedName(spelling.entity, cast("NameUse", spelling.use), spelling.trim, spelling.tail)
        lexicon.add(spelling.text, Entry("entity", name))
    _add_titles(lexicon, tables)
    given = _add_given_names(lexicon, tables)
    _add_heads(lexicon, heads)
    countries = _add_demonyms(lexicon, demonyms)
    people = [(tuple(name_words(row["name"])), entities[row["entity_key"]]) for row in names if _is_full_person(row)]
    stops = {fold(row["word"]): cast("StopClass", row["class"]) for row in tables.read("name_stops", ("word", "class"))}
    nouns = (word for word, use in stops.items() if use == "common")
    return Gazetteer(
        entities,
        sounds := _by_sound(people),
        tuple(sounds),
        given,
        frozenset(word for words, _ in people for word in words if stops.get(word) is None),
        stops,
        frozenset((*(row["word"] for row in tables.read("common_words", ("word",))), *nouns)).difference(given),
        frozenset(fold(row["head"]) for row in heads if row["use"] == "company"),
        countries,
        {},
    )


def _entity(row: Row) -> Entity:
    return Entity(
        row["entity_key"],
        cast("EntityKind", row["kind"]),
        row["name"],
        row["name_ar"] or None,
        row["wikidata_id"] or None,
        int(row["geonames_id"]) if row["geonames_id"] else None,
        row["country_code"] or None,
    )


def _span_rules(tables: ReferenceTables, heads: Iterable[Row], demonyms: Iterable[Row]) -> SpanRules:
    titles = tables.read("titles", ("title", "use"))
    return SpanRules(
        frozenset((fold(row["head"]), row["kind"]) for row in heads if row["use"] in _OUTSIDE),
        frozenset(fold(form) for row in titles if row["use"] in {"rank", "weak"} for form in values(row["title"])),
        frozenset(fold(form) for row in demonyms for form, _ in _demonym_forms(row)),
        frozenset(row["country"] for row in demonyms if row["country_code"]),
    )


def _is_full_person(row: Row) -> bool:
    return row["entity_key"].startswith("person:") and row["use"] == "full"


def _add_titles(lexicon: Lexicon, tables: ReferenceTables) -> None:
    for row in tables.read("titles", ("title", "use")):
        use = cast("TitleUse", row["use"])
        for form in values(row["title"]):
            is_definite = form.startswith("ال") or use == "kin"
            lexicon.add(form, Entry("title", Title(use, is_definite)))
            if use == "office" and not is_definite and " " not in form:
                lexicon.add(f"ال{form}", Entry("title", Title(use, is_definite=True)))


def _add_given_names(lexicon: Lexicon, tables: ReferenceTables) -> dict[str, GivenUse]:
    given: dict[str, GivenUse] = {}
    for row in tables.read("given_names", ("name", "use")):
        folded = fold(row["name"])
        given[folded] = cast("GivenUse", row["use"])
        lexicon.add(folded, Entry("given_name", given[folded]))
        if folded.startswith("عبد "):
            glued = folded.replace(" ", "")
            given[glued] = given[folded]
            lexicon.add(glued, Entry("given_name", given[folded]))
    return given


def _add_heads(lexicon: Lexicon, heads: Iterable[Row]) -> None:
    for row in heads:
        if row["use"] == "company":
            continue
        head = Head(
            cast("HeadUse", row["use"]),
            cast("EntityKind", row["kind"]),
            row["entity"],
            cast("Gender", row["gender"]),
            row["label"],
        )
        if head.use == "ministry":
            lexicon.add(
                f"وزارة {row['head']}", Entry("head", Head("ministry", head.kind, head.suffix, "f", head.label))
            )
            if head.gender == "f":
                lexicon.add(row["head"], Entry("head", Head("national", head.kind, head.suffix, "f", head.label)))
        else:
            lexicon.add(row["head"], Entry("head", head))


def _add_demonyms(lexicon: Lexicon, demonyms: Iterable[Row]) -> dict[str, str]:
    countries: dict[str, str] = {}
    for row in demonyms:
        if row["country_code"]:
            countries[row["country_code"]] = row["country"]
        for form, gender in _demonym_forms(row):
            demonym = Demonym(row["country_code"], row["country"], row["group"], gender)
            lexicon.add(form, Entry("demonym", demonym))
    return countries


def _demonym_forms(row: Row) -> Iterator[tuple[str, Gender]]:
    """The definite forms: masculine, feminine (``ة`` on the last word), sound plurals, listed broken plurals."""
    for adjective in values(row["adjective"]):
        masculine = " ".join(f"ال{word}" for word in adjective.split())
        yield masculine, "m"
        yield " ".join(f"ال{word}ة" for word in adjective.split()), "f"
        yield f"{masculine}ون", "plural"
        yield f"{masculine}ين", "plural"
    for plural in values(row["plural"]):
        yield plural, "plural"


def _by_sound(people: Iterable[tuple[tuple[str, ...], Entity]]) -> dict[str, str]:
    """Full names by sound; of those that sound the same, the first few of different persons."""
    sounds: dict[str, list[str]] = {}
    for words, entity in people:
        if len(words) >= _MIN_PARTS:
            lines = sounds.setdefault(name_sound(words), [])
            if len(lines) < _MAX_ALIKE:
                lines.append(f"{entity.key}\t{' '.join(words)}")
    return {key: "\n".join(dict.fromkeys(sounds[key])) for key in sorted(sounds)}
