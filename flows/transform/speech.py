"""Who speaks: reporting verbs, and where the verbs, names and cues of a page stand, by token.

Sources and quotations both ask what stands before or after a token; :class:`Speech` answers without a search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from flows.reference.tables import ReferenceDataError as TableError
from flows.reference.tables import ReferenceTables, values
from flows.text.folded import fold
from flows.text.places import first_from
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


COMPLEMENTIZERS: Final = folded_words("أن إن بأن أنه أنها أنهم إنه إنها إنهم بأنه بأنها بأنهم")
"""Words that open what is said."""

_CONJUNCTIONS: Final = frozenset(("", "و", "ف"))
_BLANKS: Final = [""] * 256
"""Words behind the last of a page, which a negative index meets too: more than any rule looks before or ahead."""
_NOUNS_TOO: Final = folded_words("نشر بث أبرز")
_BEFORE_NOUNS: Final = folded_words("على في إلى عن")
_INFINITIVE: Final = "قول"
_CAME: Final = folded_words("ورد وردت")
_TO_WHOM: Final = "علي"
_BEFORE_VERBS: Final = folded_words("قد كما ما مما الذي فيما بينما وقد فقد")
_SENTENCE_ENDS: Final = frozenset(".؟!?؛\u06d4")


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


class Span:
    """Tokens ``first:last`` of a page with their original offsets."""

    __slots__ = ("end", "first", "last", "start")

    def __init__(self, first: int, last: int, start: int, end: int) -> None:
        self.first = first
        self.last = last
        self.start = start
        self.end = end


class Speech:
    """The words, reporting verbs and mentions of a page by the token they begin in or end before.

    A plain class over plain dicts: its methods are asked thousands of times a page.
    """

    __slots__ = (
        "_lasts", "_line_starts", "_starts", "_words", "mention_from", "mention_to", "page", "sentence_ends",
        "verb_from", "verb_to",
    )  # fmt: skip

    def __init__(self, page: Page, segments: Sequence[Segment], mentions: Sequence[Mention]) -> None:
        tokens = page.tokens
        self.page = page
        self._words = tokens.words + _BLANKS
        self._starts, self._lasts, self._line_starts = tokens.origins, tokens.last_origins, tokens.line_starts
        self.sentence_ends = _sentence_ends(tokens)
        verbs = _verbs(page, segments)
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

    def word(self, token: int) -> str:
        """The folded word of a token, '' before and behind the page."""
        return self._words[token]

    def ends_sentence(self, token: int) -> bool:
        """Whether a token ends a sentence; a stop between digits or Latin letters does not."""
        return token in self.sentence_ends

    def begins_line(self, token: int) -> bool:
        """Whether a token is the first of its line."""
        return token in self._line_starts

    def folded(self, start: int, end: int) -> str:
        """The folded copy of an original span."""
        folded = self.page.folded
        return folded.folded[folded.folded_index(start) : folded.folded_index(end)]

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """The tokens of an original span, those its borders cut included, as a half-open pair."""
        first = first_from(self._lasts, start)
        return first, max(first, first_from(self._starts, end))


def _sentence_ends(tokens: Tokens) -> frozenset[int]:
    words = tokens.words
    stops = [mark for mark in tokens.marks if words[mark] in _SENTENCE_ENDS]
    return frozenset([stop for stop in stops if not (tokens.adjacent(stop) and words[stop + 1].isalnum())])


def _verbs(page: Page, segments: Sequence[Segment]) -> list[Hit]:
    hits = longest([hit for hit in page.hits_of("verb") if not _is_answer(page, hit)])
    verbs = [hit for hit in hits if prefix_of(page, hit) in _CONJUNCTIONS and not _is_noun(page, hit)]
    spliced = _spliced_verbs(page, segments, verbs)
    return sorted([*verbs, *spliced], key=lambda hit: hit.first) if spliced else verbs


def _is_answer(page: Page, hit: Hit) -> bool:
    """Whether ``ورد`` is read as *it came* where ``ورد عليه``, ``ورد الرئيس`` say that somebody answered."""
    words = page.tokens.words
    is_came = not hit.offset and words[hit.first] in _CAME
    if not is_came or hit.last >= len(words):
        return False
    who = (each.entry.category for each in page.hits_at(hit.last) if not each.offset)
    return words[hit.last].startswith(_TO_WHOM) or any(category in ("title", "given_name") for category in who)


def _is_noun(page: Page, hit: Hit) -> bool:
    """Whether ``نشر`` or ``على طلب`` is the noun: a verb has a conjunction, or begins a line or a clause."""
    words = page.tokens.words
    if hit.first in page.tokens.line_starts:
        return False
    before = words[hit.first - 1]
    if before in _BEFORE_NOUNS:
        return not words[hit.first].startswith(_INFINITIVE)
    if words[hit.first] not in _NOUNS_TOO:
        return False
    return before.isalnum() and before not in _BEFORE_VERBS


def _spliced_verbs(page: Page, segments: Sequence[Segment], verbs: list[Hit]) -> list[Hit]:
    """Verbs that begin a segment inside a word (``تعأعلن``), known from where they stand alone on the page."""
    tokens, found, alone = page.tokens, list[Hit](), dict[str, Hit]()
    for segment in segments:
        start = segment.start
        token = first_from(tokens.last_origins, start)
        if token < len(tokens.origins) and tokens.origins[token] < start:
            alone = alone or {tokens.words[hit.first][hit.offset :]: hit for hit in verbs if hit.last == hit.first + 1}
            offset = page.folded.folded_index(start) - tokens.starts[token]
            same = alone.get(tokens.words[token][offset:])
            if same:
                found.append(Hit(token, token + 1, offset, same.fused, same.entry))
    return found


def longest(hits: list[Hit]) -> list[Hit]:
    """Non-overlapping ones of hits in text order, earlier and then longer ones first; the plainer reading wins."""
    found: list[Hit] = []
    for hit in hits:
        last = found[-1] if found else None
        if last is None or hit.first >= last.last:
            found.append(hit)
        elif hit.first == last.first and (hit.last > last.last or (hit.last == last.last and hit.offset < last.offset)):
            found[-1] = hit
    return found


def prefix_of(page: Page, hit: Hit) -> str:
    """The proclitics before a hit in its first token (``وب``), '' where it has none."""
    return page.tokens.words[hit.first][: hit.offset]
