"""The agencies of datelines and bylines: ``القاهرة (رويترز) -``, ``القدس- صفا-``, ``وطنية - بيروت -``."""

from __future__ import annotations

from typing import Final

from flows.transform.segments.coverage import covered_place
from flows.transform.sources.chunks import LONGEST_CREDIT
from flows.transform.sources.crediting import OWN_REPORT, add_credit, is_writer
from flows.transform.sources.reading import Reading, source_key
from flows.transform.speech import folded_words
from flows.values import Segment

_RUN_WORDS: Final = 3
_OUTLET_WORDS: Final = folded_words(
    "نيوز اليوم الآن نت أونلاين أون برس ميديا الإخبارية الإخباري تلفزيون قناة موقع صحيفة وكالة أخبار منصة شبكة بوابة"
    " جريدة مجلة إذاعة راديو تايمز بوست سبورت صوت صدى نبض عين بلادي news"
)
_SURE: Final = 0.95
_LIKELY: Final = 0.85
_GUESS: Final = 0.6


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
            hop += reading.found[-1].role == "origin"
    return hop


def _origin_at(reading: Reading, segment: Segment, index: int, bounds: tuple[int, int], hop: int) -> int | None:
    """The end of the agency that begins in a token of a dateline or byline, kept as an origin; None if none does."""
    first, last = bounds
    hit = reading.source_from.get(index)
    is_degree = hit is not None and reading.speech.word(hit.last) == "°"  # ``القاهرة 24°`` is the weather
    if hit and hit.last <= last and not hit.offset and not is_degree and _stands_free(reading, segment, index, first):
        add_credit(reading, segment, index, hit.last, method="dateline", confidence=_SURE, key=source_key(hit), hop=hop)
        return hit.last
    agencies = reading.cue(index, "agencies")
    if agencies and agencies.last <= last:
        reading.add(segment, "origin", index, agencies.last, agencies.offset, method="dateline:unnamed",
                    confidence=_LIKELY, hop=hop)  # fmt: skip
        return agencies.last
    if segment.kind == "dateline" and index > first + 1 and reading.speech.word(index - 1) == "-":
        end = unlisted_run(reading, index, last)
        if end:
            add_credit(reading, segment, index, end, method="dateline:unlisted", confidence=_GUESS, key=None, hop=hop)
            return end
    if reading.speech.word(index) == "(" and reading.speech.word(last - 1) in "-:)":
        return _bracket_origin(reading, segment, index, last, hop)
    return None


def unlisted_run(reading: Reading, first: int, last: int) -> int | None:
    """``القدس- صفا-``, ``القاهرة - شمس نيوز``: the end of a name nobody listed behind a dateline's dash.

    One word needs a dash behind it too, several a word that outlets are called by: a reporter stands there as well.
    """
    end = first
    if reading.speech.word(first + 1) in _OUTLET_WORDS and first not in reading.source_from:
        end = first + 1  # ``عدن بوست``: a place that an outlet is called by
    is_outlet = reading.speech.word(first) in _OUTLET_WORDS or end > first
    while end < min(last, first + _RUN_WORDS) and reading.speech.word(end).isalpha():
        if not (_is_unlisted(reading, end) or (is_outlet and end > first)):
            break
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
    is_outlet = reading.speech.word(first + 1) in _OUTLET_WORDS
    if (is_writer(reading, first) and not is_outlet) or reading.cue(first, "agencies"):
        return False
    end = unlisted_run(reading, first, last)
    if end is None or reading.speech.word(end) != "-":
        return False
    is_alone = (end + 1 == last and last in reading.speech.verb_from) or reading.speech.word(end + 1) in OWN_REPORT
    if not is_alone and (end > first + 1 or covered_place(reading.page, end + 1, last) == end + 1):
        return False
    return add_credit(reading, segment, first, end, method="dateline:unlisted", confidence=_GUESS, key=None, hop=hop)


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
    add_credit(
        reading, segment, opening + 1, closing, method="dateline:unlisted", confidence=_LIKELY, key=None, hop=hop
    )
    return closing
