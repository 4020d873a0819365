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
    # a quarter called فصل, only before the year it is of
    ("بلغت النسبة خلال الفصل الثاني من سنة 2024 حدها", "الفصل الثاني من سنة 2024", "absolute", "quarter"),
    ("تراجع في الفصل الرابع من السنة الماضية الطلب", "الفصل الرابع من السنة الماضية", "relative", "quarter"),
    ("مع نهاية الفصل الثالث من سنة 2024 ارتفع", "نهاية الفصل الثالث من سنة 2024", "absolute", "quarter"),
    ("خلال الثلاثي الأخير من سنة 2023 تراجعت", "الثلاثي الأخير من سنة 2023", "absolute", "quarter"),
    ("خلال السداسي الثاني من سنة 2023 زادت", "السداسي الثاني من سنة 2023", "absolute", "yearpart"),
    # a month in numbers, at the end of a sentence too
    ("والثانية في 12/2022.", "12/2022", "absolute", "month"),
    ("صدر في 7/2021 تقرير", "7/2021", "absolute", "month"),
    ("يمتد من 1/2024 إلى 6/2024 المشروع", "من 1/2024 إلى 6/2024", "absolute", "month"),
    ("صدر القرار في 7/2021 هناك", "7/2021", "absolute", "month"),
    # the year behind a percentage
    ("يتسارع إلى 4,4 في المائة سنة 2025.", "سنة 2025", "absolute", "year"),
    ("ارتفع 10 بالمائة عام 2022 هناك", "عام 2022", "absolute", "year"),
    ("بنسبة 20 في المئة شهر مارس 2024 هنا", "شهر مارس 2024", "absolute", "month"),
    ("عاش مائة سنة هناك", "مائة سنة", "duration", "year"),
    # a bare unit behind about and more than
    ("قبل أن يثبتها أكثر من سنة.", "سنة", "duration", "year"),
    ("بعد شغور دام نحو عام، خلفا", "عام", "duration", "year"),
    ("غاب عن الملاعب حوالي شهر بسبب", "شهر", "duration", "month"),
    ("توقف لما يزيد عن عام بسبب", "عام", "duration", "year"),
    ("لأكثر من قرن ظلت هناك", "قرن", "duration", "century"),
    ("استغرق أقل من دقيقة", "دقيقة", "duration", "minute"),
    # خلال is no direction
    ("قابلا للطعن خلال 60 يوما.", "60 يوما", "duration", "day"),
    ("يرتفع أمام الأورو خلال أسبوع", "أسبوع", "duration", "week"),
    ("يصدر في غضون أسبوعين حكم", "أسبوعين", "duration", "week"),
    # an adverb alone is a part of the day of what happened
    ("أن المسلحين دخلوا فجرا على متن", "فجرا", "relative", "daypart"),
    ("وصل ليلا إلى المدينة", "ليلا", "relative", "daypart"),
    # adjectives with a noun before them
    ("نشر المصرف تقريره الشهري هنا", "الشهري", "set", "month"),
    ("تنظم رحلات يومية إلى", "يومية", "set", "day"),
    # a lone tatweel is a dash
    ("من 5 ـ 7 مايو 2024 هناك", "من 5 ـ 7 مايو 2024", "absolute", "day"),
    ("الحكومة (2019 ـ 2021) هنا", "2019 ـ 2021", "absolute", "year"),
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
    ("وقع ما بين عامي 2011 و2013 هنا", "ما بين عامي 2011 و2013", "absolute", "year"),
    ("تراجع في عامي 2020 و2021 النمو", "عامي 2020 و2021", "absolute", "year"),
    ("دارت أيام 3 و4 و5 حزيران معارك", "أيام 3 و4 و5 حزيران", "absolute", "day"),
    ("جرت الاثنين والثلاثاء الماضيين لقاءات", "الاثنين والثلاثاء الماضيين", "relative", "day"),
    ("أقر تقويم العام الدراسي 1445/1446هـ", "العام الدراسي 1445/1446هـ", "absolute", "year"),
    # the day in the other calendar behind a mark
    ("الرياض 15 شعبان 1445هـ (25 فبراير 2024) عقد", "15 شعبان 1445هـ (25 فبراير 2024)", "absolute", "day"),
    # school and financial years, the first months of a year, quarters of a year that is not said
    ("أقر المجلس موازنة العام المالي 2023-2024 هنا", "العام المالي 2023-2024", "absolute", "year"),
    ("ارتفعت في الأشهر الستة الأولى من العام الجاري", "الأشهر الستة الأولى من العام الجاري", "relative", "month"),
    ("بلغت أرباح الربع الأول مليار ريال", "الربع الأول", "absolute", "quarter"),
    ("أحرز اللقب الموسم الماضي مع فريقه", "الموسم الماضي", "relative", "year"),
    # a life, a day with its time in brackets, decades that share a century
    ("ماركس (1818 - 1883) فيلسوف", "1818 - 1883", "absolute", "year"),
    ("نشر 11 مارس 2024 (09:45 بتوقيت غرينتش) هنا", "11 مارس 2024 (09:45 بتوقيت غرينتش)", "absolute", "minute"),
    ("غنت في خمسينيات وستينيات القرن الماضي هنا", "خمسينيات وستينيات القرن الماضي", "absolute", "decade"),
    # what the text named before, and its own days
    ("قتل في ذلك اليوم سبعة", "ذلك اليوم", "relative", "day"),
    ("وقعوا في يناير من السنة ذاتها اتفاقية", "يناير من السنة ذاتها", "relative", "month"),
    ("وصل قبلها بيومين إلى", "قبلها بيومين", "relative", "day"),
    ("دخل العدوان على غزة يومه الـ222 دون هدنة", "يومه الـ222", "count", "day"),
    ("شهد اليوم الأول من المهرجان زحاما", "اليوم الأول", "count", "day"),
    ("يضرب لليوم السابع على التوالي هنا", "لليوم السابع على التوالي", "count", "day"),
    ("يرتفع للشهر الثالث على التوالي هنا", "للشهر الثالث على التوالي", "count", "month"),
    # parts of the day of the Maghreb; those of today alone
    ("تفقد عشية أمس الأحد الورش", "عشية أمس الأحد", "relative", "daypart"),
    ("وقع زوال السبت حادث", "زوال السبت", "relative", "daypart"),
    ("يقصف منذ ساعات الصباح الأولى المدينة", "منذ ساعات الصباح الأولى", "relative", "daypart"),
    # before, after, since, within
    ("وصل قبل أسبوعين إلى", "قبل أسبوعين", "relative", "day"),
    ("قدم قبل نحو ثلاثة أشهر طلبا", "قبل نحو ثلاثة أشهر", "relative", "month"),
    ("طلب بعد ذلك بيومين تحديد", "بعد ذلك بيومين", "relative", "day"),
    ("وصل بعد ساعات من تحذير", "بعد ساعات", "relative", "hour"),
    ("الحرب المستمرة منذ ستة أشهر هناك", "منذ ستة أشهر", "duration", "month"),
    ("دعا لعدة أشهر إلى", "عدة أشهر", "duration", "month"),
    ("تستمر بضعة أسابيع أخرى ثم", "بضعة أسابيع أخرى", "duration", "week"),
    ("سجن لمدة سبع سنوات هناك", "سبع سنوات", "duration", "year"),
    ("حكم عليهم بالسجن من 3 إلى 5 سنوات هنا", "من 3 إلى 5 سنوات", "duration", "year"),
    ("تتراوح ما بين6 و12 شهرا هنا", "ما بين6 و12 شهرا", "duration", "month"),
    ("أنجز في سنة ونصف السنة بدل ثلاث", "سنة ونصف السنة", "duration", "year"),
    ("غاب أسبوعا كاملا عن العمل", "أسبوعا كاملا", "duration", "week"),
    ("سجل في آخر أسبوعين هدفين", "آخر أسبوعين", "relative", "week"),
    # sets, counts, vague time
    ("تغلق أيام الجمعة أبوابها", "أيام الجمعة", "set", "week"),
    ("يعقد الخميس الأول من كل شهر هنا", "الخميس الأول من كل شهر", "set", "month"),
    ("يعود كل صيف إلى قريته", "كل صيف", "set", "year"),
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
    ("في العقد الثاني من القرن الحالي كان", "العقد الثاني من القرن الحالي", "absolute", "decade"),
    ("قتل صباح أول أيام عيد الفطر اثنان", "صباح أول أيام عيد الفطر", "absolute", "daypart"),
    ("قدمت عرضها لليلة واحدة هنا", "ليلة واحدة", "duration", "day"),
]  # fmt: skip

GUARDED = [
    # numbers in parts and versions
    "يرجى الاتصال على الرقم 2024-1998-05", "الإصدار 12.4.2023 من البرنامج",
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
    # streets, towns, clubs and movements called after a day
    "يقع في شارع 26 يوليو بوسط البلد", "أعلى كوبري 6 أكتوبر", "بجامعة 8 ماي 1945 في قالمة", "ملعب 5 جويلية الأولمبي",
    "ساحة أول ماي بالعاصمة", "نواب قوى 14 آذار اللبنانية", "بمدينة العاشر من رمضان الصناعية", "في مايو كلينيك",
    # the other ordinals, days that are not today, became
    "المرحلة الثانية مساء", "مرتين في اليوم الواحد", "في اليوم الأخير من المعرض", "غدا واضحا أنه لن يصمد",
    "قال الجنرال آلان بيليغريني", "محمد صفر ورجب جمعة", "وردت في سورة الجمعة",
    # cases of a court, boxes, rooms
    "القضية رقم 10/2024 جنايات", "المراسلات: ص.ب 2024 الرياض", "نزل في غرفة 2015 هنا", "بلغ عددهم 2023 طالبا",
    "القانون عدد 12/2022 ينظم", "في القضية 3/2020 حكم", "الفصل 3/2020 من المجلة", "للقانون 12/2022 أثر",
    "قرار مجلس الأمن 8/2023", "المرسوم 45/2020 ينص", "ملف عدد 7/2021 أمام المحكمة", "الظهير 1/2011 صدر",
    # chapters and terms, towards, contracts
    "ينص الفصل الثاني من الدستور", "في الفصل الثاني من السنة الدراسية يدرس", "خلال الفصل الثاني كتب المؤلف",
    "نحو عام جديد من السلام", "اتجه نحو يوم أفضل", "وقع أكثر من عقد مع النادي",
    # surnames, papers, festivals, days of something
    "هدف سجله صالح الشهري ثم", "وقال الشهري إن الفريق", "الشروق - يومية تونسية شاملة", "يومية سياسية مستقلة",
    "خلال أيام قرطاج السينمائية عرض", "نظمت أيام بيروت المسرحية", "خلال أيام الأسبوع كلها",
    # day and night for ever, a new dawn
    "يعمل ليلا ونهارا هنا", "كان فجرا جديدا للبلاد",
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
