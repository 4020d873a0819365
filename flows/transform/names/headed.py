"""Organisations and places nobody listed, known by the common noun before them: ``جامعة القاهرة``, ``بلدة حزما``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from flows.transform.names.companies import company_end
from flows.transform.names.ground import (
    CLOSING,
    COMMON,
    ENDS,
    OPENING,
    PLACE_CUES,
    Candidate,
    Ground,
    goes_on,
    is_free,
    is_name_like,
)
from flows.transform.names.keys import coined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.transform.lexicon import Category, Hit
    from flows.transform.names.gazetteer import Head, ListedName

_ANNOUNCING = frozenset({"generic", "district", "part", "site", "definite", "toponym"})
_OTHER: tuple[Category, ...] = ("title", "head", "demonym")
_COMPANIES = frozenset({"شركه", "مجموعه", "مجمع"})
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
_DUAL = ("تي", "زي", "لي", "ري", "مي", "دي", "عي", "ني", "يي")
"""Ends of folded dual heads of places."""
_MAX_FIELDS = 3
_MAX_QUOTED = 5
_MAX_WORDS = 7
_RELATIONAL = ("ي", "يه", "ية")
_RANKS = frozenset({
    "العام", "العامه", "العليا", "الاعلي", "الوطني", "المركزي", "الكبري", "الكبير", "الجميله", "الحديث", "الحديثه",
    "الحر", "الحره", "المتحد", "المتحده", "المسلحه", "الموحد", "الموحده", "المستقل", "المستقله", "الدايمه", "المشتركه",
    "الجديد", "الجديده", "الخاصه", "المفتوحه", "المتقدمه",
})  # fmt: skip
_JOINING_HEADS = frozenset(
    {"وزاره", "هييه", "مركز", "مجلس", "لجنه", "جامعه", "كليه", "اكاديميه", "معهد", "مكتب", "غرفه"}
)
"""Folded heads whose names often join two fields with ``و`` (``وزارة الحج والعمرة``)."""


def headed_names(
    ground: Ground, first: int, last: int, taken: Mapping[int, int], people: Mapping[int, int]
) -> Iterator[Candidate]:
    """Candidates that a head announces in tokens ``first:last``.

    ``taken`` has the first token of each listed name with its end: those need no guess but where the text goes on.
    ``people`` has the same of persons' names, after whom places and institutions are called.
    """
    by_token = ground.hits["head"]
    for token in range(first, last):
        for hit in by_token.get(token, ()):
            head = cast("Head", hit.entry.value)
            if hit.last >= last or head.use not in _ANNOUNCING:
                continue
            if token in taken and (head.use != "definite" or taken[token] > hit.last):
                end = _longer(ground, hit, taken[token], last)
            elif head.use in {"generic", "district"}:
                yield from _after_generic(ground, head, hit, last, taken)
                continue
            elif head.use == "definite":
                end = _definite_extent(ground, hit.last, last)
            elif head.use == "toponym":
                end = hit.last + int(_is_located(ground, hit) and _is_toponym(ground, hit.last))
            else:
                end = _extent(ground, hit, head, last, people)
            if end > max(hit.last, taken.get(token, 0)) and hit.offset < len(ground.words[token]):
                yield _made(ground, head, token, end, hit.offset)


def _longer(ground: Ground, hit: Hit, listed: int, last: int) -> int:
    """The end of a longer name than the listed one: ``مجلس الأمن والدفاع السوداني`` is not ``مجلس الأمن``."""
    words = ground.words
    head = words[hit.first][hit.offset :]
    if head not in _JOINING_HEADS or listed + 1 >= last or not words[listed].startswith("وال"):
        return listed
    is_other = ground.at("title", listed) or ground.at("entity", listed)
    agrees = words[listed + 1].endswith("ه") == head.endswith("ه") and bool(ground.at("demonym", listed + 1))
    return listed + 2 if agrees and not is_other else listed


def _is_located(ground: Ground, hit: Hit) -> bool:
    """Whether a preposition of place stands before a word."""
    clitics = ground.words[hit.first][: hit.offset]
    return "ب" in clitics or (hit.first > 0 and ground.words[hit.first - 1] in PLACE_CUES)


def _is_toponym(ground: Ground, token: int) -> bool:
    word = ground.words[token]
    is_other = ground.stop(token) is not None or any(ground.at(category, token) for category in _OTHER)
    return is_name_like(word) and not is_other and token not in ground.page.tokens.line_starts


def _made(ground: Ground, head: Head, first: int, end: int, offset: int) -> Candidate:
    words = ground.name_words(first, end, offset)
    entity = coined(head.kind, words, ground.surface(first, end, offset))
    return Candidate(first, end, offset, head.kind, "head", 0.6, (entity,))


def _after_generic(ground: Ground, head: Head, hit: Hit, last: int, taken: Mapping[int, int]) -> Iterator[Candidate]:
    """The name after a head that stays outside: quoted, a company's, or one free word."""
    token = hit.last
    if head.use == "district" and not _is_located(ground, hit):
        return
    if ground.words[hit.first][hit.offset :] in _COMPANIES:
        end = company_end(ground, token, last)
        if end > taken.get(token, token):
            yield replace(_made(ground, head, token, end, 0), method="company")
            return
    if ground.words[token] in OPENING:
        end = token + 1
        while end < min(last, token + 2 + _MAX_QUOTED) and ground.words[end] not in CLOSING:
            end += 1
        if token + 1 < end < last and ground.words[end] in CLOSING and token + 1 not in taken:
            yield _made(ground, head, token + 1, end, 0)
    elif head.kind == "place" and (token in taken or is_free(ground, token)):
        end = taken.get(token) or _place_end(ground, token)
        if token not in taken:
            yield _made(ground, head, token, end, 0)
        if ground.words[hit.first].endswith(_DUAL) and end < last and end not in taken:
            yield from _second_place(ground, head, end)


def _place_end(ground: Ground, token: int) -> int:
    """The token after a place's name of one word, or of two: ``دير شرف``."""
    opens = any(cast("Head", hit.entry.value).use == "toponym" for hit in ground.at("head", token))
    return token + 1 + int(opens and token + 1 < len(ground.words) and _is_toponym(ground, token + 1))


def _second_place(ground: Ground, head: Head, token: int) -> Iterator[Candidate]:
    """The other name after a dual head: ``بلدتي حلحول وسعير``."""
    end = _place_end(ground, token)
    if ground.words[token].startswith("و") and (end > token + 1 or is_free(ground, token)):
        yield _made(ground, head, token, end, 1)


def _extent(ground: Ground, hit: Hit, head: Head, last: int, people: Mapping[int, int]) -> int:
    """The token after a name that its head opens; the end of the head itself when no name follows."""
    if not goes_on(ground, hit.last):
        return hit.last
    end, limit = hit.last + _first_step(ground, hit, last, head, people), min(last, hit.last + _MAX_WORDS)
    joins = ground.words[hit.first][hit.offset :] in _JOINING_HEADS
    while hit.last < end < limit and goes_on(ground, end) and _extends(ground, end, head, joins=joins):
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


def _definite_extent(ground: Ground, token: int, last: int) -> int:
    """``المركز الوطني للأرصاد الجوية``: adjectives, then a purpose; without a purpose a nationality is needed."""
    end, nationality, purpose = token, False, False
    while end < min(last, token + _MAX_WORDS) and ground.stop(end) not in ENDS:
        word = ground.words[end]
        of_place = _of_place(ground, end, last) if end > token else 0
        if of_place:
            return end + of_place
        if _is_body(ground, end):
            break
        if word.startswith("لل") and len(word) > len("للا"):
            purpose = purpose or end > token
        elif not (word.startswith("ال") and (word.endswith(_RELATIONAL) or word in _RANKS)):
            break
        nationality = nationality or bool(ground.at("demonym", end))
        end += 1
    return end if end > token and (purpose or (nationality and end - token > 1)) else token


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
        return 0 if is_parent or word in _COMPANIES else max(hit.last for hit in listed) - at
    if ground.is_definite(at) and ground.words[at].startswith("ال"):
        return int(head.use == "part" and (ground.stop(at) not in COMMON or head.kind == "organisation"))
    if head.kind == "organisation":
        if word == "جامعه" and is_free(ground, at) and not ground.words[at].endswith("ه"):
            return 1
        return _chain(ground, at, last) if head.use == "part" or ground.words[at] == "شوون" else 0
    return int(at not in people and is_free(ground, at) and not (head.use == "site" and _is_elative(ground.words[at])))


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


def _chain(ground: Ground, at: int, last: int) -> int:
    """The length of ``جنايات القاهرة``: nouns of fields, closed by a definite noun or a listed place."""
    end = at
    while end < min(last, at + _MAX_FIELDS) and ground.stop(end) == "link":
        end += 1
    if end == at or end >= last or ground.at("title", end):
        return 0
    places = [hit.last for hit in ground.at("entity", end) if hit.offset == 0 and hit.last <= last]
    if places:
        return max(places) - at
    return end + 1 - at if ground.words[end].startswith("ال") and ground.stop(end) not in ENDS else 0
