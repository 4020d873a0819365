"""What the processes of a run take: proportional memory (PSS) and processor time, sampled while it runs. Linux only."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic, time
from types import TracebackType
from typing import Self

KINDS = {"multiprocessing.spawn": "workers", "multiprocessing.resource_tracker": "workers",
         "server start": "Prefect", "postgres": "Postgres"}  # fmt: skip
"""What a command line that holds the one is, all others being the parent."""
_TICKS = os.sysconf("SC_CLK_TCK")
_CPU_SECONDS, _MEMORY_SECONDS = 0.25, 1.0


def processes(root: int) -> Iterator[int]:
    """A process and all below it."""
    children = defaultdict(list)
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
        except OSError:  # it has ended
            continue
        children[int(parent)].append(int(entry.name))
    found = [root]
    for pid in found:
        found.extend(children[pid])
    return iter(found)


def kind_of(pid: int) -> str:
    """What a process is: parent, workers, Prefect or Postgres.

    Raises:
        OSError: it has ended.
    """
    command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
    return next((kind for part, kind in KINDS.items() if part in command), "parent")


def memory(*roots: int) -> Counter[str]:
    """Proportional memory in KiB by what the processes are; ``ours`` is the parent and its workers."""
    taken: Counter[str] = Counter()
    for pid in {pid for root in roots for pid in processes(root)}:
        try:
            pss = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").partition("\nPss:")[2].split()[0]
            taken[kind_of(pid)] += int(pss)
        except (OSError, IndexError):  # it has ended
            continue
    taken["ours"] = taken["parent"] + taken["workers"]
    return taken


class Watch:
    """Samples the processes below some roots until it is left.

    Attributes:
        peak: greatest memory in KiB by kind.
        busy: by moment (as :func:`time.time` counts), the processor seconds spent until then by kind. Those of a
            process end with its last sample, so that at most a quarter of a second of each is missed.
    """

    def __init__(self, *roots: int) -> None:
        self.peak: Counter[str] = Counter()
        self.busy: list[tuple[float, Counter[str]]] = []
        self._roots, self._over = roots, Event()
        self._spent: dict[int, tuple[str, float]] = {}
        self._thread = Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def seconds(self, begin: float, end: float) -> Counter[str]:
        """Processor seconds by kind between two moments."""
        first = next((spent for moment, spent in self.busy if moment >= begin), Counter[str]())
        last = next((spent for moment, spent in reversed(self.busy) if moment <= end), first)
        return last - first

    def _sample(self) -> None:
        due = monotonic()
        while not self._over.wait(_CPU_SECONDS):
            for pid in {pid for root in self._roots for pid in processes(root)}:
                self._clock(pid)
            total: Counter[str] = Counter()
            for kind, seconds in self._spent.values():
                total[kind] += seconds  # type: ignore[assignment] # a counter of seconds
            self.busy.append((time(), total))
            if monotonic() >= due:
                self.peak |= memory(*self._roots)
                due = monotonic() + _MEMORY_SECONDS

    def _clock(self, pid: int) -> None:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            kind = self._spent[pid][0] if pid in self._spent else kind_of(pid)
        except OSError:  # it has ended
            return
        self._spent[pid] = kind, (int(fields[11]) + int(fields[12])) / _TICKS
