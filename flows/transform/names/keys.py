"""Keys of names: the words a name consists of, how they sound, and the key of an entity nobody listed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from flows.text.folded import fold
from flows.values import Entity, EntityKind

PARTICLES: Final = frozenset(
    {"بن", "ابن", "بنت", "ابو", "ابي", "ابا", "ال", "عبد", "دي", "دو", "دا", "فان", "فون", "ذو", "ايت", "ولد", "منت"}
)
"""Folded words that never end a name: they belong to the next one."""

_WEAK: Final = str.maketrans("", "", "اويهء'")
_ALIKE: Final = str.maketrans("طصثزغقحخضظذشڤپچگژ", "تسسسجكهكددسسفبججج")
_VELARS: Final = str.maketrans("ج", "ك")
"""What stands for one foreign sound besides: ``غالانت``, ``جالانت`` and ``كالانت``. Whole names may differ so far."""
_MAX_EDITS: Final = 2
_MIN_DEFINITE: Final = 4
"""``الله`` and shorter words are whole."""
_MAX_KEY_BYTES: Final = 200
"""Keys stand in unique indexes, which hold no unbounded text."""
_DIGEST_LETTERS: Final = 16
_LONGEST: Final = 40
"""A longer word is no name: it sounds like nothing else, and is not remembered."""
_MAX_PARTS: Final = 6
_MAX_SOUNDS: Final = 65_536
_SOUNDS: Final[dict[str, str]] = {}
"""How words sound, remembered from page to page; a dict, since compiled code reads it faster than ``lru_cache``."""
_NAME_SOUNDS: Final[dict[str, str]] = {}
"""How names sound, remembered from page to page."""


def name_words(name: str) -> list[str]:
    """The folded words of a name, joined where writers differ: ``عبد الله`` and ``عبدالله``, ``ابن`` and ``بن``.

    >>> name_words("محمد ابن عبد الله")
    ['محمد', 'بن', 'عبدالله']
    """
    return join_parts(fold(name).replace("-", " ").split())


def join_parts(words: Sequence[str]) -> list[str]:
    """Folded words with ``عبد`` and ``أبو`` joined to what follows, and one form of ``بن``."""
    joined: list[str] = []
    carried = ""
    for word in words:
        if word in {"عبد", "ابو", "ابي", "ابا"}:
            carried += "ابو" if word.startswith("اب") else word
            continue
        joined.append("بن" if word == "ابن" and not carried else carried + word)
        carried = ""
    return [*joined, carried] if carried else joined


def sound(word: str) -> str:
    """What transliterations of a foreign name keep: consonants, alike ones as one, no doubles.

    >>> sound("سوليفان") == sound("ساليفان"), sound("غالانت") == sound("جالانت")
    (True, True)
    """
    if len(word) > _LONGEST:
        return word
    heard = _SOUNDS.get(word)
    if heard is None:
        if len(_SOUNDS) >= _MAX_SOUNDS:
            _SOUNDS.clear()
        heard = _SOUNDS[word] = _sound(word)
    return heard


def _sound(word: str) -> str:
    bare = _without_article(word).translate(_WEAK).translate(_ALIKE)
    return "".join(letter for index, letter in enumerate(bare) if index == 0 or letter != bare[index - 1])


def name_sound(words: Sequence[str]) -> str:
    """How a whole name sounds; ``غ``, ``ج`` and ``ك`` are one, since several words bear it out.

    >>> name_sound(["يواف", "غالانت"]) == name_sound(["يواف", "كالانت"])
    True
    """
    name = " ".join(words)
    sounds = _NAME_SOUNDS.get(name)
    if sounds is None:
        sounds = " ".join(map(sound, words)).translate(_VELARS)
        if len(_NAME_SOUNDS) >= _MAX_SOUNDS:
            _NAME_SOUNDS.clear()
        if len(name) <= _LONGEST * _MAX_PARTS:
            _NAME_SOUNDS[name] = sounds
    return sounds


def near_in_name(left: str, right: str) -> bool:
    """Whether two words, as parts of a whole name, sound the same and differ in two letters at most."""
    left, right = _without_article(left), _without_article(right)
    if left == right or abs(len(left) - len(right)) > _MAX_EDITS or name_sound((left,)) != name_sound((right,)):
        return left == right
    return edits(left, right) <= _MAX_EDITS


def near(left: str, right: str) -> bool:
    """Whether two words sound the same and are written with at most two letters' difference.

    >>> near("نتنياهو", "نتانياهو"), near("بيلنكن", "بلينكن"), near("سالم", "سوليفان")
    (True, True, False)
    """
    left, right = _without_article(left), _without_article(right)
    if left == right or abs(len(left) - len(right)) > _MAX_EDITS or sound(left) != sound(right):
        return left == right
    return edits(left, right) <= _MAX_EDITS


def is_slip(left: str, right: str) -> bool:
    """Whether one letter too many, missing, wrong or swapped with its neighbour tells two words apart.

    >>> is_slip("القرطاسي", "القرطسي"), is_slip("الفونسو", "النفوسو"), is_slip("الفلاني", "الفنلاي")
    (True, False, False)
    """
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    first = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    x, y = left[first:], right[first:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[1::-1] and x[2:] == y[2:])


def _without_article(word: str) -> str:
    """A name without ``ال``, which writers add and drop: ``الأسد`` and ``أسد``."""
    return word[2:] if word.startswith("ال") and len(word) > _MIN_DEFINITE else word


def edits(left: str, right: str) -> int:
    """Letters to insert, drop or change to turn one word into the other; swapped neighbours count two."""
    before = list(range(len(right) + 1))
    for row, a in enumerate(left, start=1):
        current = [row]
        for column, b in enumerate(right, start=1):
            current.append(min(before[column] + 1, current[-1] + 1, before[column - 1] + (a != b)))
        before = current
    return before[-1]


def coined(kind: EntityKind, words: Sequence[str], surface: str) -> Entity:
    """The entity of a full name nobody listed: its key depends on kind and folded name alone, in every document.

    The name is the one the text writes; a key has at most 200 bytes of UTF-8, longer ones end in a hash of the whole.

    >>> rasool = coined("person", ["يحيي", "رسول"], "يحيى رسول")
    >>> rasool.key, rasool.name
    ('person:يحيي-رسول', 'يحيى رسول')
    """
    return Entity(_bounded(f"{kind}:{'-'.join(join_parts(words))}"), kind, surface, surface)


def _bounded(key: str) -> str:
    encoded = key.encode()
    if len(encoded) <= _MAX_KEY_BYTES:
        return key
    digest = hashlib.sha256(encoded).hexdigest()[:_DIGEST_LETTERS]
    return f"{encoded[: _MAX_KEY_BYTES - _DIGEST_LETTERS - 1].decode(errors='ignore')}-{digest}"
