"""What Musnad sets in ``postgresql.conf`` and ``pg_hba.conf`` of the embedded server."""

from __future__ import annotations

import locale
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ACCESS = "# Musnad: TCP on this machine only, always with a password.\nhost all all 127.0.0.1/32 scram-sha-256\n"

INCLUDE = "\ninclude 'musnad.conf'   # written anew at each start; ALTER SYSTEM overrides it\n"

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # passwords for all; and no socket folder a reboot could sweep away
    "password_encryption": "scram-sha-256",
    "max_connections": "50",
    "shared_buffers": "256MB",  # for a laptop: the system's file cache does the rest
    "huge_pages": "off",  # containers that promise them and give none end the server
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",  # a bulk load should not end in checkpoint after checkpoint
    "wal_compression": "on",
    "random_page_cost": "1.1",  # solid-state disks
    "jit": "off",  # the bundled build has none, and short queries would pay for it
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",  # the reasons we read from the log are in English
    "logging_collector": "on",
    "log_filename": "postgres-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",  # seven files at most
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_min_error_statement": "panic",  # statements may hold the text of articles
    "log_checkpoints": "off",
}

_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8")


def settings_text(*, port: int, log: Path, is_durable: bool) -> str:
    """The content of ``musnad.conf``; without durability a crash of the machine may lose the data (tests only)."""
    settings = {**_SETTINGS, "port": str(port), "log_directory": str(log)} | ({} if is_durable else _NOT_DURABLE)
    lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()]
    return "# Written by Musnad at each start: change settings with ALTER SYSTEM.\n" + "\n".join(lines) + "\n"


def character_type() -> str:
    """The LC_CTYPE of a new cluster: a UTF-8 one where the machine has it.

    The builtin provider sorts and folds case, but the parser of full-text search asks LC_CTYPE what a letter is: with
    ``C`` it takes the Arabic comma and question mark for letters of the word before them.
    """
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in _CHARACTER_TYPES:
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"
