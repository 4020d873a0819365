"""People nobody listed: a given name or a role, and the words of a name after it; Latin names in photo credits."""

from __future__ import annotations

from typing import Final, cast

from flows.text.places import within
from flows.transform.lexicon import Hit
from flows.transform.names.gazetteer import Head
from flows.transform.names.ground import COMMON, ENDS, Candidate, Ground, is_definite
from flows.transform.names.keys import PARTICLES, join_parts
from flows.transform.names.person_extents import continued, name_end
from flows.transform.names.titles import COMMAS, Role, role_before
from flows.transform.names.words import closes_feminine, has_witness, is_free_word, is_known, is_telling, may_close

_CONFIDENCE = {"speech": 0.5, "credit": 0.8, "given-name": 0.75, "title": 0.7, "apposition": 0.65, "nationality": 0.6}
_MIN_PARTS: Final = 2
_MAX_BEFORE: Final = 4
_BYNAMES: Final = frozenset({"ام", "ابو", "ابي", "ابا"})
"""Folded words for a mother or father: they open a byname before the names of a child and a family."""
_JOINED: Final = "وبل"
"""Proclitics that stand before nouns far more often than an unlisted name begins with them."""


def named_people(ground: Ground, first: int, last: int, listed: dict[int, int]) -> list[Candidate]:
    """Names that open with a known given name in tokens ``first:last``.

    ``listed`` has the first token of each listed full name of a person, with its end.
    """
    found: list[Candidate] = []
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
            found.append(person)
    return found


def _may_be_first(ground: Ground, hit: Hit, token: int) -> bool:
    """Whether a given name opens a name; one that is a common word does before ``بن`` or a family's name alone."""
    if hit.entry.value == "family" or hit.fused or ground.stop(token) in ENDS:
        return False
    is_common = ground.stop(token) in COMMON
    return not is_common or (
        hit.entry.value == "ambiguous" and hit.last < len(ground.words) and is_telling(ground, hit.last)
    )


def person_after_role(ground: Ground, role: Role, last: int, listed: dict[int, int]) -> Candidate | None:
    """The unlisted name of two words or more that stands right after a role phrase, a known given name also a comma."""
    token = role_before(role, ground)
    if role.last == role.first + 1 and any(
        cast("Head", hit.entry.value).use == "part" for hit in ground.at("head", role.first)
    ):
        return None  # ``مؤسسة`` is an institution far more often than a foundress
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


def speakers(ground: Ground, first: int, last: int) -> list[Candidate]:
    """A lone last name between a verb and ``أن``: ``وأضاف كلارك أن``; whom it means only the document can say."""
    found: list[Candidate] = []
    words = ground.words
    for token in within(ground.that, first + 2, last):
        at = token - 1 - (words[token - 1] == "علي")
        if at > first and ground.stop(at - 1) == "verb" and not is_definite(words[at]):
            is_free = is_free_word(ground, at) and words[at][0] not in _JOINED and not words[at].endswith("ا")
            if is_free or (ground.stop(at) is None and is_known(ground, at)):
                found.append(person_named(ground, at, at + 1, 0, "speech"))
    return found
