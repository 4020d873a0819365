"""One page made ready for its sources: every cue, noun and outlet name by the token it begins in."""

from __future__ import annotations

from operator import attrgetter
from typing import Final

from flows.transform.dates.vocabulary import WordTerm
from flows.transform.lexicon import Hit
from flows.transform.page import Page
from flows.transform.segments.coverage import covered_place_or_time
from flows.transform.sources.cues import AnonymousHead, AttributionCue, AttributionUse, SourceCues, SourceName
from flows.transform.sources.hosts import Hosts
from flows.transform.speech import Speech, folded_words, longest
from flows.values import Segment, SourceRole, SourceRoleMention

_by_first = attrgetter("first")
QUOTE_MARKS: Final = frozenset("\"'«»“”„‘’")
_NO_CUES: Final[dict[AttributionUse, Hit]] = {}
_NO_OUTLETS: Final = frozenset(("government", "social"))
MANNER_WORDS: Final = folded_words("أيضا كذلك لاحقا سابقا أمس اليوم بدوره بدورها له لها قد")
STATEMENT_ADJECTIVES: Final = folded_words(
    "أحدث لأحدث آخر لآخر سابق سابقة لاحق رسمي رسمية مشترك مقتضب صحفي صحافي منفصل ثان جديد جديدة مكتوب مصور حديثة أولية"
    " أخيرة"
)
"""What may stand between a statement or figures and whose they are (``بيان سابق للهيئة``)."""


class Reading:
    """The state of one search: a page's cues, nouns and outlet names by token, and the sources found so far.

    A plain class over plain dicts: its methods are asked hundreds of times a page.
    """

    __slots__ = (
        "_cue_from", "_cue_to", "_cues_of", "_times", "cues", "demonyms", "found", "head_from", "hosts", "page",
        "source_from", "speech", "statements", "taken",
    )  # fmt: skip

    def __init__(self, speech: Speech, cues: SourceCues) -> None:
        page = speech.page
        self.page = page
        self.speech = speech
        self.cues = cues
        self.found: list[SourceRoleMention] = []
        self.hosts = Hosts()
        self.taken: set[int] = set()
        self._times: set[int] | None = None
        self._cues_of: dict[AttributionUse, list[Hit]] = {}
        self._cue_from: dict[int, dict[AttributionUse, Hit]] = {}
        self._cue_to: dict[int, dict[AttributionUse, Hit]] = {}
        for hit in page.hits_of("cue"):
            if isinstance(hit.entry.value, AttributionCue):
                self._index(hit, hit.entry.value.use)
        self.statements = sorted(self.cue_tokens("statement"))
        heads = longest([hit for hit in page.hits_of("anonymous") if isinstance(hit.entry.value, AnonymousHead)])
        named = [
            _without_brackets(page, hit) for hit in page.hits_of("source") if isinstance(hit.entry.value, SourceName)
        ]
        named.sort(key=_by_first)
        self.head_from = {hit.first: hit for hit in heads}
        self.source_from = {hit.first: hit for hit in longest(named)}
        self.demonyms = {hit.first: hit for hit in reversed(page.hits_of("demonym"))}

    def _index(self, hit: Hit, use: AttributionUse) -> None:
        """Keep the longest cue of a use that begins in a token, and the shortest that ends before one."""
        if use in self._cues_of:
            self._cues_of[use].append(hit)
        else:
            self._cues_of[use] = [hit]
        begins = self._cue_from.get(hit.first)
        if begins is None:
            self._cue_from[hit.first] = {use: hit}
        elif use not in begins or hit.last > begins[use].last:
            begins[use] = hit
        ends = self._cue_to.get(hit.last)
        if ends is None:
            self._cue_to[hit.last] = {use: hit}
        elif use not in ends or hit.first > ends[use].first:
            ends[use] = hit

    def cues_from(self, token: int) -> dict[AttributionUse, Hit]:
        """The longest cue of each use that begins in a token."""
        return self._cue_from.get(token, _NO_CUES)

    def cue(self, token: int, *uses: AttributionUse) -> Hit | None:
        """The longest cue of some uses that begins in a token."""
        found = self._cue_from.get(token)
        if found is None:
            return None
        best = None
        for use in uses:
            hit = found.get(use)
            if hit is not None and (best is None or hit.last > best.last):
                best = hit
        return best

    def cue_before(self, token: int, *uses: AttributionUse) -> Hit | None:
        """The shortest cue of some uses that ends just before a token."""
        found = self._cue_to.get(token)
        if found is None:
            return None
        best = None
        for use in uses:
            hit = found.get(use)
            if hit is not None and (best is None or hit.first > best.first):
                best = hit
        return best

    def cue_ends(self, *uses: AttributionUse) -> list[int]:
        """The tokens before which a cue of some uses ends."""
        return [hit.last for use in uses for hit in self._cues_of.get(use, [])]

    def cue_tokens(self, *uses: AttributionUse) -> list[int]:
        """The tokens in which a cue of some uses begins."""
        return [hit.first for use in uses for hit in self._cues_of.get(use, [])]

    def add(
        self, segment: Segment, role: SourceRole, first: int, last: int, offset: int = 0, *,
        method: str, confidence: float, key: str | None = None, hop: int | None = None, name: str | None = None,
    ) -> None:  # fmt: skip
        """Keep one source over tokens ``first:last``, unless the same role stands there already."""
        start, end = self.page.span(first, last, offset)
        if any(source.start == start and source.role == role for source in self.found[-4:]):
            return
        listed = self.cues.by_key.get(key or "")
        label = listed.name if listed else name or self.page.text[start:end]
        article = None if role == "publisher" and segment.article == 0 else segment.article  # of the whole page
        if role == "publisher" or (role == "origin" and segment.article is not None):
            bare = self.speech.word(first)[offset:]
            words = [word for word in (bare, *map(self.speech.word, range(first + 1, last))) if word.isalnum()]
            self.hosts.add(None if role == "publisher" else segment.article, key, words)
        self.found.append(SourceRoleMention(article, role, label, method, confidence, start, end, None, key, hop))
        self.taken.update(range(first, last))

    def tokens(self, segment: Segment) -> tuple[int, int]:
        """The tokens of a segment, half open."""
        return self.speech.tokens_of(segment.start, segment.end)

    def is_no_outlet(self, key: str | None) -> bool:
        """Whether a listed source is one that nobody cites: a government or a platform where anybody writes."""
        listed = self.cues.by_key.get(key or "")
        return listed is not None and listed.kind in _NO_OUTLETS

    def is_known(self, token: int, last: int) -> bool:
        """Whether a place or a time begins in a token."""
        return covered_place_or_time(self.page, token, last) > token

    def is_known_time(self, token: int) -> bool:
        """Whether a number, or a word for a time without proclitic, stands in a token."""
        if self.speech.word(token).isdigit():
            return True
        if self._times is None:
            times = self.page.hits_of("time")
            self._times = {hit.first for hit in times if not (hit.offset or hit.fused or _is_stamp(hit))}
        return token in self._times


def _is_stamp(hit: Hit) -> bool:
    """Whether a word only says that a time follows (``نشر``)."""
    return isinstance(hit.entry.value, WordTerm) and hit.entry.value.role == "stamp"


def _without_brackets(page: Page, hit: Hit) -> Hit:
    """``أ ف ب`` of ``(أ ف ب)``, where the brackets are part of a listed credit."""
    words = page.tokens.words
    if words[hit.first] in "([" and words[hit.last - 1] in ")]":
        return Hit(hit.first + 1, hit.last - 1, 0, fused=False, entry=hit.entry)
    return hit


def source_key(hit: Hit) -> str | None:
    """The key of the source a hit names."""
    return hit.entry.value.source_key if isinstance(hit.entry.value, SourceName) else None
