"""Credit lines cut into the names they list: ``الجزيرة + وكالات``, ``رويترز، أ ف ب``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flows.transform.sources.reading import Reading

BRACKETS: Final = {"(": ")", "[": "]"}
LONGEST_CREDIT: Final = 12

_SEPARATORS: Final = frozenset("+،,/-&|؛;:") | set(BRACKETS) | set(BRACKETS.values())


def chunks(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Runs of words between separators and ``نقلا عن``; a listed name is never cut."""
    begin, index = first, first
    while index < last:
        hit = reading.source_from.get(index)
        led_to = reading.cue(index, "from", "according")
        if hit and hit.last <= last:
            index = hit.last
        elif led_to and begin < index:
            yield from trimmed(reading, begin, index)
            begin = index = led_to.last
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
