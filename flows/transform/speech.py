"""Who speaks: reporting verbs, and where the verbs, names and cues of a page stand, by token.

Sources and quotations both ask what stands before or after a token; :class:`Speech` answers without a search.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from flows.reference.tables import ReferenceDataError as TableError
from flows.reference.tables import ReferenceTables, values
from flows.text.folded import fold
from flows.transform.lexicon import Category, Entry, Hit, Lexicon
from flows.transform.page import Page
from flows.values import Mention, Segment

VerbKind = Literal["say", "judge", "call", "statement", "relay", "act"]


def folded_words(text: str) -> frozenset[str]:
    """The words of a text in the spelling that tokens have.

    >>> sorted(folded_words("إلى على"))
    ['الي', 'علي']
    """
    return frozenset(fold(text).split())


COMPLEMENTIZERS = folded_words("أن إن بأن أنه أنها أنهم إنه إنها إنهم بأنه بأنها بأنهم")
"""Words that open what is said."""

_CONJUNCTIONS = frozenset(("", "و", "ف"))
_SENTENCE_ENDS = frozenset(".؟!?؛\u06d4")


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """One verb that reports speech: its first form and what it does (see ``reporting_verbs.csv``).

    A participle (``مضيفا``) has the subject of the verb before it.
    """

    lemma: str
    kind: VerbKind
    is_participle: bool = False


@dataclass(frozen=True, slots=True)
class ReportingVerbs:
    """That the lexicon knows the reporting verbs; they come back as hits of category ``verb``."""

    n_verbs: int


def build_reporting_verbs(tables: ReferenceTables, lexicon: Lexicon) -> ReportingVerbs:
    """Add the forms of ``reporting_verbs.csv`` to the lexicon.

    Raises:
        ReferenceDataError: the table is missing, or a row names a kind that does not exist.
    """
    rows = tables.read("reporting_verbs", ("verb", "forms", "participles", "kind"))
    for row in rows:
        if row["kind"] not in get_args(VerbKind):
            raise TableError(f"reporting_verbs.csv: {row['verb']!r} has kind {row['kind']!r}")
        kind = cast("VerbKind", row["kind"])
        lexicon.add_all(values(row["forms"]), Entry("verb", ReportingVerb(row["verb"], kind)))
        lexicon.add_all(values(row["participles"]), Entry("verb", ReportingVerb(row["verb"], kind, is_participle=True)))
    return ReportingVerbs(len(rows))


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens ``first:last`` of a page with their original offsets."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speech:
    """The reporting verbs and mentions of a page by the token they begin in or end before."""

    page: Page
    verbs: Sequence[Hit]
    verb_from: Mapping[int, Hit]
    verb_to: Mapping[int, Hit]
    mention_from: Mapping[int, Mention]
    mention_to: Mapping[int, Mention]

    def word(self, token: int) -> str:
        """The folded word of a token, '' outside the page."""
        words = self.page.tokens.words
        return words[token] if 0 <= token < len(words) else ""

    def ends_sentence(self, token: int) -> bool:
        """Whether a token ends a sentence; a stop between digits or Latin letters does not."""
        if self.word(token) not in _SENTENCE_ENDS:
            return False
        tokens = self.page.tokens
        return not tokens.adjacent(token) or not self.word(token + 1).isalnum()

    def begins_line(self, token: int) -> bool:
        """Whether a token is the first of its line."""
        return token in self.page.tokens.line_starts

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """The tokens of an original span as a half-open pair."""
        found = self.page.token_range(start, end)
        return found.start, found.stop


def read_speech(page: Page, segments: Iterable[Segment], mentions: Iterable[Mention]) -> Speech:
    """Index the verbs and mentions of a page; linear in their number."""
    verbs = [hit for hit in longest(page.hits_of("verb")) if prefix_of(page, hit) in _CONJUNCTIONS]
    verbs = sorted([*verbs, *_spliced_verbs(page, segments, verbs)], key=lambda hit: hit.first)
    mention_from: dict[int, Mention] = {}
    mention_to: dict[int, Mention] = {}
    for mention in mentions:
        tokens = page.token_range(mention.start, mention.end)
        kept = mention_from.get(tokens.start)
        if kept is None or kept.end < mention.end:
            mention_from[tokens.start] = mention
        kept = mention_to.get(tokens.stop)
        if kept is None or kept.start > mention.start:
            mention_to[tokens.stop] = mention
    return Speech(
        page, verbs, {hit.first: hit for hit in verbs}, {hit.last: hit for hit in verbs}, mention_from, mention_to
    )


def _spliced_verbs(page: Page, segments: Iterable[Segment], verbs: Sequence[Hit]) -> list[Hit]:
    """Verbs that begin a segment inside a word (``تعأعلن``), known from where they stand alone on the page."""
    alone = {page.tokens.words[hit.first][hit.offset :]: hit for hit in verbs if hit.last == hit.first + 1}
    found: list[Hit] = []
    for segment in segments:
        token, begin = page.token_at(segment.start), page.folded.folded_index(segment.start)
        if token < len(page.tokens) and page.tokens.starts[token] < begin:
            offset = begin - page.tokens.starts[token]
            same = alone.get(page.tokens.words[token][offset:])
            if same:
                found.append(Hit(token, token + 1, offset, same.fused, same.entry))
    return found


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Non-overlapping hits, earlier and then longer ones first; the plainer reading of a word wins."""
    found: list[Hit] = []
    reach = 0
    for hit in sorted(hits, key=lambda h: (h.first, -h.last, h.offset)):
        if hit.first >= reach:
            found.append(hit)
            reach = hit.last
    return found


def prefix_of(page: Page, hit: Hit) -> str:
    """The proclitics before a hit in its first token (``وب``), '' where it has none."""
    return page.tokens.words[hit.first][: hit.offset]


def hits_from(page: Page, category: Category) -> dict[int, Hit]:
    """The longest hit of a category for each first token."""
    return {hit.first: hit for hit in longest(page.hits_of(category))}
