"""The parts of a page: each case is a page and the kind and article of every line of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.transform.page import read_page
from flows.transform.rules import load_rules
from flows.transform.segments import split_segments
from flows.values import Segment

RULES = load_rules()
BODY = "قال الرئيس المصري عبد الفتاح السيسي اليوم إن بلاده ترفض الحرب على قطاع غزة."
MORE = "وأضاف السيسي أن مصر تواصل العمل من أجل وقف إطلاق النار وإدخال المساعدات."
LAST = "وتستمر الحرب على القطاع منذ أشهر بلا أفق واضح للحل حتى الآن."
TITLE = "السيسي يرفض الحرب على قطاع غزة"
OTHER = "الأمم المتحدة تحذر من مجاعة في السودان"
OIL = "النفط يرتفع بعد قرار أوبك خفض الإنتاج"
OTHER_BODY = "حذرت الأمم المتحدة اليوم الأحد من مجاعة وشيكة في السودان بسبب الحرب."
OTHER_MORE = "وقالت المنظمة إن ملايين السودانيين بحاجة عاجلة إلى الغذاء والدواء."


def parts(text: str) -> list[tuple[str, int | None, str]]:
    """Kind, article and surface of each segment."""
    found = split_segments(read_page(text, RULES.lexicon), RULES.segment_cues)
    return [(segment.kind, segment.article, text[segment.start : segment.end]) for segment in found]


def kinds(*lines: str) -> list[str]:
    return [kind for kind, _, _ in parts("\n".join(lines))]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # a title and its text
        ([TITLE, BODY, MORE], "headline body body"),
        # a dump without a headline
        ([BODY, MORE], "body body"),
        # a menu, one word a line, above the headline
        (["الرئيسية", "أخبار", "رياضة", TITLE, BODY, MORE], "navigation navigation navigation headline body body"),
        # a menu in one line, parted by marks
        (["الرئيسية » أخبار » مصر والعالم", TITLE, BODY, MORE], "navigation headline body body"),
        # a way to the page, parted by slashes, with and without a page that every site has
        (["الرئيسية / السودان / أخبار", TITLE, BODY, MORE], "navigation headline body body"),
        (["اقتصاد / طاقة / نفط وغاز", TITLE, BODY, MORE], "navigation headline body body"),
        (["الرئيسية - اقتصاد - طاقة", TITLE, BODY, MORE], "navigation headline body body"),
        # sections one after the other
        (["الرئيسية سياسة اقتصاد مجتمع رياضة فن وثقافة", TITLE, BODY, MORE], "navigation headline body body"),
        # breaking news above the headline
        (["عاجل: متابعة مستمرة لتطورات الأوضاع في السودان", TITLE, BODY, MORE], "boilerplate headline body body"),
        # the outlet and its agency below the headline, and an own report
        ([TITLE, "خاص - العربي الجديد", BODY, MORE], "headline byline body body"),
        ([TITLE, "هسبريس – و.م.ع", BODY, MORE], "headline attribution body body"),
        # a place and a short name in brackets, a writer behind an outlet
        ([TITLE, "القاهرة (الوادي)", BODY, MORE], "headline dateline body body"),
        ([TITLE, "صدى24 - محمد أحمد", BODY, MORE], "headline byline body body"),
        # tags between bars right below the text; what the site says of itself goes on
        ([TITLE, BODY, MORE, "مصر | غزة | السيسي | حوار"], "headline body body keywords"),
        ([TITLE, BODY, MORE, "جميع الحقوق محفوظة", "بوابة كذا للأخبار"], "headline body body boilerplate boilerplate"),
        # agencies behind the letters of who edited them
        ([TITLE, BODY, MORE, "ع.ح/ و.ب (د ب أ، رويترز)"], "headline body body attribution"),
        # headings between paragraphs, one of them a question, one above a list
        ([TITLE, BODY, MORE, "كيف بدأت الحرب؟", BODY, LAST], "headline body body subtitle body body"),
        ([TITLE, BODY, MORE, "أبرز المحطات", "• مايو: بدء المحادثات في جنيف", "• يونيو: توقف المحادثات", LAST],
         "headline body body subtitle body body body"),
        # a banner that counts days, then a search field
        (["حرب في المدينة - اليوم 397", "بحث", TITLE, BODY], "boilerplate navigation headline body"),
        # share buttons between headline and text are no border of the menu
        ([TITLE, "شارك", "فيسبوك", "واتساب", BODY], "headline navigation navigation navigation body"),
        # a full stamp below the headline
        ([TITLE, "الأحد 3 ديسمبر 2023 09:01 م", BODY], "headline dateline body"),
        # a stamp above the headline
        (["الخميس 18 ديسمبر 2014 / 15:24", TITLE, BODY], "dateline headline body"),
        # a labelled stamp
        ([TITLE, "آخر تحديث: 12 مارس 2024 - 10:15", BODY], "headline dateline body"),
        # a writer
        ([TITLE, "كتب: أحمد محمد", BODY], "headline byline body"),
        # the title again with the name of the site
        ([f"{TITLE} - بوابة كذا", TITLE, BODY], "boilerplate headline body"),
        # a summary under the headline
        ([TITLE, "الرئيس المصري يبحث مع نظيره الفرنسي سبل وقف الحرب وإدخال المساعدات", BODY, MORE],
         "headline subtitle body body"),
        # one caption printed twice
        ([TITLE, "مصافحة الرئيسين في قصر الاتحادية بعد القمة", "مصافحة الرئيسين في قصر الاتحادية بعد القمة", BODY],
         "headline caption caption body"),
        # a photo credit in brackets
        ([TITLE, BODY, "نازحون في رفح، 24 مارس 2024. (AP Photo/Fatima Shbair)", MORE], "headline body caption body"),
        # tags under a label of their own, one a line
        ([TITLE, BODY, MORE, "الكلمات المفتاحية", "غزة", "مصر"], "headline body body keywords keywords keywords"),
        # tags behind a label
        ([TITLE, BODY, MORE, "وسوم: غزة، مصر"], "headline body body keywords"),
        # hashtags
        ([TITLE, BODY, MORE, "#غزة #مصر"], "headline body body keywords"),
        # a section's label, then a block of tags
        ([TITLE, "", "شؤون عربية", "", "غزة", "غزة", "", BODY], "headline boilerplate keywords keywords body"),
        # a credit line
        ([TITLE, BODY, MORE, "المصدر: الجزيرة + وكالات"], "headline body body attribution"),
        # a link in mid-article on the label's own line
        ([TITLE, BODY, f"اقرأ أيضا: {OTHER}", MORE], "headline body boilerplate related body"),
        # a link in mid-article under its label, then the article goes on
        ([TITLE, BODY, "اقرأ أيضا", OTHER, MORE, LAST], "headline body boilerplate related body body"),
        # links with bullets at the foot
        ([TITLE, BODY, MORE, "مقالات مشابهة", f"• {OTHER}", "• خبر آخر عن مصر"],
         "headline body body boilerplate related related"),
        # links at the foot that nobody labelled
        ([TITLE, BODY, MORE, OTHER, "النفط يرتفع بعد قرار أوبك خفض الإنتاج", "ليفربول يفوز على تشيلسي بهدفين"],
         "headline body body related related related"),
        # the paper's rights
        ([TITLE, BODY, MORE, "جميع الحقوق محفوظة © 2024"], "headline body body boilerplate"),
        # a distributor's words after the article's end
        ([TITLE, BODY, MORE, LAST, "كلمات دلالية: غزة", "يوفر الموقع خدمات إخبارية للشركات في دول كثيرة حول العالم."],
         "headline body body body keywords boilerplate"),
        # comments
        ([TITLE, BODY, "اترك تعليقاً", "لن يتم نشر عنوان بريدك الإلكتروني."], "headline body boilerplate boilerplate"),
        # entries of a live blog
        ([TITLE, BODY, "12:30", MORE, "11:45", LAST], "headline body dateline body dateline body"),
        # entries of a live blog above the text, on a page without a stamp
        ([TITLE, "11:40", OTHER, "10:30", OIL, BODY, MORE], "headline dateline body dateline body body body"),
        # menu, headline, stamp, caption: the line above the stamp is the headline
        (["الرئيسية | أخبار | رياضة", "مباشر.. تحذيرات من اتساع الحرب في القطاع", "12 مارس 2024 - 10:30",
          "الرئيس السيسي في قصر الاتحادية، 3 مارس 2024. © أ ف ب", BODY, MORE],
         "navigation headline dateline caption body body"),
        # an agency behind the last dash of a line below the headline
        ([TITLE, "12 مارس 2024", "الرئيس السيسي في القاهرة - رويترز", BODY, MORE],
         "headline dateline caption body body"),
        # a site's own notice of rights is no caption
        ([TITLE, BODY, MORE, "© 2024 رويترز"], "headline body body boilerplate"),
        # writers after a preposition
        ([TITLE, "من يوسف حداد وسارة مراد", BODY, MORE], "headline byline body body"),
        # a heading in the text
        ([TITLE, BODY, "موقف ثابت", MORE], "headline body subtitle body"),
        # counters of readers
        ([TITLE, "1,245 مشاهدة", BODY], "headline boilerplate body"),
        # tags behind a label without a colon
        ([TITLE, BODY, MORE, "مواضيع السودان أخبار السودان حرب السودان"], "headline body body keywords"),
        # tags above the label of a list of links
        ([TITLE, BODY, MORE, "غزة", "مصر", "موضوعات متعلقة", OTHER],
         "headline body body keywords keywords boilerplate related"),
        # what readers say
        ([TITLE, BODY, MORE, "التعليقات (3)", "كلام جميل جدا ونحن معكم دائما في هذا الرأي."],
         "headline body body boilerplate boilerplate"),
        # tags below links with bullets
        ([TITLE, BODY, MORE, "مواضيع متعلقة", f"* {OTHER}", f"* {OIL}", "غزة", "مصر"],
         "headline body body boilerplate related related keywords keywords"),
        # links with stamps that nobody labelled
        ([TITLE, BODY, MORE, OTHER, "13 مارس 2024", OIL, "12 مارس 2024"],
         "headline body body related related related related"),
        # a link with its stamp and one paragraph
        ([TITLE, BODY, MORE, "اقرأ أيضا", OTHER, "13 مارس 2024", OTHER_BODY],
         "headline body body boilerplate related related related"),
    ],
)  # fmt: skip
def test_each_line_has_its_kind(lines: list[str], expected: str) -> None:
    assert kinds(*lines) == expected.split()


@pytest.mark.parametrize(
    "stamp",
    [
        # a day, then when it was changed
        "24.01.2024 - محدث : 25.01.2024",
        "24 يناير 2024 - تم تحديثه: 25 يناير 2024",
        "24 يناير 2024 آخر تحديث : 25 يناير 2024 | 09:30",
        "نشرت في: 03/04/2024 - 06:50 آخر تحديث: 03/04/2024 - 11:42",
        # the change alone
        "محدث : 25.01.2024",
        # labels without a colon
        "صدر في 12 مارس 2024",
        "نشر الثلاثاء 12 مارس 2024",
        # two calendars
        "الثلاثاء 2 رمضان 1445 هـ - 12 مارس 2024 م",
        # a zone
        "تاريخ النشر: 2024/03/12 - 10:30 (توقيت القدس)",
        # a distance
        "تم النشر: منذ 3 ساعات",
        # a place
        "بيروت - الثلاثاء 12 مارس 2024",
    ],
)
def test_a_stamp_in_any_form_is_a_dateline(stamp: str) -> None:
    assert kinds(TITLE, stamp, BODY, MORE) == ["headline", "dateline", "body", "body"]


@pytest.mark.parametrize(
    "title",
    [
        # labels of credits
        "مصادر: الشركة تبحث مع بنوك دولية طرح أسهم جديدة",
        "مصدر: مقتل خمسة جنود في غزة",
        # labels of writers
        "تقرير: إسرائيل تخطط لاجتياح رفح قريبا",
        "مراسل الإذاعة: الجيش يتقدم في غزة",
        "تقرير: ميتا تستعد لتسريح آلاف الموظفين",
        # a label of stamps
        "تحديث: ارتفاع حصيلة القتلى في غزة إلى 10",
        # labels of photographs, films and links
        "صور | السيسي يرفض الحرب على غزة",
        "فيديو | السيسي يرفض الحرب على غزة",
        "بالفيديو.. السيسي يرفض الحرب على غزة",
    ],
)
def test_a_headline_may_begin_with_the_words_of_a_label(title: str) -> None:
    assert kinds(title, "12 مارس 2024", BODY, MORE) == ["headline", "dateline", "body", "body"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        # a title and a stamp
        ([OTHER, "13 مارس 2024 - 10:30"], "headline dateline"),
        # a writer between the two
        ([OTHER, "كتب: أحمد محمد", "13 مارس 2024"], "headline byline dateline"),
        # a summary between the two
        ([OTHER, "ملايين الناس بحاجة عاجلة إلى الغذاء", "13 مارس 2024"], "headline subtitle dateline"),
        # the stamp above the title, as on the first article
        (["13 مارس 2024", OTHER], "dateline headline"),
        # a caption below the stamp
        ([OTHER, "13 مارس 2024", "نازحون في مخيم (رويترز)"], "headline dateline caption"),
    ],
)
def test_a_title_with_its_own_stamp_opens_an_article(head: list[str], expected: str) -> None:
    found = parts("\n".join([TITLE, "12 مارس 2024", BODY, MORE, *head, OTHER_BODY, OTHER_MORE]))
    assert [article for _, article, _ in found] == [0] * 4 + [1] * (len(head) + 2)
    assert [kind for kind, _, _ in found[4:]] == [*expected.split(), "body", "body"]


def test_a_title_above_a_lead_with_place_and_agency_opens_an_article() -> None:
    found = parts("\n".join([TITLE, BODY, MORE, OTHER, f"الخرطوم (رويترز) - {OTHER_BODY}", OTHER_MORE]))
    assert [(kind, article) for kind, article, _ in found[3:]] == [
        ("headline", 1), ("dateline", 1), ("body", 1), ("body", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        # place and agency
        ("القاهرة (رويترز) - قالت وزارة الخارجية إن الوفود وصلت إلى العاصمة.", "القاهرة (رويترز) -"),
        # two agencies in a chain, no-break space between
        ("(SeaPRwire) –   واشنطن (وكالة الأنباء الأمريكية) – كان مسؤولون يجرون محادثات.",
         "(SeaPRwire) –   واشنطن (وكالة الأنباء الأمريكية) –"),
        # a place alone
        ("الولايات المتحدة – انطلقت في واشنطن أمس مباحثات بين وزيري الدفاع.", "الولايات المتحدة –"),
        # a place nobody listed
        ("وادي الزهور - انطلقت أمس مباحثات بين وزيري الدفاع.", "وادي الزهور -"),
        # an agency nobody listed before the place
        ("محلية - بيروت - استقبل رئيس الحكومة اليوم المنسقة الخاصة للأمم المتحدة.", "محلية - بيروت -"),
        # a day in numbers, an agency that touches its dash
        ("القاهرة 12-3-2024 وفا- قالت وزارة الخارجية إن الوفود وصلت إلى العاصمة.", "القاهرة 12-3-2024 وفا-"),
        # agencies nobody names
        ("دمشق - وكالات: توعد المرشد الإيراني إسرائيل بالعقاب على الضربة.", "دمشق - وكالات:"),
        # a place and an agency nobody listed, each with its dash
        ("القدس- محلية- انطلقت أمس مباحثات بين وزيري الدفاع في المدينة.", "القدس- محلية-"),
        # a day of a place, an agency between slashes
        ("الرباط في 3 مايو / وفا / انطلقت أمس مباحثات بين وزيري الدفاع في المدينة.", "الرباط في 3 مايو / وفا /"),
        # a day between place and agency
        ("مانيلا، 3 ديسمبر (رويترز) - أدان الرئيس تفجيرا وقع يوم الأحد.", "مانيلا، 3 ديسمبر (رويترز) -"),
    ],
)  # fmt: skip
def test_a_dateline_is_parted_from_its_paragraph(paragraph: str, dateline: str) -> None:
    first, second = parts(paragraph + "\n" + MORE)[:2]
    assert first == ("dateline", 0, dateline)
    assert second == ("body", 0, paragraph[len(dateline) :].strip())


@pytest.mark.parametrize(
    "paragraph",
    [
        # an aside between dashes
        "وأكد غالانت -عقب محادثاته في واشنطن- أن الحرب لن تتوقف قريبا.",
        # an aside between spaced dashes
        "سوليفان - مستشار الأمن القومي - قال إن المحادثات مستمرة اليوم.",
        # a score
        "فاز الأهلي 2 - 1 على الزمالك في مباراة القمة مساء اليوم.",
    ],
)  # fmt: skip
def test_a_dash_in_a_sentence_makes_no_dateline(paragraph: str) -> None:
    assert kinds(paragraph, MORE) == ["body", "body"]


def test_an_article_after_the_end_of_another_has_its_own_ordinal() -> None:
    page = [TITLE, BODY, MORE, "المصدر: الجزيرة", "كلمات دلالية: غزة", "إقرأ أيضاً:", OTHER, OTHER_BODY, OTHER_MORE,
            "مقالات مشابهة", f"• {OTHER}"]  # fmt: skip
    assert [(kind, article) for kind, article, _ in parts("\n\n".join(page))] == [
        ("headline", 0), ("body", 0), ("body", 0), ("attribution", 0), ("keywords", 0), ("boilerplate", None),
        ("headline", 1), ("body", 1), ("body", 1), ("boilerplate", None), ("related", None),
    ]  # fmt: skip


def test_a_draft_joined_inside_a_word_is_cut_where_it_begins_again() -> None:
    lead = "أعلن البيت الأبيض أن المستشار ساليفان أجرى محادثات مع الوزير ديرمر في واشنطن."
    joined = "وأدت الحرب إلى تع" + lead
    found = parts(f"{lead}\n{MORE}\n{joined}")
    assert [surface for _, _, surface in found] == [lead, MORE, "وأدت الحرب إلى تع", lead]


@pytest.mark.parametrize(
    "phrase", ["أمس الاثنين", "3 ديسمبر 2023", "غزة", "في الآونة الأخيرة", "09:30", "من السادسة للسابعة"]
)
def test_a_bare_phrase_is_an_article_of_its_own(phrase: str) -> None:
    assert parts(phrase) == [("body", 0, phrase)]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200f\n"])
def test_blank_text_has_no_body(text: str) -> None:
    assert not [kind for kind, _, _ in parts(text) if kind == "body"]


@given(
    st.lists(st.sampled_from(["", "غزة", TITLE, BODY, MORE, "المصدر", "اقرأ أيضا", "12:30", "\t(", '"', "• x", "1"]))
)
@settings(max_examples=200, deadline=None)
def test_segments_are_sorted_apart_trimmed_and_cover_every_visible_character(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = split_segments(read_page(text, RULES.lexicon), RULES.segment_cues)
    assert_covers(text, found)


@given(st.text(alphabet='اب \n\r\t.:-/()"«»•#12\u200f\u00a0\u0640\u064b\ufefb@A'))
@settings(max_examples=300, deadline=None)
def test_any_text_is_covered(text: str) -> None:
    found = split_segments(read_page(text, RULES.lexicon), RULES.segment_cues)
    assert_covers(text, found)


def assert_covers(text: str, found: tuple[Segment, ...]) -> None:
    covered: list[int] = []
    for segment in found:
        surface = text[segment.start : segment.end]
        assert surface
        assert surface == surface.strip()
        assert not covered or segment.start > covered[-1]
        covered.extend(range(segment.start, segment.end))
    visible = [index for index, char in enumerate(text) if not char.isspace()]
    assert set(visible) <= set(covered)


@pytest.mark.parametrize(
    "unit",
    [f"{BODY}\n", "غزة\n", "اقرأ أيضا\n", f"كلمات دلالية: غزة\n{BODY}\n", f"{OTHER}\n", "واشنطن - ", "( ", "المصدر: ",
     f"{OTHER}\n12 مارس 2024\n", "12 مارس 2024\n", f"اقرأ أيضا\n{OTHER}\n12 مارس 2024\n{BODY}\n", "غزة | مصر | "],
)  # fmt: skip
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        page = read_page((unit * (length // len(unit) + 1))[:length], RULES.lexicon)
        begin = time.process_time()
        split_segments(page, RULES.segment_cues)
        return time.process_time() - begin

    seconds(1_000)
    small = min(seconds(10_000) for _ in range(3))
    assert min(seconds(100_000) for _ in range(2)) < 40 * small + 0.05
