"""A sample of the kills of ``make kills``, and whether they would notice what they look for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kill_arena import PATIENCE_SECONDS, arena
from tests.kill_load import TURNS, LoadKills, Turn, complete, started

SEED = 1
MOST_PLANS = 12
DAMAGES = [
    # a row lost, a row too many, a row changed
    ("DELETE FROM news.quotes WHERE char_start = (SELECT min(char_start) FROM news.quotes)", "quotes: 1 x lost"),
    ("INSERT INTO news.document_hashes VALUES (sha256('x'), 0)", "document_hashes: 1 x too many"),
    ("UPDATE news.articles SET version = 9 WHERE version = 2", "articles: "),
    ("UPDATE news.documents SET text = text || '.'", "documents: "),
    # what the ledger says
    ("UPDATE ops.runs SET n_loaded = n_loaded - 1, n_unchanged = n_unchanged + 1", "loaded and duplicate: "),
    ("DELETE FROM ops.rejects WHERE reason_code = 'not_storable'", "rejects: "),
    ("DELETE FROM ops.run_batches WHERE batch_number = 1", "a run counts what its batches do not"),
    # the raw bytes
    ("UPDATE ops.archived_documents SET byte_start = byte_start + 1", "document "),
    ("DELETE FROM ops.archived_documents", "0 documents in the raw archive"),
]


@pytest.fixture(scope="module")
def loads() -> Iterator[LoadKills]:
    """Loads on a server of their own, measured."""
    with arena() as ground:
        kills = LoadKills(ground)
        kills.measure()
        yield kills


@pytest.mark.parametrize("turn", list(dict.fromkeys(TURNS)), ids=lambda turn: "-".join(map(str, turn)))
def test_a_load_that_is_killed_and_run_again_leaves_what_an_undisturbed_one_leaves(
    loads: LoadKills, turn: Turn
) -> None:
    (outcome,) = loads.outcomes([turn], SEED)
    assert outcome.faults == ()


def test_two_loads_at_once_leave_what_one_leaves(loads: LoadKills) -> None:
    loads.arena.wipe()
    both = [started(loads.load(is_backwards=is_backwards)) for is_backwards in (False, True)]
    for process in both:
        process.join(PATIENCE_SECONDS)
    assert [process.exitcode for process in both] == [0, 0]
    assert loads.arena.states() == ["completed", "completed"]
    assert loads.arena.faults() == []


def test_a_load_without_transactions_is_caught(loads: LoadKills) -> None:
    plans = (loads.plan(seed, ("process", 0, True)) for seed in range(MOST_PLANS))
    outcomes = (loads.kill(plan, has_transactions=False) for plan in plans)
    assert any(outcome is not None and outcome.faults for outcome in outcomes)


def test_what_is_lost_doubled_or_changed_is_said(loads: LoadKills) -> None:
    loads.arena.wipe()
    complete(loads.load())
    assert loads.arena.faults() == []
    with loads.arena.owner() as owner:
        for damage, sentence in DAMAGES:
            with owner.transaction(force_rollback=True):
                owner.execute(damage.encode())
                assert any(fault.startswith(sentence) for fault in loads.arena.faults_seen_by(owner)), damage
