"""One page made ready for its sources: every cue, noun and outlet name by the token it begins in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flows.transform.lexicon import Hit
from flows.transform.page import Page
from flows.transform.segments.coverage import covered_place_or_time, covered_tokens
from flows.transform.sources.cues import AnonymousHead, AttributionCue, AttributionUse, SourceCues, SourceName
from flows.transform.speech import Speech, folded_words, longest, read_speech
from flows.values import Mention, Segment, SourceRole, SourceRoleMention

QUOTE_MARKS = frozenset("\"'«»“”„")
MANNER_WORDS = folded_words("أيضا كذلك لاحقا سابقا أمس اليوم بدوره بدورها له لها قد")
STATEMENT_ADJECTIVES = folded_words(
    "سابق سابقة لاحق رسمي رسمية مشترك مقتضب صحفي صحافي منفصل ثان جديد جديدة مكتوب مصور حديثة أولية أخيرة"
)
"""What may stand between a statement or figures and whose they are (``بيان سابق للهيئة``)."""


@dataclass(slots=True)
class Reading:
    """The state of one search: the page, its cues, and the sources found so far."""

    page: Page
    speech: Speech
    cues: SourceCues
    cue_from: Mapping[int, Sequence[Hit]]
    head_from: Mapping[int, Hit]
    source_from: Mapping[int, Hit]
    found: list[SourceRoleMention] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def cue(self, token: int, *uses: AttributionUse) -> Hit | None:
        """The longest cue of some uses that begins in a token."""
        best = None
        for hit in self.cue_from.get(token, ()):
            value = hit.entry.value
            if isinstance(value, AttributionCue) and value.use in uses and (best is None or hit.last > best.last):
                best = hit
        return best

    def cue_before(self, token: int, *uses: AttributionUse, reach: int = 4) -> Hit | None:
        """A cue of some uses that ends just before a token, of at most ``reach`` tokens."""
        for first in range(token - 1, max(-1, token - 1 - reach), -1):
            for hit in self.cue_from.get(first, ()):
                value = hit.entry.value
                if hit.last == token and isinstance(value, AttributionCue) and value.use in uses:
                    return hit
        return None

    def add(
        self, segment: Segment, role: SourceRole, first: int, last: int, offset: int = 0, *,
        method: str, confidence: float, key: str | None = None, hop: int | None = None, name: str | None = None,
    ) -> None:  # fmt: skip
        """Keep one source over tokens ``first:last``, unless the same role stands there already."""
        start, end = self.page.span(first, last, offset)
        if any(source.role == role and source.start == start for source in self.found[-4:]):
            return
        listed = self.cues.by_key.get(key or "")
        label = listed.name if listed else name or self.page.text[start:end]
        self.found.append(
            SourceRoleMention(segment.article, role, label, method, confidence, start, end, None, key, hop)
        )
        self.taken.update(range(first, last))

    def tokens(self, segment: Segment) -> tuple[int, int]:
        """The tokens of a segment, half open."""
        return self.speech.tokens_of(segment.start, segment.end)

    def is_known(self, token: int, last: int) -> bool:
        """Whether a place or a time begins in a token."""
        return covered_place_or_time(self.page, token, last) > token

    def is_known_time(self, token: int, last: int) -> bool:
        """Whether a word or number of a time stands in a token."""
        return self.speech.word(token).isdigit() or covered_tokens(self.page, token, last, ("time",)) > token


def read_sources(page: Page, segments: Sequence[Segment], mentions: Sequence[Mention], cues: SourceCues) -> Reading:
    """Index a page once; linear in its hits."""
    cue_from: dict[int, list[Hit]] = {}
    for hit in page.hits_of("cue"):
        if isinstance(hit.entry.value, AttributionCue):
            cue_from.setdefault(hit.first, []).append(hit)
    heads = longest(hit for hit in page.hits_of("anonymous") if isinstance(hit.entry.value, AnonymousHead))
    named = (hit for hit in page.hits_of("source") if isinstance(hit.entry.value, SourceName))
    names = longest(_without_brackets(page, hit) for hit in named)
    return Reading(
        page, read_speech(page, segments, mentions), cues, cue_from, {hit.first: hit for hit in heads},
        {hit.first: hit for hit in names},
    )  # fmt: skip


def _without_brackets(page: Page, hit: Hit) -> Hit:
    """``أ ف ب`` of ``(أ ف ب)``, where the brackets are part of a listed credit."""
    words = page.tokens.words
    if words[hit.first] in "([" and words[hit.last - 1] in ")]":
        return Hit(hit.first + 1, hit.last - 1, 0, fused=False, entry=hit.entry)
    return hit


def source_key(hit: Hit) -> str | None:
    """The key of the source a hit names."""
    return hit.entry.value.source_key if isinstance(hit.entry.value, SourceName) else None
