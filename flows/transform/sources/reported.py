"""Whether a phrase is made to speak: by a verb beside it, by a cue, by the colon of a headline."""

from __future__ import annotations

from typing import Final

from flows.transform.sources.reading import MANNER_WORDS, QUOTE_MARKS, Reading
from flows.transform.speech import COMPLEMENTIZERS, ReportingVerb, folded_words

BARE_TO: Final = "ل"
"""The preposition parted from a name in marks: ``لـ«X»``."""
BARRIERS: Final = folded_words("، , في من على إلى بين مع خلال")
OPENERS: Final = folded_words("كانت كان وكانت وكان لكن ولكن فيما بينما حيث لأن كما")

_VERB_REACH: Final = 5
_TOLD_REACH: Final = 18
_TITLE_REACH: Final = 6
_FOLLOWING_REACH: Final = 4
_AWAITED_REACH: Final = 9
AUXILIARIES: Final = folded_words("كانت كان وكانت وكان")
_TOWARDS: Final = "الي"
_OF: Final = "من"
_LEARNING: Final = folded_words("علم علمت وعلم وعلمت استقت استقى")
_LEARNT_REACH: Final = 6
_ON_AIR: Final = folded_words("على عبر")
_BROADCASTERS: Final = folded_words("قناة شاشة إذاعة تلفزيون تليفزيون التلفزيون راديو فضائية شبكة محطة")
QUANTIFIERS: Final = folded_words("بعض أحد إحدى عدة عدد كل كلا")
_SPOKEN: Final = folded_words(
    "أقوال كلام قوله قولها بقوله بقولها تصريح تصريحات تصريحه تصريحاته تصريحاتها حديث حديثه مقابلة حوار لقاء مداخلة خاص"
    " خاصة صحفية صحافية"
)
_SHORTEST_ADJECTIVE: Final = 4
"""Letters, as in ``عبري``, ``محلي``."""


def is_reported(reading: Reading, phrase: tuple[int, int], bounds: tuple[int, int], prefix: str) -> bool:
    """Whether a phrase is made to speak by a verb or cue beside it.

    Args:
        reading: the page.
        phrase: its tokens, half open, its head included.
        bounds: the tokens of its segment, half open.
        prefix: proclitics of the phrase; ل makes it the one who was told.
    """
    (begin, end), (first, last) = phrase, bounds
    told = prefix.endswith("ل") or _bare_to(reading, begin) or _is_on_air(reading, begin)
    if _is_led_to(reading, begin, told=told) or (begin == first and _heads_title(reading, end, last)):
        return True
    verb = _verb_before(reading, begin, first, told=told)
    if verb is not None:
        return verb
    if begin == first or _opens_clause(reading, begin):
        return _verb_follows(reading, end, last, is_awaited=reading.speech.word(begin - 1) in AUXILIARIES)
    return False


def _is_led_to(reading: Reading, begin: int, *, told: bool) -> bool:
    """``وفق X``, ``تحدثوا إلى X``, ``في تصريح ل X``: what stands right before a phrase makes it speak."""
    if reading.cue_before(begin, "according", "from", "interview"):
        return True
    before = reading.speech.word(begin - 1)
    if before == _TOWARDS and begin - 1 in reading.speech.verb_to:
        return True
    if before == _OF and any(reading.speech.word(at) in _LEARNING for at in range(begin - _LEARNT_REACH, begin - 1)):
        return True
    return told and (begin - 1 in reading.taken or before in _SPOKEN)


def _verb_before(reading: Reading, begin: int, first: int, *, told: bool) -> bool | None:
    """Whether the nearest verb or cue before a phrase makes it speak; None where none is near."""
    for at in range(begin - 1, max(first, begin - (_TOLD_REACH if told else _VERB_REACH)) - 1, -1):
        verb = reading.speech.verb_to.get(at + 1)
        if verb:
            return isinstance(verb.entry.value, ReportingVerb) and verb.entry.value.kind != "name"
        if reading.cue(at, "according") or reading.cue_before(at, "according"):
            return True  # the latter for ``وفقا لما أفادته X``, whatever the verb
        is_over = reading.speech.ends_sentence(at) or reading.speech.word(at) in COMPLEMENTIZERS
        if is_over or not (told or _may_part(reading, at)):
            return None
    return None


def _may_part(reading: Reading, token: int) -> bool:
    """Whether a token may stand between a verb and its subject: marks, times, manner, somebody told or named before."""
    word = reading.speech.word(token)
    if not word.isalpha() or word in MANNER_WORDS or word in _SPOKEN or word in QUANTIFIERS:
        return True
    if token in reading.taken or token in reading.demonyms:
        return True
    return reading.is_known_time(token) or reading.cue(token, "outlet", "reporter", "media") is not None


def _heads_title(reading: Reading, end: int, last: int) -> bool:
    """``رويترز: ...``, ``مصدر لسكاي نيوز: ...``: who speaks in a headline, before its colon."""
    at = next((at for at in range(end, min(last, end + _TITLE_REACH)) if not reading.speech.word(at).isalnum()), end)
    while reading.speech.word(at) in QUOTE_MARKS:
        at += 1
    return reading.speech.word(at) == ":" and not any(i in reading.speech.verb_from for i in range(end, at))


def _is_on_air(reading: Reading, begin: int) -> bool:
    """``في مداخلة على قناة X``: an outlet on which somebody spoke."""
    return reading.speech.word(begin - 1) in _ON_AIR and reading.speech.word(begin) in _BROADCASTERS


def _bare_to(reading: Reading, begin: int) -> bool:
    """``لـ«X»``: the preposition parted from a name in marks."""
    at = begin - 1
    while reading.speech.word(at) in QUOTE_MARKS:
        at -= 1
    return reading.speech.word(at) == BARE_TO


def _opens_clause(reading: Reading, begin: int) -> bool:
    word = reading.speech.word(begin - 1)
    return word in "،,-:" or word in COMPLEMENTIZERS or word in OPENERS or reading.speech.ends_sentence(begin - 1)


def _verb_follows(reading: Reading, end: int, last: int, *, is_awaited: bool) -> bool:
    """``وكانت صحيفة X قد نقلت``: the verb after its subject; كانت still awaits one behind a longer phrase."""
    for at in range(end, min(last, end + (_AWAITED_REACH if is_awaited else _FOLLOWING_REACH))):
        if at in reading.speech.verb_from:
            return True
        word = reading.speech.word(at)
        is_part = word in QUOTE_MARKS or word in MANNER_WORDS or is_adjective(reading, at)
        if not is_part and not (is_awaited and word.isalpha() and word not in COMPLEMENTIZERS):
            return False
    return False


def is_adjective(reading: Reading, token: int) -> bool:
    """A nationality or other relative adjective beside an outlet's name."""
    if token in reading.demonyms:
        return True
    return reading.speech.word(token).endswith(("يه", "ي")) and len(reading.speech.word(token)) >= _SHORTEST_ADJECTIVE
