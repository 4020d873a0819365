"""Who spoke last: the speakers that verbs name as they come, taken up by ``وأضاف`` and by quotations without a verb."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.transform.lexicon import Hit
from flows.transform.quotes.clauses import subject_of_auxiliary, subject_of_clause
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
from flows.values import Speaker

_RELAY_REACH = 10


@dataclass(slots=True)
class Listener:
    """Who spoke last in an article. Verbs are kept as they come and asked, last one first, when a quotation asks."""

    voices: Voices
    article: int | None
    last: tuple[Speaker, ...] = ()
    heard: list[tuple[Passage, Hit]] = field(default_factory=list)
    known: dict[int, Subject] = field(default_factory=dict)

    def last_speakers(self) -> tuple[Speaker, ...]:
        """Whom the last verb that has a subject makes speak, or who said the last quotation."""
        while self.heard:
            passage, verb = self.heard.pop()
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
            self.known[verb.first] = Subject(self.last_speakers(), verb_surface(self.voices.page, verb))
        return self.known[verb.first]


def _explicit(voices: Voices, passage: Passage, verb: Hit) -> tuple[Speaker, ...]:
    """Whom a verb itself makes speak; nobody where ``وأضاف`` takes up the one before."""
    limit = passage.reach(verb.last)
    if relays(verb):
        told = _relayed(voices, verb, limit)
        if told:
            return told
    start = passage.sentence_start(verb.first)
    opened = subject_of_auxiliary(voices, verb, start)
    if opened:
        return opened
    after = subject_after(voices, verb.last, limit)
    if after:
        return after
    clause = subject_of_clause(voices, verb, start)
    if clause:
        return clause
    before = () if continues(voices.page, verb) else subject_before(voices, verb, start)
    if before or is_participle(verb) or describes_object(verb):
        return before
    return unknown_subject(voices, verb.last, limit)


def _relayed(voices: Voices, verb: Hit, limit: int) -> tuple[Speaker, ...]:
    """``نقلت صحيفة X عن مسؤول``: the one whose words they are."""
    for token in range(verb.last, min(limit, verb.last + _RELAY_REACH)):
        if voices.speech.word(token) == "عن":
            return subject_after(voices, token + 1, limit)
    return ()
