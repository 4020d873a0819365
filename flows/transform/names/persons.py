"""People nobody listed: a given name or a role, and the words of a name after it; Latin names in photo credits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from flows.transform.names.ground import OPENING, Candidate, Ground, is_name_like
from flows.transform.names.keys import PARTICLES, join_parts

_MAX_PARTS = 6
_MIN_PARTS = 2
_CREDIT_WORDS = frozenset(
    "photo photos pool file images image via press getty associated agency news wire handout courtesy media by "
    "video screenshot screen capture flash90 the of and for reuters afp ap epa upi tass xinhua anadolu".split()
)
_COMMON = frozenset({"function", "verb", "common", "link"})


def named_people(ground: Ground, first: int, last: int, listed: Mapping[int, int]) -> Iterator[Candidate]:
    """Names that open with a known given name in tokens ``first:last``.

    Args:
        listed: first token of each listed full name of a person, with its end.
    """
    by_token = ground.hits["given_name"]
    end = first
    for token in range(first, last):
        hits = by_token.get(token)
        if not hits or token < end:
            continue
        if token in listed:
            end = continued(ground, listed[token], last)
            continue
        hit = min(hits, key=lambda h: h.offset)
        if ground.stop(token) in {"function", "verb"} or ground.gazetteer.stops.get(ground.words[token]) in _COMMON:
            continue
        end = _name_end(ground, token, last, listed)
        if end - token >= _MIN_PARTS and (not hit.entry.value or _has_witness(ground, token + 1)):
            yield _person(ground, token, end, hit.offset, "given-name", 0.75)


def continued(ground: Ground, token: int, last: int) -> int:
    """The token after ``بن عبد العزيز آل سعود``, which may follow a name that ends before ``token``."""
    words = ground.words
    while token + 1 < last and words[token] in PARTICLES and words[token + 1].isalpha():
        token += 2
    return token


def person_after_role(ground: Ground, token: int, last: int, listed: Mapping[int, int]) -> Candidate | None:
    """The unlisted name of two words or more that stands right after a role phrase."""
    if token >= last or token in ground.page.tokens.line_starts:
        return None
    word = ground.words[token]
    if ground.stop(token) in {"function", "verb"}:
        return None
    is_given = any(hit.offset == 0 for hit in ground.at("given_name", token))
    if not is_given and not (_is_free(ground, token) and not ground.is_definite(token)):
        return None
    if word[0] in "وفبل" and not is_given and word not in ground.gazetteer.parts:
        return None
    end = _name_end(ground, token, last, listed)
    if end - token < _MIN_PARTS:
        return None
    return _person(ground, token, end, 0, "title", 0.7)


def _person(ground: Ground, first: int, end: int, offset: int, method: str, confidence: float) -> Candidate:
    words = [ground.words[first][offset:], *(word for word in ground.words[first + 1 : end] if word != "-")]
    return Candidate(first, end, offset, "person", method, confidence, words=tuple(join_parts(words)))


def _name_end(ground: Ground, token: int, last: int, listed: Mapping[int, int]) -> int:
    """The token after the last word of a name that begins in ``token``."""
    words, line_starts = ground.words, ground.page.tokens.line_starts
    at, unknown = token + 1, 0
    while at < min(last, token + 2 * _MAX_PARTS) and at not in line_starts and at not in listed:
        word = words[at]
        if word == "-" and at + 1 < last and at + 1 not in line_starts and _is_known(ground, at + 1):
            at += 2
        elif word in PARTICLES and at + 1 < last and words[at + 1].isalpha():
            at += 2
        elif _is_known(ground, at):
            at += 1
        elif not unknown and _is_free(ground, at):
            at, unknown = at + 1, 1
        else:
            break
    return at


def _is_known(ground: Ground, token: int) -> bool:
    """A given name or a part of a listed person's name, without proclitics."""
    word = ground.words[token]
    if ground.stop(token) in _COMMON:
        return False
    return word in ground.gazetteer.given or word in ground.gazetteer.parts


def _is_free(ground: Ground, token: int) -> bool:
    """A word of no other known meaning, which a name may claim."""
    word = ground.words[token]
    if not is_name_like(word) or word.isascii() or ground.stop(token) is not None:
        return False
    if word[0] in "وفبل" and word[1:3] == "ال":
        return False
    others = ("title", "head") if ground.is_definite(token) else ("title", "head", "demonym", "entity")
    return not any(ground.at(category, token) for category in others)


def _has_witness(ground: Ground, token: int) -> bool:
    return ground.words[token] in PARTICLES or _is_known(ground, token)


def credited_people(ground: Ground, first: int, last: int) -> Iterator[Candidate]:
    """Latin names of photographers in brackets: ``(AP/Carolyn Kaster)``."""
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
                yield _person(ground, token, end, 0, "credit", 0.8)
            token = end
            continue
        token += 1


def _is_credit_name(ground: Ground, token: int) -> bool:
    word = ground.words[token]
    if not word.isalpha() or not word[0].isascii() or word in _CREDIT_WORDS:
        return False
    start, _ = ground.page.span(token, token + 1)
    return ground.page.text[start].isupper()
