"""Fuzzing of the readers: files of the corpus, mutated, must end as records and rejects and never as an error.

``python -m tests.fuzz SECONDS [SEED]`` runs so long and prints what it found; a finding is kept as a sample of
``tests/corpus.py``. ``tests/test_fuzz.py`` runs a short, seeded part of it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

from flows.extract import ExtractLimits, extract_batches
from flows.extract.files import InputFile
from flows.options import extract_limits
from flows.settings import Settings
from flows.values import RawRecord, ReasonCode, Reject
from tests.corpus import Sample, corpus

SLOW_SECONDS = 5.0
TOKENS = (
    b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xd9", b"\xed\xa0\x80", b"\r",
    b'"', b"\\", b"{", b"}", b"[", b"]", b",", b"<", b">", b"&", b"%", b"-1", b"1e999", b"NaN", b"9" * 20, b"\\ud800",
    b"\\u0000", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<item>", b"</item>", b"<!DOCTYPE x [", b"&#x110000;", b"&#0;",
    b"WARC/1.1\r\n", b"\r\n\r\n", b"Content-Length: -5\r\n", b"Transfer-Encoding: chunked\r\n", b"charset=utf-7",
    b"encoding='utf-16'", b"\x1f\x8b\x08", b"PK\x03\x04", b"../", b"file:///x", b"http://[", b"((((" * 50, b"<p" * 50,
    b"\n", b'"a":' * 50, "ا".encode() * 50,
)  # fmt: skip


def small_limits() -> ExtractLimits:
    """The bounds of the settings, as small as the samples are."""
    return replace(
        extract_limits(Settings()),
        max_file_bytes=1 << 24,
        max_record_bytes=1 << 20,
        max_page_bytes=1 << 18,
        max_members=50,
    )


def mutants(samples: list[Sample], seed: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of mutated files, the same for the same seed, without end."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    while True:
        sample = dice.choice(samples)
        content = bytearray(sample.content)
        for _ in range(dice.choice((1, 1, 2, 3, 8))):
            _mutate(dice, content, samples)
        yield sample.name, bytes(content[: 1 << 20])


def _mutate(dice: random.Random, content: bytearray, samples: list[Sample]) -> None:
    """One change: a byte, a token, a cut, a piece doubled, a piece of another file."""
    start = dice.randrange(len(content) + 1)
    end = min(start + dice.choice((1, 2, 8, 64, 512)), len(content))
    match dice.randrange(6):
        case 0:
            content[start:end] = bytes(byte ^ (1 << dice.randrange(8)) for byte in content[start:end])
        case 1:
            content[start:start] = dice.choice(TOKENS)
        case 2:
            content[start:end] = dice.choice(TOKENS)
        case 3:
            del content[start:end]
        case 4:
            content[start:start] = content[start:end] * dice.choice((1, 2, 50))
        case _:
            other = dice.choice(samples).content
            place = dice.randrange(len(other) + 1)
            content[start:end] = other[place : place + 256]


def outcomes(path: Path, limits: ExtractLimits) -> list[RawRecord | Reject]:
    """What becomes of a file."""
    file = InputFile(f"file://{path}", str(path))
    return [record for batch in extract_batches([file], limits) for record in batch]


def fault_of(records: list[RawRecord | Reject]) -> str:
    """What is wrong with outcomes, '' where nothing is."""
    places = Counter((record.uri, record.locator) for record in records)
    if max(places.values(), default=0) > 1:
        return f"one place twice: {places.most_common(1)}"
    for record in records:
        if isinstance(record, Reject):
            if record.message != record.message.encode("utf-8", "replace").decode() or "\0" in record.message:
                return f"a message no database can hold: {record.message!r}"
            if record.reason_code not in get_args(ReasonCode):
                return f"an unknown reason: {record.reason_code}"
            continue
        texts = [
            record.text,
            record.locator,
            record.url or "",
            *(each.value for each in record.statements),
            *(value for _, value in record.fields),
        ]
        if any("\0" in text or text != text.encode("utf-8", "replace").decode() for text in texts):
            return f"a text no database can hold at {record.locator}"
    return ""


def try_one(name: str, content: bytes, folder: Path, limits: ExtractLimits) -> str:
    """Read one file; what was wrong, '' where nothing was."""
    path = folder / name
    path.write_bytes(content)
    began = time.process_time()
    try:
        fault = fault_of(outcomes(path, limits))
    except Exception:  # noqa: BLE001 - what a fuzzer is for
        fault = traceback.format_exc()
    finally:
        path.unlink()
    seconds = time.process_time() - began
    return fault or (f"{seconds:.1f} s" if seconds > SLOW_SECONDS else "")


def main(seconds: float, seed: int) -> int:
    """Run for a time, print findings with their files kept beside, and say how many there were."""
    limits, found, n_tried = small_limits(), Counter[str](), 0
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        for name, content in mutants(corpus(), seed):
            if time.monotonic() > until:
                break
            n_tried += 1
            fault = try_one(name, content, Path(folder), limits)
            if fault:
                last = fault.strip().splitlines()[-1]
                found[last] += 1
                if found[last] == 1:
                    kept = Path(tempfile.gettempdir()) / f"musnad-fuzz-{seed}-{n_tried}-{name}"
                    kept.write_bytes(content)
                    sys.stdout.write(f"{kept}: {fault}\n")
    sys.stdout.write(f"{n_tried:,} files in {seconds:.0f} s, seed {seed}: {len(found)} findings\n")
    return len(found)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 1_000_000) > 0)
