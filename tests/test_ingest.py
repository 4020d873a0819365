"""``musnad ingest`` on the command line: exit statuses, one JSON object, a dry run that writes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

Musnad = Callable[..., subprocess.CompletedProcess[str]]
SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "documents"


@pytest.fixture
def musnad(loader_url: str, tmp_path: Path) -> Musnad:
    """The command against the module's own database, with Prefect's files apart."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"MUSNAD_DATABASE_URL": loader_url, "PREFECT_HOME": str(tmp_path / "prefect")}

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flows.cli", "ingest", *arguments]
        return subprocess.run(command, env=environment | more, capture_output=True, text=True, check=False)

    return run


def n_runs(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM ops.runs").fetchone()
    assert row is not None
    return int(row[0])


WRONG = [
    # an INPUT that matches nothing
    (("nothing-here.txt",), "INPUT nothing-here.txt matches no file"),
    # options that cannot be read
    ((str(SEEDS), "--published", "soon"), "--published soon is no ISO 8601 date"),
    ((str(SEEDS), "--source", "nobody"), "--source nobody is in no reference table"),
    ((str(SEEDS), "--workers", "0"), "--workers 0 is not between 1 and 64"),
    # no INPUT at all
    ((), "Missing argument"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_wrong_usage_is_one_sentence_and_status_2_before_anything_runs(
    musnad: Musnad, database_url: str, arguments: tuple[str, ...], sentence: str
) -> None:
    before = n_runs(database_url)
    done = musnad(*arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stdout == ""
    assert n_runs(database_url) == before


def test_a_dry_run_counts_and_writes_nothing(musnad: Musnad, database_url: str) -> None:
    before = n_runs(database_url)
    done = musnad(str(SEEDS), "--dry-run", "--json")
    report: dict[str, Any] = json.loads(done.stdout)
    assert (report["n_read"], report["n_loaded"], report["state"]) == (5, 5, "dry run")
    assert n_runs(database_url) == before


def test_a_strict_run_loads_what_is_good_and_exits_3(musnad: Musnad, database_url: str, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "good.txt").write_text("عنوان\n\nقال الوزير أمس إن الاجتماع تأجل.\n", encoding="utf-8")
    (news / "bad.txt").write_bytes(b"\xc3\x28\xff")
    done = musnad(str(news), "--strict", "--json", "--published", "2024-04-02", "--source", "reuters")
    assert done.returncode == 3, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert (report["n_loaded"], report["n_rejected"], report["rejects"]) == (1, 1, {"bad_charset": 1})
    assert "secret" not in done.stderr
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "SELECT published_date::text, published_basis, publisher_key FROM mart.articles"
        ).fetchone()
    assert row == ("2024-04-02", "given", "reuters")


def test_a_warehouse_without_schema_is_refused_with_the_mend(musnad: Musnad, empty_database_url: str) -> None:
    done = musnad(str(SEEDS), MUSNAD_DATABASE_URL=empty_database_url)
    assert done.returncode == 1
    assert "run musnad db upgrade" in done.stderr
    assert "Traceback" not in done.stderr
