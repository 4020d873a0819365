"""An extract of a Wikidata JSON dump: one item a line, with or without the dump's brackets and commas.

Arrays in one line and answers of the API (``{"entities": {...}}``) are read as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from flows.reference.imports.items import Found, Item, Line, Refusal
from flows.reference.tables import ReferenceTables
from flows.values import EntityKind

_INSTANCE_OF, _OCCUPATION, _CITIZENSHIP, _COUNTRY, _GEONAMES = "P31", "P106", "P27", "P17", "P1566"
_LATIN = ("en", "mul")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_ITEM = re.compile(r"Q[1-9][0-9]{0,11}")
_RANKS = ("preferred", "normal")


def is_wikidata(first: str) -> bool:
    """Whether a file that begins so may be a dump: an array or an object."""
    return first.lstrip().startswith(("[", "{"))


def read_wikidata(lines: Iterator[Line | Refusal], tables: ReferenceTables) -> Found:
    """An item for each thing with an Arabic label and a kind that ``wikidata_kinds`` lists."""
    rows = tables.read("wikidata_kinds", ("wikidata_id", "kind"))
    kinds = {row["wikidata_id"]: cast("EntityKind", row["kind"]) for row in rows}
    entities = tables.read("entities", ("kind", "wikidata_id", "country_code"))
    countries = {row["wikidata_id"]: row["country_code"] for row in entities if row["kind"] == "place"}
    for line in lines:
        if isinstance(line, Refusal):
            yield line
            continue
        try:
            things = _things(line.text.strip())
        except (ValueError, RecursionError):
            yield Refusal(line.number, line.text[:40], "no JSON; a dump has one item a line")
            continue
        yield from (_item(line.number, thing, kinds, countries) for thing in things)


def _things(text: str) -> list[object]:
    """What a line holds: an item with the dump's brackets and comma, several in an array, or an answer of the API.

    >>> _things("["), _things('{"id": "Q1"},'), _things('[{"id": "Q1"}, {"id": "Q2"}]')
    ([], [{'id': 'Q1'}], [{'id': 'Q1'}, {'id': 'Q2'}])
    """
    if text in {"[", "]", ","}:
        return []
    text = text.rstrip(",")
    opens, closes = text.startswith("["), text.endswith("]")
    thing = json.loads(f"{text}]" if opens and not closes else f"[{text}" if closes and not opens else text)
    if isinstance(thing, dict) and isinstance(thing.get("entities"), dict):
        return list(thing["entities"].values())
    return thing if isinstance(thing, list) else [thing]


def _item(number: int, thing: object, kinds: Mapping[str, EntityKind], countries: Mapping[str, str]) -> Item | Refusal:
    if not isinstance(thing, dict) or not isinstance(thing.get("id"), str) or not _ITEM.fullmatch(thing["id"]):
        return Refusal(number, str(thing)[:40], "no item of Wikidata: its id is not Q and a number")
    label = _label(thing, "ar")
    latin = next((name for language in _LATIN if (name := _label(thing, language))), "")
    what = latin or label or thing["id"]
    if not label:
        return Refusal(number, what, "no Arabic name")
    kind = _kind(thing, kinds)
    if kind is None:
        instance = ", ".join(_values(thing, _INSTANCE_OF)) or "nothing"
        return Refusal(
            number, f"{what[:60]} ({instance})", "wikidata_kinds.csv lists nothing that it is an instance of"
        )
    lands = _values(thing, _CITIZENSHIP if kind == "person" else _COUNTRY)
    return Item(
        number,
        kind,
        "wikidata",
        name=latin,
        name_ar=label,
        spellings=_aliases(thing),
        wikidata_id=thing["id"],
        geonames_id=next((each for each in _values(thing, _GEONAMES) if _NUMBER.fullmatch(each)), ""),
        country_code=countries.get(lands[0], "") if len(lands) == 1 else "",
    )


def _kind(thing: dict[str, Any], kinds: Mapping[str, EntityKind]) -> EntityKind | None:
    """The kind of the first class that is listed; who has an occupation is a person."""
    listed = (kinds[each] for each in _values(thing, _INSTANCE_OF) if each in kinds)
    return next(listed, "person" if _values(thing, _OCCUPATION) else None)


def _label(thing: dict[str, Any], language: str) -> str:
    labels = thing.get("labels")
    label = labels.get(language) if isinstance(labels, dict) else None
    value = label.get("value") if isinstance(label, dict) else None
    return value if isinstance(value, str) else ""


def _aliases(thing: dict[str, Any]) -> tuple[str, ...]:
    aliases = thing.get("aliases")
    found = aliases.get("ar") if isinstance(aliases, dict) else None
    if not isinstance(found, list):
        return ()
    return tuple(each["value"] for each in found if isinstance(each, dict) and isinstance(each.get("value"), str))


def _values(thing: dict[str, Any], claim: str) -> list[str]:
    """The values of a property: of preferred rank if there are any, else of normal rank; never deprecated ones."""
    claims = thing.get("claims")
    statements = claims.get(claim) if isinstance(claims, dict) else None
    if not isinstance(statements, list):
        return []
    for rank in _RANKS:
        ranked = [each for each in statements if isinstance(each, dict) and each.get("rank", "normal") == rank]
        if values := [value for each in ranked if (value := _value(each))]:
            return values
    return []


def _value(statement: dict[str, Any]) -> str:
    found: object = statement
    for step in ("mainsnak", "datavalue", "value"):
        found = found.get(step) if isinstance(found, dict) else None
    if isinstance(found, dict):
        found = found.get("id")
    return found if isinstance(found, str) else ""
