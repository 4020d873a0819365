"""Exactly once, proven: loads are killed at seeded random moments and run again.

What is then in ``news`` must be what a load that nobody killed leaves there, to the row; ``ops`` must account for it.
``python -m tests.kills [LOADS] [FLOWS] [SEED]`` kills so many loads without Prefect and so many runs of the flow,
prints each and writes what came of them to ``docs/exactly-once.md``. ``tests/test_kills.py`` runs a sample.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from tests import kill_flow, kill_load
from tests.kill_arena import arena
from tests.kill_flow import FlowKills
from tests.kill_load import LoadKills
from tests.kill_strikes import Outcome

PAGE = Path(__file__).resolve().parents[1] / "docs" / "exactly-once.md"
BEGIN, END = "<!-- written by make kills -->\n", "<!-- end -->\n"
N_LOADS, N_FLOWS, SEED = 90, 10, 6

_VICTIMS = {
    "process": "the process of the run (`kill -9`)",
    "worker": "a worker process (`kill -9`)",
    "backend": "a backend of Postgres (`kill -9`: the server ends all sessions and recovers)",
    "session": "a session on the server (`pg_terminate_backend`)",
    "answer": "the way back of an answer: done, and the load does not learn it",
    "restart": "the server, restarted in order (`pg_ctl restart -m fast`)",
    "crash": "the server, restarted at once (`-m immediate`)",
}
_MOMENTS = {
    ("load", "exchange"): "before or after a statement, COPY or commit",
    ("load", "time"): "some time after its begin",
    ("flow", "time"): "after some of its batches",
}


def outcomes(n_loads: int, n_flows: int, seed: int) -> Iterator[Outcome]:
    """What came of so many kills of loads, then of flows."""
    with arena() as ground:
        loads = LoadKills(ground)
        loads.measure()
        yield from loads.outcomes(islice(cycle(kill_load.TURNS), n_loads), seed)
    if n_flows:
        with arena() as ground, _prefect() as url:
            flows = FlowKills(ground, url)
            flows.measure()
            yield from flows.outcomes(islice(cycle(kill_flow.TURNS), n_flows), seed)


@contextmanager
def _prefect() -> Iterator[str]:
    """One Prefect server for all runs."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:  # the server ends later
        os.environ |= {"PREFECT_HOME": home, "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
        from flows.schedule import prefect_api  # noqa: PLC0415 - Prefect reads its settings when it is imported

        with prefect_api() as url:
            yield url


def table(found: Sequence[Outcome], seconds: float) -> str:
    """What came of the kills, as Markdown: a line for each kind."""
    kinds: dict[tuple[str, str, str], list[Outcome]] = {}
    for each in found:
        kinds.setdefault((each.target, each.victim, each.moment), []).append(each)
    lines = [
        f"| {target} | {_VICTIMS[victim]} | {_MOMENTS[target, moment]} | {len(group)} | {_ends(group)} "
        f"| {sum(bool(each.faults) for each in group)} |"
        for (target, victim, moment), group in sorted(kinds.items())
    ]
    return (
        f"{datetime.now(UTC):%d %B %Y}: {len(found)} kills in {seconds / 60:.0f} minutes on {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, the embedded Postgres; "
        f"{sum(bool(each.faults) for each in found)} of them left anything wrong.\n\n"
        "| during a | struck | when | kills | how that run ended | wrong after the next run |\n"
        "|---|---|---|---:|---|---:|\n" + "\n".join(lines) + "\n"
    )


def _ends(group: Iterable[Outcome]) -> str:
    """How often the struck run ended in which state."""
    states = Counter(each.states[0] for each in group)
    return ", ".join(f"{state} {n}" for state, n in sorted(states.items()))


def write_page(text: str) -> None:
    """Put what came of the kills into the page, in place of what was there."""
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    PAGE.write_text(before + BEGIN + text + END + after, encoding="utf-8")


def main(n_loads: int = N_LOADS, n_flows: int = N_FLOWS, seed: int = SEED) -> int:
    """Kill, print, and keep the result; gives the number of kills that left something wrong."""
    began = time.monotonic()
    found: list[Outcome] = []
    for each in outcomes(n_loads, n_flows, seed):
        found.append(each)
        words = (len(found), each.target, each.seed, each.victim, each.moment, *each.states, *each.faults)
        sys.stdout.write(" ".join(map(str, words)) + "\n")
        sys.stdout.flush()
    write_page(table(found, time.monotonic() - began))
    return sum(bool(each.faults) for each in found)


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:])), 1))
