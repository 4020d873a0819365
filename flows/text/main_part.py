"""Where the article of an HTML page stands among its elements.

The text stands where the prose is: from the smallest part around the title that holds much of the page's prose, down
to the smallest part that holds nearly all of that. Navigation, share bars, comments and teasers count for nothing, told
by what elements and classes say, by links and by repetition. No rule knows a site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.text.html import Block, Blocks
from flows.text.marks import ElementMark

_WHOLE_PAGE = 0.4
_AROUND_TITLE = 0.4
_NEARLY_ALL = 0.75
_SHORT_LINE_WORDS = 20
_ARTICLE_WORDS = 20
_BODY_WORDS = 10
_TEASER_WORDS = 80
_TITLE_WORDS = 3
_LEAST_TEASERS = 2
_PARAGRAPHS = frozenset({"blockquote", "dd", "dt", "figure", "li", "ol", "p", "pre", "table", "th", "ul"})


@dataclass(frozen=True, slots=True)
class MainPart:
    """The parts of a page, by the numbers of their elements.

    Attributes:
        around: the part with title and text.
        inner: the part of the text alone.
        others: other articles with titles of their own.
        is_chrome: of each element, whether it is of the site.
    """

    around: int
    inner: int
    others: tuple[int, ...]
    is_chrome: list[bool]


def find_main_part(
    blocks: Blocks, marks: Sequence[ElementMark | None], title: int | None, stated: frozenset[int]
) -> MainPart | None:
    """The parts of a page; None where it has no prose.

    Args:
        blocks: the lines and elements of the page.
        marks: what each element says of itself.
        title: the line that is the title, None where none is known.
        stated: the lines that the page states to be the article's text, none where it states nothing.
    """
    path = frozenset(blocks.path(-1 if title is None else blocks.lines[title].element))
    prose = [line.prose for line in blocks.lines]
    sums = blocks.sums(prose)
    is_chrome = blocks.within([*_marked(marks, sums, path), *_teasers(blocks, sums, path)])
    own = [0 if is_chrome[line.element] else words for line, words in zip(blocks.lines, prose, strict=True)]
    if stated:
        own = [words if at in stated else 0 for at, words in enumerate(own)]
    # A short line counts for less than its words: a list of titles is no text.
    sums = blocks.sums([words * words // (words + _SHORT_LINE_WORDS) for words in own])
    if not sums or not sums[0]:
        return None
    around, inner = _text_part(blocks, sums, 0 if title is None else blocks.lines[title].element)
    return MainPart(around, inner, tuple(_others(blocks, sums, around, is_chrome)), is_chrome)


def _marked(marks: Sequence[ElementMark | None], sums: list[int], path: frozenset[int]) -> Iterator[int]:
    """The elements that say they are the site's own and hold neither the title nor most of the prose."""
    for at, mark in enumerate(marks):
        is_most = sums[at] > _WHOLE_PAGE * sums[0]
        if at not in path and (mark == "comments" or (mark == "chrome" and not is_most)):
            yield at


def _teasers(blocks: Blocks, sums: list[int], path: frozenset[int]) -> list[int]:
    """The parts that open with a link for a title and go on with a little text: other articles."""
    headed: list[int] = []
    linked: list[int] = []
    opened: set[int] = set()
    for line in blocks.lines:
        if line.linked and line.is_link and len(line.text.split()) > _TITLE_WORDS:
            part = next((at for at in blocks.path(line.element) if sums[at]), -1)
            if part >= 0 and part not in path and sums[part] <= _TEASER_WORDS:
                if line.heading:
                    headed.append(part)
                elif part not in opened:
                    linked.append(part)
        element = line.element
        while element >= 0 and element not in opened:
            opened.add(element)
            element = blocks.parents[element]
    return headed + (linked if len(linked) >= _LEAST_TEASERS else [])


def _text_part(blocks: Blocks, sums: list[int], around: int) -> tuple[int, int]:
    """The part around an element and the text, and the part of the text alone."""
    while sums[around] < _AROUND_TITLE * sums[0] and not _is_article(blocks, sums, around):
        around = blocks.parents[around]
    bodies = (at for at, each in enumerate(blocks.elements) if "articleBody" in (each.get("itemprop") or "").split())
    inner = max(bodies, key=sums.__getitem__, default=None)
    if inner is None or sums[inner] < _BODY_WORDS:
        return around, _descend(blocks, sums, around)
    over = frozenset(blocks.path(inner))
    return next(at for at in blocks.path(around) if at in over), inner


def _descend(blocks: Blocks, sums: list[int], inner: int) -> int:
    """The smallest part of several lines that holds nearly all the prose of another."""
    heaviest: dict[int, int] = {}
    for element in range(1, len(sums)):
        parent = blocks.parents[element]
        if parent not in heaviest or sums[element] > sums[heaviest[parent]]:
            heaviest[parent] = element
    n_lines = blocks.sums([1] * len(blocks.lines))
    while (child := heaviest.get(inner)) is not None:
        is_part = blocks.elements[child].tag not in _PARAGRAPHS and n_lines[child] > 1
        if not is_part or sums[child] < _NEARLY_ALL * sums[inner]:
            break
        inner = child
    return inner


def _is_article(blocks: Blocks, sums: list[int], element: int) -> bool:
    return blocks.elements[element].tag == "article" and sums[element] >= _ARTICLE_WORDS


def _others(blocks: Blocks, sums: list[int], around: int, is_chrome: list[bool]) -> Iterator[int]:
    """Whole articles beside the page's, with titles of their own: by their element, or by the name of its part."""
    name = blocks.elements[around].get("class")
    whole = [
        at
        for at, words in enumerate(sums)
        if words >= _ARTICLE_WORDS and not is_chrome[at] and at != around
        if blocks.elements[at].tag == "article" or (name and blocks.elements[at].get("class") == name)
    ]
    if not whole:
        return
    titled = [n > 0 for n in blocks.sums([is_heading(line) for line in blocks.lines])]
    taken, inside = frozenset(blocks.path(around)), blocks.within([around])
    found: set[int] = set()
    for element in whole:
        is_apart = not inside[element] and element not in taken and found.isdisjoint(blocks.path(element))
        if is_apart and titled[element]:
            found.add(element)
            yield element


def is_heading(line: Block) -> bool:
    """Whether a line is a heading that can be a title: of some words and no link."""
    return line.heading > 0 and not line.linked and len(line.text.split()) >= _TITLE_WORDS
