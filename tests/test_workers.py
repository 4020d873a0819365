"""Worker processes: killed ones are replaced, none outlives its run, and a run that is stopped says so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import psycopg
import pytest

from flows.batches import BatchJob
from flows.load import Run, start_run
from flows.options import MAX_WORKERS, default_workers
from flows.reference.tables import ReferenceTables
from flows.transform import load_rules
from flows.values import RawRecord
from flows.workers import MOST_DEATHS, WorkerLostError, WorkerProcesses
from tests.news import record

SEEDS = sorted((Path(__file__).resolve().parents[1] / "seeds" / "documents").iterdir())
PATIENCE_SECONDS = 240


class Deadly:
    """Kills the process that unpickles it."""

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        return os._exit, (1,)


@pytest.fixture
def run(loader_url: str) -> Iterator[Run]:
    """A run that has begun."""
    with psycopg.connect(loader_url, autocommit=True) as ledger:
        yield start_run(ledger, flow_run_id=None, ruleset_version=load_rules().version, parameters={})


def job(number: int, run: Run, *more: Any) -> BatchJob:
    text = f"عنوان {number}\n\nقال الوزير أمس إن الاجتماع {number} تأجل.\n"
    records: tuple[RawRecord, ...] = (record(text, f"{number}.txt"), *more)
    return BatchJob(number, records, run)


def await_that(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def started() -> list[Any]:
    """The worker processes of this one."""
    return [each for each in psutil.Process().children() if "spawn_main" in " ".join(each.cmdline())]


def test_a_killed_worker_is_replaced_and_its_batch_loaded(loader_url: str, run: Run) -> None:
    with WorkerProcesses(2, ReferenceTables()) as processes:
        assert started() == [], "nothing is started before there is work"
        counts = processes.process(job(1, run), loader_url)
        (worker,) = started()
        worker.kill()
        again = processes.process(job(2, run), loader_url)
    assert (counts.n_loaded, again.n_loaded) == (1, 1)


def test_a_batch_that_kills_every_worker_ends_the_run_with_the_mend(loader_url: str, run: Run) -> None:
    with (
        pytest.raises(WorkerLostError, match=rf"died {MOST_DEATHS} times under batch 3, which begins at .*3\.txt"),
        WorkerProcesses(1, ReferenceTables()) as processes,
    ):
        processes.process(job(3, run, Deadly()), loader_url)


def test_a_run_that_ends_by_an_error_waits_for_no_worker(loader_url: str, run: Run) -> None:
    ends: list[BaseException] = []

    def work(processes: WorkerProcesses) -> None:
        try:
            processes.process(job(4, run), loader_url)
        except WorkerLostError as error:
            ends.append(error)

    with psycopg.connect(loader_url) as holder:
        holder.execute("LOCK news.document_hashes IN EXCLUSIVE MODE")
        processes = WorkerProcesses(1, ReferenceTables())
        thread = threading.Thread(target=work, args=(processes,))
        thread.start()
        await_that(lambda: waiting(loader_url))
        processes.__exit__(KeyboardInterrupt, None, None)
        thread.join()
    assert [str(error) for error in ends] == ["the run was ended before the batch was loaded"]


def waiting(url: str) -> bool:
    """Whether a batch waits for a lock."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted").fetchone()
    return row == (True,)


@pytest.fixture
def slow_input(tmp_path: Path) -> Path:
    """Some seconds of work for two workers, in many batches."""
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    lines = (json.dumps({"text": f"{texts[at % 5]}\n\nفقرة رقم {at}."}, ensure_ascii=False) for at in range(4_000))
    path = tmp_path / "slow.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


Begun = tuple[subprocess.Popen[bytes], list[Any], Path, Callable[[], list[tuple[Any, ...]]]]


@pytest.fixture(scope="module")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all runs of the module, since making its database takes seconds."""
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture
def begun(loader_url: str, slow_input: Path, prefect_home: Path, tmp_path: Path) -> Iterator[Begun]:
    """A run at work: its process, the processes below it, its log, and what the ledger says of it in the end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"MUSNAD_DATABASE_URL": loader_url, "PREFECT_HOME": str(prefect_home)}
    environment |= {"MUSNAD_BATCH_RECORDS": "20"}
    command = [sys.executable, "-m", "flows.cli", "ingest", str(slow_input), "--workers", "2"]
    log = tmp_path / "log"
    with log.open("wb") as file, psycopg.connect(loader_url, autocommit=True) as ledger:
        process = subprocess.Popen(command, env=environment, stdout=file, stderr=file, start_new_session=True)

        def found() -> list[tuple[Any, ...]]:
            statement = "SELECT state, n_read < 4000 FROM ops.runs WHERE pid = %s AND n_read > 0"
            return ledger.execute(statement, [process.pid]).fetchall()

        try:
            await_that(found)
            yield process, psutil.Process(process.pid).children(recursive=True), log, found
        finally:
            process.kill()
            process.wait()


STOPS = [
    # to the command alone, as a service manager does
    (signal.SIGTERM, False, "cancelled", 130),
    # to all on the terminal
    (signal.SIGINT, True, "cancelled", 130),
    # nothing can be noted by then; the next run does
    (signal.SIGKILL, False, "running", -signal.SIGKILL),
]


@pytest.mark.parametrize(("sign", "to_group", "state", "status"), STOPS)
def test_a_run_that_is_stopped_leaves_no_process_behind(
    begun: Begun, *, sign: signal.Signals, to_group: bool, state: str, status: int
) -> None:
    process, family, log, found = begun
    (os.killpg if to_group else os.kill)(process.pid, sign)
    assert process.wait(PATIENCE_SECONDS) == status, log.read_text()
    psutil.wait_procs(family, timeout=30)
    assert [each.cmdline() for each in family if each.is_running()] == []
    assert found() == [(state, True)]
    assert b"Traceback" not in log.read_bytes()


def test_a_run_whose_prefect_server_is_gone_ends_in_time_when_it_is_told_to(begun: Begun) -> None:
    process, family, log, found = begun
    (server,) = (each for each in family if "server" in each.cmdline())
    server.kill()
    process.terminate()
    assert process.wait(120) == 130, log.read_text()
    psutil.wait_procs(family, timeout=30)
    assert [each.cmdline() for each in family if each.is_running()] == []
    assert found() == [("cancelled", True)]


QUOTAS = [("max 100000\n", None), ("150000 100000\n", 1), ("50000 100000\n", 1), ("6400000000 100000\n", None)]


@pytest.mark.parametrize(("quota", "expected"), QUOTAS)
def test_workers_are_as_many_as_the_container_allows(tmp_path: Path, quota: str, expected: int | None) -> None:
    file = tmp_path / "cpu.max"
    file.write_text(quota, encoding="ascii")
    allowed = min(len(os.sched_getaffinity(0)), MAX_WORKERS)
    assert default_workers(file) == (expected or allowed)
    assert default_workers(tmp_path / "none") == allowed
