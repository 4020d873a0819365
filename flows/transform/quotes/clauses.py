"""The subject of a verb that a clause parts from it."""

from __future__ import annotations

from flows.transform.lexicon import Hit
from flows.transform.quotes.speakers import Voices, speaker_of, subject_after
from flows.transform.quotes.verbs import describes_object
from flows.transform.speech import folded_words
from flows.values import Speaker

_AUXILIARIES = folded_words("كان كانت وكان وكانت")
_PLUPERFECT = "قد"
_OBJECTS = ("ه", "ها")
_REACH = 60


def subject_of_clause(voices: Voices, verb: Hit, floor: int) -> tuple[Speaker, ...]:
    """The subject that a clause parts from its verb: ``كان فلان، الذي ...، قد شدد``, ``زار فلان ...، في خطوة وصفها``.

    That of كان ends before the verb; a verb with its object's pronoun has the first person its sentence names.
    """
    words = voices.page.tokens.words
    begin = max(floor, verb.first - _REACH)
    if voices.speech.word(verb.first - 1) == _PLUPERFECT:
        opener = next((at for at in range(verb.first - 1, begin - 1, -1) if words[at] in _AUXILIARIES), None)
        return () if opener is None else subject_after(voices, opener + 1, verb.first)
    if describes_object(verb) and voices.speech.word(verb.first).endswith(_OBJECTS) and not verb.offset:
        mentions = (voices.speech.mention_from.get(at) for at in range(begin, verb.first))
        person = next((mention for mention in mentions if mention and mention.kind == "person"), None)
        return (speaker_of(voices.page, person),) if person else ()
    return ()
