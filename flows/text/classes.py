"""Which classes each character of a text belongs to, by one table lookup for the whole text."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_PLANE = 0x10000
"""Nearly all characters of nearly all texts lie below it; a table of all 17 planes would take 0.2 s to make."""


class CharacterClasses:
    """Classes of characters, each given as a regular expression of a run of them; at most eight."""

    def __init__(self, *patterns: str) -> None:
        self._patterns = [re.compile(pattern) for pattern in patterns]
        self._known: NDArray[np.uint8] | None = None

    def of(self, text: str) -> NDArray[np.uint8]:
        """For each character the sum of ``1 << n`` over the classes ``n`` it belongs to, counted from 0.

        >>> CharacterClasses("[a-z]+", "[aeiou]+").of("be!").tolist()
        [1, 3, 0]
        """
        return self.of_codes(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"))

    def of_codes(self, codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """The same of a text given as its code points."""
        classes: NDArray[np.uint8] = self._table().take(codes, mode="clip")
        if np.maximum.reduce(codes, initial=0) >= _PLANE:
            beyond = (codes >= _PLANE).nonzero()[0]
            distinct, places = np.unique(codes[beyond], return_inverse=True)
            classes[beyond] = np.array([self._class(chr(code)) for code in distinct.tolist()], dtype=np.uint8)[places]
        return classes

    def _table(self) -> NDArray[np.uint8]:
        """The classes of each code point of the first plane, made when first asked for."""
        if self._known is not None:
            return self._known
        table, every = np.zeros(_PLANE, dtype=np.uint8), "".join(map(chr, range(_PLANE)))
        for bit, pattern in enumerate(self._patterns):
            for run in pattern.finditer(every):
                table[run.start() : run.end()] |= 1 << bit
        self._known = table
        return table

    def _class(self, character: str) -> int:
        return sum(1 << bit for bit, pattern in enumerate(self._patterns) if pattern.fullmatch(character))
