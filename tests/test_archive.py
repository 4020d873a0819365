"""The raw archive: every document's bytes kept before its rows, found again by their range, proved by their hash."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import fsspec
import psycopg
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from typer.testing import CliRunner

from flows import archive as archive_module
from flows.archive import Archive, ArchiveError, archived, object_name, open_archive
from flows.cli.archive import app
from flows.load import LoadBatch, LoadItem, load_batch, start_run
from flows.load.archived import archived_places
from flows.load.disk import DiskFullError
from flows.settings import load_settings
from flows.values import RawRecord
from tests.news import annotation

SECRET = "hunter2hunter2"


def record(content: bytes, locator: str = "") -> RawRecord:
    text = content.decode("utf-8", "replace")
    digest = hashlib.sha256(content).digest()
    return RawRecord("file:///a", locator, digest, text, "text/plain", "utf-8", content=content)


def archive_at(place: object) -> Archive:
    opened = open_archive(load_settings().model_copy(update={"archive": SecretStr(str(place))}))
    assert opened is not None
    return opened


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture(params=["folder", "memory"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    if request.param == "folder":
        yield archive_at(tmp_path / "archive")
        return
    yield archive_at("memory://archive/here")
    fsspec.filesystem("memory").rm("/archive", recursive=True)


def test_what_was_kept_is_read_back(archive: Archive) -> None:
    records = [record(b"one file"), record(b"line one", "line:1"), record(b"\xff\x00 two", "line:2"), record(b"x" * 99)]
    places = archive.keep(records)
    assert {each.sha256: archive.read(places[each.sha256], each.sha256) for each in records} == {
        each.sha256: each.content for each in records
    }


@given(contents=st.lists(st.binary(min_size=1, max_size=70), max_size=12))
def test_any_records_are_read_back_from_objects_of_any_size(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive_module, "OBJECT_BYTES", 50)
        patch.setattr(archive_module, "FEW_DOCUMENTS", 3)
        archive = archive_at(tmp_path_factory.mktemp("archive"))
        records = [record(content) for content in contents]
        places = archive.keep(records)
    assert all(archive.read(places[each.sha256], each.sha256) == each.content for each in records)


def test_few_documents_are_objects_by_themselves_named_by_their_own_hash(tmp_path: Path) -> None:
    records = [record(b"one"), record(b"two", "line:2"), record(b"one", "line:3")]
    archive_at(tmp_path).keep(records)
    assert files(tmp_path) == sorted({object_name(each.sha256) for each in records})
    assert zstd.decompress((tmp_path / object_name(records[0].sha256)).read_bytes()) == b"one"


def test_many_documents_share_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "FEW_DOCUMENTS", 2)
    archive_at(tmp_path).keep([record(b"one"), record(b"two", "line:2"), record(b"three", "line:3")])
    shared = hashlib.sha256(b"onetwothree").digest()
    assert files(tmp_path) == [object_name(shared)]
    assert zstd.decompress((tmp_path / object_name(shared)).read_bytes()) == b"onetwothree"


def test_keeping_again_writes_nothing(tmp_path: Path) -> None:
    records = [record(b"file"), record(b"one", "line:1")]
    first = archive_at(tmp_path).keep(records)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.zst")}
    assert archive_at(tmp_path).keep(records) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.zst")} == before


def test_a_write_that_fails_leaves_no_object_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFullError, match="No space left on device; make room"):
        archive_at(tmp_path).keep([record(b"file")])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_writer_left_goes_after_a_day(tmp_path: Path) -> None:
    drafts = tmp_path / ".drafts"
    drafts.mkdir()
    old, fresh = drafts / "old.zst.1.aa", drafts / "fresh.zst.2.bb"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    archive_at(tmp_path).keep([record(b"file")])
    assert list(drafts.iterdir()) == [fresh]


def test_an_archive_that_is_damaged_says_so(tmp_path: Path) -> None:
    archive = archive_at(tmp_path)
    one = record(b"file")
    place = archive.keep([one])[one.sha256]
    path = tmp_path / object_name(one.sha256)
    # other bytes, no zstd at all, cut short, unpacking to far too much, gone
    for damage in (zstd.compress(b"liar"), b"nonsense", path.read_bytes()[:-6], zstd.compress(bytes(1 << 26))):
        path.write_bytes(damage)
        with pytest.raises(ArchiveError, match=r"\.zst"):
            archive.read(place, one.sha256)
    path.unlink()
    with pytest.raises(ArchiveError, match="cannot be read from the raw archive"):
        archive.read(place, one.sha256)


def test_a_store_that_fails_is_named_without_its_secrets() -> None:
    archive = archive_at(f"http://user:{SECRET}@127.0.0.1:9/archive?token={SECRET}")
    with pytest.raises(ArchiveError) as refused:
        archive.keep([record(b"file")])
    assert "http://127.0.0.1:9/archive cannot be written" in str(refused.value)
    assert SECRET not in f"{refused.value} {archive.place}"


def test_a_store_whose_package_is_missing_is_said_so() -> None:
    with pytest.raises(ArchiveError, match=r"dropbox://team/archive.* needs a package that is missing"):
        archive_at("dropbox://team/archive").keep([record(b"file")])


def test_the_archive_lies_below_the_home_unless_it_is_switched_off(settings_of_its_own: Path) -> None:
    settings = load_settings()
    default = open_archive(settings)
    assert default is not None
    assert default.place == str(settings_of_its_own / "archive")
    assert open_archive(settings.model_copy(update={"archive": SecretStr("off")})) is None


def test_only_new_content_is_archived(tmp_path: Path) -> None:
    new, known = record("عنوان\nنص".encode()), record(b"known")
    batch = LoadBatch((LoadItem(new, annotation(new.text)), LoadItem(known, None)))
    outcome = archived(batch, archive_at(tmp_path))
    assert [item.archived is not None for item in outcome.items] == [True, False]
    assert files(tmp_path) == [object_name(new.sha256)]
    assert archived(batch, None) is batch


TEXTS = ["خبر أول\nنص", "خبر ثان\nنص آخر"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, loader_url: str) -> Path:
    """An archive of two lines, in one object, whose documents are loaded."""
    folder = tmp_path_factory.mktemp("archive")
    items = [
        LoadItem(replace(record(text.encode(), f"line:{n}"), uri="file:///n.jsonl"), annotation(text))
        for n, text in enumerate(TEXTS, 1)
    ]
    with pytest.MonkeyPatch.context() as patch, psycopg.connect(loader_url, autocommit=True) as connection:
        patch.setattr(archive_module, "FEW_DOCUMENTS", 1)
        run = start_run(connection, flow_run_id=None, ruleset_version="test", parameters={})
        for number in (1, 1, 2):  # a batch tried again, and the same content once more
            load_batch(connection, run, number, archived(LoadBatch(tuple(items)), archive_at(folder)))
    return folder


def test_any_row_leads_back_to_its_bytes(folder: Path, reader_url: str) -> None:
    with psycopg.connect(reader_url) as reader:
        rows: list[tuple[Any, ...]] = reader.execute(
            "SELECT article.title, lineage.uri, lineage.locator, lineage.is_archived, lineage.archive_object,"
            " lineage.archive_byte_start, lineage.archive_n_bytes"
            " FROM mart.articles AS article JOIN mart.lineage AS lineage USING (document_id) ORDER BY lineage.locator"
        ).fetchall()
    assert [row[:4] for row in rows] == [
        ("خبر أول", "file:///n.jsonl", "line:1", True), ("خبر ثان", "file:///n.jsonl", "line:2", True),
    ]  # fmt: skip
    for text, (*_, name, start, size) in zip(TEXTS, rows, strict=True):
        assert zstd.decompress((folder / name).read_bytes())[start : start + size] == text.encode()


def test_the_command_gives_the_bytes_of_a_document_and_proves_them_all(
    folder: Path, loader_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSNAD_DATABASE_URL", loader_url)
    monkeypatch.setenv("MUSNAD_ARCHIVE", str(folder))
    load_settings.cache_clear()
    with psycopg.connect(loader_url) as connection:
        ids = [document_id for document_id, _, _ in archived_places(connection)]
    assert [CliRunner().invoke(app, ["show", str(each)]).stdout_bytes.decode() for each in ids] == TEXTS
    assert isinstance(CliRunner().invoke(app, ["show", "999999"]).exception, LookupError)
    proved = CliRunner().invoke(app, ["verify"])
    assert (proved.exit_code, proved.stdout) == (0, "2 documents are as they were read, 0 are missing or damaged.\n")
    shutil.copytree(folder, kept := folder.with_name("kept"))
    next(folder.rglob("*.zst")).write_bytes(zstd.compress(b"liar"))
    damaged = CliRunner().invoke(app, ["verify"])
    assert (damaged.exit_code, damaged.stdout[:11]) == (1, "0 documents")
    shutil.rmtree(folder)
    kept.rename(folder)
    load_settings.cache_clear()
