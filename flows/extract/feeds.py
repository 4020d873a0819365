"""RSS, Atom, sitemaps, NewsML-G2 and NITF: a record an item, by the names of its elements."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from flows.extract.content import Content
from flows.extract.documents import Origin, field_record
from flows.extract.feed_values import item_values
from flows.extract.lines import TextStream, text_stream
from flows.extract.xml_items import Item, Root, items_of, root_of
from flows.text.charsets import UndecodableError, decode
from flows.text.html import without_crowds
from flows.values import RawRecord, Reject

_RSS, _ATOM, _SITEMAP = "application/rss+xml", "application/atom+xml", "application/xml"
_NEWSML, _NITF = "application/vnd.iptc.g2.newsitem+xml", "application/xml"
_CDATA = re.compile(r"(<!\[CDATA\[(?>.*?\]\]>))", re.DOTALL)
_AMPERSAND = re.compile(
    r"&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,30});)?"
)
_CODE = re.compile(r"&#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the items of a root are called, what they are, and how their fields are named in statements."""

    item: str
    media_type: str
    prefix: str = "feed:"


_KINDS = {
    "rss": _Kind("item", _RSS), "RDF": _Kind("item", _RSS), "feed": _Kind("entry", _ATOM),
    "urlset": _Kind("url", _SITEMAP, "sitemap:"), "sitemapindex": _Kind("sitemap", _SITEMAP, "sitemap:"),
    "newsItem": _Kind("newsItem", _NEWSML, "newsml:"), "newsMessage": _Kind("newsItem", _NEWSML, "newsml:"),
    "nitf": _Kind("nitf", _NITF, "nitf:"),
}  # fmt: skip


def read_feed(content: Content) -> Iterator[RawRecord | Reject]:
    """A record for each item of a feed, a sitemap, or a message of news items."""
    text = text_stream(content, markup=True)
    root = root_of(text.stream.peek())
    kind = None if root is None else _KINDS.get(root.name)
    if root is None or kind is None:
        yield content.reject("unknown_format", "XML of no format that is known", text.stream.peek())
        return
    is_item = root.name == kind.item
    text.stream.read(root.start if is_item else root.end)
    outer = Root(b"<items>", "items", 0, 0) if is_item else root
    item = None
    inside = "" if is_item else root.name
    for item in items_of(text.stream, kind.item, content.limits.max_record_bytes, inside=inside):
        yield _record(content, text, outer, kind, item)
    if content.fault is not None and not (item is not None and item.is_cut_off):
        yield from content.broken()


def _record(content: Content, text: TextStream, root: Root, kind: _Kind, item: Item) -> RawRecord | Reject:
    step = f"item:{item.number}"
    if item.is_too_long:
        limit = f"{content.limits.max_record_bytes:,}"
        return content.reject(
            "too_large", f"an item of more than {limit} bytes; raise MUSNAD_MAX_RECORD_BYTES", item.data, step=step
        )
    if item.is_cut_off:
        broken = content.reject("damaged", "the document is cut off here", item.data, step=step)
        return next(content.broken(item.data, step=step), broken)
    try:
        element, repairs = _parse(root, item, text)
        identity = etree.tostring(element, method="c14n", exclusive=True, with_comments=False)
        values = item_values(element)
    except UndecodableError as error:
        return content.reject("bad_charset", str(error), item.data, step=step)
    except (etree.LxmlError, ValueError) as error:
        return content.reject("bad_xml", f"no XML: {error}", item.data, step=step)
    origin = Origin(step, identity, kind.media_type, kind.prefix, text.source_charset, repairs, basis="feed")
    return field_record(content, values, origin)


def _parse(root: Root, item: Item, text: TextStream) -> tuple[etree._Element, tuple[str, ...]]:
    """The element of an item, and what had to be mended to read it.

    Raises:
        etree.XMLSyntaxError: it cannot be read even so.
    """
    data, _, repairs = decode(root.wrap(item.data), text.charset)
    repairs = tuple(sorted({*text.repairs, *repairs}))
    try:
        return _item_in(data, recover=False), repairs
    except etree.XMLSyntaxError:
        return _item_in(mend_xml(data), recover=True), tuple(sorted({*repairs, "markup"}))


def _item_in(xml: str, *, recover: bool) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, remove_comments=True, recover=recover,
        huge_tree=True,  # an item is within the limit of a record, and has no entities to grow by
    )  # fmt: skip
    root = etree.fromstring(without_crowds(xml).encode(), parser)
    if root is None or len(root) == 0:
        raise ValueError("nothing in it can be read")
    return root[0]


def mend_xml(xml: str) -> str:
    r"""XML whose entities and ampersands a parser without HTML's names takes, without what are no characters.

    >>> mend_xml("<t>A & B&nbsp;C &amp; <![CDATA[D & E]]></t>")
    '<t>A &amp; B\xa0C &amp; <![CDATA[D & E]]></t>'
    >>> mend_xml("<t>&#38; &#xD800;</t>") == "<t>&#38; \ufffd</t>"
    True
    """
    parts = _CDATA.split(_NOT_XML.sub("", xml))
    parts[::2] = [_CODE.sub(_character, _AMPERSAND.sub(_resolved, part)) for part in parts[::2]]
    return "".join(parts)


def _character(found: re.Match[str]) -> str:
    """A reference by number as it stands; U+FFFD for one to no character, of which lxml would make no text."""
    code = int(found[1]) if found[1] else int(found[2], 16)
    return "\ufffd" if code > sys.maxunicode or _NOT_XML.match(chr(code)) else found[0]


def _resolved(found: re.Match[str]) -> str:
    character = html.unescape(found[0]) if found[1] else found[0]
    return character if character != found[0] else found[0].replace("&", "&amp;")
