"""Peoples named by a definite plural noun: ``الفلسطينيون``, but not the adjective of ``المدنيين الفلسطينيين``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from flows.transform.names.gazetteer import Demonym
from flows.transform.names.ground import Candidate, Ground
from flows.values import Entity


def peoples(ground: Ground, first: int, last: int) -> list[Candidate]:
    """A candidate for each plural nationality noun in tokens ``first:last``."""
    found: list[Candidate] = []
    for token, hits in _plurals(ground, first, last):
        demonym, offset = hits
        if demonym.group and not is_adjective(ground, token, first):
            key = f"group:{demonym.group}"
            entity = ground.gazetteer.entities.get(key) or Entity(
                key, "group", demonym.group.replace("-", " ").title(), country_code=demonym.country_code or None
            )
            found.append(Candidate(token, token + 1, offset, "group", "demonym", 0.85, (entity,)))
    return found


def _plurals(ground: Ground, first: int, last: int) -> Iterator[tuple[int, tuple[Demonym, int]]]:
    by_token = ground.hits["demonym"]
    for token in ground.within("demonym", first, last):
        for hit in by_token[token]:
            demonym = cast("Demonym", hit.entry.value)
            if demonym.gender == "plural" and hit.last == token + 1:
                yield token, (demonym, hit.offset)
                break


def is_adjective(ground: Ground, token: int, first: int) -> bool:
    """Whether a nationality word follows the definite noun it describes, or another such adjective with ``و``."""
    word = ground.words[token]
    if word.startswith(("ب", "لل", "ك", "ف")):
        return False
    while token > first and word.startswith("و") and ground.at("demonym", token - 1):
        token -= 1
        word = ground.words[token]
    return token > first and not word.startswith("و") and ground.is_definite(token - 1)
