"""The columns of a CSV: by the names in its header, or, where it has none, by what its first row holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.documents import is_web_url
from flows.extract.fields import FieldNames

_DATE = re.compile(r"(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?!\d)")
_DATE_CHARACTERS = 40
_PROSE_CHARACTERS = 60
"""No name of a column is as long as this, with several words."""
_TITLE_WORDS = 3


def columns_of(first: Sequence[str], names: FieldNames) -> tuple[list[str], bool]:
    """The names of columns, each once, and whether the first row is a header that holds them.

    >>> from flows.extract.fields import load_field_names
    >>> columns_of(["title", "date", "date"], load_field_names())
    (['title', 'date', 'date 2'], True)
    >>> columns_of(["1", "https://a.example/1", "2024-03-12", "خبر"], load_field_names())
    (['column 1', 'url', 'published_at', 'column 4'], False)
    """
    cells = [cell.strip() for cell in first]
    if any(names.role((cell,)) for cell in cells) or not any(map(_is_data, cells)):
        return _distinct(cells), True
    return _distinct(_meanings(cells)), False


def _is_data(cell: str) -> bool:
    return is_web_url(cell) or _is_date(cell) or _is_prose(cell)


def _is_date(cell: str) -> bool:
    return len(cell) <= _DATE_CHARACTERS and _DATE.match(cell) is not None


def _is_prose(cell: str) -> bool:
    return len(cell) >= _PROSE_CHARACTERS and cell.count(" ") > _TITLE_WORDS


def _meanings(cells: Sequence[str]) -> list[str]:
    """The longest text is the body, the longest before it the title; addresses and dates show themselves."""
    meanings = ["url" if is_web_url(cell) else "published_at" if _is_date(cell) else "" for cell in cells]
    words = [0 if meaning else cell.count(" ") + 1 for cell, meaning in zip(cells, meanings, strict=True)]
    body = max(range(len(cells)), key=words.__getitem__)
    if words[body] >= _TITLE_WORDS:
        meanings[body] = "body"
        title = max(range(body), key=words.__getitem__, default=body)
        if words[title] >= _TITLE_WORDS and title != body:
            meanings[title] = "title"
    return meanings


def _distinct(names: Sequence[str]) -> list[str]:
    """The names of columns, each once: a second ``date`` is ``date 2``."""
    seen: dict[str, int] = {}
    distinct = []
    for place, name in enumerate(names, 1):
        plain = name or f"column {place}"
        seen[plain] = seen.get(plain, 0) + 1
        distinct.append(plain if seen[plain] == 1 else f"{plain} {seen[plain]}")
    return distinct
