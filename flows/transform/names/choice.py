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
    for cluster in _clusters(candidates):
        chosen += cluster if len(cluster) == 1 else sorted(_settled(cluster, adjectives), key=_place)
    return chosen


def _clusters(candidates: list[Candidate]) -> list[list[Candidate]]:
    """Candidates in text order, those that overlap together: most of them stand alone."""
    clusters: list[list[Candidate]] = []
    end = -1
    for candidate in sorted(candidates, key=_place):
        if candidate.first >= end:
            clusters.append([candidate])
        else:
            clusters[-1].append(candidate)
        end = max(end, candidate.last)
    return clusters


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate.first, candidate.last


def _settled(candidates: list[Candidate], adjectives: Container[int]) -> list[Candidate]:
    """Those of some overlapping candidates that stand."""
    sure: set[tuple[str, int]] = set()
    if any(c.use in _WITNESSED for c in candidates):
        sure = {(c.kind, token) for c in candidates if c.use not in _WITNESSED for token in range(c.first, c.last)}
    owner: dict[int, Candidate] = {}
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (_is_doubtful(c, sure), *_rank(c))):
        tokens = range(candidate.first, candidate.last)
        owners = {id(owner[token]): owner[token] for token in tokens if token in owner}
        if not owners:
            owner.update(dict.fromkeys(tokens, candidate))
        elif len(owners) != 1 or not _nests(candidate, next(iter(owners.values()))) or candidate.first in adjectives:
            continue
        else:
            owner.update(dict.fromkeys(tokens, candidate))  # nothing nests in a nested place
        chosen.append(candidate)
    return chosen


def _is_doubtful(c: Candidate, sure: Container[tuple[str, int]]) -> bool:
    """A name that needs a witness hides no sure one of its kind: ``حزب العمال`` is no part of that of Kurdistan."""
    return c.use in _WITNESSED and any((c.kind, token) in sure for token in range(c.first, c.last))


def _rank(c: Candidate) -> tuple[int, float, int, int, str]:
    return c.first - c.last, -c.confidence, c.offset, c.first, c.kind


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
