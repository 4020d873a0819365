"""Kills of the flow: ``musnad ingest --workers 2`` over files, struck once some of its batches are loaded."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from flows.values import RawRecord
from tests.kill_arena import PATIENCE_SECONDS, Arena
from tests.kill_corpus import batches
from tests.kill_strikes import MOST_MISSES, Outcome, strike
from tests.kill_target import Victim

TURNS: tuple[Victim, ...] = (
    "process", "worker", "backend", "process", "worker", "restart", "process", "session", "worker", "crash",
)  # fmt: skip
"""Who is killed, in turn."""

_FAILED = 1
_ENDS = {0: "completed", _FAILED: "failed", -signal.SIGKILL: "crashed"}
"""How a run ends, by the exit status of its command."""


@dataclass(slots=True)
class FlowKills:
    """Runs of the flow into an arena, and their kills; all talk to one Prefect server."""

    arena: Arena
    prefect_url: str
    n_batches: int = 0

    @property
    def _files(self) -> Path:
        return self.arena.home / "news"

    def measure(self) -> None:
        """Run once without a kill, and note what is then there."""
        write_corpus(self._files)
        self.arena.wipe()
        if self._ingest().wait(PATIENCE_SECONDS) != 0:
            raise RuntimeError("a run nobody killed failed")
        self.arena.note()
        self.n_batches = self._n_loaded()

    def outcomes(self, turns: Iterable[Victim], seed: int) -> Iterator[Outcome]:
        """What these kills came to; one that came too late does not count, and is tried with the next seed."""
        seeds = itertools.count(seed)
        for victim in turns:
            tries = (self.kill(next(seeds), victim) for _ in range(MOST_MISSES))
            outcome = next(filter(None, tries), None)
            if outcome is None:
                raise RuntimeError(f"{victim}: {MOST_MISSES} kills came too late")
            yield outcome

    def kill(self, seed: int, victim: Victim) -> Outcome | None:
        """Run, kill, run again, compare; None where there was nothing left to kill."""
        self.arena.wipe()
        run = self._ingest()
        n_before = random.Random(seed).randrange(self.n_batches - 3)  # noqa: S311 - no secret
        while run.poll() is None and self._n_loaded() < n_before:
            time.sleep(0.005)
        has_hit = strike(victim, run.pid, self.arena, lambda: run.poll() is None)
        status = run.wait(PATIENCE_SECONDS)
        if not has_hit or (victim == "process" and status != -signal.SIGKILL):
            return None
        expected = [_ENDS.get(status, "?"), "completed"]
        again = self._ingest().wait(PATIENCE_SECONDS)
        states = self.arena.states()
        wrong = [] if states == expected and again == 0 else [f"states: {states} in place of {expected}; {again}"]
        return Outcome("flow", seed, victim, "time", tuple(states), (*wrong, *self.arena.faults()))

    def _ingest(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "MUSNAD_HOME": str(self.arena.home),
            "MUSNAD_BATCH_RECORDS": "2",
            "PREFECT_HOME": str(self.arena.home / "prefect"),
            "PREFECT_API_URL": self.prefect_url,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_LOGGING_LEVEL": "ERROR",
        }
        command = [sys.executable, "-m", "flows.cli", "ingest", str(self._files), "--workers", "2", "--json"]
        with (self.arena.home / "ingest.log").open("ab") as log:
            return subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def _n_loaded(self) -> int:
        """How many batches the last run has loaded."""
        try:
            with self.arena.owner() as owner:
                row = owner.execute("SELECT count(*) FROM ops.run_batches").fetchone()
        except psycopg.OperationalError:
            return 0
        return row[0] if row else 0


def write_corpus(folder: Path) -> None:
    """The records of the corpus as files: pages with a URL as lines of JSON, the others as text."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    records = [each for batch in batches() for each in batch if isinstance(each, RawRecord)]
    pages = [each for each in records if each.url]
    for record in records:
        if not record.url:
            (folder / Path(record.uri).name).with_suffix(".txt").write_bytes(record.content)
    lines = (
        {"url": each.url, "title": each.text.partition("\n")[0], "text": each.text, "modified_at": _modified(each)}
        for each in pages
    )
    (folder / "pages.jsonl").write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines) + "{broken\n", encoding="utf-8"
    )
    (folder / "empty.txt").write_bytes(b"")
    (folder / "bad.txt").write_bytes(b"\xd8\xff\xfe")


def _modified(record: RawRecord) -> str | None:
    return record.retrieved_at.isoformat() if record.retrieved_at else None
