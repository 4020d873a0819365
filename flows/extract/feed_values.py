"""The fields of one item of a feed, a sitemap or a news message, under the names the table of fields knows."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
    "http://www.google.com/schemas/sitemap-image/1.1": "image:",
    "http://www.google.com/schemas/sitemap-video/1.1": "video:",
}
_MARKED_UP = frozenset({"content", "summary", "title", "description", "content:encoded", "subtitle"})
_NAMED = frozenset({"author", "contributor", "source"})
_KEPT_ATTRIBUTES = ("url", "domain", "term", "href")
_NEWS_FIELDS = frozenset(
    {
        "headline", "contentCreated", "contentModified", "firstCreated", "versionCreated", "by", "creditline",
        "dateline", "description", "slugline", "copyrightNotice", "usageTerms", "edNote", "pubStatus",
    }
)  # fmt: skip


def item_values(item: etree._Element) -> dict[str, object]:
    """The fields of an item by name; of a name that comes more than once, all in order."""
    fields = {"newsItem": _news_fields, "nitf": _nitf_fields}.get(local_name(item), _feed_fields)
    values: dict[str, list[str]] = {}
    for name, value in fields(item):
        if value.strip():
            values.setdefault(name, []).append(value)
    return {name: found[0] if len(found) == 1 else list(found) for name, found in values.items()}


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; mended markup may have names that are none."""
    return str(element.tag).rpartition("}")[2]


def _feed_fields(item: etree._Element) -> Iterator[tuple[str, str]]:
    for child in item.iterchildren(tag=etree.Element):
        name = _name(child)
        if name == "link":
            yield _link(child)
            continue
        if name in _MARKED_UP:
            yield name, _inner(child)
        elif len(child) and name in _NAMED:
            yield from ((name, _all_text(part)) for part in child.iterchildren("{*}name", "{*}title"))
        elif len(child):
            yield from ((_name(part), _all_text(part)) for part in child.iter(tag=etree.Element) if len(part) == 0)
        else:
            yield name, _all_text(child)
        yield from ((f"{name}/{key}", value) for key in _KEPT_ATTRIBUTES if (value := child.get(key)) is not None)


def _link(element: etree._Element) -> tuple[str, str]:
    """RSS writes the address as text, Atom as an attribute, with what it leads to."""
    relation = element.get("rel", "alternate")
    address = (element.text or "").strip() or element.get("href", "")
    return "link" if relation == "alternate" else f"link/{relation}", address


def _news_fields(item: etree._Element) -> Iterator[tuple[str, str]]:
    """NewsML-G2: metadata by name wherever it stands, the body as it is inline."""
    yield "guid", item.get("guid", "")
    for element in item.iter(tag=etree.Element):
        name = local_name(element)
        if name == "inlineXML":
            yield "body", _body(element)
        elif name == "inlineData":
            yield "body", _all_text(element)
        elif name == "language" and element.get("tag"):
            yield "language", element.get("tag", "")
        elif name in {"provider", "copyrightHolder", "infoSource"}:
            yield name, element.get("literal", "") or _all_text(element) or element.get("qcode", "")
        elif name in _NEWS_FIELDS and not _is_inline(element):
            yield name, _all_text(element)


def _is_inline(element: etree._Element) -> bool:
    return any(local_name(parent) in {"inlineXML", "subject"} for parent in element.iterancestors())


def _nitf_fields(item: etree._Element) -> Iterator[tuple[str, str]]:
    """NITF: the first headline, the body's content, the date of issue."""
    headline = next(item.iter("{*}hl1"), None)
    if headline is not None:
        yield "headline", _all_text(headline)
    for element in item.iter("{*}byline", "{*}dateline", "{*}distributor"):
        yield (
            {"byline": "byline", "dateline": "dateline", "distributor": "publisher"}[local_name(element)],
            _all_text(element),
        )
    for element in item.iter("{*}date.issue"):
        yield "issued", element.get("norm", "")
    yield "body", _body(item)


def _body(element: etree._Element) -> str:
    """The markup of a body inside an element, all of it where there is none of its own."""
    body = next(element.iter("{*}body.content"), None)
    if body is None:
        body = next(element.iter("{*}body"), None)
    return _inner(element if body is None else body, is_markup=True)


def _name(element: etree._Element) -> str:
    namespace, _, name = str(element.tag).removeprefix("{").rpartition("}")
    return _PREFIXES.get(namespace, "") + name


def _inner(element: etree._Element, *, is_markup: bool = False) -> str:
    """The content of an element: its text, or its markup where elements lie inside it."""
    if len(element) == 0 and not is_markup:
        return element.text or ""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    return f"<div>{text}</div>"


def _all_text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))
