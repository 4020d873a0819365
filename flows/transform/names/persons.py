"""People nobody listed: a given name or a role, and the words of a name after it; Latin names in photo credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.transform.names.ground import COMMON, ENDS, Candidate, Ground, between, is_definite
from flows.transform.names.keys import PARTICLES, join_parts
from flows.transform.names.titles import COMMAS, role_before
from flows.transform.names.words import (
    CLITICS,
    FOREIGN_NO,
    closes_feminine,
    ends_foreign,
    has_witness,
    is_family,
    is_family_name,
    is_free_word,
    is_known,
    is_telling,
    is_unknown,
    may_close,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.transform.lexicon import Hit
    from flows.transform.names.titles import Role

_CONFIDENCE = {"speech": 0.5, "credit": 0.8, "given-name": 0.75, "title": 0.7, "apposition": 0.65, "nationality": 0.6}
_MAX_PARTS = 6
_COMPOUND = frozenset({
    "سيف", "نور", "عز", "صلاح", "علاء", "جمال", "شمس", "بدر", "حسام", "عماد", "ضياء", "محي", "محيي", "زين", "تاج",
    "فخر", "شرف", "سعد", "خير", "نصر",
})  # fmt: skip
"""Folded first halves of compound names: ``سيف النصر``."""
_MIN_PARTS = 2
_MAX_BEFORE = 4
_BORN = frozenset({"ولد", "منت"})
_BYNAMES = frozenset({"ام", "ابو", "ابي", "ابا"})
"""Folded words for a mother or father: they open a byname before the names of a child and a family."""
_AGED = frozenset({"البالغ", "البالغه", "الملقب", "الملقبه"})
"""Folded words after a name and before an age or a byname."""
_JOINED = "وبل"
"""Proclitics that stand before nouns far more often than an unlisted name begins with them."""
_ARABIC = frozenset({"plain", "ambiguous"})
_SECOND = frozenset({"ambiguous", "family"})
_FOREIGN_ENDS = ("يتش", "وف", "سكي", "نكو", "برغ", "بيرغ", "شفيلي", "سون", "سن", "يان", "اوسكاس")
_GENERAL = frozenset({"العام", "العامه", "الاعلي", "الاول", "المساعد"})
"""Folded adjectives of offices."""


def named_people(ground: Ground, first: int, last: int, listed: Mapping[int, int]) -> Iterator[Candidate]:
    """Names that open with a known given name in tokens ``first:last``.

    ``listed`` has the first token of each listed full name of a person, with its end.
    """
    by_token = ground.hits["given_name"]
    end = first
    for token in ground.within("given_name", first, last):
        if token < end:
            continue
        if token in listed:
            end = continued(ground, listed[token], last)
            continue
        hits = by_token[token]
        hit = hits[0] if len(hits) == 1 else min(hits, key=lambda h: (h.offset, -h.last))
        if not _may_be_first(ground, hit, token):
            continue
        is_foreign = hit.entry.value == "foreign"
        end = name_end(ground, hit.last, last, listed, is_foreign=is_foreign)
        if end == hit.last and hit.entry.value == "plain" and closes_feminine(ground, end, last):
            end += 1
        is_byname = token > first and ground.words[token - 1] in _BYNAMES and end > hit.last
        person = person_named(ground, token - is_byname, end, 0 if is_byname else hit.offset, "given-name")
        if is_full(person.words) and (hit.entry.value != "ambiguous" or has_witness(ground, hit.last)):
            yield person


def _may_be_first(ground: Ground, hit: Hit, token: int) -> bool:
    """Whether a given name opens a name; one that is a common word does before ``بن`` or a family's name alone."""
    if hit.entry.value == "family" or hit.fused or ground.stop(token) in ENDS:
        return False
    is_common = ground.gazetteer.stops.get(ground.words[token]) in COMMON
    return not is_common or (
        hit.entry.value == "ambiguous" and hit.last < len(ground.words) and is_telling(ground, hit.last)
    )


def continued(ground: Ground, token: int, last: int) -> int:
    """The token after ``بن عبد العزيز آل سعود``, which may follow a name that ends before ``token``."""
    words = ground.words
    while token + 1 < last and words[token] in PARTICLES and _may_follow(ground, token):
        token += 2
    return token


def _may_follow(ground: Ground, particle: int) -> bool:
    """Whether the word after a particle goes on a name; ``ولد`` before a date or a place says that one was born."""
    token = particle + 1
    if ground.words[particle] not in _BORN:
        return ground.words[token].isalpha()
    is_placed = any(hit.offset for hit in ground.at("entity", token))
    return ground.words[token].isalpha() and ground.stop(token) is None and not is_placed


def person_after_role(ground: Ground, role: Role, last: int, listed: Mapping[int, int]) -> Candidate | None:
    """The unlisted name of two words or more that stands right after a role phrase, a known given name also a comma."""
    token = role_before(role, ground)
    if token >= last or token in ground.page.tokens.line_starts or ground.stop(token) in ENDS:
        return None
    givens = [hit for hit in ground.at("given_name", token) if hit.offset == 0 and hit.entry.value != "family"]
    if not givens and not _may_open(ground, token):
        return None
    given = max((hit.last for hit in givens), default=token + 1)
    is_foreign = all(hit.entry.value == "foreign" for hit in givens)
    end = name_end(ground, given, last, listed, is_foreign=is_foreign)
    if end == given == token + 1 and givens and may_close(ground, end, last, is_foreign=is_foreign):
        end += 1
    person = person_named(ground, token, end, 0, "title")
    return person if is_full(person.words) and (givens or _is_named_by(ground, role, person, last)) else None


def _is_named_by(ground: Ground, role: Role, person: Candidate, last: int) -> bool:
    """Whether a role alone shows a name: right before it; else what follows must close the name.

    So after a comma another must follow (``رئيس اللجنة، دونكان هانتر،``), and after one word that is also a common
    noun a function word, with a verb before (``قال المدرب باب تياو في``).
    """
    if person.words[-1].endswith("ا") and person.words[-1] not in ground.gazetteer.parts:
        return False
    is_weak = role.use == "weak" and role.last == role.first + 1
    is_apart = person.first > role.last
    if not (is_weak or is_apart):
        return True
    if person.last >= last or (is_weak and (is_apart or role.first == 0 or ground.stop(role.first - 1) != "verb")):
        return False
    return ground.words[person.last] in COMMAS or (is_weak and ground.stop(person.last) == "function")


def _may_open(ground: Ground, token: int) -> bool:
    """Whether a word that is no given name may open the name after a role."""
    word = ground.words[token]
    if ground.is_definite(token) or not is_free_word(ground, token):
        return False
    return word[0] not in _JOINED or word in ground.gazetteer.parts


def person_before_role(ground: Ground, token: int, first: int) -> Candidate | None:
    """The unlisted name of two to four words between a verb, particle or mark and a role in apposition."""
    at = token
    while at > first and token - at < _MAX_BEFORE and (is_free_word(ground, at - 1) or is_known(ground, at - 1)):
        at -= 1
    opens = at == first or ground.stop(at - 1) in ENDS or not ground.words[at - 1].isalpha()
    if not opens or token - at < _MIN_PARTS or ground.is_definite(at):
        return None
    return person_named(ground, at, token, 0, "apposition")


def is_full(words: tuple[str, ...]) -> bool:
    """Whether joined words are more than a first name or a last name."""
    return sum(word not in PARTICLES for word in words) >= _MIN_PARTS


def person_named(ground: Ground, first: int, end: int, offset: int, method: str) -> Candidate:
    """The candidate for a person whom tokens ``first:end`` name, by one of the methods of this module."""
    words = [ground.words[first][offset:], *(word for word in ground.words[first + 1 : end] if word != "-")]
    return Candidate(first, end, offset, "person", method, _CONFIDENCE[method], words=tuple(join_parts(words)))


def name_end(ground: Ground, token: int, last: int, listed: Mapping[int, int], *, is_foreign: bool) -> int:
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


def _sure_step(ground: Ground, at: int, last: int, *, is_second: bool) -> int:
    """How many tokens from ``at`` on go on a name beyond doubt: a particle and its word, a known part (0: none)."""
    words = ground.words
    if words[at] == "-":
        is_joined = at + 1 < last and at + 1 not in ground.page.tokens.line_starts and is_known(ground, at + 1)
        return 2 if is_joined else 0
    if words[at] in PARTICLES and at + 1 < last and _may_follow(ground, at):
        return 2
    if not is_second and _opens_role(ground, at, last):
        return 0
    is_compound = words[at - 1] in _COMPOUND and words[at].startswith("ال")
    return int(is_compound or is_known(ground, at) or _is_named_after(ground, at, is_second=is_second))


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


def _closes(ground: Ground, at: int, last: int, *, is_third: bool, is_foreign: bool) -> bool:
    """Whether a word is the last of a name: a family's, a third foreign part, the end of a lineage."""
    if (is_foreign and _closes_foreign(ground, at, last)) or _has_age(ground, at, last):
        return True
    if is_family_name(ground, at):
        return True
    return is_third and is_family(ground, at) and (ground.words[at - 2] in PARTICLES or _ends_clause(ground, at, last))


def _ends_clause(ground: Ground, at: int, last: int) -> bool:
    """Whether a definite word after two first names stands where a name ends: ``محمد ماجد العيطان مدير الأمن``."""
    word, before = ground.words[at], ground.words[at - 1]
    if word.endswith(("ه", "ات", "ين")) or ground.gazetteer.given.get(before) not in _ARABIC:
        return False
    return at + 1 >= last or not ground.words[at + 1].isalpha() or bool(ground.at("title", at + 1))


def _has_age(ground: Ground, token: int, last: int) -> bool:
    """Whether an unknown word stands before an age in brackets, as the last of a name does: ``(23 عاما)``."""
    words = ground.words
    is_age = token + 2 < last and words[token + 1] == "(" and words[token + 2].isdigit()
    return is_age and is_unknown(ground, token)


def _is_named_after(ground: Ground, token: int, *, is_second: bool) -> bool:
    """A word with another meaning that is a name right after a sure first name: ``محمود سعيد``, ``محمد الجندي``.

    After two names (``محمد علي الأمين العام``) a title or nationality word is itself again.
    """
    given = ground.gazetteer.given
    is_other = not is_second and (ground.at("title", token) or ground.at("demonym", token))
    if is_other or ground.stop(token) in ENDS:
        return False
    return given.get(ground.words[token]) in _SECOND and given.get(ground.words[token - 1]) == "plain"


def _closes_foreign(ground: Ground, token: int, last: int) -> bool:
    """A third part of a foreign name: foreign by its end, or by its letters before a mark or function word."""
    word = ground.words[token]
    if not is_free_word(ground, token) or is_definite(word) or not FOREIGN_NO.isdisjoint(word):
        return False
    if word.endswith(_FOREIGN_ENDS):
        return True
    closes = token + 1 >= last or not ground.words[token + 1].isalpha() or ground.stop(token + 1) == "function"
    return closes and not word.endswith("ا")


def _goes_on(ground: Ground, at: int, last: int, *, is_second: bool, is_foreign: bool) -> bool:
    """Whether an unknown word goes on a name: a definite one only right after the first part, as does ``بوزكري``.

    Later on a word with a definite one after it is a noun (``خليل الحاج توفيق مطالب القطاع``).
    """
    word = ground.words[at]
    if not is_free_word(ground, at):
        return is_second and ends_foreign(ground, at)
    if is_definite(word):
        return is_second
    if not (is_second or is_foreign) and ground.words[at - 1].startswith("ال") and ground.words[at - 1] != "الله":
        return False  # ``راشد العنزي توقيع``: a family's name ends it
    if not is_second and at + 1 < last and is_definite(ground.words[at + 1]) and ground.words[at + 1] not in _AGED:
        return False
    is_maghrebi = is_second and word.startswith("بو") and len(word) > len("بوقوع")
    return is_foreign or is_maghrebi or word[0] not in CLITICS


def speakers(ground: Ground, first: int, last: int) -> Iterator[Candidate]:
    """A lone last name between a verb and ``أن``: ``وأضاف كلارك أن``; whom it means only the document can say."""
    words = ground.words
    for token in between(ground.that, first + 2, last):
        at = token - 1 - (words[token - 1] == "علي")
        if at > first and ground.stop(at - 1) == "verb" and not is_definite(words[at]):
            is_free = is_free_word(ground, at) and words[at][0] not in _JOINED and not words[at].endswith("ا")
            if is_free or (ground.stop(at) is None and is_known(ground, at)):
                yield person_named(ground, at, at + 1, 0, "speech")
