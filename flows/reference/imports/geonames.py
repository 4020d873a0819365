"""A dump of GeoNames: one place a line in 19 columns parted by tabs, as its readme.txt has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.reference.imports.items import Found, Item, Line, Refusal
from flows.reference.imports.screening import is_arabic

_CELLS = 19
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_ID, _NAME, _ALTERNATES, _CLASS, _COUNTRY = 0, 1, 3, 6, 8
_COUNTRY_CODE = re.compile(r"[A-Z]{2}")
_PLACES = frozenset("AP")
"""Administrative divisions and populated places; hotels and wells are no names in the news."""


def is_geonames(first: str) -> bool:
    """Whether a line has this form."""
    cells = first.split("\t")
    return len(cells) == _CELLS and _NUMBER.fullmatch(cells[_ID]) is not None


def read_geonames(lines: Iterator[Line | Refusal]) -> Found:
    """An item for each place with an Arabic name among its alternate ones."""
    for line in lines:
        if isinstance(line, Refusal):
            yield line
            continue
        cells = line.text.split("\t")
        if not is_geonames(line.text):
            yield Refusal(line.number, line.text[:60], f"no line of GeoNames: {len(cells)} columns, not {_CELLS}")
        else:
            yield _item(line.number, cells)


def _item(number: int, cells: list[str]) -> Item | Refusal:
    name = cells[_NAME]
    if cells[_CLASS] not in _PLACES:
        return Refusal(number, name, f"feature class {cells[_CLASS]} is neither a division nor a populated place")
    arabic = [alternate.strip() for alternate in cells[_ALTERNATES].split(",") if is_arabic(alternate.strip())]
    if not arabic:
        return Refusal(number, name, "no Arabic name")
    return Item(
        number,
        "place",
        "geonames",
        name=name,
        name_ar=arabic[0],
        spellings=tuple(arabic[1:]),
        geonames_id=cells[_ID],
        country_code=cells[_COUNTRY] if _COUNTRY_CODE.fullmatch(cells[_COUNTRY]) else "",
    )
