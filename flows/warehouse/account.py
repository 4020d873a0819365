"""The account the embedded Postgres runs under: Postgres refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from flows.warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from pathlib import Path

UNPRIVILEGED = ("nobody", "daemon")
"""Accounts every Unix has; the first that exists is used, none is ever added."""


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server: ``uid`` and ``gid`` are None when it is the caller itself."""

    uid: int | None = None
    gid: int | None = None

    def run(self, command: list[str | Path], *, text: str = "") -> subprocess.CompletedProcess[str]:
        """Runs a program as this account, in a session of its own, from a folder every account may enter.

        ``text`` is its standard input; output and error are captured as text; the exit status is the caller's to judge.

        Raises:
            OSError: the program cannot be executed by this account.
        """
        identity: _Identity = {}
        if self.uid is not None and self.gid is not None:
            identity = {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            input=text,
            cwd="/",
            env=server_environment(),
            umask=0o077,
            start_new_session=True,  # neither Ctrl-C nor a closed terminal reaches the server
            **identity,
        )

    def shell(self, script: str, path: Path, text: str = "") -> None:
        """Runs a script on a path, which it knows as ``$0``, as this account.

        Root touches nothing itself inside a folder of this account: another process of the account could have put a
        link to elsewhere there.

        Raises:
            WarehouseError: the script fails.
        """
        done = self.run(["/bin/sh", "-c", script, path], text=text)
        if done.returncode != 0:
            raise WarehouseError(f"{path} cannot be written: {done.stderr.strip()}")

    def own(self, path: Path) -> None:
        """Gives a file or folder we made to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def may_use(self, folder: Path) -> bool:
        """Whether this account can reach and write a folder: asked of the system, not computed from mode bits."""
        if self.uid is None:
            return os.access(folder, os.W_OK | os.X_OK)
        try:
            return self.run(["/bin/sh", "-c", 'cd "$0" && test -w .', folder]).returncode == 0
        except OSError:  # a container that takes from root the right to step down
            return False


def server_account(data: Path) -> Account:
    """The account for a data folder: the caller; or, for root, the folder's owner, else an unprivileged account.

    Raises:
        WarehouseError: root finds no account to step down to.
    """
    if os.geteuid() != 0:
        return Account()
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise WarehouseError(
        "Postgres does not run as root and this machine has no account 'nobody' or 'daemon' to run it: "
        "run musnad as an ordinary user, or set MUSNAD_DATABASE_URL to a server"
    )


def name_for_nameless() -> list[str]:
    """What to put before ``initdb`` where the caller's user id has no name (``docker run --user 12345``).

    ``initdb`` looks its account up by name and fails without one; nothing after it does. In a user namespace of its
    own it sees the caller under the name of an unprivileged account, and the files stay the caller's.
    """
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        unshare, nobody = shutil.which("unshare"), pwd.getpwnam(UNPRIVILEGED[0])
        if unshare is not None:
            return [unshare, "--user", f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}"]
    return []


def server_environment() -> dict[str, str]:
    """The caller's environment without our secrets and without what would steer Postgres' own programs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "MUSNAD_", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}
