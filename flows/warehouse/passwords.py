"""The passwords of the embedded server's logins: made once, kept in one file only its owner can read."""

from __future__ import annotations

import json
import os
import secrets
from typing import TYPE_CHECKING, Literal

from flows.warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from pathlib import Path

Role = Literal["owner", "loader", "reader"]

LOGINS: dict[Role, str] = {"owner": "musnad", "loader": "musnad_loader", "reader": "musnad_reader"}

_PASSWORD_BYTES = 24


def read_passwords(file: Path) -> dict[Role, str]:
    """The passwords by role.

    Raises:
        WarehouseError: the file is missing, not readable, or not ours.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return {role: str(content[login]) for role, login in LOGINS.items()}
    except OSError as error:
        raise WarehouseError(f"the password file {file} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise WarehouseError(f"the password file {file} is damaged; restore it from a backup") from error


def make_passwords(file: Path) -> dict[Role, str]:
    """Makes new passwords and the file, of mode 0600 from its first byte and whole or not there at all."""
    passwords = {login: secrets.token_hex(_PASSWORD_BYTES) for login in LOGINS.values()}
    draft = file.with_name(f".{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        json.dump(passwords, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
    return read_passwords(file)
