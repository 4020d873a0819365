"""The words and names that sources are found by: outlets, attribution cues, nouns for unnamed sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from flows.reference.tables import ReferenceDataError as TableError
from flows.reference.tables import ReferenceTables
from flows.transform.lexicon import Entry, Lexicon

AttributionUse = Literal[
    "according", "from", "outlet", "anaphor", "anonymity", "anonymity_end", "statement", "spokesperson", "office",
    "institution", "provided", "provider", "agencies", "media", "photo", "photographer", "rights", "own_page",
    "disclaimed", "reporter", "interview",
]  # fmt: skip
HeadUse = Literal["source", "person", "anaphor", "adjective", "data"]


@dataclass(frozen=True, slots=True)
class AttributionCue:
    """What one phrase of ``attribution_cues.csv`` leads to.

    ``according`` (وفق) and ``from`` (عن) stand before a source, ``interview`` (في مقابلة مع) before one somebody talked
    to; ``outlet`` (صحيفة) and ``reporter`` (مراسل) before its name; ``anaphor`` (الصحيفة) for one named before;
    ``anonymity`` begins and ``anonymity_end`` closes a clause that withholds a name; ``statement`` (في بيان) is a
    written one; ``spokesperson`` speaks for an institution, ``office`` is part of one, ``institution`` is one without a
    name; ``provided`` and ``provider`` are a page's words on who made it; ``agencies`` and ``media`` are outlets nobody
    names; ``photo`` stands in a photo credit, ``photographer`` right before one; ``rights``, ``own_page`` and
    ``disclaimed`` (غير مسؤول) are a site's words about itself.
    """

    use: AttributionUse


@dataclass(frozen=True, slots=True)
class AnonymousHead:
    """One noun of ``anonymous_heads.csv``, or an adjective that stands beside one."""

    use: HeadUse
    is_singular: bool = False


@dataclass(frozen=True, slots=True)
class SourceName:
    """One name of a listed source; ``credit_only`` names are words that count only where a source must stand."""

    source_key: str
    credit_only: bool


@dataclass(frozen=True, slots=True)
class ListedSource:
    """One row of ``sources.csv`` as far as the text layers need it."""

    key: str
    name: str
    kind: str
    entity_key: str


@dataclass(frozen=True, slots=True)
class SourceCues:
    """The listed sources by their own key and by the key of the entity they are."""

    by_key: Mapping[str, ListedSource]
    by_entity: Mapping[str, ListedSource]


def build_source_cues(tables: ReferenceTables, lexicon: Lexicon) -> SourceCues:
    """Add source names, attribution cues and nouns for unnamed sources to the lexicon.

    Raises:
        ReferenceDataError: a table is missing, or a row names a use or a source that does not exist.
    """
    for row in tables.read("attribution_cues", ("phrase", "use")):
        use = _known(row["use"], get_args(AttributionUse), row["phrase"])
        lexicon.add(row["phrase"], Entry("cue", AttributionCue(cast("AttributionUse", use))))
    for row in tables.read("anonymous_heads", ("head", "number", "use")):
        use = _known(row["use"], get_args(HeadUse), row["head"])
        lexicon.add(row["head"], Entry("anonymous", AnonymousHead(cast("HeadUse", use), row["number"] == "1")))
    listed = {
        row["source_key"]: ListedSource(row["source_key"], row["name"], row["kind"], row["entity_key"])
        for row in tables.read("sources", ("source_key", "name", "kind", "entity_key"))
    }
    for row in tables.read("source_names", ("source_key", "name", "use")):
        key = _known(row["source_key"], listed, row["name"])
        lexicon.add(row["name"], Entry("source", SourceName(key, row["use"] == "credit")))
    return SourceCues(listed, {source.entity_key: source for source in listed.values() if source.entity_key})


def _known(value: str, known: tuple[str, ...] | Mapping[str, object], what: str) -> str:
    if value not in known:
        raise TableError(f"the reference row of {what!r} names {value!r}, which does not exist")
    return value
