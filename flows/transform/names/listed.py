"""Names that stand in the reference tables, and what each needs beside it to be taken at its word."""

from __future__ import annotations

from typing import Final, cast

from flows.transform.lexicon import Hit
from flows.transform.names.gazetteer import Head, ListedName, NameUse
from flows.transform.names.ground import COMMON, ENDS, MINISTERS, OPENING, PLACE_CUES, Candidate, Ground
from flows.transform.names.keys import coined, join_parts
from flows.transform.names.words import is_unknown
from flows.values import Entity, EntityKind

_USES: Final[tuple[NameUse, ...]] = ("full", "short", "acronym", "surname", "club", "guarded", "adjectival")
_INTRODUCING: Final = frozenset({"generic", "guard", "district", "plural", "seat", "part", "site", "municipal"})
_SURE: Final = frozenset({"full", "short", "acronym"})
_AFTER_CITY: Final = frozenset("(-:/")
"""Marks after the city of a dateline."""


Place = tuple[int, int, int]
"""First token, last token, characters of proclitics."""


def listed_names(ground: Ground, first: int, last: int) -> list[Candidate]:
    """A candidate for every listed spelling in tokens ``first:last``; one span with several readings stays one."""
    found: list[Candidate] = []
    by_token = ground.hits["entity"]
    for token in ground.within("entity", first, last):
        hits = [hit for hit in by_token[token] if hit.last <= last]
        for place, names in [_named(hits[0])] if len(hits) == 1 else _by_place(hits):  # one, as most names have it
            candidate = _candidate(ground, place, names)
            if candidate is not None and not _is_ministers(ground, candidate, first):
                found.append(candidate)
    return found


def enumerated_places(ground: Ground, listed: list[Candidate]) -> list[Candidate]:
    """An unknown definite name between listed places of an enumeration: ``رام الله والبيرة وطولكرم``."""
    found: list[Candidate] = []
    words = ground.words
    by_end = {c.last for c in listed if c.kind == "place" and c.use in _SURE}
    for place in listed:
        token = place.first - 1
        joins = place.kind == "place" and place.offset > 0 and words[place.first].startswith("و")
        if joins and token in by_end and words[token].startswith("وال") and is_unknown(ground, token):
            entity = coined("place", ground.name_words(token, token + 1, 1), ground.surface(token, token + 1, 1))
            found.append(Candidate(token, token + 1, 1, "place", "list", 0.6, (entity,)))
    return found


def _named(hit: Hit) -> tuple[Place, list[ListedName]]:
    """The span of one hit, its head or title left out, with what it names."""
    name = cast("ListedName", hit.entry.value)
    return (hit.first + name.trim, hit.last - name.tail, 0 if name.trim else hit.offset), [name]


def _by_place(hits: list[Hit]) -> list[tuple[Place, list[ListedName]]]:
    """The same for several hits, those of one span together."""
    places: dict[Place, list[ListedName]] = {}
    for hit in hits:
        place, names = _named(hit)
        places.setdefault(place, []).extend(names)
    return list(places.items())


def _candidate(ground: Ground, place: Place, names: list[ListedName]) -> Candidate | None:
    first, last, offset = place
    word = ground.words[first]
    is_word = last == first + 1
    if is_word and offset and ground.gazetteer.stops.get(word) in COMMON:
        return None  # a whole word that is common hides no name behind a proclitic: ``كان`` is not ك + آن
    if word.endswith("مسقط") and _is_birthplace(ground, last):
        return None
    if (word[-1] == "ا" and is_word and ground.has_tanwin(first)) or not _is_capital(ground, first, last, offset):
        return None
    if len(names) > 1:
        names.sort(key=lambda name: (_USES.index(name.use), name.entity.key))
        kind = _kind(ground, place, names)
        names = [name for name in names if name.entity.kind == kind]
        if kind == "place" and opens_dateline(ground, first, last):
            names = [name for name in names if not _is_country(ground, name.entity)] or names
    entities = _entities(names)
    if not entities:
        return None
    use = names[0].use
    n_sure = int(use in _SURE) if len(names) == 1 else len({name.entity.key for name in names if name.use in _SURE})
    is_alone = is_word and not names[0].tail
    if is_alone and use in _SURE and _is_common(ground, first, offset):
        use = "guarded"
    kind = entities[0].kind
    words = _person_words(ground, first, last, offset) if kind == "person" else ()
    return Candidate(first, last, offset, kind, "reference", 0.95, entities, use, words, n_sure)


def _entities(names: list[ListedName]) -> tuple[Entity, ...]:
    """The entities of some names, each once; adjectives alone name none."""
    if len(names) == 1:
        return () if names[0].use == "adjectival" else (names[0].entity,)
    return tuple({name.entity.key: name.entity for name in names if name.use != "adjectival"}.values())


def _kind(ground: Ground, place: Place, names: list[ListedName]) -> EntityKind:
    """What a name of several kinds names here: a head says so, quotation marks an outlet, else its surest use.

    So ``صحيفة الشرق الأوسط`` and ``«الشرق الأوسط»`` are the newspaper, ``في الشرق الأوسط`` is the region.
    """
    first, last, _ = place
    kinds = {name.entity.kind for name in names}
    headed = kinds & set(_head_kinds(ground, first))
    if len(headed) == 1:
        return headed.pop()
    if "organisation" in kinds and ground.is_quoted(first, last):
        return "organisation"
    if "place" in kinds and not ground.is_sport and first > 0:
        clitic = ground.words[first][: place[2]]
        if "ب" in clitic or ground.words[first - 1] in PLACE_CUES:
            return "place"
    clubs = [name.entity.kind for name in names if name.use == "club"]
    return clubs[0] if clubs and ground.is_sport else names[0].entity.kind


def _head_kinds(ground: Ground, first: int) -> list[EntityKind]:
    """The kinds of the heads that end where a name begins, a quotation mark between allowed."""
    found: list[EntityKind] = []
    for back in (1, 2):
        for hit in ground.at("head", first - back) if first >= back else ():
            head = cast("Head", hit.entry.value)
            is_beside = hit.last == first or (hit.last == first - 1 and ground.words[first - 1] in OPENING)
            if is_beside and head.use in _INTRODUCING:
                found.append(head.kind)
    return found


def _person_words(ground: Ground, first: int, last: int, offset: int) -> tuple[str, ...]:
    words = ground.words
    return tuple(join_parts([words[first][offset:], *_letters(words[first + 1 : last])]))


def _letters(words: list[str]) -> list[str]:
    return [word for word in words if word.isalnum()]


def _is_ministers(ground: Ground, candidate: Candidate, first: int) -> bool:
    """``وزير الخارجية الأميركية`` is a role, ``السياسة الخارجية`` a noun with its adjective: no ministry."""
    if candidate.kind != "organisation" or candidate.first == first:
        return False
    if not any("-ministry-of-" in entity.key for entity in candidate.entities):
        return False
    before, word = ground.words[candidate.first - 1], ground.words[candidate.first]
    is_adjective = candidate.offset == 0 and word.endswith("يه") and ground.is_definite(candidate.first - 1)
    return before.endswith(MINISTERS) or is_adjective


def _is_birthplace(ground: Ground, token: int) -> bool:
    """``مسقط رأسه`` is where one was born, not Muscat."""
    return token < len(ground.words) and ground.words[token].startswith("راس")


def _is_common(ground: Ground, first: int, offset: int) -> bool:
    word = ground.words[first][offset:]
    word = "ال" + word[2:] if word.startswith("لل") else word
    return ground.gazetteer.stops.get(word) in COMMON


def _is_capital(ground: Ground, first: int, last: int, offset: int) -> bool:
    """Latin names need a capital: ``who`` is no organisation."""
    if not ground.words[first][offset:].isascii():
        return True
    start, end = ground.page.span(first, last, offset)
    surface = ground.page.text[start:end]
    return any(letter.isupper() for letter in surface) or not surface[0].isalpha()


def has_guard(ground: Ground, candidate: Candidate) -> bool:
    """Whether a doubtful name has a witness beside it: a head, quotation marks, a preposition for a place.

    A slash parts the agency from the rest of a dateline (``أنقرة/ الأناضول``).
    """
    first = candidate.first
    if ground.is_quoted(first, candidate.last) or (candidate.use == "club" and ground.is_sport):
        return True
    if candidate.kind == "place" and opens_dateline(ground, first, candidate.last):
        return True
    if first == 0:
        return False
    if candidate.kind == "organisation" and _is_credit(ground, first, candidate.last):
        return True
    if candidate.kind == "place" and _is_placed(ground, candidate):
        return True
    return candidate.kind in set(_head_kinds(ground, first))


def opens_dateline(ground: Ground, first: int, last: int) -> bool:
    """Whether a name stands where the city of a dateline does: ``عدن (أ ف ب) -``, ``عمان - الغد -``."""
    words = ground.words
    if first not in ground.page.tokens.line_starts or last >= len(words):
        return False
    return words[last] in _AFTER_CITY or any(
        hit.offset == 0 and _is_outlet(hit) and _ends_dateline(ground, hit.last) for hit in ground.at("entity", last)
    )


def _city_before(ground: Ground, token: int) -> bool:
    """Whether a place opens the line and ends before a token, one mark allowed: ``الخليل وفا-``."""
    at = token - (ground.words[token - 1] in _AFTER_CITY)
    starts = ground.page.tokens.line_starts
    return any(_names_place(ground, at - back, at) for back in (1, 2, 3) if at - back in starts)


def _ends_dateline(ground: Ground, token: int) -> bool:
    return token >= len(ground.words) or token in ground.page.tokens.line_starts or ground.words[token] in "-:)"


def _is_country(ground: Ground, entity: Entity) -> bool:
    return ground.gazetteer.countries.get(entity.country_code or "") == entity.name


def _is_credit(ground: Ground, first: int, last: int) -> bool:
    """Whether an outlet stands where datelines have it: after a slash, between dashes, after the city at their end."""
    if ground.words[first - 1] == "/" or _is_credited(ground, first, last):
        return True
    return _city_before(ground, first) and _ends_dateline(ground, last)


def _is_credited(ground: Ground, first: int, last: int) -> bool:
    """Whether an outlet stands between the dashes of a dateline: ``عمان - الغد -``."""
    words, starts = ground.words, ground.page.tokens.line_starts
    is_between = words[first - 1] == "-" and last < len(words) and words[last] in "-:"
    return is_between and not starts.isdisjoint(range(first - 4, first - 1)) and starts.isdisjoint((first - 1, first))


def _is_placed(ground: Ground, candidate: Candidate) -> bool:
    """Whether the words before or around a doubtful place name speak of places."""
    first = candidate.first
    before, clitic = ground.words[first - 1], ground.words[first][: candidate.offset]
    if not _is_common(ground, first, candidate.offset):
        if before in PLACE_CUES or "ب" in clitic:
            return True
        if clitic == "و" and any(_names_place(ground, first - n, first) for n in (1, 2) if n <= first):
            return True
    is_country = ground.is_sport and any(_is_country(ground, entity) for entity in candidate.entities)
    if is_country and (ground.stop(first - 1) in ENDS or ground.at("title", first - 1)):
        return True
    return _is_among_places(ground, candidate)


def _is_among_places(ground: Ground, candidate: Candidate) -> bool:
    """Whether a place stands on each side of a name in an enumeration: ``النبطية وصور وبعلبك``."""
    words, first, last = ground.words, candidate.first, candidate.last
    is_joined = candidate.offset > 0 and words[first].startswith("و")
    if not is_joined or last >= len(words) or not words[last].startswith("و"):
        return False
    return any(_names_place(ground, first - n, first) for n in (1, 2) if n <= first) and any(
        hit.offset == 1 and _is_place(hit) for hit in ground.at("entity", last)
    )


def _names_place(ground: Ground, token: int, end: int) -> bool:
    return any(hit.last == end and _is_place(hit) for hit in ground.at("entity", token))


def _is_place(hit: Hit) -> bool:
    return cast("ListedName", hit.entry.value).entity.kind == "place"


def _is_outlet(hit: Hit) -> bool:
    return cast("ListedName", hit.entry.value).entity.kind == "organisation"
