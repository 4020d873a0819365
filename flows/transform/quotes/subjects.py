"""Who says one quotation: what leads to it, what follows it, who spoke before."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from flows.transform.lexicon import Hit
from flows.transform.quotes.listener import Listener
from flows.transform.quotes.passages import SUBJECT_REACH, Passage
from flows.transform.quotes.speakers import speaker_of, subject_after, unknown_subject
from flows.transform.quotes.verbs import verb_surface
from flows.transform.quotes.voices import Subject, Voices
from flows.transform.speech import COMPLEMENTIZERS, Span, folded_words
from flows.values import Speaker

_AFTER_QUOTE: Final = 6
_SENTENCE_REACH: Final = 80
_CLAUSE_REACH: Final = 16
_COLON_WORDS: Final = 3
_AND_WORD: Final = 4
_CONTRASTS: Final = folded_words("فيما بينما حين")
_BEFORE_VERB: Final = folded_words("ما كما لما هكذا بهذا هذا")


def subject_of_quote(listener: Listener, passage: Passage, quote: Span, verb: Hit | None) -> Subject:
    """Who says one quotation: a statement's author, the nearest verb's subject, a cue's source, who spoke before."""
    voices = listener.voices
    start = passage.sentence_start(quote.first)
    before = verb if verb is not None and verb.first >= start else None
    if quote.first - 1 in voices.inside_unnamed or quote.first in voices.inside_unnamed:
        described = _describer(voices, passage, before)
        if described:
            return described
    written = _written(voices, passage, start, quote)
    if written:
        return written
    if before is not None:
        return _contrasted(voices, before, quote) or listener.subject_of(before)
    return (
        _said_after(voices, passage, quote)
        or _cue_subject(voices, start, quote)
        or _before_colon(voices, start, quote)
        or Subject(listener.last_speakers(), None)
    )


def _contrasted(voices: Voices, verb: Hit, quote: Span) -> Subject | None:
    """``نفى A ...، فيما حمّل B "..."``: the person of a clause that sets itself apart from the verb's own."""
    floor = max(verb.last, quote.first - _CLAUSE_REACH)
    opener = next((at for at in range(quote.first - 1, floor - 1, -1) if voices.speech.word(at) in _CONTRASTS), None)
    for token in range(opener + 1, quote.first) if opener is not None else ():
        mention = voices.speech.mention_from.get(token)
        if mention and mention.kind == "person":
            return Subject((speaker_of(voices.page, mention),), None)
        if voices.speech.word(token) in COMPLEMENTIZERS:
            return None
    return None


def _describer(voices: Voices, passage: Passage, verb: Hit | None) -> Subject | None:
    """Words that describe an unnamed source are the outlet's that quotes it."""
    if verb is None:
        return None
    speakers = subject_after(voices, verb.last, passage.reach(verb.last))
    return Subject(speakers, verb_surface(voices.page, verb)) if speakers else None


def _written(voices: Voices, passage: Passage, start: int, quote: Span) -> Subject | None:
    """``وفي بيان صادر عن X، جاء أن "..."``: the words are the statement's."""
    at = bisect_left(passage.statements, quote.first, key=lambda hit: hit.first)
    verb = passage.statements[at - 1] if at else None
    if verb is None or verb.first < start:
        return None
    places = (*range(verb.first, max(start, verb.first - _SENTENCE_REACH) - 1, -1), *range(verb.last, quote.first + 1))
    for token in places:
        source = voices.source_to.get(token)
        if source and source.role == "official":
            first = voices.speech.tokens_of(source.start or 0, source.end or 0)[0]
            found = subject_after(voices, first, token, of_cue=True)
            return Subject(found, verb_surface(voices.page, verb)) if found else None
    return None


def _said_after(voices: Voices, passage: Passage, quote: Span) -> Subject | None:
    """``"..."، قال فلان`` and ``"..." وفق فلان``."""
    for token in range(quote.last, min(passage.last, quote.last + _AFTER_QUOTE + 1)):
        limit = min(passage.last, token + SUBJECT_REACH)
        verb = voices.speech.verb_from.get(token)
        if verb:
            speakers = subject_after(voices, verb.last, limit) or unknown_subject(voices, verb.last, limit)
            return Subject(speakers, verb_surface(voices.page, verb)) if speakers else None
        cue = voices.according.get(token)
        if cue:
            speakers = subject_after(voices, cue.last, limit, of_cue=True)
            if speakers:
                return Subject(speakers, None)
        elif voices.speech.word(token).isalnum() and voices.speech.word(token) not in _BEFORE_VERB:
            return None
    return None


def _cue_subject(voices: Voices, start: int, quote: Span) -> Subject | None:
    """``ووفقا لمسؤول ...، ... "..."``: the source a cue of the same sentence names."""
    for token in range(quote.first - 1, max(start, quote.first - _SENTENCE_REACH) - 1, -1):
        cue = voices.according.get(token)
        if cue:
            speakers = subject_after(voices, cue.last, quote.first, of_cue=True)
            if speakers:
                return Subject(speakers, None)
    return None


def _before_colon(voices: Voices, start: int, quote: Span) -> Subject | None:
    """``بايدن: "..."``, as headlines have it."""
    at = quote.first - 1
    while at > start and not voices.speech.word(at).isalnum() and voices.speech.word(at) != ":":
        at -= 1
    if voices.speech.word(at) != ":":
        return None
    for token in range(max(start, at - _SENTENCE_REACH), at):
        speakers = subject_after(voices, token, at)
        if speakers:
            return Subject(speakers, None)
    return _words_before_colon(voices, start, at)


def _words_before_colon(voices: Voices, start: int, colon: int) -> Subject | None:
    """``... والنيابة: "..."``: one to three words between a mark and the colon."""
    first, floor = colon, max(start, colon - _COLON_WORDS - 1)
    while first > floor and voices.speech.word(first - 1).isalpha():
        first -= 1
    if not 0 < colon - first <= _COLON_WORDS:
        return None
    offset = len(voices.speech.word(first)) > _AND_WORD and voices.speech.word(first).startswith("وال")
    begin, end = voices.page.span(first, colon, int(offset))
    return Subject((Speaker(voices.page.text[begin:end], None, begin, end),), None)
