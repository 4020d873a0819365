"""Kills of a load without Prefect: at an exchange with the server, or after a share of the time a whole load takes."""

from __future__ import annotations

import itertools
import multiprocessing
import random
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from typing import Any

from tests.kill_arena import PATIENCE_SECONDS, Arena
from tests.kill_strikes import MOST_MISSES, Outcome, strike
from tests.kill_target import Fault, Load, Victim, run_load

Turn = tuple[Victim, int, bool]
TURNS: tuple[Turn, ...] = (
    # whom, workers, whether at an exchange with the server
    ("process", 0, True), ("backend", 0, True), ("worker", 2, False), ("process", 0, False), ("answer", 0, True),
    ("process", 0, True), ("session", 0, True), ("worker", 2, False), ("backend", 2, False), ("process", 2, False),
    ("process", 0, True), ("backend", 0, True), ("answer", 0, True), ("restart", 0, False), ("session", 2, False),
    ("process", 0, True), ("worker", 2, False), ("crash", 0, False),
)  # fmt: skip
"""Who is killed, in turn."""

COMMIT_SHARE = 0.3
"""So many of the kills at an exchange are at the end of a transaction or savepoint, which one exchange of 26 is."""
_END = "_exit_gen"
"""What psycopg calls the end of a transaction or savepoint."""

_PROCESSES = multiprocessing.get_context("forkserver")  # a load starts in a tenth of the time: all is imported there
_PROCESSES.set_forkserver_preload(["tests.kill_target"])


@dataclass(frozen=True, slots=True)
class Plan:
    """One kill: of whom, and when: at an exchange of the load with the server, else after a share of its time."""

    seed: int
    victim: Victim
    workers: int
    exchange: int | None
    is_after: bool
    share: float


@dataclass(slots=True)
class LoadKills:
    """Loads in an arena, and their kills.

    Attributes:
        exchanges: those of a whole load with the server, by what psycopg does in them.
        seconds: how long one takes, by the number of its workers.
    """

    arena: Arena
    exchanges: list[str] = field(default_factory=list)
    seconds: dict[int, float] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def measure(self) -> None:
        """Load without a kill, in two workers, then in one process, and note what is then there."""
        for workers in (2, 0):
            self.arena.wipe()
            load = self.load(workers)
            began = time.monotonic()
            complete(load)
            self.seconds[workers] = time.monotonic() - began
        self.exchanges = load.exchanges.read_text(encoding="ascii").splitlines()
        self.arena.note()

    def load(self, workers: int = 0, **options: Any) -> Load:
        """A load into the arena, with a folder of its own."""
        folder = self.arena.home / "loads" / str(next(self._numbers))
        folder.mkdir(parents=True)
        return Load(self.arena.cluster.url("loader"), self.arena.home, folder, workers, **options)

    def plan(self, seed: int, turn: Turn) -> Plan:
        """The same plan for the same seed and turn, as long as a load has as many exchanges."""
        dice = random.Random(seed)  # noqa: S311 - no secret
        victim, workers, is_at_exchange = turn
        exchange, is_after = None, dice.random() < 0.5
        if victim == "answer" or (is_at_exchange and dice.random() < COMMIT_SHARE):
            exchange = dice.choice([number for number, work in enumerate(self.exchanges, 1) if work == _END])
        elif is_at_exchange:
            exchange = dice.randint(1, len(self.exchanges))
        return Plan(seed, victim, workers, exchange, is_after and victim != "answer", dice.random())

    def outcomes(self, turns: Iterable[Turn], seed: int) -> Iterator[Outcome]:
        """What these kills came to; one that came too late does not count, and is tried with the next seed."""
        seeds = itertools.count(seed)
        for turn in turns:
            tries = (self.kill(self.plan(next(seeds), turn)) for _ in range(MOST_MISSES))
            outcome = next(filter(None, tries), None)
            if outcome is None:
                raise RuntimeError(f"{turn}: {MOST_MISSES} kills came too late")
            yield outcome

    def kill(self, plan: Plan, **options: Any) -> Outcome | None:
        """Load, kill, load again, compare; None where there was nothing left to kill."""
        self.arena.wipe()
        fault = Fault(plan.victim, plan.exchange, plan.is_after) if plan.exchange else None
        load = self.load(plan.workers, fault=fault, **options)
        process = started(load)
        has_hit = self._strike(plan, load, process) if fault is None else True
        process.join(PATIENCE_SECONDS)
        if plan.victim == "process":
            has_hit = process.exitcode == -signal.SIGKILL
        elif fault is not None:
            has_hit = load.marker.exists()
        if not has_hit:
            return None
        expected = ["crashed" if process.exitcode else "completed", "completed"]
        complete(self.load(workers=0 if plan.seed % 2 else 2, **options))
        states = self.arena.states()
        wrong = [] if states == expected else [f"states: {states} in place of {expected}"]
        moment = "exchange" if plan.exchange else "time"
        return Outcome("load", plan.seed, plan.victim, moment, tuple(states), (*wrong, *self.arena.faults()))

    def _strike(self, plan: Plan, load: Load, process: BaseProcess) -> bool:
        while not load.begun.exists() and process.is_alive():
            time.sleep(0.001)
        time.sleep(plan.share * self.seconds[plan.workers])
        return strike(plan.victim, process.pid or 0, self.arena, process.is_alive)


def started(load: Load) -> BaseProcess:
    """The process of a load, at work."""
    process = _PROCESSES.Process(target=run_load, args=(load,))
    process.start()
    return process


def complete(load: Load) -> None:
    """Run a load to its end, which must be a good one."""
    process = started(load)
    process.join(PATIENCE_SECONDS)
    if process.exitcode != 0:
        raise RuntimeError(f"a load nobody killed ended with {process.exitcode}")
