"""The transform: one text in, everything it says out, pure and without a database.

:func:`annotate` is the door; :func:`annotate_text` is the table of contents of the layers, in the order they need
one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache

from flows.annotation import Annotation
from flows.reference.home import home_tables
from flows.reference.tables import ReferenceTables
from flows.text.characters import repair_text
from flows.text.metadata import WebPage, read_html
from flows.transform.addresses import own_url, url_candidates
from flows.transform.articles import draft_articles
from flows.transform.dates import find_time_expressions, resolve_dates
from flows.transform.decided import obey
from flows.transform.moments import parse_stated
from flows.transform.names import find_mentions
from flows.transform.page import read_page
from flows.transform.publication import ReadOn, decide_publications
from flows.transform.quotes import find_quotes
from flows.transform.rules import Rules, load_rules
from flows.transform.segments import split_segments
from flows.transform.sources import find_sources
from flows.transform.speech import Speech
from flows.transform.stated_sources import stated_sources
from flows.transform.statements import completed, date_candidates, label_headline, run_candidate, storable
from flows.values import Outline, Statement

__all__ = ["annotate", "annotate_text", "load_rules"]


def annotate(
    text: str | None = None,
    *,
    html: str | None = None,
    url: str | None = None,
    published: str | None = None,
) -> Annotation:
    """Annotate one page with the rules, reference data and decisions of this home, read once a process.

    Args:
        text: the page as plain text. Either this or ``html``.
        html: the page as HTML; its visible text is what the spans of the result index.
        url: where the page's own article was published, if known.
        published: when, ISO 8601 (a day, or a time with or without a zone); it outranks what the page says.

    Raises:
        ValueError: neither or both of ``text`` and ``html``, or ``published`` is no ISO 8601 date.
        ReferenceDataError: the reference data of this home cannot be used.
    """
    if (text is None) == (html is None):
        raise ValueError("annotate takes either text or html")
    given: tuple[Statement, ...] = ()
    if published is not None:
        parse_stated(published)
        given = (Statement("published", "published", published, "given"),)
    page = read_html(html, url) if html is not None else WebPage(repair_text(text or "")[0])
    rules = load_rules(_own_tables())
    statements = (*given, *page.statements)
    return annotate_text(page.text, rules, url=url, statements=statements, outline=page.outline, today=_today())


def _today() -> date:
    return datetime.now(UTC).date()


@cache
def _own_tables() -> ReferenceTables:
    return home_tables()


def annotate_text(
    text: str,
    rules: Rules,
    *,
    url: str | None = None,
    published: str | None = None,
    statements: Sequence[Statement] = (),
    outline: Outline | None = None,
    retrieved_at: datetime | None = None,
    today: date | None = None,
) -> Annotation:
    """Run every layer over a clean text. Offsets of the result index ``text``.

    Args:
        text: the text, repaired.
        rules: the compiled rules.
        url: where the page's own article was published, if known.
        published: when, given for a whole run, ISO 8601; what a record states of itself beats it.
        statements: what the page or record says of itself outside its text, most trusted first.
        outline: what the markup of a page says of the lines of ``text``.
        retrieved_at: when it was crawled, with a zone: no page is published later.
        today: the day of this reading: a later date yields to any other.

    Raises:
        ValueError: ``published`` is no ISO 8601 date.
    """
    statements = storable(statements)
    page = read_page(text, rules.lexicon)
    segments = label_headline(page, split_segments(page, rules.segment_cues, outline), statements)
    drafts = draft_articles(page, segments)
    expressions = find_time_expressions(page, rules.time)
    address = own_url(statements, url)
    stated = [*date_candidates(statements, rules), *url_candidates((address, url))]
    if published is not None:
        stated.append(run_candidate(published))
    read_on = ReadOn.of(retrieved_at, today)
    publications = decide_publications(page, drafts, segments, expressions, stated=stated, read_on=read_on)
    dates = resolve_dates(page, expressions, segments, publications)
    mentions = obey(find_mentions(page, segments, rules.gazetteer), page, rules.decided)
    speech = Speech(page, segments, mentions)
    sources = find_sources(speech, segments, rules.source_cues)
    quotes = find_quotes(speech, segments, sources)
    articles = tuple(
        completed(draft, statements, address)._replace(publication=publication, modified_at=publication.modified_at)
        for draft, publication in zip(drafts, publications, strict=True)
    )
    outside = tuple(stated_sources(statements, address, sources, rules)) if articles else ()
    return Annotation(text, articles, segments, (*sources, *outside), mentions, dates, quotes)
