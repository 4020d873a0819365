"""What a page's closing words say of it: whose site it is, whose copy it prints."""

from __future__ import annotations

from typing import Final

from flows.text.places import within
from flows.transform.sources.chunks import trimmed
from flows.transform.sources.reading import QUOTE_MARKS, Reading, source_key
from flows.transform.sources.reported import BARRIERS, is_adjective
from flows.transform.speech import folded_words
from flows.values import Segment

_MOST_WORDS: Final = 6
_MOST_MARKS: Final = 8
_UNLISTED_WORDS: Final = 3
_RIGHTS: Final = "©"
_BEHIND_NAME: Final = frozenset("-|،,:.")
_OWNED_BY: Final = folded_words("لدى من إلى")
_SURE: Final = 0.9
_LIKELY: Final = 0.75


def disclaimers(reading: Reading, segment: Segment, places: list[int]) -> None:
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


def publishers(reading: Reading, segment: Segment, places: list[int]) -> None:
    """``جميع الحقوق محفوظة © 2024 لصحيفة X``, ``إن موقع X غير مسؤول``, ``الصفحة الرسمية لوكالة X``, ``تطبيق X``."""
    first, last = reading.tokens(segment)
    for index in within(places, first, last):
        rights = reading.cue(index, "rights")
        if rights and rights.last <= last:
            if not (_name_between(reading, segment, first, index) or _name_at(reading, segment, rights.last, last)):
                _name_at(reading, segment, first, index)  # ``X 2024 © جميع الحقوق محفوظة``
            return
        own_page = reading.cue(index, "own_page")
        if own_page and own_page.last < last and _name_behind(reading, segment, own_page.last, last):
            return
        if reading.cue(index, "disclaimed") and _name_before(reading, segment, first, index):
            return
    if reading.speech.word(first) == _RIGHTS:
        _name_at(reading, segment, first, last)
    elif not (_whole_name(reading, segment, first, last) or _opening_name(reading, segment, first, last)):
        _described_name(reading, segment, first, last)


def _name_at(reading: Reading, segment: Segment, token: int, last: int) -> bool:
    """The name behind a notice: after its sign, year and marks, up to the next mark or number.

    What a full stop parts from the notice is another sentence, unless it begins with a name that is listed.
    """
    limit = min(last, token + _MOST_MARKS)
    at = next((at for at in range(token, limit) if reading.speech.word(at).isalpha()), limit)
    is_parted = any(reading.speech.ends_sentence(mark) for mark in range(token, at))
    if reading.cue(at, "rights") or (is_parted and not (reading.cue(at, "outlet") or at in reading.source_from)):
        return False
    at += reading.speech.word(at) in _OWNED_BY
    return _add(reading, segment, at, _end(reading, at, last))


def _name_between(reading: Reading, segment: Segment, first: int, last: int) -> bool:
    """``© 2024 X. جميع الحقوق محفوظة``: the name between the sign and the notice."""
    sign = next((at for at in range(last - 1, first - 1, -1) if reading.speech.word(at) == _RIGHTS), None)
    return sign is not None and _name_at(reading, segment, sign, last)


def _name_before(reading: Reading, segment: Segment, first: int, cue: int) -> bool:
    """``إن موقع X غير مسؤول``: from the noun for an outlet to the words that disclaim."""
    for at in range(cue - 1, max(first, cue - _MOST_WORDS) - 1, -1):
        if reading.cue(at, "outlet"):
            end = next((mark for mark in range(at, cue) if reading.speech.word(mark) in _BEHIND_NAME), cue)
            return at + 1 < end and _add(reading, segment, at, end)
    return False


def _name_behind(reading: Reading, segment: Segment, first: int, last: int) -> bool:
    """``تابعوا قناة X على تيليغرام``, ``نشرة X``: a listed name, or a few words up to a preposition."""
    while first < last and not reading.speech.word(first).isalnum():
        first += 1
    outlet = reading.cue(first, "outlet")
    listed = reading.source_from.get(first) or reading.source_from.get(outlet.last if outlet else first)
    if listed:
        return listed.last <= last and _add(reading, segment, first, listed.last)
    end = outlet.last if outlet else first
    is_headed = outlet is not None or reading.cue_before(first, "outlet") is not None  # ``تابع قناة X``
    limit = min(last, end + _UNLISTED_WORDS)
    while end < limit and reading.speech.word(end).isalpha() and reading.speech.word(end) not in BARRIERS:
        end += 1
    is_closed = end == last or reading.speech.word(end) in BARRIERS or reading.speech.word(end) in _BEHIND_NAME
    is_named = end > (outlet.last if outlet else first)
    return is_headed and is_named and is_closed and _add(reading, segment, first, end)


def _whole_name(reading: Reading, segment: Segment, first: int, last: int) -> bool:
    """``| الجزيرة نت``: a listed name behind a title, and nothing else."""
    names = list(trimmed(reading, first, last))
    hit = reading.source_from.get(names[0][0]) if names else None
    return hit is not None and hit.last == names[0][1] and _add(reading, segment, *names[0])


def _opening_name(reading: Reading, segment: Segment, first: int, last: int) -> bool:
    """``صحيفة X الإلكترونية - الآراء المنشورة ...``: a noun for an outlet and its name open a line, a dash follows."""
    outlet = reading.cue(first, "outlet")
    if outlet is None or outlet.offset or outlet.last >= last:
        return False
    end = next((at for at in range(outlet.last, last) if reading.speech.word(at) in _BEHIND_NAME), last)
    return 0 < end - outlet.last <= _UNLISTED_WORDS and _add(reading, segment, first, end)


def _described_name(reading: Reading, segment: Segment, first: int, last: int) -> bool:
    """``X - يومية عربية شاملة``: a few words, a dash, and what kind of outlet bears that name."""
    limit = min(last, first + _UNLISTED_WORDS + 1)
    dash = next((at for at in range(first, limit) if reading.speech.word(at) in _BEHIND_NAME), None)
    outlet = reading.cue(dash + 1, "outlet") if dash is not None else None
    if dash is None or outlet is None or not (outlet.last == last or is_adjective(reading, outlet.last)):
        return False
    return any(_add(reading, segment, *name) for name in trimmed(reading, first, dash))


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
    if reading.is_no_outlet(key):
        return False
    head = outlet or reading.source_from.get(first)
    reading.add(segment, "publisher", first, last, head.offset if head and not head.fused else 0,
                method="notice", confidence=_SURE if key else _LIKELY, key=key)  # fmt: skip
    return True
