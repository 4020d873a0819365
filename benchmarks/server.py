"""A Postgres of a benchmark's own, set up as the product sets up its own, with as many warehouses as wanted."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from flows.warehouse import Cluster
from flows.warehouse.schema import upgrade_schema

_TEMPLATE = "bench_template"
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and the home it lies in."""

    home: Path
    url: str
    postmaster: int

    @contextmanager
    def warehouse(self) -> Iterator[str]:
        """The URL of an empty warehouse of the newest schema; dropped in the end."""
        name = f"bench_{next(_numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, _TEMPLATE)
        try:
            yield on_database(self.url, name)
        finally:
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def settle(self) -> None:
        """Writes out what earlier measurements left to be written."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def make_template(self) -> None:
        """Migrates the database that warehouses are copied from."""
        self._run("CREATE DATABASE {} ENCODING 'UTF8'", _TEMPLATE)
        upgrade_schema(on_database(self.url, _TEMPLATE))

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def bench_server(folder: str | None = None) -> Iterator[Server]:
    """A server in a folder of its own, gone in the end."""
    home = Path(tempfile.mkdtemp(prefix="musnad-bench-", dir=folder)).resolve()
    home.chmod(0o711)  # root's server works under another account
    cluster = Cluster(home)
    try:
        postmaster = cluster.start()
        server = Server(home, cluster.url("owner"), postmaster.pid)
        server.make_template()
        yield server
    finally:
        cluster.remove()
        shutil.rmtree(home)


def on_database(url: str, database: str) -> str:
    """The same server and login, another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()
