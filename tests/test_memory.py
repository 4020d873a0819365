"""What keeps memory flat: how much a run holds at once. ``benchmarks/memory.py`` measures what that comes to."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.batches import BatchJob, Outcome
from flows.extract import cost_of, extract_batches
from flows.extract.files import InputFile
from flows.load import BatchCounts, Run
from flows.options import extract_limits
from flows.settings import MIB, Settings
from flows.text.charsets import charset_of
from flows.underway import Crew, Job, load_all
from flows.values import Reject

RUN = Run(1, 1)
FULL = 8 * MIB
UNDER_WAY = [
    # batches of one large record, how many of them two workers have under way
    (FULL // 8, 4),
    (FULL, 4),
    (FULL + 1, 3),
    (2 * FULL, 2),
    # one that is larger than all may be goes alone
    (5 * FULL, 1),
]


@pytest.mark.parametrize(("n_bytes", "expected"), UNDER_WAY)
def test_batches_under_way_are_bounded_by_number_and_bytes(n_bytes: int, expected: int) -> None:
    begun: list[int] = []
    most = 0

    class Slow:
        def result(self) -> Outcome:
            return Outcome(BatchCounts(n_loaded=begun.pop(0)))

        def add_done_callback(self, fn: Callable[[object], object], /) -> None:
            fn(self)

    def submit(job: Job) -> Slow:
        nonlocal most
        begun.append(job.number)
        most = max(most, len(begun))
        return Slow()

    raw = bytes(n_bytes)
    jobs = (BatchJob(number, (Reject("a", "", "extract", "bad_json", "", raw),), RUN) for number in range(1, 9))
    assert load_all(jobs, Crew(submit, lambda: 2)).n_loaded == sum(range(1, 9))
    assert most == expected


def test_a_batch_ends_before_it_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"text":"{number} {"ا" * 100_000}"}}\n' for number in range(50)), encoding="utf-8")
    batches = list(extract_batches([InputFile(path.as_uri(), str(path))], extract_limits(Settings())))
    assert sum(map(len, batches)) == 50
    assert [sum(map(cost_of, batch)) <= FULL for batch in batches] == [True] * len(batches)


def test_a_charset_is_told_without_a_list_of_all_letters() -> None:
    content = "سلام يا ".encode("cp1256") * 250_000
    assert _peak(lambda: charset_of(content)) < 8 * len(content)


def _peak(work: Callable[[], object]) -> int:
    """Bytes allocated at most while something works."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
