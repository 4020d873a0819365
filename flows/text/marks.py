"""What the name, role and classes of an element say of the part of the page it holds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from lxml import etree

ElementMark = Literal["chrome", "comments", "keywords", "byline", "caption", "subtitle"]

_CHROME_TAGS = frozenset({"aside", "button", "dialog", "footer", "form", "marquee", "menu", "nav"})
_CHROME_ROLES = frozenset({"complementary", "contentinfo", "dialog", "menu", "navigation", "search", "toolbar"})
_WORD = re.compile(r"[a-z]+|[A-Z]+[a-z]*")
_COMMENT_WORDS = frozenset({"comment", "comments", "disqus", "respond", "commentlist"})
_CHROME_WORDS = frozenset(
    {
        "ad", "addthis", "addtoany", "ads", "advert", "advertisement", "advertising", "banner", "bio", "breadcrumb",
        "breadcrumbs", "carousel", "consent", "cookie", "cookies", "copyright", "crumbs", "follow", "footer", "gdpr",
        "latest", "login", "masthead", "menu", "mgid", "modal", "mostread", "nav", "navbar", "navigation",
        "newsletter", "outbrain", "pager", "pagination", "player", "playlist", "poll", "popular", "popup", "promo",
        "rating", "ratings", "recommend", "recommendation", "recommendations", "recommended", "related",
        "relatedposts", "search", "share", "sharedaddy", "sharing", "sidebar", "signup", "similar", "slider",
        "slideshow", "social", "sponsor", "sponsored", "subscribe", "subscription", "suggested", "taboola", "teaser",
        "teasers", "ticker", "toolbar", "trending", "vote",
    }
)  # fmt: skip
_CHROME_PAIRS = tuple(
    frozenset(pair.split())
    for pair in (
        "about author", "author box", "author info", "also read", "see also", "most read", "most viewed",
        "more news", "other news", "read more",
    )
)  # fmt: skip
_KEYWORD_WORDS = frozenset({"hashtags", "keywords", "tag", "tags", "topics"})
_BYLINE_WORDS = frozenset({"author", "authors", "byline", "reporter", "writer"})
_CAPTION_WORDS = frozenset({"caption", "figcaption"})
_SUBTITLE_WORDS = frozenset({"deck", "standfirst", "subhead", "subheadline", "subtitle"})
_MOST_CHARACTERS = 500


def mark_of(element: etree._Element) -> ElementMark | None:
    """What an element is marked as, None where its markup says nothing.

    Names of classes are read word by word (``related-posts``, ``relatedPosts``), as English as authors of sites write
    them whatever the language of the page.
    """
    if element.tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES:
        return "chrome"
    classes, own_id = element.get("class"), element.get("id")
    if classes is None and own_id is None:
        return None
    return _mark_of_names(f"{classes or ''} {own_id or ''}"[:_MOST_CHARACTERS])


@lru_cache(maxsize=4_096)
def _mark_of_names(names: str) -> ElementMark | None:
    words = frozenset(word.lower() for word in _WORD.findall(names))
    if words & _COMMENT_WORDS:
        return "comments"
    if words & _CHROME_WORDS or any(pair <= words for pair in _CHROME_PAIRS):
        return "chrome"
    if words & _CAPTION_WORDS:
        return "caption"
    if words & _KEYWORD_WORDS:
        return "keywords"
    if words & _SUBTITLE_WORDS:
        return "subtitle"
    return "byline" if words & _BYLINE_WORDS else None
