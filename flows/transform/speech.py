"""Who speaks: reporting verbs, and where the verbs, names and cues of a page stand, by token.

Sources and quotations both ask what stands before or after a token; :class:`Speech` answers without a search.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from flows.reference.tables import ReferenceDataError as TableError
from flows.reference.tables import ReferenceTables, values
from flows.text.folded import fold
from flows.text.tokens import Tokens
from flows.transform.lexicon import Entry, Hit, Lexicon
from flows.transform.page import Page
from flows.values import Mention, Segment

VerbKind = Literal["say", "judge", "call", "statement", "relay", "act", "name"]


def folded_words(text: str) -> frozenset[str]:
    """The words of a text in the spelling that tokens have.

    >>> sorted(folded_words("إلى على"))
    ['الي', 'علي']
    """
    return frozenset(fold(text).split())


COMPLEMENTIZERS = folded_words("أن إن بأن أنه أنها أنهم إنه إنها إنهم بأنه بأنها بأنهم")
"""Words that open what is said."""

_CONJUNCTIONS = frozenset(("", "و", "ف"))
_BLANKS = ("",) * 256
"""Words behind the last of a page, which a negative index meets too: more than any rule looks before or ahead."""
_NOUNS_TOO = folded_words("نشر بث")
_BEFORE_VERBS = folded_words("قد كما ما مما الذي فيما بينما وقد فقد")
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


class Speech:
    """The words, reporting verbs and mentions of a page by the token they begin in or end before.

    A plain class over plain dicts: its methods are asked thousands of times a page.
    """

    __slots__ = (
        "_lasts", "_starts", "mention_from", "mention_to", "page", "sentence_ends", "verb_from", "verb_to", "word",
    )  # fmt: skip

    word: Callable[[int], str]
    """The folded word of a token, '' before and behind the page."""

    def __init__(self, page: Page, segments: Iterable[Segment], mentions: Iterable[Mention]) -> None:
        tokens, offsets = page.tokens, page.folded.offsets
        self.page = page
        self.word = [*tokens.words, *_BLANKS].__getitem__
        self._starts = [offsets[start] for start in tokens.starts]
        self._lasts = [offsets[end - 1] for end in tokens.ends]
        self.sentence_ends = _sentence_ends(tokens)
        verbs = _verbs(page, segments, self._starts, self._lasts)
        self.verb_from = {hit.first: hit for hit in verbs}
        self.verb_to = {hit.last: hit for hit in verbs}
        self.mention_from: dict[int, Mention] = {}
        self.mention_to: dict[int, Mention] = {}
        for mention in mentions:
            first, last = self.tokens_of(mention.start, mention.end)
            kept = self.mention_from.get(first)
            if kept is None or kept.end < mention.end:
                self.mention_from[first] = mention
            kept = self.mention_to.get(last)
            if kept is None or kept.start > mention.start:
                self.mention_to[last] = mention

    def ends_sentence(self, token: int) -> bool:
        """Whether a token ends a sentence; a stop between digits or Latin letters does not."""
        return token in self.sentence_ends

    def begins_line(self, token: int) -> bool:
        """Whether a token is the first of its line."""
        return token in self.page.tokens.line_starts

    def folded(self, start: int, end: int) -> str:
        """The folded copy of an original span."""
        folded = self.page.folded
        return folded.folded[folded.folded_index(start) : folded.folded_index(end)]

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """The tokens of an original span, those its borders cut included, as a half-open pair."""
        first = bisect_left(self._lasts, start)
        return first, bisect_left(self._starts, end, first)


def _sentence_ends(tokens: Tokens) -> frozenset[int]:
    words = tokens.words
    stops = [token for token, word in enumerate(words) if word in _SENTENCE_ENDS]
    return frozenset(stop for stop in stops if not (tokens.adjacent(stop) and words[stop + 1].isalnum()))


def _verbs(page: Page, segments: Iterable[Segment], starts: Sequence[int], lasts: Sequence[int]) -> list[Hit]:
    hits = (hit for hit in longest(page.hits_of("verb")) if prefix_of(page, hit) in _CONJUNCTIONS)
    verbs = [hit for hit in hits if not _is_noun(page, hit)]
    return sorted([*verbs, *_spliced_verbs(page, segments, verbs, starts, lasts)], key=lambda hit: hit.first)


def _is_noun(page: Page, hit: Hit) -> bool:
    """Whether ``نشر`` is the noun: a verb has a conjunction, or begins a line or a clause."""
    words = page.tokens.words
    if words[hit.first] not in _NOUNS_TOO or hit.first in page.tokens.line_starts:
        return False
    before = words[hit.first - 1]
    return before.isalnum() and before not in _BEFORE_VERBS


def _spliced_verbs(
    page: Page, segments: Iterable[Segment], verbs: Sequence[Hit], starts: Sequence[int], lasts: Sequence[int]
) -> list[Hit]:
    """Verbs that begin a segment inside a word (``تعأعلن``), known from where they stand alone on the page."""
    alone = {page.tokens.words[hit.first][hit.offset :]: hit for hit in verbs if hit.last == hit.first + 1}
    found: list[Hit] = []
    for segment in segments:
        token = bisect_left(lasts, segment.start)
        if token < len(starts) and starts[token] < segment.start:
            offset = page.folded.folded_index(segment.start) - page.tokens.starts[token]
            same = alone.get(page.tokens.words[token][offset:])
            if same:
                found.append(Hit(token, token + 1, offset, same.fused, same.entry))
    return found


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Non-overlapping hits, earlier and then longer ones first; the plainer reading of a word wins."""
    best: dict[int, Hit] = {}
    for hit in hits:
        known = best.get(hit.first)
        if known is None or hit.last > known.last or (hit.last == known.last and hit.offset < known.offset):
            best[hit.first] = hit
    found: list[Hit] = []
    reach = 0
    for first in sorted(best):
        if first >= reach:
            found.append(best[first])
            reach = best[first].last
    return found


def prefix_of(page: Page, hit: Hit) -> str:
    """The proclitics before a hit in its first token (``وب``), '' where it has none."""
    return page.tokens.words[hit.first][: hit.offset]
