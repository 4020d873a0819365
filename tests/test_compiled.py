"""Compiled rules on disk: the same as freshly compiled ones, never trusted blindly, never needed."""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
from pathlib import Path

import pytest

from flows.transform import compiled
from flows.transform.lexicon import Entry, Lexicon
from flows.transform.page import read_page
from flows.values import Entity

AMMAN = Entity("place:amman", "place", "Amman", "عمان", None, 250441, "JO")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    return tmp_path


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("rules-*"))


def test_what_was_kept_comes_back_the_same() -> None:
    compiled.keep("a", (AMMAN, {"عمان": AMMAN}, frozenset({1})))
    found = compiled.recall("a")
    assert found == (AMMAN, {"عمان": AMMAN}, frozenset({1}))
    assert isinstance(found, tuple)
    assert found[0] is found[1]["عمان"]


def test_a_lexicon_comes_back_without_the_words_it_met() -> None:
    lexicon = Lexicon()
    lexicon.add("مدينة عمان", Entry("entity", AMMAN))
    hits = read_page("في مدينة عمان", lexicon).hits
    compiled.keep("a", lexicon)
    again = compiled.recall("a")
    assert isinstance(again, Lexicon)
    assert repr(read_page("في مدينة عمان", again).hits) == repr(hits)


def test_another_version_finds_nothing() -> None:
    compiled.keep("a", AMMAN)
    assert compiled.recall("b") is None


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 100])
def test_a_damaged_file_counts_as_none(folder: Path, damage: bytes) -> None:
    compiled.keep("a", AMMAN)
    kept_files(folder)[0].write_bytes(damage)
    assert compiled.recall("a") is None


def test_a_file_that_others_may_write_is_not_read(folder: Path) -> None:
    compiled.keep("a", AMMAN)
    [path] = kept_files(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o660)
    assert compiled.recall("a") is None


def test_a_file_that_would_run_something_is_refused(folder: Path) -> None:
    compiled.keep("a", AMMAN)
    content = pickle.dumps(os.getcwd)
    kept_files(folder)[0].write_bytes(hashlib.sha256(content).digest() + content)
    assert compiled.recall("a") is None


def test_where_nothing_can_be_written_nothing_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").write_text("")
    monkeypatch.setattr(sys, "pycache_prefix", str(folder / "file"))
    compiled.keep("a", AMMAN)
    assert compiled.recall("a") is None


def test_only_the_latest_states_stay(folder: Path) -> None:
    for number in range(7):
        compiled.keep(str(number), AMMAN)
        os.utime(kept_files(folder)[-1], (number, number))
    assert len(kept_files(folder)) == 4
    assert compiled.recall("6") == AMMAN
