"""What an HTML page says of itself in its markup: JSON-LD, meta elements, microdata, ``<time>``, links.

The order of the tables is the order of trust. When the page was sent or last saved (``http-equiv``, HTTP headers) is
never its publication. A page whose marked times are of several days is a list: they date its teasers.
"""

from __future__ import annotations

import html as entities
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from flows.text.characters import repair_text
from flows.text.html import parse_html, read_blocks
from flows.text.jsonld import json_ld_statements
from flows.text.outline import outline_of
from flows.values import Outline, Statement, StatementTopic

_METAS: dict[StatementTopic, tuple[str, ...]] = {
    "published": (
        "article:published_time", "og:article:published_time", "og:published_time", "article:published",
        "article:publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
        "rnews:datepublished", "citation_publication_date", "citation_online_date", "citation_date", "dc.date.issued",
        "dcterms.issued", "dc.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date",
        "datepublished", "date_published", "publication_date", "publication-date", "publish_date", "publish-date",
        "publishdate", "published_date", "pubdate", "pub_date", "article_date_original", "originalpublicationdate",
        "date",
    ),
    "modified": (
        "article:modified_time", "og:article:modified_time", "og:modified_time", "og:updated_time", "article:modified",
        "dcterms.modified", "dc.date.modified", "datemodified", "date_modified", "lastmod", "last-modified", "revised",
    ),
    "url": ("og:url",),
    "title": (
        "og:title", "twitter:title", "citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title",
        "headline", "title",
    ),
    "language": ("og:locale", "content-language", "dc.language", "dcterms.language", "language"),
    "publisher": ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher"),
    "author": ("article:author", "author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author"),
}  # fmt: skip
_HTTP_EQUIV = frozenset({"content-language"})
_ITEM_PROPERTIES: dict[str, StatementTopic] = {
    "datePublished": "published", "dateModified": "modified", "headline": "title", "alternativeHeadline": "subtitle",
    "inLanguage": "language",
}  # fmt: skip
_OWN_ITEMS = ("article", "posting", "report", "webpage", "itempage")
_PUBLISHED_CLASSES = frozenset(
    {"published", "entry-date", "post-date", "pubdate", "dt-published", "publish-date", "date-published"}
)
_MODIFIED_CLASSES = frozenset({"updated", "modified", "dt-updated", "entry-modified"})
_SIDE = frozenset({"aside", "nav", "footer"})
_IN_LISTS = _SIDE | {"li"}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_ELEMENTS, _MOST_OF_TOPIC, _MOST_CHARACTERS, _MOST_ANCESTORS = 3_000, 12, 1_000, 60
_DAY_CHARACTERS = 10


@dataclass(frozen=True, slots=True)
class WebPage:
    """An HTML page as a reader sees it, what its markup says of it, most trusted first, and of its lines."""

    text: str
    statements: tuple[Statement, ...] = ()
    outline: Outline | None = None


def read_html(markup: str, url: str | None = None) -> WebPage:
    """The visible text of a page and its statements. Never raises for bad markup.

    Args:
        markup: the page, decoded.
        url: the address it was fetched from, if known: it tells its own JSON-LD article from others.
    """
    root = parse_html(markup)
    if root is None:
        return WebPage("")
    blocks, statements = read_blocks(root), page_statements(root, url)
    titles = [each.value for each in statements if each.topic == "title"]
    return WebPage(blocks.text, statements, outline_of(blocks, titles, _json_ld(root)))


def page_statements(root: etree._Element, url: str | None = None) -> tuple[Statement, ...]:
    """What a parsed page says of itself, most trusted first, at most a dozen statements a topic."""
    metas, links = list(_metas(root)), list(_links(root))
    addresses = [each.value for each in (*links, *metas) if each.topic == "url"] + ([url] if url else [])
    is_front = any(
        meta.get("property") == "og:type" and meta.get("content") == "website"
        for meta in islice(root.iter("meta"), _MOST_ELEMENTS)
    )
    json_ld = json_ld_statements(_json_ld(root), addresses, is_front=is_front)
    found = (*links, *json_ld, *metas, *_microdata(root), *_times(root), *_plain_markup(root))
    return tuple(_bounded(found))


def _json_ld(root: etree._Element) -> Iterator[str]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield script.text or ""


def _bounded(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Each statement once, cleaned of entities and white space, blank ones left out, a few of each topic."""
    seen: set[tuple[str, str]] = set()
    counts: dict[StatementTopic, int] = {}
    for each in statements:
        value = " ".join(repair_text(entities.unescape(each.value[:_MOST_CHARACTERS]))[0].split())
        n = counts.get(each.topic, 0)
        if value and (each.field, value) not in seen and n < _MOST_OF_TOPIC:
            seen.add((each.field, value))
            counts[each.topic] = n + 1
            yield Statement(each.topic, each.field, value, each.basis)


def _metas(root: etree._Element) -> list[Statement]:
    """The meta elements of :data:`_METAS`, in the order of that table."""
    contents: dict[str, list[str]] = {}
    for meta in islice(root.iter("meta"), _MOST_ELEMENTS):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        equivalent = (meta.get("http-equiv") or "").strip().lower()
        content = meta.get("content")
        if content and (name or equivalent in _HTTP_EQUIV):
            contents.setdefault(name or equivalent, []).append(content)
    return [
        Statement(topic, f"meta:{name}", content)
        for topic, names in _METAS.items()
        for name in names
        for content in contents.get(name, ())
    ]


def _links(root: etree._Element) -> Iterator[Statement]:
    for link in islice(root.iter("link"), _MOST_ELEMENTS):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield Statement("url", "link:canonical", link.get("href") or "")


def _microdata(root: etree._Element) -> list[Statement]:
    """The properties of the page's own article; dates of several days are those of a list."""
    found: list[Statement] = []
    for element in islice(root.iterfind(".//*[@itemprop]"), _MOST_ELEMENTS):
        for name in (element.get("itemprop") or "").split():
            topic = _ITEM_PROPERTIES.get(name)
            if topic is not None and _is_of_page(element):
                found.append(Statement(topic, f"itemprop:{name}", _value(element)))
    return _of_one_day(found)


def _is_of_page(element: etree._Element) -> bool:
    """Whether a property belongs to an article or page, or to no item at all, and stands in no side column."""
    for ancestor in islice(element.iterancestors(), _MOST_ANCESTORS):
        if ancestor.tag in _SIDE:
            return False
        if "itemscope" in ancestor.attrib or "itemtype" in ancestor.attrib:
            return (ancestor.get("itemtype") or "article").lower().rstrip("/").endswith(_OWN_ITEMS)
    return True


def _value(element: etree._Element) -> str:
    """What an element of microdata says: its attribute for machines, else its text."""
    for attribute in ("content", "datetime", "title"):
        if element.get(attribute):
            return element.get(attribute) or ""
    return _text(element)


def _text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in islice(element.itertext(), _MOST_ELEMENTS))


def _times(root: etree._Element) -> list[Statement]:
    """``<time datetime>`` and ``<abbr title>``: those marked as published or updated, else plain ones of one day."""
    marked: list[Statement] = []
    plain: list[Statement] = []
    for element in islice(root.iter("time", "abbr"), _MOST_ELEMENTS):
        value = element.get("datetime") or (element.get("title") if element.tag == "abbr" else None)
        if not value:
            continue
        classes = set((element.get("class") or "").lower().split())
        if "pubdate" in element.attrib or classes & _PUBLISHED_CLASSES:
            if not _stands_in(element, _SIDE):
                marked.append(Statement("published", f"html:{element.tag}.published", value))
        elif classes & _MODIFIED_CLASSES:
            marked.append(Statement("modified", f"html:{element.tag}.updated", value))
        elif element.tag == "time" and not _stands_in(element, _IN_LISTS) and _is_of_page(element):
            plain.append(Statement("published", "html:time", value))
    return [*_of_one_day(marked), *_of_one_day(plain)]


def _stands_in(element: etree._Element, tags: frozenset[str]) -> bool:
    return any(ancestor.tag in tags for ancestor in islice(element.iterancestors(), _MOST_ANCESTORS))


def _of_one_day(statements: list[Statement]) -> list[Statement]:
    """The statements without their publication dates where those are of several days."""
    days = {each.value.strip()[:_DAY_CHARACTERS] for each in statements if each.topic == "published"}
    return [each for each in statements if each.topic != "published" or len(days) == 1]


def _plain_markup(root: etree._Element) -> Iterator[Statement]:
    """The language of the page and the title of its window."""
    language = root.get("lang") or root.get(_XML_LANG)
    if language:
        yield Statement("language", "html:lang", language)
    for title in islice(root.iter("title"), 1):
        yield Statement("title", "html:title", _text(title))
