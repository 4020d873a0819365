"""Factories of records and annotations for tests of the load."""

from __future__ import annotations

import hashlib

from flows.annotation import Annotation
from flows.load.values import LoadItem
from flows.values import Article, Entity, Mention, RawRecord, Segment


def record(text: str, name: str = "a.txt", *, locator: str = "", url: str | None = None) -> RawRecord:
    """A plain-text record as extraction makes it."""
    digest = hashlib.sha256(text.encode()).digest()
    return RawRecord(f"file:///news/{name}", locator, digest, text, "text/plain", "utf-8", url=url)


def annotation(text: str, *mentions: Mention, url: str | None = None) -> Annotation:
    """One article: the first line its title, the rest its body."""
    title, _, body = text.partition("\n")
    article = Article(0, title, 0, len(title), None, body, "ar", is_embedded=False, url=url)
    segments = [Segment(0, len(title), "headline", 0)]
    if body:
        segments.append(Segment(len(title) + 1, len(text), "body", 0))
    return Annotation(text, (article,), tuple(segments), mentions=mentions)


def item(text: str, name: str = "a.txt", *mentions: Mention, locator: str = "", url: str | None = None) -> LoadItem:
    """A record with its annotation, ready to load."""
    return LoadItem(record(text, name, locator=locator, url=url), annotation(text, *mentions, url=url))


def person(key: str, name: str, start: int, end: int) -> Mention:
    """A mention of a coined person."""
    return Mention(0, start, end, "person", Entity(key, "person", name, name), "test", 1.0)
