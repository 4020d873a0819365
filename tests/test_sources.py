"""The sources of an article: each case is a text and the roles found in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.transform import annotate_text
from flows.transform.rules import load_rules

RULES = load_rules()
REST = "\nوتستمر الحرب على القطاع منذ أشهر بلا أفق واضح للحل حتى الآن.\n"


def roles(text: str) -> list[tuple[str, str]]:
    """Role and surface of each source, in text order."""
    found = annotate_text(text, RULES).sources
    return [(source.role, text[source.start : source.end]) for source in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # an outlet and the official it quotes
        ("ونقلت صحيفة نيويورك تايمز عن مسؤولين أميركيين أن واشنطن تتخوف من التصعيد.",
         [("cited", "نيويورك تايمز"), ("anonymous", "مسؤولين أميركيين")]),
        # an outlet in marks
        ('وأفاد موقع "واللا" العبري بأن الجيش يستعد لعملية برية واسعة.', [("cited", "واللا")]),
        # an outlet nobody listed, in marks
        ('وذكرت صحيفة "أخبار الوادي البعيد" أن الطريق مغلق منذ الصباح.', [("cited", "أخبار الوادي البعيد")]),
        # according to an outlet, after its verb
        ("وقال الوزير إن الطريق آمن، وفق ما نقلت إذاعة الجيش الإسرائيلي عنه.", [("cited", "إذاعة الجيش الإسرائيلي")]),
        # told to an agency
        ("وقال شاهد عيان لوكالة رويترز إن الطائرات قصفت المنزل.", [("anonymous", "شاهد عيان"), ("cited", "رويترز")]),
        # told to a newspaper with a common word for a name
        ("قالت مصادر مطلعة لـ«الشرق الأوسط» إن الوفد وصل إلى القاهرة أمس.",
         [("anonymous", "مصادر مطلعة"), ("cited", "الشرق الأوسط")]),
        # the same words as a region are no newspaper
        ("وقال الرئيس إن السلام في الشرق الأوسط بعيد المنال هذه الأيام.", []),
        # a name withheld, the whole clause
        ("وأكد مصدر إسرائيلي تحدث شريطة عدم الكشف عن هويته أن الاجتماع سيعقد قريبا.",
         [("anonymous", "مصدر إسرائيلي تحدث شريطة عدم الكشف عن هويته")]),
        # a name withheld after a comma and a relative
        ("وأفاد مسؤول في البيت الأبيض، الذي طلب عدم ذكر اسمه، أن المحادثات مستمرة.",
         [("anonymous", "مسؤول في البيت الأبيض، الذي طلب عدم ذكر اسمه")]),
        # after a cue with fused ل
        ("ووفقا لمسؤول ثان في البيت الأبيض، تناول الاجتماع خطط اليوم التالي.",
         [("anonymous", "مسؤول ثان في البيت الأبيض")]),
        # an office with its other name in brackets
        ("ونقلت واشنطن بوست عن مسؤول في وزارة الدفاع الأميركية (البنتاغون) أن القوات مستعدة.",
         [("cited", "واشنطن بوست"), ("anonymous", "مسؤول في وزارة الدفاع الأميركية (البنتاغون)")]),
        # officials who take part are no source
        ("صرح البيت الأبيض أن مسؤولين بارزين من البلدين يعتزمون عقد اجتماع قريب.", [("official", "البيت الأبيض")]),
        # an official with a name is no unnamed source
        ("وقال المسؤول الأميركي جون كيربي إن المحادثات مستمرة حتى الآن.", []),
        # a spokeswoman by name
        ("وقالت المتحدثة باسم البيت الأبيض كارين جان بيير إن المحادثات مستمرة.", [("official", "كارين جان بيير")]),
        # a spokesman without a name
        ("وقال متحدث باسم الجيش الإسرائيلي إن العملية انتهت اليوم.", [("official", "متحدث باسم الجيش الإسرائيلي")]),
        # a written statement
        ("وفي بيان صادر عن وزارة الخارجية الأمريكية، جاء أن الوزير دعا إلى ضبط النفس.",
         [("official", "وزارة الخارجية الأمريكية")]),
        # a person whose words are a statement
        ("وندد الأمين العام للأمم المتحدة أنطونيو غوتيريش بالهجوم في بيان له.", [("official", "أنطونيو غوتيريش")]),
        # part of an institution
        ("أعلن المكتب الإعلامي في البيت الأبيض أن المستشار أجرى محادثات في واشنطن.",
         [("official", "المكتب الإعلامي في البيت الأبيض")]),
        # a state speaks for itself
        ("وأعلنت إسرائيل مساء اليوم أن إيران أطلقت عليها نحو 250 صاروخا.", []),
        # a minister speaks for himself
        ("قال وزير المالية الإسرائيلي بتسلئيل سموتريتش إن العلاقة وثيقة بين البلدين.", []),
        # figures of an organisation that is named
        ("وتحتاج البلاد إلى قروض جديدة هذا العام، بحسب تقديرات صندوق النقد الدولي.",
         [("official", "صندوق النقد الدولي")]),
        # figures of nobody
        ("وارتفعت الأسعار هذا العام كثيرا، وفق بيانات نشرت أمس.", [("anonymous", "بيانات")]),
        # an adjective between a statement and whose it is
        ("وقتل عشرة أشخاص في الغارة، وفق بيان سابق للبيت الأبيض.", [("official", "للبيت الأبيض")]),
        # a statement by its Maghrebi name; a report to the police is none
        ("وقتل عشرة أشخاص في الحادث، وفق بلاغ لوزارة الداخلية.", [("official", "وزارة الداخلية")]),
        ("وعثر على الجثة أمس عقب بلاغ من وزارة الداخلية.", []),
        # who calls for something says so in writing only
        ("ودعت وزارة الداخلية السكان إلى الهدوء.", []),
        ("ودعت وزارة الداخلية في بيان لها السكان إلى الهدوء.", [("official", "وزارة الداخلية")]),
        # whom somebody talked to
        ("وقال عاملون في المطار تحدثوا إلى رويترز إن الرحلات توقفت.", [("cited", "رويترز")]),
        # a name in marks behind its head
        ("وبلغ عدد النازحين مليون شخص، بحسب منظمة «اليونيسف».", [("official", "اليونيسف")]),
        # the office of somebody
        ("وذكر المكتب الإعلامي لرئيس الوزراء في بيان أن الاجتماع تأجل.",
         [("official", "المكتب الإعلامي لرئيس الوزراء")]),
        # a deputy of a spokesman
        ("قالت نائبة المتحدث باسم البيت الأبيض كارين جان بيير إن المحادثات مستمرة.", [("official", "كارين جان بيير")]),
        # a spokesman for a name in marks
        ("قال المتحدث الرسمي باسم «حماس» سامي أبو زهري إن الوفد وصل إلى القاهرة.", [("official", "سامي أبو زهري")]),
        # an organisation somebody speaks to, or that something belongs to
        ("وأكد الوزير لوزارة الخارجية الأمريكية أن بلاده ترفض القرار.", []),
        # an outlet nobody listed, in marks, that quotes somebody
        ("وأفادت «أخبار الوادي» نقلا عن مسؤول أميركي بأن الوفد وصل.",
         [("cited", "أخبار الوادي"), ("anonymous", "مسؤول أميركي")]),
        # an outlet's reporter
        ("وقال مراسل الجزيرة إن القصف مستمر على المدينة.", [("cited", "الجزيرة")]),
        # an institution's statement
        ("واستقبل الرئيس الوفد أمس، حسب بيان لرئاسة الجمهورية.", [("official", "رئاسة الجمهورية")]),
        # circles nobody names
        ("ونقل التلفزيون عن أوساط سياسية أن الحكومة ستستقيل قريبا.", [("anonymous", "أوساط سياسية")]),
        # an outlet nobody listed that somebody spoke to, in marks
        ('وذكر مصدر أمني لـ"أخبار الوادي" بأن الطريق مغلق.', [("anonymous", "مصدر أمني"), ("cited", "أخبار الوادي")]),
        # in brackets behind its noun
        ("وأوضح السفير في تصريحات لوكالة (رويترز) أن الوفد وصل.", [("cited", "رويترز")]),
        # a few words nobody knows behind the noun for an outlet
        ("وذكر موقع أخبار الوادي أن الطريق مغلق.", [("cited", "أخبار الوادي")]),
        # a listed name of common words, told
        ('وقال الوزير التركي للأناضول: "عدنا أمس من المدينة وسنعود إليها".', [("cited", "للأناضول")]),
        # on the air
        ('وقال الوزير في مداخلة هاتفية مع الإعلامية على قناة "الحياة" إن الطريق آمن.', [("cited", "الحياة")]),
        # on a platform where anybody writes
        ('وقال الوزير على منصة "إكس" إن الطريق آمن.', []),
        # an outlet and its own name in marks
        ("وفق ما نشرته وكالة الأنباء السورية 'سانا'.", [("cited", "وكالة الأنباء السورية 'سانا'")]),
        # outlets joined
        ("نقلا عن رويترز وبلومبرغ أن الأسعار ارتفعت.", [("cited", "رويترز"), ("cited", "بلومبرغ")]),
        # outlets nobody names
        ("وأفادت وسائل إعلام بأن الطريق مغلق.", [("cited", "وسائل إعلام")]),
        ("ودعا الوزير وسائل الإعلام إلى تحري الدقة.", []),
        # nothing in the marks
        ("وقالت صحيفة ( ) إن الطريق مغلق.", []),
        # publishing is no verb
        ("وقال الوزير إنه يدين نشر وسائل إعلام عربية صورا للجرحى.", []),
        # some of them
        ("وتحدثت بعض المصادر العسكرية عن خسائر كبيرة.", [("anonymous", "المصادر العسكرية")]),
        # what somebody does is not what somebody says
        ("ونفى الوزير قيام مسؤول أميركي بزيارة المدينة.", []),
        # a phrase between كان with its subject and the verb
        ("وكانت مصادر في أوبك وقطاع النفط أبلغت رويترز أن الإنتاج سيرتفع.",
         [("anonymous", "مصادر في أوبك"), ("cited", "رويترز")]),
        # an indefinite minister, and one by his office
        ("وقال وزير إسرائيلي إن الاجتماع تأجل.", [("anonymous", "وزير إسرائيلي")]),
        ("وقال قائد الجيش إن الاجتماع تأجل.", []),
        # circles, information
        ("ووفق المعلومات المتوفرة فإن السائق هرب.", [("anonymous", "المعلومات")]),
        # who issues a statement
        ("وأصدر المتحدث باسم البيت الأبيض، جون كيربي، اليوم بيانا.", [("official", "جون كيربي")]),
        # the figures of an institution, the latest ones
        ("ووفقا لأحدث بيانات وزارة الصحة ارتفع عدد الضحايا.", [("official", "وزارة الصحة")]),
        # its statement without a preposition
        ("وقتل عشرة أشخاص، بحسب بيان وزارة الداخلية.", [("official", "وزارة الداخلية")]),
        # an institution whose words an outlet passes on
        ("ونقلت رويترز عن وزارة الصحة أن الوضع خطير.", [("cited", "رويترز"), ("official", "وزارة الصحة")]),
        # institutions nobody listed
        ("وقالت لجان التنسيق المحلية إن القصف مستمر.", [("official", "لجان التنسيق المحلية")]),
        ("وقالت قيادة الفرقة السادسة إن القصف مستمر.", [("official", "قيادة الفرقة السادسة")]),
        # its verb behind it
        ("وكانت وزارة الصحة قد أعلنت أن الوضع خطير.", [("official", "وزارة الصحة")]),
        # its words behind a relative, whatever the verb
        ("وامتلأت السدود هذا العام، وفق ما أعلنه مرصد الوادي الوطني.", [("official", "مرصد الوادي الوطني")]),
        # what came out
        ("وصدر عن وزارة الداخلية بيان حول الحادث.", [("official", "وزارة الداخلية")]),
        # its forecast, its findings, its memorandum
        ("توقع المركز الوطني للأرصاد هطول أمطار غزيرة.", [("official", "المركز الوطني للأرصاد")]),
        ("وكشفت تحريات وزارة الداخلية أن السائق هرب.", [("official", "وزارة الداخلية")]),
        ("وبحسب مذكرة إخبارية لوزارة الصحة ارتفع عدد الإصابات.", [("official", "وزارة الصحة")]),
        # who does not answer is no source
        ("ولم يرد متحدث باسم الجيش الإسرائيلي على طلب للتعليق.", []),
        # some of the people of a place
        ("وذكر ثلاثة من سكان القرية أن القصف استمر.", [("anonymous", "ثلاثة من سكان القرية")]),
        ("وقتل عشرة أشخاص، وفقا لاثنين من سكان المدينة.", [("anonymous", "اثنين من سكان المدينة")]),
        # what an outlet learnt from somebody
        ('ووفق ما علمت "العربي الجديد" من مصادر مطلعة فإن الوفد وصل.',
         [("cited", "العربي الجديد"), ("anonymous", "مصادر مطلعة")]),
        # an organisation that begins with a noun for people
        ("وحذرت أطباء بلا حدود من تفشي الكوليرا في المخيمات.", [("official", "أطباء بلا حدود")]),
        # a name nobody listed to which somebody talked
        ('وقال الوزير في حديث إلى "أخبار الوادي" إن الطريق آمن.', [("cited", "أخبار الوادي")]),
        # the press is no outlet that is told
        ("وصرح الوزير للصحافة أن الطريق آمن.", []),
        # an agency that is no news agency
        ("وذكرت وكالة مكافحة الكوارث أن عدد القتلى عشرة.", [("official", "وكالة مكافحة الكوارث")]),
        # according to one without a name
        ("وسقطت طائرة أمس فوق المدينة ليلا، بحسب الجيش.", [("official", "الجيش")]),
        # an institution asked by somebody is no source
        ("وطالب الرئيس الأميركي جو بايدن الحكومة الإسرائيلية بمزيد من الحذر.", []),
    ],
)  # fmt: skip
def test_a_sentence_has_its_sources(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert roles(sentence + REST) == expected


def test_a_newspaper_named_before_is_meant_by_its_noun() -> None:
    text = "ذكرت صحيفة نيويورك تايمز أن المحادثات مستمرة.\nوأضافت الصحيفة أن الوفد عاد أمس إلى واشنطن."
    first, second = annotate_text(text, RULES).sources
    assert (first.source_key, second.source_key) == ("new-york-times", "new-york-times")
    assert second.method == "anaphor"


def test_a_label_within_a_paragraph_names_the_origin() -> None:
    text = f'وصل الوفد إلى القاهرة صباح اليوم.{REST}وغادر الوفد مساء اليوم إلى الدوحة. المصدر: "رويترز" تابعوا الأخبار.'
    assert roles(text) == [("origin", "رويترز")]


def test_credit_lines_form_a_chain_whose_last_line_is_nearest() -> None:
    text = f"قال الرئيس إن الحرب ستستمر.{REST}المصدر : الجزيرة + وكالات\n\nالمصدر: صحيفة المرصد الليبية"
    found = annotate_text(text, RULES).sources
    assert [(source.role, text[source.start : source.end], source.hop) for source in found] == [
        ("origin", "الجزيرة", 2), ("origin", "وكالات", 2), ("origin", "صحيفة المرصد الليبية", 1),
    ]  # fmt: skip


def test_agencies_of_a_dateline_are_hops_in_their_order() -> None:
    text = f"(SeaPRwire) – واشنطن (وكالة الأنباء الأمريكية) – كان الوفد يجري محادثات افتراضية اليوم.{REST}"
    found = annotate_text(text, RULES).sources
    assert [(text[source.start : source.end], source.hop) for source in found] == [
        ("SeaPRwire", 1), ("وكالة الأنباء الأمريكية", 2),
    ]  # fmt: skip


def test_one_word_behind_the_place_of_a_dateline_is_its_agency() -> None:
    assert roles(f"القدس- محلية- وصل الوفد إلى المدينة صباح اليوم.{REST}") == [("origin", "محلية")]


def test_an_agency_in_brackets_at_the_foot_signs_the_article() -> None:
    text = f"وصل الوفد إلى القاهرة صباح اليوم.{REST}وغادر الوفد مساء اليوم إلى الدوحة. (رويترز)"
    assert roles(text) == [("origin", "رويترز")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # an outlet and agencies
        ("زمان الوصل - وكالات", ["زمان الوصل", "وكالات"]),
        # a noun for an outlet and its name
        ("تلفزيون الوادي", ["تلفزيون الوادي"]),
        # an agency called by its country
        ("الفرنسية", ["الفرنسية"]),
        # a name nobody listed, in brackets
        ("(الوادي)", ["الوادي"]),
        # a sentence
        ("وصل الوفد.", []),
    ],
)
def test_a_line_of_outlets_signs_the_article(line: str, expected: list[str]) -> None:
    text = f"وصل الوفد إلى القاهرة صباح اليوم.{REST}وغادر الوفد مساء اليوم إلى الدوحة.\n{line}"
    found = annotate_text(text, RULES).sources
    assert [text[source.start : source.end] for source in found if source.role == "origin"] == expected


def test_an_outlet_nobody_listed_is_known_when_it_comes_again() -> None:
    text = "أفاد موقع «الوادي» بأن الطريق مغلق.\nوبحسب «الوادي»، عاد الوفد أمس."
    assert roles(text) == [("cited", "الوادي"), ("cited", "الوادي")]


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        # rights, sign, year, name
        ("جميع الحقوق محفوظة © 2024 صحيفة الوادي", ["صحيفة الوادي"]),
        # the name first
        ("© 2024 بوابة الوادي. جميع الحقوق محفوظة", ["بوابة الوادي"]),
        # behind a preposition
        ("حقوق النشر محفوظة لموقع الوادي نيوز 2024", ["موقع الوادي نيوز"]),
        # a disclaimer
        ("إخلاء مسؤولية: إن موقع الوادي غير مسؤول عن محتوى الخبر.", ["موقع الوادي"]),
        # the official page of an agency
        ("الأخبار المنشورة على الصفحة الرسمية لوكالة الأناضول، هي اختصار لجزء من الأخبار.", ["وكالة الأناضول"]),
        # the name before its year, behind its sign, with words behind the notice
        ("شفق نيوز 2024 © جميع الحقوق محفوظة", ["شفق نيوز"]),
        ("© هسبريس 2024", ["هسبريس"]),
        ("© 2024 هسبريس. جميع الحقوق محفوظة. يمنع النقل دون ذكر المصدر", ["هسبريس"]),
        # who it belongs to
        ("جميع الحقوق محفوظة لدى صحيفة الوادي © 2024", ["صحيفة الوادي"]),
        # where to follow it
        ("تابعوا قناة شفق نيوز على تيليغرام", ["شفق نيوز"]),
        ("تابع قناة الوادي على واتساب", ["الوادي"]),
        ("اشترك بنشرة السومرية نيوز ليصلك آخر الأخبار", ["السومرية نيوز"]),
        # what it is, before or behind its name
        ("صحيفة الوادي الإلكترونية - الآراء المنشورة لا تعبر بالضرورة عن رأي الصحيفة", ["صحيفة الوادي الإلكترونية"]),
        ("اتصل بنا\nالوادي - يومية تونسية شاملة", ["الوادي"]),
        # a platform where anybody writes, and nobody
        ("تابعوا صفحتنا على\nTelegram", []),
        ("جميع الحقوق محفوظة © 2024", []),
    ],
)
def test_a_site_that_names_itself_is_the_publisher(notice: str, expected: list[str]) -> None:
    text = f"قصف عنيف على رفح\nقال شهود إن القصف استمر طوال الليل على المدينة.{REST}{notice}"
    found = annotate_text(text, RULES).sources
    assert [text[source.start : source.end] for source in found if source.role == "publisher"] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # an outlet that is no agency, beside one that is
        ("هسبريس - و.م.ع", [("publisher", "هسبريس"), ("origin", "و.م.ع")]),
        # behind a place
        ("الرباط - هسبريس", [("publisher", "هسبريس")]),
        # any other
        ("الرباط - شفق نيوز", [("origin", "شفق نيوز")]),
    ],
)
def test_the_page_own_outlet_in_a_credit_is_its_publisher(line: str, expected: list[tuple[str, str]]) -> None:
    text = f"قصف عنيف على رفح\n{line}\nقال شهود إن القصف استمر طوال الليل على المدينة.{REST}© 2024 هسبريس"
    found = [each for each in roles(text) if each[0] != "anonymous"]
    assert found == [*expected, ("publisher", "هسبريس")]


def test_an_agency_is_the_publisher_where_it_stands_first_and_signs_behind_a_place() -> None:
    body = "وصل الوفد إلى القاهرة صباح اليوم."
    assert roles(f"شفق نيوز/ {body}{REST}© شفق نيوز 2024")[0] == ("publisher", "شفق نيوز")
    assert roles(f"بغداد (شفق نيوز) - {body}{REST}© شفق نيوز 2024")[0] == ("origin", "شفق نيوز")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("خاص - العربي الجديد\n", "العربي الجديد"),
        ("العربي الجديد – خاص\n", "العربي الجديد"),
        # nobody listed it, a place is part of its name
        ("عدن بوست - خاص: ", "عدن بوست"),
    ],
)
def test_an_outlet_whose_own_report_it_is_is_the_publisher(line: str, expected: str) -> None:
    text = f"قصف عنيف على رفح\n{line}قال شهود إن القصف استمر طوال الليل على المدينة.{REST}"
    assert ("publisher", expected) in roles(text)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # told, in a copy of its own and on a page of its own
        ("وقال شاهد عيان لرويترز إن الطائرات قصفت المنزل.", [("anonymous", "شاهد عيان")]),
        ("وقال شاهد عيان لهسبريس إن الطائرات قصفت المنزل.", [("anonymous", "شاهد عيان")]),
        # what it says itself
        ("وأظهر مسح أجرته رويترز أن الإنتاج ارتفع.", [("cited", "رويترز")]),
        # told another
        ("وقال شاهد عيان لبلومبرغ إن الطائرات قصفت المنزل.", [("anonymous", "شاهد عيان"), ("cited", "بلومبرغ")]),
    ],
)
def test_an_outlet_does_not_cite_itself(sentence: str, expected: list[tuple[str, str]]) -> None:
    text = f"الرباط (رويترز) - وصل الوفد إلى القاهرة صباح اليوم.\n{sentence}{REST}© 2024 هسبريس"
    assert [each for each in roles(text) if each[0] in ("anonymous", "cited")] == expected


def test_an_origin_behind_another_is_one_hop_further() -> None:
    text = f"وصل الوفد إلى القاهرة صباح اليوم.{REST}المصدر: العربية نقلا عن بلومبرغ"
    found = annotate_text(text, RULES).sources
    assert [(text[source.start : source.end], source.hop) for source in found] == [("العربية", 1), ("بلومبرغ", 2)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # editors by their letters
        ("ع.ح/ و.ب (د ب أ، رويترز)", ["د ب أ", "رويترز"]),
        # a writer and a place behind a label
        ("المصدر: محمد أحمد – دبي", []),
        ("وكالات - أبوظبي", ["وكالات"]),
    ],
)
def test_a_credit_line_has_its_outlets_alone(line: str, expected: list[str]) -> None:
    text = f"قصف عنيف على رفح\nقال شهود إن القصف استمر طوال الليل على المدينة.{REST}{line}"
    found = annotate_text(text, RULES).sources
    assert [text[source.start : source.end] for source in found if source.role == "origin"] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # place, day and agency in brackets, no dash behind them
        ("بكين 18 يوليو 2024 (شينخوا) التقى رئيس الوزراء الوفد أمس.", ["شينخوا"]),
        # two places, an agency in marks
        ('أبوظبي-الإمارات العربية المتحدة ("بزنيس واير"): وصل الوفد إلى المدينة أمس.', ["بزنيس واير"]),
        # a full stop behind the agency
        ("موسكو - سبوتنيك. وصل الوفد إلى المدينة صباح اليوم.", ["سبوتنيك"]),
        # in a line of its own
        ("الرباط – (ومع)\nوصل الوفد إلى المدينة صباح اليوم.", ["ومع"]),
        # agencies nobody names
        ("دمشق - وكالات: وصل الوفد إلى القاهرة صباح اليوم.", ["وكالات"]),
        # an agency nobody listed before the place
        ("محلية - بيروت - وصل الوفد إلى القاهرة صباح اليوم.", ["محلية"]),
        # several words, one of them a word for outlets
        ("القاهرة - أخبار الوادي\n\nوصل الوفد إلى القاهرة صباح اليوم.", ["أخبار الوادي"]),
        # a reporter is no agency
        ("القاهرة - محمد أحمد\n\nوصل الوفد إلى القاهرة صباح اليوم.", []),
        # between the place and the text
        ("سوريا-الوادي: أكدت وزارة الدفاع أمس أن الطريق آمن.", ["الوادي"]),
        # before the verb of the first sentence
        ("مرايا نيوز – أفادت وزارة الدفاع أمس بأن الطريق آمن.", ["مرايا نيوز"]),
        # place, reporter, agency
        ("غزة/ محمد ماجد/ الأناضول\nوصل الوفد إلى القاهرة صباح اليوم.", ["الأناضول"]),
        # a desk among editors is no agency
        ("(إعداد محمد أحمد للنشرة العربية - تحرير محمود علي)", []),
    ],
)
def test_a_dateline_or_byline_has_its_agencies(line: str, expected: list[str]) -> None:
    text = f"{line}{REST}"
    found = annotate_text(text, RULES).sources
    assert [text[source.start : source.end] for source in found if source.role == "origin"] == expected


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        # photographer and agency
        ("نازحون في رفح، 24 مارس 2024. (AP Photo/Fatima Shbair)", ["AP Photo/Fatima Shbair"]),
        # two photographs in one line
        ("على اليسار: الرئيس. (AP/Carolyn Kaster)؛ على اليمين: الوزير. (Abir Sultan/Pool photo via AP)",
         ["AP/Carolyn Kaster", "Abir Sultan/Pool photo via AP"]),
        # an Arabic label in brackets
        ("نازحون في رفح (تصوير: أحمد محمد)", ["أحمد محمد"]),
        # a sign of rights before an agency
        ("مبنى مائل في رفح، 24 مارس 2024. © أ ف ب", ["أ ف ب"]),
        # an agency called by its country
        ("نازحون في رفح بعد القصف (الفرنسية)", ["الفرنسية"]),
        # in a sentence of its own
        ("نازحون في رفح. صورة من أرشيف رويترز بتاريخ 2 أغسطس 2023.", ["رويترز"]),
        # all that stands behind the sign
        ("© Sputnik . Gavriil Grigorov", ["Sputnik . Gavriil Grigorov"]),
        # before what is shown
        ("© WFP نازحون يصطفون للحصول على الطعام في رفح", ["WFP"]),
        # two labels
        ("مقتل ضابط في انفجار - تصوير محمد أحمد - صورة من رويترز", ["محمد أحمد", "رويترز"]),
        # an archive photograph names nobody
        ("صورة أرشيفية: نازحون في رفح", []),
    ],
)  # fmt: skip
def test_a_caption_has_its_photo_credits(caption: str, expected: list[str]) -> None:
    text = f"قصف عنيف على رفح\nقال شهود إن القصف استمر طوال الليل على المدينة.\n{caption}{REST}"
    found = annotate_text(text, RULES).sources
    assert [text[source.start : source.end] for source in found if source.role == "photo_credit"] == expected


@given(st.lists(st.sampled_from([
    "قال", "نقلت", "صحيفة", "رويترز", "عن", "مسؤول", "مصدر", "مطلع", "في", "البيت الأبيض", "،", ".", "\n", '"', "(",
    ")",     "طلب عدم", "هويته", "المتحدث", "وفقا", "لمسؤول", "المصدر:", "أن", "في بيان", "لـ«الشرق الأوسط»",
])))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_sources_are_sorted_lie_in_the_text_and_stand_once(words: list[str]) -> None:
    text = " ".join(words)
    found = [(source.start, source.end, source.role) for source in annotate_text(text, RULES).sources]
    assert found == sorted(found)
    assert len(found) == len(set(found))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end, _ in found)
