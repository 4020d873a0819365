"""The warehouse: the embedded Postgres by default, or any server from 15 up named by ``MUSNAD_DATABASE_URL``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.warehouse.cluster import Cluster
from flows.warehouse.errors import WarehouseError
from flows.warehouse.passwords import Role
from flows.warehouse.urls import libpq_url

if TYPE_CHECKING:
    from flows.settings import Settings
    from flows.warehouse.schema import SchemaReport

__all__ = ["Cluster", "Role", "Warehouse", "WarehouseError", "find_warehouse", "open_warehouse"]


@dataclass(frozen=True, slots=True)
class Warehouse:
    """One warehouse and how each role reaches it: the embedded ``cluster``, or the URL of a ``server`` not ours."""

    cluster: Cluster | None = None
    server: str = ""

    def url(self, role: Role) -> str:
        """The libpq URL of a role. On a server that is not ours we know one login, and it serves every role.

        Raises:
            WarehouseError: the embedded server is down.
        """
        return self.cluster.url(role) if self.cluster is not None else self.server

    def upgrade(self) -> SchemaReport:
        """Brings the schema to the newest migration, and gives the embedded server's logins their passwords.

        Raises:
            WarehouseError: the server is down or cannot be changed.
        """
        from flows.warehouse.logins import grant_logins  # noqa: PLC0415 (Alembic is loaded only where it is used)
        from flows.warehouse.schema import upgrade_schema  # noqa: PLC0415

        report = upgrade_schema(self.url("owner"))
        if self.cluster is not None:
            grant_logins(self.cluster)
        return report

    def require_schema(self) -> None:
        """Refuse a warehouse whose schema is not this version's: its owner upgrades it, a load never does.

        Raises:
            WarehouseError: names the schema's version and the mend.
        """
        from flows.warehouse.schema import current_revision, head_revision  # noqa: PLC0415 (as above)

        found, needed = current_revision(self.url("loader")), head_revision()
        if found != needed:
            have = f"is at {found}" if found else "is empty"
            raise WarehouseError(
                f"the schema of the warehouse {have}, this version needs {needed}; run musnad db upgrade"
            )


def find_warehouse(settings: Settings) -> Warehouse:
    """The warehouse the settings name, without starting anything."""
    if settings.database_url is not None:
        return Warehouse(server=libpq_url(settings.database_url.get_secret_value()))
    return Warehouse(cluster=Cluster(settings.home, port=settings.port))


def open_warehouse(settings: Settings) -> Warehouse:
    """The warehouse the settings name; the embedded server is made and started if it is down.

    Raises:
        WarehouseError: the embedded server cannot be made or started.
    """
    warehouse = find_warehouse(settings)
    if warehouse.cluster is not None:
        warehouse.cluster.start()
    return warehouse
