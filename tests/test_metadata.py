"""What a page's markup says of it: which fields, in which order of trust, and what is never a publication."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.metadata import read_html
from flows.values import Statement, StatementTopic

WHEN = "2024-03-12T10:00:00+03:00"
ITEM = '<div itemscope itemtype="https://schema.org/'
AGENCY = {"@type": "Article", "sourceOrganization": {"name": "AFP"}}


def stated(markup: str, topic: StatementTopic = "published", url: str | None = None) -> list[tuple[str, str]]:
    """Field and value of the statements of one topic."""
    return [(each.field, each.value) for each in read_html(markup, url).statements if each.topic == topic]


def json_ld(*contents: Any) -> str:
    scripts = (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in contents)
    return "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)


PUBLISHED = [
    # JSON-LD: alone, in a list, in a graph, under a page, with a full type, several types, marks around it
    (json_ld({"@type": "NewsArticle", "datePublished": WHEN}), "jsonld:/datePublished"),
    (json_ld([{"@type": "Person"}, {"@type": "Article", "datePublished": WHEN}]), "jsonld:/1/datePublished"),
    (json_ld({"@graph": [{"@type": "BlogPosting", "datePublished": WHEN}]}), "jsonld:/@graph/0/datePublished"),
    (
        json_ld({"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "datePublished": WHEN}}),
        "jsonld:/mainEntity/datePublished",
    ),
    (json_ld({"@type": "http://schema.org/ReportageNewsArticle", "datePublished": WHEN}), "jsonld:/datePublished"),
    (json_ld({"@type": ["Thing", "LiveBlogPosting"], "datePublished": [WHEN]}), "jsonld:/datePublished"),
    (json_ld('//<![CDATA[\n{"@type":"NewsArticle","datePublished":"' + WHEN + '"}\n//]]>'), "jsonld:/datePublished"),
    (json_ld('{"@type":"NewsArticle","headline":"a\nb","datePublished":"' + WHEN + '"};'), "jsonld:/datePublished"),
    # broken JSON still says when
    (json_ld('{"@type":"NewsArticle",,"datePublished": "' + WHEN + '"'), "jsonld:datePublished"),
    # the page's own, where no article is described
    (json_ld({"@graph": [{"@type": "WebPage", "datePublished": WHEN}]}), "jsonld:/@graph/0/datePublished"),
    # meta elements
    (f'<meta property="article:published_time" content="{WHEN}">', "meta:article:published_time"),
    (f'<meta name="article:published_time" content="{WHEN}">', "meta:article:published_time"),
    (f'<meta name="DC.date.issued" content="{WHEN}">', "meta:dc.date.issued"),
    (f'<meta name="parsely-pub-date" content="{WHEN}">', "meta:parsely-pub-date"),
    (f'<meta name="sailthru.date" content="{WHEN}">', "meta:sailthru.date"),
    (f'<meta name="citation_publication_date" content="{WHEN}">', "meta:citation_publication_date"),
    (f'<meta name="pubdate" content="{WHEN}">', "meta:pubdate"),
    (f'<meta name="date" content="{WHEN}">', "meta:date"),
    (f'<meta itemprop="datePublished" content="{WHEN}">', "itemprop:datePublished"),
    # microdata and microformats
    (f'{ITEM}NewsArticle"><time itemprop="datePublished" datetime="{WHEN}">x</time></div>', "itemprop:datePublished"),
    (f'<abbr class="published" title="{WHEN}">x</abbr>', "html:abbr.published"),
    (f'<time pubdate datetime="{WHEN}">x</time>', "html:time.published"),
    (f'<time class="entry-date published updated" datetime="{WHEN}">x</time>', "html:time.published"),
    (f'<p><time datetime="{WHEN}">x</time></p>', "html:time"),
]  # fmt: skip

NEVER_PUBLISHED = [
    # when it was sent, saved or changed
    '<meta http-equiv="last-modified" content="Tue, 12 Mar 2024 10:00:00 GMT">',
    '<meta http-equiv="date" content="Tue, 12 Mar 2024 10:00:00 GMT">',
    f'<meta property="og:updated_time" content="{WHEN}">',
    f'<time class="updated" datetime="{WHEN}">x</time>',
    # of something else on the page
    f'<aside><time datetime="{WHEN}">x</time></aside>',
    f'<ul><li><time datetime="{WHEN}">x</time></li></ul>',
    f'{ITEM}Comment"><time itemprop="datePublished" datetime="{WHEN}">x</time></div>',
    json_ld({"@type": "NewsArticle", "comment": {"@type": "Comment", "datePublished": WHEN}}),
    json_ld({"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": WHEN}]}),
    json_ld({"@type": "VideoObject", "datePublished": WHEN}),
    # of several teasers
    '<time datetime="2024-03-12">x</time><time datetime="2024-03-11">y</time>',
    json_ld(
        {"@type": "NewsArticle", "url": "/a", "datePublished": "2024-03-12"},
        {"@type": "NewsArticle", "url": "/b", "datePublished": "2024-03-11"},
    ),
    # of a front page
    '<meta property="og:type" content="website">' + json_ld({"@type": "WebPage", "datePublished": WHEN}),
    # no value
    '<meta property="article:published_time" content=" ">',
    json_ld({"@type": "NewsArticle", "datePublished": None}),
    json_ld({"@type": "NewsArticle", "datePublished": True}),
    json_ld("[" * 100_000),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "field"), PUBLISHED)
def test_a_field_of_the_pages_own_article_states_its_publication(markup: str, field: str) -> None:
    assert stated(f"<html><body>{markup}<p>نص</p></body></html>")[0] == (field, WHEN)


@pytest.mark.parametrize("markup", NEVER_PUBLISHED)
def test_what_dates_something_else_is_no_publication(markup: str) -> None:
    assert stated(f"<html><body>{markup}<p>نص</p></body></html>") == []


def test_the_order_is_that_of_trust() -> None:
    markup = (
        f'<time datetime="{WHEN}">x</time><meta name="date" content="{WHEN}">'
        f'<meta property="article:published_time" content="{WHEN}">'
        + json_ld({"@type": "NewsArticle", "datePublished": WHEN})
    )
    fields = [field for field, _ in stated(markup)]
    assert fields == ["jsonld:/datePublished", "meta:article:published_time", "meta:date", "html:time"]


def test_of_several_articles_the_one_at_the_pages_address_is_its_own() -> None:
    articles = json_ld(
        {"@type": "NewsArticle", "url": "https://example.com/other", "datePublished": "2024-03-11"},
        {"@type": "NewsArticle", "mainEntityOfPage": {"@id": "https://example.com/own"}, "datePublished": "2024-03-12"},
    )
    link = '<link rel="canonical" href="https://example.com/own">'
    assert stated(articles + link) == [("jsonld:/datePublished", "2024-03-12")]
    assert stated(articles, url="https://example.com/own") == [("jsonld:/datePublished", "2024-03-12")]


OTHER_TOPICS: list[tuple[StatementTopic, str, str, str]] = [
    ("modified", '<meta property="article:modified_time" content="x">', "meta:article:modified_time", "x"),
    ("modified", '<time class="updated" datetime="x">y</time>', "html:time.updated", "x"),
    ("title", '<meta property="og:title" content="عنوان &amp; آخر">', "meta:og:title", "عنوان & آخر"),
    ("title", "<title>عنوان\n | موقع</title>", "html:title", "عنوان | موقع"),
    ("title", '<h1 itemprop="headline"> عنوان </h1>', "itemprop:headline", "عنوان"),
    ("language", '<html lang="ar-EG">', "html:lang", "ar-EG"),
    ("language", '<meta property="og:locale" content="ar_AR">', "meta:og:locale", "ar_AR"),
    ("url", '<link rel="canonical" href="https://example.com/a">', "link:canonical", "https://example.com/a"),
    ("url", '<meta property="og:url" content="https://example.com/a">', "meta:og:url", "https://example.com/a"),
    ("publisher", '<meta property="og:site_name" content="موقع">', "meta:og:site_name", "موقع"),
    (
        "publisher",
        json_ld({"@graph": [{"@type": "Article", "publisher": {"@id": "#o"}}, {"@id": "#o", "name": "موقع"}]}),
        "jsonld:/@graph/0/publisher",
        "موقع",
    ),
    ("agency", json_ld(AGENCY), "jsonld:/sourceOrganization", "AFP"),
    ("author", json_ld({"@type": "Article", "author": [{"name": "سامر"}]}), "jsonld:/author", "سامر"),
    ("photo_credit", json_ld({"@type": "Article", "image": {"creditText": "Getty"}}), "jsonld:/image", "Getty"),
    ("subtitle", json_ld({"@type": "Article", "alternativeHeadline": "فرعي"}), "jsonld:/alternativeHeadline", "فرعي"),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "markup", "field", "value"), OTHER_TOPICS)
def test_a_page_states_more_than_its_date(topic: StatementTopic, markup: str, field: str, value: str) -> None:
    assert (field, value) in stated(f"{markup}<p>نص</p>", topic)


def test_a_page_of_nothing_but_fields_is_bounded_and_read_in_linear_time() -> None:
    def seconds(count: int) -> float:
        markup = '<meta name="date" content="2024-03-12"><time itemprop="datePublished" datetime="2024-03-12">' * count
        begin = time.process_time()
        statements = read_html("<html>" + markup).statements
        assert len(statements) <= 24
        return time.process_time() - begin

    seconds(100)
    assert seconds(40_000) < 20 * max(seconds(4_000), 0.01)


def test_values_are_cut_and_cleaned() -> None:
    (found,) = read_html(f'<meta name="author" content="{"س" * 5000}\0">').statements
    assert found == Statement("author", "meta:author", "س" * 1000)


TAGS = [
    '<script type="application/ld+json">', "</script>", '{"@type":"NewsArticle",', '"datePublished":', '"2024-03-12"',
    "}", "[", "]", "{", '<meta name="date" content="', '">', "<time datetime=", "<!--", "-->", "<svg><title>", "\0",
    '<div itemscope itemtype="x" itemprop="datePublished">', "&#x202e;", "&", "نص",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=30).map("".join))
def test_no_markup_is_an_error(markup: str) -> None:
    for each in read_html(markup).statements:
        assert each.value
        assert "\0" not in each.value
