"""How far a name reaches that a common noun opens: ``جامعة القاهرة``, ``المركز الوطني للأرصاد الجوية``."""

from __future__ import annotations

from typing import Final, cast

from flows.transform.lexicon import Category, Hit
from flows.transform.names.gazetteer import Demonym, Head, ListedName
from flows.transform.names.ground import (
    COMMON,
    ENDS,
    Ground,
    goes_on,
    is_free,
)
from flows.transform.names.keys import PARTICLES
from flows.transform.names.places import place_end
from flows.transform.names.words import is_common, looks_foreign

COMPANIES: Final = frozenset({"شركه", "مجموعه", "مجمع"})
"""Folded heads that stay outside a company's name."""
_NAMED_AFTER: Final = frozenset({
    "جامعه", "مستشفي", "معهد", "مركز", "موسسه", "اكاديميه", "متحف", "مدرسه", "كليه", "جمعيه", "كتايب", "دار", "مكتبه",
    "مطار", "ميناء", "جسر", "مخيم", "شارع", "ميدان", "ساحه", "ملعب", "استاد", "قصر", "مسجد", "جامع", "كنيسه", "قاعده",
    "سد", "محور", "ضريح", "برج", "حديقه", "قلعه", "محطه", "باب", "دوار",
})  # fmt: skip
"""Folded heads of places and institutions that bear the names of people; not ``سجن``: he is in it."""
_HONOURED: Final = frozenset(
    {"الملك", "الملكه", "الامير", "الاميره", "الشيخ", "السلطان", "الامام", "الرييس", "القديس", "الشهيد"}
)
"""Folded ranks that stand in names of places and institutions."""
_LOCAL: Final = frozenset({"جامعه", "بلديه", "محكمه", "شرطه", "مجلس قروي", "مجلس بلدي", "مجلس محلي"})
"""Folded heads of bodies that are mostly called by their town."""
_AGAINST: Final = frozenset({"علي", "ضد", "مع", "في"})
_OPEN_USES: Final = frozenset({"part", "municipal"})
_LONG_PURPOSE: Final = 2
_MAX_FIELDS: Final = 3
_MAX_WORDS: Final = 7
_RELATIONAL: Final = ("ي", "يه", "ية")
_RANKS: Final = frozenset({
    "العام", "العامه", "العليا", "الاعلي", "الوطني", "المركزي", "الكبري", "الكبير", "الجميله", "الحديث", "الحديثه",
    "الحر", "الحره", "المتحد", "المتحده", "المسلحه", "الموحد", "الموحده", "المستقل", "المستقله", "الدايمه", "المشتركه",
    "الجديد", "الجديده", "الخاصه", "المفتوحه", "المتقدمه",
})  # fmt: skip
JOINING_HEADS: Final = frozenset(
    {"وزاره", "هييه", "مركز", "مجلس", "لجنه", "جامعه", "كليه", "اكاديميه", "معهد", "مكتب", "غرفه"}
)
"""Folded heads whose names often join two fields with ``و`` (``وزارة الحج والعمرة``)."""


def extent(ground: Ground, hit: Hit, head: Head, last: int, people: dict[int, int]) -> int:
    """The token after a name that its head opens; the end of the head itself when no name follows."""
    if not goes_on(ground, hit.last):
        return hit.last
    end, limit = hit.last + _first_step(ground, hit, last, head, people), min(last, hit.last + _MAX_WORDS)
    joins = ground.words[hit.first][hit.offset :] in JOINING_HEADS
    is_proper = end > hit.last and not ground.is_definite(hit.last) and ground.stop(hit.last) is None
    while hit.last < end < limit and goes_on(ground, end) and _extends(ground, end, head, joins=joins):
        if is_proper and ground.at("demonym", end):
            break  # rule 4: ``جامعة إكستر`` is the name, ``البريطانية`` describes it
        if head.use == "site" and ground.words[end].startswith("لل") and ground.at("entity", hit.last):
            break  # ``مديرية ماء البصرة`` is called by its town, ``للمطالبة`` goes on the sentence
        end += 1
    return end


def _extends(ground: Ground, at: int, head: Head, *, joins: bool) -> bool:
    """Whether a word goes on a name: an adjective, a second field, a purpose."""
    word = ground.words[at]
    if word.startswith("ال"):
        is_plural = word.endswith("ين") and ground.words[at - 1].endswith("ين") and bool(ground.at("demonym", at))
        return not ground.at("title", at) and (word.endswith(_RELATIONAL) or word in _RANKS or is_plural)
    if word.startswith("وال"):
        return joins and not ground.at("title", at) and not ground.at("entity", at)
    return word.startswith("لل") and head.kind == "organisation"


def definite_extent(ground: Ground, token: int, last: int) -> int:
    """``المركز الوطني للأرصاد الجوية``: adjectives, then a purpose; without a purpose a nationality is needed."""
    end, nationality, purpose = token, False, False
    while end < min(last, token + _MAX_WORDS):
        step = _purpose_step(ground, end, last)
        if ground.stop(end) in ENDS and step < _LONG_PURPOSE:
            break
        if purpose and ground.at("demonym", end) and ground.at("given_name", end + 1):
            break  # ``الاتحاد الدولي لألعاب القوى`` and then ``البريطاني سيباستيان كو``
        of_place = _of_place(ground, end, last) if end > token else 0
        if of_place:
            return end + of_place
        if _is_body(ground, end) or (step >= _LONG_PURPOSE and end == token):
            break
        if not step and not (purpose and _is_second_field(ground, end)) and not _is_adjective(ground.words[end]):
            break
        purpose = purpose or (step > 0 and end > token)
        nationality = nationality or bool(ground.at("demonym", end))
        end += max(step, 1)
    return end if end > token and (purpose or (nationality and end - token > 1)) else token


def _is_adjective(word: str) -> bool:
    return word.startswith("ال") and (word.endswith(_RELATIONAL) or word in _RANKS)


def _purpose_step(ground: Ground, token: int, last: int) -> int:
    """How many words say what a body is for: ``للمياه``, ``لكرة القدم``, ``لإدارة مخيمات النازحين``."""
    if _is_long_purpose(ground, token, last):
        return 3
    if _is_purpose(ground, token, last):
        return _LONG_PURPOSE
    word = ground.words[token]
    return int(word.startswith("لل") and len(word) > len("للا"))


def purpose_end(ground: Ground, token: int, last: int) -> int:
    """The end of ``للمياه`` or ``لنقل الكهرباء``; 0 where none begins in ``token``."""
    if token >= last or token in ground.page.tokens.line_starts:
        return 0
    word = ground.words[token]
    if word.startswith("لل"):
        return (token + 1) * (
            len(word) > len("للاا") and not ground.at("entity", token) and not ground.at("title", token)
        )
    return (token + 2) * _is_purpose(ground, token, last)


def _is_purpose(ground: Ground, token: int, last: int) -> bool:
    """``لكرة القدم``, ``لحماية المال``: what a body is for, an indefinite noun and a definite one."""
    word = ground.words[token]
    if word[0] != "ل" or word.startswith("لل") or len(word) <= len("لها") or token + 1 >= last:
        return False
    is_particle = ground.gazetteer.stops.get(word) in ENDS  # as a whole: ``لنقل`` holds a verb, and a noun
    is_name = ground.at("entity", token) or is_particle or ground.stop(token + 1) in ENDS
    return not is_name and ground.words[token + 1].startswith("ال") and goes_on(ground, token + 1)


def _is_long_purpose(ground: Ground, token: int, last: int) -> bool:
    """``لإدارة مخيمات النازحين``, ``للنهوض بزرع الأعضاء``: a purpose with a noun between."""
    words = ground.words
    if (
        words[token][0] != "ل"
        or token + 2 >= last
        or ground.at("title", token)
        or ground.gazetteer.stops.get(words[token]) in ENDS
    ):
        return False
    noun = words[token + 1]
    if words[token].startswith("لل"):
        noun = noun[1:] if noun.startswith("ب") else ""
    is_noun = noun not in PARTICLES and not noun.startswith(("ال", "و")) and noun != "" and is_common(ground, noun)
    return is_noun and words[token + 2].startswith("ال") and goes_on(ground, token + 2)


def _is_second_field(ground: Ground, token: int) -> bool:
    """``والأدباء`` after a purpose, where no title and no name begins."""
    others: tuple[Category, ...] = ("title", "head", "entity", "demonym")
    is_other = ground.stop(token) in ENDS or any(ground.at(category, token) for category in others)
    return ground.words[token].startswith("وال") and not is_other


def _is_body(ground: Ground, token: int) -> bool:
    """``للاتحاد``: whose body a name is, not what for."""
    return any(hit.fused and cast("Head", hit.entry.value).use == "definite" for hit in ground.at("head", token))


def _of_place(ground: Ground, token: int, last: int) -> int:
    """The length of ``لمحافظة العلا``: the place a body is for, after ل, its head included."""
    heads = [hit.last for hit in ground.at("head", token) if hit.offset == 1 and hit.last < last]
    at = heads[0] if heads and ground.words[token].startswith("ل") else token
    for hit in ground.at("entity", at):
        is_place = cast("ListedName", hit.entry.value).entity.kind == "place" and hit.last <= last
        if is_place and ground.words[token].startswith("ل") and hit.offset == int(at == token):
            return hit.last - token
    return 0


def _is_parent(hit: Hit) -> bool:
    """``كتائب حماس`` is a part of ``حماس``: the parent alone is the mention."""
    return cast("ListedName", hit.entry.value).entity.kind == "organisation"


def _first_step(ground: Ground, head_hit: Hit, last: int, head: Head, people: dict[int, int]) -> int:
    """The first words after the head decide: a namesake, a listed name, a definite noun, for a place any free word."""
    at = head_hit.last
    word = ground.words[head_hit.first][head_hit.offset :]
    namesake = _namesake(ground, at, last, people) if word in _NAMED_AFTER else 0
    if namesake or ground.at("title", at):
        return namesake
    listed = [hit for hit in ground.at("entity", at) if hit.last <= last and hit.offset == 0]
    if listed:
        return _listed_step(ground, listed, last, head, word)
    if head.kind == "event":
        return 0
    if ground.is_definite(at) and ground.words[at].startswith("ال"):
        return int(_takes_definite(ground, head_hit, last, head, word))
    if head.kind == "organisation":
        is_open = head.use in _OPEN_USES or ground.words[at] == "شوون"
        return _proper_words(ground, at, last, head, word) or _chain(ground, at, last, is_open=is_open)
    is_other = at in people or (head.use == "site" and _is_elative(ground.words[at]))
    return 0 if is_other else place_end(ground, at, last, 0) - at


def _listed_step(ground: Ground, listed: list[Hit], last: int, head: Head, word: str) -> int:
    """The length of the listed name that a head takes in; none where it is the whole, or a war's one side."""
    at, end = listed[0].first, max(hit.last for hit in listed)
    if head.kind == "event":
        return 0 if _is_waged(ground, end, last) else end - at
    is_parent = any(_is_parent(hit) for hit in listed) and head.kind != "place"
    return 0 if is_parent or word in COMPANIES else end - at


def _takes_definite(ground: Ground, head_hit: Hit, last: int, head: Head, word: str) -> bool:
    """Whether a definite noun goes on a name: after some heads any, after others one with a nationality."""
    at = head_hit.last
    if head.use == "site" and head.kind == "organisation" and word not in COMPANIES:
        uses = {cast("Head", other.entry.value).use for other in ground.at("head", head_hit.first)}
        return "generic" not in uses and _has_nationality(ground, at + 1, last, word)
    return head.use in _OPEN_USES and (ground.stop(at) not in COMMON or head.kind == "organisation")


def _is_waged(ground: Ground, at: int, last: int) -> bool:
    """``حرب إسرائيل على``: a description, with both sides named apart."""
    return at < last and ground.words[at] in _AGAINST


def _has_nationality(ground: Ground, at: int, last: int, head: str) -> bool:
    """Whether a nationality agrees with the head before a definite noun: ``مكتب الاستصلاح الأمريكي``."""
    is_feminine = head.endswith("ه")
    return at < last and any(
        cast("Demonym", hit.entry.value).gender == ("f" if is_feminine else "m") and hit.offset == 0 and not hit.fused
        for hit in ground.at("demonym", at)
    )


def _proper_words(ground: Ground, at: int, last: int, head: Head, word: str) -> int:
    """How many unknown words name an institution: one, or the foreign ones (``منظمة هالو ترست``)."""
    if not _is_proper(ground, at, head, word):
        return 0
    end = at + 1
    while end < min(last, at + _MAX_FIELDS) and is_free(ground, end) and _is_foreign(ground, at, end):
        end += 1
    return end - at


def _is_foreign(ground: Ground, first: int, at: int) -> bool:
    is_next = at not in ground.page.tokens.line_starts and not is_common(ground, ground.words[at])
    return is_next and looks_foreign(ground.words[first]) and looks_foreign(ground.words[at])


def _is_proper(ground: Ground, at: int, head: Head, word: str) -> bool:
    """Whether an unknown word names an institution: after ``جامعة`` any word, else a foreign one (``بنك بوبيان``)."""
    if not is_free(ground, at) or ground.at("entity", at):
        return False
    name = ground.words[at]
    if is_common(ground, name) or name[0] == "و":
        return False
    return (word in _LOCAL and not name.endswith("ه")) or (head.use == "part" and looks_foreign(name))


def _is_elative(word: str) -> bool:
    """``قاعدة أوسع``: a comparative after a common noun is no name."""
    return word[0] == "ا" and len(word) == len("اوسع")


def _namesake(ground: Ground, at: int, last: int, people: dict[int, int]) -> int:
    """The length of a person's name after whom a place is called, a rank before it included: ``الملك خالد``."""
    if at in people:
        return people[at] - at
    name = at + 1
    if ground.words[at] not in _HONOURED or name >= last:
        return 0
    if name in people:
        return people[name] - at
    return 2 * any(hit.offset == 0 for hit in ground.at("given_name", name))


def _chain(ground: Ground, at: int, last: int, *, is_open: bool) -> int:
    """The length of ``جنايات القاهرة``: nouns of fields, then a listed place or, if ``is_open``, a definite noun."""
    end = at
    while end < min(last, at + _MAX_FIELDS) and ground.stop(end) == "link":
        end += 1
    if end == at or end >= last or ground.at("title", end):
        return 0
    listed = [hit for hit in ground.at("entity", end) if hit.offset == 0 and hit.last <= last]
    if listed:
        is_place = is_open or any(cast("ListedName", hit.entry.value).entity.kind == "place" for hit in listed)
        return is_place * (max(hit.last for hit in listed) - at)
    return end + 1 - at if is_open and ground.words[end].startswith("ال") and ground.stop(end) not in ENDS else 0
