"""What a compressed stream unpacks to is read as if it lay there itself: compression is no step of a locator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

from flows.extract.content import Content, Reader
from flows.extract.streams import ContentStream, Decompression
from flows.values import RawRecord, Reject

_SUFFIXES = {"gzip": (".gz", ".gzip"), "bzip2": (".bz2",), "xz": (".xz",), "zstd": (".zst", ".zstd")}
_TAR_SUFFIXES = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar"}


def read_compressed(content: Content, kind: str, read: Reader) -> Iterator[RawRecord | Reject]:
    """The records of what a compressed content holds."""
    if content.depth >= content.limits.max_depth:
        yield content.reject("too_deep", f"packed more than {content.limits.max_depth} times; raise MUSNAD_MAX_DEPTH")
        return
    packed = Decompression(cast("BinaryIO", content.stream), kind, content.limits.max_ratio)
    yield from read(content.unpacked(ContentStream(packed.more, content.budget), _inner_name(content.name, kind)))


def _inner_name(name: str, kind: str) -> str:
    for suffix in _SUFFIXES[kind]:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    stem, dot, suffix = name.rpartition(".")
    return stem + _TAR_SUFFIXES.get(dot + suffix.lower(), dot + suffix)
