"""When pages of every kind were published, read from their HTML as a crawler keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows.annotation import Annotation
from flows.transform import annotate, annotate_text
from flows.transform.rules import load_rules
from flows.values import Publication, Statement

FIRST = (
    "قال رئيس الوزراء العراقي محمد شياع السوداني إن حكومته ماضية في تنفيذ مشاريع الطاقة، مشيرا إلى أن الاتفاقات الموقعة"
    " مع الشركات العالمية ستدخل حيز التنفيذ مطلع العام المقبل."
)
SECOND = "وأوضح السوداني خلال لقائه عددا من الصحفيين أن المشاريع الجديدة ستوفر آلاف فرص العمل للشباب في خمس محافظات."
SHORT = "أعلنت وزارة الصحة أن حملة التطعيم ستبدأ غدا."
TITLE = "مشاريع الطاقة في العراق"
NEWS = '<script type="application/ld+json">{"@type":"NewsArticle",'
STORY = f"<p>{FIRST}</p><p>{SECOND}</p>"


def read(body: str, head: str = "", url: str | None = None) -> Annotation:
    """The annotation of a page: what stands in its head, its title, what stands in its body."""
    return annotate(html=f"<!doctype html><html><head>{head}</head><body>{body}</body></html>", url=url)


def published(found: Annotation) -> str | None:
    value: str | None = found.to_dict()["articles"][0]["published"]["value"]
    return value


VISIBLE = [
    ("12 مارس 2024", "2024-03-12"),
    ("١٢ مارس ٢٠٢٤", "2024-03-12"),
    ("12 آذار 2024", "2024-03-12"),
    ("12 آذار/مارس 2024", "2024-03-12"),
    ("12 جويلية 2024", "2024-07-12"),
    ("١٢/٣/٢٠٢٤", "2024-03-12"),
    ("12/3/2024", "2024-03-12"),
    ("2 رمضان 1445 هـ", "2024-03-12"),
    ("الثلاثاء، ١٢ مارس ٢٠٢٤ الساعة ١٠:٣٠ صباحاً", "2024-03-12T10:30"),
    ("12/03/2024 - 10:30", "2024-03-12T10:30"),
    ("نُشر في 12 مارس 2024", "2024-03-12"),
    # counts from the reading of the page
    ("منذ يومين", None),
    # dates a change
    ("آخر تحديث: 12 مارس 2024", None),
]


@pytest.mark.parametrize("body", [FIRST, SHORT])
@pytest.mark.parametrize(("stamp", "value"), VISIBLE)
def test_a_visible_date_is_read_in_every_form(stamp: str, value: str | None, body: str) -> None:
    assert published(read(f'<h1>{TITLE}</h1><p class="date">{stamp}</p><p>{body}</p>')) == value
    assert published(read(f'<p class="date">{stamp}</p><p>{body}</p>')) == value


NOON = "2024-03-12T10:00"
META = f'<meta property="article:published_time" content="{NOON}:00+03:00">'
WORDPRESS = (
    f'<time class="entry-date published" datetime="{NOON}:00+03:00">12 مارس 2024</time>'
    '<time class="updated" datetime="2024-03-14T10:00:00+03:00">14 مارس 2024</time>'
)
BLOGGER = (
    '<h2 class="date-header">الثلاثاء، 12 مارس 2024</h2>'
    f'<abbr class="published" itemprop="datePublished" title="{NOON}:00+03:00">10:00 ص</abbr>'
)
LIVE = (
    f'<script type="application/ld+json">{{"@type":"LiveBlogPosting","datePublished":"{NOON}:00+03:00",'
    '"liveBlogUpdate":[{"@type":"BlogPosting","datePublished":"2024-03-13T09:00:00+03:00"}]}</script>'
)
DAY = "<div>12 مارس 2024</div>"
EITHER = '<meta name="date" content="03/12/2024">'
SITE = "https://example.com/"

PAGES = [
    # metadata with its zone
    ("", META, None, NOON, "metadata"),
    # JSON-LD beats the visible day, which is that of a change
    ("<div>13 آذار 2024</div>", f'{NEWS}"datePublished":"{NOON}:00+03:00"}}</script>', None, NOON, "metadata"),
    # WordPress, Blogger, AMP
    (WORDPRESS, "", f"{SITE}?p=7", NOON, "metadata"),
    (BLOGGER, "", "https://example.blogspot.com/2024/03/energy.html", NOON, "metadata"),
    ("", f'{NEWS}"datePublished":"2024-03-12 10:00:00 +0300"}}</script>', f"{SITE}amp/7", NOON, "metadata"),
    # a live blog: its own date, not those of its parts
    ("<div>12:00</div>", LIVE, None, NOON, "metadata"),
    # a bar between headline and story
    ("<div>بغداد - سارة العبيدي | 12/03/2024 | آخر تحديث: 13/03/2024</div>", "", None, "2024-03-12", "visible"),
    # the address; a number of an article is no day
    ("", "", f"{SITE}ar/news/20240312/energy", "2024-03-12", "url"),
    ("", "", f"{SITE}2024-3-12/energy", "2024-03-12", "url"),
    ("", "", f"{SITE}news/20249904/energy", None, "unknown"),
    # default values and dates to come yield to the page
    (DAY, f'{NEWS}"datePublished":"1970-01-01T00:00:00Z"}}</script>', None, "2024-03-12", "dateline"),
    (DAY, f'{NEWS}"datePublished":"2099-01-01T00:00:00Z"}}</script>', None, "2024-03-12", "dateline"),
    # either day or month first: only another candidate decides
    ("", EITHER, None, None, "unknown"),
    ("<div>١٢ مارس ٢٠٢٤</div>", EITHER, None, "2024-03-12", "metadata"),
    # an evening in UTC that is the next day where the page is read
    ("<div>13 مارس 2024</div>", '<meta name="date" content="2024-03-12T22:30Z">', None, "2024-03-13", "metadata"),
    # when it was sent, and whose it is
    ("", '<meta http-equiv="last-modified" content="Tue, 12 Mar 2024 10:00:00 GMT">', None, None, "unknown"),
    ("<footer>جميع الحقوق محفوظة 2024</footer>", "", None, None, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("under_title", "head", "url", "value", "basis"), PAGES)
def test_pages_of_every_kind(under_title: str, head: str, url: str | None, value: str | None, basis: str) -> None:
    found = read(f"<h1>{TITLE}</h1>{under_title}{STORY}", head, url)
    assert (published(found), found.articles[0].publication.basis) == (value, basis)
    chosen = [row for row in found.articles[0].publication.evidence if row.is_chosen]
    assert len(chosen) == (value is not None)


DATELINES = [
    (f"الخرطوم، 12 مارس 2024 (سونا) – {FIRST}", "2024-03-12"),
    (f"(بزنيس واير) – دبي، الإمارات العربية المتحدة – 12 مارس 2024: {FIRST}", "2024-03-12"),
    (f"بغداد - 12 - 3 (كونا) -- {FIRST}", None),
]


@pytest.mark.parametrize(("paragraph", "value"), DATELINES)
def test_agency_copy_and_press_releases_have_nothing_but_a_dateline(paragraph: str, value: str | None) -> None:
    assert published(read(f"<h1>{TITLE}</h1><p>{paragraph}</p><p>{SECOND}</p>")) == value


def test_todays_date_in_the_head_of_a_site_is_no_publication() -> None:
    header = "<div>الجمعة 20 نوفمبر 2026</div><div>الأخبار | الرياضة | الاقتصاد</div>"
    labelled = f"{header}<h1>{TITLE}</h1><span>تاريخ النشر: 14/06/2022 11:35 ص</span>{STORY}"
    assert published(read(labelled)) == "2022-06-14T11:35"
    assert published(read(f"{header}<h1>{TITLE}</h1>{STORY}")) is None


def test_dates_beside_an_article_are_not_its_own() -> None:
    aside = "<aside><h4>الأكثر قراءة</h4><ul><li>خبر عن الطقس <span>3 مايو 2023</span></li></ul></aside>"
    assert published(read(f"<h1>{TITLE}</h1>{STORY}{aside}")) is None


def test_the_parts_of_a_page_with_many_dates_do_not_date_it() -> None:
    days = "".join(f"<p>{day} مارس 2024</p><p>{SECOND}</p>" for day in (1, 5, 9, 12))
    found = read(f"<h1>تسلسل زمني للأحداث</h1>{days}").articles[0].publication
    assert (found.local, {"one of many stamps" in row.reason for row in found.evidence}) == (None, {True})


def decide(
    stated: Sequence[Statement] = (), *, url: str | None = None, retrieved_at: datetime | None = None, text: str = ""
) -> Publication:
    """The publication of a plain story under a few lines of its own."""
    whole = f"{TITLE}\n{text}{FIRST}\n{SECOND}"
    found = annotate_text(whole, load_rules(), url=url, statements=stated, retrieved_at=retrieved_at)
    return found.articles[0].publication


CRAWL = datetime(2024, 3, 12, 10, tzinfo=UTC)

BOUNDS: list[tuple[dict[str, Any], date | None, date | None]] = [
    # a month in the address or a field
    ({"url": "https://example.com/2024/03/energy.html"}, date(2024, 3, 1), date(2024, 3, 31)),
    ({"stated": (Statement("published", "column:date", "2024-02"),)}, date(2024, 2, 1), date(2024, 2, 29)),
    # a change is never earlier
    ({"stated": (Statement("modified", "column:changed", "2024-03-12"),)}, None, date(2024, 3, 12)),
    ({"text": "آخر تحديث: 12 مارس 2024\n"}, None, date(2024, 3, 12)),
    # counted from the crawl, with a day for their zones
    ({"text": "منذ يومين\n", "retrieved_at": CRAWL}, date(2024, 3, 9), date(2024, 3, 11)),
    ({"text": "منذ يومين\n"}, None, None),
    ({"retrieved_at": CRAWL}, None, None),
]


@pytest.mark.parametrize(("page", "earliest", "latest"), BOUNDS)
def test_what_settles_no_day_may_bound_it(page: dict[str, Any], earliest: date | None, latest: date | None) -> None:
    found = decide(**page)
    assert (found.local, found.earliest, found.latest, found.basis) == (None, earliest, latest, "unknown")


def test_a_date_after_the_crawl_is_none_at_all() -> None:
    found = decide([Statement("published", "column:date", "2024-03-20")], retrieved_at=CRAWL)
    assert found.local is None
    assert "later than it was read" in found.evidence[0].reason
    tomorrow = decide([Statement("published", "column:date", "2024-03-13")], retrieved_at=CRAWL)
    assert tomorrow.local == datetime(2024, 3, 13)  # noqa: DTZ001 - wall time


def test_of_the_bases_the_stated_order_decides_and_the_rest_is_flagged() -> None:
    def statement(basis: str, day: str) -> Statement:
        return Statement("published", basis, f"2024-03-{day}", basis)  # type: ignore[arg-type] # bases by name

    order = [("given", "11"), ("metadata", "12"), ("feed", "13")]
    for first in range(len(order)):
        statements = [statement(basis, day) for basis, day in order[first:]][::-1]
        found = decide(statements, url="https://example.com/2024/03/14/x", text="15 مارس 2024\n")
        assert found.basis == order[first][0]
        assert sum("conflict" in row.reason for row in found.evidence) == len(found.evidence) - 1


def test_when_it_changed_is_an_instant_only_with_a_zone() -> None:
    plain = decide([Statement("modified", "column:changed", "2024-03-12 10:00")])
    zoned = decide([Statement("modified", "meta:og:updated_time", "2024-03-12T10:00+03:00")])
    stamp = decide(text="آخر تحديث: 12 مارس 2024 14:30 بتوقيت غرينتش\n")
    assert (plain.modified_at, zoned.modified_at) == (None, datetime(2024, 3, 12, 7, tzinfo=UTC))
    assert stamp.modified_at == datetime(2024, 3, 12, 14, 30, tzinfo=UTC)
