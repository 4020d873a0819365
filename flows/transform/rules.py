"""All rules and reference data the transform works by, compiled once and named by one hash."""

from __future__ import annotations

import gc
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flows.reference.tables import ReferenceTables
from flows.transform.dates import TimeVocabulary, build_time_vocabulary
from flows.transform.lexicon import Lexicon
from flows.transform.names import Gazetteer, build_gazetteer
from flows.transform.quotes import ReportingVerbs, build_reporting_verbs
from flows.transform.segments import SegmentCues, build_segment_cues
from flows.transform.sources import SourceCues, build_source_cues

_FLOWS = Path(__file__).resolve().parents[1]
_RULE_CODE = ("values.py", "annotation.py", "reference", "extract", "transform")


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
    source_cues: SourceCues
    reporting_verbs: ReportingVerbs


@lru_cache(maxsize=4)
def load_rules(tables: ReferenceTables | None = None) -> Rules:
    """Compile the rules from the reference tables (the shipped ones by default); cached in the process.

    Raises:
        ReferenceDataError: a table is missing or has a bad row.
    """
    tables = tables or ReferenceTables()
    lexicon = Lexicon()
    rules = Rules(
        version=ruleset_version(tables),
        lexicon=lexicon,
        segment_cues=build_segment_cues(tables, lexicon),
        time=build_time_vocabulary(tables, lexicon),
        gazetteer=build_gazetteer(tables, lexicon),
        source_cues=build_source_cues(tables, lexicon),
        reporting_verbs=build_reporting_verbs(tables, lexicon),
    )
    gc.collect()
    gc.freeze()  # the rules live as long as the process: not walking them again made pages a tenth faster (measured)
    return rules


def ruleset_version(tables: ReferenceTables) -> str:
    """Hash of the rule code and the reference tables, 32 hexadecimal digits."""
    digest = hashlib.sha256(tables.digest().encode())
    for name in _RULE_CODE:
        path = _FLOWS / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            content = file.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{file.relative_to(_FLOWS).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:32]
