"""What an INPUT names: files found in folders, globs and fsspec URLs, each once, in a stable order."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import quote, urlsplit, urlunsplit

import fsspec

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_GLOB = frozenset("*?[")


class InputError(ValueError):
    """An INPUT that matches nothing or cannot be understood: wrong usage, nothing is loaded."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read: ``uri`` is its public name, ``path`` what :func:`open_input` opens.

    ``fault`` says why it must not be opened, where that is known already: it is a reject then, never left out.
    """

    uri: str
    path: str
    is_remote: bool = False
    fault: str = ""


def find_inputs(inputs: Iterable[str], *, may_be_empty: bool = False) -> list[InputFile]:
    """All files that INPUTs name, sorted by uri, each once; hidden files and folders inside a folder are left out.

    Raises:
        InputError: an INPUT matches no file, unless it ``may_be_empty``.
    """
    found: dict[str, InputFile] = {}
    for name in inputs:
        files = list(_remote(name) if _URL.match(name) else _local(name))
        if not files and not may_be_empty:
            raise InputError(f"INPUT {public_input(name)} matches no file; check the path or the pattern")
        found.update((file.uri, file) for file in files)
    return [found[uri] for uri in sorted(found)]


def open_input(file: InputFile) -> BinaryIO:
    """Open a file for reading bytes. A device, FIFO or socket is refused before it is opened.

    Raises:
        OSError: it cannot be opened.
    """
    if file.is_remote:
        return cast("BinaryIO", fsspec.open(file.path, "rb").open())
    if not stat.S_ISREG(Path(file.path).stat().st_mode):
        raise OSError(f"{file.path} is no regular file")
    return Path(file.path).open("rb")


def file_uri(path: str | os.PathLike[str]) -> str:
    """``file://`` and the absolute path; bytes that are no UTF-8 are written as ``%XX``.

    >>> file_uri("/data/خبر.txt")
    'file:///data/خبر.txt'
    """
    absolute = os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow links: the name given is the place
    name = "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in absolute)
    return "file://" + name


def public_url(url: str) -> str:
    """A URL without user, password, query signature and fragment.

    >>> public_url("s3://key:secret@bucket/a.txt?X-Amz-Signature=1")
    's3://bucket/a.txt'
    """
    parts = urlsplit(url)
    query = "" if re.search(r"(?i)signature|sig=|token|expires|credential", parts.query) else parts.query
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], quote(parts.path, safe="/%:@"), query, ""))


def public_input(name: str) -> str:
    """An INPUT as it may be shown and stored: a path as it is, a URL without its secrets."""
    return public_url(name) if _URL.match(name) else name


def _local(name: str) -> Iterator[InputFile]:
    path = Path(name).expanduser()
    if path.is_dir():
        yield from _folder(path)
    elif path.exists() or path.is_symlink():
        yield InputFile(file_uri(path), str(path))
    elif _GLOB & set(name):
        for match in sorted(glob.glob(str(path), recursive=True)):  # noqa: PTH207 - Path.glob refuses absolute patterns
            if not Path(match).is_dir():
                yield InputFile(file_uri(match), match)


def _folder(root: Path) -> Iterator[InputFile]:
    """Every file below a folder; links to folders are not followed, links that lead out of it have a fault."""
    top = root.resolve()
    closed: list[OSError] = []
    for folder, folders, files in os.walk(root, followlinks=False, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                path = Path(folder, name)
                leaves = path.is_symlink() and not path.resolve().is_relative_to(top)
                yield InputFile(
                    file_uri(path), str(path), fault="a link that leads out of the folder" if leaves else ""
                )
    for error in closed:
        yield InputFile(
            file_uri(error.filename), error.filename, fault=f"a folder that cannot be read: {error.strerror}"
        )


def _remote(url: str) -> Iterator[InputFile]:
    if url.startswith("file://"):
        yield from _local(urlsplit(url).path)
        return
    try:
        opened = fsspec.open_files(url, "rb")
    except (ValueError, ImportError, OSError) as error:
        raise InputError(f"INPUT {public_url(url)} cannot be opened: {error}") from error
    for file in opened:
        full = file.fs.unstrip_protocol(file.path)
        yield InputFile(public_url(full), url if len(opened) == 1 else full, is_remote=True)
