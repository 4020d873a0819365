"""Taking a decision: what it names must be there, and it must not contradict those in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from flows.reference.decisions import (
    Action,
    Decision,
    Row,
    decided_entities,
    decided_names,
    in_force,
    merges,
    name_of_key,
)
from flows.reference.home import alone, read_decisions, reference_tables, write_decision
from flows.reference.spelling import clean, is_key, language_of, spelling_key
from flows.reference.tables import ReferenceTables

_WORDS = ("by", "why", "entity_key", "into_key", "spelling", "name", "name_ar")
_SHOWN = ("name", "name_ar", "wikidata_id", "geonames_id", "country_code", "origin")
MAX_WORDS = 500
"""Characters of a name or reason; longer ones are no name."""


class DecisionError(ValueError):
    """A decision that cannot be taken: says what is in its way."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True)
class Register:
    """The entities as some decisions have them, to check the next one against."""

    tables: ReferenceTables
    entities: Mapping[str, Row]
    spellings: Mapping[str, frozenset[str]]
    merged: Mapping[str, str]

    @classmethod
    def of(cls, tables: ReferenceTables, decisions: Iterable[Decision]) -> Register:
        """The shipped and imported rows, with decisions applied."""
        decisions = tuple(decisions)
        plain = replace(tables, decisions=())
        entities = decided_entities(
            plain.read("entities", ("entity_key", "kind", "name", "name_ar", "country_code")), decisions
        )
        spellings: dict[str, set[str]] = {}
        for row in decided_names(plain.read("entity_names", ("entity_key", "name")), decisions):
            spellings.setdefault(row["entity_key"], set()).add(spelling_key(row["name"]))
        return cls(
            tables,
            {row["entity_key"]: row for row in entities},
            {key: frozenset(names) for key, names in spellings.items()},
            merges(decisions),
        )

    @cached_property
    def _bodies(self) -> Mapping[str, str]:
        """English labels of the national bodies that texts make, by the end of their keys."""
        heads = self.tables.read("heads", ("entity", "label"))
        return {row["entity"]: row["label"] for row in heads if row["entity"]}

    @cached_property
    def _countries(self) -> Mapping[str, str]:
        demonyms = self.tables.read("demonyms", ("country_code", "country"))
        return {row["country_code"]: row["country"] for row in demonyms if row["country_code"]}

    def body(self, key: str) -> tuple[str, str] | None:
        """Name and country of a body that texts make of a head and a nationality or leader; None for others."""
        slug = key.removeprefix("organisation:")
        code, _, body = slug.partition("-")
        country, label = self._countries.get(code.upper()), self._bodies.get(body)
        if country and label:
            return f"{label} of {country}", code.upper()
        for body, label in self._bodies.items():
            leader = self.entities.get(f"person:{slug.removesuffix(f'-{body}')}")
            if slug.endswith(f"-{body}") and leader is not None:
                return f"{leader['name']} {label}", leader["country_code"]
        return None

    def is_made_by_texts(self, key: str) -> bool:
        """Whether a text makes such a key of itself: from a name in Arabic letters, or of a national body."""
        return language_of(key) == "ar" or self.body(key) is not None

    def require(self, key: str) -> None:
        """Refuse a key that names nothing, or an entity that was merged into another.

        Raises:
            DecisionError: says which.
        """
        if key in self.merged:
            raise DecisionError(f"{key} was merged into {self.merged[key]}; name that one, or revoke the merge")
        if not is_key(key) or not (key in self.entities or self.is_made_by_texts(key)):
            raise DecisionError(f"{key} is no entity; musnad entities show NAME finds keys by a spelling")

    def require_spelling(self, key: str, spelling: str) -> None:
        """Refuse a spelling that does not name an entity of the tables; a text may write others any way.

        Raises:
            DecisionError: names the spellings it has.
        """
        names = self.spellings.get(key, frozenset())
        if key in self.entities and spelling_key(spelling) not in names and not self.is_made_by_texts(key):
            known = ", ".join(sorted(names)) or "none"
            raise DecisionError(f"{key} has no spelling {spelling}; it has: {known}")


def take(folder: Path, draft: Decision) -> Decision:
    """Take a decision and write it down.

    Args:
        folder: ``MUSNAD_HOME/reference``.
        draft: a merge, split, rename or ban, without number and time.

    Raises:
        DecisionError: it names nothing, contradicts what is in force, or says what is decided already.
        HomeError: the folder cannot be written.
    """
    with alone(folder):
        decisions = read_decisions(folder)
        register = Register.of(reference_tables(folder), decisions)
        decision = _named(register, _numbered(draft, decisions))
        _CHECKS[decision.action](register, decision)
        _require_new(decision, decisions)
        write_decision(folder, decision)
    return decision


def revoke(folder: Path, number: int, *, by: str, why: str) -> Decision:
    """Take a decision back; the entities are again what they were, unless later decisions need it.

    Raises:
        DecisionError: there is no such decision in force, or a later one builds on it.
        HomeError: the folder cannot be written.
    """
    with alone(folder):
        decisions = read_decisions(folder)
        if number not in {each.number for each in in_force(decisions)}:
            raise DecisionError(f"there is no decision {number} in force; musnad entities list shows those there are")
        decision = _numbered(Decision("revoke", by, why, revokes=number), decisions)
        _require_independent(reference_tables(folder), [*decisions, decision], number)
        write_decision(folder, decision)
    return decision


def _numbered(draft: Decision, decisions: list[Decision]) -> Decision:
    """The draft with clean words, its number and its time."""
    said: dict[str, Any] = {field: clean(getattr(draft, field)) for field in _WORDS}
    for field, value in said.items():
        if len(value) > MAX_WORDS:
            raise DecisionError(f"{field} is longer than {MAX_WORDS} characters")
    for field in ("by", "why"):
        if not said[field]:
            raise DecisionError(f"a decision has to say {field}; give it with --{field}")
    return replace(draft, number=len(decisions) + 1, at=datetime.now(UTC).isoformat(), **said)


def _named(register: Register, decision: Decision) -> Decision:
    """The decision with a name for the entity it makes, where no table lists that and nobody gave one."""
    target = decision.into_key
    if not target or target in register.entities or decision.name or decision.name_ar:
        return decision
    body = register.body(target)
    if body is not None:
        return replace(decision, name=body[0], country_code=body[1])
    name = decision.spelling or name_of_key(target)
    return replace(decision, name_ar=name) if language_of(name) == "ar" else replace(decision, name=name)


def _check_merge(register: Register, decision: Decision) -> None:
    register.require(decision.entity_key)
    register.require(decision.into_key)
    if decision.entity_key == decision.into_key:
        raise DecisionError(f"{decision.entity_key} cannot be merged into itself")
    _require_one_kind(decision)


def _check_split(register: Register, decision: Decision) -> None:
    register.require(decision.entity_key)
    if not spelling_key(decision.spelling):
        raise DecisionError("a split needs the spelling that names the other entity")
    register.require_spelling(decision.entity_key, decision.spelling)
    if decision.into_key in register.merged or decision.into_key in register.entities:
        register.require(decision.into_key)
    elif not is_key(decision.into_key):
        raise DecisionError(f"{decision.into_key} is no key; write kind:slug, such as person:john-smith")
    if decision.entity_key == decision.into_key:
        raise DecisionError(f"{decision.spelling} names {decision.entity_key} already; give another key with --into")
    _require_one_kind(decision)


def _check_rename(register: Register, decision: Decision) -> None:
    register.require(decision.entity_key)
    row = register.entities.get(decision.entity_key, {})
    changes = {"name": decision.name, "name_ar": decision.name_ar}
    if all(not value or value == row.get(field) for field, value in changes.items()):
        raise DecisionError(f"{decision.entity_key} is called so already; give another name")


def _check_ban(register: Register, decision: Decision) -> None:
    if not spelling_key(decision.spelling):
        raise DecisionError("a ban needs the spelling that names nothing")
    if decision.entity_key:
        register.require(decision.entity_key)
        register.require_spelling(decision.entity_key, decision.spelling)


_CHECKS: dict[Action, Callable[[Register, Decision], None]] = {
    "merge": _check_merge,
    "split": _check_split,
    "rename": _check_rename,
    "ban": _check_ban,
}


def _require_one_kind(decision: Decision) -> None:
    kinds = [key.partition(":")[0] for key in (decision.entity_key, decision.into_key)]
    if kinds[0] != kinds[1]:
        raise DecisionError(f"{decision.entity_key} is a {kinds[0]}, {decision.into_key} a {kinds[1]}: not one thing")


def _require_new(decision: Decision, decisions: list[Decision]) -> None:
    def said(each: Decision) -> tuple[str, ...]:
        return each.action, each.entity_key, each.into_key, spelling_key(each.spelling), each.name, each.name_ar

    for each in in_force(decisions):
        if said(each) == said(decision):
            raise DecisionError(f"decision {each.number} says so already")


def _require_independent(tables: ReferenceTables, decisions: list[Decision], number: int) -> None:
    """Refuse to take back a decision without which a later one could not have been taken."""
    left = in_force(decisions)
    for position, each in enumerate(left):
        if each.number < number:
            continue
        try:
            _CHECKS[each.action](Register.of(tables, left[:position]), each)
        except DecisionError as error:
            raise DecisionError(f"decision {each.number} builds on it ({error}); revoke that one first") from error


def describe(folder: Path, what: str) -> list[dict[str, Any]]:
    """The entities of a key or spelling: their rows, spellings, merges and the decisions about them.

    Raises:
        DecisionError: nothing has that key or spelling.
    """
    decisions = read_decisions(folder)
    register = Register.of(reference_tables(folder), decisions)
    wanted = spelling_key(clean(what))
    if what in register.entities or what in register.merged:
        keys = [what]
    else:
        keys = sorted(key for key, names in register.spellings.items() if wanted in names)
    if not keys:
        raise DecisionError(f"no entity has the key or the spelling {clean(what)}")
    return [_description(key, register, decisions) for key in keys]


def _description(key: str, register: Register, decisions: list[Decision]) -> dict[str, Any]:
    row = register.entities.get(key, {})
    about = [each.number for each in in_force(decisions) if key in {each.entity_key, each.into_key}]
    return {
        "entity_key": key,
        "kind": key.partition(":")[0],
        **{column: row.get(column) or None for column in _SHOWN},
        "spellings": sorted(register.spellings.get(key, ())),
        "merged_into": register.merged.get(key),
        "decisions": about,
    }
