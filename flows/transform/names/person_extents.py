"""How far a person's name reaches that begins with a known first part: particles, further parts, a family's name."""

from __future__ import annotations

from typing import Final

from flows.transform.names.ground import ENDS, Candidate, Ground, is_definite
from flows.transform.names.keys import PARTICLES, name_sound
from flows.transform.names.words import (
    CLITICS,
    FOREIGN_NO,
    closes_feminine,
    ends_foreign,
    is_common_noun,
    is_family,
    is_family_name,
    is_free_word,
    is_joined_family,
    is_known,
    is_tribal,
    is_unknown,
    is_written_feminine,
)

_MAX_PARTS: Final = 6
_COMPOUND: Final = frozenset({
    "سيف", "نور", "عز", "صلاح", "علاء", "جمال", "شمس", "بدر", "حسام", "عماد", "ضياء", "محي", "محيي", "زين", "تاج",
    "فخر", "شرف", "سعد", "خير", "نصر",
})  # fmt: skip
"""Folded first halves of compound names: ``سيف النصر``."""
_MIN_FIRST: Final = 3
_BORN: Final = frozenset({"ولد", "منت"})
_AGED: Final = frozenset({"البالغ", "البالغه", "الملقب", "الملقبه"})
"""Folded words after a name and before an age or a byname."""
_ARABIC: Final = frozenset({"plain", "ambiguous"})
_SECOND: Final = frozenset({"ambiguous", "family"})
_SURE: Final = frozenset({"plain", "foreign"})
_FOREIGN_ENDS: Final = ("يتش", "وف", "سكي", "نكو", "برغ", "بيرغ", "شفيلي", "سون", "سن", "يان", "اوسكاس")
_GENERAL: Final = frozenset({"العام", "العامه", "الاعلي", "الاول", "المساعد"})
"""Folded adjectives of offices."""


def name_end(ground: Ground, token: int, last: int, listed: dict[int, int], *, is_foreign: bool) -> int:
    """The token after the last word of a name whose first part ends before ``token``."""
    words, line_starts = ground.words, ground.page.tokens.line_starts
    at, unknown = token, False
    limit = min(last, token + 2 * _MAX_PARTS)
    while at < limit and at not in line_starts and (at == token or at not in listed):
        step = _sure_step(ground, at, last, is_second=at == token)
        if step:
            unknown = unknown or words[at] in PARTICLES
            at += step
        elif not unknown and _goes_on(ground, at, last, is_second=at == token, is_foreign=is_foreign):
            at, unknown = at + 1, True
        elif _closes(ground, at, last, is_third=at > token, is_foreign=is_foreign and unknown):
            return at + 1
        else:
            break
    return at


def continued(ground: Ground, token: int, last: int) -> int:
    """The token after ``بن عبد العزيز آل سعود``, which may follow a name that ends before ``token``."""
    while step := _lineage_step(ground, token, last):
        token += step
    return token


def _lineage_step(ground: Ground, at: int, last: int) -> int:
    """How many tokens ``بن أبي وقاص`` has: particles and the word they belong to (0: none).

    ``ولد`` before a date or a place says that one was born.
    """
    words, end = ground.words, at
    while end < last and words[end] in PARTICLES:
        end += 1
    if end == at or end >= last or end in ground.page.tokens.line_starts or not words[end].isalpha():
        return 0
    if words[end - 1] in _BORN and (ground.stop(end) is not None or any(h.offset for h in ground.at("entity", end))):
        return 0
    return end + 1 - at


def _sure_step(ground: Ground, at: int, last: int, *, is_second: bool) -> int:
    """How many tokens from ``at`` on go on a name beyond doubt: a particle and its word, a known part (0: none)."""
    words = ground.words
    if words[at] == "-":
        is_joined = at + 1 < last and at + 1 not in ground.page.tokens.line_starts and is_known(ground, at + 1)
        return 2 if is_joined else 0
    if words[at] in PARTICLES:
        return _lineage_step(ground, at, last)
    if not is_second and _opens_role(ground, at, last):
        return 0
    is_compound = words[at - 1] in _COMPOUND and words[at].startswith("ال")
    return int(is_compound or is_known(ground, at) or _is_named_after(ground, at, last, is_second=is_second))


def _opens_role(ground: Ground, at: int, last: int) -> bool:
    """Whether a title that is also a name goes on as a role: ``أمير دولة قطر``, ``الأمين العام``."""
    following = at + 1
    if following >= last or not any(hit.offset == 0 for hit in ground.at("title", at)):
        return False
    if any(hit.offset == 0 for hit in ground.at("entity", following)) or ground.at("head", following):
        return True
    word = ground.words[following]
    is_other = word.isalpha() and word[0] != "و" and ground.stop(following) not in ENDS
    return word in _GENERAL or (is_other and not is_known(ground, following))


def _is_named_after(ground: Ground, token: int, last: int, *, is_second: bool) -> bool:
    """A word with another meaning that is a name right after a sure first name: ``محمود سعيد``, ``محمد الجندي``.

    After two names (``محمد علي الأمين العام``) a title or nationality word is itself again. A common noun is the last
    word of a name where the clause goes on after it (``منى رزق،``).
    """
    given, word = ground.gazetteer.given, ground.words[token]
    is_other = not is_second and (ground.at("title", token) or ground.at("demonym", token))
    if is_other or ground.stop(token) in ENDS:
        return False
    before = given.get(ground.words[token - 1])
    if before == "plain" and given.get(word) in _SECOND:
        return True
    is_noun = word in ground.gazetteer.common and (not word.endswith("ه") or is_written_feminine(ground, token))
    ends = _stands_last(ground, token) or token + 1 == last or bool(ground.at("title", token + 1))
    return is_second and before in _SURE and is_noun and ends


def _goes_on(ground: Ground, at: int, last: int, *, is_second: bool, is_foreign: bool) -> bool:
    """Whether an unknown word goes on a name: a definite one only right after the first part, as does ``بوزكري``.

    Later on a word with a definite one after it is a noun (``خليل الحاج توفيق مطالب القطاع``).
    """
    word = ground.words[at]
    if not is_free_word(ground, at):
        return is_second and ends_foreign(ground, at)
    if is_definite(word):
        return is_second and not (is_foreign and is_common_noun(ground, word))
    if not (is_second or is_foreign) and ground.words[at - 1].startswith("ال") and ground.words[at - 1] != "الله":
        return False  # ``راشد العنزي توقيع``: a family's name ends it
    if not is_second and at + 1 < last and is_definite(ground.words[at + 1]) and ground.words[at + 1] not in _AGED:
        return False
    return is_foreign or word[0] not in CLITICS or _stands_last(ground, at)


def _stands_last(ground: Ground, at: int) -> bool:
    """Whether a mark or the line's end follows: a first letter like a proclitic is then no doubt (``جرجس لمعي،``)."""
    following = at + 1
    is_end = following >= len(ground.words) or following in ground.page.tokens.line_starts
    return is_end or not ground.words[following].isalnum()


def _closes(ground: Ground, at: int, last: int, *, is_third: bool, is_foreign: bool) -> bool:
    """Whether a word is the last of a name: a family's, a third foreign part, the end of a lineage."""
    if (is_foreign and _closes_foreign(ground, at, last)) or _has_age(ground, at, last):
        return True
    if is_family_name(ground, at) or is_joined_family(ground, at):
        return True
    is_arabic = ground.gazetteer.given.get(ground.words[at - 1]) in _ARABIC or ground.words[at - 2] in _COMPOUND
    if is_arabic and closes_feminine(ground, at, last):
        return True
    if not is_third:
        return is_tribal(ground, at)
    if ground.words[at - 2] in PARTICLES:
        return is_family(ground, at) and not is_common_noun(ground, ground.words[at])
    return _ends_clause(ground, at, last)


def _ends_clause(ground: Ground, at: int, last: int) -> bool:
    """Whether a definite word after two first names stands where a name ends: ``محمد ماجد العيطان مدير الأمن``.

    One with another meaning does before a mark alone: ``عادل رمزي السيد،``.
    """
    word = ground.words[at]
    is_arabic = ground.gazetteer.given.get(ground.words[at - 1]) in _ARABIC or is_joined_family(ground, at - 1)
    if not (is_arabic and word.startswith("ال")) or word.endswith(("ه", "ات", "ين")) or ground.stop(at) is not None:
        return is_arabic and is_tribal(ground, at)
    if (at + 1 >= last or not ground.words[at + 1].isalpha()) and not ground.at("entity", at):
        return not ground.at("head", at)
    return not word.endswith("ون") and is_family(ground, at) and not is_common_noun(ground, word)


def _has_age(ground: Ground, token: int, last: int) -> bool:
    """Whether an unknown word stands before an age in brackets, as the last of a name does: ``(23 عاما)``."""
    words = ground.words
    is_age = token + 2 < last and words[token + 1] == "(" and words[token + 2].isdigit()
    return is_age and is_unknown(ground, token)


def _closes_foreign(ground: Ground, token: int, last: int) -> bool:
    """A third part of a foreign name: foreign by its end, or by its letters before a mark or function word."""
    word = ground.words[token]
    if not is_free_word(ground, token) or is_definite(word) or not FOREIGN_NO.isdisjoint(word):
        return False
    if word.endswith(_FOREIGN_ENDS):
        return True
    closes = token + 1 >= last or not ground.words[token + 1].isalpha() or ground.stop(token + 1) == "function"
    return closes and not word.endswith("ا")


def with_first_name(ground: Ground, candidate: Candidate, first: int) -> Candidate:
    """A listed last name with a word before it that sounds like its bearer's first name: ``أنكيلا ميركل``."""
    token = candidate.first - 1
    if token < first or candidate.offset or candidate.first in ground.page.tokens.line_starts:
        return candidate
    before = ground.words[token]
    if not before.isalpha() or ground.stop(token) is not None or ground.at("title", token):
        return candidate
    for offset in range(1 + (before[0] in CLITICS and len(before) > _MIN_FIRST)):
        if before[offset:] in ground.gazetteer.given:
            continue  # ``محمد عباس`` is another than ``محمود عباس``
        words = (before[offset:], *candidate.words)
        bearers = [entity for known, entity in ground.gazetteer.sounding(name_sound(words)) if known[1:] == words[1:]]
        entities = tuple(entity for entity in candidate.entities if entity in bearers)
        if len(entities) == 1:
            return Candidate(token, candidate.last, offset, "person", "sound", 0.9, entities, "full", words, 1)
    return candidate
