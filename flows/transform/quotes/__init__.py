"""Direct quotations, who says them and with which verb.

``marks`` finds what stands between quotation marks, ``passages`` the verbs around it, ``subjects`` who says it;
``listener`` remembers who spoke before, so that ``وأضاف "..."`` takes up that speaker.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from flows.transform.lexicon import Hit
from flows.transform.quotes.listener import Listener
from flows.transform.quotes.marks import quotations
from flows.transform.quotes.passages import Passage, counts, read_passage
from flows.transform.quotes.subjects import subject_of_quote
from flows.transform.quotes.verbs import speaks_for_itself
from flows.transform.quotes.voices import Voices
from flows.transform.speech import ReportingVerbs, Speech, build_reporting_verbs
from flows.values import Quote, Segment, SegmentKind, SourceRoleMention

__all__ = ["ReportingVerbs", "build_reporting_verbs", "find_quotes"]

_QUOTED_KINDS: Final[frozenset[SegmentKind]] = frozenset({"headline", "subtitle", "body", "caption"})


def find_quotes(speech: Speech, segments: Sequence[Segment], sources: Sequence[SourceRoleMention]) -> tuple[Quote, ...]:
    """Every quotation in marks of four words or more (parted by white space), in text order, marks left out.

    A quotation may go on over paragraphs; one inside another is found too, a name in marks is none. ``verb`` is as the
    text writes it, without proclitic, and None where a cue such as وفقا ل or nothing leads to the speaker.
    """
    paragraphs = [segment for segment in segments if segment.kind in _QUOTED_KINDS]
    spans = quotations(speech.page.text, paragraphs)
    last_of = {paragraph.article: index for index, paragraph in enumerate(paragraphs) if spans[index]}
    if not last_of:
        return ()
    found: list[Quote] = []
    listener = Listener(Voices(speech, sources), paragraphs[0].article)
    for index, paragraph in enumerate(paragraphs):
        if paragraph.article != listener.article:
            listener = Listener(listener.voices, paragraph.article)
        if index <= last_of.get(paragraph.article, -1):  # nobody asks who speaks behind the last quotation
            _add_quotes(found, listener, paragraph, spans[index])
    return tuple(sorted(found, key=lambda quote: (quote.start, -quote.end)))


def _add_quotes(found: list[Quote], listener: Listener, segment: Segment, spans: list[tuple[int, int]]) -> None:
    passage = read_passage(listener.voices, segment, spans)
    at = 0
    for quote in passage.quotes:
        until = bisect_left(passage.verbs, quote.first, at, key=lambda verb: verb.first)
        _hear(listener, passage, passage.verbs[at:until])
        at = until
        if counts(listener.voices, quote):
            subject = subject_of_quote(listener, passage, quote, passage.verbs[at - 1] if at else None)
            if subject.speakers:
                listener.spoke(subject.speakers)
            found.append(Quote(segment.article, quote.start, quote.end, subject.speakers, subject.verb))
    _hear(listener, passage, passage.verbs[at:])


def _hear(listener: Listener, passage: Passage, verbs: list[Hit]) -> None:
    listener.heard.extend([(passage, verb) for verb in verbs if not speaks_for_itself(verb)])
