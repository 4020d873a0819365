"""The borders docs/architecture.md promises: which folder may import what."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

DATABASE = ("sqlalchemy", "psycopg", "alembic")
FORBIDDEN = {
    # values know nothing but the standard library
    "flows/values.py": ("prefect", *DATABASE, "flows", "models", "pydantic"),
    # machine code is a cache of source
    "flows/native": (
        "prefect",
        *DATABASE,
        "flows.values",
        "flows.text",
        "flows.extract",
        "flows.transform",
        "flows.load",
    ),
    # text is letters and offsets
    "flows/text": ("prefect", *DATABASE, "flows.extract", "flows.transform", "flows.load", "models"),
    # reference data are files
    "flows/reference": ("prefect", *DATABASE, "flows.extract", "flows.transform", "flows.load", "models"),
    # extraction knows files and formats
    "flows/extract": ("prefect", *DATABASE, "flows.transform", "flows.load", "models"),
    # the transform is pure
    "flows/transform": ("prefect", *DATABASE, "flows.load", "flows.warehouse", "flows.settings", "models"),
    # the load knows values and SQL, not how they were found
    "flows/load": ("prefect", "sqlalchemy", "alembic", "flows.extract", "flows.transform", "flows.warehouse"),
    # the warehouse is processes and schema
    "flows/warehouse": ("prefect", "flows.extract", "flows.transform", "flows.load"),
    # a batch is Prefect-free, so that any worker can run it; so is what it and the flow lean on
    "flows/batches.py": ("prefect", "sqlalchemy", "alembic"),
    "flows/slices.py": ("prefect", "sqlalchemy", "alembic"),
    "flows/underway.py": ("prefect", "sqlalchemy", "alembic"),
    "flows/workers.py": ("prefect", "sqlalchemy", "alembic"),
    "flows/dask_cluster.py": ("prefect", "sqlalchemy", "alembic", "dask", "distributed"),
    "flows/recorded.py": ("prefect", "sqlalchemy", "alembic"),
    "flows/archive.py": ("prefect", "sqlalchemy", "alembic", "flows.transform"),
    "flows/inbox.py": ("prefect", "sqlalchemy", "alembic", "flows.transform"),
    "flows/replay.py": ("prefect", "sqlalchemy", "alembic", "flows.transform"),
    # models describe tables
    "models": ("prefect", "flows"),
    # migrations are frozen
    "migrations/versions": ("prefect", "flows", "models"),
}
PREFECT_IN = {"flows/ingest.py", "flows/schedule.py"}


def imports(path: Path) -> set[str]:
    """Every module a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def sources(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


@pytest.mark.parametrize("place", FORBIDDEN)
def test_a_folder_imports_nothing_beyond_its_border(place: str) -> None:
    files = sources(place)
    assert files, f"{place} is gone: mend docs/architecture.md and this table"
    crossings = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in files
        for module in sorted(imports(file))
        if any(inside(module, package) for package in FORBIDDEN[place])
        # the ladder down: the transform's door takes HTML, which extraction knows how to read
    ]
    assert crossings == []


def test_prefect_is_imported_by_the_flow_modules_only() -> None:
    users = {
        str(file.relative_to(ROOT))
        for place in ("flows", "models", "migrations")
        for file in sources(place)
        if any(inside(module, "prefect") for module in imports(file))
    }
    assert users == PREFECT_IN


def test_the_architecture_page_names_every_folder_of_the_pipeline() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    folders = [path.name for path in (ROOT / "flows").iterdir() if (path / "__init__.py").is_file()]
    assert [name for name in folders if f"flows/{name}/" not in page] == []
