"""All rules and reference data the transform works by, compiled once and named by one hash."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flows.reference.tables import ReferenceTables
from flows.transform import compiled
from flows.transform.dates import TimeVocabulary, build_time_vocabulary
from flows.transform.decided import Decided, build_decided
from flows.transform.lexicon import Lexicon
from flows.transform.names import Gazetteer, build_gazetteer
from flows.transform.quotes import ReportingVerbs, build_reporting_verbs
from flows.transform.segments import SegmentCues, build_segment_cues
from flows.transform.sources import SourceCues, build_source_cues
from flows.transform.sources.sites import build_site_keys

_NEW_OBJECTS = 10_000
"""So many new objects, some pages' worth, before the collector looks for cycles: a thirtieth of the time (measured)."""
_FLOWS = Path(__file__).resolve().parents[1]
_RULE_CODE = ("values.py", "annotation.py", "text", "reference", "extract", "transform")


@dataclass(frozen=True, slots=True)
class Rules:
    """One state of the rules: what each layer compiled from the tables, and the lexicon they share.

    Attributes:
        version: 32 hexadecimal digits over the rule code and the reference tables; the same rules and data
            give the same version on every machine.
    """

    version: str
    lexicon: Lexicon
    segment_cues: SegmentCues
    time: TimeVocabulary
    gazetteer: Gazetteer
    decided: Decided
    source_cues: SourceCues
    reporting_verbs: ReportingVerbs
    site_keys: Mapping[str, str]


def load_rules(tables: ReferenceTables | None = None) -> Rules:
    """The rules of some reference tables (the shipped ones by default), compiled once; kept on disk, too.

    Raises:
        ReferenceDataError: a table is missing or has a bad row.
    """
    return _loaded(tables or ReferenceTables())


@lru_cache(maxsize=4)
def _loaded(tables: ReferenceTables) -> Rules:
    version = ruleset_version(tables)
    with compiled.without_collector():
        rules = compiled.recall(version)
        if not isinstance(rules, Rules):
            rules = _compile(tables, version)
            compiled.keep(version, rules)
            gc.collect()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
    gc.freeze()  # the rules live as long as the process: not walking them again made pages a tenth faster (measured)
    return rules


def _compile(tables: ReferenceTables, version: str) -> Rules:
    lexicon = Lexicon()
    return Rules(
        version=version,
        lexicon=lexicon,
        segment_cues=build_segment_cues(tables, lexicon),
        time=build_time_vocabulary(tables, lexicon),
        gazetteer=(gazetteer := build_gazetteer(tables, lexicon)),
        decided=build_decided(tables.decisions, gazetteer.entities),
        source_cues=build_source_cues(tables, lexicon),
        reporting_verbs=build_reporting_verbs(tables, lexicon),
        site_keys=build_site_keys(tables),
    )


def ruleset_version(tables: ReferenceTables) -> str:
    """Hash of the rule code and the reference tables, 32 hexadecimal digits."""
    return hashlib.sha256(f"{_CODE} {tables.digest()}".encode()).hexdigest()[:32]


def _code_digest() -> str:
    digest = hashlib.sha256()
    for name in _RULE_CODE:
        path = _FLOWS / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            content = file.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{file.relative_to(_FLOWS).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


_CODE = _code_digest()
"""Read with the code itself: a process that goes on while the code is replaced names its rules by what it runs."""
