"""Credits: who a report comes from, where the page says so outside its sentences."""

from __future__ import annotations

from collections.abc import Sequence

from flows.transform.segments.coverage import covered_place
from flows.transform.segments.cues import SegmentCue
from flows.transform.sources.chunks import BRACKETS, LONGEST_CREDIT, chunks
from flows.transform.sources.reading import QUOTE_MARKS, Reading, source_key, within
from flows.transform.speech import folded_words
from flows.values import Segment

_CREDIT_LINE = 14
_SIGNATURE_WORDS = 8
_RUN_WORDS = 3
_OUTLET_WORDS = folded_words(
    "نيوز اليوم الآن نت أونلاين أون برس ميديا الإخبارية الإخباري تلفزيون قناة موقع صحيفة وكالة أخبار منصة شبكة بوابة"
    " جريدة مجلة إذاعة راديو تايمز بوست سبورت صوت صدى نبض عين بلادي news"
)
_LABELS = folded_words("المصدر مصدر المصادر")
_DASHES = frozenset("-/")
_SURE, _LIKELY, _GUESS = 0.95, 0.85, 0.6


def credit_lines(reading: Reading, segments: Sequence[Segment], hop: int) -> int:
    """Origins of one article's ``المصدر: الجزيرة + وكالات`` lines; the last line is nearest to the page.

    Returns the next free hop.
    """
    for segment in reversed(segments):
        first, last = reading.tokens(segment)
        found = False
        for chunk in chunks(reading, _after_label(reading, first, last), last):
            if last - first <= _CREDIT_LINE or chunk[0] in reading.source_from:  # a sentence only names listed ones
                _add_credit(reading, segment, chunk, hop, _SURE)
                found = True
        hop += found
    return hop


def _after_label(reading: Reading, first: int, last: int) -> int:
    """The token after the label's words and its colon; ``وكالات -`` is a credit itself."""
    reach = first
    for hit in () if reading.cue(first, "agencies") else reading.page.hits_at(first):
        value = hit.entry.value
        is_label = isinstance(value, SegmentCue) and value.match == "label"
        if is_label and hit.last <= last:
            reach = max(reach, hit.last)
    return reach


def _add_credit(reading: Reading, segment: Segment, chunk: tuple[int, int], hop: int, confidence: float) -> None:
    first, last = chunk
    if last - first > LONGEST_CREDIT or all(reading.speech.word(i).isdigit() for i in range(first, last)):
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
        if index < reach or reading.speech.word(index).isdigit():
            continue
        place = covered_place(reading.page, index, last)
        hit = reading.source_from.get(index)
        if place > (hit.last if hit else index):
            reach = place
        elif end := _origin_at(reading, segment, index, (first, last), hop):
            reach = end
            hop += 1
    return hop


def _origin_at(reading: Reading, segment: Segment, index: int, bounds: tuple[int, int], hop: int) -> int | None:
    """The end of the agency that begins in a token of a dateline or byline, kept as an origin; None if none does."""
    first, last = bounds
    hit = reading.source_from.get(index)
    is_degree = hit is not None and reading.speech.word(hit.last) == "°"  # ``القاهرة 24°`` is the weather
    if hit and hit.last <= last and not hit.offset and not is_degree and _stands_free(reading, segment, index, first):
        reading.add(segment, "origin", index, hit.last, method="dateline", confidence=_SURE, key=source_key(hit),
                    hop=hop)  # fmt: skip
        return hit.last
    agencies = reading.cue(index, "agencies")
    if agencies and agencies.last <= last:
        reading.add(segment, "origin", index, agencies.last, agencies.offset, method="dateline:unnamed",
                    confidence=_LIKELY, hop=hop)  # fmt: skip
        return agencies.last
    if segment.kind == "dateline" and index > first + 1 and reading.speech.word(index - 1) == "-":
        end = _unlisted_run(reading, index, last)
        if end:
            reading.add(segment, "origin", index, end, method="dateline:unlisted", confidence=_GUESS, hop=hop)
            return end
    if reading.speech.word(index) == "(" and reading.speech.word(last - 1) in "-:":
        return _bracket_origin(reading, segment, index, last, hop)
    return None


def _unlisted_run(reading: Reading, first: int, last: int) -> int | None:
    """``القدس- صفا-``, ``القاهرة - شمس نيوز``: the end of a name nobody listed behind a dateline's dash.

    One word needs a dash behind it too, several a word that outlets are called by: a reporter stands there as well.
    """
    end = first
    is_outlet = reading.speech.word(first) in _OUTLET_WORDS
    while end < min(last, first + _RUN_WORDS) and (_is_unlisted(reading, end) or (is_outlet and end > first)):
        end += 1
    is_closed = end == last or reading.speech.word(end) in "-:"
    is_outlet = any(reading.speech.word(at) in _OUTLET_WORDS for at in range(first, end))
    is_word = end == first + 1 and end < last
    return end if end > first and is_closed and (is_outlet or is_word) else None


def _is_unlisted(reading: Reading, token: int) -> bool:
    if token in reading.source_from or not reading.speech.word(token).isalpha():
        return False
    is_known = reading.is_known_time(token) or reading.is_known(token, token + 1)
    return reading.speech.word(token) in _OUTLET_WORDS or not is_known


def _stands_free(reading: Reading, segment: Segment, index: int, first: int) -> bool:
    """Whether a name among writers is an agency's: not an adjective of the word before it (``للنشرة العربية``)."""
    is_fused = reading.source_from[index].fused
    if segment.kind != "byline" or index == first:
        return not is_fused
    is_apart = not reading.speech.word(index - 1).isalnum() or reading.cue_before(index, "outlet", "from")
    return not is_fused and bool(is_apart)


def _leading_origin(reading: Reading, segment: Segment, first: int, last: int, hop: int) -> bool:
    """``وطنية - بيروت -``, ``سودافاكس –``: a name nobody listed before the place of a dateline, or alone in it."""
    if _is_writer(reading, first) or reading.cue(first, "agencies"):
        return False
    end = _unlisted_run(reading, first, last)
    if end is None or reading.speech.word(end) != "-":
        return False
    is_alone = end + 1 == last and last in reading.speech.verb_from
    if not is_alone and (end > first + 1 or covered_place(reading.page, end + 1, last) == end + 1):
        return False
    reading.add(segment, "origin", first, end, method="dateline:unlisted", confidence=_GUESS, hop=hop)
    return True


def _bracket_origin(reading: Reading, segment: Segment, opening: int, last: int, hop: int) -> int | None:
    """``(وكالة الأنباء الأمريكية)``: an agency nobody listed under that name."""
    closing = next((i for i in range(opening + 1, min(last, opening + LONGEST_CREDIT)) if
                    reading.speech.word(i) == ")"), None)  # fmt: skip
    if closing is None or closing == opening + 1:
        return None
    inner = range(opening + 1, closing)
    if any(i in reading.source_from or i in reading.taken for i in inner) or reading.is_known(opening + 1, closing):
        return None
    if not any(reading.speech.word(i).isalpha() for i in inner):
        return None
    reading.add(segment, "origin", opening + 1, closing, method="dateline:unlisted", confidence=_LIKELY, hop=hop)
    return closing


def lead_credit(reading: Reading, segment: Segment, hop: int) -> int:
    """``سوريا-الكوثر: أكدت ...``, ``غزة / محمد ماجد / الأناضول``: an outlet between a place and the text."""
    first, last = reading.tokens(segment)
    dash = covered_place(reading.page, first, last)
    if dash == first or reading.speech.word(dash) not in _DASHES:
        return hop
    if last - first <= _SIGNATURE_WORDS and reading.speech.word(dash) == "/":
        names = [chunk for chunk in chunks(reading, dash, last) if _is_outlet(reading, *chunk)]
        for chunk in names:
            _add_credit(reading, segment, chunk, hop, _SURE)
        return hop + bool(names)
    hit = reading.source_from.get(dash + 1)
    end = hit.last if hit else _unlisted_run(reading, dash + 1, last)
    if end is None or not (end == last or reading.speech.word(end) in "-:" or end in reading.speech.verb_from):
        return hop
    reading.add(segment, "origin", dash + 1, end, method="dateline", confidence=_LIKELY if hit else _GUESS,
                key=source_key(hit) if hit else None, hop=hop)  # fmt: skip
    return hop + 1


def signature(reading: Reading, segment: Segment, hop: int) -> int:
    """``(رويترز)`` at the foot of a paragraph, ``زمان الوصل - وكالات`` alone in a line. Returns the next free hop."""
    first, last = reading.tokens(segment)
    if reading.speech.word(last - 1) in BRACKETS.values():
        opening = next((i for i in range(last - 2, max(first, last - LONGEST_CREDIT) - 1, -1)
                        if reading.speech.word(i) in BRACKETS), None)  # fmt: skip
        if opening is None:
            return hop
        names, is_alone = list(chunks(reading, opening + 1, last - 1)), opening == first
    elif last - first <= _SIGNATURE_WORDS and not any(_is_sentence_mark(reading, at) for at in range(first, last)):
        names, is_alone = list(chunks(reading, first, last)), True
    else:
        return hop
    signs = _sign(reading, names, is_alone=is_alone) or (is_alone and _is_mark(reading, names, first, last))
    if not signs:
        return hop
    for chunk in names:
        _add_credit(reading, segment, chunk, hop, _LIKELY)
    return hop + 1


def _is_mark(reading: Reading, names: Sequence[tuple[int, int]], first: int, last: int) -> bool:
    """``(اللواء)``, ``الفرنسية``: a word or two in brackets, or an agency called by its country, and nothing else."""
    if len(names) != 1 or _is_writer(reading, names[0][0]):
        return False
    begin, end = names[0]
    words = [reading.speech.word(at) for at in range(begin, end)]
    is_agency = words[0].startswith("ال") and words[0].endswith("يه") and begin in reading.demonyms
    is_bracketed = begin > first and end - begin < _RUN_WORDS and all(word.isalpha() for word in words)
    return (is_agency and last - first == 1) or (is_bracketed and not reading.is_known(begin, end))


def labelled_origin(reading: Reading, segment: Segment, places: Sequence[int], hop: int) -> int:
    """``... المصدر: "رويترز"``: a label within a paragraph, in some of ``places``. Returns the next free hop."""
    first, last = reading.tokens(segment)
    for index in within(places, first, last):
        if reading.speech.word(index) not in _LABELS or reading.speech.word(index + 1) != ":":
            continue
        at = index + 2
        while at < last and reading.speech.word(at) in QUOTE_MARKS:
            at += 1
        hit = reading.source_from.get(at)
        if hit and hit.last <= last:
            reading.add(segment, "origin", at, hit.last, method="credit", confidence=_LIKELY, key=source_key(hit),
                        hop=hop)  # fmt: skip
            return hop + 1
    return hop


def _is_sentence_mark(reading: Reading, token: int) -> bool:
    return token in reading.speech.sentence_ends or reading.speech.word(token) == ":"


def _sign(reading: Reading, names: Sequence[tuple[int, int]], *, is_alone: bool) -> bool:
    """Whether names sign a text: all of them are outlets, or one of several in a line of their own is."""
    outlets = [_is_outlet(reading, *name) for name in names]
    could_be = all(last - first <= _RUN_WORDS and not _is_writer(reading, first) for first, last in names)
    return bool(outlets and all(outlets)) or (is_alone and could_be and any(outlets))


def _is_writer(reading: Reading, token: int) -> bool:
    """Whether a verb or a person begins in a token: then the line is a sentence or a byline."""
    if token in reading.speech.verb_from or token in reading.speech.mention_from or token in reading.head_from:
        return True
    return any(hit.entry.category == "given_name" for hit in reading.page.hits_at(token))


def _is_outlet(reading: Reading, first: int, last: int) -> bool:
    """A listed outlet that fills the name, agencies nobody names, or a noun for an outlet and one or two words."""
    listed = reading.source_from.get(first) or reading.cue(first, "agencies")
    if listed:
        return listed.last >= last
    head = reading.cue(first, "outlet")
    return head is not None and not head.offset and head.last < last <= head.last + 2
