"""From annotations to the rows of each table: pure functions, one a table, and the columns they fill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg.types.json import Jsonb

from flows.annotation import Annotation
from flows.load.copying import CopyTarget, Row
from flows.load.identities import Identities
from flows.load.keys import content_key, place_chain_key, url_chain_key
from flows.load.newness import PlacedItem
from flows.text.characters import repair_text
from flows.values import CLOCK_GRAINS, Article, Publication, RawRecord, SourceRoleMention

_DAY_OR_FINER = CLOCK_GRAINS | {"day"}
_DATED_TOPICS = frozenset({"published", "modified"})
"""Topics whose statements are rows of evidence, read or not."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A new document with the ids of its articles, and the keys of what they say, by ordinal."""

    document_id: int
    place: UUID
    record: RawRecord
    annotation: Annotation
    article_ids: tuple[int, ...]
    content_keys: tuple[UUID, ...]

    @classmethod
    def of(cls, placed: PlacedItem, article_ids: tuple[int, ...]) -> NewDocument:
        """Join a placed record, which has an annotation, with its article ids."""
        if placed.item.annotation is None:
            raise ValueError(f"{placed.item.record.uri}: a new document needs an annotation")
        annotation = placed.item.annotation
        keys = tuple(content_key(article) for article in annotation.articles)
        return cls(placed.document_id, placed.place, placed.item.record, annotation, article_ids, keys)

    def article_id(self, ordinal: int | None) -> int | None:
        """The id of an article of this document; None for page chrome."""
        return None if ordinal is None else self.article_ids[ordinal]

    def chain_key(self, article: Article) -> UUID:
        """The version chain of an article: by its URL, else by place and ordinal."""
        if article.url:
            return url_chain_key(article.url, article.ordinal)
        return place_chain_key(self.place, article.ordinal)


@dataclass(frozen=True, slots=True)
class LoadContext:
    """What all rows of a batch share."""

    run_id: int
    ruleset_id: int
    identities: Identities


def _target(table: str, *columns: str) -> CopyTarget:
    """A table of ``news`` with columns written as ``name:type``."""
    return CopyTarget("news", table, tuple((name, kind) for name, _, kind in (c.partition(":") for c in columns)))


DOCUMENTS = _target(
    "documents", "document_id:int8", "sha256:bytea", "media_type:text", "charset:text", "repairs:text[]", "text:text",
    "retrieved_at:timestamptz", "fields:jsonb",
)  # fmt: skip
ARTICLES = _target(
    "articles", "article_id:int8", "document_id:int8", "ordinal:int4", "chain_key:uuid", "content_key:uuid",
    "title:text", "title_start:int4", "title_end:int4", "subtitle:text", "body:text", "language_code:text", "url:text",
    "publisher_source_id:int4", "published_local:timestamp", "published_at:timestamptz", "published_date:date",
    "published_grain:text", "published_basis:text", "published_earliest_date:date", "published_latest_date:date",
    "published_weekday:text", "modified_at:timestamptz", "is_embedded:bool", "version:int4", "is_current:bool",
    "n_words:int4", "ruleset_id:int4", "run_id:int8",
)  # fmt: skip
SEGMENTS = _target("segments", "document_id:int8", "char_start:int4", "char_end:int4", "kind:text", "article_id:int8")
EVIDENCE = _target(
    "publication_evidence", "article_id:int8", "ordinal:int4", "basis:text", "char_start:int4", "char_end:int4",
    "field:text", "surface:text", "value_start:timestamp", "value_end:timestamp", "is_chosen:bool", "reason:text",
)  # fmt: skip
ARTICLE_SOURCES = _target(
    "article_sources", "article_id:int8", "ordinal:int4", "source_id:int4", "role:text", "name:text", "char_start:int4",
    "char_end:int4", "surface:text", "field:text", "hop:int4", "method:text", "confidence:float4",
)  # fmt: skip
MENTIONS = _target(
    "mentions", "article_id:int8", "char_start:int4", "char_end:int4", "surface:text", "kind:text", "entity_id:int4",
    "reason:text", "title:text", "title_start:int4", "title_end:int4", "method:text", "confidence:float4",
)  # fmt: skip
DATES = _target(
    "dates", "article_id:int8", "char_start:int4", "char_end:int4", "surface:text", "kind:text", "grain:text",
    "value_start:timestamp", "value_end:timestamp", "zone:text", "duration:text", "calendar:text", "anchor_kind:text",
    "anchor_local:timestamp", "is_approximate:bool", "method:text", "confidence:float4",
)  # fmt: skip
QUOTES = _target(
    "quotes", "article_id:int8", "char_start:int4", "char_end:int4", "surface:text", "speaker_entity_id:int4",
    "speaker_surface:text", "speaker_start:int4", "speaker_end:int4", "speaker_name:text", "verb:text",
)  # fmt: skip
QUOTE_SPEAKERS = _target(
    "quote_speakers", "article_id:int8", "char_start:int4", "char_end:int4", "ordinal:int4", "speaker_name:text",
    "speaker_entity_id:int4", "speaker_start:int4", "speaker_end:int4", "speaker_surface:text",
)  # fmt: skip


def document_row(new: NewDocument) -> Row:
    """The row of ``news.documents``."""
    record = new.record
    return (
        new.document_id, record.sha256, record.media_type, record.charset, list(record.repairs), record.text,
        record.retrieved_at, _fields(new),
    )  # fmt: skip


def _fields(new: NewDocument) -> Jsonb | None:
    """What a record states outside its text and no other row holds; several values of a field as a list."""
    articles, sources = new.annotation.articles[:1], new.annotation.sources
    held = {value for each in articles for value in (each.title, each.subtitle, each.url, each.language)}
    held_fields = {each.field for each in sources}
    stated = [
        (each.field, each.value)
        for each in new.record.statements
        if each.topic not in _DATED_TOPICS and each.value not in held and each.field not in held_fields
    ]
    fields: dict[str, list[str]] = {}
    for name, value in (*stated, *new.record.fields):
        fields.setdefault(repair_text(name)[0], []).append(repair_text(value)[0])
    return Jsonb({name: each if len(each) > 1 else each[0] for name, each in fields.items()}) if fields else None


def article_rows(new: NewDocument, context: LoadContext) -> Iterator[Row]:
    """The rows of ``news.articles``: each the first and current version until its chain says otherwise."""
    publishers = [context.identities.source(each.source_key) for each in _publishers(new)]
    publisher = next((source_id for source_id in publishers if source_id is not None), None)
    for article in new.annotation.articles:
        yield (
            new.article_ids[article.ordinal], new.document_id, article.ordinal, new.chain_key(article),
            new.content_keys[article.ordinal], article.title, article.title_start, article.title_end, article.subtitle,
            article.body, article.language, article.url, None if article.is_embedded else publisher,
            *publication_values(article.publication), article.modified_at, article.is_embedded, 1, True,
            _n_words(article), context.ruleset_id, context.run_id,
        )  # fmt: skip


def publication_values(publication: Publication) -> Row:
    """The columns ``published_local`` to ``published_weekday`` of ``news.articles``."""
    return (
        publication.local, publication.at, _day(publication), publication.grain, publication.basis,
        publication.earliest, publication.latest, publication.weekday,
    )  # fmt: skip


def _day(publication: Publication) -> date | None:
    """The day of publication, None unless it is known to the day."""
    if publication.local is None or publication.grain not in _DAY_OR_FINER:
        return None
    return publication.local.date()


def _n_words(article: Article) -> int:
    return sum(len(part.split()) for part in (article.title, article.subtitle, article.body) if part)


def segment_rows(new: NewDocument) -> Iterator[Row]:
    """The rows of ``news.segments``, page chrome included."""
    for segment in new.annotation.segments:
        yield new.document_id, segment.start, segment.end, segment.kind, new.article_id(segment.article)


def evidence_rows(new: NewDocument) -> Iterator[Row]:
    """The rows of ``news.publication_evidence``."""
    for article in new.annotation.articles:
        for ordinal, each in enumerate(article.publication.evidence):
            yield (
                new.article_ids[article.ordinal], ordinal, each.basis, each.start, each.end, each.field, each.surface,
                each.value_start, each.value_end, each.is_chosen, each.reason,
            )  # fmt: skip


def _publishers(new: NewDocument) -> list[SourceRoleMention]:
    """Who published the page: as the record says, else as the page's own notices do; the first is the main one."""
    if new.record.source_key:
        key = new.record.source_key
        return [SourceRoleMention(None, "publisher", key, "given", 1.0, field="given:source", source_key=key)]
    return [each for each in new.annotation.sources if each.role == "publisher" and each.article is None]


def _sources_of(new: NewDocument, article: Article) -> Iterator[SourceRoleMention]:
    """The sources of one article; who published the page published its own articles, not the embedded ones."""
    if not article.is_embedded:
        yield from _publishers(new)
    yield from (each for each in new.annotation.sources if each.article == article.ordinal)


def source_rows(new: NewDocument, identities: Identities) -> Iterator[Row]:
    """The rows of ``news.article_sources``, publishers first; other sources in page chrome are not stored."""
    for article in new.annotation.articles:
        for ordinal, each in enumerate(_sources_of(new, article)):
            yield (
                new.article_ids[article.ordinal], ordinal, identities.source(each.source_key), each.role, each.name,
                each.start, each.end, new.annotation.surface(each.start, each.end), each.field, each.hop, each.method,
                each.confidence,
            )  # fmt: skip


def mention_rows(new: NewDocument, identities: Identities) -> Iterator[Row]:
    """The rows of ``news.mentions``; mentions in page chrome belong to no article and are not stored."""
    surface = new.annotation.surface
    for each in new.annotation.mentions:
        if each.article is not None:
            yield (
                new.article_ids[each.article], each.start, each.end, surface(each.start, each.end), each.kind,
                identities.entity(each.entity), each.reason, surface(each.title_start, each.title_end),
                each.title_start, each.title_end, each.method, each.confidence,
            )  # fmt: skip


def date_rows(new: NewDocument) -> Iterator[Row]:
    """The rows of ``news.dates``; expressions in page chrome belong to no article and are not stored."""
    for each in new.annotation.dates:
        if each.article is not None:
            yield (
                new.article_ids[each.article], each.start, each.end, new.annotation.surface(each.start, each.end),
                each.kind, each.grain, each.value_start, each.value_end, each.zone, each.duration, each.calendar,
                each.anchor_kind, each.anchor_local, each.is_approximate, each.method, each.confidence,
            )  # fmt: skip


def quote_rows(new: NewDocument, identities: Identities) -> Iterator[Row]:
    """The rows of ``news.quotes``, with the main speaker."""
    surface = new.annotation.surface
    for each in new.annotation.quotes:
        if each.article is not None:
            main = each.speakers[0] if each.speakers else None
            yield (
                new.article_ids[each.article], each.start, each.end, surface(each.start, each.end),
                identities.entity(main.entity) if main else None, surface(main.start, main.end) if main else None,
                main.start if main else None, main.end if main else None, main.name if main else None, each.verb,
            )  # fmt: skip


def speaker_rows(new: NewDocument, identities: Identities) -> Iterator[Row]:
    """The rows of ``news.quote_speakers``: every speaker of every quotation."""
    for each in new.annotation.quotes:
        if each.article is not None:
            for ordinal, speaker in enumerate(each.speakers):
                yield (
                    new.article_ids[each.article], each.start, each.end, ordinal, speaker.name,
                    identities.entity(speaker.entity), speaker.start, speaker.end,
                    new.annotation.surface(speaker.start, speaker.end),
                )  # fmt: skip


CHILDREN: tuple[tuple[CopyTarget, Callable[[NewDocument, LoadContext], Iterator[Row]]], ...] = (
    (SEGMENTS, lambda new, _: segment_rows(new)),
    (EVIDENCE, lambda new, _: evidence_rows(new)),
    (ARTICLE_SOURCES, lambda new, context: source_rows(new, context.identities)),
    (MENTIONS, lambda new, context: mention_rows(new, context.identities)),
    (DATES, lambda new, _: date_rows(new)),
    (QUOTES, lambda new, context: quote_rows(new, context.identities)),
    (QUOTE_SPEAKERS, lambda new, context: speaker_rows(new, context.identities)),
)
"""Every table below documents and articles, with the function that makes its rows of one document."""
