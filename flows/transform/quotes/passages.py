"""One paragraph made ready: its quotations, and the verbs and sentence ends outside them."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from flows.text.places import first_from
from flows.transform.lexicon import Hit
from flows.transform.quotes.verbs import is_clause, speaks_for_itself
from flows.transform.quotes.voices import Voices
from flows.transform.speech import Span
from flows.values import Segment

SUBJECT_REACH: Final = 16

_LEAST_WORDS: Final = 4


class Passage:
    """A segment's tokens, its verbs outside quotations and unnamed phrases, and its quotations."""

    __slots__ = ("first", "last", "openings", "quotes", "statements", "stops", "verbs")

    def __init__(
        self, first: int, last: int, *, verbs: list[Hit], quotes: list[Span], stops: list[int], openings: list[int]
    ) -> None:
        self.first = first
        self.last = last
        self.verbs = verbs
        self.quotes = quotes
        self.stops = stops
        self.openings = openings
        self.statements = [verb for verb in verbs if speaks_for_itself(verb)]

    def reach(self, token: int) -> int:
        """How far the subject of a verb that ends before ``token`` may stand: not inside the next quotation."""
        at = first_from(self.openings, token)
        limit = self.openings[at] if at < len(self.openings) else self.last
        return min(limit, self.last, token + SUBJECT_REACH)

    def verb_before(self, verb: Hit, floor: int) -> Hit | None:
        """The verb that comes before another, if it stands in the same sentence, which begins at ``floor``."""
        at = bisect_left(self.verbs, verb.first, key=lambda each: each.first)
        return self.verbs[at - 1] if at and self.verbs[at - 1].first >= floor else None

    def sentence_start(self, token: int) -> int:
        """The first token of the sentence that holds a token."""
        at = first_from(self.stops, token)
        return self.stops[at - 1] + 1 if at else self.first


def counts(voices: Voices, quote: Span) -> bool:
    """Whether words in marks are a quotation: enough of them, and more than a name."""
    names = (voices.speech.mention_from.get(quote.first), voices.source_from.get(quote.first))
    is_name = any(name is not None and (name.start, name.end) == (quote.start, quote.end) for name in names)
    return not is_name and len(voices.page.text[quote.start : quote.end].split(None, _LEAST_WORDS)) >= _LEAST_WORDS


def read_passage(voices: Voices, segment: Segment, spans: list[tuple[int, int]]) -> Passage:
    """Read one paragraph with the spans of its quotations, which may go on into the next."""
    first, last = voices.speech.tokens_of(segment.start, segment.end)
    quotes = [voices.span_of(start, end) for start, end in spans]
    covered = voices.inside_quotes
    _cover(quotes, covered)
    verbs = [
        hit
        for hit in voices.verbs_of(first, last)
        if hit.first not in covered and hit.first not in voices.inside_unnamed and not is_clause(voices.speech, hit)
    ]
    stops = [stop for stop in voices.stops_of(first, last) if stop not in covered]
    openings = [quote.first for quote in quotes if counts(voices, quote)]
    return Passage(first, last, verbs=verbs, quotes=quotes, stops=stops, openings=openings)


def _cover(quotes: list[Span], covered: set[int]) -> None:
    """Add the tokens inside quotations; nested ones add nothing."""
    reach = -1
    for quote in quotes:
        covered.update(range(max(quote.first, reach), quote.last))
        reach = max(reach, quote.last)
