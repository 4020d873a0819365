"""From a file to its records: the format is told, its reader called, and what is inside it read in turn.

To add a format: a module with ``read_x(content) -> Iterator[RawRecord | Reject]``, an entry in :data:`READERS`, and a
line in :mod:`flows.extract.sniffing` that tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flows.extract.archives import read_tar, read_zip
from flows.extract.columnar import read_arrow, read_arrow_stream, read_parquet
from flows.extract.compression import read_compressed
from flows.extract.content import Content, Reader
from flows.extract.feeds import read_feed
from flows.extract.fields import FieldNames, load_field_names
from flows.extract.files import GivenFacts, InputFile, unreadable
from flows.extract.inputs import open_input
from flows.extract.json_records import read_json, read_jsonl
from flows.extract.limits import ExtractLimits
from flows.extract.plain import read_html, read_text
from flows.extract.sniffing import sniff
from flows.extract.streams import DECODERS, Budget, ContentStream, buffered
from flows.extract.tables import read_table
from flows.extract.warc import read_warc
from flows.values import RawRecord, Reject

_NO_FAULTS = frozenset({"http_status", "not_html", "unresolved_revisit"})
"""What a crawl may well hold in long rows: its other records are sound."""


def read_file(file: InputFile, limits: ExtractLimits, names: FieldNames | None = None) -> Iterator[RawRecord | Reject]:
    """The records of one file; whatever is wrong with it or in it becomes a reject that names the mend.

    Args:
        file: the file to read.
        limits: what may be read of it.
        names: what the fields of records mean; the shipped table without them.
    """
    if file.fault:
        yield file.fault
        return
    try:
        opened = open_input(file)
    except OSError as error:
        yield unreadable(file.uri, f"cannot be read: {error.strerror or error}")
        return
    with opened:
        budget = Budget(limits)
        content = Content(
            file.uri,
            locator="",
            name=file.uri,
            stream=buffered(ContentStream(opened.read, budget)),
            limits=limits,
            budget=budget,
            names=names or load_field_names(),
            given=file.given or GivenFacts(),
            file=opened,
        )
        yield from _until_hopeless(content, read_content(content))


def _until_hopeless(content: Content, records: Iterator[RawRecord | Reject]) -> Iterator[RawRecord | Reject]:
    """The records up to so many faults in a row: of two bytes each, a small packed file may hold millions."""
    n_faults, limit = 0, content.limits.max_faults
    for record in records:
        n_faults = n_faults + 1 if isinstance(record, Reject) and record.reason_code not in _NO_FAULTS else 0
        if n_faults > limit:
            yield content.reject("too_large", f"more than {limit:,} faults in a row; raise MUSNAD_MAX_FAULTS")
            return
        yield record


def read_content(content: Content) -> Iterator[RawRecord | Reject]:
    """The records of a content of any format."""
    head = content.head()
    if not head and content.fault is not None:
        yield from content.broken()
    elif not head:
        yield content.reject("empty", "the file is empty; leave it out or fill it")
    elif (kind := sniff(head, content.name, content.names)) is None:
        yield content.reject(
            "unknown_format", "no format that is known; convert it to one that docs/formats.md names", head
        )
    else:
        yield from READERS[kind](content)


READERS: dict[str, Reader] = {
    "text": read_text,
    "html": read_html,
    "json": read_json,
    "jsonl": read_jsonl,
    "table": read_table,
    "parquet": read_parquet,
    "arrow": read_arrow,
    "arrow-stream": read_arrow_stream,
    "feed": read_feed,
    "warc": read_warc,
    "zip": partial(read_zip, read=read_content),
    "tar": partial(read_tar, read=read_content),
    **{kind: partial(read_compressed, kind=kind, read=read_content) for kind in DECODERS},
}
