"""What a page states outside its text, made use of where the text is silent: title, language, address, sources."""

from __future__ import annotations

import pytest

from flows.annotation import Annotation
from flows.transform import annotate, annotate_text
from flows.transform.addresses import own_url, url_candidates
from flows.transform.rules import load_rules
from flows.transform.statements import completed
from flows.values import Article, Statement, StatementTopic

TITLE = "مشاريع الطاقة في العراق"
STORY = (
    "قال رئيس الوزراء العراقي محمد شياع السوداني إن حكومته ماضية في تنفيذ مشاريع الطاقة، مشيرا إلى أن الاتفاقات الموقعة"
    " مع الشركات العالمية ستدخل حيز التنفيذ مطلع العام المقبل.\n"
    "وأوضح السوداني خلال لقائه عددا من الصحفيين أن المشاريع الجديدة ستوفر آلاف فرص العمل للشباب في خمس محافظات."
)


def read(text: str, *stated: tuple[StatementTopic, str], url: str | None = None) -> Annotation:
    """The annotation of a text whose record states values by topic."""
    statements = [Statement(topic, f"column:{topic}", value) for topic, value in stated]
    return annotate_text(text, load_rules(), url=url, statements=statements)


def test_a_stated_title_is_the_title_where_the_text_has_none() -> None:
    (article,) = read(STORY, ("title", TITLE)).articles
    assert (article.title, article.title_start) == (TITLE, None)


def test_the_headline_of_the_text_is_preferred() -> None:
    (article,) = read(f"{TITLE}\n{STORY}", ("title", "عنوان آخر")).articles
    assert (article.title, article.title_start) == (TITLE, 0)


def test_a_stated_title_that_stands_in_the_text_has_its_span() -> None:
    found = read(f"صوت الفرات\nالرئيسية | سياسة\n{TITLE}.\n{STORY}", ("title", f"{TITLE}."))
    assert found.surface(found.articles[0].title_start, found.articles[0].title_end) == f"{TITLE}."
    assert TITLE not in found.articles[0].body


@pytest.mark.parametrize(
    "title", [f"{TITLE} | صوت الفرات", f"{TITLE} - صوت الفرات", f"صوت الفرات » {TITLE}", f"{TITLE} – صوت الفرات"]
)
def test_the_name_of_the_site_is_no_part_of_the_title(title: str) -> None:
    assert read(STORY, ("title", title), ("publisher", "صوت الفرات")).articles[0].title == TITLE


def test_a_title_with_a_dash_of_its_own_is_whole() -> None:
    title = "العراق - تركيا: اتفاق جديد"
    assert read(STORY, ("title", title), ("publisher", "صوت الفرات")).articles[0].title == title


def test_the_text_says_its_language_before_its_page_does() -> None:
    assert read(STORY, ("language", "en-US")).articles[0].language == "ar"
    silent = Article(0, "12/3", None, None, None, "2024", None, is_embedded=False)
    assert completed(silent, [Statement("language", "html:lang", "fa_IR")], None).language == "fa"


def test_an_embedded_article_takes_nothing_from_its_page() -> None:
    html = (
        '<html><head><link rel="canonical" href="https://example.com/a"><meta name="date" content="2024-03-12">'
        f"</head><body><h1>{TITLE}</h1><p>{STORY}</p><h2>خبر ثان عن الرياضة</h2><p>(رويترز) - {STORY}</p></body></html>"
    )
    for article in annotate(html=html).articles[1:]:
        assert (article.url, article.publication.local, article.modified_at) == (None, None, None)


OWN = "https://example.com/news/1"

ADDRESSES = [
    # canonical first, on the same site, however it is reached
    ([("link:canonical", OWN)], "https://example.com/news/1?utm_source=x", OWN),
    ([("link:canonical", OWN)], "https://m.example.com/amp/1", OWN),
    ([("link:canonical", "/news/1")], "https://example.com/amp/1", OWN),
    ([("link:canonical", "https://ar.example.com/news/1")], "https://example.com/1", "https://ar.example.com/news/1"),
    ([("meta:og:url", OWN)], "https://example.com/1", OWN),
    # another site, no path, no web address: the page's own
    ([("link:canonical", "https://other.org/news/1")], OWN, OWN),
    ([("link:canonical", "https://example.com/")], OWN, OWN),
    ([("link:canonical", "javascript:alert(1)")], OWN, OWN),
    ([("link:canonical", "file:///etc/passwd")], OWN, OWN),
    ([("link:canonical", "https://[broken")], OWN, OWN),
    ([("link:canonical", "https://b.blogspot.com/1.html")], "https://a.blogspot.com/1.html", "https://a.blogspot.com/1.html"),
    # a page from a disk: what it states, where it does not contradict itself
    ([("link:canonical", OWN), ("meta:og:url", "http://www.example.com/news/1")], None, OWN),
    ([("link:canonical", OWN), ("meta:og:url", "https://other.org/news/1")], None, None),
    ([("link:canonical", "/news/1")], None, None),
    ([], None, None),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "url", "expected"), ADDRESSES)
def test_a_stated_address_is_believed_on_the_same_site_and_with_a_path(
    stated: list[tuple[str, str]], url: str | None, expected: str | None
) -> None:
    assert own_url([Statement("url", field, value) for field, value in stated], url) == expected


DAYS = [
    ("https://example.com/2024/03/12/energy", "2024/03/12"),
    ("https://example.com/2024-3-12/energy", "2024-3-12"),
    ("https://example.com/news/20240312", "20240312"),
    ("https://example.com/a-20240312-energy.html", "20240312"),
    ("https://example.com/2024/03/energy.html", "2024/03"),
    # numbers that are no day, or none a page can be of
    ("https://example.com/news/20249912", None),
    ("https://example.com/news/2024031", None),
    ("https://example.com/news/202403129", None),
    ("https://example.com/1948/05/15/history", None),
    ("https://example.com/2024/13/energy.html", None),
    ("https://2024.03.12.example.com/x", None),
    ("https://example.com/x?date=2024/03/12", None),
]


@pytest.mark.parametrize(("url", "surface"), DAYS)
def test_an_address_names_a_day_or_a_month_or_neither(url: str, surface: str | None) -> None:
    assert [each.evidence.surface for each in url_candidates([url])] == ([surface] if surface else [])


def sources(found: Annotation) -> list[tuple[str, str | None, str | None]]:
    """Role, key and field of the sources without a span."""
    return [(each.role, each.source_key, each.field) for each in found.sources if each.start is None]


SOURCES: list[tuple[tuple[tuple[StatementTopic, str], ...], str | None, list[tuple[str, str | None, str | None]]]] = [
    # the publisher by the site, before its own words
    ((("publisher", "موقع ما"),), "https://www.aljazeera.net/news/1", [("publisher", "aljazeera", "url")]),
    # by name: listed, or as it calls itself
    ((("publisher", "رويترز"),), None, [("publisher", "reuters", "column:publisher")]),
    ((("publisher", "وكالة رويترز"),), None, [("publisher", "reuters", "column:publisher")]),
    ((("publisher", "صوت الفرات"),), None, [("publisher", None, "column:publisher")]),
    # an agency is where it comes from; an author only if a listed outlet
    ((("agency", "رويترز"),), None, [("origin", "reuters", "column:agency")]),
    ((("author", "رويترز"),), None, [("origin", "reuters", "column:author")]),
    ((("author", "سامر الحلبي"),), None, []),
    ((("photo_credit", "Getty Images"),), None, [("photo_credit", "getty", "column:photo_credit")]),
]


@pytest.mark.parametrize(("stated", "url", "expected"), SOURCES)
def test_stated_sources_are_kept_with_their_field(
    stated: tuple[tuple[StatementTopic, str], ...], url: str | None, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert sources(read(f"{TITLE}\n{STORY}", *stated, url=url)) == expected


def test_an_agency_the_text_credits_itself_is_not_named_twice() -> None:
    found = read(f"{TITLE}\nبغداد (رويترز) - {STORY}", ("agency", "رويترز"))
    assert [each.source_key for each in found.sources if each.role == "origin"] == ["reuters"]
