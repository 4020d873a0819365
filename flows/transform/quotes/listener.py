"""Who spoke last: the speakers that verbs name as they come, taken up by ``وأضاف`` and by quotations without a verb."""

from __future__ import annotations

from typing import Final

from flows.transform.lexicon import Hit
from flows.transform.quotes.clauses import is_said, subject_of_auxiliary, subject_of_clause, subject_of_sentence
from flows.transform.quotes.passages import Passage
from flows.transform.quotes.speakers import subject_after, subject_before, unknown_subject
from flows.transform.quotes.verbs import (
    continues,
    describes_object,
    is_participle,
    relays,
    speaks_for_itself,
    verb_surface,
)
from flows.transform.quotes.voices import Subject, Voices
from flows.transform.speech import folded_words
from flows.values import Speaker

_RELAY_REACH: Final = 10
_RELAYED: Final = 3
_OF_HIM: Final = folded_words("عنه عنها عنهم")


class Listener:
    """Who spoke last in an article. Verbs are kept as they come and asked, last one first, when a quotation asks."""

    __slots__ = ("article", "heard", "known", "last", "voices")

    def __init__(self, voices: Voices, article: int | None) -> None:
        self.voices = voices
        self.article = article
        self.last: tuple[Speaker, ...] = ()
        self.heard: list[tuple[Passage, Hit]] = []
        self.known: dict[int, Subject] = {}

    def last_speakers(self, asked: Hit | None = None) -> tuple[Speaker, ...]:
        """Whom the last verb that has a subject makes speak, or who said the last quotation.

        A verb within what is said (``قال فلان إن إسرائيل ترفض``) makes nobody speak, unless it is the one asked for.
        """
        while self.heard:
            passage, verb = self.heard.pop()
            if verb is not asked and is_said(self.voices, passage, verb):
                continue
            speakers = _explicit(self.voices, passage, verb)
            if speakers:
                self.spoke(speakers)
        return self.last

    def spoke(self, speakers: tuple[Speaker, ...]) -> None:
        """Take in who said something: nobody before them is asked for any more."""
        self.last = speakers
        self.heard.clear()

    def subject_of(self, verb: Hit) -> Subject:
        """Whom the verb heard last makes speak; a verb of statements takes up who spoke before it."""
        if speaks_for_itself(verb):
            return Subject(self.last_speakers(), None)
        if verb.first not in self.known:
            self.known[verb.first] = Subject(self.last_speakers(verb), verb_surface(self.voices.page, verb))
        return self.known[verb.first]


def _explicit(voices: Voices, passage: Passage, verb: Hit) -> tuple[Speaker, ...]:
    """Whom a verb itself makes speak; nobody where ``وأضاف`` takes up the one before."""
    start, limit = passage.sentence_start(verb.first), passage.reach(verb.last)
    if any(voices.speech.word(at) in _OF_HIM for at in range(max(start, verb.first - _RELAYED), verb.last + 1)):
        return ()  # ``ونقل عنه زواره قوله``
    told = _relayed(voices, verb, limit) if relays(verb) else ()
    named = told or subject_of_auxiliary(voices, verb, start) or subject_after(voices, verb.last, limit)
    if named:
        return named
    earlier = passage.verb_before(verb, start)
    named = subject_of_clause(voices, verb, start) or subject_of_sentence(voices, verb, start, earlier)
    if named:
        return named
    takes_up = continues(voices.page, verb) and (earlier is not None or not is_participle(verb))
    before = () if takes_up else subject_before(voices, verb, start)
    if before or is_participle(verb) or describes_object(verb):
        return before
    return unknown_subject(voices, verb.last, limit)


def _relayed(voices: Voices, verb: Hit, limit: int) -> tuple[Speaker, ...]:
    """``نقلت صحيفة X عن مسؤول``: the one whose words they are."""
    for token in range(verb.last, min(limit, verb.last + _RELAY_REACH)):
        if voices.speech.word(token) == "عن":
            return subject_after(voices, token + 1, limit)
    return ()
