"""Work on a Dask cluster: what is sent to its workers, what they do with it, and what they must have in common.

Nothing in here needs Dask; the flow hands in the client it is connected by.
"""

from __future__ import annotations

import pickle
import secrets
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import psycopg
from backports import zstd

from flows.batches import BatchJob, Outcome, process_batch
from flows.extract.uris import is_url
from flows.reference.home import IMPORTS, home_folder
from flows.reference.tables import DEFAULT_FOLDER, ReferenceTables
from flows.slices import FileSlice, process_slice
from flows.transform import load_rules

_ANSWER_SECONDS = 30
_CONNECT_SECONDS = 10
_one_at_a_time = threading.Lock()
"""Workers may have several threads; the rules are made for one, and more would wait for the interpreter anyway."""


class DaskError(RuntimeError):
    """A Dask cluster that cannot be used: one sentence with the mend."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all jobs of a run, wherever they are done. Holds secrets, which are in no ``repr``.

    Attributes:
        ruleset_version: the rules every worker must have.
        python: the version every worker must run.
        tables: the reference tables, as this machine finds them.
        prefect_api: address of the Prefect server the workers tell of their tasks.
        url: libpq URL of the warehouse, as the loader.
        archive: the raw archive: a folder all see, an fsspec URL, or ``off``.
        mark: a file in that folder, '' where it is none.
    """

    ruleset_version: str
    python: tuple[int, int]
    tables: ReferenceTables
    prefect_api: str
    url: str = field(repr=False)
    archive: str = field(repr=False)
    mark: str = ""


def pack_job(job: BatchJob | FileSlice, terms: Terms) -> bytes:
    """A job as it travels: in one piece that Dask need not look into, a third as large as its records."""
    return zstd.compress(pickle.dumps((job, terms), protocol=pickle.HIGHEST_PROTOCOL), level=1)


def process_packed(packed: bytes) -> Outcome:
    """In a worker: do a job that was packed; safe to call again.

    Raises:
        DaskError: the worker is not what the run needs.
    """
    job, terms = cast("tuple[BatchJob | FileSlice, Terms]", pickle.loads(zstd.decompress(packed)))  # noqa: S301 - the run's own
    with _one_at_a_time:
        tables = own_tables(terms.tables)
        if wrong := _difference(tables, terms):
            raise DaskError(f"a Dask worker {wrong}")
        if isinstance(job, FileSlice):
            return process_slice(replace(job, first=replace(job.first, tables=tables)), terms.url, terms.archive)
        return Outcome(process_batch(replace(job, tables=tables), terms.url, terms.archive))


def own_tables(tables: ReferenceTables) -> ReferenceTables:
    """The same reference tables as this machine finds them: the shipped ones, imports in its own home.

    Decisions travel with the job; the ruleset version tells whether the rest is the same.
    """
    _, *imports = tables.folders
    own = (path if path.is_dir() else home_folder() / IMPORTS / path.name for path in imports)
    return ReferenceTables((DEFAULT_FOLDER, *own), tables.decisions)


def require_workers(client: Any, terms: Terms) -> None:  # noqa: ANN401 - Dask's client has no types
    """Make sure that there are workers, and that each can do the work of this run.

    Args:
        client: a connected ``distributed.Client``.
        terms: what they must be able to do.

    Raises:
        DaskError: names the worker and the mend.
    """
    try:
        client.wait_for_workers(1, timeout=_ANSWER_SECONDS)
    except TimeoutError as error:
        raise DaskError(f"the Dask cluster has no worker; run dask worker {client.scheduler.address}") from error
    found = client.run(what_is_wrong, terms, on_error="return")
    for worker, wrong in sorted(found.items()):
        if isinstance(wrong, BaseException):
            raise DaskError(
                f"the Dask worker {worker} cannot run Musnad ({type(wrong).__name__}: {wrong}): "
                "install the same version of it there, with the extra dask"
            ) from wrong
        if wrong:
            raise DaskError(f"the Dask worker {worker} {wrong}")


def what_is_wrong(terms: Terms) -> str:
    """In a worker: why it cannot do the work of a run, '' if it can."""
    if wrong := _difference(own_tables(terms.tables), terms):
        return wrong
    try:
        psycopg.connect(terms.url, connect_timeout=_CONNECT_SECONDS).close()
    except psycopg.OperationalError as error:
        reason = str(error).splitlines()[0]
        return f"cannot reach the warehouse ({reason}); name it by MUSNAD_DATABASE_URL with an address that holds there"
    try:
        urllib.request.urlopen(f"{terms.prefect_api}/health", timeout=_CONNECT_SECONDS).close()  # noqa: S310 - Prefect's own
    except urllib.error.HTTPError:
        return ""  # it answers; whether a key is needed is between Prefect and its server
    except OSError as error:
        return f"cannot reach Prefect at {terms.prefect_api} ({error}); name a server all reach by PREFECT_API_URL"
    return ""


def _difference(tables: ReferenceTables, terms: Terms) -> str:
    """What a worker has that the run has not, or the other way; also asked of workers that join while it works."""
    if terms.python != sys.version_info[:2]:
        return f"runs another Python than this run; start it with {terms.python[0]}.{terms.python[1]}"
    if load_rules(tables).version != terms.ruleset_version:
        places = ", ".join(str(folder) for folder in tables.folders)
        return f"has other rules than this run: give it the same version of Musnad and the same tables in {places}"
    if terms.mark and not Path(terms.mark).exists():
        return f"does not see the raw archive {terms.archive}; name a place that all see by MUSNAD_ARCHIVE"
    return ""


@contextmanager
def agreed_terms(tables: ReferenceTables, prefect_api: str, url: str, archive: str) -> Iterator[Terms]:
    """The terms of a run; while it works a mark lies in the archive's folder, by which workers see it is the same."""
    terms = Terms(load_rules(tables).version, sys.version_info[:2], tables, prefect_api, url, archive)
    if archive == "off" or is_url(archive):
        yield terms
        return
    folder = Path(archive).expanduser()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark = folder / f".run-{secrets.token_hex(4)}"
    mark.touch()
    try:
        yield replace(terms, mark=str(mark))
    finally:
        mark.unlink(missing_ok=True)
