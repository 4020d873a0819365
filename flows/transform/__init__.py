"""The transform: one text in, everything it says out, pure and without a database.

:func:`annotate` is the door; :func:`annotate_text` is the table of contents of the layers, in the order they need
one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows.annotation import Annotation
from flows.text.characters import repair_text
from flows.text.html import visible_text
from flows.transform.articles import draft_articles
from flows.transform.dates import find_time_expressions, resolve_dates
from flows.transform.names import find_mentions
from flows.transform.page import read_page
from flows.transform.publication import decide_publications
from flows.transform.quotes import find_quotes
from flows.transform.rules import Rules, load_rules
from flows.transform.segments import split_segments
from flows.transform.sources import find_sources
from flows.values import Statement

__all__ = ["annotate", "annotate_text", "load_rules"]


def annotate(
    text: str | None = None,
    *,
    html: str | None = None,
    url: str | None = None,
    published: str | None = None,
) -> Annotation:
    """Annotate one page with the shipped rules.

    Args:
        text: the page as plain text. Either this or ``html``.
        html: the page as HTML; its visible text is what the spans of the result index.
        url: where the page's own article was published, if known.
        published: when, ISO 8601 (a day, or a time with or without a zone); it outranks what the page says.

    Raises:
        ValueError: neither or both of ``text`` and ``html``, or ``published`` is no ISO 8601 date.
    """
    if (text is None) == (html is None):
        raise ValueError("annotate takes either text or html")
    page_text = visible_text(html) if html is not None else repair_text(text or "")[0]
    return annotate_text(page_text, load_rules(), url=url, published=published)


def annotate_text(
    text: str,
    rules: Rules,
    *,
    url: str | None = None,
    published: str | None = None,
    statements: Sequence[Statement] = (),
) -> Annotation:
    """Run every layer over a clean text. Offsets of the result index ``text``.

    Args:
        text: the text, repaired.
        rules: the compiled rules.
        url: where the page's own article was published, if known.
        published: when, given from outside, ISO 8601; only a record's own statement beats it.
        statements: what the page or record says of itself outside its text, most trusted first.

    Raises:
        ValueError: ``published`` is no ISO 8601 date.
    """
    page = read_page(text, rules.lexicon)
    segments = split_segments(page, rules.segment_cues)
    drafts = draft_articles(page, segments)
    expressions = find_time_expressions(page, rules.time)
    publications = decide_publications(page, drafts, segments, expressions, given=published)
    dates = resolve_dates(page, expressions, segments, publications)
    mentions = find_mentions(page, segments, rules.gazetteer)
    sources = find_sources(page, segments, mentions, rules.source_cues)
    quotes = find_quotes(page, segments, mentions, sources, rules.reporting_verbs)
    articles = tuple(
        replace(draft, publication=publication, url=None if draft.is_embedded else url)
        for draft, publication in zip(drafts, publications, strict=True)
    )
    return Annotation(text, articles, segments, sources, mentions, dates, quotes)
