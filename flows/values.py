"""The frozen values that pass between extract, transform and load.

Offsets are Unicode code points into the text of the document, end exclusive. Times without a zone are the wall time
of the article itself; intervals are half open, at the grain they name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple, get_args

SegmentKind = Literal[
    "headline", "subtitle", "dateline", "byline", "body", "caption", "keywords", "attribution", "related",
    "navigation", "boilerplate",
]  # fmt: skip
LineRole = Literal[
    "title", "text", "heading", "caption", "keywords", "byline", "plain", "tail", "link", "chrome",
]  # fmt: skip
EntityKind = Literal["person", "organisation", "place", "group", "event"]
DateKind = Literal["absolute", "relative", "duration", "set", "count", "vague"]
Grain = Literal[
    "second", "minute", "hour", "daypart", "day", "weekpart", "week", "monthpart", "month", "season", "quarter",
    "yearpart", "year", "decade", "century",
]  # fmt: skip
PublishedBasis = Literal[
    "given", "metadata", "feed", "dateline", "visible", "url", "inferred", "unknown",
]  # fmt: skip
EvidenceBasis = Literal[
    "given", "metadata", "feed", "dateline", "visible", "url", "inferred", "caption", "weekday", "crawl",
]  # fmt: skip
SourceRole = Literal["publisher", "origin", "cited", "photo_credit", "anonymous", "official"]
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
Calendar = Literal["gregorian", "hijri"]
StatementTopic = Literal[
    "published", "modified", "title", "subtitle", "language", "url", "publisher", "agency", "author", "photo_credit",
]  # fmt: skip
AnchorKind = Literal["publication", "document", "speech", "event", "epoch"]
Stage = Literal["extract", "transform", "load"]
ReasonCode = Literal[
    "unreadable", "empty", "unknown_format", "too_large", "bad_charset", "bad_manifest", "no_article",
    "transform_failed", "not_storable", "damaged", "too_deep", "too_many_members", "unsafe_path", "encrypted",
    "bad_json", "bad_xml", "bad_row", "not_a_record", "bad_response", "http_status", "not_html", "unresolved_revisit",
]  # fmt: skip
"""Why a record was rejected; ``docs/rejects.md`` says what each means and what mends it (a test compares)."""

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""English names in the order of :meth:`datetime.date.weekday` (Monday is 0)."""

CLOCK_GRAINS: frozenset[str] = frozenset({"second", "minute", "hour", "daypart"})
"""Grains finer than a day: their values are written with a time."""


RUN_FIELD = "ingest:published"
"""Field of the publication that was given for all records of a run."""

_TRUST: dict[EvidenceBasis, int] = {
    "given": 0, "metadata": 1, "feed": 2, "dateline": 4, "visible": 5, "url": 6, "inferred": 7, "caption": 8,
    "weekday": 8, "crawl": 8,
}  # fmt: skip
_TRUST_OF_RUN = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a page or record says of itself outside its text, in its own words.

    Attributes:
        topic: what it is about.
        field: where it stands: ``jsonld:/datePublished``, ``meta:article:published_time``, ``column:date``,
            ``manifest:published``.
        value: as written there, entities and escapes resolved.
        basis: what kind of place that is: ``given`` from outside, ``metadata``, ``feed`` or ``url``.
    """

    topic: StatementTopic
    field: str
    value: str
    basis: Literal["given", "metadata", "feed", "url"] = "metadata"


@dataclass(frozen=True, slots=True)
class Outline:
    """What the markup of a page says of each line of its text: where the lines begin, and their roles.

    Roles: ``title``, ``text`` (a paragraph or item of the article), ``heading`` in it, ``caption``, ``keywords``,
    ``byline``; ``plain`` near the article, of which the markup says nothing; ``tail`` below it; ``link`` to another
    page; ``chrome`` of the site.
    """

    starts: tuple[int, ...]
    roles: tuple[LineRole, ...]


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One input record as extraction hands it on: its text, where it was, what it said of itself.

    Attributes:
        uri: ``file:///`` and the absolute path, or the fsspec URL without user, password and signature.
        locator: '' for a whole file, else the steps inside it (``line:3``, ``member:a.txt/index:2``).
        sha256: 32 bytes over the decompressed file or the record, as CONTRACT section 4 "Identity" says.
        repairs: what had to be mended to read it (``bom``, ``nul``, ``surrogate``, ``charset``), sorted.
        url: the web address it was retrieved from or is known under, or None.
        source_key: the listed source it is known to come from, or None.
        retrieved_at: when it was crawled, with a zone, or None; never a publication.
        statements: what it says of itself outside its text, most trusted first.
        fields: name and value of what the record had that nothing uses, kept for later.
        outline: what markup says of the lines of the text, None where there is none.
        content: the very bytes ``sha256`` is over, for the raw archive; empty where they are not kept.
    """

    uri: str
    locator: str
    sha256: bytes
    text: str
    media_type: str
    charset: str
    repairs: tuple[str, ...] = ()
    url: str | None = None
    source_key: str | None = None
    retrieved_at: datetime | None = None
    statements: tuple[Statement, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    content: bytes = b""
    outline: Outline | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """One input record that could not be loaded, and why.

    ``payload_digest`` is what a revisit of a crawl names the page by that its file does not hold; the load knows more
    pages, and makes it a record if it has that one.
    """

    uri: str
    locator: str
    stage: Stage
    reason_code: ReasonCode
    message: str
    raw: bytes = b""
    payload_digest: str = ""


class Segment(NamedTuple):
    """One stretch of a page and what it is; ``article`` is the article's ordinal, None for page chrome."""

    start: int
    end: int
    kind: SegmentKind
    article: int | None


class PublicationEvidence(NamedTuple):
    """One candidate for when an article was published; it has a span or names a field."""

    basis: EvidenceBasis
    surface: str
    start: int | None = None
    end: int | None = None
    field: str | None = None
    value_start: datetime | None = None
    value_end: datetime | None = None
    is_chosen: bool = False
    reason: str = ""

    @property
    def trust(self) -> tuple[int, str, str]:
        """Sort key, least first: the stated order of bases; of several given dates the earliest stands first.

        What was given for a whole run yields to what a record says of itself.
        """
        if self.basis != "given":
            return _TRUST[self.basis], "", ""
        place = _TRUST_OF_RUN if self.field == RUN_FIELD else _TRUST["given"]
        return place, self.value_start.isoformat() if self.value_start else "unread", self.surface


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article was published: chosen value and bounds, kept apart from the evidence.

    Attributes:
        local: wall time as the page says it, truncated to ``grain``; None while unknown.
        at: the instant with its zone, only where a zone is stated.
        earliest, latest: inclusive days between which it must lie, where the text gives them.
        modified_at: when it last changed, only where a zone is stated.
    """

    local: datetime | None = None
    at: datetime | None = None
    grain: Grain | None = None
    basis: PublishedBasis = "unknown"
    earliest: date | None = None
    latest: date | None = None
    weekday: Weekday | None = None
    evidence: tuple[PublicationEvidence, ...] = ()
    modified_at: datetime | None = None


class Article(NamedTuple):
    """One article found in a document. ``title_start`` is None where the title comes from metadata."""

    ordinal: int
    title: str | None
    title_start: int | None
    title_end: int | None
    subtitle: str | None
    body: str
    language: str | None
    is_embedded: bool
    publication: Publication = Publication()
    url: str | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation, place, group or event, listed in the reference data or coined by a text."""

    key: str
    kind: EntityKind
    name: str
    name_ar: str | None = None
    wikidata_id: str | None = None
    geonames_id: int | None = None
    country_code: str | None = None


class Mention(NamedTuple):
    """One naming of an entity. ``entity`` is None when it stays open; ``reason`` then says why."""

    article: int | None
    start: int
    end: int
    kind: EntityKind
    entity: Entity | None
    method: str
    confidence: float
    reason: str | None = None
    title_start: int | None = None
    title_end: int | None = None


class DateMention(NamedTuple):
    """One time expression with its value; ``value_start`` is None while it cannot be known.

    Attributes:
        duration: ISO 8601 duration for durations and sets.
        zone: the zone the text states (``+00:00`` for GMT), else None.
        anchor_local: the wall time it was resolved against, None for what needs no anchor or has none.
    """

    article: int | None
    start: int
    end: int
    kind: DateKind
    grain: Grain | None
    method: str
    confidence: float
    value_start: datetime | None = None
    value_end: datetime | None = None
    zone: str | None = None
    duration: str | None = None
    calendar: Calendar = "gregorian"
    anchor_kind: AnchorKind | None = None
    anchor_local: datetime | None = None
    is_approximate: bool = False


class SourceRoleMention(NamedTuple):
    """One role a source plays in an article; it has a span or names the ``field`` it came from.

    Attributes:
        source_key: key of a listed source; None for anonymous and unlisted ones.
        name: what the source is called, for people to read.
        hop: place in a credit chain, 1 nearest to the page.
    """

    article: int | None
    role: SourceRole
    name: str
    method: str
    confidence: float
    start: int | None = None
    end: int | None = None
    field: str | None = None
    source_key: str | None = None
    hop: int | None = None


class Speaker(NamedTuple):
    """Who says a quotation: a name, its entity where it is known, and the span that names them."""

    name: str
    entity: Entity | None = None
    start: int | None = None
    end: int | None = None


class Quote(NamedTuple):
    """One direct quotation without its marks; the first speaker is the main one."""

    article: int | None
    start: int
    end: int
    speakers: tuple[Speaker, ...] = ()
    verb: str | None = None
