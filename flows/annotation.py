"""The result of the transform for one text, and its JSON form (CONTRACT section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.values import (
    CLOCK_GRAINS,
    Article,
    DateMention,
    Mention,
    Publication,
    Quote,
    Segment,
    SourceRoleMention,
)

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything the transform found in one text; spans are code points into ``text``, end exclusive."""

    text: str
    articles: tuple[Article, ...] = ()
    segments: tuple[Segment, ...] = ()
    sources: tuple[SourceRoleMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def surface(self, start: int | None, end: int | None) -> str | None:
        """The characters of a span, None where there is no span."""
        return None if start is None or end is None else self.text[start:end]

    def to_dict(self) -> JsonObject:
        """The JSON form of CONTRACT section 5: plain dicts and lists, ready for :func:`json.dumps`."""
        return {
            "text": self.text,
            "articles": [_article(article) for article in self.articles],
            "segments": [_segment(segment) for segment in self.segments],
            "sources": [self._source(source) for source in self.sources],
            "mentions": [self._mention(mention) for mention in self.mentions],
            "dates": [self._date(date) for date in self.dates],
            "quotes": [self._quote(quote) for quote in self.quotes],
        }

    def _source(self, source: SourceRoleMention) -> JsonObject:
        return {
            "article": source.article,
            "start": source.start,
            "end": source.end,
            "surface": self.surface(source.start, source.end),
            "field": source.field,
            "role": source.role,
            "name": source.name,
            "source_key": source.source_key,
            "hop": source.hop,
            "method": source.method,
            "confidence": source.confidence,
        }

    def _mention(self, mention: Mention) -> JsonObject:
        return {
            "article": mention.article,
            "start": mention.start,
            "end": mention.end,
            "surface": self.surface(mention.start, mention.end),
            "kind": mention.kind,
            "entity": mention.entity.name if mention.entity else None,
            "entity_key": mention.entity.key if mention.entity else None,
            "reason": mention.reason,
            "title": self.surface(mention.title_start, mention.title_end),
            "title_start": mention.title_start,
            "title_end": mention.title_end,
            "method": mention.method,
            "confidence": mention.confidence,
        }

    def _date(self, date: DateMention) -> JsonObject:
        return {
            "article": date.article,
            "start": date.start,
            "end": date.end,
            "surface": self.surface(date.start, date.end),
            "kind": date.kind,
            "grain": date.grain,
            "value_start": wall_time(date.value_start, date.grain),
            "value_end": wall_time(date.value_end, date.grain),
            "zone": date.zone,
            "duration": date.duration,
            "calendar": date.calendar,
            "anchor_kind": date.anchor_kind,
            "anchor_local": None if date.anchor_local is None else date.anchor_local.isoformat(),
            "is_approximate": date.is_approximate,
            "method": date.method,
            "confidence": date.confidence,
        }

    def _quote(self, quote: Quote) -> JsonObject:
        main = quote.speakers[0] if quote.speakers else None
        return {
            "article": quote.article,
            "start": quote.start,
            "end": quote.end,
            "surface": self.surface(quote.start, quote.end),
            "speaker": "; ".join(speaker.name for speaker in quote.speakers) or None,
            "speaker_start": main.start if main else None,
            "speaker_end": main.end if main else None,
            "verb": quote.verb,
        }


def wall_time(value: datetime | None, grain: str | None) -> str | None:
    """Wall time in ISO 8601: a day for day and coarser grains, else to the minute, seconds only where there are any.

    >>> wall_time(datetime(2023, 12, 3, 21, 1), "minute")
    '2023-12-03T21:01'
    >>> wall_time(datetime(2023, 12, 3), "month")
    '2023-12-03'
    """
    if value is None:
        return None
    clock = (value.hour, value.minute, value.second) != (0, 0, 0)
    if grain not in CLOCK_GRAINS and not clock:
        return value.date().isoformat()
    return value.isoformat(timespec="seconds" if value.second or grain == "second" else "minutes")


def _article(article: Article) -> JsonObject:
    return {
        "ordinal": article.ordinal,
        "title": article.title,
        "title_start": article.title_start,
        "title_end": article.title_end,
        "subtitle": article.subtitle,
        "language": article.language,
        "embedded": article.is_embedded,
        "url": article.url,
        "published": _publication(article.publication),
    }


def _publication(publication: Publication) -> JsonObject:
    return {
        "value": wall_time(publication.local, publication.grain),
        "earliest": publication.earliest.isoformat() if publication.earliest else None,
        "latest": publication.latest.isoformat() if publication.latest else None,
        "weekday": publication.weekday,
        "basis": publication.basis,
    }


def _segment(segment: Segment) -> JsonObject:
    return {"start": segment.start, "end": segment.end, "kind": segment.kind, "article": segment.article}
