"""Where a cluster lies: inside the home, or elsewhere when the server's account cannot reach the home."""

from __future__ import annotations

import hashlib
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from flows.warehouse.account import Account

ROOTS_SHELTER = Path("/var/lib/musnad")
"""What root's server needs but cannot reach in the home lies here, in folders we make."""

_FIRST_PORT, _PORTS = 20_000, 12_000
"""Below the ports systems hand out to outgoing connections (from 32,768 on Linux), which come and go."""

_PORT_TRIES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """One cluster on disk: ``folder`` holds ``data`` and ``log``; ``port`` is the one it was given for good."""

    folder: Path
    port: int

    @property
    def data(self) -> Path:
        """Postgres' data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """The folder of the server's log files: one a weekday, each begun anew a week later."""
        return self.folder / "log"


def read_place(home: Path) -> Place | None:
    """The place recorded in the home; None before the first start.

    Raises:
        WarehouseError: the record is damaged or not readable.
    """
    record = home / "cluster.json"
    try:
        content = json.loads(record.read_text(encoding="utf-8"))
        return Place(home / content["folder"], int(content["port"]))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise WarehouseError(f"{record} cannot be read: {error.strerror}; is this another account's home?") from error
    except (ValueError, KeyError, TypeError) as error:
        raise WarehouseError(f"{record} is damaged; restore it from a backup") from error


def write_place(home: Path, place: Place) -> None:
    """Records the place; a folder inside the home is noted relative to it, so that the home can be moved."""
    folder = place.folder.relative_to(home) if place.folder.is_relative_to(home) else place.folder
    draft = home / ".cluster.json.new"
    draft.write_text(json.dumps({"folder": str(folder), "port": place.port}, indent=1) + "\n", encoding="utf-8")
    draft.replace(home / "cluster.json")


def make_home(home: Path) -> None:
    """Makes the home where it is missing: others may pass through it to what is theirs, but not list it.

    Raises:
        WarehouseError: it cannot be made or written.
    """
    try:
        if not home.is_dir():
            home.mkdir(parents=True)
            home.chmod(0o711)
    except OSError as error:
        raise WarehouseError(f"the home {home} cannot be made: {error.strerror}; set MUSNAD_HOME") from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise WarehouseError(f"the home {home} cannot be written; set MUSNAD_HOME to a folder that can")


def choose_folder(home: Path, account: Account) -> Path:
    """Makes the folder of a new cluster where ``account`` can reach it, opening no folder that was there before.

    Raises:
        WarehouseError: neither the home nor the shelter will do.
    """
    inside = home / "postgres"
    if _make(inside, account):
        return inside
    outside = ROOTS_SHELTER / "clusters" / hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    if account.uid is not None and _make(outside, account):
        return outside
    raise WarehouseError(
        f"the server can use neither {inside} nor {outside}; set MUSNAD_HOME to a plainly named folder in reach"
    )


def is_plain(path: Path) -> bool:
    """Whether ``pg_ctl``, which starts the server through a shell, passes the path on as it is."""
    return not set(str(path)) & set('"$`\\\n')


def choose_port(home: Path, fixed: int | None) -> int:
    """The fixed port, else a free one: searched from a number the home's path gives, so a new home tends to keep it.

    Raises:
        WarehouseError: no port is free.
    """
    if fixed is not None:
        return fixed
    first = int.from_bytes(hashlib.sha256(os.fsencode(home)).digest()[:4]) % _PORTS
    for step in range(_PORT_TRIES):
        port = _FIRST_PORT + (first + step) % _PORTS
        if is_free(port):
            return port
    raise WarehouseError("no free port was found on 127.0.0.1; set MUSNAD_PORT to one")


def is_free(port: int) -> bool:
    """Whether a server could listen on the port of 127.0.0.1; connections that linger after a close do not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            return False
    return True


def _make(folder: Path, account: Account) -> bool:
    """Whether the folder was made (or was there) and is the account's to use; nothing is left behind if not."""
    if not is_plain(folder):
        return False
    is_new = not folder.exists()
    try:
        for parent in (folder.parent.parent, folder.parent):
            if not parent.exists():
                parent.mkdir()
                parent.chmod(0o755)
        if is_new:
            folder.mkdir(mode=0o700)
            account.own(folder)
    except OSError:
        pass
    else:
        if account.may_use(folder):
            return True
    if is_new and folder.is_dir():
        folder.rmdir()
    return False
