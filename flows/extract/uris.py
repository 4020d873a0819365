"""How places are named: URIs for the warehouse, INPUTs as they may be shown, and what in a URL is secret.

A URL may hold a user, a password, a signature or a key. None of these is stored, logged or handed to Prefect:
:func:`conceal` keeps the URL as it was given in this process alone, under the name it may be shown by.
"""

from __future__ import annotations

import os
import re
from urllib.parse import SplitResult, unquote, unquote_to_bytes, urlsplit

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_WEB = ("http://", "https://")
_CHAIN = re.compile(r"::(?=[A-Za-z][A-Za-z0-9+.-]{0,40}://)")
"""Between the parts of a chained fsspec URL, as in ``zip://a.txt::s3://bucket/archive.zip``; not in ``[::1]``."""

_SECRET_WORDS = ("token", "secret", "signature", "credential", "passw", "apikey", "api_key", "api-key", "accesskey",
                 "access_key", "access-key")  # fmt: skip
_SECRET_NAMES = frozenset({"key", "sig", "sign", "pwd", "pass", "auth", "authorization", "expires", "key-pair-id"})
_SIGNING_PREFIXES = ("x-amz-", "x-goog-", "x-oss-", "q-sign-")
_AZURE_NAMES = frozenset(
    {"sv", "ss", "srt", "sr", "sp", "st", "se", "spr", "sip", "skoid", "sktid", "skt", "ske", "sks", "skv"}
)
"""Parameters of a shared access signature of Azure, which has a ``sig`` beside them."""
_SHORTEST_SECRET = 3
"""Shorter ones stand in every sentence by chance."""

_given: dict[str, str] = {}


def is_url(name: str) -> bool:
    """Whether an INPUT is a URL and not a path.

    >>> is_url("s3://bucket/a.txt"), is_url("data/a.txt")
    (True, False)
    """
    return _URL.match(name) is not None


def file_uri(path: str | os.PathLike[str]) -> str:
    """``file://`` and the absolute path; bytes that are no UTF-8 are written as ``%XX``.

    >>> file_uri("/data/خبر.txt")
    'file:///data/خبر.txt'
    """
    absolute = os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow links: the name given is the place
    name = "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in absolute)
    return "file://" + name


def path_of(uri: str) -> str:
    """The path a ``file://`` URI names: read as it stands where there is such a file, else with ``%XX`` undone.

    >>> path_of("file:///data/%D8%AE%D8%A8%D8%B1.txt")
    '/data/خبر.txt'
    """
    path = "/" + uri.removeprefix("file://").removeprefix("localhost").lstrip("/")
    return path if os.path.lexists(path) else os.fsdecode(unquote_to_bytes(path))


def public_url(url: str) -> str:
    """A URL without user, password, signature, key and fragment.

    >>> public_url("s3://key:secret@bucket/a.txt?X-Amz-Signature=1")
    's3://bucket/a.txt'
    """
    return "::".join(_public_part(part) for part in _CHAIN.split(url))


def public_input(name: str) -> str:
    """An INPUT as it may be shown and stored: a path as it is, a URL without its secrets."""
    return public_url(name) if is_url(name) else name


def without_secrets(message: str, url: str) -> str:
    """What a library says of a URL, fit to be shown.

    >>> without_secrets("403 for https://h/a?sig=xyz (sig xyz)", "https://h/a?sig=xyz")
    '403 for https://h/a (sig ***)'
    """
    message = message.replace(url, public_url(url))
    for secret in sorted(_secrets(url), key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            message = message.replace(secret, "***")
    return message


def conceal(name: str) -> str:
    """The name an INPUT may be shown by; the INPUT itself is kept in this process, for :func:`reveal`."""
    public = public_input(name)
    _given[public] = name
    return public


def reveal(name: str) -> str:
    """The INPUT that was concealed under this name, else the name itself."""
    return _given.get(name, name)


def _public_part(part: str) -> str:
    if not is_url(part):
        return part
    split = _split(part)
    shown = [each for each in _parameters(split) if not _is_secret(each, split)]
    query = "?" + "&".join(shown) if shown else ""
    return f"{split.scheme}://{split.netloc.rpartition('@')[2]}{split.path}{query}"


def _split(part: str) -> SplitResult:
    """The parts of a URL; one whose host cannot be read has it all in its path, without what stands before an @."""
    try:
        return urlsplit(part, allow_fragments=part.startswith(_WEB))  # in a store, # is a letter like any other
    except ValueError:
        scheme, _, rest = part.partition("://")
        return SplitResult(scheme, "", rest.partition("?")[0].rpartition("@")[2], "", "")


def _parameters(split: SplitResult) -> list[str]:
    return [each for each in split.query.split("&") if each]


def _is_secret(parameter: str, split: SplitResult) -> bool:
    name = unquote(parameter.partition("=")[0]).lower()
    return (
        name in _SECRET_NAMES
        or name.startswith(_SIGNING_PREFIXES)
        or any(word in name for word in _SECRET_WORDS)
        or (name in _AZURE_NAMES and any(each.startswith("sig=") for each in _parameters(split)))
    )


def _secrets(url: str) -> set[str]:
    """Every secret of a URL, as written and with ``%XX`` undone."""
    found: set[str] = set()
    for part in _CHAIN.split(url):
        if is_url(part):
            split = _split(part)
            user, _, password = split.netloc.rpartition("@")[0].partition(":")
            values = [each.partition("=")[2] for each in _parameters(split) if _is_secret(each, split)]
            found |= {user, password, *values}
    found.discard("")
    return found | {unquote(secret) for secret in found}


def name_of(uri: str) -> str:
    """The last part of a URI's path.

    >>> name_of("s3://bucket/day/a.txt")
    'a.txt'
    """
    return uri.rpartition("/")[2]
