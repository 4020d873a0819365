"""Time expressions are found with their span, kind and grain, and words that merely look like them are left alone."""

from __future__ import annotations

import pytest

from flows.transform.dates import TimeExpression, find_time_expressions
from flows.transform.page import read_page
from flows.transform.rules import load_rules

FOUND = [
    # months of the Gulf and Egypt, the Levant, Algeria and Tunisia, Morocco, Mauritania
    ("في 3 ديسمبر 2023 عقد", "3 ديسمبر 2023", "absolute", "day"),
    ("في 27 أيلول 2023 عقد", "27 أيلول 2023", "absolute", "day"),
    ("في 15 جانفي 2023 عقد", "15 جانفي 2023", "absolute", "day"),
    ("في 5 غشت 2023 عقد", "5 غشت 2023", "absolute", "day"),
    ("في 9 دجمبر 2023 عقد", "9 دجمبر 2023", "absolute", "day"),
    # two names, joined three ways
    ("في 27 سبتمبر/أيلول 2023 عقد", "27 سبتمبر/أيلول 2023", "absolute", "day"),
    ("في 2 حزيران (يونيو) 1919 ولد", "2 حزيران (يونيو) 1919", "absolute", "day"),
    ("في 9 يوليو «تموز» الماضي عرض", "9 يوليو «تموز» الماضي", "relative", "day"),
    # Arabic comma, ordinals in words, Arabic-Indic digits, tashkeel, no space
    ("صورة، 28 مارس، 2023. (أ ب)", "28 مارس، 2023", "absolute", "day"),
    ("منذ الحادي والعشرين من أكتوبر 2001 وهو", "منذ الحادي والعشرين من أكتوبر 2001", "absolute", "day"),
    ("وُلد في ٣ ديسمبر ٢٠٢٣ هنا", "٣ ديسمبر ٢٠٢٣", "absolute", "day"),
    ("بلغ في مارس2006 حده", "مارس2006", "absolute", "month"),
    # numbers in either order
    ("بتاريخ 25/03/2024 صدر", "25/03/2024", "absolute", "day"),
    ("بتاريخ 2024-3-25 صدر", "2024-3-25", "absolute", "day"),
    ("وثيقة ( 15 / 1 / 1959 ) هنا", "15 / 1 / 1959", "absolute", "day"),
    # years: named, bare, bracketed, ranges, eras
    ("منذ عام 2003 وهو", "منذ عام 2003", "absolute", "year"),
    ("أولمبياد 2008 في بكين", "2008", "absolute", "year"),
    ("موسم 2023/2024 بدأ", "2023/2024", "absolute", "year"),
    ("توفي عام 751 هجرية هناك", "عام 751 هجرية", "absolute", "year"),
    ("في (25 ذي الحجة 634 هـ) سقط", "25 ذي الحجة 634 هـ", "absolute", "day"),
    # clock times
    ("الأحد 3 ديسمبر 2023 09:01 م", "الأحد 3 ديسمبر 2023 09:01 م", "absolute", "minute"),
    ("عند الساعة الثامنة مساء بالتوقيت المحلي وصل", "الساعة الثامنة مساء بالتوقيت المحلي", "absolute", "hour"),
    ("في تمام الساعة 10:30 صباحا بتوقيت غرينتش", "تمام الساعة 10:30 صباحا بتوقيت غرينتش", "absolute", "minute"),
    ("بلغ السعر ذروته الساعة 0615 بتوقيت جرينتش ثم", "الساعة 0615 بتوقيت جرينتش", "absolute", "minute"),
    ("سجل (2245 GMT) رقما", "2245 GMT", "absolute", "minute"),
    # days around the publication
    ("قال اليوم الاثنين إنه", "اليوم الاثنين", "relative", "day"),
    ("قال امس إنه", "امس", "relative", "day"),
    ("وقال أول من أمس إنه", "أول من أمس", "relative", "day"),
    ("سيعقد يوم الجمعة القادم اجتماع", "يوم الجمعة القادم", "relative", "day"),
    ("والخميس الماضي عقد", "الخميس الماضي", "relative", "day"),
    ("مساء أمس الأحد وصل", "مساء أمس الأحد", "relative", "daypart"),
    ("ليل الاثنين الثلاثاء قصف", "ليل الاثنين الثلاثاء", "relative", "daypart"),
    # periods around it
    ("ألغيت الأسبوع الماضي زيارة", "الأسبوع الماضي", "relative", "week"),
    ("يعقد في وقت لاحق هذا الأسبوع هنا", "في وقت لاحق هذا الأسبوع", "relative", "weekpart"),
    ("خلال الـ24 ساعة الماضية قتل", "الـ24 ساعة الماضية", "relative", "hour"),
    ("خلال السنوات الخمس الماضية زاد", "السنوات الخمس الماضية", "relative", "year"),
    ("زار طهران نهاية يوليو/تموز الماضي سرا", "نهاية يوليو/تموز الماضي", "relative", "monthpart"),
    ("في الربع الثاني من العام الحالي ارتفع", "الربع الثاني من العام الحالي", "relative", "quarter"),
    # half-years and quarters of the Maghreb, a quarter under a part, the first day of a month
    ("خلال السداسي الأول من السنة الجارية زادت", "السداسي الأول من السنة الجارية", "relative", "yearpart"),
    ("في الثلاثي الثاني من سنة 2024 زادت", "الثلاثي الثاني من سنة 2024", "absolute", "quarter"),
    ("يمدد الخفض حتى نهاية الربع الثاني ثم", "نهاية الربع الثاني", "relative", "quarter"),
    ("اعتبارا من غرة صفر 1446هـ يعمل", "غرة صفر 1446هـ", "absolute", "day"),
    # a day without its month, where a word calls for a day
    ("وصل في 10 الجاري إلى هنا", "10 الجاري", "relative", "day"),
    ("يعقد يوم 3 المقبل هنا", "يوم 3 المقبل", "relative", "day"),
    # the place of an outlet's name, where no outlet can stand
    ("عقدت في بغداد اليوم جلسة", "اليوم", "relative", "day"),
    ("أعلنت روسيا اليوم أن", "اليوم", "relative", "day"),
    ("شهدت فلسطين اليوم إضرابا", "اليوم", "relative", "day"),
    # a month with its word, whatever stands before
    ("خلال شهر ماي 2024 بلغ", "شهر ماي 2024", "absolute", "month"),
    # ranges are one expression
    ("عقد من 12 إلى 15 أبريل الجاري هنا", "من 12 إلى 15 أبريل الجاري", "relative", "day"),
    ("وقع بين 3 و5 مارس 2024 هنا", "بين 3 و5 مارس 2024", "absolute", "day"),
    ("زار يومي السبت والأحد الماضيين بيروت", "يومي السبت والأحد الماضيين", "relative", "day"),
    ("وقع بين عامي 1987 و1988 هنا", "بين عامي 1987 و1988", "absolute", "year"),
    ("يغلق من العاشرة وعشرين دقيقة للحادية عشرة صباحا ثم", "من العاشرة وعشرين دقيقة للحادية عشرة صباحا", "absolute",
     "minute"),
    # before, after, since, within
    ("وصل قبل أسبوعين إلى", "قبل أسبوعين", "relative", "day"),
    ("قدم قبل نحو ثلاثة أشهر طلبا", "قبل نحو ثلاثة أشهر", "relative", "month"),
    ("طلب بعد ذلك بيومين تحديد", "بعد ذلك بيومين", "relative", "day"),
    ("وصل بعد ساعات من تحذير", "بعد ساعات", "relative", "hour"),
    ("الحرب المستمرة منذ ستة أشهر هناك", "منذ ستة أشهر", "duration", "month"),
    ("دعا لعدة أشهر إلى", "عدة أشهر", "duration", "month"),
    ("تستمر بضعة أسابيع أخرى ثم", "بضعة أسابيع أخرى", "duration", "week"),
    ("سجن لمدة سبع سنوات هناك", "سبع سنوات", "duration", "year"),
    # sets, counts, vague time
    ("الجلسة الأسبوعية للحكومة", "الأسبوعية", "set", "week"),
    ("يجتمع كل ثلاثة أشهر هنا", "كل ثلاثة أشهر", "set", "quarter"),
    ("حالة حرب في غزة - اليوم 397", "اليوم 397", "count", "day"),
    ("محادثات لليوم الثاني على التوالي هنا", "لليوم الثاني على التوالي", "count", "day"),
    ("وقال مؤخرا إن", "مؤخرا", "vague", None),
    ("وفي الآونة الأخيرة أعرب", "في الآونة الأخيرة", "vague", None),
    ("التقى قبل ذلك نظيره", "قبل ذلك", "vague", None),
    # decades, centuries, seasons, holidays
    ("في تسعينيات القرن الماضي كان", "تسعينيات القرن الماضي", "absolute", "decade"),
    ("بني في القرن السابع عشر هنا", "القرن السابع عشر", "absolute", "century"),
    ("في القرن 19م كان", "القرن 19م", "absolute", "century"),
    ("خلال صيف 2023 كان", "صيف 2023", "absolute", "season"),
    ("قبيل عيد الأضحى المبارك وصل", "عيد الأضحى المبارك", "absolute", "day"),
]  # fmt: skip

GUARDED = [
    # one, thousand, father, Morocco, Nissan
    "أحد المسؤولين وألف شخص", "في المغرب وآب الرجل", "باب عشاقها", "سيارات نيسان الجديدة", "مارس ضغوطا على الحكومة",
    # general, not the year
    "قال الأمين العام السابق للأمم المتحدة", "المدير العام الحالي للشركة",
    # counts, scores, prices, phones, versions, addresses, verses
    "وقتلوا 1200 شخص واحتجزوا 253 رهينة", "أكثر من 1.3 مليون مدني", "أكثر من 6500 متجر", "قتل 1950 شخصا هناك",
    "فاز 3-1 على ضيفه", "فاز 3 - صفر على ضيفه", "بسعر 3.75 ريال", "هاتف 0112345678 فاكس", "متاح 24/7 للجميع",
    "الإصدار 2.5.1 الجديد", "العنوان 192.168.1.1 للخادم", "سورة البقرة الآية 255", "الأشهر الثلاثة المتبقية منه",
    "مساحتها 1000 م مربع",
    # papers, cities and prayers called after a time
    "قالت صحيفة إسرائيل اليوم إن", "نشرت المصري اليوم خبرا", "بعد صلاة الجمعة مباشرة", "مدينة السادس من أكتوبر المصرية",
    # outlets after a word that calls for one, in marks, alone on a line; people
    "ذكرت بغداد اليوم أن", "قال المصدر لبغداد اليوم إن", "نقلت وكالة فلسطين اليوم عنه", "المصدر: روسيا اليوم + وكالات",
    'تلقته "بغداد اليوم"، أن', "بغداد اليوم - متابعة", "زار آلان جوبيه المدينة", "أعضاء حركة 6 أبريل المصرية",
    # numbers before a cue that call for no day
    "في العدد 10 الحالي", "وقتل 10 الماضي بالنسبة إليهم",
    # ages, event order, idiom
    "في الثلاثينيات من عمره", "قبل أي عملية عسكرية", "بعد هجوم كبير", "في الوقت ذاته", "بعد عقد اتفاقية",
]  # fmt: skip


def found_in(text: str) -> tuple[TimeExpression, ...]:
    """The expressions of a text by the shipped rules."""
    rules = load_rules()
    return find_time_expressions(read_page(text, rules.lexicon), rules.time)


@pytest.mark.parametrize(("text", "surface", "kind", "grain"), FOUND)
def test_an_expression_is_found_whole_with_its_kind_and_grain(
    text: str, surface: str, kind: str, grain: str | None
) -> None:
    assert [(text[e.start : e.end], e.kind, e.grain) for e in found_in(text)] == [(surface, kind, grain)]


@pytest.mark.parametrize("text", GUARDED)
def test_what_only_looks_like_time_is_left_alone(text: str) -> None:
    assert [text[e.start : e.end] for e in found_in(text)] == []


def test_nothing_reads_over_a_line_break() -> None:
    text = "في 3\nمارس 2024"
    assert [text[e.start : e.end] for e in found_in(text)] == ["مارس 2024"]


def test_an_expression_in_quotation_marks_is_known_to_be_quoted() -> None:
    text = 'قال "سنصل اليوم" ثم وصل اليوم'
    assert [e.is_quoted for e in found_in(text)] == [True, False]
