"""Extraction: inputs found once and in order, characters repaired by name, faults as rejects."""

from __future__ import annotations

import codecs
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract import ExtractLimits, InputError, extract_batches, find_inputs
from flows.extract.inputs import InputFile, file_uri, public_url
from flows.text.characters import UndecodableError, decode, repair_text
from flows.text.html import visible_text
from flows.values import RawRecord, Reject

LIMITS = ExtractLimits(max_file_bytes=10_000, max_reject_bytes=16, batch_records=3, batch_bytes=1_000_000)


def read(path: Path, limits: ExtractLimits = LIMITS) -> list[RawRecord | Reject]:
    return [record for batch in extract_batches(find_inputs([str(path)]), limits) for record in batch]


def test_a_folder_gives_its_files_once_sorted_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("نص", encoding="utf-8")
    files = find_inputs([str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "*.txt")])
    assert [file.uri.removeprefix(f"file://{tmp_path}/") for file in files] == ["a.txt", "b.txt", "sub/c.txt"]


@pytest.mark.parametrize("name", ["missing.txt", "*.nothing", "empty-folder", "nosuchscheme://x/y"])
def test_an_input_that_matches_nothing_is_wrong_usage(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    with pytest.raises(InputError, match="INPUT"):
        find_inputs([name if "://" in name else str(tmp_path / name)])


def test_a_link_out_of_a_folder_is_a_reject_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("سر", encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.txt").symlink_to(outside)
    (folder / "a.txt").write_text("نص", encoding="utf-8")
    loaded, refused = read(folder)
    assert isinstance(loaded, RawRecord)
    assert isinstance(refused, Reject)
    assert (refused.reason_code, refused.raw) == ("unreadable", b"")
    assert "leads out of the folder" in refused.message


def test_a_fifo_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (reject,) = read(tmp_path / "pipe.txt")
    assert isinstance(reject, Reject)
    assert reject.reason_code == "unreadable"


def test_a_plain_file_is_its_text_unchanged(tmp_path: Path) -> None:
    content = "\n\u200fعنوان\r\n\tنصّ ﻻ\u00a0\n".encode()
    (tmp_path / "a.txt").write_bytes(content)
    (record,) = read(tmp_path / "a.txt")
    assert isinstance(record, RawRecord)
    assert record.text == content.decode()
    assert record.sha256 == hashlib.sha256(content).digest()
    assert (record.charset, record.repairs, record.locator) == ("utf-8", (), "")


CHARACTERS = [
    # a byte order mark goes
    (codecs.BOM_UTF8 + "نص".encode(), "نص", "utf-8", ("bom",)),
    (codecs.BOM_UTF16_LE + "نص".encode("utf-16-le"), "نص", "utf-16-le", ("bom",)),
    (codecs.BOM_UTF16_BE + "نص".encode("utf-16-be"), "نص", "utf-16-be", ("bom",)),
    # NUL is replaced one for one
    ("ن\0ص".encode(), "ن\ufffdص", "utf-8", ("nul",)),
]


@pytest.mark.parametrize(("content", "text", "charset", "repairs"), CHARACTERS)
def test_what_was_mended_is_named(content: bytes, text: str, charset: str, repairs: tuple[str, ...]) -> None:
    assert decode(content) == (text, charset, repairs)


def test_bytes_in_no_known_charset_are_refused_with_their_place() -> None:
    with pytest.raises(UndecodableError, match="byte 4 "):
        decode("نص".encode() + b"\xff")


@given(st.text(alphabet=st.characters(), max_size=50))
def test_a_repaired_text_keeps_its_length_and_can_be_stored(text: str) -> None:
    mended, repairs = repair_text(text)
    assert len(mended) == len(text)
    assert "\0" not in mended
    assert mended.encode().decode() == mended
    assert (mended == text) == (repairs == ())


FAULTS = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("zip.txt", b"PK\x03\x04....", "unknown_format"),
    ("rows.csv", "عنوان,نص\n".encode(), "unknown_format"),
    ("bad.txt", b"\xff\xff\xff", "bad_charset"),
    ("big.txt", b"x" * 10_001, "too_large"),
]


@pytest.mark.parametrize(("name", "content", "code"), FAULTS)
def test_a_fault_is_a_reject_with_its_reason_and_some_bytes(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (reject,) = read(tmp_path / name)
    assert isinstance(reject, Reject)
    assert reject.reason_code == code
    assert name in reject.message
    assert reject.raw == content[:16]


def test_a_file_that_vanished_is_a_reject(tmp_path: Path) -> None:
    files = [InputFile(file_uri(tmp_path / "gone.txt"), str(tmp_path / "gone.txt"))]
    ((reject,),) = extract_batches(files, LIMITS)
    assert isinstance(reject, Reject)
    assert reject.reason_code == "unreadable"


def test_batches_end_at_their_number_of_records_and_of_bytes(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"{number}.txt").write_text("نص" * 100, encoding="utf-8")
    files = find_inputs([str(tmp_path)])
    assert [len(batch) for batch in extract_batches(files, LIMITS)] == [3, 3, 1]
    small = ExtractLimits(10_000, 16, batch_records=100, batch_bytes=1_700)
    assert [len(batch) for batch in extract_batches(files, small)] == [2, 2, 2, 1]


URLS = [
    ("s3://key:secret@bucket/a.txt", "s3://bucket/a.txt"),
    ("https://user:pw@host/a?X-Amz-Signature=abc&x=1", "https://host/a"),
    ("https://host/a?page=2", "https://host/a?page=2"),
]


@pytest.mark.parametrize(("url", "public"), URLS)
def test_a_public_url_holds_no_secret(url: str, public: str) -> None:
    assert public_url(url) == public


def test_an_input_that_cannot_be_opened_shows_no_secret() -> None:
    with pytest.raises(InputError) as refused:
        find_inputs(["nosuch://user:secret@host/x"])
    assert "secret" not in str(refused.value)


HTML = [
    # blocks on lines, inline together
    ("<h1>عنوان <b>مهم</b></h1><p>نص<br>سطر</p>", "عنوان مهم\nنص\nسطر"),
    # scripts, styles, templates and the head are not seen
    ("<head><title>x</title></head><body><script>1</script><style>p{}</style>نص</body>", "نص"),
    # hidden parts are not seen, what follows them is
    ("<div hidden>لا</div>نعم<p style='display: none'>لا</p>", "نعم"),
    # cells stand apart
    ("<table><tr><td>ا</td><td>ب</td></tr></table>", "ا ب"),
    # comments and entities
    ("<p>ا&amp;ب<!-- لا --></p>", "ا&ب"),
]


@pytest.mark.parametrize(("markup", "text"), HTML)
def test_html_gives_the_text_a_reader_sees(markup: str, text: str) -> None:
    assert visible_text(f"<html>{markup}</html>") == text


@given(st.text(alphabet=st.sampled_from("<>/pdivbscript =\"'!-&;ا ب\n\0"), max_size=200))
def test_any_markup_gives_some_text(markup: str) -> None:
    assert "\0" not in visible_text(markup)
