"""Outlets nobody listed: by the noun before their name, by their marks, by who spoke to them."""

from __future__ import annotations

from typing import Final

from flows.transform.lexicon import Hit
from flows.transform.sources.crediting import is_host
from flows.transform.sources.reading import MANNER_WORDS, QUOTE_MARKS, Reading, source_key
from flows.transform.sources.reported import BARE_TO, BARRIERS, OPENERS, is_adjective, is_reported
from flows.transform.speech import COMPLEMENTIZERS, folded_words, prefix_of
from flows.values import Segment

CLOSING: Final = {
    '"': ('"',), "«": ("»",), "“": ("”",), "„": ("“", "”"), "”": ("“", "”"), "'": ("'",), "‘": ("’",), "(": (")",),
}  # fmt: skip
"""What closes each mark that opens; some are printed both ways round."""

_ALSO_OFFICES: Final = folded_words("وكالة الوكالة هيئة")  # of weather or disasters as well as of news
_LEARNING: Final = folded_words("علمت وعلمت تلقت تلقته تلقتها عليه عليها")
_NAME_WORDS: Final = 3
_QUOTED_TOKENS: Final = 8
AFTER_NAME: Final = frozenset(("،", ",", ":", ".", '"', "«", "“", "("))
_LIKELY: Final = 0.8
_GUESS: Final = 0.6


class CitedMemory:
    """The outlet named last in an article, which ``الصحيفة`` then means, and those nobody listed: first word, words."""

    __slots__ = ("key", "name", "unlisted")

    def __init__(self) -> None:
        self.key: str | None = None
        self.name: str | None = None
        self.unlisted: dict[str, int] = {}

    def keep(self, reading: Reading, first: int, last: int, key: str | None = None) -> None:
        """Remember the outlet found last, over tokens ``first:last``."""
        self.key, self.name = key, reading.found[-1].name
        if key is None:
            self.unlisted[reading.speech.word(first)] = last - first


class Search:
    """One segment being searched: its tokens ``first:last``."""

    __slots__ = ("first", "last", "memory", "reading", "segment")

    def __init__(self, reading: Reading, segment: Segment, memory: CitedMemory, first: int, last: int) -> None:
        self.reading = reading
        self.segment = segment
        self.memory = memory
        self.first = first
        self.last = last


def receives(search: Search, places: tuple[int, int, int], prefix: str, key: str | None) -> bool:
    """``قال المصدر لـ"X"``, ``علمت "X"`` on X's own page or in its copy: told so itself, an outlet cites nobody.

    Args:
        search: the segment being searched.
        places: the token of the phrase with its head, the first of the name, and the one after it.
        prefix: proclitics of the phrase.
        key: the listed source it is, if any.
    """
    reading, (begin, first, last) = search.reading, places
    at = begin
    while reading.speech.word(at - 1) in QUOTE_MARKS or reading.speech.word(at - 1) == "(":
        at -= 1
    is_told = prefix.endswith("ل") or reading.speech.word(at - 1) == BARE_TO
    learns = reading.speech.word(at - 1) in _LEARNING
    if not ((is_told or learns) and is_host(reading, None if learns else search.segment.article, first, last, key)):
        return False
    reading.taken.update(range(begin, last))
    return True


def headed(search: Search, index: int) -> int | None:
    """An outlet nobody listed: a noun for one, then a name in marks, a few words, or an adjective alone."""
    reading, segment, memory = search.reading, search.segment, search.memory
    first, last = search.first, search.last
    head = reading.cue(index, "outlet", "media")
    if head is None or head.last > last or index in reading.taken:
        return None
    is_told = head.fused or prefix_of(reading.page, head).endswith("ل")
    if is_told and reading.cue(index, "media") == head and (head.fused or _is_definite(reading, head)):
        return None  # ``وصرح للصحافة``
    begin, end = _name_after(reading, head, last)
    if end is None and reading.cue(index, "media") == head and not _is_definite(reading, head):
        begin, end = index, head.last  # ``أفادت وسائل إعلام``
    listed = [reading.source_from[at] for at in range(begin, end or begin) if at in reading.source_from]
    key = source_key(listed[0]) if listed else None
    if end is None or any(hit.first != begin for hit in listed) or reading.is_no_outlet(key):
        return None
    prefix = prefix_of(reading.page, head)
    if not is_reported(reading, (head.first, end), (first, last), prefix):
        return None
    is_named = begin > head.first
    start = begin if is_named else head.first
    if receives(search, (head.first, start, end), prefix, key):
        return end
    offset = 0 if is_named else head.offset
    reading.add(segment, "cited", start, end, offset, method="headed", confidence=_LIKELY,
                key=key)  # fmt: skip
    memory.keep(reading, start, end, key)
    reading.taken.update(range(head.first, end))
    return end


def marked(search: Search, index: int) -> int | None:
    """``وأفادت «X» نقلا عن مسؤول``, ``في حديث إلى «X»``: a name in marks that reports for another or talked to one."""
    reading = search.reading
    begin, end = _in_marks(reading, index, search.last)
    if end is None or not (reading.cue_before(index, "interview") or _reports_for_another(reading, index, end)):
        return None
    reading.add(search.segment, "cited", index + 1, end, method="marked", confidence=_LIKELY)
    search.memory.keep(reading, begin, end)
    return end


def _reports_for_another(reading: Reading, index: int, end: int) -> bool:
    return index in reading.speech.verb_to and reading.cue(end + 1, "from", "according") is not None


def told(search: Search, index: int) -> int | None:
    """``قال مصدر لـ"X" إن``: an outlet nobody listed, in marks, that somebody spoke to."""
    reading = search.reading
    begin, end = _in_marks(reading, index + 1, search.last)
    if reading.speech.word(index) != BARE_TO or end is None or begin in reading.source_from:
        return None
    mention = reading.speech.mention_from.get(begin)
    if mention and mention.kind != "organisation":
        return None
    follows = reading.speech.word(end + 1)
    goes_on = follows in COMPLEMENTIZERS or follows in AFTER_NAME or reading.is_known_time(end + 1)
    if not goes_on or not is_reported(reading, (begin, end), (search.first, search.last), BARE_TO):
        return None
    if receives(search, (begin, begin, end), BARE_TO, None):
        return end
    reading.add(search.segment, "cited", begin, end, method="told", confidence=_LIKELY)
    search.memory.keep(reading, begin, end)
    return end


def _is_definite(reading: Reading, hit: Hit) -> bool:
    return reading.speech.word(hit.last - 1).startswith("ال")


def _name_after(reading: Reading, head: Hit, last: int) -> tuple[int, int | None]:
    """Where an outlet's name stands; the head itself is the name of one called by an adjective only."""
    at = head.last
    second = reading.cue(at, "outlet")
    if second and not second.offset and second.last < last:
        at = second.last
    if at < last and reading.speech.word(at) in CLOSING:
        return _in_marks(reading, at, last)
    end = at
    while end < last and end - at < _NAME_WORDS and is_adjective(reading, end):
        end += 1
    if end > at:
        begin, marked_end = _in_marks(reading, end, last)
        return (begin, marked_end) if marked_end else (head.first, end)
    mention = reading.speech.mention_from.get(at)
    if mention and mention.kind == "organisation":
        return at, reading.speech.tokens_of(mention.start, mention.end)[1]
    return at, None if mention else _plain_name_end(reading, at, last)


def _in_marks(reading: Reading, opening: int, last: int) -> tuple[int, int | None]:
    """The tokens between a mark and the one that closes it; None for their end where there is no such name."""
    closing = CLOSING.get(reading.speech.word(opening), ())
    for end in range(opening + 1, min(last, opening + _QUOTED_TOKENS)) if closing else ():
        if reading.speech.word(end) in closing:
            return opening + 1, end if end > opening + 1 else None
    return opening, None


def _plain_name_end(reading: Reading, first: int, last: int) -> int | None:
    """``موقع ميدل إيست آي أن``: a few words nobody knows between the noun for an outlet and what it says."""
    if reading.speech.word(first - 1) in _ALSO_OFFICES:
        return None
    end = first
    while end < min(last, first + _NAME_WORDS) and _could_name(reading, end, is_first=end == first):
        end += 1 + (reading.speech.word(end + 1) == "-" and _could_name(reading, end + 2, is_first=False))
    while end < last and (is_adjective(reading, end) or reading.speech.word(end) in MANNER_WORDS):
        end += 1
    follows = reading.speech.word(end)
    is_closed = follows in COMPLEMENTIZERS or follows in AFTER_NAME or end in reading.speech.verb_from
    is_closed |= reading.cue(end, "from") is not None
    return end if end > first and is_closed else None


def _could_name(reading: Reading, token: int, *, is_first: bool) -> bool:
    word = reading.speech.word(token)
    is_known = token in reading.speech.mention_from or token in reading.speech.verb_from
    is_function = word in BARRIERS or word in COMPLEMENTIZERS or word in MANNER_WORDS or word in OPENERS
    is_office = reading.cue(token, "institution", "office") and not (is_first and not word.startswith("ال"))
    return word.isalpha() and not (is_known or is_function or is_office or reading.cue(token, "from"))
