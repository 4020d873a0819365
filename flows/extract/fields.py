"""Which field of a record means what: a declared table of names, before which a user's own may stand.

The shipped table is ``seeds/reference/record_fields.csv``. A user's is a small YAML file, named by ``MUSNAD_FIELDS``,
of lists of names by role: ``body: [story_ar]``. Names are compared without case, spaces and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from flows.extract.files import InputError
from flows.reference.tables import ReferenceTables

FieldRole = Literal[
    "title", "summary", "body", "published", "modified", "url", "publisher", "agency", "author", "photo_credit",
    "language", "retrieved", "wrapper", "value", "unused",
]  # fmt: skip
_STRUCTURE = frozenset({"wrapper", "value", "unused"})
_TEXTS = frozenset({"title", "summary", "body"})
_SIGNS = ("_", "#", "@", "$")
_NOT_LETTERS = re.compile(r"[\W_]+")


class FieldNamesError(InputError):
    """A file of field names that cannot be used: names the file and the mend."""


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value of a record: its path from the outside in, the names its steps have, and what it holds."""

    path: tuple[str, ...]
    value: object


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The role of each known name of a field, and its rank: of two fields with one role the lower is believed more."""

    roles: Mapping[str, tuple[FieldRole, int]]

    def role(self, path: tuple[str, ...]) -> tuple[FieldRole, int] | None:
        """What a field means and its rank, None where its name is not known.

        An object around the record (``_source``, ``article``) and the part that holds a field's value
        (``title.rendered``) are looked through.
        """
        names = [plain_name(step) for step in path]
        while len(names) > 1 and self._is(names[-1], "value"):
            del names[-1]
        while len(names) > 1 and (self._is(names[0], "wrapper") or self._is(names[0], "body")):
            del names[0]
        found = self.roles.get(names[0]) if len(names) == 1 else None
        return None if found is None or found[0] in _STRUCTURE else found

    def _is(self, name: str, role: FieldRole) -> bool:
        found = self.roles.get(name)
        return found is not None and found[0] == role

    def knows_text(self, names: Iterable[str]) -> bool:
        """Whether a header or an object names a title, a summary or a body."""
        return any((role := self.role((name,))) is not None and role[0] in _TEXTS for name in names)


def plain_name(name: str) -> str:
    """A name as it is compared; a sign at its head tells what software adds (``_source``, ``#text``) from a field.

    >>> plain_name("Published_At"), plain_name("datePublished")
    ('publishedat', 'datepublished')
    """
    return (name[:1] if name.startswith(_SIGNS) else "") + _NOT_LETTERS.sub("", name).casefold()


def leaves(record: Mapping[str, object]) -> Iterator[FieldValue]:
    """The values of a record in its own order; of a list of objects, those of each in turn."""
    waiting: list[FieldValue] = [FieldValue((name,), value) for name, value in reversed(list(record.items()))]
    while waiting:
        leaf = waiting.pop()
        value = leaf.value
        if isinstance(value, Mapping):
            waiting.extend(FieldValue((*leaf.path, str(name)), part) for name, part in reversed(list(value.items())))
        elif isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
            waiting.extend(FieldValue(leaf.path, part) for part in reversed(value))
        else:
            yield leaf


@cache
def load_field_names(own: Path | None = None) -> FieldNames:
    """The shipped names, after a user's own.

    Raises:
        FieldNamesError: the user's file cannot be read, or names no role.
    """
    roles: dict[str, tuple[FieldRole, int]] = {}
    for role, name in [*(_own_names(own) if own else ()), *_shipped_names()]:
        roles.setdefault(plain_name(name), (role, len(roles)))
    return FieldNames(roles)


def _shipped_names() -> Iterator[tuple[FieldRole, str]]:
    for row in ReferenceTables().read("record_fields", ("role", "name")):
        yield _role(row["role"], "record_fields.csv"), row["name"]


def _own_names(path: Path) -> Iterator[tuple[FieldRole, str]]:
    import yaml  # noqa: PLC0415 - few have such a file

    try:
        roles = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FieldNamesError(f"MUSNAD_FIELDS {path} cannot be read: {error}") from error
    if not isinstance(roles, dict):
        raise FieldNamesError(f"MUSNAD_FIELDS {path} is no list of names by role; write `body: [story_ar]`")
    for role, names in roles.items():
        for name in names if isinstance(names, list) else [names]:
            yield _role(str(role), str(path)), str(name)


def _role(role: str, place: str) -> FieldRole:
    if role not in get_args(FieldRole):
        raise FieldNamesError(f"{place} names the role {role!r}; it may be {', '.join(get_args(FieldRole))}")
    return role  # type: ignore[return-value] # checked above
