"""Articles drafted from segments: title, subtitle, body, language."""

from __future__ import annotations

import pytest

from flows.transform.articles import draft_articles, language_of
from flows.transform.page import read_page
from flows.transform.rules import load_rules
from flows.transform.segments import split_segments
from flows.values import Article

RULES = load_rules()
TITLE = "السيسي يرفض الحرب على قطاع غزة"
BODY = "قال الرئيس المصري عبد الفتاح السيسي اليوم إن بلاده ترفض الحرب على قطاع غزة."
MORE = "وأضاف السيسي أن مصر تواصل العمل من أجل وقف إطلاق النار وإدخال المساعدات."
OTHER = "الأمم المتحدة تحذر من مجاعة في السودان"
OTHER_BODY = "حذرت الأمم المتحدة اليوم الأحد من مجاعة وشيكة في السودان بسبب الحرب."
OTHER_MORE = "وقالت المنظمة إن ملايين السودانيين بحاجة عاجلة إلى الغذاء والدواء."


def drafts(text: str) -> tuple[Article, ...]:
    page = read_page(text, RULES.lexicon)
    return draft_articles(page, split_segments(page, RULES.segment_cues))


def test_a_title_is_the_headline_with_its_span() -> None:
    text = f"بحث\n\n{TITLE}\n\n{BODY}\n{MORE}"
    (article,) = drafts(text)
    assert article.title == TITLE
    assert text[article.title_start : article.title_end] == TITLE
    assert not article.is_embedded


@pytest.mark.parametrize("tail", [" | الجزيرة نت", " - رويترز", " | اقتصاد | الجزيرة نت"])
def test_a_title_is_without_the_name_of_its_site(tail: str) -> None:
    (article,) = drafts(f"{TITLE}{tail}\n{BODY}\n{MORE}")
    assert article.title == TITLE


def test_a_dump_without_headline_has_no_title() -> None:
    (article,) = drafts(f"القاهرة – {BODY}\n\n{MORE}")
    assert (article.title, article.title_start, article.title_end) == (None, None, None)


def test_a_body_is_the_body_segments_in_lines_and_nothing_else() -> None:
    (article,) = drafts(f"{TITLE}\nالقاهرة (رويترز) - {BODY}\nصورة: مصافحة الرئيسين\n{MORE}\nالمصدر: رويترز\nوسوم: غزة")
    assert article.body == f"{BODY}\n{MORE}"


def test_a_heading_between_paragraphs_is_no_subtitle_of_the_article() -> None:
    (article,) = drafts(f"{TITLE}\n{BODY}\nموقف ثابت\n{MORE}")
    assert (article.subtitle, article.body) == (None, f"{BODY}\n{MORE}")


def test_a_title_with_its_own_stamp_below_a_text_begins_another_article() -> None:
    first, second = drafts(f"{TITLE}\n12 مارس 2024\n{BODY}\n{MORE}\n{OTHER}\n13 مارس 2024\n{OTHER_BODY}")
    assert (first.title, first.body) == (TITLE, f"{BODY}\n{MORE}")
    assert (second.title, second.body) == (OTHER, OTHER_BODY)


def test_an_article_in_the_place_of_a_link_is_embedded_and_keeps_its_own_text() -> None:
    first, second = drafts(f"{TITLE}\n{BODY}\n{MORE}\nالمصدر: الجزيرة\nإقرأ أيضاً:\n{OTHER}\n{OTHER_BODY}\n{OTHER_MORE}")
    assert (first.ordinal, first.title, first.body, first.is_embedded) == (0, TITLE, f"{BODY}\n{MORE}", False)
    assert (second.ordinal, second.title, second.is_embedded) == (1, OTHER, True)
    assert second.body == f"{OTHER_BODY}\n{OTHER_MORE}"


@pytest.mark.parametrize("text", ["", "\n \n", "الرئيسية\nبحث\nاتصل بنا"])
def test_a_page_without_article_text_has_no_article(text: str) -> None:
    assert drafts(text) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        # plain Arabic
        ("أعلن البيت الأبيض أمس", "ar"),
        # Arabic with a Latin credit
        ("أعلن البيت الأبيض أن الاجتماع تأجل (AP/Carolyn Kaster)", "ar"),
        # English
        ("The White House said", None),
        # Persian, by letters Arabic has not
        ("گزارش خبرگزاری درباره پرونده چهار شهر", None),
        # no letters at all
        ("12:30", None),
    ],
)
def test_a_language_is_told_by_its_letters(text: str, language: str | None) -> None:
    assert language_of(text) == language
