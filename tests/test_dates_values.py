"""Time expressions have the values CONTRACT section 6 gives them, against their own article's publication."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.transform import annotate
from flows.transform.dates import find_time_expressions, resolve_dates
from flows.transform.page import read_page
from flows.transform.rules import load_rules
from flows.values import DateMention, Publication, Segment

MONDAY = "2024-04-01"

STATED = [
    # what needs no anchor
    ("3 ديسمبر 2023", "2023-12-03", "2023-12-04"),
    ("الأحد 3 ديسمبر 2023 09:01 م", "2023-12-03T21:01", "2023-12-03T21:02"),
    ("25/03/2024 - 09:15", "2024-03-25T09:15", "2024-03-25T09:16"),
    ("30/03/2024 الساعة: 18:05", "2024-03-30T18:05", "2024-03-30T18:06"),
    ("2024-03-25T14:30:00Z", "2024-03-25T14:30:00", "2024-03-25T14:30:01"),
    ("أكتوبر 2019", "2019-10-01", "2019-11-01"),
    ("عام ألفين وعشرين", "2020-01-01", "2021-01-01"),
    ("5 رمضان 1445 هـ", "2024-03-15", "2024-03-16"),
    ("رمضان 1445", "2024-03-11", "2024-04-10"),
    ("عام 1400 هجري", "1979-11-20", "1980-11-09"),
    ("بين 3 و5 مارس 2024", "2024-03-03", "2024-03-06"),
    ("من أغسطس/آب إلى أكتوبر/تشرين الأول 2000", "2000-08-01", "2000-11-01"),
    ("النصف الثاني من 2023", "2023-07-01", "2024-01-01"),
    ("الربع الأول من عام 2024", "2024-01-01", "2024-04-01"),
    ("الفصل الثاني من سنة 2024", "2024-04-01", "2024-07-01"),
    ("الفصل الأخير من 2022", "2022-10-01", "2023-01-01"),
    ("الثلاثي الأول من سنة 2025", "2025-01-01", "2025-04-01"),
    ("السداسي الثاني من سنة 2023", "2023-07-01", "2024-01-01"),
    ("12/2022", "2022-12-01", "2023-01-01"),
    ("5 ـ 7 مايو 2024", "2024-05-05", "2024-05-08"),
    ("أواخر عام 2022", "2022-09-01", "2023-01-01"),
    ("منتصف أبريل 2022", "2022-04-11", "2022-04-21"),
    ("شتاء 2023", "2023-12-01", "2024-03-01"),
    ("تسعينيات القرن الماضي", "1990-01-01", "2000-01-01"),
    ("تسعينيات القرن العشرين", "1990-01-01", "2000-01-01"),
    ("ثالث ثلاثاء من أيلول 2014", "2014-09-16", "2014-09-17"),
    ("عيد الفطر 2013", "2013-08-08", "2013-08-09"),
    ("عيد الفصح 2013", "2013-03-31", "2013-04-01"),
    ("حرب غزة - اليوم 397", "2024-11-06", "2024-11-07"),
    # two months are two names of one only where they are one
    ("أبريل-مايو 2024", "2024-04-01", "2024-06-01"),
    ("مارس/أبريل 2023", "2023-03-01", "2023-05-01"),
    # two dates of one day, which the calendars may count apart; years written from right to left
    ("15 شعبان 1445هـ - 24 فبراير 2024م", "2024-02-24", "2024-02-25"),
    ("موسم 2024/2023", "2023-01-01", "2025-01-01"),
    ("العام الدراسي 1445/1446هـ", "2023-07-19", "2025-06-26"),
    ("العشر الأواخر من رمضان 1445", "2024-03-31", "2024-04-10"),
    ("التسعة أشهر الأولى من 2023", "2023-01-01", "2023-10-01"),
    ("العقد الأول من القرن الحادي والعشرين", "2000-01-01", "2010-01-01"),
    ("عام ألف وتسعمائة وثلاثة وأربعين", "1943-01-01", "1944-01-01"),
    ("شتاء 2022-2023", "2022-12-01", "2023-03-01"),
    ("أربعينيات وخمسينيات القرن التاسع عشر", "1840-01-01", "1860-01-01"),
    ("الحرب في أوكرانيا في يومها الـ812", "2024-05-15", "2024-05-16"),
    # no such day
    ("30 فبراير 2024", None, None),
    ("25 ذي الحجة 634 هـ", None, None),
]  # fmt: skip

ANCHORED = [
    # days: the weekday decides over the distance
    ("أمس الاثنين", "2024-03-27", "2024-03-25", "2024-03-26"),
    ("امس الثلاثاء", "2024-03-27", "2024-03-26", "2024-03-27"),
    ("بعد غد", MONDAY, "2024-04-03", "2024-04-04"),
    # a bare weekday is the nearest past one, the publication day included
    ("عقد يوم الثلاثاء", MONDAY, "2024-03-26", "2024-03-27"),
    ("عقد الاثنين", MONDAY, "2024-04-01", "2024-04-02"),
    ("سيعقد يوم الثلاثاء", MONDAY, "2024-04-02", "2024-04-03"),
    ("الخميس الماضي", "2023-12-03T21:01", "2023-11-30", "2023-12-01"),
    ("الاثنين الماضي", MONDAY, "2024-03-25", "2024-03-26"),
    ("يوم الجمعة القادم", MONDAY, "2024-04-05", "2024-04-06"),
    ("الأربعاء بعد القادم", MONDAY, "2024-04-10", "2024-04-11"),
    ("الأسبوع المقبل يوم الجمعة", MONDAY, "2024-04-12", "2024-04-13"),
    # a future verb holds to the end of its sentence, not into a clause about the past; weaker cues for some words
    ("ومن المنتظر أن يقدم المبعوث الخاص تقريره المطول عن أوضاع اللاجئين إلى أعضاء المجلس الاثنين", MONDAY,
     "2024-04-08", "2024-04-09"),
    ("سيزور الوزير معرض الكتاب الذي افتتحه رئيس البلدية مع عدد كبير من الضيوف والناشرين والطلاب الاثنين", MONDAY,
     "2024-04-01", "2024-04-02"),
    ("تأجيل محاكمة المتهمين لجلسة 23 يونيو", MONDAY, "2024-06-23", "2024-06-24"),
    ("تقام المباراة النهائية في 20 أيار", MONDAY, "2024-05-20", "2024-05-21"),
    ("الاثنين والثلاثاء المقبلين", "2024-05-15", "2024-05-20", "2024-05-22"),
    ("تتواصل الاشتباكات منذ يوم السبت", MONDAY, "2024-03-30", "2024-03-31"),
    # verbs whose first letters nouns have, too, and nouns that look like verbs
    ("سيلتقي الوزير الأحد نظيره", MONDAY, "2024-04-07", "2024-04-08"),
    ("سترتفع الحرارة الأحد", MONDAY, "2024-04-07", "2024-04-08"),
    ("سيصل الوفد الأحد إلى العاصمة", MONDAY, "2024-04-07", "2024-04-08"),
    ("ستتم المراسم الأحد", MONDAY, "2024-04-07", "2024-04-08"),
    ("سيطرح البنك الأحد سندات جديدة", MONDAY, "2024-04-07", "2024-04-08"),
    ("سيول جارفة الأحد في المدينة", MONDAY, "2024-03-31", "2024-04-01"),
    ("سيارات مفخخة الأحد في المدينة", MONDAY, "2024-03-31", "2024-04-01"),
    ("سيطرة الجيش الأحد على البلدة", MONDAY, "2024-03-31", "2024-04-01"),
    ("ستون قتيلا الأحد في غارات", MONDAY, "2024-03-31", "2024-04-01"),
    # weeks run Monday to Sunday
    ("الأسبوع الماضي", MONDAY, "2024-03-25", "2024-04-01"),
    ("هذا الأسبوع", "2024-04-07", "2024-04-01", "2024-04-08"),
    ("في وقت لاحق هذا الأسبوع", MONDAY, "2024-04-02", "2024-04-08"),
    # a day and month without a year, by default the past one
    ("7 أكتوبر", MONDAY, "2023-10-07", "2023-10-08"),
    ("يبدأ المقرر في 7 أكتوبر", MONDAY, "2024-10-07", "2024-10-08"),
    ("27 سبتمبر/أيلول الماضي", "2024-10-01", "2024-09-27", "2024-09-28"),
    ("نهاية يوليو/تموز الماضي", "2024-10-01", "2024-07-21", "2024-08-01"),
    ("من 12 إلى 15 أبريل الجاري", MONDAY, "2024-04-12", "2024-04-16"),
    ("في 21 و22 أغسطس", MONDAY, "2023-08-21", "2023-08-23"),
    ("السابع من الجاري", MONDAY, "2024-04-07", "2024-04-08"),
    ("14 الشهر المقبل", MONDAY, "2024-05-14", "2024-05-15"),
    ("29 فبراير", "2023-05-01", "2020-02-29", "2020-03-01"),
    # the grain of before and after
    ("قبل أسبوعين", MONDAY, "2024-03-18", "2024-03-19"),
    ("قبل شهر", MONDAY, "2024-03-01", "2024-04-01"),
    ("بعد عامين", MONDAY, "2026-01-01", "2027-01-01"),
    ("قبل نحو شهر", MONDAY, "2024-03-01", "2024-04-01"),
    ("قبل عقدين", MONDAY, "2004-01-01", "2005-01-01"),
    ("قبل 3 ساعات", "2024-04-01T10:00", "2024-04-01T07:00", "2024-04-01T08:00"),
    ("بعد شهر من الآن", MONDAY, "2024-05-01", "2024-06-01"),
    # since an amount carries its interval, since a point is the point
    ("منذ ستة أشهر", MONDAY, "2023-10-01", "2024-04-01"),
    ("منذ يومين", "2014-09-01T10:30", "2014-08-30", "2014-09-01"),
    ("خلال أسبوعين", "2024-04-01T14:20", "2024-04-01T14:20", "2024-04-15"),
    ("منذ أكتوبر الماضي", MONDAY, "2023-10-01", "2023-11-01"),
    # day parts
    ("مساء اليوم", MONDAY, "2024-04-01T18:00", "2024-04-02T00:00"),
    ("فجر أمس الأحد", MONDAY, "2024-03-31T03:00", "2024-03-31T06:00"),
    ("ليلة الجمعة", MONDAY, "2024-03-29T18:00", "2024-03-30T06:00"),
    ("قصف ليلة أمس", MONDAY, "2024-03-31T18:00", "2024-04-01T06:00"),
    ("قصف ليل أمس", MONDAY, "2024-03-31T18:00", "2024-04-01T00:00"),
    ("عشية أمس الأحد", MONDAY, "2024-03-31T18:00", "2024-04-01T00:00"),
    ("منذ الصباح", MONDAY, "2024-04-01T06:00", "2024-04-01T12:00"),
    ("الواحدة والربع بعد منتصف الليل", MONDAY, "2024-04-01T01:15", "2024-04-01T01:16"),
    ("يصل GMT 14:30 إلى", MONDAY, "2024-04-01T14:30", "2024-04-01T14:31"),
    # a clock time told of is not after the stamp, but for the zone of a place
    ("وقع الانفجار الساعة 9:15 مساء في السوق", "2024-04-01T14:20", "2024-03-31T21:15", "2024-03-31T21:16"),
    ("وقع الانفجار الساعة 9:15 صباحا في السوق", "2024-04-01T08:20", "2024-04-01T09:15", "2024-04-01T09:16"),
    ("يقام الحفل الساعة 9:15 مساء في السوق", "2024-04-01T14:20", "2024-04-01T21:15", "2024-04-01T21:16"),
    # hours that run into tomorrow
    ("من التاسعة مساء حتى الخامسة غدا", MONDAY, "2024-04-01T21:00", "2024-04-02T05:00"),
    ("من الرابعة مساء حتى الخامسة وأربعين دقيقة غدا", MONDAY, "2024-04-01T16:00", "2024-04-02T17:40"),
    ("هذا الوقت بعد أسبوعين", "2024-04-01T14:20", "2024-04-15T14:20", "2024-04-15T14:20:01"),
    ("الساعة العاشرة من صباح أمس", MONDAY, "2024-03-31T10:00", "2024-03-31T11:00"),
    ("الأحد من الساعة 9 إلى 11 مساء", MONDAY, "2024-03-31T21:00", "2024-03-31T23:00"),
    # periods
    ("الصيف الماضي", MONDAY, "2023-06-01", "2023-09-01"),
    ("الربع الثالث من العام الماضي", MONDAY, "2023-07-01", "2023-10-01"),
    ("رمضان المقبل", MONDAY, "2025-03-01", "2025-03-30"),
    ("السنوات الخمس الماضية", MONDAY, "2019-04-01", "2024-04-01"),
    ("أرباح الربع الرابع", "2024-02-10", "2023-10-01", "2024-01-01"),
    ("خلال العام", MONDAY, "2024-01-01", "2025-01-01"),
    ("للشهر الثالث على التوالي", MONDAY, "2024-04-01", "2024-05-01"),
    # an ordinal behind a weekday that does not fit the day counts weekdays
    ("الثلاثاء الأول من نوفمبر", MONDAY, "2023-11-07", "2023-11-08"),
    ("الأحد الأول من مايو", "2022-05-10", "2022-05-01", "2022-05-02"),
    ("فبراير ـ مارس الماضيين", "2024-05-15", "2024-02-01", "2024-04-01"),
    # what an event anchors, or nothing counts, stays open
    ("منذ آلاف السنين", MONDAY, None, None),
    ("ذلك اليوم", MONDAY, None, None),
    ("وفي العام التالي فاز", MONDAY, None, None),
    ("3 مارس من العام نفسه", MONDAY, None, None),
    ("قبلها بيومين", MONDAY, None, None),
    ("العام الدراسي المقبل", MONDAY, None, None),
    ("في اليوم التالي للهجوم", MONDAY, None, None),
    ("بعد ذلك بيومين", MONDAY, None, None),
    ("قبل يومين من الانتخابات", MONDAY, None, None),
    ("بعد ساعات من تحذير", MONDAY, None, None),
    ("قبل 3 ساعات", MONDAY, None, None),
    ("اليوم نفسه", MONDAY, None, None),
    ("منذ سنوات", MONDAY, None, None),
    ("بعد أيام", MONDAY, None, None),
    ("غدا", "9999-12-31", None, None),
    ("أمس", "0001-01-01", None, None),
]  # fmt: skip

DURATIONS = [
    ("ستة أشهر", "P6M"), ("يومين", "P2D"), ("نصف ساعة", "PT30M"), ("سنة ونصف", "P1Y6M"), ("عدة أشهر", "P3M"),
    ("ساعتين ونصف الساعة", "PT2H30M"), ("عقدين", "P20Y"), ("كل ثلاثة أشهر", "P3M"),
    ("ثلاثة أعوام وستة أشهر", "P3Y6M"), ("3 دقائق و40 ثانية", "PT3M40S"), ("أسبوعيا", "P1W"),
    ("من 3 إلى 5 سنوات", "P3Y"), ("5-7 أيام", "P5D"), ("عشرات السنين", "P10Y"), ("عقدا كاملا", "P10Y"),
]  # fmt: skip


def moment(value: str | None) -> datetime | None:
    """A value as the tables write it."""
    return datetime.fromisoformat(value) if value else None


def only_date(text: str, published: str | None = None) -> DateMention:
    """The one time expression of a text."""
    (mention,) = annotate(text, published=published).dates
    return mention


@pytest.mark.parametrize(("text", "start", "end"), STATED)
def test_a_stated_time_has_its_value_without_an_anchor(text: str, start: str | None, end: str | None) -> None:
    mention = only_date(text)
    assert (mention.value_start, mention.value_end) == (moment(start), moment(end))
    assert mention.anchor_local is None


@pytest.mark.parametrize(("text", "published", "start", "end"), ANCHORED)
def test_a_time_resolves_against_the_publication(text: str, published: str, start: str | None, end: str | None) -> None:
    mention = only_date(text, published)
    assert (mention.value_start, mention.value_end) == (moment(start), moment(end))


@pytest.mark.parametrize("text", [text for text, _, _, _ in ANCHORED])
def test_without_a_publication_nothing_anchored_has_a_value(text: str) -> None:
    assert only_date(text).value_start is None


@pytest.mark.parametrize(("text", "duration"), DURATIONS)
def test_an_amount_is_written_as_iso_8601(text: str, duration: str) -> None:
    assert only_date(text).duration == duration


def test_a_second_day_in_a_row_is_the_day_named_before_it_in_its_sentence() -> None:
    dates = annotate("التقى امس الثلاثاء نظيره لليوم الثاني على التوالي", published="2024-03-27").dates
    assert [d.value_start for d in dates] == [moment("2024-03-26")] * 2


def test_each_article_of_a_page_has_its_own_anchor_and_the_chrome_has_none() -> None:
    text = "أمس\nأمس\nأمس"
    rules = load_rules()
    page = read_page(text, rules.lexicon)
    segments = [Segment(0, 3, "body", 0), Segment(4, 7, "body", 1), Segment(8, 11, "navigation", None)]
    publications = [Publication(moment("2024-04-01"), grain="day"), Publication(moment("2024-10-01"), grain="day")]
    dates = resolve_dates(page, find_time_expressions(page, rules.time), segments, publications)
    assert [(d.article, d.value_start) for d in dates] == [
        (0, moment("2024-03-31")), (1, moment("2024-09-30")), (None, None),
    ]  # fmt: skip


def test_a_text_without_articles_is_anchored_by_the_publication_given_for_it() -> None:
    rules = load_rules()
    page = read_page("أمس", rules.lexicon)
    publications = [Publication(moment("2024-04-01"), grain="day")]
    (mention,) = resolve_dates(page, find_time_expressions(page, rules.time), [], publications)
    assert mention.value_start == moment("2024-03-31")


def test_what_is_said_in_a_quotation_is_anchored_on_the_speech_with_less_confidence() -> None:
    quoted, plain = annotate('قال "سنصل اليوم" ثم وصل اليوم', published=MONDAY).dates
    assert (quoted.anchor_kind, plain.anchor_kind) == ("speech", "publication")
    assert quoted.confidence < plain.confidence


def test_a_stated_zone_is_kept_beside_the_wall_time() -> None:
    mention = only_date("3 ديسمبر 2023 الساعة 21:01 بتوقيت غرينتش")
    assert (mention.value_start, mention.zone) == (moment("2023-12-03T21:01"), "+00:00")


def test_one_year_in_two_calendars_is_no_range() -> None:
    found = [(each.value_start, each.value_end) for each in annotate("عام 1445هـ - 2024م", published=MONDAY).dates]
    assert found == [(moment("2023-07-19"), moment("2024-07-07")), (moment("2024-01-01"), moment("2025-01-01"))]
