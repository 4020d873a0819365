"""``musnad ingest`` from end to end: how long it takes, how busy the cores are, how much memory it holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree

from benchmarks.corpus import articles
from benchmarks.processes import Watch
from benchmarks.server import Server

CORES = len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class RunFigures:
    """What one run took.

    Attributes:
        n_loaded: articles.
        command: seconds from the start of the command to its end.
        before: seconds of them until the run begins in its ledger: imports, Prefect's server, rules.
        ledger: seconds between begin and end in the ledger.
        busy: processor seconds by kind of process, from begin to end in the ledger.
        peak: greatest proportional memory in KiB by kind of process.
    """

    n_loaded: int
    command: float
    before: float
    ledger: float
    busy: Counter[str]
    peak: Counter[str]

    @property
    def busy_share(self) -> float:
        """How much of all cores the run, Prefect and Postgres took."""
        return sum(self.busy[kind] for kind in ("parent", "workers", "Prefect", "Postgres")) / self.ledger / CORES


def ingest(server: Server, warehouse: str, inputs: Iterable[Path], workers: int) -> RunFigures:
    """One run over files, into a warehouse of the server.

    Raises:
        CalledProcessError: it failed; its own words were printed.
    """
    archive = server.home / "archives" / str(time.time_ns())  # its own: what another run archived is not written again
    environment = {
        **os.environ,
        "MUSNAD_HOME": str(server.home),
        "MUSNAD_DATABASE_URL": warehouse,
        "MUSNAD_ARCHIVE": str(archive),
    }
    command = [sys.executable, "-m", "flows.cli", "ingest", *map(str, inputs), "--workers", str(workers), "--json"]
    server.settle()
    begin = time.time()
    with (
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run,
        Watch(run.pid, server.postmaster) as watch,
    ):
        out, said = run.communicate()
        end = time.time()
    rmtree(archive, ignore_errors=True)
    if run.returncode:
        print(said, file=sys.stderr)
        raise subprocess.CalledProcessError(run.returncode, "musnad ingest")
    ledger = json.loads(out)
    started, finished = (datetime.fromisoformat(ledger[name]).timestamp() for name in ("started_at", "finished_at"))
    return RunFigures(
        ledger["n_loaded"],
        end - begin,
        started - begin,
        finished - started,
        watch.seconds(started, finished),
        watch.peak,
    )


def news_file(folder: Path, number: int, first: int = 0) -> Path:
    """A file of articles, made once."""
    path = folder / f"news-{first}-{number}.jsonl"
    if not path.exists():
        draft = path.with_suffix(".draft")
        with draft.open("wb") as file:
            file.writelines(article.jsonl() for article in articles(number, first))
        draft.rename(path)
    return path
