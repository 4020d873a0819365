"""Clean text: what had to be mended is named, nothing is changed silently.

Every repair replaces one code point by one (U+FFFD), so that offsets into the text stay what they were.
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
_SURROGATE = re.compile("[\ud800-\udfff]")


def repair_text(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Replace what no database and no UTF-8 output can hold, one code point for one.

    >>> repair_text("a\0b")
    ('a�b', ('nul',))
    """
    repairs = []
    if "\0" in text:
        text = text.replace("\0", REPLACEMENT)
        repairs.append("nul")
    if _SURROGATE.search(text):
        text = _SURROGATE.sub(REPLACEMENT, text)
        repairs.append("surrogate")
    return text, tuple(repairs)
