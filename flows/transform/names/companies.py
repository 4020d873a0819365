"""Names of companies nobody listed, after ``شركة``: known by their last word, a nationality, their Latin spelling."""

from __future__ import annotations

from typing import Final

from flows.transform.names.ground import Ground, goes_on, is_free
from flows.transform.names.latin import latin_end
from flows.transform.names.words import looks_foreign

_MAX_WORDS: Final = 7
_MAX_FOREIGN: Final = 2
_LETTERS: Final = frozenset({
    "ايه", "بي", "سي", "دي", "اي", "اف", "جي", "اتش", "جيه", "كي", "كيه", "ال", "ام", "ان", "او", "كيو", "ار", "اس",
    "تي", "يو", "في", "دبليو", "اكس", "واي", "زد",
})  # fmt: skip
"""Folded names of Latin letters, which spell acronyms: ``دي إن أو``."""


def company_end(ground: Ground, token: int, last: int) -> int:
    """The end of the company's name that begins in ``token``; ``token`` itself where nothing shows a name."""
    return max(_closed_end(ground, token, last), _cued_end(ground, token, last), _foreign_end(ground, token, last))


def _foreign_end(ground: Ground, token: int, last: int) -> int:
    """The end of one or two unknown words that only a foreign name can be, by their letters: ``شركة موتورولا``."""
    end = token
    while end < min(last, token + _MAX_FOREIGN) and is_free(ground, end) and looks_foreign(ground.words[end]):
        end += 1
    return end


def _cued_end(ground: Ground, token: int, last: int) -> int:
    """The end of unknown words that a definite nationality or a Latin spelling follows: ``شركة هنت أويل الأميركية``.

    The adjective of an indefinite noun would be indefinite, so these words are a name.
    """
    end, limit = token, min(last, token + _MAX_WORDS)
    while end < limit and end not in ground.page.tokens.line_starts and _is_part(ground, end):
        end += 1
    if end == token or end >= last:
        return token
    is_national = any(hit.offset == 0 and not hit.fused for hit in ground.at("demonym", end))
    is_spelt = latin_end(ground, end + (ground.words[end] == "("), last) > end + (ground.words[end] == "(")
    return end if is_national or is_spelt else token


def _is_part(ground: Ground, token: int) -> bool:
    """An unknown indefinite word, or the name of a Latin letter."""
    word = ground.words[token]
    return word in _LETTERS or (is_free(ground, token) and not ground.is_definite(token))


def _closed_end(ground: Ground, token: int, last: int) -> int:
    """The end of a company's name, known by its last words: ``السويدي إليكتريك``, ``برايم القابضة``."""
    place = [hit.last for hit in ground.at("entity", token) if hit.offset == 0 and hit.last <= last]
    end = max(place, default=token + 1) if place or is_free(ground, token) or ground.at("demonym", token) else token
    closed = token
    while token < end < min(last, token + _MAX_WORDS) and goes_on(ground, end):
        if ground.words[end] in ground.gazetteer.companies:
            closed = end + 1
        elif not is_free(ground, end) or ground.is_definite(end):
            break
        end += 1
    return closed
