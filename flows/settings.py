"""Settings: environment variables that begin with ``MUSNAD_``, and a ``.env`` file in the working directory.

Read once a process by :func:`load_settings`; nothing else in the project reads the environment.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB
URL_SCHEMES = ("postgresql://", "postgresql+psycopg://", "postgres://")

Limit = Annotated[int, Field(gt=0)]


class SettingsError(ValueError):
    """A setting that cannot be used: one sentence that names it and never shows a secret."""

    exit_code: ClassVar[int] = 2


def default_home() -> Path:
    """``.musnad`` of the checkout this package runs from, else ``musnad`` in the user's data folder."""
    checkout = Path(__file__).resolve().parents[1]
    if (checkout / "pyproject.toml").is_file() and (checkout / "flows").is_dir():
        return checkout / ".musnad"
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/musnad")
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share") / "musnad"


class Settings(BaseSettings):
    """All settings; each field is the variable of that name with ``MUSNAD_`` before it.

    An empty variable counts as not set, so that one in the environment can switch off one in ``.env``.

    Attributes:
        home: folder of the embedded cluster, its passwords, the raw archive and reference decisions; absolute.
        database_url: server to use in place of the embedded one.
        port: TCP port of the embedded server; None lets it choose a free one once and keep it.
        timezone: IANA name of the zone of load days.
        max_file_bytes: more is not read from one input file, everything unpacked from it included.
        max_record_bytes: a larger record (text, line, element, row, item, body) is a reject.
        max_page_bytes: a larger page of markup is a reject; its tree takes ten times as much memory.
        max_reject_bytes: how much of a rejected record is kept.
        max_ratio: a compressed stream may unpack to so many times its size, once past a first 64 MiB.
        max_members: more files in one archive are not read.
        max_depth: archives and compressed files inside one another.
        max_nesting: objects and lists of JSON inside one another.
        max_faults: a file with more records in a row that cannot be read is not read on.
        max_read_seconds: an input file whose bytes take longer to come is not read on.
        fields: a YAML file that says what fields of records mean, before the shipped table; None for that alone.
        archive: folder or fsspec URL of the raw archive; None for ``archive`` below the home, ``off`` for none.
        inbox_settle_seconds: a file of the inbox that changed less long ago is looked at twice, so far apart, and left
            to the next run if it still changes.
        batch_bytes, batch_records: a batch (one task, one transaction) ends at whichever comes first.
    """

    model_config = SettingsConfigDict(
        env_prefix="MUSNAD_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    home: Path = Field(default_factory=default_home, validate_default=True)
    database_url: SecretStr | None = None
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    timezone: str = "UTC"
    max_file_bytes: Limit = 256 * GIB
    max_record_bytes: Limit = 16 * MIB
    max_page_bytes: Limit = 8 * MIB
    max_reject_bytes: Limit = 64 * KIB
    max_ratio: Limit = 1_000
    max_members: Limit = 1_000_000
    max_depth: Limit = 6
    max_nesting: Limit = 100
    max_faults: Limit = 100_000
    max_read_seconds: Limit = 3_600
    fields: Path | None = None
    archive: SecretStr | None = None
    inbox_settle_seconds: Annotated[float, Field(ge=0, le=3_600)] = 3.0
    batch_bytes: Limit = 8 * MIB
    batch_records: Limit = 2_000

    @property
    def zone(self) -> ZoneInfo:
        """The zone of load days."""
        return ZoneInfo(self.timezone)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if value != ""}

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        try:
            return home.expanduser().resolve()
        except RuntimeError as error:
            raise ValueError(f"{home} names no folder, because this account has no home folder") from error

    @field_validator("database_url")
    @classmethod
    def _known_scheme(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith(URL_SCHEMES):
            raise ValueError("a server is named by postgresql://user:password@host:port/database")
        return url

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError) as error:  # ZoneInfoNotFoundError is a KeyError, but OSError for odd paths
            raise ValueError(f"{name!r} is no IANA time zone, such as Asia/Riyadh or UTC") from error
        except KeyError as error:
            raise ValueError(f"{name!r} is no IANA time zone, such as Asia/Riyadh or UTC") from error
        return name


@cache
def load_settings() -> Settings:
    """The settings of this process, read at the first call.

    Raises:
        SettingsError: a variable cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None  # the cause would show the value, which may be secret
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"the file .env is not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8"
        ) from error


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    name = "MUSNAD_" + "_".join(str(part) for part in first["loc"][:1]).upper()
    return f"{name} cannot be used: {first['msg'].removeprefix('Value error, ')}"
