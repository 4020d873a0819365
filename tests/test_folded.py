"""The folded copy and its map back to the original text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.folded import fold, fold_text

ARABIC = st.text(
    alphabet=st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىئؤةء ًٌٍَُِّْـ٠١٢٣٤٥\u200f\u200e\u200b\ufefb\ufdf2،.\n\t\0")
    | st.characters(),
    max_size=200,
)

SAME = [
    # hamza and madda on alef
    ("أحمد", "احمد"), ("إسرائيل", "اسراييل"), ("آب", "اب"),
    # alif maqsura, Persian ya and ya
    ("مصطفى", "مصطفي"), ("وزیر", "وزير"),
    # ta marbuta
    ("القاهرة", "القاهره"),
    # hamza seats
    ("مسؤول", "مسوول"), ("رئيس", "رييس"),
    # vowel marks and tatweel
    ("مُحَمَّد", "محمد"), ("الـــعربية", "العربيه"),
    # digits of three kinds
    ("٢٠٢٤", "2024"), ("۲۰۲۴", "2024"),
    # presentation forms and ligatures
    ("ﻻ", "لا"), ("ﷲ", "الله"),
    # direction marks and zero-width joiners
    ("\u200fمصر\u200e", "مصر"), ("نیم\u200cفاصله", "نيمفاصله"),
    # spaces and dashes
    ("جان\u2011بيير", "جان-بيير"), ("قطاع\u00a0غزة", "قطاع غزه"),
    # decomposed hamza
    ("ا\u0654حمد", "احمد"),
    # Latin case
    ("REUTERS", "reuters"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "folded"), SAME)
def test_spellings_of_one_word_fold_to_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ARABIC)
def test_every_folded_character_comes_from_a_code_point_in_order(text: str) -> None:
    folded = fold_text(text)
    offsets = folded.offsets
    assert len(offsets) == len(folded.folded)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@given(ARABIC)
def test_the_span_of_a_folded_piece_folds_back_to_that_piece(text: str) -> None:
    folded = fold_text(text)
    pieces = [i for i in range(len(folded.folded)) if i == 0 or folded.offsets[i] != folded.offsets[i - 1]]
    for start in pieces[:20]:
        ends = [end for end in (*pieces, len(folded.folded)) if end > start][:3]
        for end in ends:
            first, last = folded.original(start, end)
            assert 0 <= first < last <= len(text)
            if "ـ" not in text[first:last]:  # which may be a dash by what stands around it
                assert fold(text[first:last]) == folded.folded[start:end]


@given(ARABIC)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ARABIC, st.integers(min_value=0, max_value=220))
def test_a_folded_index_is_the_first_character_at_or_after_an_offset(text: str, offset: int) -> None:
    folded = fold_text(text)
    index = folded.folded_index(offset)
    assert all(place < offset for place in folded.offsets[:index])
    assert all(place >= offset for place in folded.offsets[index:])


def test_a_span_takes_the_vowel_marks_that_end_it() -> None:
    folded = fold_text("ثانٍ في")
    assert folded.original(0, 4) == (0, 5)


@pytest.mark.parametrize(("text", "folded"), [
    ("5 ـ 7 مايو", "5 - 7 مايو"), ("٢٠١٩ـ٢٠٢١", "2019-2021"), ("لا\u00a0ـ نعم", "لا - نعم"), ("ﻻ ـ ﻻ", "لا - لا"),
    ("الـ24", "ال24"), ("1446 هـ", "1446 ه"), ("هـ 5", "ه 5"), ("مـــن", "من"), ("ـ", ""), ("5ـ", "5"),
])  # fmt: skip
def test_a_tatweel_that_stretches_no_letter_is_a_dash(text: str, folded: str) -> None:
    assert fold_text(text).folded == folded


def test_lone_surrogates_do_not_stop_folding() -> None:
    assert fold("a\ud800ب") == "a\ud800ب"
