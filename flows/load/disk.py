"""A full disk, said so that whoever reads it knows what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


class DiskFullError(RuntimeError):
    """The server, or the raw archive, has no room left: one sentence with the mend."""


@contextmanager
def plain_disk_errors() -> Iterator[None]:
    """Turn the server's word for a full disk into ours; a second try would only fill it again.

    Raises:
        DiskFullError: the disk is full; what was under way is rolled back.
    """
    try:
        yield
    except psycopg.errors.DiskFull as error:
        raise DiskFullError(
            f"the disk of the warehouse is full ({error.diag.message_primary}): make room there and run the same "
            "again; what is loaded stays, and is not loaded twice"
        ) from error
