"""HTML to its whole visible text, in document order, blocks on lines of their own (CONTRACT section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

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


def text_of(root: etree._Element) -> str:
    """The visible text of a parsed page."""
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(_pieces(root)).split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(root: etree._Element) -> Iterator[str]:
    """Text and line breaks in document order; walks without recursion, so that depth costs no stack."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if _is_hidden(element, tag):
                walker.skip_subtree()
                continue
            yield _border(tag)
            if element.text:
                yield _BLANKS.sub(" ", element.text)
        else:
            if not _is_hidden(element, tag):
                yield _border(tag)
            if element.tail:
                yield _BLANKS.sub(" ", element.tail)


def _border(tag: str) -> str:
    if tag in _BLOCKS:
        return "\n"
    return " " if tag in _CELLS else ""


def _is_hidden(element: etree._Element, tag: str) -> bool:
    if tag in _HIDDEN or "hidden" in element.attrib:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None
