"""What a credit makes of an outlet: the page's own is its publisher, any other an origin of the copy."""

from __future__ import annotations

from typing import Final

from flows.transform.sources.reading import Reading
from flows.transform.speech import folded_words
from flows.values import Segment

OWN_REPORT: Final = folded_words("خاص خاصة حصري حصريا")
"""Words that say of a report that it is the page's own."""

_CREDIT_TOKENS: Final = 12
_SURE: Final = 0.9


def add_credit(
    reading: Reading, segment: Segment, first: int, last: int, *,
    method: str, confidence: float, key: str | None, hop: int,
) -> bool:  # fmt: skip
    """Keep the outlet over tokens ``first:last`` of a credit line or dateline.

    An agency signs what its own site prints as well (``الكويت (كونا) -``): it is the publisher only where it stands
    first (``شفق نيوز/``).

    Returns whether an origin was kept.
    """
    is_own = is_host(reading, None, first, last, key) and (
        _stands_first(reading, segment, first) or not _is_agency(reading, key)
    )
    if is_own or _is_exclusive(reading, segment):
        reading.add(segment, "publisher", first, last, method=f"{method}:own", confidence=_SURE, key=key)
        return False
    reading.add(segment, "origin", first, last, method=method, confidence=confidence, key=key, hop=hop)
    return True


def is_host(reading: Reading, article: int | None, first: int, last: int, key: str | None) -> bool:
    """Whether tokens name the page's own outlet or, with an ``article``, one that its copy is from."""
    words = [word for word in map(reading.speech.word, range(first, last)) if word.isalnum()]
    return reading.hosts.has(None, key, words) or (article is not None and reading.hosts.has(article, key, words))


def is_writer(reading: Reading, token: int) -> bool:
    """Whether a verb or a person begins in a token: then the line is a sentence or a byline."""
    if token in reading.speech.verb_from or token in reading.speech.mention_from or token in reading.head_from:
        return True
    return any(hit.entry.category == "given_name" for hit in reading.page.hits_at(token))


def _is_exclusive(reading: Reading, segment: Segment) -> bool:
    """``خاص - X``: whether a short credit says that the report is the page's own."""
    first, last = reading.tokens(segment)
    return last - first <= _CREDIT_TOKENS and any(reading.speech.word(at) in OWN_REPORT for at in range(first, last))


def _stands_first(reading: Reading, segment: Segment, first: int) -> bool:
    return not any(reading.speech.word(at).isalnum() for at in range(reading.tokens(segment)[0], first))


def _is_agency(reading: Reading, key: str | None) -> bool:
    listed = reading.cues.by_key.get(key or "")
    return listed is not None and listed.kind == "agency"
