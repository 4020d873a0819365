"""Who is called by a nationality: people (``وجاء الإثيوبي لاميتشا جيرما ثالثا``), companies (``الجزائرية للمياه``)."""

from __future__ import annotations

from typing import cast

from flows.transform.names.extents import purpose_end
from flows.transform.names.gazetteer import Demonym
from flows.transform.names.ground import ENDS, Candidate, Ground, is_definite
from flows.transform.names.keys import coined
from flows.transform.names.person_extents import name_end
from flows.transform.names.persons import is_full, person_named
from flows.transform.names.words import CLITICS, is_free_word


def nationals(ground: Ground, first: int, last: int, listed: dict[int, int]) -> list[Candidate]:
    """Names of two unknown words or more right after a nationality that is no adjective of the word before it.

    ``listed`` has the first token of each listed full name of a person, with its end.
    """
    found: list[Candidate] = []
    for token in ground.within("demonym", first, last):
        name = _after_singular(ground, token)
        if name + 1 >= last or ground.at("given_name", name) or _is_adjective(ground, token, first):
            continue
        if _opens(ground, name) and not is_definite(ground.words[name + 1]):
            end = name_end(ground, name + 1, last, listed, is_foreign=True)
            person = person_named(ground, name, end, 0, "nationality")
            if is_full(person.words) and not all(word.endswith("ا") for word in person.words):
                found.append(person)
    return found


def national_companies(ground: Ground, first: int, last: int) -> list[Candidate]:
    """``المصرية لنقل الكهرباء``: a feminine nationality and a purpose, with no noun before that it could describe."""
    found: list[Candidate] = []
    for token in ground.within("demonym", first, last):
        for hit in ground.at("demonym", token):
            is_feminine = cast("Demonym", hit.entry.value).gender == "f" and not hit.fused
            if is_feminine and _stands_alone(ground, token, first) and (end := purpose_end(ground, hit.last, last)):
                words = ground.name_words(token, end, hit.offset)
                entity = coined("organisation", words, ground.surface(token, end, hit.offset))
                found.append(Candidate(token, end, hit.offset, "organisation", "head", 0.6, (entity,)))
    return found


def _stands_alone(ground: Ground, token: int, first: int) -> bool:
    """Whether a verb, a particle, a title or a mark stands before a word, and no noun that it could describe."""
    before = token - 1
    if token > first and ground.at("demonym", before):
        return False  # ``الأوروبية والأميركية``
    if token == first or token in ground.page.tokens.line_starts or not ground.words[before].isalpha():
        return True
    return ground.stop(before) in ENDS or bool(ground.at("title", before))


def _after_singular(ground: Ground, token: int) -> int:
    """The token after the nationality of one person; the end of the page where there is none."""
    ends = [
        hit.last
        for hit in ground.at("demonym", token)
        if _is_ones(cast("Demonym", hit.entry.value)) and (not hit.offset or hit.fused)
    ]
    return max(ends, default=len(ground.words))


def _is_ones(demonym: Demonym) -> bool:
    return bool(demonym.country_code) and demonym.gender != "plural"


def _is_adjective(ground: Ground, token: int, first: int) -> bool:
    """Whether a nationality describes the word before it: a definite noun, a listed name (``برشلونة الإسباني``)."""
    if token == first or token in ground.page.tokens.line_starts:
        return False
    is_name = any(hit.last == token for back in (1, 2) for hit in ground.at("entity", token - back))
    return is_name or is_definite(ground.words[token - 1])


def _opens(ground: Ground, token: int) -> bool:
    """Whether an unknown word may begin a foreign name."""
    word = ground.words[token]
    is_plain = word[0] not in CLITICS and not is_definite(word)
    return is_plain and token not in ground.page.tokens.line_starts and is_free_word(ground, token)
