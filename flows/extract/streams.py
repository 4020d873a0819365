"""Bytes of one content as a stream that never raises: an error or a limit ends it, and it says which.

What was read before a break counts, so a break must look to every reader like the end of the bytes. Readers ask
:attr:`ContentStream.fault` at the end whether it was one.
"""

from __future__ import annotations

import bz2
import io
import lzma
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from tarfile import TarError
from typing import BinaryIO, Protocol

from backports import zstd

from flows.extract.limits import ExtractLimits
from flows.values import ReasonCode

MIB = 1024 * 1024
HEAD_BYTES = MIB
"""How much of a content can be looked at before it is read: more than a first line of JSONL has."""

MAX_WINDOW_BYTES = 128 * MIB
"""Memory a decoder may take for its dictionary: what `zstd -19 --long` and `xz -9` write needs no more."""

_FREE_BYTES = 64 * MIB
_READ_ERRORS = (
    OSError, EOFError, ValueError, OverflowError, zlib.error, lzma.LZMAError, zstd.ZstdError, zipfile.BadZipFile,
    TarError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a stream ended before its time: a reason code of rejects and a sentence."""

    code: ReasonCode
    message: str


class LimitError(ValueError):
    """A limit was reached while bytes were made."""


class Budget:
    """What one input file may still cost, shared by everything unpacked from it."""

    def __init__(self, limits: ExtractLimits) -> None:
        self._limits = limits
        self._bytes = limits.max_file_bytes
        self._seconds = float(limits.max_read_seconds)

    def spend(self, n_bytes: int, seconds: float) -> None:
        """Count what a read took.

        Raises:
            LimitError: it was too much.
        """
        self._bytes -= n_bytes
        self._seconds -= seconds
        if self._bytes < 0:
            raise LimitError(f"more than {self._limits.max_file_bytes:,} bytes; raise MUSNAD_MAX_FILE_BYTES")
        if self._seconds < 0:
            raise LimitError(f"slower than {self._limits.max_read_seconds:,} seconds; raise MUSNAD_MAX_READ_SECONDS")


class ContentStream(io.RawIOBase):
    """Bytes from ``more(n)``, which gives at most n and nothing at the end. Reads never raise and fill what they can.

    Attributes:
        fault: why the stream ended before its time, or None.
    """

    def __init__(self, more: Callable[[int], bytes], budget: Budget | None = None) -> None:
        super().__init__()
        self._more = more
        self._budget = budget
        self.fault: Fault | None = None

    def readable(self) -> bool:
        """It can be read, and nothing else."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed: any buffer
        """Fill a buffer as far as there are bytes."""
        view, filled = memoryview(buffer).cast("B"), 0
        while filled < len(view) and self.fault is None and (piece := self._next(len(view) - filled)):
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled

    def _next(self, size: int) -> bytes:
        began = time.monotonic()
        try:
            piece = self._more(size)
            if self._budget:
                self._budget.spend(len(piece), time.monotonic() - began)
        except LimitError as error:
            self.fault = Fault("too_large", str(error))
        except _READ_ERRORS as error:
            self.fault = Fault("damaged", f"it breaks off: {str(error) or type(error).__name__}")
        else:
            return piece
        return b""


def buffered(stream: ContentStream) -> io.BufferedReader:
    """A stream whose first :data:`HEAD_BYTES` can be peeked at; ``raw`` is the stream itself."""
    return io.BufferedReader(stream, HEAD_BYTES)


def within_ratio(read: Callable[[int], bytes], n_packed: int, max_ratio: int) -> Callable[[int], bytes]:
    """Reads of what so many packed bytes unpack to, which raise :class:`LimitError` beyond a ratio to them."""
    n_read = 0

    def more(size: int) -> bytes:
        nonlocal n_read
        piece = read(size)
        n_read += len(piece)
        _check_ratio(n_packed, n_read, max_ratio)
        return piece

    return more


def _check_ratio(n_packed: int, n_unpacked: int, max_ratio: int) -> None:
    if n_unpacked > max(_FREE_BYTES, n_packed * max_ratio):
        raise LimitError(f"it unpacks to more than {max_ratio:,} times its size; raise MUSNAD_MAX_RATIO")


class _Decoder(Protocol):
    """What the decompressors of bz2, lzma and zstd have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _GzipDecoder:
    """zlib's decompressor in the shape of the others."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


DECODERS: dict[str, Callable[[], _Decoder]] = {
    "gzip": _GzipDecoder,
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(memlimit=2 * MAX_WINDOW_BYTES),
    "zstd": lambda: zstd.ZstdDecompressor(
        options={zstd.DecompressionParameter.window_log_max: MAX_WINDOW_BYTES.bit_length() - 1}
    ),
}


class Decompression:
    """The bytes a compressed stream unpacks to, all its members in turn, within a ratio to what was read.

    Args:
        packed: the compressed bytes.
        kind: a key of :data:`DECODERS`.
        max_ratio: how many times its own size it may unpack to.
    """

    def __init__(self, packed: BinaryIO, kind: str, max_ratio: int) -> None:
        self._packed = packed
        self._new_decoder = DECODERS[kind]
        self._decoder = self._new_decoder()
        self._max_ratio = max_ratio
        self._pending = b""
        self._n_in = 0
        self._n_out = 0

    def more(self, size: int) -> bytes:
        """At most ``size`` bytes, b"" at the end.

        Raises:
            LimitError: it unpacks to too much.
            EOFError: the stream ends inside a member.
        """
        while True:
            if self._decoder.eof and not self._next_member():
                return b""
            piece = self._decoder.decompress(self._input() if self._decoder.needs_input else b"", size)
            self._n_out += len(piece)
            _check_ratio(self._n_in, self._n_out, self._max_ratio)
            if piece:
                return piece

    def _next_member(self) -> bool:
        """Begin the next member, where there is one; zero padding is none."""
        rest = self._decoder.unused_data
        while not (rest := rest.lstrip(b"\0")):
            rest = self._read()
            if not rest:
                return False
        self._decoder = self._new_decoder()
        self._pending = rest
        return True

    def _input(self) -> bytes:
        data, self._pending = self._pending or self._read(), b""
        if not data:
            raise EOFError("the compressed data is cut off")
        return data

    def _read(self) -> bytes:
        data = self._packed.read(io.DEFAULT_BUFFER_SIZE)
        self._n_in += len(data)
        return data
