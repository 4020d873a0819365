"""Mentions: where a name begins and ends, what kind it is, which title stands beside it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
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
    # an organisation in quotation marks after its head
    ('قال موقع "قرقوزة نيوز" إن', ["قرقوزة نيوز"]),
    # institutions with adjectives and a purpose
    ("حذر المركز الوطني للأرصاد الجوية من", ["المركز الوطني للأرصاد الجوية"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNLISTED)
def test_names_nobody_listed_are_found_by_what_stands_beside_them(text: str, expected: list[str]) -> None:
    assert _surfaces(text) == expected


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


@given(st.lists(st.sampled_from(ALPHABET), max_size=30))
def test_mentions_are_sorted_distinct_spans_of_the_text(words: list[str]) -> None:
    text = " ".join(words)
    spans = [(m.start, m.end) for m in _mentions(text)]
    assert spans == sorted(set(spans))
    assert all(0 <= start < end <= len(text) and text[start:end].strip() == text[start:end] for start, end in spans)


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    _mentions(text)
