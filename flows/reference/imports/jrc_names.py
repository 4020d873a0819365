"""JRC-Names as the European Commission publishes it: ``id<TAB>type<TAB>language<TAB>Name+With+Plus``, one name a line.

The lines of one thing follow one another. Types are P (person), O (organisation), T (place), E (event) and U
(unknown); language ``u`` is a name written alike everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.reference.imports.items import Found, Item, Line, Refusal
from flows.reference.imports.screening import is_arabic, is_latin
from flows.values import EntityKind

_KINDS: dict[str, EntityKind] = {"P": "person", "O": "organisation", "T": "place", "E": "event"}
_LANGUAGES = frozenset({"ar", "u"})
"""Persian and Urdu names are in Arabic letters as well, and no Arabic."""
_CELLS = 4


def is_jrc_names(first: str) -> bool:
    r"""Whether a line has this form.

    >>> is_jrc_names("1510\tP\tu\tTony+Blair")
    True
    """
    cells = first.split("\t")
    return len(cells) == _CELLS and cells[0].isdigit() and len(cells[1]) == 1 and cells[1].isalpha()


def read_jrc_names(lines: Iterator[Line | Refusal]) -> Found:
    """An item for each id that has a name in Arabic letters."""
    rows: list[tuple[Line, list[str]]] = []
    for line in lines:
        if isinstance(line, Refusal):
            yield line
        elif is_jrc_names(line.text):
            cells = line.text.split("\t")
            if rows and rows[-1][1][0] != cells[0]:
                yield _item(rows)
                rows = []
            rows.append((line, cells))
        else:
            yield Refusal(line.number, line.text[:60], "no line of JRC-Names: id, type, language, name")
    if rows:
        yield _item(rows)


def _item(rows: list[tuple[Line, list[str]]]) -> Item | Refusal:
    (first, (number, letter, *_)) = rows[0]
    names = [(cells[2], cells[3].replace("+", " ").strip()) for _, cells in rows]
    kind = _KINDS.get(letter.upper())
    if kind is None:
        return Refusal(first.number, names[0][1], f"its type {letter} says not what it is")
    arabic = [name for language, name in names if language in _LANGUAGES and is_arabic(name)]
    if not arabic:
        return Refusal(first.number, names[0][1], "no Arabic name")
    latin = next((name for _, name in names if is_latin(name)), "")
    return Item(first.number, kind, f"jrc-names:{number}", "", latin, arabic[0], tuple(arabic[1:]))
