"""Fuzzing of the readers: files of the corpus, mutated, must end as records and rejects and never as an error.

``python -m tests.fuzz SECONDS [SEED]`` runs so long and prints what it found; a finding is kept as a sample of
``tests/corpus.py``. ``tests/test_fuzz.py`` runs a short, seeded part of it.

Guided by coverage: a mutant that runs lines of the readers in an order none did before is mutated further.
"""

from __future__ import annotations

import hashlib
import pickle
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any, get_args

import flows
from flows.extract import ExtractLimits, extract_batches
from flows.extract.documents import is_web_url
from flows.extract.files import InputFile
from flows.options import extract_limits
from flows.settings import Settings
from flows.values import RawRecord, ReasonCode, Reject
from tests.corpus import corpus
from tests.mutations import MORE_FILES, mutated

SLOW_SECONDS = 5.0
PARENT_BYTES = 1 << 16
"""Larger files are not mutated further: they take time and show little more."""
READERS = tuple(str(Path(flows.__file__).parent / folder) for folder in ("extract", "text"))


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that did not end as it should, and what was wrong."""

    name: str
    content: bytes
    fault: str


class Coverage:
    """The steps from line to line of the readers that were seen so far."""

    def __init__(self) -> None:
        self._steps: set[tuple[int, int, int]] = set()

    def __len__(self) -> int:
        return len(self._steps)

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        sys.settrace(self._call)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before)

    def _call(self, frame: FrameType, _event: str, _value: object) -> Any:
        last = 0
        if not frame.f_code.co_filename.startswith(READERS):
            return None
        code, add = id(frame.f_code), self._steps.add  # code of modules lives as long as they do

        def step(frame: FrameType, event: str, _value: object) -> Any:
            nonlocal last
            if event == "line":
                add((code, last, frame.f_lineno))
                last = frame.f_lineno
            return step

        return step


class Fuzzer:
    """Mutates the corpus, and what it led to, the same way for the same seed.

    Attributes:
        n_tried: files read so far.
        contents: what is mutated: the corpus, then mutants that did something new.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        files = [*((sample.name, sample.content) for sample in corpus()), *MORE_FILES.items()]
        self._folder = folder
        self._limits = small_limits()
        self._dice = random.Random(seed)  # noqa: S311 - no secret
        self._names = [name for name, _ in files]
        self.contents = [content for _, content in files]
        self._n_samples = len(files)
        self.coverage = Coverage()
        self.n_tried = 0

    def run(self, seconds: float) -> Iterator[Finding]:
        """What goes wrong within a time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            name, content = self._mutant()
            n_steps = len(self.coverage)
            fault = try_one(name, content, self._folder, self._limits, self.coverage)
            self.n_tried += 1
            if fault:
                yield Finding(name, content, fault)
            elif len(self.coverage) > n_steps and len(content) <= PARENT_BYTES:
                self._names.append(name)
                self.contents.append(content)

    def _mutant(self) -> tuple[str, bytes]:
        """A sample or one of its offspring, mutated; now and then under the name of another."""
        n_samples, n_all = self._n_samples, len(self.contents)
        parent = self._dice.choice((self._dice.randrange(n_samples), self._dice.randrange(n_all)))
        name = self._names[self._dice.choice((parent, parent, parent, self._dice.randrange(n_samples)))]
        return name, mutated(self._dice, self.contents[parent], self.contents)


def small_limits() -> ExtractLimits:
    """The bounds of the settings, as small as the samples are."""
    return replace(
        extract_limits(Settings()),
        max_file_bytes=1 << 24,
        max_record_bytes=1 << 17,
        max_page_bytes=1 << 16,
        max_members=50,
        max_reject_bytes=1 << 10,
    )


def outcomes(path: Path, limits: ExtractLimits) -> list[RawRecord | Reject]:
    """What becomes of a file."""
    file = InputFile(f"file://{path}", str(path))
    return [record for batch in extract_batches([file], limits) for record in batch]


def fault_of(records: list[RawRecord | Reject], limits: ExtractLimits) -> str:
    """What is wrong with outcomes, '' where nothing is."""
    places = Counter((record.uri, record.locator) for record in records)
    if len(places) < len(records):
        return f"one place twice: {places.most_common(1)}"
    if pickle.loads(pickle.dumps(records)) != records:  # noqa: S301 - our own, as worker processes are handed them
        return "what a worker is handed is not what was read"
    faults = (
        _fault_of_reject(each, limits) if isinstance(each, Reject) else _fault_of_record(each) for each in records
    )
    return next(filter(None, faults), "")


def _fault_of_reject(reject: Reject, limits: ExtractLimits) -> str:
    if not is_storable(reject.message + reject.locator):
        return f"a message no database can hold: {reject.message!r}"
    if len(reject.raw) > limits.max_reject_bytes:
        return f"more kept of a reject than may be: {reject.message}"
    return "" if reject.reason_code in get_args(ReasonCode) else f"an unknown reason: {reject.reason_code}"


def _fault_of_record(record: RawRecord) -> str:
    statements = (text for each in record.statements for text in (each.field, each.value))
    fields = (text for field in record.fields for text in field)
    if not all(map(is_storable, (record.text, record.locator, record.url or "", *statements, *fields))):
        return f"a text no database can hold at {record.locator}"
    if hashlib.sha256(record.content).digest() != record.sha256:
        return f"a hash that is not that of the content at {record.locator}"
    if record.url is not None and not is_web_url(record.url):
        return f"an address that is none at {record.locator}: {record.url}"
    if record.retrieved_at is not None and record.retrieved_at.utcoffset() is None:
        return f"a crawl time without a zone at {record.locator}"
    return ""


def is_storable(text: str) -> bool:
    """Whether Postgres can hold a text: no NUL, no lone surrogate."""
    return "\0" not in text and text == text.encode("utf-8", "replace").decode()


def try_one(name: str, content: bytes, folder: Path, limits: ExtractLimits, coverage: Coverage) -> str:
    """Read one file; what was wrong, '' where nothing was."""
    path = folder / name
    path.write_bytes(content)
    began = time.process_time()
    try:
        with coverage:
            records = outcomes(path, limits)
        slow = time.process_time() - began > SLOW_SECONDS
        return fault_of(records, limits) or (_slowness(path, limits) if slow else "")
    except Exception:  # noqa: BLE001 - what a fuzzer is for
        return traceback.format_exc()
    finally:
        path.unlink()


def _slowness(path: Path, limits: ExtractLimits) -> str:
    """How long a file takes when nobody looks on, where that is too long."""
    began = time.process_time()
    outcomes(path, limits)
    seconds = time.process_time() - began
    return f"{seconds:.1f} s" if seconds > SLOW_SECONDS else ""


def main(seconds: float, seed: int) -> int:
    """Run for a time, print findings with their files kept beside, and say how many there were."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        fuzzer = Fuzzer(Path(folder), seed)
        for finding in fuzzer.run(seconds):
            last = finding.fault.strip().splitlines()[-1]
            found[last] += 1
            if found[last] == 1:
                kept = Path(tempfile.gettempdir()) / f"musnad-fuzz-{seed}-{fuzzer.n_tried}-{finding.name}"
                kept.write_bytes(finding.content)
                sys.stdout.write(f"{kept}: {finding.fault}\n")
                sys.stdout.flush()
    sys.stdout.write(
        f"{fuzzer.n_tried:,} files in {seconds:.0f} s, seed {seed}: {len(fuzzer.contents):,} that led on, "
        f"{len(fuzzer.coverage):,} steps; {len(found)} findings\n"
    )
    return len(found)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 1_000_000) > 0)
