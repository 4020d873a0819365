"""Bytes to text: charsets told or detected, what was mended named, the language by letters and small words."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.characters import repair_text
from flows.text.charsets import UndecodableError, decode, known_charset
from flows.text.language import detect_language
from flows.text.mojibake import mend_mojibake

NEWS = "قال وزير الخارجية إن الاتفاق سيوقع غدا في القاهرة، بحسب وكالة الأنباء."

CHARACTERS = [
    # UTF-8 is its text unchanged
    (NEWS.encode(), NEWS, "utf-8", ()),
    ("\u200fنصّ ﻻ\u00a0".encode(), "\u200fنصّ ﻻ\u00a0", "utf-8", ()),
    # a byte order mark goes
    (codecs.BOM_UTF8 + "نص".encode(), "نص", "utf-8", ("bom",)),
    (codecs.BOM_UTF16_LE + "نص".encode("utf-16-le"), "نص", "utf-16-le", ("bom", "charset")),
    (codecs.BOM_UTF16_BE + "نص".encode("utf-16-be"), "نص", "utf-16-be", ("bom", "charset")),
    # UTF-16 without one
    (NEWS.encode("utf-16-le"), NEWS, "utf-16-le", ("charset",)),
    (NEWS.encode("utf-16-be"), NEWS, "utf-16-be", ("charset",)),
    # Arabic charsets, also in few words, and western ones
    (NEWS.encode("cp1256"), NEWS, "windows-1256", ("charset",)),
    (NEWS.encode("iso-8859-6"), NEWS, "iso-8859-6", ("charset",)),
    ("مقتل جنود".encode("cp1256"), "مقتل جنود", "windows-1256", ("charset",)),
    ("نبيل في القاهرة".encode("iso-8859-6"), "نبيل في القاهرة", "iso-8859-6", ("charset",)),
    ("Der Außenminister kommt".encode("cp1252"), "Der Außenminister kommt", "windows-1252", ("charset",)),
    (b"x " * 50_000 + NEWS.encode("cp1256"), "x " * 50_000 + NEWS, "windows-1256", ("charset",)),
    # a few bytes that are no UTF-8 in a text that is
    ((NEWS * 3).encode() + b"\xd9", NEWS * 3 + "\ufffd", "utf-8", ("malformed",)),
    # a short one, with many
    ("خبر عاجل".encode() + b"\xd9", "خبر عاجل\ufffd", "utf-8", ("malformed",)),
    # a surrogate as if it were a character
    ("خبر \ud800".encode("utf-8", "surrogatepass"), "خبر \ufffd", "utf-8", ("surrogate",)),
    # NUL is replaced one for one
    ("ن\0ص".encode(), "ن\ufffdص", "utf-8", ("nul",)),
    # UTF-8 that was read in another charset and saved
    (NEWS.encode().decode("cp1256").encode(), NEWS, "utf-8", ("mojibake",)),
]  # fmt: skip


@pytest.mark.parametrize(("content", "text", "charset", "repairs"), CHARACTERS)
def test_what_was_mended_is_named(content: bytes, text: str, charset: str, repairs: tuple[str, ...]) -> None:
    assert decode(content) == (text, charset, repairs)


DECLARED = [
    # a server's word is taken
    ("Новости".encode("cp1251"), "windows-1251", "Новости"),
    # but not against the bytes: they are UTF-8, or Arabic whatever the western default says
    (NEWS.encode(), "windows-1256", NEWS),
    (NEWS.encode("cp1256"), "iso-8859-1", NEWS),
    (NEWS.encode("cp1256"), "utf-8", NEWS),
    # nor a name that is no charset
    (NEWS.encode("cp1256"), "rot13", NEWS),
    (NEWS.encode("cp1256"), "no-such", NEWS),
]


@pytest.mark.parametrize(("content", "declared", "text"), DECLARED)
def test_a_declared_charset_is_believed_as_far_as_the_bytes_allow(content: bytes, declared: str, text: str) -> None:
    assert decode(content, declared)[0] == text


@pytest.mark.parametrize(
    "head",
    ['<meta charset="windows-1251">', '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
     '<?xml version="1.0" encoding="windows-1251"?>'],
)  # fmt: skip
def test_markup_declares_its_charset(head: str) -> None:
    page = f"{head}<p>Да</p>"
    assert decode(page.encode("cp1251"), markup=True)[0] == page


def test_what_runs_code_or_is_no_charset_is_not_known() -> None:
    assert [known_charset(name) for name in ("rot13", "idna", "unicode_escape", "utf-7", "zip", "", None)] == [None] * 7


@pytest.mark.parametrize("content", [b"\xff\xff\xff", "نص".encode() + b"\xff", bytes(1_000), bytes(range(256)) * 4])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(content)


@given(st.text(alphabet=st.characters(), max_size=50))
def test_a_repaired_text_keeps_its_length_and_can_be_stored(text: str) -> None:
    mended, repairs = repair_text(text)
    assert len(mended) == len(text)
    assert "\0" not in mended
    assert mended.encode().decode() == mended
    assert (mended == text) == (repairs == ())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_that_can_be_stored_or_are_refused(content: bytes) -> None:
    try:
        text, _, _ = decode(content)
    except UndecodableError:
        return
    assert "\0" not in text
    assert text.encode().decode() == text


@pytest.mark.parametrize("charset", ["cp1252", "cp1256", "latin-1"])
def test_a_line_that_was_misread_is_read_as_it_was_meant(charset: str) -> None:
    table = {0x81: "\x81", 0x8D: "\x8d", 0x8F: "\x8f", 0x90: "\x90", 0x9D: "\x9d"} if charset == "cp1252" else {}
    misread = "".join(table.get(byte) or bytes([byte]).decode(charset) for byte in NEWS.encode())
    assert mend_mojibake(f"{NEWS}\n{misread}\nEnglish") == f"{NEWS}\n{NEWS}\nEnglish"


@pytest.mark.parametrize("text", [NEWS, "ظلّ طه حسين يطالع", "Ørsted og Ærø", "ÙÙÙ", "ط§ ليس نصا", ""])
def test_what_is_not_surely_misread_stays(text: str) -> None:
    assert mend_mojibake(text) == text


LANGUAGES = [
    # Arabic, in dialects, with a foreign letter, on a Persian keyboard, one word
    (NEWS, "ar"),
    ("شنو هاي الشغله ما اعرف ليش صار", "ar"),
    ("أعلنت شركة گوگل عن افتتاح مكتب في بغداد", "ar"),
    ("صباح الخیر یا عرب فی القناة العالمیة", "ar"),
    ("رويترز", "ar"),
    # its neighbours
    ("وزیر امور خارجه ایران گفت که این کشور", "fa"),
    ("سخنگوي وزارت خارجه گفت كه اين موضوع در حال بررسي است", "fa"),
    ("پاکستان اور بھارت کے درمیان مذاکرات", "ur"),
    ("سەرۆکی هەرێمی کوردستان ڕایگەیاند", "ckb"),
    ("د افغانستان د بهرنیو چارو وزیر وویل", "ps"),
    # other scripts, and what has no letters to tell by
    ("The minister said that the talks would go on", "en"),
    ("Le ministre a déclaré que les négociations continuent", "fr"),
    ("12/3/2024", None),
    ("AFP", None),
]


@pytest.mark.parametrize(("text", "code"), LANGUAGES)
def test_the_language_of_a_text(text: str, code: str | None) -> None:
    assert detect_language(text) == code
