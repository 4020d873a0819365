"""The README keeps its word: its commands run, its answers are the warehouse's, its dictionary is the comments'."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.warehouse import Cluster
from tests import readme
from tests.conftest import temporary_home

ROOT = readme.ROOT
MEND = "run: python tests/readme.py URL, on a warehouse that holds the seeds"


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """A new user's environment: an empty home, nothing of ours set."""
    with temporary_home() as home:
        ours = ("MUSNAD_", "PREFECT_", "MAKE", "MFLAGS")  # this suite may itself run under make
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        yield kept | {"MUSNAD_HOME": str(home), "COLUMNS": "120", "TERM": "dumb"}
        Cluster(home).remove()


def shell(command: str, environment: dict[str, str]) -> str:
    """Run a command of the README from the checkout; the suite itself is only asked for, not run inside itself."""
    command = command.replace("make test", "make --dry-run test")
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def first_run(environment: dict[str, str]) -> str:
    """What ``make run`` prints in an empty home."""
    return shell("make run", environment)


@pytest.fixture(scope="module")
def owner_url(first_run: str, environment: dict[str, str]) -> str:
    assert first_run
    return Cluster(Path(environment["MUSNAD_HOME"])).url("owner")


def words(text: str) -> list[str]:
    return re.sub(r"[^\w ]", " ", text).split()


def test_make_run_prints_what_the_readme_shows(first_run: str) -> None:
    shown = readme.made_parts()["result"].replace("```text\n", "").replace("```\n", "")
    assert "5" in shown
    assert words(shown) == words(first_run)[: len(words(shown))], MEND


def test_make_run_again_says_that_nothing_changed(first_run: str, environment: dict[str, str]) -> None:
    assert "Nothing changed" not in first_run
    assert "Nothing changed: all 5 records were in the warehouse already." in shell("make run", environment)


@pytest.mark.parametrize("command", [c for c in readme.commands() if c != "make run"])
def test_every_command_of_the_readme_runs(owner_url: str, environment: dict[str, str], command: str) -> None:
    assert owner_url
    shell(command, environment)


def test_the_answers_are_the_warehouse_s(owner_url: str) -> None:
    parts = readme.made_parts()
    found = readme.answers(owner_url)
    assert found
    assert {name: parts[name] for name in found} == found, MEND


def test_the_dictionary_is_made_of_the_comments(owner_url: str) -> None:
    assert readme.made_parts()["dictionary"] == readme.dictionary(owner_url), MEND


def test_the_python_example_runs() -> None:
    code = re.search(r"^```python\n(.*?)^```", readme.README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert code is not None
    lines = code[1].strip().splitlines()
    scope: dict[str, Any] = {}
    exec("\n".join([*lines[:-1], f"found = {lines[-1]}"]), scope)  # noqa: S102 - the README's own example
    (date,) = scope["found"]
    assert date["value_start"] == "2024-03-24"


def test_the_compose_file_is_valid_and_holds_no_password() -> None:
    command = ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(ROOT / "docker-compose.yml")]
    done = subprocess.run(
        [str(Path(sys.executable).with_name(command[0])), *command[1:]],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert all("${POSTGRES_PASSWORD" in line for line in text.splitlines() if "PASSWORD:" in line)


def test_the_lock_pins_by_hash_and_names_no_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[\w.\[\]-]+==", lock, re.MULTILINE)
    assert len(pins) > 50
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", lock)) >= len(pins)
    assert "://" not in lock
    assert "index-url" not in lock
