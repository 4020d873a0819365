"""Tests of single words as parts of unlisted names: known parts, words without other meaning, words no table knows."""

from __future__ import annotations

from typing import Final

from flows.transform.lexicon import Category
from flows.transform.names.ground import COMMON, ENDS, Ground, is_definite, is_name_like
from flows.transform.names.keys import PARTICLES

CLITICS: Final = "وفبلك"
FOREIGN_NO: Final = frozenset("حعصضظذطقثء")
"""Letters that transliterations of foreign names seldom use."""
_FOREIGN_LENGTH: Final = 6
OTHERS: Final[tuple[Category, ...]] = ("title", "head", "demonym", "entity")
_NOT_NAMES: Final = ("ه", "ات", "ايي", "اءات")
"""Ends of folded words that feminine nouns, plurals and nouns with a pronoun have, and unlisted names seldom."""
_DERIVED: Final = range(len("افتعل"), len("استفعلت"))
_LONG: Final = frozenset("اوي")
_JOINS: Final = ("بن", "بو", "با")
_MIN_JOINED: Final = 6
_SUFFIXES: Final = ("ه", "ها", "هم", "نا")
_DOUBLED: Final = "بب"
"""``ببروكسيل``: no name begins so."""
_MIN_STEM: Final = 4
"""A shorter word behind what looks like a proclitic is too often a name: ``بشاي``."""


def is_known(ground: Ground, token: int) -> bool:
    """A given name or a part of a listed person's name, without proclitics."""
    word = ground.words[token]
    if ground.stop(token) in COMMON:
        return False
    return ground.gazetteer.given.get(word, "family") != "family" or word in ground.gazetteer.parts


def is_free_word(ground: Ground, token: int) -> bool:
    """A word of no other known meaning, which a name may claim."""
    word = ground.words[token]
    if not is_name_like(word) or word.isascii() or ground.stop(token) is not None or is_common(ground, word):
        return False
    if word[0] == "و" or (word[0] in CLITICS and is_definite(word)) or word.endswith(_NOT_NAMES):
        return False
    if word.startswith(_DOUBLED):
        return False
    if _looks_derived(word) or ground.has_tanwin(token):
        return False
    others = OTHERS[:2] if ground.is_definite(token) else OTHERS
    return not any(ground.at(category, token) for category in others)


def is_common(ground: Ground, word: str) -> bool:
    """A word of the language, also behind a proclitic or as an indefinite object: ``بدعوى``, ``قرارا``."""
    common = ground.gazetteer.common
    if word in common or (word[-1] == "ا" and word[:-1] in common):
        return True
    return word[0] in CLITICS and len(word) > _MIN_STEM and word[1:] in common


def is_common_noun(ground: Ground, word: str) -> bool:
    """A definite word of the language: ``الباب``, ``الدور``."""
    return word.startswith("ال") and (word[2:] in ground.gazetteer.stops or is_common(ground, word[2:]))


def is_unknown(ground: Ground, token: int) -> bool:
    """A word no table knows, in whatever form: only a sure cue beside it makes it a name."""
    is_other = ground.stop(token) is not None or any(ground.at(category, token) for category in OTHERS)
    return is_name_like(word := ground.words[token]) and not is_other and not is_common(ground, word)


def _looks_derived(word: str) -> bool:
    """``استمع``, ``انهزم``, ``اقتراح``: verbs of the seventh to tenth form and their nouns, hardly an unlisted name.

    >>> [_looks_derived(word) for word in ("استمع", "اقتحم", "انهزم", "اقتراح", "اشرف", "استرلينغ")]
    [True, True, True, True, False, False]
    """
    if word[0] != "ا" or len(word) not in _DERIVED:
        return False
    if word.startswith("است"):
        return True
    is_noun = len(word) == len("افتعال") and word[4] == "ا"
    is_verb = len(word) == len("افتعل") and _LONG.isdisjoint(word[2:])
    return (word[1] == "ن" or word[2] == "ت") and (is_noun or is_verb)


def is_family_name(ground: Ground, token: int) -> bool:
    """A relational adjective that closes a longer name: ``أحمد عبد الله السعدي``."""
    word = ground.words[token]
    return (
        word.startswith("ال") and word.endswith("ي") and not ground.at("demonym", token) and is_free_word(ground, token)
    )


def is_joined_family(ground: Ground, token: int) -> bool:
    """A family's name with ``بن``, ``بو`` or ``با`` written to it: ``بنجلون``, ``بوشعالة``, ``بامطرف``."""
    word = ground.words[token]
    if not word.startswith(_JOINS) or word.startswith("بال") or len(word) < _MIN_JOINED or is_common(ground, word):
        return False
    rest, stops = word[1:], ground.gazetteer.stops
    if word in stops or rest in stops or _looks_derived(rest) or any(ground.at(c, token) for c in OTHERS):
        return False
    return not any(word.endswith(suffix) and is_common(ground, word[1 : -len(suffix)]) for suffix in _SUFFIXES)


def is_tribal(ground: Ground, token: int) -> bool:
    """The plural by which families of the Levant are called: ``الجوارنة``, ``العبابنة``."""
    word = ground.words[token]
    has_form = len(word) == len("الجوارنه") and word[4] == "ا" and word.endswith("ه") and word.startswith("ال")
    return has_form and is_family(ground, token) and not is_common_noun(ground, word)


def is_family(ground: Ground, token: int) -> bool:
    """A definite word without other meaning, which closes a lineage: ``بن عامر السواحة``."""
    others = any(ground.at(category, token) for category in OTHERS)
    return ground.words[token].startswith("ال") and ground.stop(token) is None and not others


def has_witness(ground: Ground, token: int) -> bool:
    """Whether the word after an ambiguous first name shows that it is one: a particle, a known part, a family name."""
    return is_known(ground, token) or is_telling(ground, token)


def is_telling(ground: Ground, token: int) -> bool:
    """Whether a word makes the common word before it a first name: ``بن`` or a family's name (``سعيد المريني``).

    After a definite word (``العربي الإسلامي``) it is an adjective.
    """
    word = ground.words[token]
    if word in PARTICLES or is_tribal(ground, token) or is_joined_family(ground, token):
        return True
    return len(word) > len("النبي") and is_family_name(ground, token) and not ground.is_definite(token - 1)


def may_close(ground: Ground, token: int, last: int, *, is_foreign: bool) -> bool:
    """An unknown word after a role and one first name: in ``ة``, or with a first letter like a proclitic (``بسيم``)."""
    if token >= last or is_foreign:
        return False
    word, stops = ground.words[token], ground.gazetteer.stops
    is_bare = word[0] in "بكل" and word[1:] not in stops and len(word) > len("بعد") and is_free_word(ground, token)
    return is_bare or _ends_feminine(ground, token, last)


def _ends_feminine(ground: Ground, token: int, last: int) -> bool:
    """An unknown word in ``ة``, a family's after a role and a first name: ``الناشط أسامة مخامرة``."""
    if token >= last or token in ground.page.tokens.line_starts or not is_unknown(ground, token):
        return False
    word = ground.words[token]
    return (
        is_written_feminine(ground, token)
        and word[0] not in CLITICS
        and not word.endswith("يه")
        and not is_definite(word)
    )


def closes_feminine(ground: Ground, token: int, last: int) -> bool:
    """The same right after a first name, where a mark or function word follows: ``وهدف رامي ربيعة.``."""
    return _ends_feminine(ground, token, last) and is_closed(ground, token + 1, last)


def is_closed(ground: Ground, token: int, last: int) -> bool:
    """Whether a name may end before ``token``: a mark, a particle, a verb, a title or ``و`` with a noun follows it."""
    if token >= last or not ground.words[token].isalpha() or ground.stop(token) in ENDS:
        return True
    return ground.words[token].startswith("وال") or bool(ground.at("title", token))


def ends_foreign(ground: Ground, at: int) -> bool:
    """An unknown word in ``يه`` or ``اه``, as foreign names end (``نياكاتيه``); adjectives are written with ``ة``."""
    word = ground.words[at]
    return (
        word.endswith(("يه", "اه"))
        and len(word) > len("لديه")
        and is_unknown(ground, at)
        and not is_written_feminine(ground, at)
    )


def is_written_feminine(ground: Ground, token: int) -> bool:
    """Whether the ``ه`` that ends a folded word is written ``ة``."""
    _, end = ground.page.span(token, token + 1)
    return ground.page.text[end - 1] == "ة"


def looks_foreign(word: str) -> bool:
    """Whether a folded word has six letters or more, none that only Arabic uses, and no ending of an Arabic plural.

    >>> [looks_foreign(word) for word in ("موتورولا", "تسويق", "سيارات", "هيوماين", "توريدات", "استثمار")]
    [True, False, False, True, False, False]
    """
    is_arabic = not FOREIGN_NO.isdisjoint(word) or word.endswith((*_NOT_NAMES, "ي")) or is_definite(word)
    return len(word) >= _FOREIGN_LENGTH and not is_arabic and not _looks_derived(word)
