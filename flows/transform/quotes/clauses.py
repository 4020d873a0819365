"""Subjects that a clause parts from their verb."""

from __future__ import annotations

from typing import Final

from flows.text.folded import fold
from flows.transform.lexicon import Hit
from flows.transform.quotes.passages import Passage
from flows.transform.quotes.speakers import speaker_of, subject_after
from flows.transform.quotes.verbs import describes_object, is_participle, verb_lemma
from flows.transform.quotes.voices import Voices
from flows.transform.speech import COMPLEMENTIZERS, folded_words
from flows.values import Speaker

_AUXILIARIES: Final = folded_words("كان كانت وكان وكانت")
_PLUPERFECT: Final = "قد"
_OBJECTS: Final = ("ه", "ها")
_REACH: Final = 60
_PRESENT: Final = ("ي", "ت")


def subject_of_auxiliary(voices: Voices, verb: Hit, floor: int) -> tuple[Speaker, ...]:
    """The subject of كان in ``كان فلان، الذي ...، قد شدد``, which ends before the verb."""
    if voices.speech.word(verb.first - 1) != _PLUPERFECT:
        return ()
    words = voices.page.tokens.words
    begin = max(floor, verb.first - _REACH)
    opener = next((at for at in range(verb.first - 1, begin - 1, -1) if words[at] in _AUXILIARIES), None)
    return () if opener is None else subject_after(voices, opener + 1, verb.first)


def subject_of_clause(voices: Voices, verb: Hit, floor: int) -> tuple[Speaker, ...]:
    """The subject of ``زار فلان ...، في خطوة وصفها``: a verb with its object has the first person of its sentence."""
    is_bare = voices.speech.word(verb.first).endswith(_OBJECTS) and not verb.offset
    if not (is_bare and describes_object(verb)) or voices.speech.word(verb.first - 1) == _PLUPERFECT:
        return ()
    return _first_person(voices, max(floor, verb.first - _REACH), verb.first)


def subject_of_sentence(voices: Voices, verb: Hit, floor: int, earlier: Hit | None) -> tuple[Speaker, ...]:
    """The subject of ``دفع المحامي فلان ...، وقال``: the first person of a sentence without another verb."""
    goes_on = bool(verb.offset) or is_participle(verb)
    if not goes_on or earlier is not None or verb.first == floor or voices.speech.begins_line(verb.first):
        return ()
    return _first_person(voices, max(floor, verb.first - _REACH), verb.first)


def _first_person(voices: Voices, first: int, last: int) -> tuple[Speaker, ...]:
    mentions = (voices.speech.mention_from.get(at) for at in range(first, last))
    person = next((mention for mention in mentions if mention and mention.kind == "person"), None)
    return (speaker_of(voices.page, person),) if person else ()


def is_said(voices: Voices, passage: Passage, verb: Hit) -> bool:
    """Whether a verb in the present stands in a clause that another verb of its sentence reports."""
    word = voices.speech.word(verb.first)
    is_present = word.startswith(_PRESENT) and not fold(verb_lemma(verb)).startswith(word[:1])
    earlier = passage.verb_before(verb, passage.sentence_start(verb.first)) if is_present else None
    return earlier is not None and any(
        voices.speech.word(at) in COMPLEMENTIZERS for at in range(earlier.last, verb.first)
    )
