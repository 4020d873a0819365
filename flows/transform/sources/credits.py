"""Credits: who a report comes from, where the page says so outside its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flows.text.places import within
from flows.transform.segments.coverage import covered_place
from flows.transform.segments.cues import SegmentCue
from flows.transform.sources.chunks import BRACKETS, LONGEST_CREDIT, chunks
from flows.transform.sources.crediting import OWN_REPORT, add_credit, is_writer
from flows.transform.sources.cues import SourceName
from flows.transform.sources.datelines import unlisted_run
from flows.transform.sources.reading import QUOTE_MARKS, Reading, source_key
from flows.transform.speech import folded_words
from flows.values import Segment

_CREDIT_LINE: Final = 14
_SIGNATURE_WORDS: Final = 8
_RUN_WORDS: Final = 3
_LABELS: Final = folded_words("المصدر مصدر المصادر")
_DASHES: Final = frozenset("-/")
_SURE: Final = 0.95
_LIKELY: Final = 0.85
_GUESS: Final = 0.6


def credit_lines(reading: Reading, segments: Sequence[Segment], title_start: int, hop: int) -> int:
    """Origins of one article's ``المصدر: الجزيرة + وكالات`` lines; the last line is nearest to the page.

    What a line has ``نقلا عن`` another stands one hop further. One outlet alone in a line above the title is whose page
    it is. Returns the next free hop.
    """
    for segment in reversed(segments):
        first, last = reading.tokens(segment)
        begin, found = _after_label(reading, first, last), False
        names = list(chunks(reading, begin, last))
        keys = {source_key(reading.source_from[name[0]]) for name in names if name[0] in reading.source_from}
        is_above = segment.start < title_start and begin == first and len(keys) == 1
        if is_above and not _is_sure(reading, names):
            continue
        if is_above and reading.cue(first, "agencies") is None:
            reading.add(segment, "publisher", names[0][0], names[-1][1], method="masthead", confidence=_LIKELY,
                        key=keys.pop())  # fmt: skip
            continue
        for name in names if len(names) == 1 else _outlets(reading, names):
            if last - first <= _CREDIT_LINE or name[0] in reading.source_from:  # a sentence only names listed ones
                hop += found and reading.cue_before(name[0], "from", "according") is not None
                found |= _add_credit(reading, segment, name, hop, _SURE, is_labelled=begin > first)
        hop += found
    return hop


def _is_sure(reading: Reading, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a line above the title names an outlet beyond doubt: ``الشرق الأوسط`` is a section of many sites."""
    values = (hit.entry.value for first, _ in names if (hit := reading.source_from.get(first)))
    return any(isinstance(value, SourceName) and not value.credit_only for value in values)


def _outlets(reading: Reading, names: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names without the places and writers among them: ``وكالات - أبوظبي``, ``المصدر: محمد فودة - دبي``."""
    return [
        name
        for name in names
        if covered_place(reading.page, *name) < name[1]
        and (name[0] in reading.source_from or not is_writer(reading, name[0]))
    ]


def _after_label(reading: Reading, first: int, last: int) -> int:
    """The token after the label's words and its colon; ``وكالات -`` is a credit itself."""
    reach = first
    for hit in () if reading.cue(first, "agencies") else reading.page.hits_at(first):
        value = hit.entry.value
        is_label = isinstance(value, SegmentCue) and value.match == "label"
        if is_label and hit.last <= last:
            reach = max(reach, hit.last)
    return reach


def _add_credit(
    reading: Reading, segment: Segment, name: tuple[int, int], hop: int, confidence: float, *, is_labelled: bool = False
) -> bool:
    """Keep one name of a credit; a label (``المصدر:``) makes it an origin. Returns whether an origin was kept."""
    first, last = name
    words = [word for word in map(reading.speech.word, range(first, last)) if word.isalpha()]
    if last - first > LONGEST_CREDIT or not words or OWN_REPORT.issuperset(words):
        return False
    key = next((source_key(reading.source_from[i]) for i in range(first, last) if i in reading.source_from), None)
    if key is None and all(len(word) == 1 for word in words):
        return False  # ``ع.ح``: who edited it
    method = "credit" if key else "credit:unlisted"
    if not is_labelled:
        return add_credit(reading, segment, first, last, method=method, confidence=confidence, key=key, hop=hop)
    reading.add(segment, "origin", first, last, method=method, confidence=confidence, key=key, hop=hop)
    return True


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
    end = hit.last if hit else unlisted_run(reading, dash + 1, last)
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
    if len(names) != 1 or is_writer(reading, names[0][0]):
        return False
    begin, end = names[0]
    words = [reading.speech.word(at) for at in range(begin, end)]
    is_agency = words[0].startswith("ال") and words[0].endswith("يه") and begin in reading.demonyms
    is_bracketed = begin > first and end - begin < _RUN_WORDS and all(word.isalpha() for word in words)
    return (is_agency and last - first == 1) or (is_bracketed and not reading.is_known(begin, end))


def labelled_origin(reading: Reading, segment: Segment, places: list[int], hop: int) -> int:
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
    could_be = all(last - first <= _RUN_WORDS and not is_writer(reading, first) for first, last in names)
    return bool(outlets and all(outlets)) or (is_alone and could_be and any(outlets))


def _is_outlet(reading: Reading, first: int, last: int) -> bool:
    """A listed outlet that fills the name, agencies nobody names, or a noun for an outlet and one or two words."""
    listed = reading.source_from.get(first) or reading.cue(first, "agencies")
    if listed:
        return listed.last >= last
    head = reading.cue(first, "outlet")
    return head is not None and not head.offset and head.last < last <= head.last + 2
