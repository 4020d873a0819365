"""The reading of a whole page, from its menu to its last link: what each line is, and which article it belongs to.

A page dump is read as stretches: what stands before the first paragraph (menu, headline, subtitle, stamps, tags), the
article, lists of links under a label, perhaps a second article in the place of a link, and the site's closing words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from flows.transform.page import Page
from flows.transform.segments.crossheads import is_crosshead
from flows.transform.segments.cues import SegmentCues
from flows.transform.segments.cutting import cut_body, cut_line, cut_title
from flows.transform.segments.datelines import dateline_end
from flows.transform.segments.heads import Head, is_title_like, read_head
from flows.transform.segments.labels import Label, label_lines
from flows.transform.segments.later import is_link_list, read_later_head, tags_above_links, tags_below_links
from flows.transform.segments.lines import Line, ParagraphShape, paragraph_shape, read_lines
from flows.transform.segments.outlined import outlined
from flows.values import LineRole, Outline, Segment, SegmentKind

_CHROME: Final[frozenset[SegmentKind]] = frozenset({"navigation", "boilerplate", "related"})
_WITHIN_LINKS: Final[frozenset[SegmentKind]] = frozenset({"navigation", "dateline", "caption", "byline"})
_PHRASE_KINDS: Final[frozenset[SegmentKind]] = frozenset({"dateline", "byline", "keywords", "caption", "headline"})
_TAG_WORDS: Final = 5
_LEAST_PARAGRAPHS: Final = 2
_TAIL_LINKS: Final = 3
_SIGNATURE_WORDS: Final = 4
_WEAK_WORDS: Final = 3


@dataclass(slots=True)
class _Reading:
    """The state of one reading: what each line was found to be, and where the reader stands."""

    page: Page
    lines: list[Line]
    labels: list[Label | None]
    roles: list[LineRole | None]
    is_paragraph: list[bool]
    is_titled: bool  # whether the markup says where articles begin
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


def split_segments(
    page: Page,
    cues: SegmentCues,  # noqa: ARG001 - states what the page needs
    outline: Outline | None = None,
) -> tuple[Segment, ...]:
    """Every non-blank line of a page, trimmed, with its kind and article; a line of two kinds is split.

    What the markup of a page says of its lines goes before what their words say.

    Segments are sorted and do not overlap; site chrome has no article, articles count from 0 in reading order.
    """
    lines = read_lines(page)
    if not lines:
        return ()
    own = outlined(page, lines, label_lines(page, lines), outline)
    is_paragraph = _paragraphs(own.lines, own.labels, own.roles)
    reading = _Reading(page, own.lines, own.labels, own.roles, is_paragraph, "title" in own.roles)
    reading.kinds, reading.articles = [None] * len(own.lines), [None] * len(own.lines)
    reading.words_to_come = _words_to_come(reading)
    for index in range(len(own.lines)):
        _read_line(reading, index)
    _close(reading)
    return tuple(sorted([*_segments(reading), *own.settled], key=attrgetter("start")))


def _paragraphs(lines: list[Line], labels: list[Label | None], roles: list[LineRole | None]) -> list[bool]:
    """Which lines are paragraphs; a page with none has its unlabelled lines for a text."""
    shape = paragraph_shape(lines)
    found = [
        label is None and (role == "text" or shape.fits(line))
        for line, label, role in zip(lines, labels, roles, strict=True)
    ]
    if any(found):
        return found
    return _weak_paragraphs(lines, labels, shape)


def _weak_paragraphs(lines: list[Line], labels: list[Label | None], shape: ParagraphShape) -> list[bool]:
    bare = [index for index, label in enumerate(labels) if label is None]
    ended = {i for i in bare if lines[i].ends_sentence and lines[i].words >= _WEAK_WORDS}
    if ended:
        return [index in ended for index in range(len(lines))]
    if len(lines) == 1 and labels[0] and labels[0].kind in _PHRASE_KINDS:
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
        _settle_tags(reading)
        _settle_waiting(reading)
        reading.put(index, "boilerplate")
        reading.in_links = label.content is None
        return
    if label.is_label and label.kind in ("keywords", "attribution"):
        reading.tag_kind = label.kind
    if reading.article is None or _is_in_head(reading, index) or _may_stamp_title(reading, label):
        reading.waiting.append(index)
        return
    closes_links = label.kind not in _WITHIN_LINKS
    if closes_links or not reading.in_links:
        _settle_waiting(reading)
    reading.in_links = reading.in_links and not closes_links
    is_tags = label.is_bar and index > 0 and reading.kinds[index - 1] in ("body", "keywords")
    reading.put(index, "keywords" if is_tags else label.kind)  # ``سينما | مهرجان | حوار`` right below a text
    reading.has_ended |= label.effect == "end"
    reading.is_credited |= label.kind == "attribution"


def _is_in_head(reading: _Reading, index: int) -> bool:
    """Whether a line is, or stands below, a title of which the markup says that it is one."""
    return any(reading.roles[at] == "title" for at in (index, *reading.waiting[:1]))


def _may_stamp_title(reading: _Reading, label: Label) -> bool:
    """Whether a stamp, or the writer or photograph below it, may belong to the head of another article."""
    if reading.in_links:
        return False
    if not reading.waiting:
        return label.has_day
    is_head_part = label.has_day or label.kind in ("byline", "caption") or label.effect == "tools"
    last = reading.waiting[-1]
    return is_head_part and (reading.labels[last] is not None or is_title_like(reading.lines[last], None))


def _read_paragraph(reading: _Reading, index: int) -> None:
    if reading.article is None:
        _open_article(reading, read_head(reading.page, reading.lines, reading.labels, reading.waiting, index))
    elif head := _later_head(reading, index):
        _open_article(reading, head)
    elif _is_excerpt(reading):
        _settle_waiting(reading)
        reading.put(index, "related")
        return
    elif reading.has_ended and reading.words_to_come[index] <= reading.body_words:  # else the end was a false one
        _settle_waiting(reading)
        reading.put(index, "boilerplate")
        return
    else:
        _settle_waiting(reading)
        reading.has_ended = False
    reading.in_links = False
    reading.put(index, "body")


def _open_article(reading: _Reading, head: Head) -> None:
    """Begin an article at its first paragraph: settle the lines above it as its head or as what went before."""
    reading.waiting = [index for index in reading.waiting if index not in head.kinds]
    _settle_waiting(reading)
    reading.article = 0 if reading.article is None else reading.article + 1
    for index, kind in head.kinds.items():
        reading.put(index, kind)
    reading.has_ended = reading.is_credited = False


def _later_head(reading: _Reading, index: int) -> Head | None:
    if not reading.waiting:
        return None
    if _is_in_head(reading, reading.waiting[0]):
        return read_head(reading.page, reading.lines, reading.labels, reading.waiting, index)
    if reading.is_titled:
        return None
    return read_later_head(
        reading.page, reading.lines, reading.labels, reading.waiting, index,
        is_after_end=reading.has_ended or reading.is_credited, in_links=reading.in_links,
        n_paragraphs=_paragraph_run(reading, index),
        has_dateline=dateline_end(reading.page, reading.lines[index], is_first=False) is not None,
    )  # fmt: skip


def _is_excerpt(reading: _Reading) -> bool:
    """A single paragraph below a link and its stamp: what the link leads to, not how the article goes on."""
    return reading.in_links and any((label := reading.labels[i]) and label.has_day for i in reading.waiting)


def _paragraph_run(reading: _Reading, index: int) -> int:
    """How many paragraphs stand together from here, two at most looked for."""
    return sum(reading.is_paragraph[index : index + _LEAST_PARAGRAPHS + 1])


def _words_to_come(reading: _Reading) -> list[int]:
    """For each line the words of the paragraphs from it up to the next label of a list of links."""
    counts = [0] * (len(reading.lines) + 1)
    for at in range(len(reading.lines) - 1, -1, -1):
        label = reading.labels[at]
        own = reading.lines[at].words if reading.is_paragraph[at] else 0
        counts[at] = 0 if label and label.effect == "related" else counts[at + 1] + own
    return counts


def _settle_tags(reading: _Reading) -> None:
    """Settle the tags that stand between an article and the label of a list of links."""
    if reading.article is None or reading.in_links:
        return
    tags = tags_above_links(reading.lines, reading.labels, reading.waiting)
    for index in tags:
        reading.put(index, "keywords")
    reading.waiting = [index for index in reading.waiting if index not in tags]


def _settle_waiting(reading: _Reading) -> None:
    """Settle lines that no label and no paragraph shape explains, now that what follows them is known."""
    is_list = reading.article is not None and is_link_list(reading.lines, reading.labels, reading.waiting)
    tags = tags_below_links(reading.lines, reading.waiting) if reading.in_links else set()
    for index in reading.waiting:
        label = reading.labels[index]
        if index in tags:
            reading.put(index, "keywords")
        elif reading.in_links or is_list:
            reading.put(index, "related")
        elif label:
            reading.put(index, label.kind)
        elif reading.article is None:
            reading.put(index, "boilerplate" if reading.lines[index].words >= _SIGNATURE_WORDS else "navigation")
        elif reading.has_ended:
            reading.put(index, "boilerplate")
        else:
            below_body = reading.kinds[index - 1] == "body"
            is_heading = below_body and is_crosshead(
                reading.page, reading.lines, reading.labels, reading.is_paragraph, index
            )
            reading.put(index, "subtitle" if is_heading else "body")
    reading.waiting = []


def _close(reading: _Reading) -> None:
    """The end of the page: a run of titles without a label is a list of links all the same."""
    bare = [index for index in reading.waiting if reading.labels[index] is None]
    is_list = len(bare) >= _TAIL_LINKS and reading.article is not None and not reading.in_links
    for index in [] if is_list or reading.in_links else bare:
        if reading.kinds[index - 1] in _CHROME and not reading.lines[index].ends_sentence:
            reading.put(index, "boilerplate")  # the site's closing words go on
    if is_list and not any(reading.lines[index].ends_sentence for index in bare):
        long = sum(reading.lines[index].words >= _SIGNATURE_WORDS for index in bare)
        for index in bare:
            reading.put(index, "related" if 2 * long >= len(bare) else "navigation")
    reading.waiting = [index for index in reading.waiting if reading.kinds[index] is None]
    _settle_waiting(reading)


def _segments(reading: _Reading) -> Sequence[Segment]:
    page = reading.page
    found: list[Segment] = []
    leads: dict[int, int] = {}
    for index, line in enumerate(reading.lines):
        kind, article, label = reading.kinds[index], reading.articles[index], reading.labels[index]
        if kind is None:
            continue
        if label and label.effect == "related" and label.content is not None:
            found += cut_line(page, line, label.content, ("boilerplate", None), ("related", None))
        elif kind == "body" and article is not None:
            found += cut_body(page, line, reading.lines[leads.setdefault(article, index)], article)
        elif kind == "headline":
            found += cut_title(page, line, article)
        else:
            found.append(Segment(line.start, line.end, kind, article))
    return found
