"""Credit lines cut into the names they list: ``الجزيرة + وكالات``, ``رويترز، أ ف ب``."""

from __future__ import annotations

from collections.abc import Iterator

from flows.transform.sources.reading import Reading

BRACKETS = {"(": ")", "[": "]"}
LONGEST_CREDIT = 12

_SEPARATORS = frozenset("+،,/-&|؛;:") | set(BRACKETS) | set(BRACKETS.values())


def chunks(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Runs of words between separators; a listed name is never cut."""
    begin, index = first, first
    while index < last:
        hit = reading.source_from.get(index)
        if hit and hit.last <= last:
            index = hit.last
        elif reading.speech.word(index) in _SEPARATORS:
            yield from trimmed(reading, begin, index)
            begin = index = index + 1
        else:
            index += 1
    yield from trimmed(reading, begin, last)


def trimmed(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The tokens ``first:last`` without marks at either end, if a word is left."""
    while first < last and not reading.speech.word(first).isalnum():
        first += 1
    while first < last and not reading.speech.word(last - 1).isalnum():
        last -= 1
    if first < last:
        yield first, last
