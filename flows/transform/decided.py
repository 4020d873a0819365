"""Mentions as people decided them: merged entities, spellings that belong to another, spellings that name nothing.

The tables obey decisions already (``flows/reference/decisions.py``). What is left are entities that no table lists:
those a text coins, national bodies, and last names that stand for a full name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flows.reference.decisions import Decision, in_force, merges
from flows.reference.spelling import spelling_key
from flows.transform.page import Page
from flows.values import Entity, Mention


@dataclass(frozen=True, slots=True)
class Decided:
    """What the decisions in force mean for mentions.

    Attributes:
        entities: listed entities by key, those that only decisions name too.
        merged: key of the entity that a merged one is now.
        moved: key of the entity that a spelling of another was given to, by (key, spelling).
        banned: (key, spelling) of what names nothing; a blank key bans the spelling for all.
    """

    entities: Mapping[str, Entity]
    merged: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[tuple[str, str], str] = field(default_factory=dict)
    banned: frozenset[tuple[str, str]] = frozenset()
    is_empty: bool = True


def build_decided(decisions: Iterable[Decision], entities: Mapping[str, Entity]) -> Decided:
    """Sort the decisions in force by what they change."""
    held = in_force(decisions)
    return Decided(
        entities,
        merges(held),
        {(each.entity_key, spelling_key(each.spelling)): each.into_key for each in held if each.action == "split"},
        frozenset((each.entity_key, spelling_key(each.spelling)) for each in held if each.action == "ban"),
        is_empty=not held,
    )


def obey(mentions: tuple[Mention, ...], page: Page, decided: Decided) -> tuple[Mention, ...]:
    """The mentions with the entities people decided on; banned spellings are no mentions."""
    return mentions if decided.is_empty else tuple(_obeyed(mentions, page, decided))


def _obeyed(mentions: Iterable[Mention], page: Page, decided: Decided) -> Iterator[Mention]:
    for mention in mentions:
        spelling = spelling_key(page.text[mention.start : mention.end])
        if ("", spelling) in decided.banned:
            continue
        if mention.entity is None:
            yield mention
            continue
        key = _followed(mention.entity.key, spelling, decided)
        if key is None:
            yield mention._replace(entity=None, reason="a person decided that it does not name the entity it seems to")
        else:
            yield mention._replace(entity=decided.entities.get(key, mention.entity))


def _followed(key: str, spelling: str, decided: Decided) -> str | None:
    """The key a spelling of an entity has in the end; None where it is banned. Each key is passed once."""
    seen: set[str] = set()
    while key not in seen:
        seen.add(key)
        if (key, spelling) in decided.banned:
            return None
        key = decided.moved.get((key, spelling)) or decided.merged.get(key, key)
    return key
