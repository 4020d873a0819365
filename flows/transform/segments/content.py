"""What stands behind a label: whether a date, a source, a writer or a list of tags follows it.

The same words begin headlines (``مصادر: الشركة تبحث ...``, ``تقرير: ...``, ``تحديث: ارتفاع الحصيلة``), so a label
alone settles nothing.
"""

from __future__ import annotations

from typing import Final

from flows.transform.page import Page
from flows.transform.segments.coverage import covered_cue, covered_place_or_time, covered_tokens
from flows.transform.segments.cues import SegmentCue
from flows.transform.segments.lines import Line
from flows.transform.speech import folded_words
from flows.values import SegmentKind

_MOST_UNKNOWN: Final = 6
_STAMP_UNKNOWN: Final = 3
_WRITER_WORDS: Final = 8
_NAME_WORDS: Final = 4
_UNLISTED_WRITER_WORDS: Final = 3
_TEXT_AFTER_COLON: Final = 3
_TAG_WORDS: Final = 3
_FUNCTION_WORDS = folded_words("إلى في عن مع بعد قبل حتى أن إن من بين خلال ضد لا لم لن قد هل ما أو ثم منذ حول بشأن")
_NAME_LINKS: Final = folded_words("و بن أبو د عبد آل")


def content_fits(page: Page, content: range, cue: SegmentCue, *, is_marked: bool) -> bool:
    """Whether the tokens behind a label are what it leads to; kinds that lead to any text always fit."""
    if cue.kind == "dateline":
        return _is_time(page, content)
    if cue.kind == "attribution":
        unknown = _unknown(page, content)
        return unknown == 0 if cue.match == "named" else unknown <= _MOST_UNKNOWN
    if cue.kind == "byline" and cue.match == "named":
        return _is_writer(page, content, is_marked=is_marked) or _names_outlets(page, content)
    if cue.kind == "caption" and cue.match == "named":
        return any(covered_tokens(page, at, content.stop, ("source",)) > at for at in content)
    if cue.kind == "byline" and cue.match == "start" and not is_marked:
        return not _opens_speech(page, content)
    return True


def lists_tags(page: Page, line: Line, first: int, kind: SegmentKind) -> bool:
    """``مواضيع السودان أخبار السودان حرب السودان``: tags behind a label without a colon repeat and have no verb."""
    if kind != "keywords" or line.ends_sentence:
        return False
    words = [word for word in page.tokens.words[first : line.last] if word.isalpha() and len(word) >= _TAG_WORDS]
    has_verb = any(hit.entry.category == "verb" for at in range(first, line.last) for hit in page.hits_at(at))
    return len(set(words)) < len(words) and not has_verb and _FUNCTION_WORDS.isdisjoint(words)


def _is_time(page: Page, content: range) -> bool:
    """A time, and hardly a word besides: ``10:30 بتوقيت القدس``, ``منذ 3 ساعات``."""
    words = page.tokens.words
    is_timed = any(words[at].isdigit() or covered_tokens(page, at, content.stop, ("time",)) > at for at in content)
    return is_timed and _unknown(page, content) <= _STAMP_UNKNOWN


def _unknown(page: Page, content: range) -> int:
    """The words that are no source, place, time, number, stamp label or given name; single letters count for none."""
    index, unknown = content.start, 0
    while index < content.stop:
        reach = max(
            covered_tokens(page, index, content.stop, ("source", "given_name")),
            covered_place_or_time(page, index, content.stop),
            covered_cue(page, index, content.stop, "dateline"),
            covered_cue(page, index, content.stop, "attribution", "line"),
        )
        word = page.tokens.words[index]
        unknown += reach == index and word.isalpha() and len(word) > 1
        index = max(reach, index + 1)
    return unknown


def _is_writer(page: Page, content: range, *, is_marked: bool) -> bool:
    """A few words that can be names: the first a given name, or behind a colon all nothing else that is known."""
    words = [at for at in content if page.tokens.words[at].isalpha()]
    if not 0 < len(words) <= _WRITER_WORDS or any(_is_no_name(page, at) for at in words):
        return False
    if _longest_run(page, content) > _NAME_WORDS:
        return False
    if any(hit.entry.category == "given_name" and not hit.offset for hit in page.hits_at(words[0])):
        return True
    is_listed = any(hit.entry.category == "entity" for at in words for hit in page.hits_at(at))
    return is_marked and len(words) <= _UNLISTED_WRITER_WORDS and not is_listed


def _longest_run(page: Page, content: range) -> int:
    """The most words between two marks or ``و``: more than a name has are a headline (``تقرير: ميتا تستعد ...``)."""
    longest = run = 0
    for at in content:
        word = page.tokens.words[at]
        run = 0 if not word.isalpha() else 1 if word.startswith("و") else run + (word not in _NAME_LINKS)
        longest = max(longest, run)
    return longest


def _names_outlets(page: Page, content: range) -> bool:
    """``خاص - العربي الجديد``: listed sources and nothing else."""
    is_listed = any(covered_tokens(page, at, content.stop, ("source",)) > at for at in content)
    return is_listed and _unknown(page, content) == 0


def _is_no_name(page: Page, token: int) -> bool:
    word = page.tokens.words[token]
    if word in _NAME_LINKS:
        return False
    return word in _FUNCTION_WORDS or any(hit.entry.category == "verb" for hit in page.hits_at(token))


def _opens_speech(page: Page, content: range) -> bool:
    """``مراسل الإذاعة: الجيش يتقدم في المدينة``: a colon, then words that are said."""
    words = page.tokens.words
    colon = next((at for at in content if words[at] == ":"), content.stop)
    return sum(words[at].isalpha() for at in range(colon, content.stop)) > _TEXT_AFTER_COLON
