"""Outlets an article cites: ``نقلت صحيفة X عن``, ``أفاد موقع X``, ``وفق ما نقلت إذاعة X``, ``قال لوكالة X``."""

from __future__ import annotations

from typing import Final

from flows.text.places import within
from flows.transform.lexicon import Hit
from flows.transform.sources.reading import QUOTE_MARKS, Reading, source_key
from flows.transform.sources.reported import BARE_TO, is_reported
from flows.transform.sources.unlisted import AFTER_NAME, CLOSING, Search, headed, marked, receives, told
from flows.transform.speech import COMPLEMENTIZERS, prefix_of

_OPENING: Final = QUOTE_MARKS | {"("}
_BEFORE_JOINT: Final = 2
_SURE: Final = 0.95
_ANAPHOR: Final = 0.7


def cited_sources(search: Search, places: list[int]) -> None:
    """Find the outlets one segment cites, in order; they begin in some of ``places``."""
    reach = search.first
    for index in within(places, search.first, search.last):
        if index >= reach:
            reach = (
                _listed(search, index)
                or headed(search, index)
                or marked(search, index)
                or told(search, index)
                or _again(search, index)
                or _anaphor(search, index)
                or reach
            )


def cited_places(reading: Reading) -> list[int]:
    """Where an outlet can begin on a page: a listed name, a noun for one, marks behind a verb, a cue or ``لـ``."""
    speech, words = reading.speech, reading.page.tokens.words
    places = set(reading.source_from)
    places.update(reading.cue_tokens("outlet", "media", "anaphor"))
    led_to = [*speech.verb_to, *reading.cue_ends("according", "from", "interview")]
    places.update([token for token in led_to if speech.word(token) in CLOSING])
    marks = reading.page.tokens.marks
    places.update([mark - 1 for mark in marks if words[mark - 1] == BARE_TO and words[mark] in CLOSING])
    return sorted(places)


def _listed(search: Search, index: int) -> int | None:
    """A listed outlet where a verb or cue makes it speak."""
    reading, segment, memory = search.reading, search.segment, search.memory
    first, last = search.first, search.last
    hit = reading.source_from.get(index)
    if hit is None or hit.last > last:
        return None
    key = source_key(hit)
    listed = reading.cues.by_key.get(key or "")
    if listed is None or reading.is_no_outlet(key):
        return None
    head = _head_before(reading, index, first)
    if head is None and _is_credit_word(hit) and not (_is_in_marks(reading, hit) or _is_told(reading, hit)):
        return None
    begin = head.first if head else index
    name, end = _without_head(reading, hit), _end_of_both(reading, hit, last)
    if not _joins(reading, begin) and not is_reported(
        reading, (begin, hit.last), (first, last), _prefix(reading, head or hit)
    ):
        return None
    if receives(search, (begin, name.first, end), _prefix(reading, head or hit), key):
        return end
    reading.add(segment, "cited", name.first, end, name.offset, method="listed", confidence=_SURE, key=key)
    memory.key, memory.name = key, reading.found[-1].name
    return end


def _is_told(reading: Reading, hit: Hit) -> bool:
    """``وقال فلان للأناضول: ...``: where ل and what follows show that a common word is the name of an outlet."""
    follows = reading.speech.word(hit.last)
    return _prefix(reading, hit).endswith("ل") and (follows in AFTER_NAME or follows in COMPLEMENTIZERS)


def _end_of_both(reading: Reading, hit: Hit, last: int) -> int:
    """``وكالة الأنباء السورية "سانا"``, ``بلومبرغ Bloomberg``: the token after both names of one outlet."""
    opening = reading.speech.word(hit.last)
    again = reading.source_from.get(hit.last + (opening in CLOSING))
    if again is None or again.last >= last or source_key(again) != source_key(hit):
        return hit.last
    return again.last + (reading.speech.word(again.last) in CLOSING.get(opening, ()))


def _prefix(reading: Reading, hit: Hit) -> str:
    """The proclitics of a name; fused لل is ل."""
    return "ل" if hit.fused else prefix_of(reading.page, hit)


def _joins(reading: Reading, token: int) -> bool:
    """``عن رويترز وبلومبرغ``: joined to an outlet just before."""
    if reading.speech.word(token - 1) == "و":
        return token - _BEFORE_JOINT in reading.taken
    return token - 1 in reading.taken and reading.speech.word(token).startswith("و")


def _without_head(reading: Reading, hit: Hit) -> Hit:
    """``واشنطن بوست`` of ``صحيفة واشنطن بوست``, where both are names of the same source."""
    head = reading.cue(hit.first, "outlet")
    for inner in reading.page.hits_at(head.last) if head else ():
        if inner.last == hit.last and not inner.offset and source_key(inner) == source_key(hit):
            return inner
    return hit


def _is_credit_word(hit: Hit) -> bool:
    return bool(getattr(hit.entry.value, "credit_only", False))


def _head_before(reading: Reading, index: int, first: int) -> Hit | None:
    """``صحيفة "X"``: the noun that introduces an outlet."""
    at = index
    while at > first and reading.speech.word(at - 1) in _OPENING:
        at -= 1
    head = reading.cue_before(at, "outlet", "reporter")
    return head if head and head.first >= first else None


def _is_in_marks(reading: Reading, hit: Hit) -> bool:
    """``«الشرق الأوسط»``: marks make a name of words that are common otherwise."""
    return reading.speech.word(hit.first - 1) in QUOTE_MARKS and reading.speech.word(hit.last) in QUOTE_MARKS


def _again(search: Search, index: int) -> int | None:
    """``وبحسب «X»``: an outlet in marks that nobody listed, named before in the article."""
    reading, memory = search.reading, search.memory
    end = memory.unlisted.get(reading.speech.word(index + 1)) if reading.speech.word(index) in CLOSING else None
    if end is None or reading.speech.word(index + 1 + end) not in CLOSING[reading.speech.word(index)]:
        return None
    begin, end = index + 1, index + 1 + end
    if begin in reading.taken or not is_reported(reading, (index, end), (search.first, search.last), ""):
        return None
    if receives(search, (begin, begin, end), "", None):
        return end
    reading.add(search.segment, "cited", begin, end, method="again", confidence=_SURE)
    memory.key, memory.name = None, reading.found[-1].name
    return end


def _goes_on(reading: Reading, token: int) -> bool:
    """``الوكالة الوطنية لإدارة الكوارث``: whether a name follows the noun; a nationality does not make one."""
    if token in reading.demonyms:
        token += 1
        return reading.speech.word(token).startswith("لل")
    return reading.speech.word(token).startswith("ال")


def _anaphor(search: Search, index: int) -> int | None:
    """``وقالت الصحيفة``: the outlet named before."""
    reading, segment, memory = search.reading, search.segment, search.memory
    hit = reading.cue(index, "anaphor")
    if hit is None or memory.name is None or _goes_on(reading, hit.last):
        return None
    if not is_reported(reading, (hit.first, hit.last), (search.first, hit.last), prefix_of(reading.page, hit)):
        return None
    reading.add(segment, "cited", hit.first, hit.last, 0 if hit.fused else hit.offset, method="anaphor",
                confidence=_ANAPHOR, key=memory.key, name=memory.name)  # fmt: skip
    return hit.last
