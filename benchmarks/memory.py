"""How much memory a run takes, whatever the size of its input.

    python -m benchmarks.memory INPUT [--records N] [--megabytes N] [--workers N] [--every SECONDS] [--folder FOLDER]

Makes one file, the same each time, runs ``musnad ingest`` over it with a home of its own and samples the proportional
memory (PSS) of its processes each second: the parent and its workers, which are to stay within 700 MB together, and
beside them the servers of Prefect and Postgres. Prints a line every so often, and the greatest figures at the end.
Linux only. The warehouse of a file of 2 GB takes tens of GB below FOLDER.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path
from threading import Thread

from benchmarks.processes import memory
from flows.warehouse import Cluster

SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "documents"
MIB = 1 << 20
SHORT, LONG = 150, 1_600
"""Characters of a record; 1,600 of Arabic make a line of 3 kB."""
COLUMNS = ("ours", "parent", "workers", "Prefect", "Postgres")


def windows(n_characters: int) -> Iterator[str]:
    """Stretches of the seed pages that begin at a word, without end."""
    text = "".join(path.read_text(encoding="utf-8") + "\n" for path in sorted(SEEDS.iterdir()))
    dice = random.Random(1)  # noqa: S311 - the same texts every time, no secret
    while True:
        start = text.index(" ", dice.randrange(len(text) - n_characters - 100)) + 1
        yield text[start : start + n_characters]


def line(number: int, text: str) -> bytes:
    """A record with fields, no two the same."""
    record = {
        "title": f"خبر رقم {number}",
        "text": f"{text} {number}",
        "url": f"https://news.example/{number}",
        "date": "2024-03-25",
    }
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def records(n_characters: int) -> Iterator[bytes]:
    """Lines of JSONL with texts of so many characters."""
    return (line(number, text) for number, text in enumerate(windows(n_characters)))


def large_records() -> Iterator[bytes]:
    """Lines of JSONL of 15 MiB: no larger ones are read."""
    texts = windows(LONG)
    while True:
        yield line(0, "\n".join(islice(texts, 15 * MIB // 3_000)))


def faulty_lines() -> Iterator[bytes]:
    """Lines that are no JSON, as long as what is kept of a reject."""
    return (b"%d " % number + b"x" * 65_536 + b"\n" for number in count())


INPUTS: dict[str, tuple[str, Callable[[], Iterator[bytes]]]] = {
    "short": ("short.jsonl.gz", lambda: records(SHORT)),
    "long": ("long.jsonl", lambda: records(LONG)),
    "large": ("large.jsonl", large_records),
    "faulty": ("faulty.jsonl", faulty_lines),
    "text": ("text.txt", lambda: (text.encode() for text in windows(LONG))),
}
"""Name of the file and the pieces it is made of."""


def write_input(kind: str, folder: Path, n_pieces: int | None, n_bytes: int) -> Path:
    """Make the file, until it has so many pieces or bytes."""
    name, pieces = INPUTS[kind]
    path, written = folder / name, 0
    with gzip.open(path, "wb", 1) if name.endswith(".gz") else path.open("wb") as file:
        for piece in islice(pieces(), n_pieces):
            file.write(piece)
            written += len(piece)
            if written >= n_bytes:
                break
    return path


def watch(run: subprocess.Popen[str], postmaster: int, every: float) -> None:
    """Sample a run until it ends, and print lines, at last the greatest of each figure."""
    began, shown, said, greatest = time.monotonic(), 0.0, ["starting"], Counter[str]()
    Thread(target=lambda: said.extend(text.rstrip() for text in run.stderr or ()), daemon=True).start()
    while run.poll() is None:
        now, seconds = memory(run.pid, postmaster), time.monotonic() - began
        greatest |= now
        if seconds >= shown:
            shown = seconds + every
            show(f"{seconds:.0f} s", now, said[-1])
        time.sleep(1)
    show("at most", greatest, said[-1])


def show(when: str, taken: Counter[str], said: str) -> None:
    """Print a line in MiB, with what the run said last."""
    print(f"{when:>10}", *(f"{taken[kind] // 1_024:8,}" for kind in COLUMNS), "", said[:90], flush=True)


def measure(path: Path, home: Path, workers: int, every: float) -> int:
    """Ingest one file into a warehouse of its own; the exit status."""
    environment = {**os.environ, "MUSNAD_HOME": str(home), "MUSNAD_DATABASE_URL": ""}
    musnad = [sys.executable, "-m", "flows.cli"]
    subprocess.run([*musnad, "db", "start"], env=environment, check=True, capture_output=True)
    postmaster = Cluster(home).running()
    assert postmaster is not None
    command = [*musnad, "ingest", str(path), "--workers", str(workers)]
    print("   MiB PSS", *(f"{kind:>8}" for kind in COLUMNS))
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as run:
        watch(run, postmaster.pid, every)
    return run.returncode


def main() -> int:
    """Make the input, run, print."""
    options = argparse.ArgumentParser(prog="benchmarks.memory")
    options.add_argument("kind", choices=INPUTS)
    options.add_argument("--records", type=int, help="at most so many; without it as many as there is room for")
    options.add_argument("--megabytes", type=int, default=2_000)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--every", type=float, default=10)
    options.add_argument("--folder", default=tempfile.gettempdir())
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="musnad-memory-", dir=given.folder))
    folder.chmod(0o711)  # root's server works under another account
    home = folder / "home"
    home.mkdir(mode=0o711)
    try:
        path = write_input(given.kind, folder, given.records, given.megabytes * 1_000_000)
        print(f"{path.name}: {path.stat().st_size / 1e6:,.0f} MB, {given.workers} workers")
        return measure(path, home, given.workers, given.every)
    finally:
        Cluster(home).remove()
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
