"""Extraction: files read whole, faults as rejects, records in batches."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract import ExtractLimits, extract_batches, find_inputs
from flows.extract.inputs import InputFile
from flows.extract.uris import file_uri
from flows.options import extract_limits
from flows.settings import Settings
from flows.text.html import visible_text
from flows.values import RawRecord, Reject

LIMITS = replace(
    extract_limits(Settings()), max_record_bytes=10_000, max_reject_bytes=16, batch_records=3, batch_bytes=1_000_000
)


def read(path: Path, limits: ExtractLimits = LIMITS) -> list[RawRecord | Reject]:
    return [record for batch in extract_batches(find_inputs([str(path)]), limits) for record in batch]


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


def test_a_link_to_itself_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    (tmp_path / "manifest.csv").symlink_to("manifest.csv")
    (tmp_path / "a.txt").write_text("نص", encoding="utf-8")
    for name in (".", "*", "a.txt"):
        records = read(tmp_path / name)
        assert isinstance(records[0], RawRecord)
        assert {each.reason_code for each in records[1:] if isinstance(each, Reject)} <= {"unreadable", "bad_manifest"}
        assert len(records) == (2 if name == "a.txt" else 3)


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


FAULTS = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("zip.txt", b"PK\x03\x04....", "damaged"),
    ("paper.txt", b"%PDF-1.7", "unknown_format"),
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
    small = replace(LIMITS, batch_records=100, batch_bytes=2_500)
    assert [len(batch) for batch in extract_batches(files, small)] == [2, 2, 2, 1]


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
