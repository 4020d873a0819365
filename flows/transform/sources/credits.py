"""Credits: who a report or a photograph comes from, where the page says so outside its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.transform.lexicon import Hit
from flows.transform.segments.coverage import covered_place
from flows.transform.segments.cues import SegmentCue
from flows.transform.segments.shapes import is_agency_adjective
from flows.transform.sources.reading import QUOTE_MARKS, Reading, source_key
from flows.values import Segment, SourceRole

_SEPARATORS = frozenset("+،,/-&|؛;:")
_BRACKETS = {"(": ")", "[": "]"}
_LONGEST_CREDIT = 12
_NAME_WORDS = 5
_SURE, _LIKELY, _GUESS = 0.95, 0.85, 0.6


def credit_lines(reading: Reading, segments: Sequence[Segment], hop: int) -> int:
    """Origins of one article's ``المصدر: الجزيرة + وكالات`` lines; the last line is nearest to the page.

    Returns the next free hop.
    """
    for segment in reversed(segments):
        first, last = reading.tokens(segment)
        found = False
        for chunk in _chunks(reading, _after_label(reading, first, last), last):
            _add_credit(reading, segment, chunk, hop, _SURE)
            found = True
        hop += found
    return hop


def _after_label(reading: Reading, first: int, last: int) -> int:
    """The token after the label's words and its colon."""
    reach = first
    for hit in reading.page.hits_at(first):
        value = hit.entry.value
        is_label = isinstance(value, SegmentCue) and value.match == "label"
        if is_label and hit.last < last:
            reach = max(reach, hit.last)
    return reach


def _chunks(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Runs of words between separators; a listed name is never cut."""
    begin, index = first, first
    while index < last:
        hit = reading.source_from.get(index)
        word = reading.speech.word(index)
        if hit and hit.last <= last:
            index = hit.last
        elif word in _SEPARATORS or word in _BRACKETS or word in _BRACKETS.values():
            yield from _trimmed(reading, begin, index)
            begin = index = index + 1
        else:
            index += 1
    yield from _trimmed(reading, begin, last)


def _trimmed(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
    while first < last and not reading.speech.word(first).isalnum():
        first += 1
    while first < last and not reading.speech.word(last - 1).isalnum():
        last -= 1
    if first < last:
        yield first, last


def _add_credit(reading: Reading, segment: Segment, chunk: tuple[int, int], hop: int, confidence: float) -> None:
    first, last = chunk
    if last - first > _LONGEST_CREDIT or all(reading.speech.word(i).isdigit() for i in range(first, last)):
        return
    key = next((source_key(reading.source_from[i]) for i in range(first, last) if i in reading.source_from), None)
    method = "credit" if key else "credit:unlisted"
    reading.add(segment, "origin", first, last, method=method, confidence=confidence, key=key, hop=hop)


def dateline_credits(reading: Reading, segment: Segment, hop: int) -> int:
    """Agencies of a dateline, in the order they stand; returns the next free hop."""
    first, last = reading.tokens(segment)
    reach = first
    hop += segment.kind == "dateline" and _leading_origin(reading, segment, first, last, hop)
    for index in range(first, last):
        if index < reach:
            continue
        hit = reading.source_from.get(index)
        place = covered_place(reading.page, index, last)
        if place > (hit.last if hit else index):
            reach = place
        elif hit and hit.last <= last and not hit.offset and _stands_free(reading, segment, hit, first):
            reading.add(segment, "origin", index, hit.last, method="dateline", confidence=_SURE,
                        key=source_key(hit), hop=hop)  # fmt: skip
            hop += 1
        elif _is_unlisted(reading, segment, first, index):
            reading.add(segment, "origin", index, index + 1, method="dateline:unlisted", confidence=_GUESS, hop=hop)
            hop += 1
        elif (agencies := reading.cue(index, "agencies")) and agencies.last <= last:
            reading.add(segment, "origin", index, agencies.last, agencies.offset, method="dateline:unnamed",
                        confidence=_LIKELY, hop=hop)  # fmt: skip
            hop += 1
        elif reading.speech.word(index) == "(" and reading.speech.word(last - 1) in "-:":
            hop += _bracket_origin(reading, segment, index, last, hop)
    return hop


def _is_unlisted(reading: Reading, segment: Segment, first: int, index: int) -> bool:
    """``القدس- صفا-``: one word nobody listed between the place of a dateline and its last dash."""
    words = (reading.speech.word(at) for at in (index - 1, index + 1))
    is_apart = segment.kind == "dateline" and index > first + 1 and all(word == "-" for word in words)
    is_known = reading.is_known_time(index, index + 1) or reading.is_known(index, index + 1)
    is_agency = index in reading.source_from or reading.cue(index, "agencies")
    return is_apart and reading.speech.word(index).isalpha() and not is_known and not is_agency


def _stands_free(reading: Reading, segment: Segment, hit: Hit, first: int) -> bool:
    """Whether a name among writers is an agency's: not an adjective of the word before it (``للنشرة العربية``)."""
    if segment.kind != "byline" or hit.first == first:
        return not hit.fused
    is_apart = not reading.speech.word(hit.first - 1).isalnum() or reading.cue_before(hit.first, "outlet", "from")
    return not hit.fused and bool(is_apart)


def _leading_origin(reading: Reading, segment: Segment, first: int, last: int, hop: int) -> bool:
    """``وطنية - بيروت -``: one word nobody listed before the place of a dateline."""
    after = first + 2
    is_word = reading.speech.word(first).isalpha() and first not in reading.source_from
    if not is_word or reading.speech.word(first + 1) != "-" or reading.is_known(first, last):
        return False
    if covered_place(reading.page, after, last) == after or reading.cue(first, "agencies"):
        return False
    reading.add(segment, "origin", first, first + 1, method="dateline:unlisted", confidence=_GUESS, hop=hop)
    return True


def _bracket_origin(reading: Reading, segment: Segment, opening: int, last: int, hop: int) -> bool:
    """``(وكالة الأنباء الأمريكية)``: an agency nobody listed under that name."""
    closing = next((i for i in range(opening + 1, min(last, opening + _LONGEST_CREDIT)) if
                    reading.speech.word(i) == ")"), None)  # fmt: skip
    if closing is None or closing == opening + 1:
        return False
    inner = range(opening + 1, closing)
    if any(i in reading.source_from or i in reading.taken for i in inner) or reading.is_known(opening + 1, closing):
        return False
    if not any(reading.speech.word(i).isalpha() for i in inner):
        return False
    reading.add(segment, "origin", opening + 1, closing, method="dateline:unlisted", confidence=_LIKELY, hop=hop)
    return True


def edge_credits(reading: Reading, segment: Segment, hop: int) -> int:
    """``(رويترز)`` at the foot of a paragraph: an agency's signature. Returns the next free hop."""
    first, last = reading.tokens(segment)
    if last - first < 3 or reading.speech.word(last - 1) not in _BRACKETS.values():  # noqa: PLR2004 - ( name )
        return hop
    opening = next((i for i in range(last - 2, max(first, last - _LONGEST_CREDIT) - 1, -1)
                    if reading.speech.word(i) in _BRACKETS), None)  # fmt: skip
    if opening is None:
        return hop
    chunks = list(_chunks(reading, opening + 1, last - 1))
    if not chunks or not all(i in reading.source_from for i, _ in chunks):
        return hop
    for chunk in chunks:
        _add_credit(reading, segment, chunk, hop, _LIKELY)
    return hop + 1


def photo_credits(reading: Reading, segment: Segment) -> None:
    """Credits of a caption: bracketed ones whole, else what follows a word for photo, else a bare agency name."""
    first, last = reading.tokens(segment)
    role: SourceRole = "photo_credit"
    count = len(reading.found)
    for opening, closing in _brackets(reading, first, last):
        inner = range(opening + 1, closing)
        latin = is_agency_adjective(reading.page, opening, last) or any(_is_latin(reading, i) for i in inner)
        known = any(i in reading.source_from for i in inner) or (
            any(reading.cue(i, "photo", "photographer") for i in inner) and _names_more(reading, opening + 1, closing)
        )
        for begin, end in _trimmed(reading, opening + 1, closing) if latin or known else ():
            begin = _after_photo_label(reading, begin, end)  # noqa: PLW2901 - the label goes, the name stays
            key = next(
                (source_key(reading.source_from[i]) for i in range(begin, end) if i in reading.source_from), None
            )
            reading.add(segment, role, begin, end, method="caption", confidence=_SURE if known else _GUESS, key=key)
    if len(reading.found) == count:
        _bare_photo_credit(reading, segment, first, last)


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


def _bare_photo_credit(reading: Reading, segment: Segment, first: int, last: int) -> None:
    for index in range(first, last):
        label = reading.cue(index, "photographer")
        if label and label.last < last:
            for begin, end in list(_chunks(reading, label.last, last))[:1]:
                if end - begin <= _NAME_WORDS:
                    key = next((source_key(reading.source_from[i]) for i in range(begin, end)
                                if i in reading.source_from), None)  # fmt: skip
                    reading.add(segment, "photo_credit", begin, end, method="caption", confidence=_LIKELY, key=key)
            return
    for index in range(first, last):
        hit = reading.source_from.get(index)
        if hit and hit.last >= last - 1 and not hit.offset:
            begin = index
            while begin > first and (_is_latin(reading, begin - 1) or reading.speech.word(begin - 1) == "/"):
                begin -= 1
            begin += not _is_latin(reading, begin) and begin < index
            reading.add(segment, "photo_credit", begin, hit.last, method="caption", confidence=_GUESS,
                        key=source_key(hit))  # fmt: skip


def _brackets(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
    opening: int | None = None
    for index in range(first, last):
        word = reading.speech.word(index)
        if word in _BRACKETS:
            opening = index
        elif word in _BRACKETS.values() and opening is not None:
            if index - opening <= _LONGEST_CREDIT + 1:
                yield opening, index
            opening = None


def disclaimers(reading: Reading, segment: Segment) -> None:
    """``يتم توفير المقال من قبل مزود محتوى خارجي``: the page says whose copy it prints."""
    first, last = reading.tokens(segment)
    for index in range(first, last):
        provided = reading.cue(index, "provided")
        if not provided or provided.last >= last:
            continue
        at = provided.last
        while at < last and reading.speech.word(at) in QUOTE_MARKS | {":"}:
            at += 1
        hit = reading.cue(at, "provider") or reading.source_from.get(at)
        if hit and hit.last <= last:
            reading.add(segment, "origin", at, hit.last, hit.offset, method="disclaimer", confidence=_LIKELY,
                        key=source_key(hit))  # fmt: skip
        elif _is_latin(reading, at):
            reading.add(segment, "origin", at, at + 1, method="disclaimer:unlisted", confidence=_GUESS)
