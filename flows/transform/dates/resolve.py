"""From readings to dates: each expression against the publication of the article it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from flows.transform.dates.intervals import Interval
from flows.transform.dates.iso import iso_duration, iso_of
from flows.transform.dates.occurrences import Anchor, NoAnchorError
from flows.transform.dates.readings import (
    Century,
    Clock,
    DayCount,
    DayInRow,
    Daypart,
    Duration,
    HolidayOn,
    Offset,
    Part,
    Period,
    Range,
    Reading,
    Recurring,
    Season,
    Stretch,
    TimeExpression,
    Vague,
    WeekdayIn,
    Ymd,
)  # fmt: skip
from flows.transform.dates.resolver import Resolver
from flows.transform.page import Page
from flows.values import AnchorKind, Calendar, DateMention, Publication, Segment

_CONFIDENCE_STATED: Final = 0.97
_CONFIDENCE_ANCHORED: Final = 0.9
_CONFIDENCE_GUESSED: Final = 0.75
_CONFIDENCE_OPEN: Final = 0.8
_LONGEST_SENTENCE: Final = 40
"""Words: farther apart two days are not of one sentence."""
_SENTENCE_ENDS: Final = frozenset({".", "!", "?", "؟"})


def resolve_dates(
    page: Page,
    expressions: Sequence[TimeExpression],
    segments: Sequence[Segment],
    publications: Sequence[Publication],
) -> tuple[DateMention, ...]:
    """Give every expression its value, as far as it can be known.

    Args:
        page: the page the expressions are of.
        expressions: what :func:`find_time_expressions` found, in text order.
        segments: the stretches of the page in text order; they say which article an expression is in.
        publications: one for each article, in order of ordinals. On a page without any article the first one, if
            given, anchors the whole text; chrome of a page with articles has no anchor.

    Returns:
        One mention for each expression, in order. Values are the article's own wall time, half open.
    """
    starts = [segment.start for segment in segments]
    has_articles = any(segment.article is not None for segment in segments)
    anchors: dict[int | None, Anchor | None] = {}
    mentions: list[DateMention] = []
    last_day: tuple[TimeExpression, date] | None = None
    for expression in expressions:
        index = bisect_right(starts, expression.start) - 1
        segment = segments[index] if index >= 0 and expression.start < segments[index].end else None
        article = segment.article if segment is not None else None
        if article not in anchors:
            anchors[article] = anchor_of(_publication_of(article, publications, has_articles=has_articles))
        anchor = anchors[article]
        if isinstance(expression.reading, DayInRow) and last_day and _same_sentence(page, last_day[0], expression):
            anchor = Anchor(datetime.combine(last_day[1], datetime.min.time()), has_time=False)
        mention = resolve_expression(expression, anchor, article)
        mentions.append(mention)
        if mention.grain == "day" and mention.value_start is not None:
            last_day = expression, mention.value_start.date()
    return tuple(mentions)


def _publication_of(
    article: int | None, publications: Sequence[Publication], *, has_articles: bool
) -> Publication | None:
    if article is None:
        return publications[0] if publications and not has_articles else None
    return publications[article] if article < len(publications) else None


def _same_sentence(page: Page, before: TimeExpression, here: TimeExpression) -> bool:
    """Whether no full stop and no line break stands between two expressions."""
    between = range(before.last, here.first)
    return here.first - before.last <= _LONGEST_SENTENCE and not any(
        at in page.tokens.line_starts or page.tokens.words[at] in _SENTENCE_ENDS for at in between
    )


def anchor_of(publication: Publication | None) -> Anchor | None:
    """The anchor a publication gives: none unless its day is known."""
    if publication is None or publication.local is None:
        return None
    if publication.grain in {"day", "minute", "second", "hour"}:
        return Anchor(publication.local.replace(tzinfo=None), has_time=publication.grain != "day")
    return None


def resolve_expression(expression: TimeExpression, anchor: Anchor | None, article: int | None) -> DateMention:
    """One expression with its value against one anchor, which may be unknown."""
    reading = expression.reading
    found, used = interval_of(expression, anchor)
    kind: AnchorKind | None = _anchor_kind(expression, used=used)
    return DateMention(
        article=article,
        start=expression.start,
        end=expression.end,
        kind=expression.kind,
        grain=expression.grain,
        method=expression.method,
        confidence=_confidence(expression, found, used=used),
        value_start=found.start if found else None,
        value_end=found.end if found else None,
        zone=_zone_of(reading),
        duration=_duration_of(reading),
        calendar=_calendar_of(reading),
        anchor_kind=kind,
        anchor_local=anchor.moment if anchor is not None and used else None,
        is_approximate=bool(found and found.is_approximate) or _is_rough(reading),
    )


def interval_of(expression: TimeExpression, anchor: Anchor | None) -> tuple[Interval | None, bool]:
    """The interval of an expression, and whether its anchor was used (or would have been needed)."""
    resolver = Resolver(anchor, is_future=expression.is_future)
    try:
        found = resolver.resolve(expression.reading)
    except NoAnchorError:
        return None, True
    except (ValueError, OverflowError):
        # 30 February, the year 10000, a Hijri year outside Umm al-Qura: there is no such time
        return None, resolver.used_anchor
    if found is not None and found.start >= found.end:
        return None, resolver.used_anchor
    return found, resolver.used_anchor


def _is_rough(reading: Reading) -> bool:
    """Whether an amount is not said or only about what it is."""
    return isinstance(reading, (Offset, Duration)) and (reading.is_vague or reading.is_hedged)


def _anchor_kind(expression: TimeExpression, *, used: bool) -> AnchorKind | None:
    match expression.reading:
        case Offset(is_event=True):
            return "event"
        case DayCount():
            return "epoch"
        case Vague() | Recurring():
            return None
    if not used:
        return None
    return "speech" if expression.is_quoted else "publication"


def _confidence(expression: TimeExpression, found: Interval | None, *, used: bool) -> float:
    """How sure the value is: stated, resolved, guessed by tense, or left open; less inside a quotation."""
    if found is None:
        return _CONFIDENCE_OPEN
    value = _CONFIDENCE_ANCHORED if used else _CONFIDENCE_STATED
    if found.is_approximate or (used and _leaves_open_which(expression.reading)):
        value = _CONFIDENCE_GUESSED
    return round(value - 0.1, 2) if used and expression.is_quoted else value


def _leaves_open_which(reading: Reading) -> bool:
    """Whether a reading does not say which of the times that come again it means."""
    match reading:
        case Ymd(steps=None) | WeekdayIn(steps=None) | Season(steps=None) | HolidayOn(steps=None):
            return True
        case _:
            return False


def _duration_of(reading: Reading) -> str | None:
    match reading:
        case Duration():
            return iso_of(reading)
        case Stretch(unit=unit, count=count):
            return iso_duration(unit, count)
        case Recurring(duration=duration):
            return duration
        case _:
            return None


def _zone_of(reading: Reading) -> str | None:
    match reading:
        case Clock(zone=zone):
            return zone if zone != "local" else None
        case Range(last=last):
            return _zone_of(last)
        case _:
            return None


def _calendar_of(reading: Reading) -> Calendar:
    match reading:
        case Ymd(calendar=calendar) | Period(calendar=calendar) | Century(calendar=calendar):
            return calendar
        case HolidayOn(calendar=calendar) | Offset(calendar=calendar):
            return calendar
        case Clock(base=base) | Daypart(base=base) if base is not None:
            return _calendar_of(base)
        case Part(base=base):
            return _calendar_of(base)
        case Range(last=last):
            return _calendar_of(last)
        case _:
            return "gregorian"
