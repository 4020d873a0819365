"""National bodies: a common noun with a nationality (``الجيش الإسرائيلي``), a country, or a leader's name."""

from __future__ import annotations

from typing import Final, cast

from flows.transform.lexicon import Hit
from flows.transform.names.gazetteer import Demonym, Gazetteer, Head, ListedName
from flows.transform.names.ground import MINISTERS, Candidate, Ground
from flows.values import Entity

_CONFIDENCE: Final = {"national": 0.9, "leader": 0.9, "open": 0.6}
_MINISTRY: Final = "ministry-of-"


def institution(gazetteer: Gazetteer, suffix: str, label: str, country_code: str) -> Entity:
    """The body of one country: listed under the pattern's key, else coined from the pattern."""
    key = f"organisation:{country_code.lower()}-{suffix}"
    country = gazetteer.countries.get(country_code, country_code)
    return gazetteer.entities.get(key) or Entity(
        key, "organisation", f"{label} of {country}", country_code=country_code
    )


def institutions(ground: Ground, first: int, last: int, people: dict[int, Candidate]) -> list[Candidate]:
    """Candidates for every national body in tokens ``first:last``.

    ``people`` has the listed persons by first token, for ``إدارة بايدن``.
    """
    found: list[Candidate] = []
    by_token = ground.hits["head"]
    for token in ground.within("head", first, last):
        for hit in by_token[token]:
            if hit.last > last:
                continue
            head = cast("Head", hit.entry.value)
            if head.use in {"national", "ministry"}:
                found += _national(ground, hit, head, first, last)
            elif head.use == "construct":
                found += _of_country(ground, hit, head, last)
            elif head.use == "leader" and hit.last in people:
                found += _of_leader(ground, hit, head, people[hit.last])
    return found


def _national(ground: Ground, hit: Hit, head: Head, first: int, last: int) -> list[Candidate]:
    if hit.first > first and _describes(ground, hit, head):
        return []
    nationality = _nationality(ground, hit.last, head)
    if nationality is not None and nationality[1] <= last:
        demonym, end = nationality
        entity = institution(ground.gazetteer, head.suffix, head.label, demonym.country_code)
        return [_candidate(hit, end, "national", entity)]
    if hit.last > hit.first + 1 and not ground.at("demonym", hit.last):
        return [_candidate(hit, hit.last, "open", None, (head.suffix, head.label))]
    return []


def _candidate(
    hit: Hit, end: int, method: str, entity: Entity | None, body: tuple[str, str] | None = None
) -> Candidate:
    entities = (entity,) if entity is not None else ()
    confidence = _CONFIDENCE[method]
    return Candidate(hit.first, end, hit.offset, "organisation", method, confidence, entities, institution=body)


def _describes(ground: Ground, hit: Hit, head: Head) -> bool:
    """Whether a head belongs to the word before it: ``وزير الخارجية``, ``السياسة الخارجية``."""
    before = ground.words[hit.first - 1]
    if head.suffix.startswith(_MINISTRY) and before.endswith(MINISTERS):
        return True
    is_adjective = hit.last == hit.first + 1 and ground.words[hit.first].endswith(("ي", "يه"))
    return is_adjective and hit.offset == 0 and ground.is_definite(hit.first - 1)


def _nationality(ground: Ground, token: int, head: Head) -> tuple[Demonym, int] | None:
    """The nationality adjective in ``token`` that agrees with a head, and where it ends."""
    for hit in reversed(ground.at("demonym", token)):
        demonym = cast("Demonym", hit.entry.value)
        agrees = demonym.gender == head.gender or (not head.gender and demonym.gender != "plural")
        if agrees and hit.offset == 0 and not hit.fused and demonym.country_code:
            return demonym, hit.last
    return None


def _of_country(ground: Ground, hit: Hit, head: Head, last: int) -> list[Candidate]:
    """``جيش إسرائيل``: the same body as ``الجيش الإسرائيلي``."""
    found: list[Candidate] = []
    for place in ground.at("entity", hit.last):
        entity = cast("ListedName", place.entry.value).entity
        code = entity.country_code
        if place.offset == 0 and place.last <= last and code and ground.gazetteer.countries.get(code) == entity.name:
            body = institution(ground.gazetteer, head.suffix, head.label, code)
            found.append(_candidate(hit, place.last, "national", body))
    return found


def _of_leader(ground: Ground, hit: Hit, head: Head, leader: Candidate) -> list[Candidate]:
    """``حكومة نتنياهو`` is his country's government, ``إدارة بايدن`` an administration of its own."""
    if leader.offset or len(leader.entities) != 1:
        return []
    person = leader.entities[0]
    if head.suffix == "government" and person.country_code:
        entity = institution(ground.gazetteer, head.suffix, head.label, person.country_code)
    else:
        key = f"organisation:{person.key.partition(':')[2]}-{head.suffix}"
        entity = ground.gazetteer.entities.get(key) or Entity(
            key, "organisation", f"{person.name} {head.label}", country_code=person.country_code
        )
    return [_candidate(hit, leader.last, "leader", entity)]
