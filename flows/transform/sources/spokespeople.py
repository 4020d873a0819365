"""Spokespeople: ``قالت المتحدثة باسم البيت الأبيض كارين جان بيير``, named or by their role alone."""

from __future__ import annotations

from typing import Final

from flows.transform.lexicon import Hit
from flows.transform.sources.evidence import GENERIC_HEADS, NEGATIONS, has_written, is_asked, says_so, states
from flows.transform.sources.reading import QUOTE_MARKS, Reading
from flows.transform.speech import COMPLEMENTIZERS, folded_words, prefix_of
from flows.values import Mention, Segment

_REACH: Final = 6
_NAME_REACH: Final = 12
_FOR: Final = folded_words("باسم بلسان")
_SPOKESPERSON_ADJECTIVES: Final = folded_words("عسكري رسمي حكومي أمني رئاسي")
_DEPUTIES: Final = folded_words("نائب نائبة مساعد مساعدة")
_BEFORE_VERB: Final = 2
_SURE: Final = 0.9
_LIKELY: Final = 0.8


def spokesperson(reading: Reading, segment: Segment, hit: Hit, first: int, last: int) -> None:
    """``قالت المتحدثة باسم البيت الأبيض كارين جان بيير``: the person named, else the whole role."""
    named, subject = _named_after(reading, hit, last), hit.first
    subject -= reading.speech.word(subject - 1).lstrip("و") in _DEPUTIES
    before = reading.speech.mention_to.get(hit.first) or reading.speech.mention_to.get(hit.first - 1)
    written = has_written(reading, hit.first)
    if named and named.title_start is not None and named.title_start < named.start:  # ``وزير X الناطق باسم Y فلان``
        subject = min(subject, max(first, reading.speech.tokens_of(named.title_start, named.start)[0]))
    is_led_to = says_so(reading, subject, hit.last, (first, last)) or is_asked(reading, subject)
    speaks = written or is_led_to or _verb_after(reading, hit.last, last)
    if before and before.kind == "person" and not speaks:
        named = before
        begin = reading.speech.tokens_of(before.start, before.end)[0]
        speaks = states(reading, begin, first)
    is_denied = reading.speech.word(subject - _BEFORE_VERB) in NEGATIONS  # ``لم يرد متحدث باسم X على طلب``
    if not speaks or is_denied or (prefix_of(reading.page, hit).endswith("ل") and not written):
        return
    if not named and not _speaks_for(reading, hit):
        return
    if named:
        begin, end = reading.speech.tokens_of(named.start, named.end)
        offset = named.start - reading.page.span(begin, begin + 1)[0]
        reading.add(segment, "official", begin, end, offset, method="spokesperson", confidence=_SURE,
                    name=named.entity.name if named.entity else None)  # fmt: skip
        return
    reading.add(segment, "official", hit.first, _role_end(reading, hit, last), hit.offset, method="spokesperson",
                confidence=_LIKELY)  # fmt: skip


def _speaks_for(reading: Reading, hit: Hit) -> bool:
    """Whether a spokesperson without a name is one: definite, ``باسم`` somebody, or military or official."""
    word = reading.speech.word(hit.last)
    is_definite = reading.page.tokens.words[hit.first][hit.offset :].startswith("ال")
    return is_definite or word in _FOR or word in _SPOKESPERSON_ADJECTIVES


def _named_after(reading: Reading, hit: Hit, last: int) -> Mention | None:
    for at in range(hit.last, min(last, hit.last + _NAME_REACH)):
        mention = reading.speech.mention_from.get(at)
        if mention and mention.kind == "person" and reading.speech.word(at - 1) not in _FOR:
            return mention
        word = reading.speech.word(at)
        is_name_mark = word in QUOTE_MARKS and _is_name_mark(reading, hit, at)
        is_over = word in COMPLEMENTIZERS or (word in QUOTE_MARKS and not is_name_mark) or word == ":"
        if is_over or at in reading.speech.verb_from or reading.speech.ends_sentence(at):
            return None
    return None


def _is_name_mark(reading: Reading, hit: Hit, mark: int) -> bool:
    """Whether a mark belongs to the name of who is spoken for: ``المتحدث باسم «X» العقيد ...``."""
    inner = range(hit.last, mark)
    has_opened = any(reading.speech.word(at) in QUOTE_MARKS for at in inner)
    return has_opened or reading.speech.word(mark - 1) in _FOR | GENERIC_HEADS


def _role_end(reading: Reading, hit: Hit, last: int) -> int:
    """The end of ``متحدث باسم الجيش الإسرائيلي``: up to the institution it speaks for."""
    for at in range(hit.last, min(last, hit.last + _REACH)):
        mention = reading.speech.mention_from.get(at)
        told = reading.source_from.get(at) or reading.cue(at, "outlet")
        if told and told.offset:
            return at
        if mention:
            return reading.speech.tokens_of(mention.start, mention.end)[1]
        word = reading.speech.word(at)
        if word in QUOTE_MARKS and _is_name_mark(reading, hit, at):
            continue
        if word in COMPLEMENTIZERS or not word.isalpha() or at in reading.speech.verb_from:
            return at
    return hit.last


def _verb_after(reading: Reading, end: int, last: int) -> bool:
    """``المتحدث باسم الجيش أفيخاي أدرعي قال``: the verb a few words later, in the same clause."""
    for at in range(end, min(last, end + _NAME_REACH)):
        if at in reading.speech.verb_from:
            return True
        word = reading.speech.word(at)
        if word in COMPLEMENTIZERS or reading.speech.ends_sentence(at) or word == "،":
            return False
        if word == ":":
            return True
    return False
