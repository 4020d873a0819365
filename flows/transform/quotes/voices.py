"""One page made ready for its quotations: sources, cues, titles and verbs by token, and who spoke last."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from flows.text.places import within
from flows.transform.lexicon import Hit
from flows.transform.sources.cues import AttributionCue
from flows.transform.speech import Span, Speech, folded_words, prefix_of
from flows.values import Mention, SourceRoleMention, Speaker

_GENERIC_HEADS: Final = folded_words("حركة حزب جماعة منظمة تنظيم")
_OUTLET_USES: Final = frozenset(("outlet", "office", "institution"))
_by_last = attrgetter("last")
_SPEAKING_ROLES: Final = frozenset(("anonymous", "cited", "official"))


class Subject:
    """Who a verb or cue makes speak, and the verb's surface without proclitics (None for a cue)."""

    __slots__ = ("speakers", "verb")

    def __init__(self, speakers: tuple[Speaker, ...], verb: str | None) -> None:
        self.speakers = speakers
        self.verb = verb


class Voices:
    """Who can speak on a page, by token, and who spoke last.

    A plain class over plain dicts: its methods are asked hundreds of times a page.
    """

    __slots__ = (
        "_bearers", "_cue_tokens", "_outlets", "_stops", "_told", "_verb_tokens", "according", "inside_quotes",
        "inside_unnamed", "page", "source_from", "source_to", "speech",
        "times", "title_from", "title_to", "unnamed",
    )  # fmt: skip

    def __init__(self, speech: Speech, sources: Sequence[SourceRoleMention]) -> None:
        self.page = page = speech.page
        self.speech = speech
        self.unnamed: list[SourceRoleMention] = []
        self.source_from: dict[int, SourceRoleMention] = {}
        self.source_to: dict[int, SourceRoleMention] = {}
        self.inside_quotes: set[int] = set()
        self.inside_unnamed: set[int] = set()
        self._index_sources(sources)
        self.according: dict[int, Hit] = {}
        self._cue_tokens: set[int] = set()
        self._outlets: set[int] = set()
        self._told: set[int] = set()
        self._index_cues(page.hits_of("cue"))
        self.times = {hit.first for hit in page.hits_of("time")}
        self.title_from = {hit.first: hit for hit in sorted(page.hits_of("title"), key=_by_last)}
        self.title_to = {hit.last: hit for hit in self.title_from.values()}
        self._bearers: dict[str, Mention] | None = None
        self._verb_tokens = sorted(speech.verb_from)
        self._stops = sorted(speech.sentence_ends)

    def _index_sources(self, sources: Sequence[SourceRoleMention]) -> None:
        for source in sources:
            if source.start is None or source.end is None or source.role not in _SPEAKING_ROLES:
                continue
            first, last = self.speech.tokens_of(source.start, source.end)
            self.source_from[first], self.source_to[last] = source, source
            if source.role == "anonymous":
                if source.method != "anaphor":
                    self.unnamed.append(source)
                self.inside_unnamed.update(range(first, last))

    def _index_cues(self, cues: Sequence[Hit]) -> None:
        for hit in cues:
            value = hit.entry.value
            if not isinstance(value, AttributionCue):
                continue
            if not hit.offset:
                self._cue_tokens.add(hit.first)
            if value.use == "according":
                self.according[hit.first] = hit
            elif value.use in _OUTLET_USES:
                self._outlets.add(hit.first)
                if prefix_of(self.page, hit).endswith("ل"):
                    self._told.add(hit.first)

    def unnamed_before(self, source: SourceRoleMention) -> SourceRoleMention:
        """Whom ``المصدر`` means: the unnamed source before it in its article, itself if there is none."""
        at = bisect_left(self.unnamed, source.start or 0, key=lambda unnamed: unnamed.start or 0)
        before = self.unnamed[at - 1] if at else source
        return before if before.article == source.article else source

    def verbs_of(self, first: int, last: int) -> list[Hit]:
        """The reporting verbs that begin in ``first:last``."""
        return [self.speech.verb_from[token] for token in within(self._verb_tokens, first, last)]

    def stops_of(self, first: int, last: int) -> list[int]:
        """The tokens in ``first:last`` that end a sentence."""
        return within(self._stops, first, last)

    def is_cue(self, token: int) -> bool:
        """Whether a cue of attribution begins in a token, without proclitic."""
        return token in self._cue_tokens

    def is_outlet_head(self, token: int) -> bool:
        """Whether a noun for an outlet, office or institution, or another generic head, begins in a token."""
        return token in self._outlets or self.speech.word(token) in _GENERIC_HEADS

    def tells_outlet(self, token: int) -> bool:
        """``أضاف لقناة "X"``: whether the outlet somebody spoke to begins in a token."""
        return token in self._told

    def bearer_of(self, start: int, end: int) -> Mention | None:
        """Who bears the title at an original span, as a name that stands with it elsewhere on the page says."""
        if self._bearers is None:
            self._bearers = _bearers(self.speech)
        return self._bearers.get(self.speech.folded(start, end))

    def span_of(self, start: int, end: int) -> Span:
        """The tokens of an original span."""
        first, last = self.speech.tokens_of(start, end)
        return Span(first, last, start, end)


def _bearers(speech: Speech) -> dict[str, Mention]:
    """Who bears each title on the page, so that ``الرئيس التركي`` alone is the one named with it; none if two do."""
    found: dict[str, Mention] = {}
    shared: set[str] = set()
    for mention in speech.mention_from.values():
        if mention.title_start is None or mention.title_end is None or mention.entity is None:
            continue
        title = speech.folded(mention.title_start, mention.title_end)
        known = found.setdefault(title, mention)
        if known.entity != mention.entity:
            shared.add(title)
    return {title: mention for title, mention in found.items() if title not in shared}
