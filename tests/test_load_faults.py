"""Troubles of the database in mid-load: which are tried again, and how a run ends that cannot go on."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

from flows.archive import Archive, ArchiveError
from flows.batches import is_transient
from flows.load import StaleHintError, finish_run, mark_crashed, run_row, start_run
from flows.load.disk import DiskFullError
from flows.load.ledger import Ledger
from tests.news import record

Fail = Callable[[str, int], None]

TRANSIENT = [
    # a connection that broke or was not made has no SQLSTATE
    (psycopg.OperationalError("connection refused"), True),
    (psycopg.InterfaceError("the connection is closed"), True),
    (errors.SerializationFailure(), True),
    (errors.DeadlockDetected(), True),
    (errors.AdminShutdown(), True),
    (errors.CrashShutdown(), True),
    (errors.CannotConnectNow(), True),
    (errors.TooManyConnections(), True),
    (errors.OutOfMemory(), True),
    (errors.LockNotAvailable(), True),
    (StaleHintError("gone"), True),
    (ArchiveError("the store does not answer"), True),
    # what a second try does not mend
    (errors.DiskFull(), False),
    (errors.InvalidPassword(), False),
    (errors.DatabaseDropped(), False),
    (errors.QueryCanceled(), False),
    (errors.UndefinedTable(), False),
    (errors.UniqueViolation(), False),
    (DiskFullError("full"), False),
    (MemoryError(), False),
]

FAILING = """
CREATE SEQUENCE public.attempts;
CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF nextval('public.attempts') <= {times} THEN
        RAISE EXCEPTION 'made to fail' USING ERRCODE = {code};
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER fail AFTER INSERT ON news.documents FOR EACH STATEMENT EXECUTE FUNCTION public.fail();
"""


@pytest.fixture
def fail(database_url: str) -> Iterator[Fail]:
    """Makes the first loads of documents fail with an SQLSTATE, so many times."""
    with psycopg.connect(database_url, autocommit=True) as owner:

        def begin(code: str, times: int) -> None:
            owner.execute(sql.SQL(FAILING).format(code=sql.Literal(code), times=sql.Literal(times)))

        yield begin
        owner.execute("DROP FUNCTION public.fail CASCADE; DROP SEQUENCE public.attempts")


@pytest.fixture(scope="module")
def flow(flow_environment: pytest.MonkeyPatch) -> Any:
    """The ingest flow, loading the module's own database."""
    assert flow_environment
    from flows.ingest import ingest  # noqa: PLC0415 - Prefect reads its settings when it is imported

    return ingest


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A page no other test has."""
    path = tmp_path / "page.txt"
    path.write_text(f"عنوان {tmp_path.name}\n\nقال الوزير أمس إن الاجتماع تأجل.\n", encoding="utf-8")
    return str(path)


def attempts(url: str) -> int:
    """How often documents were loaded since the fault began."""
    with psycopg.connect(url) as owner:
        row = owner.execute("SELECT last_value FROM public.attempts").fetchone()
    assert row is not None
    return int(row[0])


def states(url: str) -> list[str]:
    with psycopg.connect(url) as owner:
        return [state for (state,) in owner.execute("SELECT state FROM ops.runs ORDER BY run_id")]


@pytest.mark.parametrize(("error", "expected"), TRANSIENT, ids=lambda value: type(value).__name__)
def test_only_passing_troubles_are_tried_again(error: Exception, *, expected: bool) -> None:
    assert is_transient(error) is expected


@pytest.mark.parametrize("code", ["40001", "40P01", "57P01"])
def test_a_batch_is_tried_again_after_a_passing_trouble(
    flow: Any, fail: Fail, database_url: str, page: str, code: str
) -> None:
    fail(code, 1)
    report = flow([page])
    assert (report.run["state"], report.run["n_read"], report.run["n_loaded"]) == ("completed", 1, 1)
    assert attempts(database_url) == 2


def test_a_full_disk_ends_the_run_at_once_and_the_next_one_loads(
    flow: Any, fail: Fail, database_url: str, page: str
) -> None:
    fail("53100", 1)
    with pytest.raises(DiskFullError, match="make room there and run the same again"):
        flow([page])
    assert (attempts(database_url), states(database_url)[-1]) == (1, "failed")
    report = flow([page])
    assert (report.run["state"], report.run["n_loaded"]) == ("completed", 1)


@dataclass
class BrokenStore:
    """A store of raw bytes that takes none."""

    number: int

    def write(self, objects: dict[str, bytes]) -> None:
        raise OSError(self.number, f"{len(objects)} not written")

    def read(self, name: str) -> bytes:
        raise FileNotFoundError(name)


@pytest.mark.parametrize(("number", "kind"), [(errno.ENOSPC, DiskFullError), (errno.EIO, ArchiveError)])
def test_a_full_raw_archive_is_told_from_one_that_fails(number: int, kind: type[Exception]) -> None:
    with pytest.raises(kind, match="the raw archive here cannot be written: 1 not written; make room"):
        Archive("here", BrokenStore(number)).keep([replace(record("خبر"), content=b"x")])


def test_a_ledger_whose_session_ends_holds_its_run_in_a_new_one(database_url: str, loader_url: str) -> None:
    with Ledger(loader_url) as ledger, psycopg.connect(database_url, autocommit=True) as owner:
        run = start_run(ledger.session(), flow_run_id=None, ruleset_version="test", parameters={})
        ledger.run_id = run.run_id
        owner.execute("SELECT pg_terminate_backend(%s, 10000)", [ledger.session().info.backend_pid])
        assert mark_crashed(owner) == [run.run_id]  # nobody holds it for a moment
        assert run_row(ledger.session(), run.run_id)["state"] == "running"
        assert mark_crashed(owner) == []
        finish_run(ledger.session(), run.run_id, "completed")
        row = run_row(owner, run.run_id)
    assert (row["state"], row["finished_at"] is not None) == ("completed", True)


def test_a_ledger_whose_server_stays_away_says_so(loader_url: str) -> None:
    with Ledger(loader_url) as ledger:
        ledger.session().close()
        ledger.url = "postgresql://nobody@127.0.0.1:1/nowhere"
        with pytest.raises(psycopg.OperationalError):
            ledger.session(0)
