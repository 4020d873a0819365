"""Whose page it is and whose copy it prints: the publishers and origins found so far, by key and by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_LONGEST_NAME: Final = 8


class Hosts:
    """The outlets that are a page's own, and those that each article's copy is from.

    Names are kept with every run of their words, so that ``شمس نيوز`` meets ``وكالة شمس نيوز الإخبارية`` at the cost of
    one look-up, however many names there are.
    """

    __slots__ = ("_keys", "_listed", "_unlisted")

    def __init__(self) -> None:
        self._keys: set[tuple[int | None, str]] = set()
        self._listed: set[tuple[int | None, str]] = set()
        self._unlisted: set[tuple[int | None, str]] = set()

    def add(self, article: int | None, key: str | None, words: Sequence[str]) -> None:
        """Keep an outlet: the page's own with ``article`` None, else the origin of that article's copy."""
        names = self._unlisted if key is None else self._listed
        if key is not None:
            self._keys.add((article, key))
        for first in range(len(words[:_LONGEST_NAME])):
            for last in range(first + 1, len(words[:_LONGEST_NAME]) + 1):
                names.add((article, " ".join(words[first:last])))

    def has(self, article: int | None, key: str | None, words: Sequence[str]) -> bool:
        """Whether an outlet is among them, by its key or, where either has none, by its name."""
        name = (article, " ".join(words))
        if key is not None and (article, key) in self._keys:
            return True
        return name in self._unlisted or (key is None and name in self._listed)
