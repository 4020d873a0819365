"""Whether a server runs on a data folder, told from the file ``postmaster.pid`` it keeps there."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

_PID, _PORT, _STATUS = 0, 3, 7
"""Lines of ``postmaster.pid`` (src/include/utils/pidfile.h)."""


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The main process of a running server; ``port`` is 0 and ``is_ready`` false until it accepts connections."""

    pid: int
    port: int
    is_ready: bool


def find_postmaster(data: Path) -> Postmaster | None:
    """The server that runs on ``data``, or None: also where a crash or reboot left the file behind.

    The process id alone proves nothing (another process may have got it since, and a killed server may stay behind as
    a zombie), so the process must be a Postgres on this very folder.
    """
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not lines or not lines[_PID].strip().isdecimal():
        return None
    pid = int(lines[_PID])
    if not _serves(pid, data):
        return None
    is_ready = len(lines) > _STATUS and lines[_STATUS].strip() == "ready"
    return Postmaster(pid, int(lines[_PORT]) if is_ready else 0, is_ready)


def drop_stale_file(data: Path) -> None:
    """Removes a ``postmaster.pid`` no server stands behind: Postgres itself would not start on a reused process id."""
    if find_postmaster(data) is None:
        (data / "postmaster.pid").unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    arguments = _arguments(pid)
    if not arguments or Path(arguments[0]).name != "postgres":
        return False
    return str(data) in arguments or _works_in(pid, data)


def _arguments(pid: int) -> list[str]:
    """The command line of a process; empty for none and for a zombie."""
    if Path("/proc/self/cmdline").exists():
        try:
            content = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return []
        return content.decode(errors="surrogateescape").rstrip("\0").split("\0") if content else []
    listing = subprocess.run(
        ["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    command, _, data = listing.stdout.rstrip("\n").partition(" -D ")
    return [command, data] if data else []


def _works_in(pid: int, data: Path) -> bool:
    """Whether the process' working folder is ``data``, which stays true when the folder is renamed under it."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(data)
    except OSError:
        return False
