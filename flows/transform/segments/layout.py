"""The reading of a whole page, from its menu to its last link: what each line is, and which article it belongs to.

A page dump is read as stretches: what stands before the first paragraph (menu, headline, subtitle, stamps, tags), the
article, lists of links under a label, perhaps a second article in the place of a link, and the site's closing words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.transform.page import Page
from flows.transform.segments.cues import SegmentCues
from flows.transform.segments.datelines import dateline_end
from flows.transform.segments.heads import Head, is_title_like, read_head, shared_words
from flows.transform.segments.labels import Label, label_lines
from flows.transform.segments.lines import Line, ParagraphShape, paragraph_shape, read_lines
from flows.transform.segments.splices import splice_offset
from flows.values import Segment, SegmentKind

_CHROME: frozenset[SegmentKind] = frozenset({"navigation", "boilerplate", "related"})
_WITHIN_LINKS: frozenset[SegmentKind] = frozenset({"navigation", "dateline", "caption", "byline"})
_TAG_WORDS = 5
_LEAD_OVERLAP = 0.5
_LEAST_PARAGRAPHS = 2
_TAIL_LINKS = 3
_SIGNATURE_WORDS = 4
_WEAK_WORDS = 3


@dataclass(slots=True)
class _Reading:
    """The state of one reading: what each line was found to be, and where the reader stands."""

    page: Page
    lines: list[Line]
    labels: list[Label | None]
    is_paragraph: list[bool]
    kinds: list[SegmentKind | None] = field(default_factory=list)
    articles: list[int | None] = field(default_factory=list)
    article: int | None = None
    has_ended: bool = False
    is_credited: bool = False
    in_links: bool = False
    body_words: int = 0
    words_to_come: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    tag_kind: SegmentKind | None = None

    def put(self, index: int, kind: SegmentKind) -> None:
        """Settle one line; the site's own parts belong to no article."""
        self.kinds[index] = kind
        self.articles[index] = None if kind in _CHROME else (self.article or 0)
        if kind == "body":
            self.body_words += self.lines[index].words


def split_segments(page: Page, cues: SegmentCues) -> tuple[Segment, ...]:  # noqa: ARG001 - states what the page needs
    """Every non-blank line of a page, trimmed, with its kind and article; a line of two kinds is split.

    Segments are sorted and do not overlap; site chrome has no article, articles count from 0 in reading order.
    """
    lines = read_lines(page)
    if not lines:
        return ()
    labels = label_lines(page, lines)
    reading = _Reading(page, lines, labels, _paragraphs(lines, labels))
    reading.kinds, reading.articles = [None] * len(lines), [None] * len(lines)
    reading.words_to_come = _words_to_come(reading)
    for index in range(len(lines)):
        _read_line(reading, index)
    _close(reading)
    return tuple(_segments(reading))


def _paragraphs(lines: list[Line], labels: list[Label | None]) -> list[bool]:
    """Which lines are paragraphs; a page with none has its unlabelled lines for a text."""
    shape = paragraph_shape(lines)
    found = [label is None and shape.fits(line) for line, label in zip(lines, labels, strict=True)]
    if any(found):
        return found
    return _weak_paragraphs(lines, labels, shape)


def _weak_paragraphs(lines: list[Line], labels: list[Label | None], shape: ParagraphShape) -> list[bool]:
    bare = [index for index, label in enumerate(labels) if label is None]
    ended = {i for i in bare if lines[i].ends_sentence and lines[i].words >= _WEAK_WORDS}
    if ended:
        return [index in ended for index in range(len(lines))]
    if len(lines) == 1 and labels[0] and labels[0].kind in ("dateline", "keywords", "caption", "headline"):
        labels[0] = None
        return [True]
    has_title = len(bare) > 1 and is_title_like(lines[bare[0]], shape) and lines[bare[1]].words > lines[bare[0]].words
    texts = set(bare[1:] if has_title else bare)
    return [index in texts for index in range(len(lines))]


def _read_line(reading: _Reading, index: int) -> None:
    label, line = reading.labels[index], reading.lines[index]
    if reading.tag_kind and label is None and not reading.is_paragraph[index] and line.words <= _TAG_WORDS:
        reading.put(index, reading.tag_kind)
        if reading.tag_kind == "attribution":
            reading.tag_kind = None
        return
    reading.tag_kind = None
    if label and not (reading.in_links and label.kind in ("dateline", "caption", "headline")):
        _read_labelled(reading, index, label)
    elif reading.is_paragraph[index]:
        _read_paragraph(reading, index)
    else:
        reading.waiting.append(index)


def _read_labelled(reading: _Reading, index: int, label: Label) -> None:
    if label.effect == "related":
        _settle_waiting(reading)
        reading.put(index, "boilerplate")
        reading.in_links = label.content is None
        return
    if label.is_label and label.kind in ("keywords", "attribution"):
        reading.tag_kind = label.kind
    if reading.article is None:
        reading.waiting.append(index)
        return
    closes_links = label.kind not in _WITHIN_LINKS
    if closes_links or not reading.in_links:
        _settle_waiting(reading)
    reading.in_links = reading.in_links and not closes_links
    reading.put(index, label.kind)
    reading.has_ended |= label.effect == "end"
    reading.is_credited |= label.kind == "attribution"


def _read_paragraph(reading: _Reading, index: int) -> None:
    if reading.article is None:
        _open_article(reading, read_head(reading.page, reading.lines, reading.labels, reading.waiting, index))
    elif (reading.in_links or reading.has_ended or reading.is_credited) and (head := _embedded_head(reading, index)):
        _open_article(reading, head)
    elif reading.has_ended and _is_epilogue(reading, index):
        _settle_waiting(reading)
        reading.put(index, "boilerplate")
        return
    else:
        _settle_waiting(reading)
        reading.has_ended = False
    reading.in_links = False
    reading.put(index, "body")


def _open_article(reading: _Reading, head: Head) -> None:
    """Begin an article at its first paragraph: settle the lines above it as its head or as chrome."""
    for waiting in head.links:
        reading.put(waiting, "related")
    reading.article = 0 if reading.article is None else reading.article + 1
    for waiting, kind in head.kinds.items():
        reading.put(waiting, kind)
    reading.waiting = []
    reading.has_ended = reading.is_credited = False


def _embedded_head(reading: _Reading, index: int) -> Head | None:
    """The head of an article that stands among links or after the end of another; None where it is no article.

    After the end of an article (its credit, its key words) a title and a paragraph are one. In mid-article the lead
    must take up the words of its title and must not go on from something before.
    """
    titles = [i for i in reading.waiting if reading.labels[i] is None and is_title_like(reading.lines[i], None)]
    if not titles:
        return None
    title = titles[-1]
    overlap = shared_words(reading.page, reading.lines[title], reading.lines[index])
    following = _paragraph_run(reading, index)
    has_end = reading.has_ended or reading.is_credited
    goes_on = reading.page.text[reading.lines[index].start] in "ول" and overlap < _LEAD_OVERLAP
    if not (overlap >= _LEAD_OVERLAP or (has_end and overlap > 0 and not goes_on)):
        return None
    if following < _LEAST_PARAGRAPHS and not has_end:
        return None
    above = [i for i in reading.waiting if i < title]
    kinds: dict[int, SegmentKind] = {title: "headline"}
    for i in reading.waiting:
        if i > title:
            label = reading.labels[i]
            kinds[i] = label.kind if label else "subtitle"
    return Head(kinds, above)


def _paragraph_run(reading: _Reading, index: int) -> int:
    """How many paragraphs stand together from here, two at most looked for."""
    count = 0
    for at in range(index, min(len(reading.lines), index + _LEAST_PARAGRAPHS + 1)):
        count += reading.is_paragraph[at]
    return count


def _is_epilogue(reading: _Reading, index: int) -> bool:
    """After the end: the site's closing words, unless far more text follows, which makes the end a false one."""
    return reading.words_to_come[index] <= reading.body_words


def _words_to_come(reading: _Reading) -> list[int]:
    """For each line the words of the paragraphs from it up to the next label of a list of links."""
    counts = [0] * (len(reading.lines) + 1)
    for at in range(len(reading.lines) - 1, -1, -1):
        label = reading.labels[at]
        own = reading.lines[at].words if reading.is_paragraph[at] else 0
        counts[at] = 0 if label and label.effect == "related" else counts[at + 1] + own
    return counts


def _settle_waiting(reading: _Reading) -> None:
    """Settle lines that no label and no paragraph shape explains, now that what follows them is known."""
    for index in reading.waiting:
        label = reading.labels[index]
        if reading.in_links:
            reading.put(index, "related")
        elif label:
            reading.put(index, label.kind)
        elif reading.article is None:
            reading.put(index, "boilerplate" if reading.lines[index].words >= _SIGNATURE_WORDS else "navigation")
        else:
            reading.put(index, "boilerplate" if reading.has_ended else "body")
    reading.waiting = []


def _close(reading: _Reading) -> None:
    """The end of the page: a run of titles without a label is a list of links all the same."""
    bare = [index for index in reading.waiting if reading.labels[index] is None]
    is_list = len(bare) >= _TAIL_LINKS and reading.article is not None and not reading.in_links
    if is_list and not any(reading.lines[index].ends_sentence for index in bare):
        long = sum(reading.lines[index].words >= _SIGNATURE_WORDS for index in bare)
        for index in bare:
            reading.put(index, "related" if 2 * long >= len(bare) else "navigation")
        reading.waiting = [index for index in reading.waiting if reading.kinds[index] is None]
    _settle_waiting(reading)


def _segments(reading: _Reading) -> Sequence[Segment]:
    found: list[Segment] = []
    leads: dict[int, int] = {}
    for index, line in enumerate(reading.lines):
        kind, article, label = reading.kinds[index], reading.articles[index], reading.labels[index]
        if kind is None:
            continue
        if label and label.effect == "related" and label.content is not None:
            found += _two(reading.page, line, label.content, ("boilerplate", "related"), None)
        elif kind == "body" and article is not None:
            found += _body_segments(reading, line, leads.setdefault(article, index), article)
        else:
            found.append(Segment(line.start, line.end, kind, article))
    return found


def _body_segments(reading: _Reading, line: Line, lead: int, article: int) -> list[Segment]:
    page, first = reading.page, reading.lines[lead]
    cut = dateline_end(page, line, is_first=line is first)
    if cut is not None:
        return _two(page, line, cut, ("dateline", "body"), article)
    cut = splice_offset(page, first, line)
    return (
        [Segment(line.start, line.end, "body", article)]
        if cut is None
        else _two(page, line, cut, ("body", "body"), article)
    )


def _two(
    page: Page, line: Line, cut: int, kinds: tuple[SegmentKind, SegmentKind], article: int | None
) -> list[Segment]:
    left, right = page.text[line.start : cut].rstrip(), page.text[cut : line.end].lstrip()
    return [
        Segment(line.start, line.start + len(left), kinds[0], article),
        Segment(line.end - len(right), line.end, kinds[1], article),
    ]
