"""One passage at a time: gather the candidates of every finder, choose, and find the roles beside people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from flows.transform.names.choice import choose
from flows.transform.names.ground import Candidate, Ground
from flows.transform.names.groups import peoples
from flows.transform.names.headed import headed_names
from flows.transform.names.institutions import institutions
from flows.transform.names.latin import credited_people, with_glosses
from flows.transform.names.listed import enumerated_places, listed_names
from flows.transform.names.nationals import national_companies, nationals
from flows.transform.names.person_extents import continued, with_first_name
from flows.transform.names.persons import (
    named_people,
    person_after_role,
    person_before_role,
    person_named,
    speakers,
)
from flows.transform.names.titles import COMMAS, Role, role_before, roles
from flows.transform.names.words import is_closed, is_family_name
from flows.values import Segment, SegmentKind

SCOPE: Final[frozenset[SegmentKind]] = frozenset({"headline", "subtitle", "dateline", "caption", "body", "related"})
"""Kinds of segments whose names count; keywords, navigation, credits and boilerplate are page chrome."""


class Passage:
    """Tokens ``first:last`` of one segment, what they name, and the roles in them by first token and by end."""

    __slots__ = ("before", "chosen", "ends", "first", "last", "roles", "segment")

    def __init__(  # noqa: PLR0917 - a value
        self,
        segment: Segment,
        first: int,
        last: int,
        chosen: list[Candidate],
        roles: list[Role],
        before: dict[int, Role],
    ) -> None:
        self.segment = segment
        self.first = first
        self.last = last
        self.chosen = chosen
        self.roles = {role.first: role for role in roles}
        self.ends = {role.last: role for role in roles}
        self.before = before


def passages(ground: Ground, segments: Iterable[Segment]) -> list[Passage]:
    """Every segment in scope, searched; a token cut by two segments belongs to the first."""
    found: list[Passage] = []
    end = 0
    for segment in sorted(segments, key=lambda s: s.start):
        if segment.kind in SCOPE:
            tokens = ground.page.token_range(segment.start, segment.end)
            first = max(tokens.start, end)
            end = max(end, tokens.stop)
            if first < tokens.stop:
                found.append(_search(ground, segment, first, tokens.stop))
    return found


def _search(ground: Ground, segment: Segment, first: int, last: int) -> Passage:
    listed = [_whole(ground, candidate, first, last) for candidate in listed_names(ground, first, last)]
    people = _longest([c for c in listed if c.kind == "person"])
    full = {token: c.last for token, c in people.items() if c.use == "full" and len(c.words) > 1}
    given = named_people(ground, first, last, full) + nationals(ground, first, last, full)
    names = {c.first: c.offset for c in (*people.values(), *given)}
    lone = {token for token, c in people.items() if c.use == "surname" and token in ground.hits["given_name"]}
    if lone:
        lone -= {c.first for c in given}
    taken = _ends([c for c in listed if c.use != "surname"])
    persons = full | _ends(given)
    bodies = institutions(ground, first, last, people) + headed_names(ground, first, last, taken, persons)
    bodies += enumerated_places(ground, listed) + national_companies(ground, first, last)
    spans = {c.first: c.last for c in listed + bodies if c.kind in {"organisation", "place"}}
    found = roles(ground, first, last, names, spans)
    before, titled = _assign(ground, found, names, last, full, lone=lone)
    ends = {c.last for c in (*people.values(), *given, *titled)}
    titled += [p for role in found if (p := _apposed(ground, role, first, ends))]
    candidates = listed + given + titled + bodies + peoples(ground, first, last)
    candidates += credited_people(ground, first, last) + speakers(ground, first, last)
    chosen = choose(candidates, ground.hits["demonym"])
    if segment.kind != "caption":
        chosen = with_glosses(ground, chosen, last)
    return Passage(segment, first, last, chosen, found, before)


def _whole(ground: Ground, candidate: Candidate, first: int, last: int) -> Candidate:
    """A listed person's span takes in ``بن عبد العزيز آل سعود`` after it, and a misspelt first name before it.

    With a family's name more it is somebody else's name.
    """
    if candidate.kind != "person":
        return candidate
    if len(candidate.words) == 1:
        return with_first_name(ground, candidate, first)
    if candidate.use != "full":
        return candidate
    end = continued(ground, candidate.last, last)
    if candidate.last == end < last and end not in ground.page.tokens.line_starts and is_family_name(ground, end):
        return person_named(ground, candidate.first, end + 1, candidate.offset, "given-name")
    return (
        candidate if end == candidate.last else candidate.at(candidate.first, end, candidate.offset, candidate.method)
    )


def _ends(candidates: list[Candidate]) -> dict[int, int]:
    """The first token of each candidate with the end of the longest that begins there."""
    ends: dict[int, int] = {}
    for candidate in candidates:
        ends[candidate.first] = max(candidate.last, ends.get(candidate.first, 0))
    return ends


def _longest(candidates: list[Candidate]) -> dict[int, Candidate]:
    by_first: dict[int, Candidate] = {}
    for candidate in candidates:
        known = by_first.get(candidate.first)
        if known is None or (candidate.last, -candidate.offset) > (known.last, -known.offset):
            by_first[candidate.first] = candidate
    return by_first


def _apposed(ground: Ground, role: Role, first: int, ends: set[int]) -> Candidate | None:
    """An unlisted person whose name a role follows; a definite one only after a verb, name and comma."""
    comma = role.first > first and ground.words[role.first - 1] in COMMAS
    token = role.first - comma
    is_indefinite = role.use == "office" and not role.opens
    is_apart = comma and role.use in {"office", "weak"} and not role.offset
    if token in ends or not (is_indefinite or is_apart):
        return None
    person = person_before_role(ground, token, first)
    if person is None or is_indefinite:
        return person
    return person if person.first > first and ground.stop(person.first - 1) == "verb" else None


def _assign(
    ground: Ground, found: Sequence[Role], names: dict[int, int], last: int, full: dict[int, int], *, lone: set[int]
) -> tuple[dict[int, Role], list[Candidate]]:
    """The role before each name, and the unlisted people that stand after one.

    A role that begins anew (``للوزير``) replaces the one whose modifiers ran up to the same name. ``lone`` are first
    names that are also somebody's last name: after a role they open the longer name (``النائب هادي حبيش``).
    """
    before: dict[int, Role] = {}
    titled: list[Candidate] = []
    for role in found:
        token = role.last if role.last in names else role_before(role, ground)
        if token not in names or token in lone:
            person = person_after_role(ground, role, last, full)
            if person is not None and (token not in names or is_closed(ground, person.last, last)):
                titled.append(person)
                token = person.first
            elif token not in names:
                continue
        if token not in before or role.opens or role.first == before[token].first:
            before[token] = role
    return before, titled
