"""Subjects that a clause parts from their verb."""

from __future__ import annotations

from flows.transform.lexicon import Hit
from flows.transform.quotes.speakers import speaker_of, subject_after
from flows.transform.quotes.verbs import describes_object
from flows.transform.quotes.voices import Voices
from flows.transform.speech import folded_words
from flows.values import Speaker

_AUXILIARIES = folded_words("كان كانت وكان وكانت")
_PLUPERFECT = "قد"
_OBJECTS = ("ه", "ها")
_REACH = 60


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
    begin = max(floor, verb.first - _REACH)
    mentions = (voices.speech.mention_from.get(at) for at in range(begin, verb.first))
    person = next((mention for mention in mentions if mention and mention.kind == "person"), None)
    return (speaker_of(voices.page, person),) if person else ()
