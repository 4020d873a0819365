"""What an INPUT names: files found in folders, globs and fsspec URLs, each once, in a stable order."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from flows.extract.files import FileStamp, InputError, InputFile, unreadable
from flows.extract.manifest import is_manifest, join_manifests
from flows.extract.remote import list_folder, list_remote, open_remote
from flows.extract.uris import file_uri, is_url, path_of, public_input, reveal

__all__ = ["InputError", "InputFile", "find_inputs", "open_input", "stamp_of"]

_GLOB = frozenset("*?[")


def find_inputs(inputs: Iterable[str], *, may_be_empty: bool = False) -> list[InputFile]:
    """All files that INPUTs name, sorted by uri, each once, with what manifests beside them say.

    Hidden files and folders inside a folder are left out, manifests are no files to read.

    Raises:
        InputError: an INPUT matches no file, unless it ``may_be_empty``.
    """
    found: dict[tuple[str, str], InputFile] = {}
    manifests: dict[str, InputFile] = {}
    complete: set[str] = set()
    listed: set[str] = set()
    for name in dict.fromkeys(map(reveal, inputs)):
        matches = list(_matches(name))
        files = [file for file in matches if not is_manifest(file.uri)]
        if not files and not may_be_empty:
            raise InputError(f"INPUT {public_input(name)} matches no file; check the path or the pattern")
        found.update(((file.uri, file.path if file.is_remote else ""), file) for file in files)
        if not _GLOB & set(name):
            complete.update(file.uri for file in matches if is_manifest(file.uri))
        if len(files) == 1 or _GLOB & set(name):  # what lies in a folder was found with its files
            matches += _beside(files, listed)
        manifests.update((file.uri, file) for file in matches if is_manifest(file.uri))
    ordered = [found[key] for key in sorted(found)]
    told = [manifests[uri] for uri in sorted(manifests)]
    return join_manifests(ordered, told, open_input, complete=complete)


def open_input(file: InputFile) -> BinaryIO:
    """Open a file for reading bytes. A device, FIFO or socket is refused before it is opened.

    Raises:
        OSError: it cannot be opened; what it says shows no secret.
    """
    if file.is_remote:
        return open_remote(file)
    if not stat.S_ISREG(Path(file.path).stat().st_mode):
        raise OSError(f"{file.path} is no regular file")
    return Path(file.path).open("rb")


def stamp_of(file: InputFile) -> FileStamp:
    """Size and time of change of a file, and what else its store has to tell it by.

    Raises:
        OSError: it is not there.
    """
    if file.stamp is not None:
        return file.stamp
    status = Path(file.path).stat()
    return FileStamp(status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))


def _matches(name: str) -> Iterator[InputFile]:
    """All files an INPUT names, manifests among them."""
    if name.startswith("file://"):
        return _local(path_of(name))
    return list_remote(name) if is_url(name) else _local(name)


def _beside(files: Iterable[InputFile], listed: set[str]) -> Iterator[InputFile]:
    """All that lies in the folders of files, but in those already listed."""
    for file in files:
        folder = file.path.rpartition("/")[0]
        if folder not in listed:
            listed.add(folder)
            yield from list_folder(file.path) if file.is_remote else _children(Path(file.path).parent)


def _children(folder: Path) -> Iterator[InputFile]:
    with suppress(OSError):  # a folder whose files may be read, but not listed
        entries = [entry for entry in os.scandir(folder) if not entry.is_dir(follow_symlinks=False)]
        yield from (InputFile(file_uri(entry), entry.path) for entry in entries)


def _local(name: str) -> Iterator[InputFile]:
    path = Path(name).expanduser()
    if path.is_dir():
        yield from _folder(path)
    elif path.exists() or path.is_symlink():
        yield InputFile(file_uri(path), str(path))
    elif _GLOB & set(name):
        yield from _pattern(str(path))


def _pattern(pattern: str) -> Iterator[InputFile]:
    """The files a pattern matches, and all in folders it matches; links are treated as in a folder."""
    plain = pattern[: min(pattern.find(sign) for sign in _GLOB & set(pattern))]
    root = Path(plain[: plain.rfind("/") + 1])
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob refuses absolute patterns
        path = Path(match)
        if any((root / folder).is_symlink() for folder in path.relative_to(root).parents if folder.name):
            continue
        if not path.is_dir():
            yield _file(path, root.resolve())
        elif not path.is_symlink():
            yield from _folder(path)


def _folder(root: Path) -> Iterator[InputFile]:
    """Every file below a folder; links to folders are not followed, links that lead out of it have a fault."""
    top = root.resolve()
    closed: list[OSError] = []
    for folder, folders, files in os.walk(root, followlinks=False, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield _file(Path(folder, name), top)
    for error in closed:
        yield _faulty(Path(error.filename), f"a folder that cannot be read: {error.strerror}")


def _file(path: Path, top: Path) -> InputFile:
    # Path.resolve() raises where links lead in a circle; such a link stays itself here, and opening it says what it is
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(top):
        return _faulty(path, "a link that leads out of the folder")
    return InputFile(file_uri(path), str(path))


def _faulty(path: Path, why: str) -> InputFile:
    return InputFile(file_uri(path), str(path), fault=unreadable(file_uri(path), why))
