"""The embedded Postgres: made once, started when needed, up until it is stopped.

It listens on 127.0.0.1 only, asks every login for its password, and runs under an unprivileged account. All of it
lies under the home, but for what root's server cannot reach there (see :mod:`flows.warehouse.place`).
"""

from __future__ import annotations

import fcntl
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.warehouse.account import server_account
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
from flows.warehouse.postmaster import Postmaster, find_postmaster
from flows.warehouse.programs import Programs, runnable_programs
from flows.warehouse.server import START_SECONDS, check_version, initialise, last_line, run_server, stop_server
from flows.warehouse.urls import server_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.warehouse.account import Account

DATABASE = "musnad"

_READY_PAUSE_SECONDS = 0.1


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
            postmaster = self._settled() or self._launch()
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
            stop_server(place, account, self._programs(account))
            return True

    def remove(self) -> None:
        """Stops the server and deletes the cluster with all its data, record and passwords."""
        self.stop()
        if (place := self.place) is not None:
            shutil.rmtree(place.folder)
        for file in (self.home / "cluster.json", self.password_file):
            file.unlink(missing_ok=True)

    def _launch(self) -> Postmaster:
        place, account = self._choose()
        programs = self._programs(account)
        if not place.data.exists():
            password = self._passwords_for_new()["owner"]
            initialise(place, account, programs, owner=LOGINS["owner"], password=password, is_durable=self.is_durable)
        check_version(place, programs)
        read_passwords(self.password_file)  # a server nobody can enter is not worth starting
        if not is_free(place.port):
            raise WarehouseError(
                f"port {place.port} of 127.0.0.1 is taken by another program: stop it, or set MUSNAD_PORT to a free one"
            )
        run_server(place, account, programs, is_durable=self.is_durable)
        postmaster = self._settled()
        if postmaster is None:
            raise WarehouseError(f"the server did not become ready; see the newest file in {self.home}")
        return postmaster

    def _choose(self) -> tuple[Place, Account]:
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
        account.shell('mkdir -p "$0"', new.log)
        return new, account

    def _programs(self, account: Account) -> Programs:
        return self.programs or runnable_programs(account, self.home if account.uid is None else ROOTS_SHELTER)

    def _passwords_for_new(self) -> dict[Role, str]:
        """Passwords for a cluster to be made: those of one that was removed by hand, else new ones."""
        return (read_passwords if self.password_file.exists() else make_passwords)(self.password_file)

    def _settled(self) -> Postmaster | None:
        """The server once it is ready; None where it is down, or goes down while this waits."""
        deadline = time.monotonic() + START_SECONDS
        while (postmaster := self.running()) is not None and time.monotonic() < deadline:
            if postmaster.is_ready:
                return postmaster
            time.sleep(_READY_PAUSE_SECONDS)
        return None

    def _ensure_database(self, postmaster: Postmaster) -> None:
        import psycopg  # noqa: PLC0415 (a fifth of a second that 'db status' and 'db url' need not pay)

        password = read_passwords(self.password_file)["owner"]
        url = server_url(user=LOGINS["owner"], password=password, port=postmaster.port, database="postgres")
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
                known = connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone()
                if known is None:
                    connection.execute("revoke all on database postgres, template1 from public")  # no back door
                    connection.execute(f"create database {DATABASE} owner {LOGINS['owner']}")
        except psycopg.OperationalError as error:
            raise WarehouseError(f"the server does not let its owner in: {last_line(str(error))}") from error

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
