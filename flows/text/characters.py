"""Bytes to clean text: what had to be mended is named, nothing is changed silently.

Every repair replaces one code point by one (U+FFFD), so that offsets into the text stay what they were.
"""

from __future__ import annotations

import codecs
import re

REPLACEMENT = "\ufffd"
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class UndecodableError(ValueError):
    """The bytes are no text in a charset that is known."""


def decode(content: bytes) -> tuple[str, str, tuple[str, ...]]:
    """The text of a file, its charset, and the repairs: a byte order mark goes, NUL and surrogates are replaced.

    Raises:
        UndecodableError: the bytes are not UTF-8 and carry no byte order mark.
    """
    charset, body, repairs = "utf-8", content, set[str]()
    for bom, name in _BOMS:
        if content.startswith(bom):
            charset, body = name, content[len(bom) :]
            repairs.add("bom")
            break
    try:
        text = body.decode(charset)
    except UnicodeDecodeError as error:
        raise UndecodableError(
            f"not {charset}: byte {error.start + len(content) - len(body)} cannot be read; convert the file to UTF-8"
        ) from error
    text, mended = repair_text(text)
    return text, charset, tuple(sorted(repairs.union(mended)))


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
