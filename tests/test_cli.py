"""The ``musnad`` command as a shell sees it: what it prints where, and its exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from flows import cli
from flows.warehouse import Cluster, WarehouseError
from flows.warehouse.passwords import read_passwords

HomeMaker = Callable[[], Path]
ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("prefect", "sqlalchemy", "alembic", "psycopg", "pydantic", "rich", "numpy", "lxml")


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs ``musnad`` on one home."""

    home: Path

    def musnad(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", *arguments],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
            cwd=ROOT,
            env={**os.environ, "MUSNAD_HOME": str(self.home), **environment},
        )


@pytest.fixture(scope="module")
def running(module_home: Path) -> Iterator[Shell]:
    """A home whose warehouse is up and migrated."""
    shell = Shell(module_home)
    done = shell.musnad("db", "upgrade")
    assert done.returncode == 0, done.stderr
    yield shell
    Cluster(module_home).remove()


@pytest.fixture
def down(make_home: HomeMaker) -> Shell:
    """A home in which nothing was ever started."""
    return Shell(make_home())


def test_help_loads_nothing_heavy() -> None:
    script = (
        f"import sys; from flows import cli; cli._build(); print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_every_command_explains_itself(down: Shell) -> None:
    for words in ([], *([name] for name in cli.COMMANDS), ["db", "psql"], ["db", "url"], ["db", "status"]):
        done = down.musnad(*words, "--help")
        assert (done.returncode, done.stderr) == (0, "")
        assert f"Usage: {' '.join(['musnad', *words])}" in done.stdout


def test_url_is_one_line_that_connects(running: Shell) -> None:
    done = running.musnad("db", "url")
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    with psycopg.connect(done.stdout.strip()) as connection:
        assert connection.info.user == "musnad_reader"
        assert connection.info.host == "127.0.0.1"
        assert connection.info.dbname == "musnad"


def test_url_of_the_loader_connects_as_the_loader(running: Shell) -> None:
    with psycopg.connect(running.musnad("db", "url", "--role", "loader").stdout.strip()) as connection:
        assert connection.info.user == "musnad_loader"


def test_url_never_hands_out_the_owner(running: Shell) -> None:
    assert running.musnad("db", "url", "--role", "owner").returncode == 2


def test_url_of_a_warehouse_that_is_down_says_the_mend_and_starts_nothing(down: Shell) -> None:
    done = down.musnad("db", "url")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "musnad: the warehouse is down: start it with 'musnad db start'\n"
    assert list(down.home.iterdir()) == []


def test_status_tells_where_the_warehouse_is_and_no_password(running: Shell) -> None:
    done = running.musnad("db", "status", "--json")
    facts = json.loads(done.stdout)
    assert facts["running"] is True
    assert facts["host"] == "127.0.0.1"
    assert facts["home"] == str(running.home)
    plain = running.musnad("db", "status")
    assert f"port: {facts['port']}\n" in plain.stdout
    passwords = read_passwords(Cluster(running.home).password_file).values()
    assert not any(password in done.stdout + plain.stdout for password in passwords)


def test_status_of_a_warehouse_that_is_down_makes_nothing(down: Shell) -> None:
    assert json.loads(down.musnad("db", "status", "--json").stdout)["running"] is False
    assert list(down.home.iterdir()) == []


def test_psql_reads_as_the_reader_and_passes_its_options_on(running: Shell) -> None:
    done = running.musnad("db", "psql", "-At", "-F", ":", "-c", "select current_user, 1", "-c", "select 'مسند'")
    assert (done.returncode, done.stdout) == (0, "musnad_reader:1\nمسند\n"), done.stderr


# what a reader may not do
@pytest.mark.parametrize("statement", [
    "create table news.x (n int)",
    "create table public.x (n int)",
    "create temporary table x (n int)",
    "set default_transaction_read_only = off; delete from news.documents",
    "set default_transaction_read_only = off; create temporary table x (n int)",
    "select count(*) from ops.runs",
])  # fmt: skip
def test_psql_as_the_reader_is_refused(running: Shell, statement: str) -> None:
    done = running.musnad("db", "psql", "-v", "ON_ERROR_STOP=1", "-c", statement)
    assert done.returncode != 0
    assert "ERROR" in done.stderr


def test_psql_keeps_the_password_out_of_its_arguments(running: Shell) -> None:
    statement = "\\! tr '\\0' ' ' < /proc/$PPID/cmdline"
    done = running.musnad("db", "psql", "-c", statement)
    if sys.platform == "linux":
        assert "musnad_reader@127.0.0.1" in done.stdout
    passwords = read_passwords(Cluster(running.home).password_file).values()
    assert not any(password in done.stdout for password in passwords)


def test_start_stop_and_upgrade_may_be_said_twice(down: Shell) -> None:
    answers = [down.musnad("db", command) for command in ("start", "start", "stop", "stop")]
    assert [done.returncode for done in answers] == [0, 0, 0, 0]
    assert answers[0].stdout == answers[1].stdout
    assert [done.stdout for done in answers[2:]] == ["The warehouse is stopped.\n", "The warehouse was down already.\n"]


def test_a_second_upgrade_changes_nothing(running: Shell) -> None:
    done = running.musnad("db", "upgrade")
    assert done.returncode == 0
    assert "nothing had to change" in done.stdout


# wrong usage, read before anything is done
@pytest.mark.parametrize("words", [
    ["frobnicate"],
    ["db", "frobnicate"],
    ["db", "url", "--role", "king"],
    ["db", "start", "--frobnicate"],
])  # fmt: skip
def test_wrong_usage_ends_with_2_and_makes_nothing(down: Shell, words: list[str]) -> None:
    done = down.musnad(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert list(down.home.iterdir()) == []


def test_a_bad_setting_ends_with_2_and_one_sentence(down: Shell) -> None:
    done = down.musnad("db", "status", MUSNAD_DATABASE_URL="mysql://u:secret@h/d")
    assert done.returncode == 2
    assert done.stderr.startswith("musnad: MUSNAD_DATABASE_URL cannot be used: ")
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr


# --debug may stand before the command and after it
@pytest.mark.parametrize("words", [["--debug", "db", "url"], ["db", "url", "--debug"]])
def test_a_traceback_is_shown_with_debug_only(down: Shell, words: list[str]) -> None:
    done = down.musnad(*words)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "Traceback" not in down.musnad("db", "url").stderr


def test_a_server_of_ones_own_is_neither_started_nor_stopped(down: Shell) -> None:
    for command in ("start", "stop"):
        done = down.musnad("db", command, MUSNAD_DATABASE_URL="postgresql://u:secret@127.0.0.1:1/d")
        assert done.returncode == 1
        assert "MUSNAD_DATABASE_URL names a server that Musnad does not run" in done.stderr


def test_status_of_a_server_of_ones_own_hides_its_password(down: Shell) -> None:
    done = down.musnad("db", "status", "--json", MUSNAD_DATABASE_URL="postgresql://u:secret@127.0.0.1:1/d")
    facts = json.loads(done.stdout)
    assert facts["url"] == "postgresql://u@127.0.0.1:1/d"
    assert not facts["running"]
    assert "secret" not in done.stdout


@dataclass(frozen=True, slots=True)
class Case:
    """An error that leaves a command, what is said of it, and the exit status."""

    error: BaseException
    says: str
    code: int


class ChosenError(ValueError):
    exit_code = 2


@pytest.mark.parametrize("case", [
    # written for people: said as it is, on one line
    Case(WarehouseError("the port is taken:\n  stop it"), "musnad: the port is taken: stop it\n", 1),
    # an error may choose its exit status
    Case(ChosenError("no such date"), "musnad: ChosenError: no such date (--debug shows where)\n", 2),
    # the system's errors name the file
    Case(FileNotFoundError(2, "No such file or directory", "/a/b"), "musnad: /a/b: No such file or directory\n", 1),
    # anything else says its kind
    Case(ZeroDivisionError("by zero"), "musnad: ZeroDivisionError: by zero (--debug shows where)\n", 1),
    # Ctrl-C needs no words
    Case(KeyboardInterrupt(), "", 130),
    # an exit is an exit
    Case(SystemExit(3), "", 3),
])  # fmt: skip
def test_an_error_is_said_in_one_sentence(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised, cli._OneSentence(shows_traceback=False):
        raise case.error
    assert raised.value.code == case.code
    assert capsys.readouterr().err == case.says


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_with_130(number: signal.Signals) -> None:
    script = """if True:
        import time
        from flows import cli
        cli._build = lambda: lambda **_: (print("up", flush=True), time.sleep(60))
        cli.main()
    """
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        process.send_signal(number)
        assert process.wait(timeout=30) == 130
