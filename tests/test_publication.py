"""Publication dates: a day only where the page, its metadata or the caller settles it, with all evidence kept."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.transform import annotate
from flows.transform.articles import draft_articles
from flows.transform.dates import find_time_expressions
from flows.transform.page import read_page
from flows.transform.publication import decide_publications, given_publication
from flows.transform.rules import load_rules
from flows.transform.statements import date_candidates, run_candidate
from flows.values import Article, Publication, Segment, SegmentKind, Statement

STORY = "وقال المتحدث باسم الوزارة في بيان إن الجانبين بحثا سبل تعزيز التعاون بينهما في مختلف المجالات " * 3


def decide(
    *lines: tuple[SegmentKind, str] | tuple[SegmentKind, str, int | None],
    given: str | None = None,
    stated: tuple[Statement, ...] = (),
    run: str | None = None,
) -> tuple[Publication, ...]:
    """The publications of a page made of lines; a third item is the article's ordinal (0 by default)."""
    text, segments = "", []
    for kind, line, *article in lines:
        segments.append(Segment(len(text), len(text) + len(line), kind, article[0] if article else 0))
        text += line + "\n"
    rules = load_rules()
    page = read_page(text, rules.lexicon)
    ordinals = sorted({s.article for s in segments if s.article is not None})
    articles = [Article(n, None, None, None, None, "", "ar", is_embedded=n > 0) for n in ordinals]
    expressions = find_time_expressions(page, rules.time)
    if given is not None:
        stated = (Statement("published", "published", given, "given"), *stated)
    candidates = date_candidates(stated, rules) + ([run_candidate(run)] if run else [])
    return decide_publications(page, articles, segments, expressions, stated=candidates)


def wall(value: str) -> datetime:
    """A wall time of a page."""
    return datetime.fromisoformat(value)


STAMPS: list[tuple[SegmentKind, str, datetime, str]] = [
    # a full stamp in the dateline
    ("dateline", "الأحد 3 ديسمبر 2023 09:01 م", wall("2023-12-03T21:01"), "dateline"),
    ("dateline", "القاهرة في 3 ديسمبر 2023 /قنا/", wall("2023-12-03"), "dateline"),
    # a date alone on a line before the story, or with its label
    ("body", "الثلاثاء، 2 أبريل 2024", wall("2024-04-02"), "visible"),
    ("body", "نشر في: 25/03/2024 - 09:15", wall("2024-03-25T09:15"), "visible"),
    ("byline", "كتب محمد أحمد - الاثنين 1 أبريل 2024 | 12:05 م", wall("2024-04-01T12:05"), "visible"),
    # an update beside it is not the publication, before or behind
    ("dateline", "24.01.2024 - محدث : 25.01.2024", wall("2024-01-24"), "dateline"),
    ("dateline", "آخر تحديث: 25 يناير 2024 نشر في 24 يناير 2024", wall("2024-01-24"), "visible"),
    # Hijri
    ("dateline", "الرياض 5 رمضان 1445 هـ", wall("2024-03-15"), "dateline"),
]  # fmt: skip

UNSETTLED: list[tuple[SegmentKind, str]] = [
    ("body", "أعلن البيت الأبيض في 3 ديسمبر 2023 أن الاجتماع الذي تقرر قبل ذلك سيعقد في موعده دون تأخير"),
    ("dateline", "القاهرة في 3 ديسمبر /قنا/"),
    ("body", "منذ 3 ساعات"),
    ("caption", "جنود في غزة، 24 مارس، 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "line", "local", "basis"), STAMPS)
def test_a_full_stamp_is_the_publication(kind: SegmentKind, line: str, local: datetime, basis: str) -> None:
    (found,) = decide(("headline", "عنوان"), (kind, line), ("body", STORY))
    assert (found.local, found.basis) == (local, basis)
    assert found.earliest == found.latest == local.date()
    assert [row.basis for row in found.evidence if row.is_chosen] == [basis]


@pytest.mark.parametrize(("kind", "line"), UNSETTLED)
def test_a_day_that_nothing_settles_is_not_invented(kind: SegmentKind, line: str) -> None:
    (found,) = decide(("headline", "عنوان"), (kind, line), ("body", STORY))
    assert (found.local, found.basis, found.latest) == (None, "unknown", None)


def test_the_text_settles_its_day_where_it_names_today_in_full() -> None:
    (found,) = decide(("body", "أعلن أمس الاثنين 1 أبريل 2024 عن الاتفاق " + STORY))
    assert (found.local, found.basis, found.grain) == (wall("2024-04-02"), "inferred", "day")


def test_today_and_yesterday_with_a_weekday_give_the_weekday_of_publication() -> None:
    for line, weekday in (("قال اليوم الاثنين", "Monday"), ("قال أمس الثلاثاء", "Wednesday"), ("قال الثلاثاء", None)):
        (found,) = decide(("body", line))
        assert (found.weekday, found.local) == (weekday, None)


def test_the_later_weekday_is_the_pages_own_where_an_older_text_was_adapted() -> None:
    (found,) = decide(("body", "قال امس الثلاثاء"), ("body", "بدأت أمس الاثنين"), ("body", "امتنعت أمس الاثنين"))
    assert found.weekday == "Wednesday"
    assert [("conflict" in row.reason) for row in found.evidence] == [False, True, True]


def test_a_quoted_weekday_says_nothing_of_the_publication() -> None:
    (found,) = decide(("body", 'قال "سنلتقي اليوم الاثنين" ثم غادر'))
    assert found.weekday is None


def test_the_latest_caption_and_the_weekday_bound_the_publication_from_below() -> None:
    (found,) = decide(
        ("caption", "بايدن في المطار، 28 مارس، 2023. (AP)"),
        ("caption", "غزة، 24 مارس، 2024. (AP)"),
        ("body", "يعقد اليوم الاثنين اجتماع"),
    )
    assert (found.local, found.earliest, found.weekday) == (None, date(2024, 3, 25), "Monday")


# of an archive, of who took or spread it, of when it was taken; before the first paragraph, between two
CAPTIONS = [
    "نازحون سودانيون في أدري بتشاد، صورة من أرشيف رويترز بتاريخ 2 أغسطس آب 2023.",
    "مخيم للنازحين في دارفور، 2 أغسطس 2023 (أرشيف)",
    "نازحة تحمل طفلها، 2 أغسطس 2023 [أرشيفية]",
    "صورة أرشيفية لجنود في الخرطوم في 2 أغسطس 2023",
    "جنود في الخرطوم يوم 2 أغسطس 2023 - صورة أرشيفية",
    "أرشيفية - 2 أغسطس 2023",
    "من الأرشيف: لاجئون في تشاد 2 أغسطس 2023",
    "صورة التقطتها الأقمار الصناعية لمطار الخرطوم يوم 2 أغسطس 2023",
    "لاجئون في تشاد. التقطت الصورة في 2 أغسطس 2023. تصوير: محمد نور الدين - رويترز",
    "صورة مؤرخة في 2 أغسطس 2023 تظهر جنودا في الخرطوم",
    "صورة نشرتها قوات الدعم السريع بتاريخ 2 أغسطس 2023",
    "صورة وزعتها وكالة الأنباء السودانية في 02/08/2023",
    "البرهان يتفقد قواته في أم درمان، في صورة ملتقطة في 2 أغسطس 2023 (سونا)",
    "صورة تعود إلى 2 أغسطس 2023 لسوق مدينة ود مدني",
    "لقطة من مقطع مصور نشر بتاريخ 2 أغسطس 2023",
    "تصوير: زهرة بن سمرة - رويترز، 2 أغسطس 2023",
    "نازحون في هذه الصورة المأخوذة يوم 2 أغسطس 2023",
    "يظهر في الصورة التي التقطت يوم 2 أغسطس 2023 جنود",
    "FILE PHOTO: Refugees in Adre, Chad, August 2, 2023. REUTERS",
]
HEAD = "نشطاء: 124 قتيلا في هجوم لقوات الدعم السريع على قرية بالجزيرة"


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_photograph_dates_itself_and_bounds_the_article_from_below(caption: str) -> None:
    for page in (f"{HEAD}\n{caption}\n{STORY}\n{STORY}", f"{caption}\n{HEAD}\n{STORY}\n{STORY}"):
        found = annotate(page).articles[0].publication
        assert (found.local, found.earliest) == (None, date(2023, 8, 2))
        assert [row.basis for row in found.evidence] == ["caption"]


@pytest.mark.parametrize("kind", ["body", "subtitle", "dateline", "boilerplate"])
def test_a_photograph_is_known_by_its_words_whatever_its_line_was_taken_for(kind: SegmentKind) -> None:
    (found,) = decide(("headline", "عنوان"), (kind, "صورة لمخيم زمزم نشرت في 2 أغسطس 2023"), ("body", STORY))
    assert (found.local, found.earliest) == (None, date(2023, 8, 2))


def test_a_date_to_come_in_a_sentence_about_photographs_bounds_nothing() -> None:
    for line in ("يفتتح الأرشيف الوطني معرضه في 3 ديسمبر 2025", "تعرض صور أرشيفية للمدينة حتى 3 ديسمبر 2025"):
        (found,) = decide(("headline", "عنوان"), ("body", line), ("body", STORY))
        assert (found.local, found.earliest, found.evidence) == (None, None, ())


def test_a_date_at_the_end_of_a_sentence_is_no_stamp() -> None:
    for line in ("نازحون في أدري بتاريخ 2 أغسطس 2023", "القرار الصادر بتاريخ 2 أغسطس 2023", "صور بتاريخ 2 أغسطس 2023"):
        (found,) = decide(("headline", "عنوان"), ("subtitle", line), ("body", STORY))
        assert (found.local, found.earliest) == (None, None)
    for line in ("بتاريخ 2 أغسطس 2023", "كتب: محمد علي بتاريخ 2 أغسطس 2023", "الخرطوم - بتاريخ: 2 أغسطس 2023"):
        (found,) = decide(("headline", "عنوان"), ("subtitle", line), ("body", STORY))
        assert found.local == wall("2023-08-02")


def test_a_stamp_beside_a_photographers_name_or_below_an_archives_is_the_articles() -> None:
    for line in ("نشر في 1 أبريل 2024 (تصوير: علي حسن)", "صورة أرشيفية | نشر في 1 أبريل 2024", "1 أبريل 2024 - صور",
                 "كتب محمد أحمد - تصوير: علي حسن - الاثنين 1 أبريل 2024"):  # fmt: skip
        (found,) = decide(("headline", "عنوان"), ("byline", line), ("body", STORY))
        assert found.local == wall("2024-04-01")


def test_a_banner_that_counts_days_dates_the_crawl_only() -> None:
    (found,) = decide(("boilerplate", "إسرائيل في حالة حرب - اليوم 397", None), ("body", STORY))
    assert found.local is None
    assert [(row.basis, row.value_start, row.is_chosen) for row in found.evidence] == [
        ("crawl", wall("2024-11-06"), False)
    ]


def test_a_date_of_the_site_dates_the_crawl_unless_it_is_labelled() -> None:
    (header,) = decide(("navigation", "الجمعة 20 نوفمبر 2026", None), ("body", STORY))
    (stamp,) = decide(("navigation", "تاريخ النشر: 1 أبريل 2024", None), ("body", STORY))
    assert (header.local, stamp.local) == (None, wall("2024-04-01"))


def test_what_is_given_outranks_the_page_and_another_day_is_flagged() -> None:
    (found,) = decide(("dateline", "3 ديسمبر 2023"), ("body", STORY), given="2024-04-01")
    assert (found.local, found.basis, found.grain) == (wall("2024-04-01"), "given", "day")
    assert [(row.basis, row.is_chosen, "conflict" in row.reason) for row in found.evidence] == [
        ("given", True, False), ("dateline", False, True),
    ]  # fmt: skip


def test_the_finer_time_of_the_page_is_kept_where_the_given_day_agrees() -> None:
    (found,) = decide(("dateline", "3 ديسمبر 2023 09:01 م"), ("body", STORY), given="2023-12-03")
    assert (found.local, found.basis, found.grain) == (wall("2023-12-03T21:01"), "given", "minute")


def test_what_is_given_is_never_the_publication_of_an_embedded_article() -> None:
    main, embedded = decide(("body", STORY), ("headline", "عنوان", 1), ("body", STORY, 1), given="2024-04-01")
    assert (main.basis, embedded.basis, embedded.local) == ("given", "unknown", None)


def test_metadata_stands_between_what_is_given_and_the_dateline() -> None:
    stamp = Statement("published", "jsonld:/datePublished", "2024-03-25T14:30:00+03:00")
    unreadable = Statement("published", "meta:date", "yesterday")
    (found,) = decide(("dateline", "3 ديسمبر 2023"), ("body", STORY), stated=(unreadable, stamp))
    assert (found.local, found.basis) == (wall("2024-03-25T14:30"), "metadata")
    assert found.at == datetime(2024, 3, 25, 11, 30, tzinfo=UTC)
    assert found.evidence[0].reason == "no readable date"


@pytest.mark.parametrize(
    ("given", "local", "grain"),
    [
        ("2024-04-01", wall("2024-04-01"), "day"),
        ("2024-04-01T09:30", wall("2024-04-01T09:30"), "minute"),
        ("2024-04-01T09:30Z", wall("2024-04-01T09:30"), "minute"),
        ("2024-04-01 09:30:15+03:00", wall("2024-04-01T09:30:15"), "second"),
        ("2024-04-01T09:30+03:00", wall("2024-04-01T09:30"), "minute"),
        ("9999-12-31", wall("9999-12-31"), "day"),
    ],
)  # fmt: skip
def test_a_given_publication_is_read_as_it_is_said(given: str, local: datetime, grain: str) -> None:
    found = given_publication(given)
    assert (found.local, found.grain) == (local, grain)
    assert (found.at is None) == ("Z" not in given and "+" not in given)


@pytest.mark.parametrize("given", ["", "2024-04", "أمس", "2024-02-30", "9999-12-31T23:59-12:00"])
def test_a_given_publication_that_is_no_date_is_refused_by_name(given: str) -> None:
    for refuse in (given_publication, run_candidate, lambda published: annotate(STORY, published=published)):
        with pytest.raises(ValueError, match="is no ISO 8601"):
            refuse(given)


def test_articles_come_back_one_to_one_and_none_needs_a_date() -> None:
    rules = load_rules()
    page = read_page("", rules.lexicon)
    assert decide_publications(page, draft_articles(page, []), [], [], stated=[run_candidate("2024-04-01")]) == ()
