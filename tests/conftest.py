"""A real Postgres for the tests, never a mock: a container where a Docker engine answers, the embedded one otherwise.

Each xdist worker has a server of its own. ``database_url`` is a migrated database of the module's own,
``empty_database_url`` an empty one, ``postgres15`` Debian's Postgres 15 where it is installed.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from flows.settings import load_settings
from flows.warehouse import Cluster
from flows.warehouse.programs import BUILTIN_LOCALE, Programs
from flows.warehouse.urls import libpq_url

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so a shell begins what it runs beside itself, and all below it
    signal.signal(signal.SIGINT, signal.default_int_handler)

DEBIAN_15 = Programs(Path("/usr/lib/postgresql/15/bin"), 15, ("--locale-provider=libc",))
DOCKER_SOCKETS = (Path("/var/run/docker.sock"), Path("~/.docker/run/docker.sock").expanduser())
ROLE_PASSWORD = "made-up"

_names = (f"musnad_test_{number}" for number in count(1))

HomeMaker = Callable[[], Path]


class Urls(NamedTuple):
    """One database as its owner, the loader and the reader see it."""

    owner: str
    loader: str
    reader: str


@contextmanager
def temporary_home() -> Iterator[Path]:
    """An empty home that root's server, too, can reach (pytest's own folders are closed to other accounts)."""
    home = Path(tempfile.mkdtemp(prefix="musnad-")).resolve()
    home.chmod(0o711)
    try:
        yield home
    finally:
        shutil.rmtree(home)


@pytest.fixture(scope="session", autouse=True)
def settings_of_its_own() -> Iterator[Path]:
    """Keeps the tests away from the warehouse of whoever runs them: a home of their own, no settings of theirs."""
    with temporary_home() as home, pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("MUSNAD_")]:
            patch.delenv(name)
        patch.setenv("MUSNAD_HOME", str(home))
        patch.setenv("MUSNAD_DATABASE_URL", "")  # outweighs a .env file
        load_settings.cache_clear()
        yield home
    load_settings.cache_clear()


@pytest.fixture(scope="module")
def module_home() -> Iterator[Path]:
    """An empty home for one test module."""
    with temporary_home() as home:
        yield home


@pytest.fixture
def make_home() -> Iterator[HomeMaker]:
    """Makes homes; what lies in them is stopped and deleted after the test."""
    homes: list[Path] = []

    def make() -> Path:
        homes.append(Path(tempfile.mkdtemp(prefix="musnad-")).resolve())
        homes[-1].chmod(0o711)
        return homes[-1]

    yield make
    for home in homes:
        Cluster(home).remove()
        shutil.rmtree(home)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The libpq URL of a superuser on a running server of Postgres 18."""
    with _container() as url:
        if url is not None:
            yield url
            return
    with _embedded() as url:
        yield url


@pytest.fixture(scope="session")
def postgres15() -> Iterator[str]:
    """The libpq URL of a superuser on Debian's Postgres 15."""
    if not (DEBIAN_15.folder / "initdb").exists():
        pytest.skip(f"Postgres 15 is not installed in {DEBIAN_15.folder} (apt-get install postgresql-15)")
    with _embedded(DEBIAN_15) as url:
        yield url


@pytest.fixture
def empty_database_url(server: str) -> Iterator[str]:
    """A database with nothing in it, for one test."""
    with new_database(server) as url:
        yield url


@pytest.fixture
def empty_database_url_15(postgres15: str) -> Iterator[str]:
    """A database with nothing in it on Postgres 15, for one test."""
    with new_database(postgres15) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_template(server: str) -> Iterator[str]:
    """The name of a database migrated once, to be copied; loader and reader may log in with :data:`ROLE_PASSWORD`."""
    from flows.warehouse.schema import upgrade_schema  # noqa: PLC0415 (tests without a schema start faster)

    with new_database(server) as url:
        upgrade_schema(url)
        with psycopg.connect(url, autocommit=True) as connection:
            for role in ("musnad_loader", "musnad_reader"):
                statement = sql.SQL("alter role {} login password {}")
                connection.execute(statement.format(sql.Identifier(role), ROLE_PASSWORD))
        yield database_of(url)


@pytest.fixture(scope="module")
def database_url(server: str, migrated_template: str) -> Iterator[str]:
    """The owner's libpq URL of a freshly migrated database for one test module."""
    with new_database(server, template=migrated_template) as url:
        yield url


@pytest.fixture
def new_warehouse(server: str, migrated_template: str) -> Iterator[Callable[[], Urls]]:
    """Makes freshly migrated databases, dropped after the test."""
    with ExitStack() as stack:

        def make() -> Urls:
            url = stack.enter_context(new_database(server, template=migrated_template))
            return Urls(url, as_role(url, "musnad_loader"), as_role(url, "musnad_reader"))

        yield make


@pytest.fixture(scope="module")
def loader_url(database_url: str) -> str:
    """The same database as the loader sees it."""
    return as_role(database_url, "musnad_loader")


@pytest.fixture(scope="module")
def reader_url(database_url: str) -> str:
    """The same database as the reader sees it."""
    return as_role(database_url, "musnad_reader")


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Prefect server for all flows of this process: its client would wait for a second one that is gone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        patch.setenv("PREFECT_LOGGING_LEVEL", "WARNING")
        from flows.schedule import prefect_api  # noqa: PLC0415 - Prefect reads its settings when it is imported

        with prefect_api() as url:
            yield url


@pytest.fixture(scope="module")
def flow_environment(prefect_server: str, loader_url: str) -> Iterator[pytest.MonkeyPatch]:
    """Flows run in this process load the module's own database; the environment can be changed further."""
    assert prefect_server
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MUSNAD_DATABASE_URL", loader_url)
        load_settings.cache_clear()
        yield patch
    load_settings.cache_clear()


@contextmanager
def new_database(server: str, template: str = "template1") -> Iterator[str]:
    """Makes a database, yields its URL, drops it; a copy gets the template's rights and role settings too."""
    name = next(_names)
    copy = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [template])
        connection.execute(copy)
        _copy_rights(connection, template, name)
    try:
        yield on_database(server, name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def on_database(url: str, database: str) -> str:
    """The same server and login, another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def database_of(url: str) -> str:
    """The name of the URL's database."""
    return urlsplit(url).path.removeprefix("/")


def as_role(url: str, role: str) -> str:
    """The same database, another login."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{role}:{ROLE_PASSWORD}@{parts.hostname}:{parts.port}").geturl()


def _copy_rights(connection: psycopg.Connection, template: str, name: str) -> None:
    """``create database`` copies neither rights on the database nor settings of roles in it."""
    acl = connection.execute("select datacl is not null from pg_database where datname = %s", [template]).fetchone()
    if acl == (True,):
        connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
    grants = connection.execute(
        """select case when a.grantee = 0 then 'public' else a.grantee::regrole::text end, a.privilege_type
           from pg_database d, aclexplode(d.datacl) a where d.datname = %s""",
        [template],
    ).fetchall()
    for grantee, privilege in grants:
        connection.execute(f'grant {privilege} on database "{name}" to {grantee}'.encode())
    settings = connection.execute(
        """select s.setrole::regrole::text, split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)
           from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase, unnest(s.setconfig) c
           where d.datname = %s""",
        [template],
    ).fetchall()
    for role, setting, value in settings:
        whose = sql.SQL("role {} in database").format(sql.SQL(role)) if role != "-" else sql.SQL("database")
        connection.execute(
            sql.SQL("alter {} {} set {} = {}").format(whose, sql.Identifier(name), sql.SQL(setting), sql.Literal(value))
        )


@contextmanager
def _embedded(programs: Programs | None = None) -> Iterator[str]:
    with temporary_home() as home:
        cluster = Cluster(home, is_durable=False, programs=programs)
        try:
            cluster.start()
            yield cluster.url("owner")
        finally:
            cluster.remove()


@contextmanager
def _container() -> Iterator[str | None]:
    """The URL of a Postgres 18 in a container; None where no Docker engine answers or it cannot get the image."""
    if "DOCKER_HOST" not in os.environ and not any(socket.exists() for socket in DOCKER_SOCKETS):
        yield None
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecations inside testcontainers are not ours
        import docker  # type: ignore[import-untyped]  # noqa: PLC0415 (half a second, only where there is Docker)
        from testcontainers.postgres import PostgresContainer  # noqa: PLC0415

        try:
            docker.from_env(timeout=5).ping()
            container = PostgresContainer("postgres:18", username="musnad", dbname="musnad", driver=None)
            container.with_env("POSTGRES_INITDB_ARGS", " ".join(("-E UTF8", *BUILTIN_LOCALE))).start()
        except (docker.errors.DockerException, OSError):  # no engine, no image, not ready in time
            container = None
    if container is None:
        yield None
        return
    try:
        yield libpq_url(container.get_connection_url())
    finally:
        container.stop()
