"""Mentions: where a name begins and ends, what kind it is, which title stands beside it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.reference.tables import ReferenceTables
from flows.transform.lexicon import Lexicon
from flows.transform.names import Gazetteer, build_gazetteer, find_mentions
from flows.transform.page import read_page
from flows.values import Mention, Segment, SegmentKind


@cache
def _rules() -> tuple[Lexicon, Gazetteer]:
    lexicon = Lexicon()
    return lexicon, build_gazetteer(ReferenceTables(), lexicon)


def _mentions(text: str, kind: SegmentKind = "body") -> tuple[Mention, ...]:
    lexicon, gazetteer = _rules()
    return find_mentions(read_page(text, lexicon), (Segment(0, len(text), kind, 0),), gazetteer)


def _surfaces(text: str, kind: SegmentKind = "body") -> list[str]:
    return [text[m.start : m.end] for m in _mentions(text, kind)]


SPANS = [
    # proclitics stay outside
    ("سافر إلى لندن وبباريس ولبنان", ["لندن", "باريس", "لبنان"]),
    # fused lam keeps the whole word, but lam before a bare name goes
    ("قرار للأمم المتحدة للبنان", ["للأمم المتحدة", "لبنان"]),
    # generic heads stay outside proper names
    ("قالت حركة حماس لصحيفة واشنطن بوست", ["حماس", "واشنطن", "واشنطن بوست"]),
    ("في مدينة رفح الجنوبية", ["رفح"]),
    # heads that belong to the name stay inside
    ("في قطاع غزة", ["قطاع غزة"]),
    ("هبط في مطار الحديدة الدولي أمس", ["مطار الحديدة الدولي"]),
    # nationality adjectives inside after a common noun, outside after a name
    ("قال الجيش الأردني", ["الجيش الأردني"]),
    ("قال حزب الله اللبناني", ["حزب الله"]),
    # compass words stay outside, but not in the name of a state
    ("في جنوب لبنان وجنوب السودان", ["لبنان", "جنوب السودان"]),
    # the ministry, but not the minister
    ("أعلنت وزارة الخارجية الكويتية", ["وزارة الخارجية الكويتية"]),
    ("قال وزير الخارجية الكويتي", []),
    # an adjective is no ministry
    ("السياسة الخارجية الأمريكية", []),
    # a place in an organisation's name is a mention too
    ("قال جيش إسرائيل", ["جيش إسرائيل", "إسرائيل"]),
    # sub-units: the parent is the mention
    ("مقاتلون من ألوية حماس", ["حماس"]),
    # definite plural nouns of peoples, but not as adjectives
    ("خلافات بين الأمريكيين والإسرائيليين", ["الأمريكيين", "الإسرائيليين"]),
    ("حماية المدنيين الفلسطينيين والإسرائيليين", []),
    ("عودة جميع الرهائن الإسرائيليين", []),
    # administration of a leader
    ("قلق إدارة بايدن", ["إدارة بايدن"]),
    # a line break ends a name
    ("مجلس\nالأمن", []),
    # lineage belongs to the name, the title does not
    ("التقى الملك سلمان بن عبد العزيز آل سعود", ["سلمان بن عبد العزيز آل سعود"]),
    # a lineage stops before the role that follows it
    ("التقى سالم بن راشد العامري الأمين العام للهيئة", ["سالم بن راشد العامري"]),
    # a name before an age ends in any unknown word
    ("أصيب الشاب خالد كمال زريقات (31 عاما)", ["خالد كمال زريقات"]),
    # a role and a first name let the next word be a family's
    ("قال الناشط سامي قواسمة الذي حضر", ["سامي قواسمة"]),
    # an unknown company before a nationality or its Latin spelling, which comes back alone
    ("تدير شركة بلو كريك الكندية الميناء", ["بلو كريك"]),
    ("شركة تي إم أو السويدية", ["تي إم أو"]),
    ("وقعت شركة فيرناليس Vernalis العقد. وقالت فيرناليس إنها", ["فيرناليس", "Vernalis", "فيرناليس"]),
    # a dual head opens two names
    ("أغلق حاجزي زعترون ودير جرير أمس", ["زعترون", "دير جرير"]),
    ('في مستوطنة "معونيت" أمس', ["معونيت"]),
    # an unknown definite name in an enumeration of places
    ("في بيروت والكحالة وصيدا", ["بيروت", "الكحالة", "صيدا"]),
    # unions of adjectives and a purpose, fused lam too
    ("أعلنت الكونفدرالية الوطنية للعمل", ["الكونفدرالية الوطنية للعمل"]),
    ("الهيئة الإدارية للاتحاد العام المغربي للكتاب", ["للاتحاد العام المغربي للكتاب"]),
    # ordinary words that only look like names
    ("حكم لصالح بغداد", ["بغداد"]),
    ("عاد إلى مسقط رأسه ثم إلى مسقط", ["مسقط"]),
    ("دخان من حقل نفطي", []),
    ("قالت شركة تأمين (Vernalis) أمس", []),
    # a role in apposition after a verb and a name
    ("وقال رازفان تودوريك، المحلل في البنك، إن", ["رازفان تودوريك"]),
    # vowel marks and tatweel do not hide a name
    ("في عَمّان وبيــروت", ["عَمّان", "بيــروت"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_spans_follow_the_rules_of_mentions(text: str, expected: list[str]) -> None:
    assert _surfaces(text) == expected


UNLISTED = [
    # a role before an unknown name
    ("قال المحامي فلان الفلاني إن", ["فلان الفلاني"]),
    # a given name opens one, particles and family names go on
    ("احتجز رضوان بن صالح القرطاسي في", ["رضوان بن صالح القرطاسي"]),
    ("وقال رضوان عبد الله القرطاسي إن", ["رضوان عبد الله القرطاسي"]),
    # function words, verbs and nouns end it
    ("قال رضوان القرطاسي الثلاثاء", ["رضوان القرطاسي"]),
    # a first name alone coins nobody
    ("جاء رضوان أمس", []),
    # a place after its head
    ("قصف بلدة قرقوزة", ["قرقوزة"]),
    ("مدينة ساحلية", []),
    ("على قاعدة أوسع من", []),
    # an organisation in quotation marks after its head
    ('قال موقع "قرقوزة نيوز" إن', ["قرقوزة نيوز"]),
    # institutions with adjectives and a purpose
    ("حذر المركز الوطني للأرصاد الجوية من", ["المركز الوطني للأرصاد الجوية"]),
    ("أعلنت الهيئة الوطنية لمحافظة قنا أمس", ["الهيئة الوطنية لمحافظة قنا", "قنا"]),
    # a family name that is also a word, right after a first name only
    ("رفض رضوان الصياد التعليق", ["رضوان الصياد"]),
    ("رفض رضوان الكرة", []),
    ("حضر رضوان سعيد الجلسة", ["رضوان سعيد"]),
    # after two names a title is itself again
    ("قال رضوان القرطاسي القاضي بالمحكمة", ["رضوان القرطاسي"]),
    # verbs and objects end a name
    ("قال كريستوف سيغادر غدا", []),
    ("ألغى مارتن شوستر هدفًا", ["مارتن شوستر"]),
    ("إن رضوان القرطاسي استمع إلى", ["رضوان القرطاسي"]),
    ("رفض السفير اقتراح وقف النار", []),
    # a foreign name of three parts before a mark, a function word, or known by its end
    ("قالت كاترينا بلومكي هولار، إن", ["كاترينا بلومكي هولار"]),
    ("أدرك دراغولين ستانكوفيتش بوبوفيتش التعادل", []),
    ("أدرك سيرجي ستانكوفيتش بوبوفيتش التعادل", ["سيرجي ستانكوفيتش بوبوفيتش"]),
    # a lineage ends in any definite word without other meaning
    ("استقبل رضوان بن سالم السمارحه في", ["رضوان بن سالم السمارحه"]),
    # after a comma a known first name follows its role
    ("قال مدير البرنامج، رضوان القرطاسي، إن", ["رضوان القرطاسي"]),
    # a court of a field and a city, a body of a field
    ("قررت محكمة جنايات أسيوط تأجيل", ["محكمة جنايات أسيوط", "أسيوط"]),
    ("في متحف الفنون الحديثة أمس", ["متحف الفنون الحديثة"]),
    # institutions and places that bear a person's name
    ("في متحف رضوان القرطاسي أمس", ["متحف رضوان القرطاسي"]),
    ("هبط في مطار الملك رضوان الدولي", ["مطار الملك رضوان الدولي"]),
    ("حكم بسجن رضوان القرطاسي", ["رضوان القرطاسي"]),
    # companies, by their last words, without the head
    ("تراجع سهم شركة سمرقان القابضة أمس", ["سمرقان القابضة"]),
    ("وقعت شركة خاصة اتفاقا", []),
    # a longer name is not cut by the listed one inside it
    ("قال مجلس الأمن والدفاع اليمني في بيان", ["مجلس الأمن والدفاع اليمني"]),
    ("قال مجلس الأمن والدول العربية", ["مجلس الأمن"]),
    # districts and compound names of places, after a preposition of place
    ("انتشرت في قضاء قرقوزة أمس", ["قرقوزة"]),
    ("بعد قضاء قرقوزة أمس", []),
    ("في حاسي قرقوز", ["حاسي قرقوز"]),
    # a place introduced once is one again
    ("قصف بلدة قرقوزة. وعاد الهدوء إلى قرقوزة", ["قرقوزة", "قرقوزة"]),
    # a nationality that describes nothing before it opens a name of unknown words
    ("وسجل البرازيلي دودو سيلفا هدف المباراة", ["دودو سيلفا"]),
    ("نما الاقتصاد البرازيلي نموا كبيرا", []),
    ("يستضيف برشلونة الإسباني حامل اللقب", []),
    # a role, a comma, a name, a comma; a short role needs a verb before and a function word after
    ("عرض رئيس لجنة الدفاع، دونكان هانتر، جلسات", ["دونكان هانتر"]),
    ("وقال المدرب كارتو تشيمبو في المؤتمر", ["كارتو تشيمبو"]),
    ("طلب رئيس لجنة الدفاع، تقديم وثائق", []),
    # a first name that is a common word opens a name before a family's
    ("في قضية سعيد المريني أمس", ["سعيد المريني"]),
    ("عن معالي سعيد بن سالم الكعبي", ["سعيد بن سالم الكعبي"]),
    ("في المجال العربي الإسلامي", []),
    # one that is somebody's last name opens the longer name after a role
    ("ونعاه النائب هادي قرقوز، في", ["هادي قرقوز"]),
    # a family name that begins like a preposition, after a role and a first name
    ("قال المحامي رضوان بوزكري، عضو", ["رضوان بوزكري"]),
    ("وطالبت النائبة رضوى بسيم، عضو", ["رضوى بسيم"]),
    # a family name in ta marbuta where a name ends, a French one in yeh and heh
    ("وهدف رامي ربيعة.", ["رامي ربيعة"]),
    ("لمسة يد على موسى نياكاتيه.", ["موسى نياكاتيه"]),
    ("وأضاف رضوان حديثه إلى", []),
    # a definite family name after two first names, where a role or a mark follows
    ("منهم محمد ماجد القرقوز مدير الأمن", ["محمد ماجد القرقوز"]),
    ("عرض المخرج محمد فاضل الدور عندما علم", ["محمد فاضل"]),
    # a noun in construct after a whole name is none of it
    ("عرض رئيس الغرفة خليل الحاج توفيق قرقوزات القطاع", ["خليل الحاج توفيق"]),
    # bynames
    ("وقال أبو عماد القرقوزي من", ["أبو عماد القرقوزي"]),
    # a conjunction ends a name before another
    ("ويوسف حمدي وأحمد حسام والمعتز بالله", ["يوسف حمدي", "أحمد حسام"]),
    # what a body is for: an indefinite noun and a definite one, two fields
    ("قالت الجمعية المغربية لحماية القرقوز العام", ["الجمعية المغربية لحماية القرقوز العام"]),
    ("أعلنت الجمعية العمانية للقرقوز والأدباء أمس", ["الجمعية العمانية للقرقوز والأدباء"]),
    ("مع الشركة المصرية لنقل القرقوز لإنشاء محطة", ["الشركة المصرية لنقل القرقوز"]),
    ("سيأتي من بنك اليابان للقرقوز الدولي", ["بنك اليابان للقرقوز الدولي", "اليابان"]),
    # a name in quotation marks is whole
    ('عبر "بنك قرقوز والشرق الأوسط" أمس', ["بنك قرقوز والشرق الأوسط", "الشرق الأوسط"]),
    # lineages of Mauritania, and births
    ("القاضي أحمد ولد قرقوز أمر", ["أحمد ولد قرقوز"]),
    ("الشاعر رضوان القرطاسي ولد في", ["رضوان القرطاسي"]),
    # a noun after a family's name is none of it
    ("أعلن راشد القرقوزي توقيع عقود", ["راشد القرقوزي"]),
    # a chamber or council of a field and a place
    ("لقاء نظمته غرفة تجارة أسيوط أمس", ["غرفة تجارة أسيوط", "أسيوط"]),
    # a nationality after a proper name is outside
    ("درس في جامعة قرقوز البريطانية ثم", ["جامعة قرقوز"]),
    # a foreign name after the word for a company
    ("أعلنت شركة سمروتورولا زيادة أرباحها", ["سمروتورولا"]),
    ("أعلنت شركة تسويق زيادة أرباحها", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNLISTED)
def test_names_nobody_listed_are_found_by_what_stands_beside_them(text: str, expected: list[str]) -> None:
    assert _surfaces(text) == expected


DOUBTFUL = [
    # the region, but the newspaper after its head or in quotation marks
    ("الوضع في الشرق الأوسط صعب", ["place:middle-east"]),
    ("ذكرت صحيفة الشرق الأوسط أن", ["organisation:asharq-al-awsat"]),
    ("وقال لـ«الشرق الأوسط» إن", ["organisation:asharq-al-awsat"]),
    # clubs that are also words, beside a head or on a page about sport
    ("تحقق النصر في المعركة", []),
    ("قال نادي النصر", ["organisation:al-nassr-fc"]),
    ("فاز النصر في مباراة الدوري وسجل اللاعب", ["organisation:al-nassr-fc"]),
    # the nationality of a club is outside, its name is the same
    ("واجه العين الإماراتي فريق الزوراء", ["organisation:al-ain-fc", "organisation:al-zawraa"]),
    # a common word among places is one
    ("غارات على النبطية وصور وبعلبك", ["place:nabatieh", "place:tyre", "place:baalbek"]),
    ("نشرت نصا وصورا", []),
    # talks in a place
    ("تعثرت مفاوضات جدة", ["place:jeddah"]),
    # a name that needs a witness hides no sure one
    ("مواجهات مع حزب العمال الكردستاني", ["organisation:pkk"]),
    # heads of outlets and companies stay outside, with the outlet's nationality; those of common nouns do not
    ("ذكرت صحيفة البيان الإماراتية أن", ["organisation:al-bayan"]),
    ("عقدت مجموعة السبع قمة", ["organisation:g7"]),
    # the agency after a slash
    ("أنقرة/ الأناضول", ["place:ankara", "organisation:anadolu-agency"]),
    # the city of a dateline, the outlet after it
    ("عدن (أ ف ب) - قتل", ["place:aden", "organisation:agence-france-presse"]),
    ("عمان - القبس - قررت", ["place:amman", "organisation:al-qabas"]),
    # a country that is also a word, on a page about sport
    ("فاز المنتخب في مباراة الدوري وسجل اللاعب، وتحدث مدرب مالي", ["place:mali"]),
    # tanwin makes an adverb
    ("سار شمالًا ثم ماليًا", []),
    # an adjective is no outlet
    ("اجتمعت اللجنة الاقتصادية المشتركة", []),
    # a verb is no company
    ("أودى القتال بحياة", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DOUBTFUL)
def test_a_name_that_is_also_a_word_or_another_name_is_decided_by_its_context(text: str, expected: list[str]) -> None:
    assert [m.entity.key for m in _mentions(text) if m.entity] == expected


TITLES = [
    # before, with and without a comma
    ("قال الرئيس الأمريكي جو بايدن", "الرئيس الأمريكي"),
    ("قال وزير الخارجية الأمريكي، أنتوني بلينكن،", "وزير الخارجية الأمريكي"),
    # with an institution inside
    ("قال الأمين العام للأمم المتحدة أنطونيو غوتيريش", "الأمين العام للأمم المتحدة"),
    # after, between commas
    ("أن جو بايدن، رئيس الولايات المتحدة، في", "رئيس الولايات المتحدة"),
    # an office and a rank are one title
    ("استقبل العاهل الأردني الملك عبد الله الثاني", "العاهل الأردني الملك"),
    # a verb between role and name parts them
    ("الرئيس يلتقي بلينكن", None),
    # the possessor of a role's head opens no role
    ("قال رئيس مجلس الوزراء جو بايدن", "رئيس مجلس الوزراء"),
    ("قال وكيل الأمين العام جو بايدن", "وكيل الأمين العام"),
    ("قالت نائبة المتحدث باسم البنتاغون كامالا هاريس", "نائبة المتحدث باسم البنتاغون"),
    # two roles without a comma, a rank after one
    ("قال رئيس مجلس السيادة قائد الجيش جو بايدن", "رئيس مجلس السيادة قائد الجيش"),
    ("استقبل رئيس الجمهورية، السيد جو بايدن،", "رئيس الجمهورية، السيد"),
    # the counterpart with a nationality
    ("التقى نظيره الأمريكي أنتوني بلينكن", "نظيره الأمريكي"),
    # where someone is sent, what someone heads, also in quotation marks
    ("قال المبعوث الأممي إلى ليبيا جو بايدن", "المبعوث الأممي إلى ليبيا"),
    ("قال مدير مركز رضوان للدراسات جو بايدن", "مدير مركز رضوان للدراسات"),
    ('قال قائد "فيلق القدس" جو بايدن', 'قائد "فيلق القدس"'),
    ("قال رئيس قسم البحوث بشركة سمرقان القابضة جو بايدن", "رئيس قسم البحوث بشركة سمرقان القابضة"),
    ("افتتح أمير منطقة الرياض جو بايدن", "أمير منطقة الرياض"),
    # a role after the name outranks an honorific before it, but no rank of substance
    ("قال معالي سالم الكعبي وزير الصحة أمس", "وزير الصحة"),
    ("استقبل سمو الشيخ سالم بن راشد، ولي العهد، أمس", "ولي العهد"),
    ("قال معالي وزير الصحة سالم الكعبي أمس", "معالي وزير الصحة"),
    ("قال معالي سالم الكعبي أمس", "معالي"),
    # a body named before may limit a role
    ("قال القيادي في الجبهة سالم بن راشد", "القيادي في الجبهة"),
    # a later role replaces one that ran up to it
    ("قال الرئيس الأمريكي للوزير بلينكن", "للوزير"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_titles_stand_beside_their_person(text: str, expected: str | None) -> None:
    people = [m for m in _mentions(text) if m.kind == "person"]
    assert len(people) == 1
    start, end = people[0].title_start, people[0].title_end
    assert (text[start:end] if start is not None else None) == expected


def test_a_shared_dual_title_reaches_both_people() -> None:
    text = "بين وزيري الدفاع الأميركي لويد أوستن والإسرائيلي يوآف غالانت"
    assert [text[m.title_start : m.title_end] for m in _mentions(text)] == ["وزيري الدفاع الأميركي", "الإسرائيلي"]


def test_photographers_in_credits_are_mentions() -> None:
    assert _surfaces("القدس. (AP Photo/Fatima Shbair)", "caption") == ["القدس", "AP", "Fatima Shbair"]


@pytest.mark.parametrize("kind", ["keywords", "navigation", "boilerplate", "attribution", "byline"])
def test_page_chrome_holds_no_mentions(kind: SegmentKind) -> None:
    assert _mentions("قال جو بايدن في واشنطن", kind) == ()


ALPHABET = [
    "محمد",
    "بن",
    "عبد",
    "وزير",
    "الرئيس",
    "،",
    "(",
    '"',
    "جو",
    "بايدن",
    "غزة",
    "إدارة",
    "AP",
    "-",
    "\n",
    "ﻻ",
    "لل",
    "جامعة",
]


@settings(deadline=None)  # the first call may build tables that the others only read
@given(st.lists(st.sampled_from(ALPHABET), max_size=30))
def test_mentions_are_sorted_distinct_spans_of_the_text(words: list[str]) -> None:
    text = " ".join(words)
    spans = [(m.start, m.end) for m in _mentions(text)]
    assert spans == sorted(set(spans))
    assert all(0 <= start < end <= len(text) and text[start:end].strip() == text[start:end] for start, end in spans)


@settings(deadline=None)  # as above
@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    assert all(0 <= m.start < m.end <= len(text) for m in _mentions(text))
