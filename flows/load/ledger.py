"""The session a run keeps open for its row of ``ops.runs``, opened anew where the server restarts under it."""

from __future__ import annotations

import time
from typing import Any, Self

import psycopg
from psycopg import Connection

from flows.load.runs import hold_run

RETURN_SECONDS = 60.0
"""How long a run that has nothing left but to note its end waits for its server."""
_PAUSE_SECONDS = 0.5


class Ledger:
    """A run's own session. A restart of the server ends it, but not the run: batches are tried again, so is this.

    Attributes:
        url: libpq URL of the warehouse, as the loader.
        run_id: the run whose lock a new session takes; None before it began.
    """

    def __init__(self, url: str) -> None:
        self.run_id: int | None = None
        self.url = url
        self._session = self._connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def session(self, seconds: float = RETURN_SECONDS) -> Connection[Any]:
        """The session, a new one where the server has ended the last.

        Args:
            seconds: how long to wait for a server that restarts.

        Raises:
            psycopg.OperationalError: the server does not come back.
        """
        deadline = time.monotonic() + seconds
        while not self._is_alive():
            try:
                self._session = self._connect()
                if self.run_id is not None:
                    hold_run(self._session, self.run_id)
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE_SECONDS)
        return self._session

    def _connect(self) -> Connection[Any]:
        return psycopg.connect(self.url, autocommit=True, application_name="musnad run")

    def _is_alive(self) -> bool:
        try:
            self._session.execute("SELECT 1")
        except psycopg.OperationalError:
            self._session.close()
            return False
        return True
