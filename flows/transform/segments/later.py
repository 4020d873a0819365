"""An article below another on one page, and the links to other articles that look like one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flows.transform.page import Page
from flows.transform.segments.heads import Head, is_title_like, shared_words
from flows.transform.segments.labels import Label
from flows.transform.segments.lines import Line
from flows.values import SegmentKind

_LEAD_OVERLAP: Final = 0.5
_LEAST_PARAGRAPHS: Final = 2
_LEAST_LINKS: Final = 2
_TAG_LINE: Final = 3


def read_later_head(
    page: Page, lines: list[Line], labels: list[Label | None], waiting: Sequence[int], paragraph: int,
    *, is_after_end: bool, in_links: bool, n_paragraphs: int, has_dateline: bool,
) -> Head | None:  # fmt: skip
    """The head of an article that stands below another or among links; None where the lines are no head.

    A title with its own stamp opens an article, among links only where two paragraphs follow; a stamp above the title
    could end the text before it, so that the lead must take up the title as well. Without a stamp the lead
    must take up the words of the title, and open with a place and agency where it goes on without a border; after the
    end of an article (its credit, its key words) one word is enough
    where the lead does not go on from something before.

    Args:
        page: the page.
        lines: its lines.
        labels: their labels.
        waiting: the unsettled lines right above ``paragraph``.
        paragraph: the line that would be the lead.
        is_after_end: whether the article above is over.
        in_links: whether the lines stand in a list of links.
        n_paragraphs: how many paragraphs stand together from ``paragraph`` on.
        has_dateline: whether the lead opens with a place and agency of its own.
    """
    title, stamp = _later_title(page, lines, labels, waiting, paragraph)
    if title is None:
        return None
    overlap = shared_words(page, lines[title], lines[paragraph])
    has_text = n_paragraphs >= _LEAST_PARAGRAPHS
    goes_on = page.text[lines[paragraph].start] in "ول" and overlap < _LEAD_OVERLAP
    if stamp is not None and (has_text if in_links else _has_day(labels[stamp])):
        is_below = stamp > title or is_after_end
        is_head = (is_below or (has_text and overlap >= _LEAD_OVERLAP)) and (overlap > 0 or not in_links)
    elif is_after_end:
        is_head = overlap >= _LEAD_OVERLAP or (overlap > 0 and not goes_on)
    else:
        is_head = (in_links or has_dateline) and has_text and overlap >= _LEAD_OVERLAP
    if not is_head:
        return None
    kinds: dict[int, SegmentKind] = {title: "headline"}
    for i in waiting:
        label = labels[i]
        if i > title or i == stamp:
            kinds[i] = label.kind if label else "subtitle"
    return Head(kinds)


def _later_title(
    page: Page, lines: list[Line], labels: list[Label | None], waiting: Sequence[int], paragraph: int
) -> tuple[int | None, int | None]:
    """The title above a stamp (of two, the one the lead takes up more), else the last title; and the stamp."""
    titles = [i for i in waiting if labels[i] is None and is_title_like(lines[i], None)]
    stamps = [i for i in waiting if (label := labels[i]) and label.kind == "dateline"]
    if not titles:
        return None, None
    stamp = next((i for i in reversed(stamps) if titles[0] < i), None)
    if stamp is None:
        return titles[-1], stamps[-1] if stamps else None
    above = [i for i in titles if i < stamp]
    pair = above[-2:] if above[-1] - 1 in above[-2:] else above[-1:]
    return max(pair, key=lambda i: shared_words(page, lines[i], lines[paragraph])), stamp


def is_link_list(lines: list[Line], labels: list[Label | None], waiting: Sequence[int]) -> bool:
    """Two titles or more, each with a stamp right below it and no text: links to other articles."""
    titles = [i for i in waiting if labels[i] is None]
    stamped = [i for i in titles if i + 1 < len(lines) and _has_day(labels[i + 1])]
    return len(titles) >= _LEAST_LINKS and len(stamped) == len(titles)


def tags_below_links(lines: list[Line], waiting: Sequence[int]) -> set[int]:
    """A few words a line, without a bullet, below links that all have one: the article's tags."""
    bullets = [index for index in waiting if lines[index].has_bullet]
    below = [index for index in waiting if bullets and index > bullets[-1]]
    is_short = all(lines[index].words <= _TAG_LINE for index in below)
    return set(below) if is_short and len(below) > 1 else set()


def tags_above_links(lines: list[Line], labels: list[Label | None], waiting: Sequence[int]) -> set[int]:
    """A block of a few words a line between the text and the label of a list of links: the article's tags."""
    bare = [i for i in waiting if labels[i] is None]
    is_tag = all(lines[i].words <= _TAG_LINE and not (lines[i].ends_sentence or lines[i].has_bullet) for i in bare)
    return set(bare) if is_tag and len(bare) > 1 else set()


def _has_day(label: Label | None) -> bool:
    return label is not None and label.has_day
