"""The inbox: reads what is new or changed, nothing twice, nothing half-written, and forgets nothing a run missed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import fsspec
import psycopg
import pytest

from flows.extract import InputError, find_inputs
from flows.extract.files import FileStamp, GivenFacts, InputFile
from flows.inbox import choose_files, settled_files
from flows.load.inbox import SeenFile, known_files, remember_files
from flows.load.runs import start_run
from flows.settings import load_settings

LONG_AGO = 1_700_000_000
NOON = datetime(2024, 3, 25, 12, tzinfo=UTC)


def lay(path: Path, text: str = "عنوان\n\nقال الوزير أمس إن الاجتماع تأجل.\n", *, at: float = LONG_AGO) -> Path:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))
    return path


def names(files: Any) -> list[str]:
    return [file.uri.rpartition("/")[2] for file in files]


REMOTE = InputFile("s3://b/a", "s3://b/a", is_remote=True, stamp=FileStamp(10, NOON, "v1"))
CHANGES: list[tuple[str, InputFile, bool]] = [
    ("nothing", REMOTE, True),
    ("its size", replace(REMOTE, stamp=FileStamp(11, NOON, "v1")), False),
    ("its time", replace(REMOTE, stamp=FileStamp(10, NOON + timedelta(seconds=1), "v1")), False),
    ("its etag", replace(REMOTE, stamp=FileStamp(10, NOON, "v2")), False),
    ("what a manifest says", replace(REMOTE, given=GivenFacts(url="https://e.com/1")), False),
    ("no more is known of it than its size", replace(REMOTE, stamp=FileStamp(10)), False),
]


@pytest.mark.parametrize(("what", "now", "is_skipped"), CHANGES)
def test_a_file_is_read_again_when_anything_tells_it_changed(what: str, now: InputFile, *, is_skipped: bool) -> None:
    assert what
    ((_, seen),) = settled_files([REMOTE], 0)
    delivery = choose_files(settled_files([now], 0), {seen.uri: seen})
    assert (delivery.n_skipped == 1, names(delivery.files) == []) == (is_skipped, is_skipped)


def test_a_store_that_tells_nothing_is_always_read() -> None:
    bare = replace(REMOTE, stamp=FileStamp(10))
    ((_, seen),) = settled_files([bare], 0)
    assert names(choose_files(settled_files([bare], 0), {seen.uri: seen}).files) == ["a"]


def test_a_file_that_was_only_touched_is_known_by_its_hash(tmp_path: Path) -> None:
    path = lay(tmp_path / "a.txt")
    (before,) = choose_files(settled_files(find_inputs([str(path)]), 0), {}).seen
    lay(path, at=LONG_AGO + 60)
    touched = choose_files(settled_files(find_inputs([str(path)]), 0), {before.uri: before})
    assert (touched.n_skipped, list(touched.files)) == (1, [])
    # its new time is noted, so that it need not be hashed again
    (now,) = touched.seen
    assert now == replace(before, modified_at=datetime.fromtimestamp(LONG_AGO + 60, UTC))


def test_a_file_being_written_is_left_to_the_next_run(tmp_path: Path) -> None:
    lay(tmp_path / "old.txt")
    lay(tmp_path / "still.txt.part")
    lay(tmp_path / "new.txt", at=time.time())
    growing = lay(tmp_path / "growing.txt", at=time.time())

    def grow() -> None:
        with growing.open("a", encoding="utf-8") as file:
            file.write("ومزيد\n")

    timer = threading.Timer(0.2, grow)
    timer.start()
    settled = settled_files(find_inputs([str(tmp_path)]), 0.5)
    timer.join()
    assert names(file for file, _ in settled) == ["new.txt", "old.txt"]


def test_an_inbox_of_old_files_does_not_wait(tmp_path: Path) -> None:
    lay(tmp_path / "old.txt")
    began = time.monotonic()
    assert len(settled_files(find_inputs([str(tmp_path)]), 60)) == 1
    assert time.monotonic() - began < 5


def test_a_fifo_in_the_inbox_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    os.utime(tmp_path / "pipe", (LONG_AGO, LONG_AGO))
    assert names(choose_files(settled_files(find_inputs([str(tmp_path)]), 0), {}).files) == ["pipe"]


def test_what_is_remembered_comes_back_as_it_was(loader_url: str) -> None:
    seen = SeenFile("file:///خبر.txt", 10, NOON, "v1", b"\1" * 32, None)
    with psycopg.connect(loader_url, autocommit=True) as connection:
        run = start_run(connection, flow_run_id=None, ruleset_version="test", parameters={})
        for now in (seen, replace(seen, n_bytes=11, sha256=None)):
            remember_files(connection, run.run_id, [now])
            assert known_files(connection, [seen.uri, "file:///other"]) == {seen.uri: now}


@pytest.fixture(scope="module")
def environment(flow_environment: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    flow_environment.setenv("MUSNAD_INBOX_SETTLE_SECONDS", "0")
    load_settings.cache_clear()
    return flow_environment


@pytest.fixture
def deliver(environment: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], tuple[int, int, int, int]]:
    """A run over the inbox: how many records it read, loaded, rejected, and how many files it skipped."""
    assert environment
    from flows.ingest import ingest  # noqa: PLC0415 - Prefect reads its settings when it is imported

    def run() -> tuple[int, int, int, int]:
        row = ingest([str(tmp_path)], is_inbox=True).run
        return row["n_read"], row["n_loaded"], row["n_rejected"], row["n_skipped_files"]

    return run


def test_a_run_reads_what_is_new_or_changed_and_counts_the_rest_as_skipped(
    deliver: Callable[[], tuple[int, int, int, int]], tmp_path: Path
) -> None:
    assert deliver() == (0, 0, 0, 0)
    lay(tmp_path / "a.txt", "خبر أول\n\nنص أول هنا.\n")
    assert deliver() == (1, 1, 0, 0)
    lay(tmp_path / "b.txt", "خبر ثان\n\nنص ثان هنا.\n")
    assert deliver() == (1, 1, 0, 1)
    assert deliver() == (0, 0, 0, 2)
    lay(tmp_path / "a.txt", "خبر أول\n\nنص أول هنا وقد تغير.\n")
    assert deliver() == (1, 1, 0, 1)
    # a manifest that comes later is news of the files it tells of
    lay(tmp_path / "manifest.csv", "file,published\nb.txt,2024-03-25\n")
    assert deliver() == (1, 0, 0, 1)
    assert deliver() == (0, 0, 0, 2)


def test_a_reject_is_seen_and_an_unopened_file_is_not(
    deliver: Callable[[], tuple[int, int, int, int]], tmp_path: Path
) -> None:
    lay(tmp_path / "empty.txt", "")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    lay(tmp_path / "manifest.csv", "file,retrieved\nempty.txt,soon\n")
    assert deliver() == (3, 0, 3, 0)
    # the file that could not be opened is tried again, the others are known
    assert deliver() == (1, 0, 1, 2)


def test_a_run_that_fails_has_seen_nothing(
    deliver: Callable[[], tuple[int, int, int, int]], tmp_path: Path, database_url: str
) -> None:
    lay(tmp_path / "c.txt", "خبر ثالث\n\nنص ثالث هنا.\n")
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE news.segments RENAME TO segments_away")
        try:
            with pytest.raises(psycopg.errors.UndefinedTable):
                deliver()
        finally:
            owner.execute("ALTER TABLE news.segments_away RENAME TO segments")
    assert deliver() == (1, 1, 0, 0)


def test_an_inbox_in_a_store_is_remembered_too(environment: pytest.MonkeyPatch) -> None:
    assert environment
    from flows.ingest import ingest  # noqa: PLC0415 - as above

    store = fsspec.filesystem("memory")
    store.pipe_file("/inbox/d.txt", "خبر رابع\n\nنص رابع هنا.\n".encode())
    try:
        rows = [ingest(["memory://inbox"], is_inbox=True).run for _ in range(2)]
    finally:
        store.rm("/inbox", recursive=True)
    assert [(row["n_loaded"], row["n_skipped_files"]) for row in rows] == [(1, 0), (0, 1)]


def test_an_inbox_named_with_a_secret_is_refused(environment: pytest.MonkeyPatch) -> None:
    assert environment
    from flows.schedule import serve_inbox  # noqa: PLC0415 - as above

    with pytest.raises(InputError, match="named with a secret") as refused:
        serve_inbox("s3://key:hunter2@bucket/in", cron=None, interval=60)
    assert "hunter2" not in str(refused.value)
