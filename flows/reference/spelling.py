"""Names as the reference tables hold them: how one is cleaned, what language it is in, when two are one spelling."""

from __future__ import annotations

import re
import unicodedata
from typing import get_args

from flows.text.folded import fold
from flows.values import EntityKind

_ARABIC = (("\u0600", "\u06ff"), ("\u0750", "\u077f"), ("\ufb50", "\ufdff"), ("\ufe70", "\ufefc"))
_KEY = re.compile(rf"(?:{'|'.join(get_args(EntityKind))}):[^\s:|,\"\x00-\x1f\x7f]{{1,200}}")
_JOINERS = "\u200c\u200d"
"""Zero-width marks that belong to spellings; other invisible characters come from copying."""


def clean(name: str) -> str:
    r"""A name without what cannot be seen: controls, direction marks, blanks at its ends and double ones.

    >>> clean("\u200fأحمد \t علي\u202c ")
    'أحمد علي'
    """
    seen = (letter for letter in name if unicodedata.category(letter) != "Cf" or letter in _JOINERS)
    spaced = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in seen)
    return " ".join(spaced.split())


def spelling_key(name: str) -> str:
    """What makes two spellings one: folding, hyphen or space.

    >>> spelling_key("جان-بيير") == spelling_key("جان بيير")
    True
    """
    return " ".join(fold(name).replace("-", " ").split())


def language_of(name: str) -> str:
    """``ar`` for a name with Arabic letters, else ``en``, as the tables have it."""
    return "ar" if any(first <= letter <= last for letter in name for first, last in _ARABIC) else "en"


def is_key(key: str) -> bool:
    """Whether a text has the form of an entity key: kind, colon, slug without blanks.

    >>> is_key("person:joe-biden"), is_key("joe-biden"), is_key("person:joe biden")
    (True, False, False)
    """
    return _KEY.fullmatch(key) is not None
