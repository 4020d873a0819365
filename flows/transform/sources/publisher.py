"""What a page's closing words say of it: whose site it is, whose copy it prints."""

from __future__ import annotations

from collections.abc import Sequence

from flows.transform.sources.reading import QUOTE_MARKS, Reading, source_key, within
from flows.values import Segment

_MOST_WORDS = 6
_MOST_MARKS = 8
_RIGHTS = "©"
_SURE, _LIKELY = 0.9, 0.75


def disclaimers(reading: Reading, segment: Segment, places: Sequence[int]) -> None:
    """``يتم توفير المقال من قبل مزود محتوى خارجي``: the page says whose copy it prints."""
    first, last = reading.tokens(segment)
    for index in within(places, first, last):
        provided = reading.cue(index, "provided")
        if not provided or provided.last >= last:
            continue
        at = provided.last
        while at < last and reading.speech.word(at) in QUOTE_MARKS | {":"}:
            at += 1
        hit = reading.cue(at, "provider") or reading.source_from.get(at)
        if hit and hit.last <= last:
            reading.add(segment, "origin", at, hit.last, hit.offset, method="disclaimer", confidence=_SURE,
                        key=source_key(hit))  # fmt: skip
        elif "a" <= reading.speech.word(at)[:1] <= "z":
            reading.add(segment, "origin", at, at + 1, method="disclaimer:unlisted", confidence=_LIKELY)


def publishers(reading: Reading, segment: Segment, places: Sequence[int]) -> None:
    """``جميع الحقوق محفوظة © 2024 لصحيفة X``, ``إن موقع X غير مسؤول``, ``الصفحة الرسمية لوكالة X``."""
    first, last = reading.tokens(segment)
    for index in within(places, first, last):
        rights = reading.cue(index, "rights")
        if rights and rights.last <= last:
            if not _name_at(reading, segment, rights.last, last) and not reading.cue(rights.last, "rights"):
                _name_between(reading, segment, first, index)
            return
        own_page = reading.cue(index, "own_page")
        if own_page and own_page.last < last and _name_at(reading, segment, own_page.last, last):
            return
        if reading.cue(index, "disclaimed") and _name_before(reading, segment, first, index):
            return


def _name_at(reading: Reading, segment: Segment, token: int, last: int) -> bool:
    """The name behind a notice: after its sign, year and marks, up to the next mark or number."""
    limit = min(last, token + _MOST_MARKS)
    at = next((at for at in range(token, limit) if reading.speech.word(at).isalpha()), limit)
    return _add(reading, segment, at, _end(reading, at, last))


def _name_between(reading: Reading, segment: Segment, first: int, last: int) -> None:
    """``© 2024 X. جميع الحقوق محفوظة``: the name between the sign and the notice."""
    sign = next((at for at in range(last - 1, first - 1, -1) if reading.speech.word(at) == _RIGHTS), None)
    if sign is not None:
        _name_at(reading, segment, sign, last)


def _name_before(reading: Reading, segment: Segment, first: int, cue: int) -> bool:
    """``إن موقع X غير مسؤول``: from the noun for an outlet to the words that disclaim."""
    for at in range(cue - 1, max(first, cue - _MOST_WORDS) - 1, -1):
        if reading.cue(at, "outlet"):
            return at + 1 < cue and _add(reading, segment, at, cue)
    return False


def _end(reading: Reading, first: int, last: int) -> int:
    at, limit = first, min(last, first + _MOST_WORDS + 1)
    while at < limit and (reading.speech.word(at).isalpha() or reading.speech.word(at) in QUOTE_MARKS):
        at += 1
    return at


def _add(reading: Reading, segment: Segment, first: int, last: int) -> bool:
    if not 0 < last - first <= _MOST_WORDS:
        return False
    outlet = reading.cue(first, "outlet")
    named = (at for at in range(first, last) if at in reading.source_from)
    key = next((source_key(reading.source_from[at]) for at in named), None)
    reading.add(segment, "publisher", first, last, outlet.offset if outlet and not outlet.fused else 0,
                method="notice", confidence=_SURE if key else _LIKELY, key=key)  # fmt: skip
    return True
