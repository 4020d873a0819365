"""People nobody listed: a given name or a role, and the words of a name after it; Latin names in photo credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.transform.names.ground import COMMON, ENDS, Candidate, Ground, is_definite, is_name_like
from flows.transform.names.keys import PARTICLES, join_parts
from flows.transform.names.titles import role_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.transform.lexicon import Category
    from flows.transform.names.titles import Role

THAT = frozenset({"ان", "بان"})
_CONFIDENCE = {"speech": 0.5, "credit": 0.8, "given-name": 0.75, "title": 0.7, "apposition": 0.65}
_MAX_PARTS = 6
_OTHERS: tuple[Category, ...] = ("title", "head", "demonym", "entity")
_COMPOUND = frozenset({
    "سيف", "نور", "عز", "صلاح", "علاء", "جمال", "شمس", "بدر", "حسام", "عماد", "ضياء", "محي", "محيي", "زين", "تاج",
    "فخر", "شرف", "سعد", "خير", "نصر",
})  # fmt: skip
"""Folded first halves of compound names: ``سيف النصر``."""
_MIN_PARTS = 2
_MAX_BEFORE = 4
_CLITICS = "وفبلك"
_JOINED = "وبل"
"""Proclitics that stand before nouns far more often than an unlisted name begins with them."""
_NOT_NAMES = ("ه", "ات", "ايي", "اءات")
"""Ends of folded words that feminine nouns, plurals and nouns with a pronoun have, and unlisted names seldom."""
_SECOND = frozenset({"ambiguous", "family"})
_FOREIGN_NO = frozenset("حعصضظذطقثء")
"""Letters that transliterations of foreign names seldom use."""
_FOREIGN_ENDS = ("يتش", "وف", "سكي", "نكو", "برغ", "بيرغ", "شفيلي", "سون", "سن", "يان", "اوسكاس")
_GENERAL = frozenset({"العام", "العامه", "الاعلي", "الاول", "المساعد"})
"""Folded adjectives of offices."""
_DERIVED = range(len("افتعل"), len("استفعلت"))
_LONG = frozenset("اوي")


def named_people(ground: Ground, first: int, last: int, listed: Mapping[int, int]) -> Iterator[Candidate]:
    """Names that open with a known given name in tokens ``first:last``.

    ``listed`` has the first token of each listed full name of a person, with its end.
    """
    by_token = ground.hits["given_name"]
    end = first
    for token in range(first, last):
        hits = by_token.get(token)
        if not hits or token < end:
            continue
        if token in listed:
            end = continued(ground, listed[token], last)
            continue
        hit = min(hits, key=lambda h: (h.offset, -h.last))
        if (
            hit.entry.value == "family"
            or ground.stop(token) in ENDS
            or ground.gazetteer.stops.get(ground.words[token]) in COMMON
        ):
            continue
        is_foreign = hit.entry.value == "foreign"
        end = _name_end(ground, hit.last, last, listed, is_foreign=is_foreign)
        person = person_named(ground, token, end, hit.offset, "given-name")
        if is_full(person.words) and (hit.entry.value != "ambiguous" or _has_witness(ground, hit.last)):
            yield person


def continued(ground: Ground, token: int, last: int) -> int:
    """The token after ``بن عبد العزيز آل سعود``, which may follow a name that ends before ``token``."""
    words = ground.words
    while token + 1 < last and words[token] in PARTICLES and words[token + 1].isalpha():
        token += 2
    return token


def person_after_role(ground: Ground, role: Role, last: int, listed: Mapping[int, int]) -> Candidate | None:
    """The unlisted name of two words or more that stands right after a role phrase, a known given name also a comma."""
    token = role_before(role, ground)
    if token >= last or token in ground.page.tokens.line_starts or ground.stop(token) in ENDS:
        return None
    givens = [hit for hit in ground.at("given_name", token) if hit.offset == 0 and hit.entry.value != "family"]
    if not givens and not _may_open(ground, role, token):
        return None
    given = max((hit.last for hit in givens), default=token + 1)
    is_foreign = all(hit.entry.value == "foreign" for hit in givens)
    end = _name_end(ground, given, last, listed, is_foreign=is_foreign)
    if end == given == token + 1 and givens and not is_foreign and _ends_feminine(ground, end, last):
        end += 1
    person = person_named(ground, token, end, 0, "title")
    is_accusative = not givens and person.words[-1].endswith("ا") and person.words[-1] not in ground.gazetteer.parts
    return person if is_full(person.words) and not is_accusative else None


def _ends_feminine(ground: Ground, token: int, last: int) -> bool:
    """An unknown word in ``ة``, a family's after a role and a first name: ``الناشط أسامة مخامرة``."""
    if token >= last or token in ground.page.tokens.line_starts or not is_unknown(ground, token):
        return False
    word = ground.words[token]
    return word.endswith("ه") and word[0] not in _CLITICS and not word.endswith("يه") and not is_definite(word)


def _may_open(ground: Ground, role: Role, token: int) -> bool:
    """Whether a word that is no given name may open the name after a role."""
    word = ground.words[token]
    is_weak = role.use == "weak" and role.last == role.first + 1
    if is_weak or token > role.last or ground.is_definite(token) or not _is_free(ground, token):
        return False
    return word[0] not in _JOINED or word in ground.gazetteer.parts


def person_before_role(ground: Ground, token: int, first: int) -> Candidate | None:
    """The unlisted name of two to four words between a verb, particle or mark and a role in apposition."""
    at = token
    while at > first and token - at < _MAX_BEFORE and (_is_free(ground, at - 1) or _is_known(ground, at - 1)):
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


def _name_end(ground: Ground, token: int, last: int, listed: Mapping[int, int], *, is_foreign: bool) -> int:
    """The token after the last word of a name whose first part ends before ``token``."""
    words, line_starts = ground.words, ground.page.tokens.line_starts
    at, unknown = token, False
    limit = min(last, token + 2 * _MAX_PARTS)
    while at < limit and at not in line_starts and (at == token or at not in listed):
        step = _sure_step(ground, at, last, is_second=at == token)
        if step:
            unknown = unknown or words[at] in PARTICLES
            at += step
        elif not unknown and _is_free(ground, at) and _follows(words[at], at == token, is_foreign=is_foreign):
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
        is_known = at + 1 < last and at + 1 not in ground.page.tokens.line_starts and _is_known(ground, at + 1)
        return 2 if is_known else 0
    if words[at] in PARTICLES and at + 1 < last and words[at + 1].isalpha():
        return 2
    if not is_second and _opens_role(ground, at, last):
        return 0
    is_compound = words[at - 1] in _COMPOUND and is_definite(words[at])
    return int(is_compound or _is_known(ground, at) or _is_named_after(ground, at, is_second=is_second))


def _opens_role(ground: Ground, at: int, last: int) -> bool:
    """Whether a title that is also a name goes on as a role: ``أمير دولة قطر``, ``الأمين العام``."""
    following = at + 1
    if following >= last or not any(hit.offset == 0 for hit in ground.at("title", at)):
        return False
    listed = any(hit.offset == 0 for hit in ground.at("entity", following))
    return listed or bool(ground.at("head", following)) or ground.words[following] in _GENERAL


def _closes(ground: Ground, at: int, last: int, *, is_third: bool, is_foreign: bool) -> bool:
    """Whether a word is the last of a name: a family's, a third foreign part, the end of a lineage."""
    if (is_foreign and _closes_foreign(ground, at, last)) or _has_age(ground, at, last):
        return True
    ends_lineage = is_third and ground.words[at - 2] in PARTICLES and _is_family(ground, at)
    return ends_lineage or _is_family_name(ground, at)


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
    if not _is_free(ground, token) or is_definite(word) or not _FOREIGN_NO.isdisjoint(word):
        return False
    if word.endswith(_FOREIGN_ENDS):
        return True
    closes = token + 1 >= last or not ground.words[token + 1].isalpha() or ground.stop(token + 1) == "function"
    return closes and not word.endswith("ا")


def _follows(word: str, is_second: bool, *, is_foreign: bool) -> bool:
    """Whether an unknown word may go on a name: a definite one only right after the first part."""
    if is_definite(word):
        return is_second
    return is_foreign or word[0] not in _CLITICS


def speakers(ground: Ground, first: int, last: int) -> Iterator[Candidate]:
    """A lone last name between a verb and ``أن``: ``وأضاف كلارك أن``; whom it means only the document can say."""
    words = ground.words
    for token in range(first + 2, last):
        if words[token] not in THAT:
            continue
        at = token - 1 - (words[token - 1] == "علي")
        if at > first and ground.stop(at - 1) == "verb" and not is_definite(words[at]):
            is_free = _is_free(ground, at) and words[at][0] not in _JOINED and not words[at].endswith("ا")
            if is_free or (ground.stop(at) is None and _is_known(ground, at)):
                yield person_named(ground, at, at + 1, 0, "speech")


def _is_known(ground: Ground, token: int) -> bool:
    """A given name or a part of a listed person's name, without proclitics."""
    word = ground.words[token]
    if ground.stop(token) in COMMON:
        return False
    return ground.gazetteer.given.get(word, "family") != "family" or word in ground.gazetteer.parts


def _is_free(ground: Ground, token: int) -> bool:
    """A word of no other known meaning, which a name may claim."""
    word = ground.words[token]
    if not is_name_like(word) or word.isascii() or ground.stop(token) is not None:
        return False
    if word[0] == "و" or (word[0] in _CLITICS and is_definite(word)) or word.endswith(_NOT_NAMES):
        return False
    if _looks_derived(word) or ground.has_tanwin(token):
        return False
    others = _OTHERS[:2] if ground.is_definite(token) else _OTHERS
    return not any(ground.at(category, token) for category in others)


def is_unknown(ground: Ground, token: int) -> bool:
    """A word no table knows, in whatever form: only a sure cue beside it makes it a name."""
    is_other = ground.stop(token) is not None or any(ground.at(category, token) for category in _OTHERS)
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


def _is_family_name(ground: Ground, token: int) -> bool:
    """A relational adjective that closes a longer name: ``أحمد عبد الله السعدي``."""
    word = ground.words[token]
    return word.startswith("ال") and word.endswith("ي") and not ground.at("demonym", token) and _is_free(ground, token)


def _is_family(ground: Ground, token: int) -> bool:
    """A definite word without other meaning, which closes a lineage: ``بن عامر السواحة``."""
    others = any(ground.at(category, token) for category in _OTHERS)
    return ground.words[token].startswith("ال") and ground.stop(token) is None and not others


def _has_witness(ground: Ground, token: int) -> bool:
    return ground.words[token] in PARTICLES or _is_known(ground, token)
