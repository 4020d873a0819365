"""What a page's JSON-LD says of the page's own article (schema.org: NewsArticle, its kin, WebPage).

Only nodes that can be the page's own are read: those at the top, in lists and ``@graph``, and the main entity of a
page. Teasers, comments and parts of a list stand deeper. Where several articles stand side by side and none bears the
page's address, the page is a list and none of them is its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.values import Statement, StatementTopic

_ARTICLE_TYPES = frozenset(
    {
        "Article", "NewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle",
        "OpinionNewsArticle", "ReportageNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle",
        "SatiricalArticle", "Report", "SocialMediaPosting", "BlogPosting", "LiveBlogPosting", "DiscussionForumPosting",
        "TechArticle", "ScholarlyArticle",
    }
)  # fmt: skip
_PAGE_TYPES = frozenset({"WebPage", "ItemPage"})
_INNER = ("@graph", "mainEntity", "mainEntityOfPage")
_PLAIN: tuple[tuple[str, StatementTopic], ...] = (
    ("datePublished", "published"), ("dateModified", "modified"), ("headline", "title"), ("name", "title"),
    ("alternativeHeadline", "subtitle"), ("inLanguage", "language"), ("url", "url"), ("mainEntityOfPage", "url"),
)  # fmt: skip
_NAMED: tuple[tuple[str, StatementTopic], ...] = (
    ("publisher", "publisher"), ("sourceOrganization", "agency"), ("provider", "agency"), ("creditText", "agency"),
    ("author", "author"), ("image", "photo_credit"),
)  # fmt: skip
_OF_PAGE = frozenset({"datePublished", "dateModified", "inLanguage"})
_WRAPPING = re.compile(r"^[\s;/*]*(?:<!--|<!\[CDATA\[)?[\s/*]*|[\s/*]*(?:-->|\]\]>)?[\s;/*]*$")
_SCHEME = re.compile(r"^https?://(?:(?:www|m|mobile|amp)\.)?")
_PUBLISHED_IN_BROKEN = re.compile(r'"datePublished"\s{0,20}:\s{0,20}"([^"\\\n]{4,60})"')
_MOST_SCRIPTS, _MOST_CHARACTERS, _MOST_NODES, _MOST_NAMES = 50, 1_000_000, 2_000, 8

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Node:
    pointer: str
    content: Json
    is_article: bool


def json_ld_statements(
    scripts: Iterable[str], addresses: Sequence[str], *, is_front: bool = False
) -> tuple[Statement, ...]:
    """The statements of a page's JSON-LD scripts, the article's own before the page's.

    Of a script that is no JSON only a publication date is read, where it holds one and no more.

    Args:
        scripts: the content of the scripts, in page order.
        addresses: the URLs the page is known under; they tell its own article from others.
        is_front: whether it is the front page of a site: then the dates of the page are not those of an article.
    """
    nodes: list[_Node] = []
    broken: list[Statement] = []
    named: dict[str, Json] = {}
    for script, _ in zip(scripts, range(_MOST_SCRIPTS), strict=False):
        content = _loaded(script)
        if content is None:
            values = set(_PUBLISHED_IN_BROKEN.findall(script[:_MOST_CHARACTERS]))
            broken += [Statement("published", "jsonld:datePublished", value) for value in values if len(values) == 1]
            continue
        for pointer, each in _objects(content):
            named.setdefault(str(each.get("@id")), each)
            types = _types(each)
            if types & (_ARTICLE_TYPES | _PAGE_TYPES):
                nodes.append(_Node(pointer, each, is_article=bool(types & _ARTICLE_TYPES)))
    articles = _own([node for node in nodes if node.is_article], addresses)
    pages = [node for node in nodes if not node.is_article and not is_front]
    found = [each for node in articles[:1] for each in _article_statements(node, named)]
    found += [each for node in pages[:1] for each in _plain(node) if each.field.rpartition("/")[2] in _OF_PAGE]
    return (*found, *broken)


def _loaded(script: str) -> object | None:
    """The JSON of a script, comment marks around it left out; None where it is broken, too long or too deep."""
    if len(script) > _MOST_CHARACTERS:
        return None
    try:
        loaded: object = json.loads(_WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None
    return loaded


def _objects(content: object) -> Iterator[tuple[str, Json]]:
    """The objects that may be the page's own, each with its JSON pointer, in document order."""
    waiting: list[tuple[str, object]] = [("", content)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        pointer, value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed([(f"{pointer}/{index}", each) for index, each in enumerate(value[:_MOST_NODES])])
        elif isinstance(value, dict):
            yield pointer, value
            waiting += reversed([(f"{pointer}/{key}", value[key]) for key in _INNER if key in value])


def _types(content: Json) -> frozenset[str]:
    """The types of a node without their vocabulary: ``NewsArticle`` of ``https://schema.org/NewsArticle``."""
    stated = content.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return frozenset(re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str))


def _own(articles: list[_Node], addresses: Sequence[str]) -> list[_Node]:
    """The page's own article first; none where several with other headlines or days stand side by side."""
    known = {_bare(url) for url in addresses}
    here = [
        node
        for node in articles
        if any(_bare(url) in known for url in _values(node.content, "url", "mainEntityOfPage"))
    ]
    if here:
        return here
    days = {str(node.content.get("datePublished"))[:10] for node in articles}
    headlines = {title for node in articles for title in _values(node.content, "headline")}
    return articles if len(days) <= 1 and len(headlines) <= 1 else []


def _bare(url: str) -> str:
    return _SCHEME.sub("", url.partition("#")[0]).rstrip("/")


def _article_statements(node: _Node, named: Mapping[str, Json]) -> Iterator[Statement]:
    yield from _plain(node)
    for key, topic in _NAMED:
        names = (name for each in _list(node.content.get(key)) for name in _names(each, topic, named))
        for name, _ in zip(names, range(_MOST_NAMES), strict=False):
            yield Statement(topic, f"jsonld:{node.pointer}/{key}", name)


def _plain(node: _Node) -> Iterator[Statement]:
    for key, topic in _PLAIN:
        for value in _values(node.content, key)[:1]:
            yield Statement(topic, f"jsonld:{node.pointer}/{key}", value)


def _names(value: object, topic: StatementTopic, named: Mapping[str, Json]) -> Iterator[str]:
    """The name of a person or organisation, or the credit of an image; a reference by ``@id`` is followed once."""
    if isinstance(value, dict):
        whole = named.get(str(value["@id"]), value) if value.keys() == {"@id"} else value
        keys = ("creditText", "copyrightNotice") if topic == "photo_credit" else ("name", "legalName")
        yield from _values(whole, *keys)[:1]
    elif isinstance(value, str) and topic != "photo_credit":
        yield value


def _values(content: Json, *keys: str) -> list[str]:
    """The plain values under some keys: of objects their address or name."""
    found = []
    for key in keys:
        for value in _list(content.get(key)):
            plain = (
                next((value[k] for k in ("@id", "url", "name", "@value") if k in value), None)
                if isinstance(value, dict)
                else value
            )
            if isinstance(plain, (str, int, float)) and not isinstance(plain, bool):
                found.append(str(plain))
    return found


def _list(value: object) -> list[object]:
    return value[:_MOST_NAMES] if isinstance(value, list) else [value]
