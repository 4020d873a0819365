"""Outlets an article cites: ``نقلت صحيفة X عن``, ``أفاد موقع X``, ``وفق ما نقلت إذاعة X``, ``قال لوكالة X``."""

from __future__ import annotations

from dataclasses import dataclass

from flows.transform.lexicon import Hit
from flows.transform.sources.reading import MANNER_WORDS, QUOTE_MARKS, Reading, source_key
from flows.transform.speech import COMPLEMENTIZERS, folded_words, prefix_of
from flows.values import Segment

_VERB_REACH = 5
_TOLD_REACH = 14
_TITLE_REACH = 6
_NAME_WORDS = 3
_QUOTED_TOKENS = 8
_SURE, _LIKELY, _ANAPHOR = 0.95, 0.8, 0.7
_BARRIERS = folded_words("، , في من على إلى بين مع خلال")
_TOWARDS = "الي"
_OPENERS = folded_words("كانت كان وكانت وكان لكن ولكن فيما بينما حيث لأن كما")
_CLOSING = {'"': '"', "«": "»", "“": "”", "„": "“", "”": "“", "(": ")"}


@dataclass(slots=True)
class CitedMemory:
    """The outlet named last in an article, which ``الصحيفة`` then means."""

    key: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Search:
    """One segment being searched: its tokens ``first:last``."""

    reading: Reading
    segment: Segment
    memory: CitedMemory
    first: int
    last: int


def cited_sources(reading: Reading, segment: Segment, memory: CitedMemory) -> None:
    """Find the outlets one segment cites, in order."""
    first, last = reading.tokens(segment)
    search = _Search(reading, segment, memory, first, last)
    index = first
    while index < last:
        end = _listed(search, index) or _headed(search, index) or _marked(search, index) or _anaphor(search, index)
        index = max(index + 1, end or index)


def _listed(search: _Search, index: int) -> int | None:
    """A listed outlet where a verb or cue makes it speak."""
    reading, segment, memory = search.reading, search.segment, search.memory
    first, last = search.first, search.last
    hit = reading.source_from.get(index)
    if hit is None or hit.last > last:
        return None
    key = source_key(hit)
    listed = reading.cues.by_key.get(key or "")
    if listed is None or listed.kind == "government":
        return None
    head = _head_before(reading, index, first)
    if head is None and _is_credit_word(hit) and not _is_in_marks(reading, hit):
        return None
    begin = head.first if head else index
    name = _without_head(reading, hit)
    if not is_reported(reading, (begin, hit.last), (first, last), prefix_of(reading.page, head or hit)):
        return None
    reading.add(segment, "cited", name.first, name.last, name.offset, method="listed", confidence=_SURE, key=key)
    memory.key, memory.name = key, listed.name
    return hit.last


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
    while at > first and reading.speech.word(at - 1) in QUOTE_MARKS:
        at -= 1
    head = reading.cue_before(at, "outlet", "reporter")
    return head if head and head.first >= first else None


def is_reported(reading: Reading, phrase: tuple[int, int], bounds: tuple[int, int], prefix: str) -> bool:
    """Whether a phrase is made to speak by a verb or cue beside it.

    Args:
        reading: the page.
        phrase: its tokens, half open, its head included.
        bounds: the tokens of its segment, half open.
        prefix: proclitics of the phrase; ل makes it the one who was told.
    """
    (begin, end), (first, last) = phrase, bounds
    if reading.cue_before(begin, "according", "from") or (begin == first and _heads_title(reading, end, last)):
        return True
    if reading.speech.word(begin - 1) == _TOWARDS and begin - 1 in reading.speech.verb_to:
        return True
    told = prefix.endswith("ل") or _bare_to(reading, begin)
    if told and begin - 1 in reading.taken:
        return True
    reach = _TOLD_REACH if told else _VERB_REACH
    for at in range(begin - 1, max(first, begin - reach) - 1, -1):
        if at + 1 in reading.speech.verb_to or reading.cue(at, "according"):
            return True
        word = reading.speech.word(at)
        if reading.speech.ends_sentence(at) or word in COMPLEMENTIZERS or (word in _BARRIERS and not told):
            break
    return _verb_follows(reading, end, last) if begin == first or _opens_clause(reading, begin) else False


def _is_in_marks(reading: Reading, hit: Hit) -> bool:
    """``«الشرق الأوسط»``: marks make a name of words that are common otherwise."""
    return reading.speech.word(hit.first - 1) in QUOTE_MARKS and reading.speech.word(hit.last) in QUOTE_MARKS


def _heads_title(reading: Reading, end: int, last: int) -> bool:
    """``رويترز: ...``, ``مصدر لسكاي نيوز: ...``: who speaks in a headline, before its colon."""
    at = next((at for at in range(end, min(last, end + _TITLE_REACH)) if not reading.speech.word(at).isalnum()), end)
    while reading.speech.word(at) in QUOTE_MARKS:
        at += 1
    return reading.speech.word(at) == ":" and not any(i in reading.speech.verb_from for i in range(end, at))


def _bare_to(reading: Reading, begin: int) -> bool:
    """``لـ«X»``: the preposition parted from a name in marks."""
    at = begin - 1
    while reading.speech.word(at) in QUOTE_MARKS:
        at -= 1
    return reading.speech.word(at) == "ل"


def _opens_clause(reading: Reading, begin: int) -> bool:
    word = reading.speech.word(begin - 1)
    return word in "،,-:" or word in COMPLEMENTIZERS or word in _OPENERS or reading.speech.ends_sentence(begin - 1)


def _verb_follows(reading: Reading, end: int, last: int) -> bool:
    """``وكانت صحيفة X قد نقلت``: the verb after its subject."""
    for at in range(end, min(last, end + 4)):
        if at in reading.speech.verb_from:
            return True
        word = reading.speech.word(at)
        if word not in QUOTE_MARKS and word not in MANNER_WORDS and not _is_adjective(reading, at):
            return False
    return False


def _is_adjective(reading: Reading, token: int) -> bool:
    """A nationality or other relative adjective beside an outlet's name."""
    if any(hit.entry.category == "demonym" for hit in reading.page.hits_at(token)):
        return True
    return reading.speech.word(token).endswith(("يه", "ي")) and len(reading.speech.word(token)) > 4  # noqa: PLR2004


def _headed(search: _Search, index: int) -> int | None:
    """An outlet nobody listed: a noun for one, then a name in marks, a few words, or an adjective alone."""
    reading, segment, memory = search.reading, search.segment, search.memory
    first, last = search.first, search.last
    head = reading.cue(index, "outlet", "media")
    if head is None or head.last > last or index in reading.taken:
        return None
    begin, end = _name_after(reading, head, last)
    if end is None or any(i in reading.source_from for i in range(begin, end)):
        return None
    prefix = prefix_of(reading.page, head)
    if not is_reported(reading, (head.first, end), (first, last), prefix):
        return None
    is_named = begin > head.first
    start = begin if is_named else head.first
    offset = 0 if is_named else head.offset
    reading.add(segment, "cited", start, end, offset, method="headed", confidence=_LIKELY)
    memory.key, memory.name = None, reading.found[-1].name
    return end


def _marked(search: _Search, index: int) -> int | None:
    """``وأفادت «X» نقلا عن مسؤول``: a name in marks that reports what it has from somebody else."""
    reading = search.reading
    closing = _CLOSING.get(reading.speech.word(index))
    if closing is None or index not in reading.speech.verb_to:
        return None
    end = next((at for at in range(index + 1, min(search.last, index + _QUOTED_TOKENS))
                if reading.speech.word(at) == closing), None)  # fmt: skip
    if end is None or end == index + 1 or reading.cue(end + 1, "from", "according") is None:
        return None
    reading.add(search.segment, "cited", index + 1, end, method="marked", confidence=_LIKELY)
    search.memory.key, search.memory.name = None, reading.found[-1].name
    return end


def _name_after(reading: Reading, head: Hit, last: int) -> tuple[int, int | None]:
    """Where an outlet's name stands; the head itself is the name of one called by an adjective only."""
    at = head.last
    closing = _CLOSING.get(reading.speech.word(at))
    if at < last and closing:
        for end in range(at + 1, min(last, at + _QUOTED_TOKENS)):
            if reading.speech.word(end) == closing:
                return at + 1, end
        return at, None
    end = at
    while end < last and end - at < _NAME_WORDS and _is_adjective(reading, end):
        end += 1
    if end > at:
        return head.first, end
    mention = reading.speech.mention_from.get(at)
    if mention and mention.kind == "organisation":
        return at, reading.speech.tokens_of(mention.start, mention.end)[1]
    return at, None


def _anaphor(search: _Search, index: int) -> int | None:
    """``وقالت الصحيفة``: the outlet named before."""
    reading, segment, memory = search.reading, search.segment, search.memory
    hit = reading.cue(index, "anaphor")
    if hit is None or memory.name is None:
        return None
    if not is_reported(reading, (hit.first, hit.last), (search.first, hit.last), prefix_of(reading.page, hit)):
        return None
    reading.add(segment, "cited", hit.first, hit.last, 0 if hit.fused else hit.offset, method="anaphor",
                confidence=_ANAPHOR, key=memory.key, name=memory.name)  # fmt: skip
    return hit.last
