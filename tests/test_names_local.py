"""Names of local news nobody listed: villages in rows, town halls, offices of a district, families of every country."""

from __future__ import annotations

import pytest

from flows.transform import annotate

PLACES = [
    # several after a plural or dual head, one after a plural one is a noun
    ("سكان قرى القرقوزة والسمرقة والطنطيرة يشترون", ["القرقوزة", "السمرقة", "الطنطيرة"]),
    ("في بلدتي قرقوزا وسمرقا أمس", ["قرقوزا", "سمرقا"]),
    ("عاد أهل قرى الحدود إلى بيوتهم", []),
    # words that begin names of places, two words each
    ("يتفقد قرية بيت قرقوز ويحيل", ["بيت قرقوز"]),
    ("أهالي بلدة أولاد نصير أمس", ["أولاد نصير"]),
    ("في بيت قديم من طابقين", []),
    # words that end them
    ("أمام قرية قرقوزا الجبل ظهرا", ["قرقوزا الجبل"]),
    # a definite noun after a sure head, not after a district
    ("استهدفت حي القصبة ليلا", ["القصبة"]),
    ("إلى قضاء العطلات في البيت", []),
    ("أقامت منطقة عازلة على الحدود", []),
    # the town of an office, and the person after it
    ("يلتقي والي قرقوزه وفدا", ["قرقوزه"]),
    ("ذكر قائممقام قرقوز رضوان القرطاسي أن", ["قرقوز", "رضوان القرطاسي"]),
    ("وصل والى جانبه مرافقوه", []),
    ("طالب أهالي المعتقلين بالإفراج عنهم", []),
]  # fmt: skip

BODIES = [
    # a town hall is a body, and a place after a preposition of place
    ("قالت بلدية القاهرة في بيان", ["بلدية القاهرة", "القاهرة"]),
    ("حريق في بلدية القاهرة أمس", ["القاهرة"]),
    # bodies of a field and a town; a purpose after the town is the sentence's
    ("أمام مديرية أمن أسيوط أمس", ["مديرية أمن أسيوط", "أسيوط"]),
    ("اعتصموا أمام مديرية ماء البصرة للمطالبة بالخدمات", ["مديرية ماء البصرة", "البصرة"]),
    # a plural nationality, a noun between purpose and noun
    ("طالبت نقابة المهندسين العراقيين بذلك", ["نقابة المهندسين العراقيين"]),
    ("أوضح المركز الوطني للنهوض بزرع الأعضاء ذلك", ["المركز الوطني للنهوض بزرع الأعضاء"]),
    ("أوضحت اللجنة الوطنية لإدارة مخيمات النازحين ذلك", ["اللجنة الوطنية لإدارة مخيمات النازحين"]),
    # a nationality and a purpose, where no noun stands before
    ("قالت المصرية لنقل الكهرباء إن", ["المصرية لنقل الكهرباء"]),
    ("المنظمات المصرية للدفاع عنهم", []),
    # the word for a party is outside, but not before a nationality
    ("قال حزب القرقوز في بيان", ["القرقوز"]),
    ("مقاتلو حزب الله اللبناني", ["حزب الله"]),
    # foreign names of several words
    ("أعلنت منظمة سمروتورا غلوبوتول إيواءهم", ["منظمة سمروتورا غلوبوتول"]),
    # a fixed name of a war, not what one side wages
    ("منذ حرب أوكرانيا ارتفعت", ["حرب أوكرانيا"]),
    ("في حرب إسرائيل على غزة", ["إسرائيل", "غزة"]),
]  # fmt: skip

PEOPLE = [
    # particles in a row
    ("جاء سعد بن أبي قرقوز أمس", ["سعد بن أبي قرقوز"]),
    # families of the Maghreb and of Hadramawt, written in one
    ("قال منسق الحملة مبارك بامطرف إن", ["مبارك بامطرف"]),
    ("مرر كمال بوشاقور الكرة", ["كمال بوشاقور"]),
    ("قال رضوان بنجاحه في المهمة", []),
    # the plural that families of the Levant bear
    ("دعا النائب راتب القوارنة إلى", ["راتب القوارنة"]),
    # a noun that ends a name where the clause goes on after it
    ("والمهندسة منى رزق، رئيسة الشركة", ["منى رزق"]),
    ("وقال أحمد رغبة منه في السلام", []),
    # nouns after a foreign name
    ("عقدت هيلين مؤتمرا صحفيا", []),
    ("رفعت تايلور دعوى في", []),
    # first names with عبد, in one word or two
    ("قال عبد الرحمان اللمتوني إن", ["عبد الرحمان اللمتوني"]),
    ("قال عبدالرحيم القرطاسي إن", ["عبدالرحيم القرطاسي"]),
    # an institution is no foundress
    ("قالت إن مؤسسة قرقوزور متأخرة في", []),
    # a role for whom, and in which part
    ("قال النائب عن حزب الله حسن القرطاسي إن", ["حزب الله", "حسن القرطاسي"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*PLACES, *BODIES, *PEOPLE])
def test_local_names_are_found_by_what_stands_beside_them(text: str, expected: list[str]) -> None:
    assert [mention["surface"] for mention in annotate(text).to_dict()["mentions"]] == expected


DATELINES = [
    ("أبها واس\nأعلنت الهيئة", ["أبها", "واس"]),
    ("الخليل وفا- أصيب ثلاثة", ["الخليل", "وفا"]),
    ("عمان - الغد - قررت", ["عمان", "الغد"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DATELINES)
def test_an_outlet_after_the_city_of_a_dateline_is_one(text: str, expected: list[str]) -> None:
    assert [mention["surface"] for mention in annotate(text).to_dict()["mentions"]] == expected
