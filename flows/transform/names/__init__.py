"""Mentions: who and what a page names, where, under which title, and which entity each name means.

:func:`find_mentions` first searches each passage for candidates (listed names, national bodies, names after a head, a
role or a given name), then decides with the whole document in view.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flows.text.places import within
from flows.transform.names.bodies import close_institutions
from flows.transform.names.gazetteer import Gazetteer, build_gazetteer
from flows.transform.names.ground import Candidate, Ground
from flows.transform.names.linking import Witnesses, decide, is_free_to_name, later_names, witnesses
from flows.transform.names.listed import has_guard
from flows.transform.names.passages import Passage, passages
from flows.transform.names.titles import Role, is_courtesy, role_after
from flows.transform.page import Page
from flows.values import Entity, Mention, Segment

_OPEN_CONFIDENCE: Final = 0.5
"""At most so sure is a mention whose entity stays open."""

__all__ = ["Gazetteer", "build_gazetteer", "find_mentions"]


def find_mentions(page: Page, segments: Sequence[Segment], gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """The mentions of a page in order of (start, end), each exact span once.

    Headline, subtitle, dateline, caption, body and related links are searched. The rules are those of the contract,
    section 6: proclitics and generic heads outside, nationality adjectives inside after common nouns, places nested
    in organisations as well. Linear in the length of the page.
    """
    ground = Ground(page, gazetteer)
    found = passages(ground, segments)
    candidates = [candidate for passage in found for candidate in passage.chosen]
    seen, people = witnesses(candidates, ground)
    unlisted = {id(candidates[index]): entity for index, entity in people.items()}
    mentions: dict[tuple[int, int], Mention] = {}
    closed = iter(close_institutions(candidates, seen, ground))
    recalling = seen.recalled_in(ground.words, gazetteer)
    for passage in found:
        kept = [(c, unlisted.get(id(original))) for original in passage.chosen for c in (next(closed),)]
        later = within(recalling, passage.first, passage.last)
        for mention in _mentions(ground, passage, kept, later, seen):
            mentions.setdefault((mention.start, mention.end), mention)
    return tuple(mentions[span] for span in sorted(mentions))


def _mentions(
    ground: Ground,
    passage: Passage,
    kept: list[tuple[Candidate, Entity | None]],
    later: list[int],
    seen: Witnesses,
) -> list[Mention]:
    accepted = [(c, entity) for c, entity in kept if _is_accepted(ground, passage, c, seen)]
    if later:
        covered = {token for c, _ in accepted for token in range(c.first, c.last)}
        free = [token for token in later if token not in covered]
        accepted += [(c, None) for c in later_names(ground, free, seen)]
        accepted.sort(key=lambda pair: (pair[0].first, pair[0].last))
    found: list[Mention] = []
    titled: Role | None = None
    previous_end = -1
    for candidate, unlisted in accepted:
        role = None
        if candidate.kind == "person":
            role = _role(ground, passage, candidate, titled if previous_end == candidate.first - 1 else None)
            titled, previous_end = role, candidate.last
        start, end = ground.page.span(candidate.first, candidate.last, candidate.offset)
        title_start, title_end = ground.page.span(role.first, role.last, role.offset) if role else (None, None)
        entity, reason = (unlisted, None) if unlisted is not None else decide(candidate, seen)
        confidence = candidate.confidence if entity else min(candidate.confidence, _OPEN_CONFIDENCE)
        article, kind, method = passage.segment.article, candidate.kind, candidate.method
        found.append(Mention(article, start, end, kind, entity, method, confidence, reason, title_start, title_end))
    return found


def _is_accepted(ground: Ground, passage: Passage, candidate: Candidate, seen: Witnesses) -> bool:
    """Whether a candidate that needs a witness has one."""
    if candidate.method == "speech":
        return not seen.called(candidate.words[0])
    if candidate.use == "surname":
        return is_free_to_name(ground, candidate.first) and _is_person(ground, passage, candidate, seen)
    if candidate.use in {"guarded", "club"}:
        return _is_named(candidate, seen) or has_guard(ground, candidate)
    return True


def _is_named(candidate: Candidate, seen: Witnesses) -> bool:
    return any(entity.key in seen.keys for entity in candidate.entities)


def _is_person(ground: Ground, passage: Passage, candidate: Candidate, seen: Witnesses) -> bool:
    """Whether a lone last name is one: its bearer is named in full, a role stands by it, or it is no other word."""
    if _is_named(candidate, seen) or candidate.first in passage.before:
        return True
    if role_after(ground, candidate.last, passage.last, passage.roles) is not None:
        return True
    word = ground.words[candidate.first][candidate.offset :]
    is_other = word in ground.gazetteer.stops or word in ground.gazetteer.given
    return not is_other or candidate.last > candidate.first + 1


def _role(ground: Ground, passage: Passage, person: Candidate, shared: Role | None) -> Role | None:
    """The title beside a person: before, after a comma, or the second half of a shared one (``والإسرائيلي``)."""
    before = passage.before.get(person.first) or passage.ends.get(person.first)
    if before is not None and not is_courtesy(before, ground):
        return before
    after = role_after(ground, person.last, passage.last, passage.roles)
    if after is not None and after not in passage.before.values():
        return after
    if before is not None:
        return before
    token = person.first - 1
    if shared is not None and ground.words[token].startswith("و") and ground.at("demonym", token):
        return Role(token, token + 1, 1, "office", opens=False)
    return None
