"""What people decide about entities, and what it does to the rows of the reference tables.

Decisions are kept in the order they were taken and never changed; one may revoke an earlier one. Those in force are
applied in that order to ``entities`` and ``entity_names``, so that everything which reads the tables obeys them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from flows.reference.spelling import language_of, spelling_key

Row = dict[str, str]
Action = Literal["merge", "split", "rename", "ban", "revoke"]

ACTIONS: tuple[Action, ...] = get_args(Action)
ORIGIN = "decision:"
"""Begins the origin of rows that a decision made."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one person.

    Attributes:
        action: what is to be done.
        by, why: who decided, for what reason.
        entity_key: the entity it is about: merged away, split, renamed, or banned a spelling; blank where a spelling
            is banned for all.
        into_key: the entity that stays (merge) or gets the spelling (split).
        spelling: the spelling that moves (split) or names nothing (ban).
        name, name_ar: what to call the renamed entity, or the one that ``into_key`` makes; blank keeps it.
        country_code: country of a national body that ``into_key`` makes.
        revokes: number of the decision that is taken back, 0 for none.
        number, at: from 1 in the order they were taken, and when (ISO 8601 with zone); given as it is written down.
    """

    action: Action
    by: str
    why: str
    entity_key: str = ""
    into_key: str = ""
    spelling: str = ""
    name: str = ""
    name_ar: str = ""
    country_code: str = ""
    revokes: int = 0
    number: int = 0
    at: str = ""


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions nobody took back, in order."""
    decisions = list(decisions)
    revoked = {each.revokes for each in decisions}
    return [each for each in decisions if each.action != "revoke" and each.number not in revoked]


def meaning(decisions: Iterable[Decision]) -> str:
    """What the decisions in force say, without who, when and why: one text for one effect, blank for none."""
    said = [
        (each.action, each.entity_key, each.into_key, each.spelling, each.name, each.name_ar)
        for each in in_force(decisions)
    ]
    return json.dumps(said, ensure_ascii=False) if said else ""


def merges(decisions: Iterable[Decision]) -> dict[str, str]:
    """The entity each merged one is now, chains followed."""
    merged = {each.entity_key: each.into_key for each in in_force(decisions) if each.action == "merge"}
    return {key: _end(key, merged) for key in merged}


def _end(key: str, merged: dict[str, str]) -> str:
    for _ in range(len(merged)):  # so many steps are enough, and a damaged file cannot make a circle endless
        if key not in merged:
            break
        key = merged[key]
    return key


def decided_entities(rows: Sequence[Row], decisions: Iterable[Decision]) -> list[Row]:
    """The rows of ``entities`` as decisions have them: renamed ones, and those only decisions name.

    Merged entities stay: facts point at them.
    """
    entities = {row["entity_key"]: row for row in rows}
    for each in in_force(decisions):
        named = each.into_key or each.entity_key
        if each.action == "ban" or (named in entities and each.action != "rename"):
            continue
        row = entities.get(named) or _entity_row(each, named)
        changes = {"name": each.name, "name_ar": each.name_ar} if each.action == "rename" else {}
        entities[named] = {**row, **{column: cell for column, cell in changes.items() if cell}}
    return list(entities.values())


def decided_names(rows: Sequence[Row], decisions: Iterable[Decision]) -> list[Row]:
    """The rows of ``entity_names`` as decisions have them: spellings moved, added and banned."""
    names: dict[str, list[Row]] = {}
    for row in rows:
        names.setdefault(row["entity_key"], []).append(row)
    for each in in_force(decisions):
        if each.action == "merge":
            _move(names, each, names.pop(each.entity_key, []) or _coined_names(each))
        elif each.action == "split":
            _move(names, each, _taken(names, each.entity_key, each.spelling) or [_name_row(each, each.spelling)])
        elif each.action == "ban":
            for key in (each.entity_key,) if each.entity_key else tuple(names):
                _taken(names, key, each.spelling)
    return [row for held in names.values() for row in held]


def _move(names: dict[str, list[Row]], decision: Decision, rows: Iterable[Row]) -> None:
    """Give spellings to the entity a decision names, but for those it has."""
    held = names.setdefault(decision.into_key, [])
    known = {spelling_key(row["name"]) for row in held}
    moved = {"entity_key": decision.into_key, "origin": f"{ORIGIN}{decision.number}"}
    held.extend({**row, **moved} for row in rows if spelling_key(row["name"]) not in known)


def _taken(names: dict[str, list[Row]], key: str, spelling: str) -> list[Row]:
    """Take a spelling away from an entity and return its rows."""
    wanted = spelling_key(spelling)
    held = names.get(key, [])
    taken = [row for row in held if spelling_key(row["name"]) == wanted]
    if taken:
        names[key] = [row for row in held if spelling_key(row["name"]) != wanted]
    return taken


def _coined_names(decision: Decision) -> list[Row]:
    """The spelling of an entity that a text coined; national bodies have keys of a pattern, and none."""
    name = name_of_key(decision.entity_key)
    return [_name_row(decision, name)] if language_of(name) == "ar" else []


def _name_row(decision: Decision, name: str) -> Row:
    return {
        "entity_key": decision.into_key, "name": name, "language_code": language_of(name), "use": "full",
        "origin": f"{ORIGIN}{decision.number}",
    }  # fmt: skip


def _entity_row(decision: Decision, key: str) -> Row:
    """The entity that only a decision (or a text, before it) names."""
    name_ar = decision.name_ar or ("" if decision.name else name_of_key(key))
    return {
        "entity_key": key, "kind": key.partition(":")[0], "name": decision.name or name_ar, "name_ar": name_ar,
        "wikidata_id": "", "geonames_id": "", "country_code": decision.country_code,
        "origin": f"{ORIGIN}{decision.number}",
    }  # fmt: skip


def name_of_key(key: str) -> str:
    """The words a key is made of: the folded name of an entity that a text coined.

    >>> name_of_key("person:يحيي-رسول")
    'يحيي رسول'
    """
    return key.partition(":")[2].replace("-", " ")
