"""Tokens: cut by a table as regular expressions cut, with the places they came from."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from flows.text.folded import fold_text
from flows.text.tokens import tokenize, words_of

TEXTS = st.text(st.one_of(st.sampled_from("اب ـَ٣7a_-.،\n\u200f😀𝒜²ﻻ"), st.characters()), max_size=60)


@given(TEXTS)
def test_a_text_has_the_same_words_by_table_and_by_pattern(text: str) -> None:
    folded = fold_text(text)
    assert tokenize(folded).words == words_of(folded.folded)


def test_every_code_point_is_of_the_same_class_by_table_and_by_pattern() -> None:
    folded = fold_text("".join(map(chr, range(sys.maxunicode + 1))))
    assert tokenize(folded).words == words_of(folded.folded)


@given(TEXTS)
def test_tokens_stand_where_they_say(text: str) -> None:
    folded = fold_text(text)
    tokens = tokenize(folded)
    assert [folded.folded[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words
    assert tokens.origins == [folded.offsets[start] for start in tokens.starts]
    assert tokens.last_origins == [folded.offsets[end - 1] for end in tokens.ends]


@given(TEXTS)
def test_numbers_and_marks_are_the_tokens_without_letters(text: str) -> None:
    tokens = tokenize(fold_text(text))
    assert tokens.numbers == [at for at, word in enumerate(tokens.words) if word.isdecimal()]
    assert tokens.marks == [at for at, word in enumerate(tokens.words) if not word.isalnum()]


@given(TEXTS)
def test_lines_begin_behind_line_breaks(text: str) -> None:
    folded = fold_text(text)
    lines, begin = {0}, 0
    for line in folded.folded.split("\n"):
        lines.add(begin)
        begin += len(words_of(line))
    assert tokenize(folded).line_starts == lines
