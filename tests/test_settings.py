"""Settings: what is read, what is refused, and that no secret is shown."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from flows import settings
from flows.settings import Settings, SettingsError, default_home, load_settings
from flows.warehouse import find_warehouse
from flows.warehouse.urls import libpq_url, part_password, sqlalchemy_url


@pytest.fixture(autouse=True)
def clean_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without a .env file, and nothing remembered from another test."""
    monkeypatch.chdir(tmp_path)
    load_settings.cache_clear()
    return tmp_path


def test_a_checkout_keeps_its_warehouse_in_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUSNAD_HOME")
    checkout = Path(settings.__file__).resolve().parents[1]
    assert load_settings().home == checkout / ".musnad"


def test_an_installed_package_keeps_it_in_the_users_data_folder(
    clean_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "__file__", str(clean_folder / "site-packages" / "flows" / "settings.py"))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(clean_folder / "data"))
    assert default_home() == clean_folder / "data" / "musnad"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert default_home() == Path("~/.local/share/musnad")


def test_a_relative_home_is_below_the_working_folder(clean_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSNAD_HOME", "warehouse")
    assert load_settings().home == clean_folder.resolve() / "warehouse"


def test_a_file_of_settings_is_read_and_the_environment_outweighs_it(
    clean_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clean_folder / ".env").write_text("MUSNAD_PORT=5001\nMUSNAD_TIMEZONE=Asia/Riyadh\nANOTHER_PROGRAMS=1\n")
    monkeypatch.setenv("MUSNAD_PORT", "5002")
    assert (load_settings().port, load_settings().timezone) == (5002, "Asia/Riyadh")


def test_an_empty_variable_counts_as_unset_and_switches_off_the_file(
    clean_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clean_folder / ".env").write_text("MUSNAD_DATABASE_URL=postgresql://u@h/d\nMUSNAD_PORT=5001\n")
    monkeypatch.setenv("MUSNAD_DATABASE_URL", "")
    monkeypatch.setenv("MUSNAD_PORT", "")
    assert (load_settings().database_url, load_settings().port) == (None, None)


def test_settings_are_read_once_and_never_change(monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_settings()
    monkeypatch.setenv("MUSNAD_PORT", "5003")
    assert load_settings() is first
    with pytest.raises(ValidationError, match="frozen"):
        first.port = 1


# variable, a value that cannot be used, what the sentence says
@pytest.mark.parametrize(("variable", "value", "says"), [
    ("MUSNAD_PORT", "many", "MUSNAD_PORT cannot be used"),
    ("MUSNAD_PORT", "0", "MUSNAD_PORT cannot be used"),
    ("MUSNAD_PORT", "65536", "MUSNAD_PORT cannot be used"),
    ("MUSNAD_TIMEZONE", "Arabia", "'Arabia' is no IANA time zone"),
    ("MUSNAD_TIMEZONE", "../../etc/passwd", "is no IANA time zone"),
    ("MUSNAD_TIMEZONE", "Asia", "is no IANA time zone"),
    ("MUSNAD_DATABASE_URL", "mysql://u:secret@h/d", "MUSNAD_DATABASE_URL cannot be used: a server is named by postgresql://"),
    ("MUSNAD_DATABASE_URL", "secret", "MUSNAD_DATABASE_URL cannot be used"),
    ("MUSNAD_BATCH_RECORDS", "0", "MUSNAD_BATCH_RECORDS cannot be used"),
    ("MUSNAD_BATCH_BYTES", "-1", "MUSNAD_BATCH_BYTES cannot be used"),
    ("MUSNAD_HOME", "~no-such-account/x", "MUSNAD_HOME cannot be used"),
])  # fmt: skip
def test_a_bad_setting_is_one_sentence_without_its_secret(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, says: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert says in str(raised.value)
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value.__suppress_context__
    assert raised.value.exit_code == 2


def test_a_file_of_settings_in_another_encoding_is_named(clean_folder: Path) -> None:
    (clean_folder / ".env").write_bytes("MUSNAD_HOME=مسند".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8"):
        load_settings()


def test_the_zone_of_load_days_is_utc_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().zone.key == "UTC"
    monkeypatch.setenv("MUSNAD_TIMEZONE", "Africa/Cairo")
    assert Settings().zone.key == "Africa/Cairo"


def test_a_printed_setting_hides_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSNAD_DATABASE_URL", "postgresql://u:hidden@h/d")
    assert "hidden" not in repr(load_settings())


def test_a_server_of_ones_own_serves_every_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSNAD_DATABASE_URL", "postgresql+psycopg://u:p@h:5432/d")
    warehouse = find_warehouse(load_settings())
    assert warehouse.cluster is None
    assert {warehouse.url("owner"), warehouse.url("loader"), warehouse.url("reader")} == {"postgresql://u:p@h:5432/d"}


# the same server in every spelling
@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_urls_turn_into_both_spellings(scheme: str) -> None:
    assert libpq_url(f"{scheme}://u:p@h/d?sslmode=require") == "postgresql://u:p@h/d?sslmode=require"
    assert sqlalchemy_url(f"{scheme}://u:p@h/d") == "postgresql+psycopg://u:p@h/d"


# URL, what may be shown of it, its password
@pytest.mark.parametrize(("url", "shown", "password"), [
    ("postgresql://u:p@h/d", "postgresql://u@h/d", "p"),
    ("postgresql://u@h/d", "postgresql://u@h/d", None),
    ("postgresql://h/d", "postgresql://h/d", None),
    ("postgresql://u:p%3A%2F@h1:1,h2:2/d", "postgresql://u@h1:1,h2:2/d", "p:/"),
    ("postgresql:///d?host=/run/p&user=u&password=a%26b", "postgresql:///d?host=/run/p&user=u", "a&b"),
    ("postgresql://u:p@[::1]:5432/d?connect_timeout=3", "postgresql://u@[::1]:5432/d?connect_timeout=3", "p"),
    ("postgresql://", "postgresql://", None),
])  # fmt: skip
def test_a_password_is_parted_from_its_url(url: str, shown: str, password: str | None) -> None:
    assert part_password(url) == (shown, password)
