"""How far a name reaches that a common noun opens: ``جامعة القاهرة``, ``المركز الوطني للأرصاد الجوية``."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flows.transform.names.ground import (
    COMMON,
    ENDS,
    Ground,
    goes_on,
    is_free,
)
from flows.transform.names.words import looks_foreign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.transform.lexicon import Category, Hit
    from flows.transform.names.gazetteer import Head, ListedName

COMPANIES = frozenset({"شركه", "مجموعه", "مجمع"})
"""Folded heads that stay outside a company's name."""
_NAMED_AFTER = frozenset({
    "جامعه", "مستشفي", "معهد", "مركز", "موسسه", "اكاديميه", "متحف", "مدرسه", "كليه", "جمعيه", "كتايب", "دار", "مكتبه",
    "مطار", "ميناء", "جسر", "مخيم", "شارع", "ميدان", "ساحه", "ملعب", "استاد", "قصر", "مسجد", "جامع", "كنيسه", "قاعده",
    "سد", "محور", "ضريح", "برج", "حديقه", "قلعه", "محطه", "باب", "دوار",
})  # fmt: skip
"""Folded heads of places and institutions that bear the names of people; not ``سجن``: he is in it."""
_HONOURED = frozenset(
    {"الملك", "الملكه", "الامير", "الاميره", "الشيخ", "السلطان", "الامام", "الرييس", "القديس", "الشهيد"}
)
"""Folded ranks that stand in names of places and institutions."""
_MAX_FIELDS = 3
_MAX_WORDS = 7
_RELATIONAL = ("ي", "يه", "ية")
_RANKS = frozenset({
    "العام", "العامه", "العليا", "الاعلي", "الوطني", "المركزي", "الكبري", "الكبير", "الجميله", "الحديث", "الحديثه",
    "الحر", "الحره", "المتحد", "المتحده", "المسلحه", "الموحد", "الموحده", "المستقل", "المستقله", "الدايمه", "المشتركه",
    "الجديد", "الجديده", "الخاصه", "المفتوحه", "المتقدمه",
})  # fmt: skip
JOINING_HEADS = frozenset(
    {"وزاره", "هييه", "مركز", "مجلس", "لجنه", "جامعه", "كليه", "اكاديميه", "معهد", "مكتب", "غرفه"}
)
"""Folded heads whose names often join two fields with ``و`` (``وزارة الحج والعمرة``)."""


def extent(ground: Ground, hit: Hit, head: Head, last: int, people: Mapping[int, int]) -> int:
    """The token after a name that its head opens; the end of the head itself when no name follows."""
    if not goes_on(ground, hit.last):
        return hit.last
    end, limit = hit.last + _first_step(ground, hit, last, head, people), min(last, hit.last + _MAX_WORDS)
    joins = ground.words[hit.first][hit.offset :] in JOINING_HEADS
    is_proper = end > hit.last and not ground.is_definite(hit.last) and ground.stop(hit.last) is None
    while hit.last < end < limit and goes_on(ground, end) and _extends(ground, end, head, joins=joins):
        if is_proper and ground.at("demonym", end):
            break  # rule 4: ``جامعة إكستر`` is the name, ``البريطانية`` describes it
        end += 1
    return end


def _extends(ground: Ground, at: int, head: Head, *, joins: bool) -> bool:
    """Whether a word goes on a name: an adjective, a second field, a purpose."""
    word = ground.words[at]
    if word.startswith("ال"):
        return not ground.at("title", at) and (word.endswith(_RELATIONAL) or word in _RANKS)
    if word.startswith("وال"):
        return joins and not ground.at("title", at) and not ground.at("entity", at)
    return word.startswith("لل") and head.kind == "organisation"


def definite_extent(ground: Ground, token: int, last: int) -> int:
    """``المركز الوطني للأرصاد الجوية``: adjectives, then a purpose; without a purpose a nationality is needed."""
    end, nationality, purpose = token, False, False
    while end < min(last, token + _MAX_WORDS):
        word = ground.words[end]
        is_purpose = end > token and _is_purpose(ground, end, last)
        if ground.stop(end) in ENDS and not is_purpose:
            break
        if purpose and ground.at("demonym", end) and ground.at("given_name", end + 1):
            break  # ``الاتحاد الدولي لألعاب القوى`` and then ``البريطاني سيباستيان كو``
        of_place = _of_place(ground, end, last) if end > token else 0
        if of_place:
            return end + of_place
        if _is_body(ground, end):
            break
        if word.startswith("لل") and len(word) > len("للا"):
            purpose = purpose or end > token
        elif is_purpose:
            end, purpose = end + 1, True
        elif purpose and _is_second_field(ground, end):
            pass
        elif not (word.startswith("ال") and (word.endswith(_RELATIONAL) or word in _RANKS)):
            break
        nationality = nationality or bool(ground.at("demonym", end))
        end += 1
    return end if end > token and (purpose or (nationality and end - token > 1)) else token


def _is_purpose(ground: Ground, token: int, last: int) -> bool:
    """``لكرة القدم``, ``لحماية المال``: what a body is for, an indefinite noun and a definite one."""
    word = ground.words[token]
    if word[0] != "ل" or word.startswith("لل") or len(word) <= len("لها") or token + 1 >= last:
        return False
    is_particle = ground.gazetteer.stops.get(word) in ENDS  # as a whole: ``لنقل`` holds a verb, and a noun
    is_name = ground.at("entity", token) or is_particle or ground.stop(token + 1) in ENDS
    return not is_name and ground.words[token + 1].startswith("ال") and goes_on(ground, token + 1)


def _is_second_field(ground: Ground, token: int) -> bool:
    """``والأدباء`` after a purpose, where no title and no name begins."""
    others: tuple[Category, ...] = ("title", "head", "entity", "demonym")
    is_other = ground.stop(token) is not None or any(ground.at(category, token) for category in others)
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


def _first_step(ground: Ground, head_hit: Hit, last: int, head: Head, people: Mapping[int, int]) -> int:
    """The first words after the head decide: a namesake, a listed name, a definite noun, for a place any free word."""
    at = head_hit.last
    word = ground.words[head_hit.first][head_hit.offset :]
    namesake = _namesake(ground, at, last, people) if word in _NAMED_AFTER else 0
    if namesake or ground.at("title", at):
        return namesake
    listed = [hit for hit in ground.at("entity", at) if hit.last <= last and hit.offset == 0]
    if listed:
        is_parent = any(_is_parent(hit) for hit in listed) and head.kind != "place"
        return 0 if is_parent or word in COMPANIES else max(hit.last for hit in listed) - at
    if ground.is_definite(at) and ground.words[at].startswith("ال"):
        return int(head.use == "part" and (ground.stop(at) not in COMMON or head.kind == "organisation"))
    if head.kind == "organisation":
        is_open = head.use == "part" or ground.words[at] == "شوون"
        return 1 if _is_proper(ground, at, head, word) else _chain(ground, at, last, is_open=is_open)
    return int(at not in people and is_free(ground, at) and not (head.use == "site" and _is_elative(ground.words[at])))


def _is_proper(ground: Ground, at: int, head: Head, word: str) -> bool:
    """Whether an unknown word names an institution: after ``جامعة`` any word, else a foreign one (``بنك بوبيان``)."""
    if not is_free(ground, at) or ground.at("entity", at):
        return False
    name = ground.words[at]
    return (word == "جامعه" and not name.endswith("ه")) or (head.use == "part" and looks_foreign(name))


def _is_elative(word: str) -> bool:
    """``قاعدة أوسع``: a comparative after a common noun is no name."""
    return word[0] == "ا" and len(word) == len("اوسع")


def _namesake(ground: Ground, at: int, last: int, people: Mapping[int, int]) -> int:
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
