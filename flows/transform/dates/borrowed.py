"""Names that borrow a word of time: papers (``المصري اليوم``), people (``آلان جوبيه``). No time is read in them."""

from __future__ import annotations

from collections.abc import Iterator

from flows.transform.dates.vocabulary import TimeVocabulary, WordTerm
from flows.transform.lexicon import Hit
from flows.transform.names.gazetteer import ListedName
from flows.transform.page import Page
from flows.transform.sources.cues import SourceName

_BORROWING_KINDS = frozenset({"organisation", "person", "place"})
"""Events are named after their day (``هجوم 7 أكتوبر``): there the day is a time."""
_MARKS_BEFORE = frozenset({"", ":", "-", "/", "|", "+", "(", "[", '"', "«", "“"})


def borrowed_tokens(page: Page, vocabulary: TimeVocabulary) -> set[int]:
    """The tokens of a page inside names that only sound like a time."""
    tokens: set[int] = set()
    for hit, is_sure in _names(page):
        if is_sure or _stands_as_outlet(page, hit, vocabulary):
            tokens.update(range(hit.first, hit.last))
    return tokens


def _names(page: Page) -> Iterator[tuple[Hit, bool]]:
    """Names of several words, and whether each is a name wherever it stands: ``بغداد اليوم`` is not."""
    for hit in page.hits_of("time"):
        if isinstance(hit.entry.value, WordTerm) and hit.entry.value.role in {"name", "outlet"}:
            yield hit, hit.entry.value.role == "name"
    for category in ("entity", "source"):
        for hit in page.hits_of(category):
            if hit.last - hit.first == 1:
                continue
            match hit.entry.value:
                case ListedName(entity=entity, use=use) if entity.kind in _BORROWING_KINDS:
                    yield hit, use != "guarded"
                case SourceName(credit_only=credit_only):
                    yield hit, not credit_only


def _stands_as_outlet(page: Page, hit: Hit, vocabulary: TimeVocabulary) -> bool:
    """Whether an outlet stands here: after a word that calls for one, ل or a mark, not ``شهدت بغداد اليوم``."""
    words, starts = page.tokens.words, page.tokens.line_starts
    if "ل" in words[hit.first][: hit.offset]:
        return True
    before = "" if hit.first in starts else words[hit.first - 1]
    if before in vocabulary.outlet_leads or before[1:] in vocabulary.outlet_leads:
        return True
    after = "" if hit.last in starts or hit.last >= len(words) else words[hit.last]
    return before in _MARKS_BEFORE and not after[:1].isalnum()
