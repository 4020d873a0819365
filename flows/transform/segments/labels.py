"""What a line says of itself: its cue words, or a shape that only one kind of line has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.transform.lexicon import Category, Hit
from flows.transform.names.gazetteer import ListedName
from flows.transform.page import Page
from flows.transform.segments.cues import CueEffect, SegmentCue
from flows.transform.segments.lines import Line
from flows.values import SegmentKind

_SHORT_LINE = 15
_CREDIT_LINE = 8
_INSIDE_LINE = 30
_CAPTION_WORDS = 60
_COUNTER_WORDS = 8
_BRACKET_TOKENS = 14
_AFTER_LABEL = frozenset(":-|/»>؛.…")
_NEUTRAL = frozenset(",.،:/+&()[]|؛-\"'*•·»«#!_–")
_TRAIL_MARKS = frozenset("»«›‹><|←")
_WIDE_GAP = re.compile(r"\S[ \u00a0]{3}")
_TICKER_GAPS = 4
_ADDRESS_MARKS = ("http://", "https://", "www.", "@")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Label:
    """A line's own kind; ``content`` is where its text begins after a label, None when it is a label alone."""

    kind: SegmentKind
    effect: CueEffect = ""
    content: int | None = None
    is_label: bool = False


def label_lines(page: Page, lines: list[Line]) -> list[Label | None]:
    """The label of each line, None where only its place on the page can tell."""
    hits = _cue_hits_by_line(page, lines)
    return [_label(page, line, line_hits) for line, line_hits in zip(lines, hits, strict=True)]


def _cue_hits_by_line(page: Page, lines: list[Line]) -> list[list[Hit]]:
    grouped: list[list[Hit]] = [[] for _ in lines]
    at = 0
    for hit in page.hits_of("cue"):
        if not isinstance(hit.entry.value, SegmentCue) or hit.offset or hit.fused:
            continue
        while at < len(lines) and lines[at].last <= hit.first:
            at += 1
        if at < len(lines) and lines[at].first <= hit.first:
            grouped[at].append(hit)
    return grouped


def _label(page: Page, line: Line, hits: list[Hit]) -> Label | None:
    return _cue_label(page, line, hits) or _shape_label(page, line, hits)


def _cue_label(page: Page, line: Line, hits: list[Hit]) -> Label | None:
    best: tuple[int, Label] | None = None
    inside: set[int] = set()
    for hit in hits:
        cue = hit.entry.value
        if not isinstance(cue, SegmentCue):
            continue
        if cue.match == "inside":
            inside.add(hit.first)
        label = _match(page, line, hit, cue)
        if label and (best is None or hit.last - hit.first > best[0]):
            best = (hit.last - hit.first, label)
    if best:
        return best[1]
    whole = _covered_by_line_cues(page, line, hits)
    if whole:
        return whole
    if inside and (line.words <= _INSIDE_LINE or len(inside) > 1):
        cue = next(hit.entry.value for hit in hits if hit.first in inside)
        return Label(cue.kind, cue.effect) if isinstance(cue, SegmentCue) else None
    return None


def _match(page: Page, line: Line, hit: Hit, cue: SegmentCue) -> Label | None:
    """The label a single ``label``, ``start`` or ``anywhere`` cue gives its line."""
    if cue.match == "anywhere":
        return Label(cue.kind, cue.effect)
    if cue.match in ("line", "inside", "below") or not _begins(page, line, hit.first):
        return None
    rest = _content(page, line, hit.last)
    if rest is None:
        return Label(cue.kind, cue.effect, None, is_label=True)
    marked = page.tokens.words[hit.last] in _AFTER_LABEL
    if cue.match == "label" and not marked:
        return None
    if cue.kind in ("byline", "dateline", "attribution", "caption") and line.words > _limit(cue.kind):
        return None
    return Label(cue.kind, cue.effect, rest)


def _limit(kind: SegmentKind) -> int:
    """The most words such a line has: a longer one is a paragraph that happens to begin so."""
    return _CAPTION_WORDS if kind == "caption" else _SHORT_LINE


def _begins(page: Page, line: Line, token: int) -> bool:
    """Whether only marks stand before a token in its line."""
    return not any(page.tokens.words[at].isalnum() for at in range(line.first, token))


def _content(page: Page, line: Line, token: int) -> int | None:
    """Where the first word after ``token`` begins, as an original offset; None when no word follows in the line."""
    for index in range(token, line.last):
        if page.tokens.words[index].isalnum():
            return page.span(index, index + 1)[0]
    return None


def _covered_by_line_cues(page: Page, line: Line, hits: list[Hit]) -> Label | None:
    """A menu, share bar or breadcrumb: nothing but phrases that stand alone on such lines."""
    covered: set[int] = set()
    first: SegmentCue | None = None
    for hit in hits:
        cue = hit.entry.value
        if isinstance(cue, SegmentCue) and (cue.match == "line" or cue.kind == "navigation"):
            covered.update(range(hit.first, hit.last))
            first = first or cue
    words = [i for i in range(line.first, line.last) if page.tokens.words[i].isalpha()]
    is_trail = not _TRAIL_MARKS.isdisjoint(page.tokens.words[line.first : line.last])
    if (
        first
        and words
        and (all(i in covered for i in words) or (words[0] in covered and is_trail and first.kind == "navigation"))
    ):
        return Label(first.kind, first.effect, None, is_label=True)
    return None


def _shape_label(page: Page, line: Line, hits: list[Hit]) -> Label | None:
    words = page.tokens.words[line.first : line.last]
    if line.words and 2 * words.count("#") >= line.words:
        return Label("keywords")
    if len(_WIDE_GAP.findall(page.text, line.start, line.end)) >= _TICKER_GAPS:
        return Label("related")
    if not line.has_bullet and is_stamp(page, line):
        return Label("dateline")
    if not line.words or _is_address(page.text[line.start : line.end]) or _is_day_counter(words, line):
        return Label("boilerplate")
    if is_credited_caption(page, line, hits):
        return Label("caption")
    return _credit_label(page, line)


def _is_address(surface: str) -> bool:
    """A web or mail address alone in its line."""
    return any(mark in surface for mark in _ADDRESS_MARKS) and not any(char.isspace() for char in surface)


def _is_day_counter(words: list[str], line: Line) -> bool:
    """``... - اليوم 397``: a banner that counts days says nothing of the article."""
    last_two = words[-2:]
    return line.words <= _COUNTER_WORDS and last_two[:1] == ["اليوم"] and last_two[-1].isdigit()


def covered_tokens(page: Page, first: int, last: int, categories: tuple[Category, ...]) -> int:
    """Up to which token from ``first`` the longest whole-word hit of some categories reaches; ``first`` if none."""
    ends = [
        hit.last
        for hit in page.hits_at(first)
        if hit.entry.category in categories and not hit.offset and not hit.fused and hit.last <= last
    ]
    return max(ends, default=first)


def covered_place(page: Page, first: int, last: int) -> int:
    """Up to which token from ``first`` the name of a place reaches; ``first`` if none begins there."""
    ends = [
        hit.last
        for hit in page.hits_at(first)
        if isinstance(hit.entry.value, ListedName) and hit.entry.value.entity.kind == "place"
        if not hit.offset and not hit.fused and hit.last <= last
    ]
    return max(ends, default=first)


def covered_place_or_time(page: Page, first: int, last: int) -> int:
    """Up to which token from ``first`` a place, a date word or a time word reaches."""
    return max(covered_place(page, first, last), covered_tokens(page, first, last, ("time",)))


def is_stamp(page: Page, line: Line) -> bool:
    """Whether a line is a date or clock time and nothing else (``الأحد 3 ديسمبر 2023 09:01 م``)."""
    if line.words > _SHORT_LINE or not any(w.isdigit() for w in page.tokens.words[line.first : line.last]):
        return False
    index, known, stray = line.first, 0, 0
    while index < line.last:
        reach = covered_place_or_time(page, index, line.last)
        word = page.tokens.words[index]
        if reach > index or word.isdigit():
            known += 1
        elif word.isalpha() and len(word) > 1:
            stray += 1
        index = max(reach, index + 1)
    return known > 1 and not stray


def is_credited_caption(page: Page, line: Line, hits: list[Hit]) -> bool:
    """A line that ends in a photo credit: ``... (AP/Carolyn Kaster)``, ``... (تصوير: ...)``, ``... (أ ف ب)``."""
    words = page.tokens.words
    if line.words > _CAPTION_WORDS or words[line.last - 1] not in ")]":
        return False
    floor = max(line.first, line.last - _BRACKET_TOKENS)
    opening = next((i for i in range(line.last - 2, floor - 1, -1) if words[i] in "(["), None)
    if opening is None or opening == line.first:
        return False
    inner = range(opening + 1, line.last - 1)
    surface = page.text[page.span(opening, opening + 1)[0] : line.end]
    has_photo_word = any(
        hit.first in inner for hit in hits if isinstance(cue := hit.entry.value, SegmentCue) and cue.kind == "caption"
    )
    has_source = any(covered_tokens(page, i, line.last - 1, ("source",)) > i for i in inner)
    if has_photo_word or (has_source and "/" in surface and _LATIN.search(surface)):
        return True
    return has_source and words[opening - 1] not in ".،؟!" and line.words <= _INSIDE_LINE


def _credit_label(page: Page, line: Line) -> Label | None:
    """A short line of agencies (attribution), or of a place or day and an agency (dateline)."""
    if line.words > _CREDIT_LINE:
        return None
    index, has_source, has_place = line.first, False, False
    while index < line.last:
        source = covered_tokens(page, index, line.last, ("source",))
        other = covered_place_or_time(page, index, line.last)
        word = page.tokens.words[index]
        if source > index:
            has_source = True
        elif other > index:
            has_place = True
        elif word.isalpha():
            return None
        index = max(source, other, index + 1)
    if not has_source:
        return None
    return Label("dateline" if has_place else "attribution")
