"""Taking items in: matched, their names screened, what is new kept as rows of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flows.reference.decisions import Row
from flows.reference.imports.items import Item, Refusal
from flows.reference.imports.matching import ENTITY_COLUMNS, CoinedKey, Known
from flows.reference.imports.report import ImportReport
from flows.reference.imports.screening import Vocabulary, screened
from flows.reference.spelling import clean, language_of, spelling_key
from flows.reference.tables import ReferenceTables

MAX_SPELLINGS = 500
"""The first so many spellings of a thing are taken; Gaddafi, who has the most in JRC-Names, has 413."""
_FILLED = ("name", "name_ar", "wikidata_id", "geonames_id", "country_code")


@dataclass
class Intake:
    """Items taken so far: the rows they add to the tables, and the report of them."""

    known: Known
    vocabulary: Vocabulary
    coined_key: CoinedKey
    report: ImportReport
    _entities: dict[str, Row] = field(default_factory=dict)
    _names: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, tables: ReferenceTables, coined_key: CoinedKey, report: ImportReport) -> Intake:
        """An empty intake over the tables there are."""
        return cls(Known.of(tables), Vocabulary.of(tables), coined_key, report)

    @property
    def has_news(self) -> bool:
        """Whether anything was added or changed."""
        return bool(self._entities or self._names)

    @property
    def new_entities(self) -> Iterable[Row]:
        """Rows of entities that are new, or add to one."""
        return self._entities.values()

    @property
    def new_names(self) -> Iterable[Row]:
        """Rows of spellings that are new."""
        return self._names

    def take(self, found: Item | Refusal) -> None:
        """Take one item in, or count a refusal."""
        if isinstance(found, Refusal):
            self.report.refuse(found)
            return
        what = found.name_ar or found.name or next(iter(found.spellings), found.key)
        if not what:
            self.report.refuse(Refusal(found.line, "", "it has no name"))
            return
        key = self.known.find(found) or self.known.new_key(found, self.coined_key)
        if not key:
            self.report.refuse(Refusal(found.line, what, "another thing has its key; give an entity_key of its own"))
            return
        names = list(self._accepted(key, found))
        if key in self.known.entities or any(use != "surname" for _, use in names):
            self._keep(key, found, names)
        elif names:  # else each of its names was refused
            self.report.refuse(Refusal(found.line, what, "a last name alone"))

    def _accepted(self, key: str, item: Item) -> Iterator[tuple[str, str]]:
        """The names that may be taken, those that are listed already among them; the others are refused."""
        if len(item.spellings) > MAX_SPELLINGS:
            self.report.refuse(Refusal(item.line, item.name, f"it has more than {MAX_SPELLINGS} spellings"))
        seen: set[str] = set()
        for raw in (item.name_ar, item.name, *item.spellings[:MAX_SPELLINGS]):
            name = clean(raw)
            spelling = spelling_key(name)
            if not name or spelling in seen:
                continue
            seen.add(spelling)
            listed = self.known.spellings.get(key, {}).get(spelling)
            if listed is not None and item.use in {"", listed}:
                self.report.n_names_unchanged += 1
                yield name, ""
                continue
            use, reason = screened(name, item.kind, item.use, is_own=item.is_own, vocabulary=self.vocabulary)
            if other := self.known.other_owner(key, name, use):
                reason = f"it names {other} already"
            if reason:
                self.report.refuse(Refusal(item.line, name, reason))
            else:
                yield name, use

    def _keep(self, key: str, item: Item, names: list[tuple[str, str]]) -> None:
        is_new = key not in self.known.entities
        row = self._entity_row(key, item, names)
        if row is not None:
            self.known.add_entity(row)
            self._entities[key] = {**self._entities.get(key, {}), **row}
        added = [(name, use) for name, use in names if use]
        for name, use in added:
            self.known.add_name(key, name, use)
            language = language_of(name)
            self._names.append(
                {"entity_key": key, "name": name, "language_code": language, "use": use, "origin": item.origin}
            )
        self.report.n_names_added += len(added)
        self._count(key, is_new=is_new, is_changed=row is not None or bool(added))

    def _count(self, key: str, *, is_new: bool, is_changed: bool) -> None:
        if is_new:
            self.report.added.add(key)
        elif is_changed and key not in self.report.added:
            self.report.changed.add(key)
            self.report.unchanged.discard(key)
        elif key not in self.report.added and key not in self.report.changed:
            self.report.unchanged.add(key)

    def _entity_row(self, key: str, item: Item, names: list[tuple[str, str]]) -> Row | None:
        """A row for a new entity, or for what an item adds to one; None where it adds nothing."""
        known = self.known.entities.get(key)
        given = {column: clean(str(getattr(item, column))) for column in _FILLED}
        if known is None:
            shown = [name for name, _ in names]
            given["name_ar"] = given["name_ar"] or next((name for name in shown if language_of(name) == "ar"), "")
            given["name"] = given["name"] or given["name_ar"] or shown[0]
            return _row(key, item, given)
        news = {
            column: value
            for column, value in given.items()
            if value and value != known.get(column) and (item.key or not known.get(column))
        }
        return _row(key, item, {**news, "kind": known["kind"]}) if news else None


def _row(key: str, item: Item, cells: Row) -> Row:
    return {**dict.fromkeys(ENTITY_COLUMNS, ""), "entity_key": key, "kind": item.kind, **cells, "origin": item.origin}
