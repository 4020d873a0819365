"""Linking: one key for every spelling of one thing, an open entity where the text does not say."""

from __future__ import annotations

from functools import cache

import pytest

from flows.reference.tables import ReferenceTables
from flows.transform.lexicon import Lexicon
from flows.transform.names import Gazetteer, build_gazetteer, find_mentions
from flows.transform.names.keys import coined
from flows.transform.page import read_page
from flows.values import Mention, Segment


@cache
def _rules() -> tuple[Lexicon, Gazetteer]:
    lexicon = Lexicon()
    return lexicon, build_gazetteer(ReferenceTables(), lexicon)


def _mentions(text: str) -> tuple[Mention, ...]:
    lexicon, gazetteer = _rules()
    return find_mentions(read_page(text, lexicon), (Segment(0, len(text), "body", 0),), gazetteer)


def _keys(text: str) -> list[str | None]:
    return [m.entity.key if m.entity else None for m in _mentions(text)]


SAME = [
    # spellings of one person
    ("بنيامين نتنياهو", "بنيامين نتانياهو"),
    # hyphen and space
    ("كارين جان-بيير", "كارين جان بيير"),
    # hamza and alef maksura
    ("الامم المتحده", "الأمم المتحدة"),
    # an unlisted transliteration of a listed full name
    ("أنتوني بلينكين", "أنتوني بلينكن"),
    # names of one state
    ("الولايات المتحدة", "أميركا"),
    # ways to name one institution
    ("الجيش الأميركي", "الجيش الأمريكي"),
    ("جيش إسرائيل", "الجيش الإسرائيلي"),
    ("حكومة نتنياهو", "الحكومة الإسرائيلية"),
    ("وزارة الدفاع الأميركية", "البنتاغون"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spellings_of_one_thing_share_one_key(left: str, right: str) -> None:
    keys = (_keys(f"قال {left} أمس")[0], _keys(f"قال {right} أمس")[0])
    assert keys[0] is not None
    assert keys[0] == keys[1]


VARIANTS = [
    # hamza and its seats, alef maksura, ta marbuta, vowel marks, tatweel
    ("أنطونيو غوتيريش", "انطونيو غوتيريش"),
    ("رؤوف القرطاسي", "رءوف القرطاسي"),
    ("يحيى القرطاسي", "يحيي القرطاسي"),
    ("حمزة القرطاسي", "حمزه القرطاسي"),
    ("محمّد القرطــاسي", "محمد القرطاسي"),
    # hyphen, space, one word
    ("كارين جان-بيير", "كارين جان بيير"),
    ("رضوان عبد الله القرطاسي", "رضوان عبدالله القرطاسي"),
    # ابن and بن, the article of a family name
    ("محمد ابن سلمان", "محمد بن سلمان"),
    ("رضوان القرطاسي", "رضوان قرطاسي"),
    # gh, j and k; t; th and s; vowels
    ("يوآف غالانت", "يوآف جالانت"),
    ("مايكل غرينفلد", "مايكل كرينفلد"),
    ("أنتوني بلينكن", "أنطوني بلينكن"),
    ("إليزابيث فوربوش", "إليزابيس فوربوش"),
    ("جيك سوليفان", "جيك ساليفان"),
    # one letter too many, missing, wrong, or two swapped
    ("أنتوني بلينكن", "أنتوني بيلنكن"),
    ("ستيفن سمروتوكا", "ستيفن سمروتوسكا"),
    ("ستيفن سمروتوكا", "ستيفن سمرتووكا"),
    # parts left out between the first name and the last
    ("حمد بن سيف القرطاسي", "حمد القرطاسي"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), VARIANTS)
def test_variants_of_a_full_name_are_one_person_of_a_document(left: str, right: str) -> None:
    keys = _keys(f"قال {left}، أمس. وقال {right}، اليوم")
    assert len(keys) == 2
    assert None not in keys
    assert len(set(keys)) == 1


OTHERS = [
    # another first name, another family, a short name with another letter
    ("رضوان القرطاسي", "مروان القرطاسي"),
    ("رضوان القرطاسي", "رضوان الفلاني"),
    ("رضوان سالم", "رضوان سامر"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), OTHERS)
def test_other_names_are_other_people(left: str, right: str) -> None:
    assert len(set(_keys(f"قال {left}، أمس. وقال {right}، اليوم"))) == 2


def test_a_variant_alone_calls_nobody() -> None:
    """A last name that only sounds like a listed one needs the full name in the document."""
    assert "person:antony-blinken" not in _keys("جاء ذلك خلال لقاء الوزير بيلنكن")


def test_the_short_form_of_a_body_named_in_full_is_the_same_body() -> None:
    text = "أعلنت الجمعية المغربية للقرقوز العام شيئا. ثم قالت الجمعية المغربية للقرقوز"
    assert len(set(_keys(text))) == 1


def test_a_bank_without_its_country_is_the_one_named_before() -> None:
    text = "قرر البنك المركزي الأردني ذلك بعد الاحتياطي الفيدرالي الأميركي. وقال محافظ البنك المركزي"
    assert _keys(text)[-1] == "organisation:jo-central-bank"


def test_a_last_name_links_to_the_full_name_before_it() -> None:
    assert len(set(_keys("قال رضوان القرطاسي إن الأمر انتهى. وأضاف القرطاسي"))) == 1


def test_a_misspelt_last_name_links_to_the_full_name_of_the_document() -> None:
    assert set(_keys("قال أنتوني بلينكن. جاء ذلك خلال لقاء الوزير بيلنكن")) == {"person:antony-blinken"}


def test_another_member_of_the_family_is_another_person() -> None:
    first, second = _keys("قال جو بايدن إن هانتر بايدن بريء")
    assert first != second


def test_a_name_nobody_listed_gets_the_same_key_in_every_document() -> None:
    assert _keys("قال المحامي رضوان القرطاسي") == _keys("احتجز رضوان القرطاسى في غزة")[:1]
    assert _keys("قال رضوان عبد الله القرطاسي") == _keys("قال رضوان عبدالله القرطاسي")


def test_an_unlisted_thing_is_called_as_the_text_writes_it_and_keyed_by_the_folded_name() -> None:
    (person,) = _mentions("قال المحامي يحيى القرطاسي")
    (body,) = _mentions("قرار للمعهد الوطني للقياس")
    assert person.entity is not None
    assert body.entity is not None
    assert (person.entity.key, person.entity.name) == ("person:يحيي-القرطاسي", "يحيى القرطاسي")
    assert body.entity.name == "المعهد الوطني للقياس"


def test_the_key_of_an_unlisted_thing_is_bounded_and_still_its_own() -> None:
    names = [f"{'سمرقانوفيتشينكو' * 12} {last}" for last in ("القرطاسي", "الفلاني")]
    keys = [coined("person", name.split(), name).key for name in names]
    assert all(len(key.encode()) <= 200 for key in keys)
    assert keys[0] != keys[1]


def test_a_last_name_that_is_also_a_first_name_links_to_the_full_name() -> None:
    assert len(set(_keys("قال رضوان منصور إن الأمر انتهى. وأضاف منصور أنه"))) == 1


def test_an_acronym_in_brackets_says_who_an_unlisted_body_is() -> None:
    assert set(_keys("عقدت المنظمة الحكومية للتنمية (إيغاد) قمة")) == {"organisation:igad"}


def test_glued_and_dotted_spellings_are_the_same_name() -> None:
    assert _keys("قال عبدالفتاح السيسي أمس") == _keys("قال عبد الفتاح السيسي أمس")
    assert _keys("قال إتش.إس.بي.سي أمس") == _keys("قال إتش إس بي سي أمس") == ["organisation:hsbc"]


def test_a_ministry_without_its_country_stays_open_and_says_why() -> None:
    (mention,) = _mentions("أعلنت وزارة الصحة ارتفاع الإصابات")
    assert mention.entity is None
    assert mention.reason == "the country is not stated"


def test_a_ministry_takes_its_country_from_the_document() -> None:
    assert len(set(_keys("قالت وزارة الصحة الفلسطينية شيئا. ثم أكدت وزارة الصحة غيره"))) == 1


def test_a_ministry_takes_its_country_from_the_name_in_brackets() -> None:
    assert _keys("مقر وزارة الدفاع (البنتاغون)") == ["organisation:us-ministry-of-defence"] * 2


def test_a_nationality_word_is_a_last_name_only_after_a_verb() -> None:
    text = "اجتمع محمد شياع السوداني أمس. وقال السوداني إن الاقتصاد السوداني قوي، وأضاف أن السوداني سيسافر"
    assert [text[m.start : m.end] for m in _mentions(text)] == ["محمد شياع السوداني", "السوداني", "السوداني"]


def test_time_grows_with_the_text_and_not_faster() -> None:
    """Counted in mentions, not seconds: many namesakes stay bounded."""
    text = " ".join(f"قال رضوان القرطاس{letter}ي." for letter in "بتثجحخدرزسشصضطظعغفقكلمنه")
    assert len(_mentions(text)) == text.count("رضوان")


def test_a_latin_spelling_in_brackets_is_the_same_person() -> None:
    assert _keys("قال رضوان القرطاسي (Radwan Qartasi) أمس") == ["person:رضوان-القرطاسي"] * 2
