"""Bodies named in short: by the country the rest of the document speaks of, or by their name in full elsewhere."""

from __future__ import annotations

from typing import Final

from flows.transform.names.gazetteer import Gazetteer
from flows.transform.names.ground import Candidate, Ground
from flows.transform.names.institutions import institution
from flows.transform.names.linking import Witnesses
from flows.values import Entity

_MIN_PARTS: Final = 2
_MAX_PREFIX: Final = 8
"""So many first words of a body's name may stand for it."""


def close_institutions(candidates: list[Candidate], seen: Witnesses, ground: Ground) -> list[Candidate]:
    """Give ``وزارة الدفاع (البنتاغون)`` a country: by apposition, else by the rest of the document.

    The rest of the document decides when it names one body of that kind, or the last one before under the same head,
    or national bodies of one country only. A body nobody listed may be the short form of one named in full.
    """
    if all(c.institution is None and c.method != "head" for c in candidates):
        return list(candidates)
    bodies = _bodies(candidates)
    longer = _longer_names(candidates, ground)
    before: dict[str, Entity] = {}
    closed: list[Candidate] = []
    for candidate, following in zip(candidates, [*candidates[1:], None], strict=False):
        body = candidate.institution
        found: Entity | None = None
        if body is not None:
            found = _apposed(candidate, following, ground) or before.get(body[0])
            found = found or _body(body, bodies.get(body[0], {}), seen, ground.gazetteer)
        elif candidate.method == "head":
            found = _apposed(candidate, following, ground) or longer.get(_words(candidate, ground))
        elif candidate.method == "national":
            before[_suffix(candidate.entities[0])] = candidate.entities[0]
        if found is not None and found.kind == candidate.kind:
            closed.append(candidate.naming(found))
        else:
            closed.append(candidate)
    return closed


def _suffix(entity: Entity) -> str:
    """What a national body is, apart from its country: ``central-bank``."""
    return entity.key.partition("-")[2]


def _bodies(candidates: list[Candidate]) -> dict[str, dict[str, Entity]]:
    bodies: dict[str, dict[str, Entity]] = {}
    for candidate in candidates:
        for entity in candidate.entities[:1]:
            bodies.setdefault(_suffix(entity), {})[entity.key] = entity
    return bodies


def _words(candidate: Candidate, ground: Ground) -> tuple[str, ...]:
    return tuple(ground.name_words(candidate.first, candidate.last, candidate.offset))


def _longer_names(candidates: list[Candidate], ground: Ground) -> dict[tuple[str, ...], Entity]:
    """The one body whose name goes on from some first words: ``الجمعية المغربية`` of ``الجمعية المغربية للصحافة``."""
    found: dict[tuple[str, ...], dict[str, Entity]] = {}
    for candidate in candidates:
        if candidate.kind == "organisation" and len(candidate.entities) == 1:
            words = _words(candidate, ground)
            for end in range(_MIN_PARTS, min(len(words), _MAX_PREFIX)):
                found.setdefault(words[:end], {})[candidate.entities[0].key] = candidate.entities[0]
    return {words: next(iter(named.values())) for words, named in found.items() if len(named) == 1}


def _apposed(candidate: Candidate, following: Candidate | None, ground: Ground) -> Entity | None:
    """The organisation in brackets right after a candidate."""
    if following is None or following.first != candidate.last + 1 or ground.words[candidate.last] != "(":
        return None
    return next((entity for entity in following.entities[:1] if entity.kind == "organisation"), None)


def _body(body: tuple[str, str], same: dict[str, Entity], seen: Witnesses, gazetteer: Gazetteer) -> Entity | None:
    if same:
        return next(iter(same.values())) if len(same) == 1 else None
    nations = seen.nations - {""}
    return institution(gazetteer, *body, next(iter(nations))) if len(nations) == 1 else None
