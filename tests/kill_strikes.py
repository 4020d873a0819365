"""Kills from outside: of a load's process, its workers, its sessions on the server, and of the server itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flows.warehouse import Cluster
from tests.kill_arena import Arena
from tests.kill_target import Victim

MOST_MISSES = 20
"""So many kills in a row come too late only where there is nothing to kill."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kill came to.

    Attributes:
        target: ``load`` or ``flow``.
        moment: when it struck: at an ``exchange`` with the server, or after some ``time``.
        states: of the runs, in their order: the one that was struck, and the one that was begun again.
        faults: what was wrong then; empty where all is as if nobody had been killed.
    """

    target: str
    seed: int
    victim: Victim
    moment: str
    states: tuple[str, ...]
    faults: tuple[str, ...]


def strike(victim: Victim, pid: int, arena: Arena, is_at_work: Callable[[], bool]) -> bool:
    """Kill, as soon as the victim is there; False where the work was done before."""
    if victim in {"restart", "crash"}:
        was_at_work = is_at_work()
        restart(arena.cluster, is_crash=victim == "crash")
        return was_at_work
    while is_at_work():
        struck = _pid_of(victim, pid, arena)
        if struck is not None:
            os.kill(struck, signal.SIGTERM if victim == "session" else signal.SIGKILL)
            return True
        time.sleep(0.001)
    return False


def _pid_of(victim: Victim, pid: int, arena: Arena) -> int | None:
    if victim == "process":
        return pid
    if victim == "worker":
        return next(iter(_workers(pid)), None)
    with arena.owner() as owner:
        row = owner.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'musnad batch'").fetchone()
    return row[0] if row else None


def _workers(pid: int) -> list[int]:
    """The worker processes a process has started from any of its threads, as Linux lists them."""
    children = b" ".join(map(_read, Path(f"/proc/{pid}/task").glob("*/children"))).split()
    return [int(child) for child in children if b"spawn_main" in _read(Path(f"/proc/{int(child)}/cmdline"))]


def _read(path: Path) -> bytes:
    """What the system says of a process, which may be gone meanwhile."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def restart(cluster: Cluster, *, is_crash: bool) -> None:
    """Stop the server, in order or at once as ``pg_ctl stop -m immediate`` does, and start it."""
    postmaster = cluster.running()
    if is_crash and postmaster is not None:
        os.kill(postmaster.pid, signal.SIGQUIT)
        while cluster.running() == postmaster:
            time.sleep(0.01)
    else:
        cluster.stop()
    cluster.start()
