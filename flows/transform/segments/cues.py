"""The words that tell the parts of a news page apart, read from ``segment_cues.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast, get_args

from flows.reference.tables import ReferenceDataError as TableError
from flows.reference.tables import ReferenceTables
from flows.transform.lexicon import Entry, Hit, Lexicon
from flows.values import SegmentKind

CueMatch = Literal["line", "label", "named", "start", "inside", "below", "anywhere"]
CueEffect = Literal["", "related", "end", "tools"]


@dataclass(frozen=True, slots=True)
class SegmentCue:
    """What one phrase says about the line it stands in.

    Attributes:
        match: ``line`` the line holds nothing else; ``label`` it begins the line and a colon, dash or the line's end
            follows; ``named`` it begins the line and nothing but a writer's name or a listed source follows;
            ``start`` it begins the line; ``inside`` it stands in a short line, or two of them in any;
            ``below`` it stands in a short line under the headline; ``anywhere`` it decides wherever it stands.
        effect: ``related`` opens a list of links, ``end`` says that the article above it is over, ``tools`` are
            share and print buttons, which stand between a headline and its text.
    """

    kind: SegmentKind
    match: CueMatch
    effect: CueEffect


FoundCue = tuple[Hit, SegmentCue]
"""A cue where it stands on a page."""


@dataclass(frozen=True, slots=True)
class SegmentCues:
    """That the lexicon knows the segment cues; the cues themselves come back as hits of category ``cue``."""

    n_cues: int


def build_segment_cues(tables: ReferenceTables, lexicon: Lexicon) -> SegmentCues:
    """Add the phrases of ``segment_cues.csv`` to the lexicon.

    Raises:
        ReferenceDataError: the table is missing, or a row names a kind, match or effect that does not exist.
    """
    rows = tables.read("segment_cues", ("phrase", "kind", "match", "effect"))
    for row in rows:
        _check(row["kind"], get_args(SegmentKind), row["phrase"])
        _check(row["match"], get_args(CueMatch), row["phrase"])
        _check(row["effect"], get_args(CueEffect), row["phrase"])
        cue = SegmentCue(
            cast("SegmentKind", row["kind"]), cast("CueMatch", row["match"]), cast("CueEffect", row["effect"])
        )
        lexicon.add(row["phrase"], Entry("cue", cue))
    return SegmentCues(len(rows))


def _check(value: str, known: tuple[str, ...], phrase: str) -> None:
    if value not in known:
        raise TableError(f"segment_cues.csv: {phrase!r} has {value!r}; use one of {', '.join(known)}")
