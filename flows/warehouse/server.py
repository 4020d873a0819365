"""Postgres' own programs at work on one place: making the data folder, starting the server, stopping it."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

from flows.warehouse import configuration
from flows.warehouse.account import Account, name_for_nameless
from flows.warehouse.errors import WarehouseError
from flows.warehouse.postmaster import drop_stale_file

if TYPE_CHECKING:
    from pathlib import Path

    from flows.warehouse.place import Place
    from flows.warehouse.programs import Programs

START_SECONDS = 600
"""Recovery after a crash replays up to max_wal_size of log before the server is ready."""

_STOP_SECONDS = 120

_ORPHAN_SECONDS = 30
"""How long processes of a killed server may take to notice; they hold its shared memory until then."""

_ORPHAN_PAUSE_SECONDS = 0.2

_WRITE = 'rm -f "$0" && cat > "$0"'


def initialise(
    place: Place, account: Account, programs: Programs, *, owner: str, password: str, is_durable: bool
) -> None:
    """Makes the data folder, under another name first, so that a half-made one is never taken for whole.

    Raises:
        WarehouseError: ``initdb`` fails.
    """
    draft, password_file = place.folder / "data.new", place.folder / "owner.password"
    if draft.exists():
        shutil.rmtree(draft)
    options: list[str | Path] = ["-U", owner, "--pwfile", password_file, "-A", "scram-sha-256", "-E", "UTF8"]
    options += [*programs.locale, "--locale=C", f"--lc-ctype={configuration.character_type()}"]
    options += [] if is_durable else ["--no-sync"]
    try:
        account.shell(_WRITE, password_file, password)
        done = account.run([*name_for_nameless(), programs.folder / "initdb", "-D", draft, *options])
    finally:
        password_file.unlink(missing_ok=True)
    if done.returncode != 0:
        raise WarehouseError(f"Postgres could not make {place.data}: {last_line(done.stderr)}")
    account.shell(_WRITE, draft / "pg_hba.conf", configuration.ACCESS)
    account.shell('cat >> "$0"', draft / "postgresql.conf", configuration.INCLUDE)
    draft.rename(place.data)


def check_version(place: Place, programs: Programs) -> None:
    """Refuses data of another major version, which this Postgres cannot read.

    Raises:
        WarehouseError: it is of another version, or no data folder at all.
    """
    try:
        made_by = (place.data / "PG_VERSION").read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise WarehouseError(
            f"{place.data} is no Postgres data folder; restore it, or remove it to begin anew"
        ) from error
    if made_by != str(programs.major):
        raise WarehouseError(
            f"{place.data} was made by Postgres {made_by}, and this is Postgres {programs.major}: "
            "dump it with the old version and restore it, or set MUSNAD_HOME to a new folder"
        )


def run_server(place: Place, account: Account, programs: Programs, *, is_durable: bool) -> None:
    """Starts the server and waits until it is ready, or until a killed one's last processes are gone.

    Raises:
        WarehouseError: it does not start; the sentence holds Postgres' own reason.
    """
    settings = configuration.settings_text(port=place.port, log=place.log, is_durable=is_durable)
    account.shell(_WRITE, place.data / "musnad.conf", settings)
    start_log = place.log / "start.log"
    deadline = time.monotonic() + _ORPHAN_SECONDS
    while True:
        drop_stale_file(place.data)
        start_log.unlink(missing_ok=True)
        options: list[str | Path] = ["-s", "-w", "-t", str(START_SECONDS), "-l", start_log]
        if account.run([programs.folder / "pg_ctl", "start", "-D", place.data, *options]).returncode == 0:
            return
        reason = _start_failure(place)
        if "shared memory block" not in reason or time.monotonic() > deadline:
            raise WarehouseError(f"Postgres does not start on {place.data}: {reason}")
        time.sleep(_ORPHAN_PAUSE_SECONDS)


def stop_server(place: Place, account: Account, programs: Programs) -> None:
    """Stops the server, ending its sessions, and waits until it is down.

    Raises:
        WarehouseError: it does not stop in time.
    """
    options: list[str | Path] = ["-s", "-w", "-t", str(_STOP_SECONDS), "-m", "fast"]
    if account.run([programs.folder / "pg_ctl", "stop", "-D", place.data, *options]).returncode != 0:
        raise WarehouseError(f"the server did not stop within {_STOP_SECONDS} seconds; see {place.log}")


def last_line(text: str) -> str:
    """The last line of what a program said that is not blank."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it does not say why")


def _start_failure(place: Place) -> str:
    """The last fatal thing the server said: in the log of this start, else in the log it had already turned to."""
    logs = sorted(place.log.glob("postgres-*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    for file in (place.log / "start.log", *logs[:1]):
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.exists() else []
        fatal = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line]
        if fatal:
            return fatal[-1]
    return f"see {place.log}"
