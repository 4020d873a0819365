"""Direct quotations, who says them and with which verb.

``marks`` finds what stands between quotation marks, ``speakers`` who speaks; this module joins the two, sentence by
sentence in reading order, so that ``وأضاف "..."`` takes up the speaker before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.transform.lexicon import Hit
from flows.transform.page import Page
from flows.transform.quotes.clauses import subject_of_clause
from flows.transform.quotes.marks import quoted_spans
from flows.transform.quotes.speakers import (
    Subject,
    Voices,
    read_voices,
    span_of,
    speaker_of,
    subject_after,
    subject_before,
    unknown_subject,
)
from flows.transform.quotes.verbs import (
    continues,
    describes_object,
    is_clause,
    is_participle,
    relays,
    speaks_for_itself,
    verb_surface,
)
from flows.transform.speech import (
    COMPLEMENTIZERS,
    ReportingVerbs,
    Span,
    build_reporting_verbs,
    folded_words,
    read_speech,
)
from flows.values import Mention, Quote, Segment, SegmentKind, SourceRoleMention, Speaker

__all__ = ["ReportingVerbs", "build_reporting_verbs", "find_quotes"]

_LEAST_WORDS = 4
_AFTER_QUOTE = 6
_SUBJECT_REACH = 16
_RELAY_REACH = 10
_SENTENCE_REACH = 80
_CLAUSE_REACH = 16
_CONTRASTS = folded_words("فيما بينما حين")
_BEFORE_VERB = folded_words("ما كما لما هكذا بهذا هذا")
_QUOTED_KINDS: frozenset[SegmentKind] = frozenset({"headline", "subtitle", "body", "caption"})


def find_quotes(
    page: Page,
    segments: Sequence[Segment],
    mentions: Sequence[Mention],
    sources: Sequence[SourceRoleMention],
    verbs: ReportingVerbs,  # noqa: ARG001 - states that the page was scanned with them
) -> tuple[Quote, ...]:
    """Every quotation in marks of four words or more (parted by white space), in text order, marks left out.

    A quotation stands within one segment; one inside another is found too. ``verb`` is as the text writes it, without
    proclitic, and None where a cue such as وفقا ل or nothing leads to the speaker.
    """
    found: list[Quote] = []
    voices: Voices | None = None
    article: int | None = None
    for segment in segments:
        if segment.kind not in _QUOTED_KINDS:
            continue
        if voices is None:
            voices = read_voices(page, read_speech(page, segments, mentions), sources)
        if segment.article != article:
            article, voices.last_speakers, voices.last_unnamed = segment.article, (), ()
        found.extend(_segment_quotes(voices, segment))
    return tuple(sorted(found, key=lambda quote: (quote.start, -quote.end)))


@dataclass(slots=True)
class _Passage:
    """A segment's tokens, its verbs outside quotations and unnamed phrases, and its quotations."""

    first: int
    last: int
    verbs: list[Hit]
    quotes: list[Span]
    stops: list[int]
    openings: list[int]
    statements: list[Hit]

    def reach(self, token: int) -> int:
        """How far the subject of a verb that ends before ``token`` may stand: not inside the next quotation."""
        at = bisect_left(self.openings, token)
        limit = self.openings[at] if at < len(self.openings) else self.last
        return min(limit, self.last, token + _SUBJECT_REACH)

    def sentence_start(self, token: int) -> int:
        """The first token of the sentence that holds a token."""
        at = bisect_left(self.stops, token)
        return self.stops[at - 1] + 1 if at else self.first


def _segment_quotes(voices: Voices, segment: Segment) -> Iterator[Quote]:
    passage = _passage(voices, segment)
    pending = list(passage.verbs)
    at = 0
    for quote in passage.quotes:
        while at < len(pending) and pending[at].first < quote.first:
            _hear(voices, passage, pending[at])
            at += 1
        if _counts(voices.page, quote):
            subject = _subject(voices, passage, quote, pending[at - 1] if at else None)
            if subject.speakers:
                voices.last_speakers = subject.speakers
            yield Quote(segment.article, quote.start, quote.end, subject.speakers, subject.verb)
    for verb in pending[at:]:
        _hear(voices, passage, verb)


def _counts(page: Page, quote: Span) -> bool:
    return len(page.text[quote.start : quote.end].split()) >= _LEAST_WORDS


def _passage(voices: Voices, segment: Segment) -> _Passage:
    first, last = voices.speech.tokens_of(segment.start, segment.end)
    text = voices.page.text
    spans = sorted(quoted_spans(text, segment.start, segment.end), key=lambda span: (span[0], -span[1]))
    quotes = [span_of(voices, start, end) for start, end in spans]
    covered = _covered(quotes)
    verbs = [
        hit
        for token in range(first, last)
        if (hit := voices.speech.verb_from.get(token)) and token not in covered and token not in voices.inside_unnamed
        if not is_clause(voices.speech, hit)
    ]
    stops = [t for t in range(first, last) if t not in covered and voices.speech.ends_sentence(t)]
    openings = [quote.first for quote in quotes if _counts(voices.page, quote)]
    return _Passage(first, last, verbs, quotes, stops, openings, [verb for verb in verbs if speaks_for_itself(verb)])


def _covered(quotes: Sequence[Span]) -> set[int]:
    """The tokens inside quotations; nested ones add nothing."""
    covered: set[int] = set()
    reach = -1
    for quote in quotes:
        covered.update(range(max(quote.first, reach), quote.last))
        reach = max(reach, quote.last)
    return covered


def _hear(voices: Voices, passage: _Passage, verb: Hit) -> None:
    """Take in a verb on the way: who it makes speak is who ``وأضاف`` means next."""
    if speaks_for_itself(verb):
        return
    speakers = _explicit(voices, passage, verb)
    if speakers:
        voices.last_speakers = speakers
    voices.known[verb.first] = Subject(voices.last_speakers, verb_surface(voices.page, verb))


def _explicit(voices: Voices, passage: _Passage, verb: Hit) -> tuple[Speaker, ...]:
    limit = passage.reach(verb.last)
    if relays(verb):
        told = _relayed(voices, verb, limit)
        if told:
            return told
    after = subject_after(voices, verb.last, limit)
    if after:
        return after
    start = passage.sentence_start(verb.first)
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


def _subject(voices: Voices, passage: _Passage, quote: Span, verb: Hit | None) -> Subject:
    """Who says one quotation: a statement's author, the nearest verb's subject, a cue's source, who spoke before."""
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
        contrasted = _contrasted(voices, before, quote)
        if contrasted:
            return contrasted
        return voices.known.get(before.first, Subject(voices.last_speakers, None))
    return (
        _said_after(voices, passage, quote)
        or _cue_subject(voices, start, quote)
        or _before_colon(voices, start, quote)
        or Subject(voices.last_speakers, None)
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


def _describer(voices: Voices, passage: _Passage, verb: Hit | None) -> Subject | None:
    """Words that describe an unnamed source are the outlet's that quotes it."""
    if verb is None:
        return None
    speakers = subject_after(voices, verb.last, passage.reach(verb.last))
    return Subject(speakers, verb_surface(voices.page, verb)) if speakers else None


def _written(voices: Voices, passage: _Passage, start: int, quote: Span) -> Subject | None:
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


def _said_after(voices: Voices, passage: _Passage, quote: Span) -> Subject | None:
    """``"..."، قال فلان`` and ``"..." وفق فلان``."""
    for token in range(quote.last, min(passage.last, quote.last + _AFTER_QUOTE + 1)):
        limit = min(passage.last, token + _SUBJECT_REACH)
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
    return None
