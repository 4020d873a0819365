"""Passwords for the roles the migrations make: on the embedded server they are logins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from flows.warehouse.errors import WarehouseError
from flows.warehouse.passwords import LOGINS, Role, read_passwords

if TYPE_CHECKING:
    from flows.warehouse.cluster import Cluster

_ROLES: tuple[Role, ...] = ("loader", "reader")

_LOCK = 0x6D75736E6164  # 'musnad': two upgrades at once would change the same row of pg_authid


def grant_logins(cluster: Cluster) -> None:
    """Lets the loader and the reader log in with the passwords of the home; changes nothing where they can already.

    Raises:
        WarehouseError: the roles are missing, because the schema was not upgraded.
    """
    waiting = [role for role in _ROLES if not _can_log_in(cluster.url(role))]
    if not waiting:
        return
    passwords = read_passwords(cluster.password_file)
    with psycopg.connect(cluster.url("owner")) as connection:
        connection.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        for role in waiting:
            # the server is sent a SCRAM verifier, so no log of statements can hold the password
            verifier = connection.pgconn.encrypt_password(
                passwords[role].encode(), LOGINS[role].encode(), b"scram-sha-256"
            ).decode()
            statement = sql.SQL("alter role {} login password {}").format(sql.Identifier(LOGINS[role]), verifier)
            try:
                connection.execute(statement)
            except psycopg.errors.UndefinedObject as error:
                raise WarehouseError(f"the role {LOGINS[role]} is missing: run 'musnad db upgrade'") from error


def _can_log_in(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True
