"""A few seconds of the fuzzing of the readers; ``make fuzz`` runs longer."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path

import pytest

from tests.corpus import corpus
from tests.fuzz import mutants, small_limits, try_one

SECONDS = 5


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("seed", [1, 2])
def test_mutated_files_end_as_records_and_rejects(tmp_path: Path, seed: int) -> None:
    until = time.monotonic() + SECONDS
    for name, content in islice(mutants(corpus(), seed), 2_000):
        assert try_one(name, content, tmp_path, small_limits()) == ""
        if time.monotonic() > until:
            break
