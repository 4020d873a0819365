"""Who made a photograph, as its caption says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flows.transform.segments.shapes import is_agency_adjective
from flows.transform.sources.chunks import BRACKETS, LONGEST_CREDIT, chunks, trimmed
from flows.transform.sources.reading import Reading, source_key
from flows.values import Segment

_NAME_WORDS: Final = 5
_LISTED_REACH: Final = 3
_RIGHTS: Final = "©"
_SURE: Final = 0.95
_LIKELY: Final = 0.85
_GUESS: Final = 0.6


def photo_credits(reading: Reading, segment: Segment) -> None:
    """Credits of a caption: bracketed ones whole, else what follows words for a photo, else a bare agency name."""
    first, last = reading.tokens(segment)
    if not any(find(reading, segment, first, last) for find in (_bracketed, _labelled, _signed)):
        _bare(reading, segment, first, last)


def _signed(reading: Reading, segment: Segment, first: int, last: int) -> bool:
    """``... في المدينة. © Sputnik . Gavriil Grigorov``: all that stands behind the sign."""
    sign = next((at for at in range(last - 1, first - 1, -1) if reading.speech.word(at) == _RIGHTS), None)
    if sign is None:
        return False
    end = sign + 1
    while end < last and (_is_latin(reading, end) or not reading.speech.word(end).isalpha()):
        end += 1
    end = end if sign == first and end > sign + 1 else last  # ``© WFP نازحون ...``: the words behind it are the scene
    names = list(trimmed(reading, sign + 1, end)) if end - sign <= LONGEST_CREDIT else []
    for name in names:
        _credit(reading, segment, *name, _LIKELY)
    return bool(names)


def _bracketed(reading: Reading, segment: Segment, first: int, last: int) -> bool:
    """``(AP Photo/Fatima Shbair)``, ``(رويترز)``, ``(تصوير: فلان)``."""
    count = len(reading.found)
    for opening, closing in _brackets(reading, first, last):
        inner = range(opening + 1, closing)
        latin = is_agency_adjective(reading.page, opening, last) or any(_is_latin(reading, i) for i in inner)
        known = any(i in reading.source_from for i in inner) or (
            any(reading.cue(i, "photo", "photographer") for i in inner) and _names_more(reading, opening + 1, closing)
        )
        for begin, end in trimmed(reading, opening + 1, closing) if latin or known else ():
            _credit(reading, segment, _after_photo_label(reading, begin, end), end, _SURE if known else _GUESS)
    return len(reading.found) > count


def _brackets(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
    opening: int | None = None
    for index in range(first, last):
        word = reading.speech.word(index)
        if word in BRACKETS:
            opening = index
        elif word in BRACKETS.values() and opening is not None:
            if index - opening <= LONGEST_CREDIT + 1:
                yield opening, index
            opening = None


def _is_latin(reading: Reading, token: int) -> bool:
    return "a" <= reading.speech.word(token)[:1] <= "z"


def _names_more(reading: Reading, first: int, last: int) -> bool:
    """Whether more than words for a photograph stand in a bracket (``صورة أرشيفية`` names nobody)."""
    at = first
    while at < last:
        cue = reading.cue(at, "photo", "photographer")
        if cue is None and reading.speech.word(at).isalpha():
            return True
        at = cue.last if cue else at + 1
    return False


def _after_photo_label(reading: Reading, first: int, last: int) -> int:
    """``تصوير: فلان``: the name after the label."""
    label = reading.cue(first, "photographer")
    if label and label.last < last - 1 and reading.speech.word(label.last) == ":":
        return label.last + 1
    return first


def _labelled(reading: Reading, segment: Segment, first: int, last: int) -> bool:
    """``تصوير فلان - صورة من رويترز``: the short name behind each label."""
    count, reach = len(reading.found), first
    for index in range(first, last):
        label = reading.cue(index, "photographer") if index >= reach else None
        name = _name_behind(reading, label.last, last) if label else None
        is_name = name is not None and not reading.speech.word(name[0]).startswith("ال")  # ``تصوير الفيديو``
        if name and is_name and name[1] - name[0] <= _NAME_WORDS:
            _credit(reading, segment, *name, _LIKELY)
            reach = name[1]
    return len(reading.found) > count


def _name_behind(reading: Reading, token: int, last: int) -> tuple[int, int] | None:
    """``صورة من أرشيف رويترز بتاريخ ...``: a listed name a word or two behind a label, else the words up to a mark."""
    near = range(token, min(last, token + _LISTED_REACH))
    at = next((at for at in near if at in reading.source_from), None)
    return next(chunks(reading, token, last), None) if at is None else (at, reading.source_from[at].last)


def _bare(reading: Reading, segment: Segment, first: int, last: int) -> None:
    """``... في القاهرة. رويترز``: an agency that ends the caption, with the Latin name before it."""
    for index in range(first, last):
        hit = reading.source_from.get(index)
        if hit and hit.last >= last - 1 and not hit.offset:
            begin = index
            while begin > first and (_is_latin(reading, begin - 1) or reading.speech.word(begin - 1) == "/"):
                begin -= 1
            begin += not _is_latin(reading, begin) and begin < index
            _credit(reading, segment, begin, hit.last, _GUESS)


def _credit(reading: Reading, segment: Segment, first: int, last: int, confidence: float) -> None:
    named = (source_key(reading.source_from[i]) for i in range(first, last) if i in reading.source_from)
    reading.add(segment, "photo_credit", first, last, method="caption", confidence=confidence, key=next(named, None))
