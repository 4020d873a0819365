"""Connection URLs in the two spellings in use: libpq's own and SQLAlchemy's."""

from __future__ import annotations

from urllib.parse import quote, unquote

LIBPQ = "postgresql://"
SQLALCHEMY = "postgresql+psycopg://"
_SCHEMES = (SQLALCHEMY, LIBPQ, "postgres://")


def libpq_url(url: str) -> str:
    """The URL as libpq, psql and psycopg read it.

    >>> libpq_url("postgresql+psycopg://u@h/d")
    'postgresql://u@h/d'
    """
    return LIBPQ + _after_scheme(url)


def sqlalchemy_url(url: str) -> str:
    """The URL as SQLAlchemy reads it, with psycopg 3 as the driver.

    >>> sqlalchemy_url("postgres://u@h/d")
    'postgresql+psycopg://u@h/d'
    """
    return SQLALCHEMY + _after_scheme(url)


def server_url(*, user: str, password: str, port: int, database: str) -> str:
    """The libpq URL of a server on this machine."""
    return f"{LIBPQ}{quote(user, safe='')}:{quote(password, safe='')}@127.0.0.1:{port}/{quote(database, safe='')}"


def part_password(url: str) -> tuple[str, str | None]:
    """The URL without its password, and the password: what may be shown or passed as an argument, and what may not.

    >>> part_password("postgresql://u:p%40ss@h:5432/d?sslmode=require")
    ('postgresql://u@h:5432/d?sslmode=require', 'p@ss')
    >>> part_password("postgresql:///d?host=/run&password=x")
    ('postgresql:///d?host=/run', 'x')
    """
    rest, _, query = _after_scheme(url).partition("?")
    authority, slash, path = rest.partition("/")
    account, at, hosts = authority.rpartition("@")
    user, _, password = account.partition(":")
    options = query.split("&") if query else []
    kept = [option for option in options if not option.startswith("password=")]
    for option in options:
        if option.startswith("password="):
            password = option.removeprefix("password=")
    shown = f"{LIBPQ}{user}{at}{hosts}{slash}{path}" + ("?" + "&".join(kept) if kept else "")
    return shown, unquote(password) if password else None


def _after_scheme(url: str) -> str:
    for scheme in _SCHEMES:
        if url.startswith(scheme):
            return url.removeprefix(scheme)
    raise ValueError("a server is named by postgresql://user:password@host:port/database")
