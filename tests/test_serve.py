"""``musnad serve``: the schedule fires, runs follow one another, and the inbox is loaded."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

SEED = next((Path(__file__).resolve().parents[1] / "seeds" / "documents").glob("000*"))
PATIENCE_SECONDS = 150


@pytest.fixture
def served(tmp_path: Path, loader_url: str) -> Iterator[tuple[Path, subprocess.Popen[bytes]]]:
    """A served inbox, every two seconds, into the module's own database."""
    inbox = tmp_path / "inbox"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {
        "MUSNAD_DATABASE_URL": loader_url,
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
    }
    command = [sys.executable, "-m", "flows.cli", "serve", "--inbox", str(inbox), "--interval", "2"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            yield inbox, process
        finally:
            process.kill()
            process.wait()


def await_rows(url: str, statement: str) -> list[tuple[Any, ...]]:
    """Ask until there is an answer."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    with psycopg.connect(url, autocommit=True) as connection:
        while time.monotonic() < deadline:
            rows = connection.execute(statement.encode()).fetchall()
            if rows:
                return rows
            time.sleep(0.5)
    pytest.fail(f"no answer within {PATIENCE_SECONDS} seconds: {statement}")


def test_the_schedule_loads_the_inbox_one_run_after_the_other(
    served: tuple[Path, subprocess.Popen[bytes]], database_url: str
) -> None:
    inbox, process = served
    # an empty inbox is a run that reads nothing
    await_rows(database_url, "SELECT run_id FROM ops.runs WHERE state = 'completed' AND n_read = 0")
    shutil.copy(SEED, inbox)
    await_rows(database_url, "SELECT run_id FROM ops.runs WHERE state = 'completed' AND n_loaded = 1")
    await_rows(
        database_url, "SELECT run_id FROM ops.runs WHERE state = 'completed' AND n_read = 0 AND n_skipped_files = 1"
    )
    with psycopg.connect(database_url) as connection:
        overlaps = connection.execute(
            """
            SELECT count(*) FROM ops.runs AS one JOIN ops.runs AS other ON one.run_id < other.run_id
            WHERE (one.started_at, one.finished_at) OVERLAPS (other.started_at, other.finished_at)
            """
        ).fetchone()
    assert overlaps == (0,)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) in (0, 130)
