"""A minute of the fuzzing of the readers; ``make fuzz`` runs longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import Fuzzer

SECONDS = 2


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # of files a reader left when it stopped at a limit
@pytest.mark.parametrize("seed", range(30))
def test_mutated_files_end_as_records_and_rejects(tmp_path: Path, seed: int) -> None:
    assert list(Fuzzer(tmp_path, seed).run(SECONDS)) == []
