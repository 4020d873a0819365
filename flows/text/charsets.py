"""Bytes to clean text: the charset from a mark, a declaration or the letters, and what was mended by name.

Order of belief: a byte order mark; UTF-8 where the bytes are UTF-8, whatever is declared, since nothing else looks
like it by chance; the declared charset; the charset in which the bytes read best.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from flows.text.characters import REPLACEMENT, repair_text
from flows.text.mojibake import mend_mojibake

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = frozenset(
    {
        "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7",
        "iso8859_8", "iso8859_9", "gb18030", "gb2312", "gbk", "big5", "shift_jis", "euc_jp", "euc_kr", "cp949", "cp932",
    }
)  # fmt: skip
_MIN_GUESS_BYTES = 40
_CANDIDATES = ("windows-1256", "iso-8859-6", "windows-1252")
_DECLARABLE = re.compile(r"(?:windows|cp|iso8859|utf|mac|koi8|gb|big5|shift|euc|latin|ascii|hz|kz1048|ptcp)")
_DECLARED = re.compile(
    rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})|"""
    rb"""<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes(code for code in range(128) if _CONTROL.match(chr(code)))
_MIXED = re.compile("[\u0621-\u064a][a-zA-Z\u00c0-\u024f]|[a-zA-Z\u00c0-\u024f][\u0621-\u064a]")
_ODD = re.compile(
    "[\u064c-\u0652\u0679-\u06d3]|[\u061b\u061f\u060c]\\w|[\x80-\x9f\u200c-\u200f\u2018-\u203a\u0192\u0152\u0153]\\w"
)
_USUAL = re.compile(r"(?<!\w)(?:[وبفل]?ال\w|لل\w|في|من|على|إلى|الى|أن|ان|عن|مع|هذا|هذه|التي|الذي|قال|ما|لا|بين|بعد)")
_ACCENT = re.compile("[\u00c0-\u024f]")
_HEAD_BYTES = 4096
_DETECTION_BYTES = 65_536
_MIN_SIGN_SHARE = 0.9
_MAX_MALFORMED_SHARE = 0.02
"""Of the characters beyond ASCII: UTF-8 with so few faults need not be compared with other charsets."""
_MOST_MALFORMED_SHARE = 0.3
"""UTF-8 with so many, where it reads well in no other charset: a page cut off in a letter, a line with broken bytes."""
_MAX_CONTROL_SHARE = 0.3


class UndecodableError(ValueError):
    """The bytes are no text in a charset that is known."""


def decode(content: bytes, declared: str | None = None, *, markup: bool = False) -> tuple[str, str, tuple[str, ...]]:
    """The text of some bytes, its charset, and the repairs.

    Repairs are ``bom``, ``charset`` (it was not UTF-8), ``malformed`` (some bytes were no UTF-8), ``mojibake``, ``nul``
    and ``surrogate``.

    Args:
        content: the bytes.
        declared: the charset a server stated, if it did.
        markup: whether to look for a declaration in the bytes themselves.

    Raises:
        UndecodableError: the bytes are no text.
    """
    charset, bom = charset_of(content, declared, markup=markup)
    body = content[len(bom) :]
    text = _read(body, charset)
    repairs = {"bom"} if bom else set()
    if charset != "utf-8":
        repairs.add("charset")
    if text.count(REPLACEMENT) > body.count(REPLACEMENT.encode(charset, "ignore") or REPLACEMENT.encode()):
        repairs.add("malformed")
    if len(body.translate(None, _CONTROL_BYTES)) < len(body) and (
        len(_CONTROL.findall(text)) > 1 + _MAX_CONTROL_SHARE * len(text)
    ):
        raise UndecodableError("the bytes are no text; give a text, a page or a known format")
    text, mended = mend_text(text)
    return text, charset, tuple(sorted(repairs.union(mended)))


def mend_text(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without what no database can hold, and with mojibake read as it was meant; what was mended, by name."""
    text, repairs = repair_text(text)
    mended = mend_mojibake(text)
    return (text, repairs) if mended == text else (mended, ("mojibake", *repairs))


def charset_of(content: bytes, declared: str | None = None, *, markup: bool = False) -> tuple[str, bytes]:
    """The charset of some bytes and the byte order mark at their head.

    Raises:
        UndecodableError: the bytes are no text in a charset that is known.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return name, bom
    if (wide := _wide(content[:_HEAD_BYTES])) is not None:
        return wide, b""
    malformed = _malformed_share(content)
    if malformed == 0:
        return "utf-8", b""
    names = [declared, _declaration(content[:_HEAD_BYTES]) if markup else None]
    for name in filter(None, map(known_charset, names)):
        if name not in {"utf-8", "windows-1252", "iso8859-1", "ascii"} and _reads(content, name):
            return name, b""
    if malformed <= _MAX_MALFORMED_SHARE:
        return "utf-8", b""
    return _detected(content, malformed), b""


def known_charset(name: str | None) -> str | None:
    """The name Python has for a declared charset of text, None for what it does not know or what is no charset.

    >>> known_charset("CP1256"), known_charset("x-arabic"), known_charset("rot13")
    ('windows-1256', None, None)
    """
    try:
        found = codecs.lookup(name or "").name.replace("cp125", "windows-125")
    except (LookupError, ValueError):
        return None
    return found if _DECLARABLE.match(found) and found != "utf-7" else None


def _declaration(head: bytes) -> str | None:
    found = _DECLARED.search(head)
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is the page of Latin (00) or of Arabic (06)."""
    n_units = len(head) // 2
    if (len(head) % 2 and len(head) < _HEAD_BYTES) or n_units < 2:  # noqa: PLR2004 - one letter shows nothing
        return None
    for name, pages, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        n_pages = pages.count(0) + pages.count(6)
        if (
            n_pages >= _MIN_SIGN_SHARE * n_units
            and letters.count(0) + letters.count(6) <= (1 - _MIN_SIGN_SHARE) * n_units
        ):
            return name
    return None


def _read(body: bytes, charset: str) -> str:
    """The text of bytes; surrogates, which some programs write as if they were UTF-8, are left to be mended."""
    if charset == "utf-8":
        with suppress(UnicodeDecodeError):
            return body.decode(charset, "surrogatepass")
    return body.decode(charset, "replace")


def _malformed_share(content: bytes) -> float:
    """How many of the characters beyond ASCII are no UTF-8, from 0 to 1."""
    try:
        content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
        n_beyond = len(text) - len(text.encode("ascii", "ignore"))  # counted, not listed: a file may have millions
        return text.count(REPLACEMENT) / n_beyond
    return 0


def _first_malformed(content: bytes) -> int:
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return error.start
    return len(content)


def _reads(content: bytes, name: str) -> bool:
    try:
        content.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _detected(content: bytes, malformed: float) -> str:
    """The charset in which the bytes read best; UTF-8 where most of them are that, and they read well in no other.

    Raises:
        UndecodableError: they read well in none.
    """
    first = _first_malformed(content)
    sample = content[max(first - _HEAD_BYTES, 0) : first + _DETECTION_BYTES]
    scores = {name: _readability(sample.decode(name)) for name in _CANDIDATES if _reads(sample, name)}
    best = max(scores, key=scores.__getitem__, default="")
    if best and scores[best] > 0:
        return best
    return "utf-8" if malformed <= _MOST_MALFORMED_SHARE else _guessed(sample, first)


def _guessed(sample: bytes, first: int) -> str:
    """The charset charset-normalizer finds in a text long enough to tell.

    Raises:
        UndecodableError: it finds none.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few contents need it

    guess = from_bytes(sample).best() if len(sample) >= _MIN_GUESS_BYTES else None
    if guess is None or guess.encoding not in _GUESSES or _CONTROL.search(str(guess)):
        raise UndecodableError(f"byte {first} cannot be read, in UTF-8 or any other charset; convert the file to UTF-8")
    return guess.encoding


def _readability(text: str) -> float:
    """How much a text looks like Arabic, or like a western language with some accents; above 0 is convincing."""
    n_beyond = len(_BEYOND_ASCII.findall(text))
    n_arabic = len(_ARABIC.findall(text))
    faults = 3 * len(_MIXED.findall(text)) + 2 * len(_ODD.findall(text)) + 3 * len(_CONTROL.findall(text))
    if n_arabic >= n_beyond / 2:
        return (n_arabic + 4 * len(_USUAL.findall(text)) - 4 * faults) / n_beyond
    n_letters = sum(map(str.isalpha, text))
    n_accents = len(_ACCENT.findall(text))
    return 0.5 if n_accents >= n_beyond / 2 and n_accents < n_letters / 4 and not _CONTROL.search(text) else -1.0
