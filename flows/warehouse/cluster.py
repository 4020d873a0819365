"""The embedded Postgres: made once, started when needed, up until it is stopped.

It listens on 127.0.0.1 only, asks every login for its password, and runs under an unprivileged account. All of it
lies under the home, but for what root's server cannot reach there (see :mod:`flows.warehouse.place`).
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.warehouse import configuration
from flows.warehouse.account import Account, name_for_nameless, server_account
from flows.warehouse.errors import WarehouseError
from flows.warehouse.passwords import LOGINS, Role, make_passwords, read_passwords
from flows.warehouse.place import (
    ROOTS_SHELTER,
    Place,
    choose_folder,
    choose_port,
    is_free,
    make_home,
    read_place,
    write_place,
)
from flows.warehouse.postmaster import Postmaster, drop_stale_file, find_postmaster
from flows.warehouse.programs import Programs, runnable_programs
from flows.warehouse.urls import server_url

DATABASE = "musnad"

_START_SECONDS = 600
"""Recovery after a crash replays up to max_wal_size of log before the server is ready."""

_STOP_SECONDS = 120

_ORPHAN_SECONDS = 30
"""How long processes of a killed server may take to notice; they hold its shared memory until then."""

_ORPHAN_PAUSE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Cluster:
    """The embedded server of one home.

    Attributes:
        home: absolute folder that holds, or will hold, the cluster's record and passwords.
        port: the port it must use; None keeps the one chosen at the first start.
        is_durable: False switches fsync off, for tests.
        programs: another Postgres than the bundled one, for tests.
    """

    home: Path
    port: int | None = None
    is_durable: bool = True
    programs: Programs | None = None

    @property
    def password_file(self) -> Path:
        """The one file that holds passwords, of mode 0600."""
        return self.home / "passwords.json"

    @property
    def place(self) -> Place | None:
        """Where the cluster lies; None before the first start."""
        return read_place(self.home)

    def running(self) -> Postmaster | None:
        """The server's main process, None when the server is down.

        Raises:
            WarehouseError: the home is another account's.
        """
        place = self.place
        try:
            return find_postmaster(place.data) if place else None
        except PermissionError as error:
            raise WarehouseError(
                f"{error.filename} belongs to another account: run musnad as the one that made it"
            ) from error

    def url(self, role: Role) -> str:
        """The libpq URL by which a role connects.

        Raises:
            WarehouseError: the server is down.
        """
        postmaster = self.running()
        if postmaster is None or not postmaster.is_ready:
            raise WarehouseError("the warehouse is down: start it with 'musnad db start'")
        password = read_passwords(self.password_file)[role]
        return server_url(user=LOGINS[role], password=password, port=postmaster.port, database=DATABASE)

    def start(self) -> Postmaster:
        """Makes the cluster where there is none, starts the server where it is down, and waits until it is ready.

        Safe to call twice and from several processes at once.

        Raises:
            WarehouseError: it cannot be made or started.
        """
        make_home(self.home)
        with self._alone():
            postmaster = self.running()
            if postmaster is None:
                postmaster = self._launch()
            elif not postmaster.is_ready:
                postmaster = self._await_ready()
            self._ensure_database(postmaster)
            return postmaster

    def stop(self) -> bool:
        """Stops the server, ending its sessions; False when it was down already.

        Raises:
            WarehouseError: it does not stop.
        """
        place = self.place
        if place is None:
            return False
        with self._alone():
            if self.running() is None:
                return False
            account = server_account(place.folder)
            command = self._programs(account).folder / "pg_ctl"
            options: list[str | Path] = ["-s", "-w", "-t", str(_STOP_SECONDS), "-m", "fast"]
            done = account.run([command, "stop", "-D", place.data, *options])
            if done.returncode != 0:
                raise WarehouseError(f"the server did not stop within {_STOP_SECONDS} seconds; see {place.log}")
            return True

    def remove(self) -> None:
        """Stops the server and deletes the cluster with all its data, record and passwords."""
        self.stop()
        if (place := self.place) is not None:
            shutil.rmtree(place.folder)
        for file in (self.home / "cluster.json", self.password_file):
            file.unlink(missing_ok=True)

    def _launch(self) -> Postmaster:
        place, account = self._settle()
        programs = self._programs(account)
        if not place.data.exists():
            self._initialise(place, account, programs)
        _check_version(place, programs)
        read_passwords(self.password_file)  # a server nobody can enter is not worth starting
        if not is_free(place.port):
            raise WarehouseError(
                f"port {place.port} of 127.0.0.1 is taken by another program: stop it, or set MUSNAD_PORT to a free port"
            )
        settings = configuration.settings_text(port=place.port, log=place.log, is_durable=self.is_durable)
        _write(place.data / "musnad.conf", settings, account)
        _run_server(place, account, programs)
        return self._await_ready()

    def _settle(self) -> tuple[Place, Account]:
        """The recorded place, else a new one; the record is written anew when the port changes."""
        place = self.place
        if place is None:
            account = server_account(self.home / "postgres")
            new = Place(choose_folder(self.home, account), choose_port(self.home, self.port))
        else:
            account = server_account(place.folder)
            new = Place(place.folder, self.port or place.port)
            if not new.folder.exists():
                new = Place(choose_folder(self.home, account), new.port)
        if new != place:
            write_place(self.home, new)
        new.log.mkdir(mode=0o700, exist_ok=True)
        account.own(new.log)
        return new, account

    def _programs(self, account: Account) -> Programs:
        return self.programs or runnable_programs(account, self.home if account.uid is None else ROOTS_SHELTER)

    def _initialise(self, place: Place, account: Account, programs: Programs) -> None:
        """Makes the data folder under another name first, so that a half-made one is never taken for whole."""
        passwords = (
            read_passwords(self.password_file) if self.password_file.exists() else make_passwords(self.password_file)
        )
        draft, password_file = place.folder / "data.new", place.folder / "owner.password"
        if draft.exists():
            shutil.rmtree(draft)
        try:
            _write(password_file, passwords["owner"], account)
            options: list[str | Path] = [
                "-U",
                LOGINS["owner"],
                "--pwfile",
                password_file,
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
            ]
            options += [*programs.locale, "--locale=C", f"--lc-ctype={configuration.character_type()}"]
            options += [] if self.is_durable else ["--no-sync"]
            done = account.run([*name_for_nameless(), programs.folder / "initdb", "-D", draft, *options])
        finally:
            password_file.unlink(missing_ok=True)
        if done.returncode != 0:
            raise WarehouseError(f"Postgres could not make {place.data}: {_last_line(done.stderr)}")
        _write(draft / "pg_hba.conf", configuration.ACCESS, account)
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(configuration.INCLUDE)
        draft.rename(place.data)

    def _await_ready(self) -> Postmaster:
        deadline = time.monotonic() + _START_SECONDS
        while (postmaster := self.running()) is not None and time.monotonic() < deadline:
            if postmaster.is_ready:
                return postmaster
            time.sleep(_ORPHAN_PAUSE_SECONDS)
        raise WarehouseError(f"the server did not become ready; see the newest file in {self.home}")

    def _ensure_database(self, postmaster: Postmaster) -> None:
        import psycopg  # noqa: PLC0415 (a fifth of a second that 'db status' and 'db url' need not pay)

        password = read_passwords(self.password_file)["owner"]
        url = server_url(user=LOGINS["owner"], password=password, port=postmaster.port, database="postgres")
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
                known = connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone()
                if known is None:
                    connection.execute(f"create database {DATABASE} owner {LOGINS['owner']}")
        except psycopg.OperationalError as error:
            raise WarehouseError(f"the server does not let its owner in: {_last_line(str(error))}") from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Lets one process at a time make, start or stop the cluster; the system frees the lock of a killed one."""
        try:
            lock = (self.home / "cluster.lock").open("a")
        except OSError as error:
            raise WarehouseError(
                f"{error.filename} cannot be locked: {error.strerror}; is this another account's home?"
            ) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _check_version(place: Place, programs: Programs) -> None:
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


def _run_server(place: Place, account: Account, programs: Programs) -> None:
    start_log = place.log / "start.log"
    deadline = time.monotonic() + _ORPHAN_SECONDS
    while True:
        drop_stale_file(place.data)
        start_log.unlink(missing_ok=True)
        options: list[str | Path] = ["-s", "-w", "-t", str(_START_SECONDS), "-l", start_log]
        if account.run([programs.folder / "pg_ctl", "start", "-D", place.data, *options]).returncode == 0:
            return
        reason = _start_failure(place)
        if "shared memory block" not in reason or time.monotonic() > deadline:
            raise WarehouseError(f"Postgres does not start on {place.data}: {reason}")
        time.sleep(_ORPHAN_PAUSE_SECONDS)


def _start_failure(place: Place) -> str:
    """The last fatal thing the server said: in the log of this start, else in the log it had already turned to."""
    logs = sorted(place.log.glob("postgres-*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    for file in (place.log / "start.log", *logs[:1]):
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.exists() else []
        fatal = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line]
        if fatal:
            return fatal[-1]
    return f"see {place.log}"


def _write(file: Path, text: str, account: Account) -> None:
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    account.own(file)
    file.write_text(text, encoding="utf-8")


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it does not say why")
