"""Tests of single words as parts of unlisted names: known parts, words without other meaning, words no table knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.transform.names.ground import COMMON, ENDS, Ground, is_definite, is_name_like
from flows.transform.names.keys import PARTICLES

if TYPE_CHECKING:
    from flows.transform.lexicon import Category

CLITICS = "وفبلك"
FOREIGN_NO = frozenset("حعصضظذطقثء")
"""Letters that transliterations of foreign names seldom use."""
_FOREIGN_LENGTH = 6
OTHERS: tuple[Category, ...] = ("title", "head", "demonym", "entity")
_NOT_NAMES = ("ه", "ات", "ايي", "اءات")
"""Ends of folded words that feminine nouns, plurals and nouns with a pronoun have, and unlisted names seldom."""
_DERIVED = range(len("افتعل"), len("استفعلت"))
_LONG = frozenset("اوي")


def is_known(ground: Ground, token: int) -> bool:
    """A given name or a part of a listed person's name, without proclitics."""
    word = ground.words[token]
    if ground.stop(token) in COMMON:
        return False
    return ground.gazetteer.given.get(word, "family") != "family" or word in ground.gazetteer.parts


def is_free_word(ground: Ground, token: int) -> bool:
    """A word of no other known meaning, which a name may claim."""
    word = ground.words[token]
    if not is_name_like(word) or word.isascii() or ground.stop(token) is not None:
        return False
    if word[0] == "و" or (word[0] in CLITICS and is_definite(word)) or word.endswith(_NOT_NAMES):
        return False
    if _looks_derived(word) or ground.has_tanwin(token):
        return False
    others = OTHERS[:2] if ground.is_definite(token) else OTHERS
    return not any(ground.at(category, token) for category in others)


def is_unknown(ground: Ground, token: int) -> bool:
    """A word no table knows, in whatever form: only a sure cue beside it makes it a name."""
    is_other = ground.stop(token) is not None or any(ground.at(category, token) for category in OTHERS)
    return is_name_like(ground.words[token]) and not is_other


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
    if word in PARTICLES:
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
        _is_written_feminine(ground, token)
        and word[0] not in CLITICS
        and not word.endswith("يه")
        and not is_definite(word)
    )


def closes_feminine(ground: Ground, token: int, last: int) -> bool:
    """The same right after a first name, where a mark or function word follows: ``وهدف رامي ربيعة.``."""
    return _ends_feminine(ground, token, last) and is_closed(ground, token + 1, last)


def is_closed(ground: Ground, token: int, last: int) -> bool:
    """Whether a mark, a function word, a verb or the passage's end follows a name that ends before ``token``."""
    return token >= last or not ground.words[token].isalpha() or ground.stop(token) in ENDS


def ends_foreign(ground: Ground, at: int) -> bool:
    """An unknown word in ``يه``, as French names end (``نياكاتيه``); a feminine adjective is written with ``ة``."""
    word = ground.words[at]
    return (
        word.endswith("يه")
        and len(word) > len("لديه")
        and is_unknown(ground, at)
        and not _is_written_feminine(ground, at)
    )


def _is_written_feminine(ground: Ground, token: int) -> bool:
    _, end = ground.page.span(token, token + 1)
    return ground.page.text[end - 1] == "ة"


def looks_foreign(word: str) -> bool:
    """Whether a folded word has six letters or more, none that only Arabic uses, and no ending of an Arabic plural.

    >>> [looks_foreign(word) for word in ("موتورولا", "تسويق", "سيارات", "هيوماين", "توريدات", "استثمار")]
    [True, False, False, True, False, False]
    """
    is_arabic = not FOREIGN_NO.isdisjoint(word) or word.endswith((*_NOT_NAMES, "ي")) or is_definite(word)
    return len(word) >= _FOREIGN_LENGTH and not is_arabic and not _looks_derived(word)
