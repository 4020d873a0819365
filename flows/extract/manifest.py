"""Sidecar manifests: what is known of files that do not say it themselves, in a CSV or YAML file beside them.

``manifest.csv`` or ``manifest.yaml`` in a folder tells of files in it and below, one row a file or pattern::

    file,published,source,url,retrieved
    2024/a.txt,2024-03-25,reuters,https://example.com/news/1,2024-03-26T08:00:00Z
    2023/*.txt,2023,wafa,,

``a.txt.manifest.yaml`` (or ``a.manifest.yaml``) tells of ``a.txt`` alone, as a mapping with the same names. A column
named after a topic of :data:`flows.values.StatementTopic` becomes a statement, any other is kept with the record. Of
several rows for one file the more particular one has the first word: its own sidecar, then a name before a pattern,
then the nearer folder. A row that cannot be used, or names a file that is not there, is a reject of its own
(``bad_manifest``) and never costs a file.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import get_args
from urllib.parse import unquote

from flows.extract.documents import is_web_url
from flows.extract.files import GivenFacts, InputFile
from flows.extract.manifest_rows import FILE_COLUMNS, SURPLUS, ManifestError, Opener, Row, read_rows
from flows.extract.uris import name_of
from flows.reference.catalogue import load_catalogue
from flows.values import Reject, Statement, StatementTopic

_FOLDERS_OWN = ("manifest.csv", "manifest.yaml", "manifest.yml")
_ONE_FILES = (".manifest.csv", ".manifest.yaml", ".manifest.yml")
_COLUMN_TOPICS: dict[str, StatementTopic] = {topic: topic for topic in get_args(StatementTopic)} | {
    "source": "publisher"
}
_OWN_COLUMNS = frozenset({"url", "retrieved"})
_SIDECAR, _NAMED, _PATTERN = range(3)
"""How an entry names a file, the most particular way first."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One usable row and its place: a name or pattern below ``folder``; the lower ``rank`` has the first word."""

    manifest: InputFile
    locator: str
    folder: str
    name: str
    rank: tuple[int, int]
    facts: GivenFacts


def is_manifest(uri: str) -> bool:
    """Whether a file is a manifest by its name, and so no record.

    >>> is_manifest("file:///data/manifest.csv"), is_manifest("s3://b/a.txt.manifest.yaml"), is_manifest("file:///a.csv")
    (True, True, False)
    """
    name = name_of(uri).lower()
    return name in _FOLDERS_OWN or name.endswith(_ONE_FILES)


def join_manifests(
    files: Iterable[InputFile], manifests: Iterable[InputFile], open_file: Opener, *, complete: Container[str] = ()
) -> list[InputFile]:
    """The files with what manifests say of them, followed by the faults of the manifests as files not to be opened.

    Args:
        files: the files to read.
        manifests: the manifests in their folders.
        open_file: opens one of them.
        complete: uris of the manifests all of whose files are among ``files``: a row that names none is a fault.
    """
    entries: list[_Entry] = []
    faults: list[InputFile] = []
    for manifest in manifests:
        for locator, outcome in _read(manifest, open_file):
            if isinstance(outcome, _Entry):
                entries.append(outcome)
            else:
                faults.append(_faulty(manifest, locator, outcome))
    if not entries:
        return [*files, *faults]
    find = _Finder(entries)
    joined = [replace(file, given=find.facts(file.uri)) for file in files]
    faults += [
        _faulty(each.manifest, each.locator, ManifestError(f"there is no file {each.name}; bring it or drop the row"))
        for each in entries
        if each.manifest.uri in complete and each not in find.used
    ]
    return [*joined, *faults]


class _Finder:
    """Finds the entries that speak of a file: names by look-up, patterns one after the other.

    Attributes:
        used: the entries that were found for a file so far.
    """

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self.used: set[_Entry] = set()
        self._named: dict[str, list[_Entry]] = {}
        self._patterns: list[tuple[re.Pattern[str], _Entry]] = []
        for entry in entries:
            if entry.rank[0] == _PATTERN:
                self._patterns.append((re.compile(re.escape(entry.folder) + fnmatch.translate(entry.name)), entry))
            else:
                self._named.setdefault(entry.folder + entry.name, []).append(entry)

    def facts(self, uri: str) -> GivenFacts | None:
        """What is said of a file; of each thing the word of the most particular entry; None where nothing is."""
        uri = _readable(uri)
        by_stem = self._named.get(uri.rpartition(".")[0], [])
        found = self._named.get(uri, []) + [entry for entry in by_stem if entry.rank[0] == _SIDECAR]
        found += [entry for pattern, entry in self._patterns if pattern.match(uri)]
        self.used.update(found)
        return _joined([entry.facts for entry in sorted(found, key=lambda entry: entry.rank)]) if found else None


def _readable(uri: str) -> str:
    """A URI as people write its names: on the web, letters beyond ASCII are escaped."""
    return unquote(uri) if uri.startswith(("http://", "https://")) else uri


def _joined(said: list[GivenFacts]) -> GivenFacts:
    """Of each thing what the first says of it."""
    statements = {each.topic: each for facts in reversed(said) for each in facts.statements}
    fields = {name: value for facts in reversed(said) for name, value in facts.fields}
    return GivenFacts(
        tuple(statements[topic] for topic in sorted(statements)),
        next((facts.source_key for facts in said if facts.source_key), None),
        next((facts.url for facts in said if facts.url), None),
        next((facts.retrieved_at for facts in said if facts.retrieved_at), None),
        tuple(sorted(fields.items())),
    )


def _read(manifest: InputFile, open_file: Opener) -> Iterator[tuple[str, _Entry | ManifestError]]:
    """The rows of a manifest by their locator: entries, and what is wrong with the others."""
    folder = _readable(manifest.uri.rpartition("/")[0] + "/")
    try:
        rows = list(read_rows(manifest, open_file))
    except ManifestError as error:
        yield "", error
        return
    for number, row in rows:
        try:
            name, kind = _target(manifest, row)
            yield number, _Entry(manifest, number, folder, name, (kind, -folder.count("/")), _facts(row))
        except ManifestError as error:
            yield number, error


def _target(manifest: InputFile, row: Row) -> tuple[str, int]:
    """The file or pattern a row is about, below the manifest's folder, and how particular that is.

    Raises:
        ManifestError: it names none, or one elsewhere.
    """
    if SURPLUS in row:
        raise ManifestError("the row has more cells than there are columns; quote a value that holds the delimiter")
    own = name_of(manifest.uri)
    if own.lower() not in _FOLDERS_OWN:
        return own[: own.lower().rindex(".manifest.")], _SIDECAR
    name = next((row[column] for column in FILE_COLUMNS if column in row), "").removeprefix("./")
    if not name:
        raise ManifestError("the row names no file; give it in the column file")
    if name.startswith("/") or "://" in name or ".." in name.split("/"):
        raise ManifestError(f"the row names {name}; name a file in the manifest's folder or below it")
    return name, _PATTERN if set("*?[") & set(name) else _NAMED


def _facts(row: Row) -> GivenFacts:
    """What a row says.

    Raises:
        ManifestError: a value cannot be understood.
    """
    url = row.get("url")
    if url is not None and not is_web_url(url):
        raise ManifestError(f"url {url} is no web address; begin it with https://")
    source_key = row["source"] if row.get("source") in _listed_sources() else None
    known = {*_COLUMN_TOPICS, *_OWN_COLUMNS, *FILE_COLUMNS}
    return GivenFacts(
        tuple(
            Statement(_COLUMN_TOPICS[name], f"manifest:{name}", value, "given")
            for name, value in row.items()
            if name in _COLUMN_TOPICS and name not in _OWN_COLUMNS and not (name == "source" and source_key)
        ),
        source_key,
        url,
        _retrieved(row["retrieved"]) if "retrieved" in row else None,
        tuple((f"manifest:{name}", value) for name, value in row.items() if name not in known),
    )


@cache
def _listed_sources() -> frozenset[str]:
    return frozenset(source.key for source in load_catalogue().sources)


def _retrieved(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise ManifestError(f"retrieved {value} is no ISO 8601 time; write it as 2024-03-26T08:00:00Z") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _faulty(manifest: InputFile, locator: str, error: ManifestError) -> InputFile:
    where = f"{manifest.uri} {locator}".rstrip()
    return replace(manifest, fault=Reject(manifest.uri, locator, "extract", "bad_manifest", f"{where}: {error}"))
