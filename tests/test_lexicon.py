"""The one pass over the tokens: proclitics, fused lam, hyphens, line ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.transform.lexicon import Entry, Lexicon
from flows.transform.page import read_page

PHRASES = ("واشنطن", "لبنان", "الجيش الإسرائيلي", "كارين جان بيير", "الأمم المتحدة", "حماس")

CASES = [
    # as it stands
    ("زار واشنطن", "واشنطن", "واشنطن"),
    # one proclitic, two proclitics
    ("وواشنطن", "واشنطن", "واشنطن"),
    ("وبواشنطن", "واشنطن", "واشنطن"),
    # a lam before a name that begins with lam
    ("للبنان", "لبنان", "لبنان"),
    # lam fused with the article stays in the span
    ("للجيش الإسرائيلي", "الجيش الإسرائيلي", "للجيش الإسرائيلي"),
    ("وللأمم المتحدة", "الأمم المتحدة", "للأمم المتحدة"),
    # a hyphen is a space
    ("كارين جان-بيير", "كارين جان بيير", "كارين جان-بيير"),
    # spelling without hamza, with vowel marks
    ("الجَيْش الاسرائيلي", "الجيش الإسرائيلي", "الجَيْش الاسرائيلي"),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    made = Lexicon()
    for phrase in PHRASES:
        made.add(phrase, Entry("entity", phrase))
    return made


@pytest.mark.parametrize(("text", "phrase", "surface"), CASES)
def test_a_phrase_is_found_with_its_proclitics_left_out(lexicon: Lexicon, text: str, phrase: str, surface: str) -> None:
    page = read_page(text, lexicon)
    spans = [page.hit_span(hit) for hit in page.hits if hit.entry.value == phrase]
    assert [text[start:end] for start, end in spans] == [surface]


@pytest.mark.parametrize(
    "text",
    [
        # inside another word
        "الحماسة والحماسي",
        # across a line break
        "الجيش\nالإسرائيلي",
    ],
)
def test_what_is_not_the_phrase_is_not_found(lexicon: Lexicon, text: str) -> None:
    assert read_page(text, lexicon).hits == []


def test_a_phrase_without_a_word_is_refused(lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match="needs a word"):
        lexicon.add("ـــ", Entry("cue", None))


@given(st.lists(st.sampled_from((*PHRASES, "و", "ل", "-", "\n", "ب", "كتاب", "،", "١٢")), max_size=40))
def test_every_hit_lies_inside_the_text_and_folds_to_its_phrase(parts: list[str]) -> None:
    made = Lexicon()
    for phrase in PHRASES:
        made.add(phrase, Entry("entity", phrase))
    text = " ".join(parts)
    page = read_page(text, made)
    for hit in page.hits:
        start, end = page.hit_span(hit)
        assert 0 <= start < end <= len(text)
        assert page.tokens.words[hit.first : hit.last]
