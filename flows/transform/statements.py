"""What a page or record states outside its text, made use of where the text itself is silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flows.text.characters import repair_text
from flows.text.language import detect_language
from flows.transform.moments import parse_stated, read_moment, valued
from flows.transform.page import Page
from flows.transform.rules import Rules
from flows.transform.stamps import Candidate, Role
from flows.values import RUN_FIELD, Article, PublicationEvidence, Segment, Statement, StatementTopic

_MOST_CHARACTERS = 10_000
_SITE_MARK = re.compile(r"\s+(?:[|»«:–—-]|::)\s+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
_STATED = {
    "given": "stated from outside the page", "metadata": "stated in a field of its own",
    "feed": "stated by the feed", "url": "stated by the address",
}  # fmt: skip
_UPDATED = "an update, not the publication"


def storable(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements in characters and lengths a warehouse can hold: bad metadata alone rejects no record."""
    return tuple(replace(each, value=repair_text(each.value[:_MOST_CHARACTERS])[0]) for each in statements)


def date_candidates(statements: Sequence[Statement], rules: Rules) -> list[Candidate]:
    """A candidate for each statement of when the article was published or changed; unread ones say why."""
    return [_candidate(each, rules) for each in statements if each.topic in ("published", "modified")]


def run_candidate(published: str) -> Candidate:
    """The publication that was given for all records of a run.

    Raises:
        ValueError: it is no ISO 8601 date or time.
    """
    stated = parse_stated(published)
    row = PublicationEvidence("given", published, field=RUN_FIELD, reason="stated for the whole run")
    return Candidate(valued(row, stated), stated)


def stated_dates(statements: Sequence[Statement], published: str | None, rules: Rules) -> list[PublicationEvidence]:
    """The rows that settle a day by what is stated outside a text, without reading that text.

    Raises:
        ValueError: ``published`` is no ISO 8601 date or time.
    """
    candidates = date_candidates(statements, rules) + ([run_candidate(published)] if published is not None else [])
    return [c.evidence for c in candidates if c.stated and not c.either and c.role == "published"]


def _candidate(statement: Statement, rules: Rules) -> Candidate:
    row = PublicationEvidence(statement.basis, statement.value, field=statement.field)
    if statement.basis == "given":
        try:
            stated = parse_stated(statement.value)
        except ValueError:
            pass
        else:
            return Candidate(valued(row._replace(reason=_STATED["given"]), stated), stated)
    moment = read_moment(statement.value, rules)
    is_update = statement.topic == "modified"
    reason = _UPDATED if is_update else _STATED[statement.basis] if moment.stated else ""
    row = row._replace(reason="; ".join(part for part in (reason, moment.reason) if part))
    if moment.stated is not None and moment.either is None:
        row = valued(row, moment.stated)
    elif moment.interval is not None:
        row = row._replace(value_start=moment.interval.start, value_end=moment.interval.end)
    role: Role = "modified" if is_update else "published"
    return Candidate(row, moment.stated, moment.either, moment.interval, role=role)


def label_headline(page: Page, segments: Sequence[Segment], statements: Sequence[Statement]) -> tuple[Segment, ...]:
    """The segments with the line that is the stated title as the headline, where no line is one yet.

    Only lines down to the article's first paragraph can be its headline.
    """
    opening = next((index for index, s in enumerate(segments) if s.article == 0 and s.kind == "body"), None)
    if opening is None or any(s.article == 0 and s.kind == "headline" for s in segments):
        return tuple(segments)
    titles = [" ".join(title.split()) for title in _titles(statements)]
    lines = [" ".join(page.text[s.start : s.end].split()) for s in segments[: opening + 1]]
    at = next((lines.index(title) for title in titles if title in lines), None)
    if at is None:
        return tuple(segments)
    headline = segments[at]._replace(kind="headline", article=0)
    return (*segments[:at], headline, *segments[at + 1 :])


def completed(article: Article, statements: Sequence[Statement], url: str | None) -> Article:
    """An article with what its page states of it and its text leaves out; embedded ones are another page's."""
    if article.is_embedded:
        return article
    subtitle = article.subtitle or next(_values(statements, "subtitle"), None)
    title = article.title or next(_titles(statements), None)
    return article._replace(
        title=title,
        subtitle=subtitle if subtitle != title else article.subtitle,
        language=article.language or detect_language(article.body or article.title or "") or _language(statements),
        url=url,
    )


def _titles(statements: Sequence[Statement]) -> Iterator[str]:
    """The stated titles, the name of the site taken off, most trusted first."""
    sites = {" ".join(name.split()) for name in _values(statements, "publisher")}
    for title in _values(statements, "title"):
        parts = _SITE_MARK.split(title)
        if len(parts) > 1 and parts[-1] in sites:
            yield title[: title.rindex(parts[-1])].rstrip(" |»«:–—-")
        elif len(parts) > 1 and parts[0] in sites:
            yield title[len(parts[0]) :].lstrip(" |»«:–—-")
        else:
            yield title


def _language(statements: Sequence[Statement]) -> str | None:
    """The stated language as a code without its region: ``fa`` of ``fa-IR``."""
    codes = (_LANGUAGE.fullmatch(value.strip()) for value in _values(statements, "language"))
    return next((code[1].lower() for code in codes if code), None)


def _values(statements: Sequence[Statement], topic: StatementTopic) -> Iterator[str]:
    return (each.value for each in statements if each.topic == topic)
