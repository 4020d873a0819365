"""Latin names in Arabic text: photographers in credits, and the other spelling of the name just before."""

from __future__ import annotations

from typing import Final

from flows.text.places import within
from flows.transform.names.ground import OPENING, Candidate, Ground
from flows.transform.names.persons import person_named

_MIN_PARTS: Final = 2
_CREDIT_WORDS: Final = frozenset({
    "photo", "photos", "pool", "file", "images", "image", "via", "press", "getty", "associated", "agency", "news",
    "wire", "handout", "courtesy", "media", "by", "video", "screenshot", "screen", "capture", "the", "of", "and",
    "for", "reuters", "afp", "ap", "epa", "upi", "tass", "xinhua", "anadolu",
})  # fmt: skip
_GLOSSED: Final = frozenset({"person", "organisation"})


def with_glosses(ground: Ground, chosen: list[Candidate], last: int) -> list[Candidate]:
    """The candidates, and after each what repeats it in Latin letters: ``براد سميث (Brad Smith)``, ``أبل Apple``.

    A name is the entity of what it repeats; one that the reference data lists stays itself.
    """
    if not chosen or not within(ground.latin, chosen[0].first, last):
        return list(chosen)
    listed = {c.first for c in chosen if c.entities or c.method != "credit"}
    glosses = {}
    for candidate in chosen:
        end = latin_end(ground, token := _gloss_first(ground, candidate.last, last), last)
        is_name = candidate.kind in _GLOSSED and candidate.institution is None and candidate.method != "credit"
        is_spelt = end > token + 1 or (end > token and candidate.kind != "person" and len(ground.words[token]) > 1)
        if is_name and is_spelt and token not in listed:
            glosses[token] = candidate.at(token, end, 0, "gloss")
    kept = [c for c in chosen if c.first not in glosses]
    return sorted([*kept, *glosses.values()], key=lambda c: (c.first, c.last)) if glosses else kept


def _gloss_first(ground: Ground, token: int, last: int) -> int:
    """Where a Latin spelling of the name that ends before ``token`` would begin: at once or in brackets."""
    is_between = token < last and ground.words[token] in '()"”»'
    return token + is_between


def latin_end(ground: Ground, token: int, last: int) -> int:
    """The token after the capitalised Latin words from ``token`` on, if an Arabic letter's word stands before them."""
    end = token
    while end < last and end not in ground.page.tokens.line_starts and _is_credit_name(ground, end):
        end += 1
    return end


def credited_people(ground: Ground, first: int, last: int) -> list[Candidate]:
    """Latin names of photographers in brackets: ``(AP/Carolyn Kaster)``."""
    if not within(ground.latin, first, last):
        return []
    found: list[Candidate] = []
    words, token = ground.words, first
    depth = 0
    while token < last:
        word = words[token]
        if word in OPENING:
            depth += word == "("
        elif word == ")":
            depth -= 1
        elif depth > 0 and _is_credit_name(ground, token):
            end = token + 1
            while end < last and _is_credit_name(ground, end):
                end += 1
            if end - token >= _MIN_PARTS:
                found.append(person_named(ground, token, end, 0, "credit"))
            token = end
            continue
        token += 1
    return found


def _is_credit_name(ground: Ground, token: int) -> bool:
    word = ground.words[token]
    if not word.isalpha() or not word[0].isascii() or word in _CREDIT_WORDS:
        return False
    start, _ = ground.page.span(token, token + 1)
    return ground.page.text[start].isupper()
