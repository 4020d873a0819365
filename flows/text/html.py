"""HTML to its whole visible text, in document order, blocks on lines of their own (CONTRACT section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from flows.text.characters import repair_text

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "audio", "blockquote", "body", "br", "button", "center", "dd", "details",
        "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section",
        "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "video",
    }
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset(
    {
        "applet", "canvas", "datalist", "embed", "head", "iframe", "math", "noscript", "object", "script", "select",
        "style", "svg", "template", "textarea",
    }
)  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "em", "font", "hr", "i", "img",
        "ins", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "u", "wbr",
    }
)  # fmt: skip
_SKIPPED = "hidden"
_ALL_LINKED, _MOST_LINKED = 0.8, 0.4
_WORD_CHARACTERS, _LEAST_PROSE_WORDS = 6, 8
_MOST_HEADING_CHARACTERS = 200
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONG_TAG_CHARACTERS, _MOST_ATTRIBUTES = 4_000, 400
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{_LONG_TAG_CHARACTERS},}}")
_QUOTED = re.compile(r'"[^"]*+"?|\'[^\']*+\'?')
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SNIFF = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
SNIFF_BYTES = 8192


def looks_like_html(content: bytes) -> bool:
    """Whether the first 8 KiB of a file show a document of HTML, whatever its name says."""
    return _SNIFF.search(content[:SNIFF_BYTES]) is not None


def visible_text(html: str) -> str:
    """The text a reader would see; '' when the markup holds none. Never raises for bad markup."""
    root = parse_html(html)
    return "" if root is None else text_of(root)


def parse_html(markup: str) -> etree._Element | None:
    """The root of a page however broken its markup, without network; None where it holds nothing."""
    clean, _ = repair_text(markup)
    if not clean.strip():
        return None
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    return etree.fromstring(without_crowds(clean).encode(), parser)


def without_crowds(markup: str) -> str:
    """Markup in which no tag has more attributes than any page needs: the parser compares each with each."""
    return _LONG_TAG.sub(_cut_short, markup)


def _cut_short(found: re.Match[str]) -> str:
    tag = found[0]
    return tag if len(_QUOTED.sub("", tag).split()) <= _MOST_ATTRIBUTES else tag[:_LONG_TAG_CHARACTERS]


@dataclass(slots=True)
class Block:
    """One line of the visible text and where it stands.

    Attributes:
        element: the number of the innermost element around it, in document order.
        heading: the level of its heading, 0 where it is none; whole paragraphs are none, whatever their element.
        linked: how many of its characters are links.
        is_caption: whether it stands in a caption.
    """

    text: str
    element: int
    heading: int
    linked: int
    is_caption: bool

    @property
    def is_link(self) -> bool:
        """Whether it is a link and hardly anything else."""
        return self.linked >= _ALL_LINKED * len(self.text)

    @property
    def prose(self) -> int:
        """Its words where it reads as prose, 0 of headings, captions, links and labels.

        Words are counted by characters: not every script puts spaces between them.
        """
        if self.heading or self.is_caption or self.linked > _MOST_LINKED * len(self.text):
            return 0
        words = len(self.text) // _WORD_CHARACTERS
        return words if words >= _LEAST_PROSE_WORDS else 0


@dataclass(slots=True)
class Blocks:
    """The lines of a page and the tree they stand in; inline elements are no part of it.

    Attributes:
        elements: the elements in document order.
        parents: the number of the element around each, -1 at the root.
    """

    lines: list[Block] = field(default_factory=list)
    elements: list[etree._Element] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The visible text: the lines in document order."""
        return "\n".join([line.text for line in self.lines])

    def sums(self, weights: Sequence[int]) -> list[int]:
        """The sum of the weights of the lines in each element."""
        sums = [0] * len(self.parents)
        for line, weight in zip(self.lines, weights, strict=True):
            sums[line.element] += weight
        for element in range(len(sums) - 1, 0, -1):
            sums[self.parents[element]] += sums[element]
        return sums

    def within(self, tops: Iterable[int]) -> list[bool]:
        """Whether each element is one of some or stands in one."""
        found = [False] * len(self.parents)
        for top in tops:
            found[top] = True
        for element in range(1, len(found)):
            found[element] = found[element] or found[self.parents[element]]
        return found

    def path(self, element: int) -> Iterator[int]:
        """An element and those around it, from inside out; none of -1."""
        while element >= 0:
            yield element
            element = self.parents[element]


def text_of(root: etree._Element) -> str:
    """The visible text of a parsed page."""
    return read_blocks(root).text


def read_blocks(root: etree._Element) -> Blocks:
    """The lines of a parsed page; walks without recursion, so that depth costs no stack."""
    walk = _Walk()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if not walk.open(element):
                walker.skip_subtree()
        else:
            walk.close(element)
    walk.end_line()
    return walk.blocks


class _Walk:
    """Where a walk over a page stands: its open elements, and the line being read."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self._open: list[str] = []
        self._around = [-1]
        self._headings: list[int] = []
        self._links = self._captions = 0
        self._pieces: list[str] = []
        self._linked, self._element, self._heading, self._is_caption = 0, 0, 0, False

    def open(self, element: etree._Element) -> bool:
        """Enter an element; whether anything in it is to be read."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if _is_hidden(element, tag):
            self._open.append(_SKIPPED)
            return False
        self._open.append(tag)
        self._border(tag)
        if tag == "a":
            self._links += "href" in element.attrib
        elif tag in _HEADINGS:
            self._headings.append(_HEADINGS[tag])
        elif tag == "figcaption":
            self._captions += 1
        if tag not in _INLINE:
            self.blocks.parents.append(self._around[-1])
            self._around.append(len(self.blocks.elements))
            self.blocks.elements.append(element)
        if element.text:
            self._read(element.text)
        return True

    def close(self, element: etree._Element) -> None:
        """Leave an element and read what stands behind it."""
        tag = self._open.pop()
        if tag is not _SKIPPED:
            self._border(tag)
            if tag == "a":
                self._links -= "href" in element.attrib
            elif tag in _HEADINGS:
                self._headings.pop()
            elif tag == "figcaption":
                self._captions -= 1
            if tag not in _INLINE:
                self._around.pop()
        if element.tail:
            self._read(element.tail)

    def _read(self, text: str) -> None:
        if not self._pieces:
            if text.isspace():
                return
            self._linked, self._element, self._is_caption = 0, self._around[-1], self._captions > 0
            self._heading = self._headings[-1] if self._headings else 0
        self._pieces.append(text)
        if self._links:
            self._linked += len(text)

    def _border(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_line()
        elif tag in _CELLS and self._pieces:
            self._pieces.append(" ")

    def end_line(self) -> None:
        """End the line that is being read, if any."""
        if self._pieces:
            text = _BLANKS.sub(" ", "".join(self._pieces)).strip()
            if text:
                heading = self._heading if len(text) < _MOST_HEADING_CHARACTERS else 0
                block = Block(text, self._element, heading, min(self._linked, len(text)), self._is_caption)
                self.blocks.lines.append(block)
            self._pieces = []


def _is_hidden(element: etree._Element, tag: str) -> bool:
    if tag in _HIDDEN or "hidden" in element.attrib:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None
