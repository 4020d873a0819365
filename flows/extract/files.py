"""The files that INPUTs name, as the other modules of extraction hand them on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from flows.values import Reject, Statement


class InputError(ValueError):
    """An INPUT that matches nothing or cannot be understood: wrong usage, nothing is loaded."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells, without reading it, whether a file is still the one that was seen."""

    size: int | None = None
    modified_at: datetime | None = None
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class GivenFacts:
    """What a manifest says of a file: see :mod:`flows.extract.manifest`.

    Attributes:
        statements: what goes to the transform as stated from outside.
        source_key: the listed source that published it.
        url: the web address the file was retrieved from.
        retrieved_at: when it was crawled, with a zone.
        fields: columns of the manifest that nothing uses.
    """

    statements: tuple[Statement, ...] = ()
    source_key: str | None = None
    url: str | None = None
    retrieved_at: datetime | None = None
    fields: tuple[tuple[str, str], ...] = ()

    def of_parts(self) -> GivenFacts:
        """What it says of each of several pages in the file: all but the address, which is one page's."""
        return replace(self, url=None)

    def unsaid(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """What it states of a record that the record's own fields say nothing of."""
        said = {statement.topic for statement in statements}
        return tuple(statement for statement in self.statements if statement.topic not in said)


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read: ``uri`` is its public name, ``path`` what :func:`flows.extract.inputs.open_input` opens.

    Attributes:
        is_remote: whether ``path`` is a URL, secrets included; never to be shown.
        fault: the reject it ends as, where that is known already: it must not be opened then.
        stamp: what its store says of it, for remote files; local ones are asked when it matters.
        given: what a manifest says of it.
    """

    uri: str
    path: str = field(repr=False)
    is_remote: bool = False
    fault: Reject | None = None
    stamp: FileStamp | None = None
    given: GivenFacts | None = None


def unreadable(uri: str, why: str) -> Reject:
    """The reject of a file that cannot or must not be opened."""
    return Reject(uri, "", "extract", "unreadable", f"{uri}: {why}")
