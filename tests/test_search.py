"""Arabic full text: sister spellings find each other, and no text is too long."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import errors

from flows.text.folded import fold
from tests.one_article import ask_one

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def connection(database_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("إسرائيل", "اسرائيل"),  # hamza
        ("مدرسة في غزة", "غزه"),  # ta marbuta
        ("مستشفى", "مستشفي"),  # alef maqsura
        ("المتّحدة", "المتحدة"),  # shadda
        ("مبدأ", "مبدا"),  # final hamza
        ("مـبـدأ", "مبدأ"),  # tatweel
        ("عام ٢٠٢٤", "2024"),  # Arabic-Indic digits
        ("عام ۲۰۲۴", "٢٠٢٤"),  # Persian digits
        ("وزیر کبیر", "وزير كبير"),  # Persian letters
        ("ﻻ ﺳﻼﻡ", "سلام"),  # presentation forms
        ("\u202bغزة،\u202c", "غزة"),  # bidi marks and an Arabic comma
        ("قال «الرئيس»؛", "الرئيس"),  # quotation marks
        ("مجلس الأمن الدولي", '"مجلس الامن"'),  # a phrase
        ("مجلس الأمن الدولي", "«مجلس الامن»"),  # a phrase in Arabic marks
        ("AP News", "ap"),  # Latin case
    ],
)
def test_a_question_finds_sister_spellings(connection: psycopg.Connection, text: str, question: str) -> None:
    assert ask_one(connection, "SELECT news.search_vector(NULL, %s) @@ news.search_query(%s)", text, question) is True


def test_a_title_outweighs_a_body(connection: psycopg.Connection) -> None:
    rank = "SELECT ts_rank(news.search_vector(%s, %s), news.search_query('غزة'))"
    assert float(str(ask_one(connection, rank, "غزة", "خبر"))) > float(str(ask_one(connection, rank, "خبر", "غزة")))


def test_words_are_folded_as_the_transform_folds_them(connection: psycopg.Connection) -> None:
    """Every Arabic letter, mark and digit; punctuation becomes a space here, since only words are asked for."""
    letters = [
        chr(code)
        for block in (range(0x0600, 0x0700), range(0x08D3, 0x0900), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD))
        for code in block
        if unicodedata.category(chr(code)) in {"Lo", "Lm", "Mn", "Nd", "Cf"}
    ]
    folded = connection.execute(
        "SELECT letter, news.fold_arabic('ب' || letter || 'ب') FROM unnest(%s::text[]) AS letter", (letters,)
    ).fetchall()
    different = {
        letter: form for letter, form in folded if form.replace(" ", "") != fold(f"ب{letter}ب").replace(" ", "")
    }
    assert different == {}


LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def many_words(n_words: int) -> str:
    """Distinct words of six letters."""
    size = len(LETTERS)
    return " ".join(
        "".join(LETTERS[number // size**power % size] for power in range(6)) for number in range(0, n_words * 977, 977)
    )


@pytest.mark.parametrize(
    "body",
    [
        many_words(120_000),  # more distinct words than a tsvector holds
        "ا" * 1_000_000,  # one word without an end
        "a-b-" * 200_000,  # compounds, which the parser also takes apart
        " ".join(f"http://a{number}.org/{number}/x" for number in range(40_000)),  # addresses, too
        "ﷺ" * 300_000,  # a ligature of 18 letters
    ],
    ids=["words", "one word", "compounds", "addresses", "ligatures"],
)
def test_no_text_is_too_long_for_the_search(connection: psycopg.Connection, body: str) -> None:
    assert ask_one(connection, "SELECT news.search_vector('عنوان', %s) @@ news.search_query('عنوان')", body) is True


def test_the_search_holds_nearly_as_much_as_it_can(connection: psycopg.Connection) -> None:
    body = many_words(120_000)
    n_words = int(str(ask_one(connection, "SELECT length(news.search_vector(NULL, %s))", body)))
    with pytest.raises(errors.ProgramLimitExceeded):
        connection.execute(
            "SELECT to_tsvector('pg_catalog.arabic', array_to_string((string_to_array(%s, ' '))[:%s], ' '))",
            (body, int(n_words * 1.05)),
        )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=400))
def test_any_text_has_a_search_vector_and_asks_a_question(database_url: str, text: str) -> None:
    with psycopg.connect(database_url) as connection:
        assert ask_one(connection, "SELECT news.search_vector(%s, %s) IS NOT NULL", text, text) is True
        connection.execute("SELECT news.search_query(%s)", (text,))
