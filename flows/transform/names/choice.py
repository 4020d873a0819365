"""Which of overlapping candidates stand: the longest, then the surest; places stay inside organisations."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from flows.transform.names.ground import Candidate

_WITNESSED: Final = frozenset({"guarded", "surname", "club"})


def choose(candidates: list[Candidate], adjectives: Container[int]) -> list[Candidate]:
    """The candidates that do not overlap, longest first, and the places nested in organisations, in text order.

    ``adjectives`` are the tokens of nationality words, which name no place inside an organisation
    (``أرامكو السعودية``).
    """
    chosen: list[Candidate] = []
    overlapping: list[Candidate] = []
    end = -1
    for candidate in sorted(candidates, key=_place):
        if candidate.first >= end and overlapping:
            chosen += _settled(overlapping, adjectives)
            overlapping = []
        overlapping.append(candidate)
        end = max(end, candidate.last)
    return chosen + _settled(overlapping, adjectives)


def _place(candidate: Candidate) -> int:
    """First and last token as one number, which is compared faster than a pair."""
    return (candidate.first << 32) + candidate.last


def _settled(candidates: list[Candidate], adjectives: Container[int]) -> list[Candidate]:
    """Those of some overlapping candidates that stand, in text order; most candidates stand alone."""
    if len(candidates) < 2:  # noqa: PLR2004 - nothing to settle
        return candidates
    owners: dict[int, Candidate] = {}
    chosen: list[Candidate] = []
    for candidate in _ranked(candidates):
        clashing, outer = False, None
        for token in range(candidate.first, candidate.last):
            owner = owners.get(token)
            clashing = clashing or (outer is not None and owner is not outer)
            outer = outer if owner is None else owner
        if outer is not None and (clashing or not _nests(candidate, outer) or candidate.first in adjectives):
            continue
        for token in range(candidate.first, candidate.last):
            owners[token] = candidate  # nothing nests in a nested place
        chosen.append(candidate)
    chosen.sort(key=_place)
    return chosen


def _ranked(candidates: list[Candidate]) -> list[Candidate]:
    """The longest first, then the surest.

    A name that needs a witness hides no sure one of its kind: ``حزب العمال`` is no part of that of Kurdistan.
    """
    sure = _sure_tokens(candidates)
    ranks: list[tuple[bool, int, float, int, int, str, int]] = []
    for index, c in enumerate(candidates):
        is_doubtful = False
        if sure and c.use in _WITNESSED:
            for token in range(c.first, c.last):
                is_doubtful = is_doubtful or (c.kind, token) in sure
        ranks.append((is_doubtful, c.first - c.last, -c.confidence, c.offset, c.first, c.kind, index))
    ranks.sort()
    return [candidates[rank[6]] for rank in ranks]


def _sure_tokens(candidates: list[Candidate]) -> set[tuple[str, int]]:
    """The tokens of names that need no witness, by kind; empty where none needs one."""
    sure: set[tuple[str, int]] = set()
    needs_witness = False
    for c in candidates:
        if c.use in _WITNESSED:
            needs_witness = True
            continue
        for token in range(c.first, c.last):
            sure.add((c.kind, token))
    return sure if needs_witness else set()


def _nests(inner: Candidate, outer: Candidate) -> bool:
    """A listed place within a longer organisation's name is a mention too."""
    return (
        inner.kind == "place"
        and outer.kind == "organisation"
        and inner.method == "reference"
        and inner.use == "full"
        and outer.first <= inner.first
        and inner.last <= outer.last
        and (inner.first, inner.last) != (outer.first, outer.last)
    )
