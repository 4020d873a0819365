"""Places nobody listed, known by the common noun before them: ``بلدة حزما``, ``قرى النهيرات والسويب``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from flows.transform.lexicon import Category, Hit
from flows.transform.names.gazetteer import Head
from flows.transform.names.ground import ENDS, PLACE_CUES, Ground, is_name_like
from flows.transform.names.keys import PARTICLES
from flows.transform.names.words import is_common, is_unknown

_OTHER: Final[tuple[Category, ...]] = ("title", "head", "demonym")
_DUAL: Final = ("تي", "زي", "لي", "ري", "مي", "دي", "عي", "ني", "يي")
"""Ends of folded dual heads of places."""
_OPENING_USES: Final = frozenset({"toponym", "opener"})
_ARTICLE: Final = "ال"
_GOVERNOR: Final = "والي"
_PLURALS: Final = ("ين", "ون", "ات")
"""Ends of definite nouns that name people or things rather than a place: ``أهالي المعتقلين``."""

Span = tuple[int, int, int]
"""First token, token after the last, characters of proclitics."""


def places_after(ground: Ground, head: Head, hit: Hit, last: int, taken: dict[int, int]) -> Iterator[Span]:
    """The unlisted names after a head of places: one, or as many as a dual or plural one joins with ``و``.

    A plural head (``قرى``) is a common noun more often than not: it needs two names. After an office (``والي``) stands
    a person as well, so no given name is a place there.
    """
    if (head.use == "seat" and not _may_be_seat(ground, hit)) or (
        head.use == "district" and _is_noun(ground, hit, taken)
    ):
        return
    is_many = head.use == "plural" or (head.use != "seat" and ground.words[hit.first].endswith(_DUAL))
    found = list(_enumerated(ground, hit.last, last, taken, is_many=is_many, is_sure=head.use == "generic"))
    if head.use != "plural" or len(found) > 1:
        yield from (span for span in found if span[0] not in taken)


def _is_noun(ground: Ground, hit: Hit, taken: dict[int, int]) -> bool:
    """Whether a district is a common noun: ``لمنطقة عازلة``, ``بوابة فاطمة``."""
    word = ground.words[hit.last]
    is_adjective = ground.words[hit.first].endswith("ه") and word.endswith("ه") and not word.startswith(_ARTICLE)
    return hit.last not in taken and (is_adjective or bool(ground.at("given_name", hit.last)))


def _may_be_seat(ground: Ground, hit: Hit) -> bool:
    """Whether an unlisted place may follow an office; ``والى`` is a preposition, ``حاكم قوي`` a noun."""
    word, (start, end) = ground.words[hit.last], ground.page.span(hit.first, hit.last, hit.offset)
    is_preposition = ground.words[hit.first] == _GOVERNOR != ground.page.text[start:end]
    is_people = word.startswith(_ARTICLE) and word.endswith(_PLURALS)
    return not (is_preposition or is_people or word.endswith("ي") or ground.at("given_name", hit.last))


def _enumerated(
    ground: Ground, token: int, last: int, taken: dict[int, int], *, is_many: bool, is_sure: bool
) -> Iterator[Span]:
    words, offset = ground.words, 0
    while token < last:
        end = taken.get(token) or place_end(ground, token, last, offset, is_sure=is_sure)
        if end == token:
            return
        yield token, end, offset
        token, offset = end, 1
        is_joined = token < last and words[token].startswith("و") and token not in ground.page.tokens.line_starts
        if not (is_many and is_joined):
            return


def place_end(ground: Ground, token: int, last: int, offset: int, *, is_sure: bool = False) -> int:
    """The token after a name of one word, or of two (``دير شرف``); ``token`` itself where there is none.

    After a head that is ``is_sure`` a definite noun is a name too (``حي الدورة``).
    """
    following = token + 1
    if _opens_name(ground, token, offset) and following < last and _is_second_word(ground, following):
        return token + 2
    if _is_place_name(ground, token, offset, is_sure=is_sure) and _closes_name(ground, following, last):
        return token + 2
    return following if _is_place_name(ground, token, offset, is_sure=is_sure) else token


def _opens_name(ground: Ground, token: int, offset: int) -> bool:
    """Whether a word begins names of places: ``بيت``, ``أولاد``."""
    return any(
        h.offset == offset and cast("Head", h.entry.value).use in _OPENING_USES for h in ground.at("head", token)
    )


def _closes_name(ground: Ground, token: int, last: int) -> bool:
    """Whether a word parts places of one name: ``طهنا الجبل``, ``شبيلي السفلى``."""
    is_next = token < last and token not in ground.page.tokens.line_starts
    return is_next and any(cast("Head", hit.entry.value).use == "closer" for hit in ground.at("head", token))


def _is_second_word(ground: Ground, token: int) -> bool:
    """Any word but a verb, a particle or a title: ``بيت أمر``, ``أولاد نصير``."""
    is_other = ground.stop(token) in ENDS or ground.words[token].startswith("وال") or ground.at("title", token)
    return ground.words[token].isalpha() and not is_other and token not in ground.page.tokens.line_starts


def _is_place_name(ground: Ground, token: int, offset: int, *, is_sure: bool) -> bool:
    """A word without other meaning; an indefinite adjective of a feminine head (``مدينة ساحلية``) is none."""
    word = ground.words[token][offset:]
    is_definite = word.startswith(_ARTICLE)
    if not is_name_like(word) or word.isascii() or token in ground.page.tokens.line_starts:
        return False
    if ground.stop(token) is not None or word in PARTICLES or (word.endswith("يه") and not is_definite):
        return False
    if word in ground.gazetteer.stops or (
        is_common(ground, word[2:] if is_definite else word) and not (is_definite and is_sure)
    ):
        return False
    return not any(ground.at(category, token) for category in _OTHER)


def is_located(ground: Ground, hit: Hit) -> bool:
    """Whether a preposition stands before a word: ``بمنطقة``, ``في قضاء``."""
    clitics = ground.words[hit.first][: hit.offset]
    return "ب" in clitics or "ل" in clitics or (hit.first > 0 and ground.words[hit.first - 1] in PLACE_CUES)


def is_governed(ground: Ground, hit: Hit) -> bool:
    """Whether an office stands before a word: ``حاكم مقاطعة``."""
    return hit.first > 0 and any(title.last == hit.first for title in ground.at("title", hit.first - 1))


def toponym_end(ground: Ground, hit: Hit) -> int:
    """The end of ``كفر قرع`` after a preposition of place; the end of its first word where it is no name."""
    is_name = is_located(ground, hit) and is_unknown(ground, hit.last)
    return hit.last + int(is_name and hit.last not in ground.page.tokens.line_starts)
