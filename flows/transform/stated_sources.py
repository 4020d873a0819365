"""Sources a page or record states outside its text: its publisher by domain or name, agencies, photo credits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.text.folded import fold
from flows.text.tokens import words_of
from flows.transform.addresses import site_of
from flows.transform.rules import Rules
from flows.transform.sources.cues import SourceName
from flows.values import SourceRole, SourceRoleMention, Statement, StatementTopic

_ROLES: dict[StatementTopic, SourceRole] = {
    "publisher": "publisher", "agency": "origin", "author": "origin", "photo_credit": "photo_credit",
}  # fmt: skip
_LISTED_ONLY = frozenset({"author"})
"""An author is a source only where it is a listed outlet: people have no row of their own."""
_BY_DOMAIN, _LISTED, _UNLISTED = 0.95, 0.9, 0.75
_LONGEST_NAME = 200
"""Characters of a stated name that are looked at; no listed source has half as many."""


def stated_sources(
    statements: Sequence[Statement], url: str | None, found: Sequence[SourceRoleMention], rules: Rules
) -> Iterator[SourceRoleMention]:
    """The sources that are stated and that the text does not name in the same role.

    Args:
        statements: what the page or record states, most trusted first.
        url: the address of the page's own article.
        found: the sources its text names; a publisher among them that is listed stands alone.
        rules: the compiled rules.
    """
    taken: set[tuple[SourceRole, str | None]] = {
        (each.role, each.source_key) for each in found if each.article in (None, 0) and each.source_key
    }
    names = {(each.role, each.name) for each in found}
    has_publisher = any(role == "publisher" for role, _ in taken)
    for each in (*_by_domain(url, rules), *_by_name(statements, rules)):
        known = (each.role, each.source_key) in taken if each.source_key else (each.role, each.name) in names
        if known or (each.role == "publisher" and has_publisher):
            continue
        has_publisher = has_publisher or each.role == "publisher"
        taken.add((each.role, each.source_key))
        names.add((each.role, each.name))
        yield each


def _by_domain(url: str | None, rules: Rules) -> Iterator[SourceRoleMention]:
    """The listed source whose site, or whose site's parent, an address is on."""
    labels = site_of(url or "").split(".")
    for first in range(len(labels) - 1):
        key = rules.site_keys.get(".".join(labels[first:]))
        if key is not None:
            name = rules.source_cues.by_key[key].name
            yield SourceRoleMention(None, "publisher", name, "domain", _BY_DOMAIN, field="url", source_key=key)
            return


def _by_name(statements: Sequence[Statement], rules: Rules) -> Iterator[SourceRoleMention]:
    for each in statements:
        role = _ROLES.get(each.topic)
        if role is None:
            continue
        key = _listed(each.value, rules)
        if key is None and each.topic in _LISTED_ONLY:
            continue
        name = rules.source_cues.by_key[key].name if key else each.value
        article = None if role == "publisher" else 0
        confidence = _LISTED if key else _UNLISTED
        yield SourceRoleMention(article, role, name, "stated", confidence, field=each.field, source_key=key)


def _listed(name: str, rules: Rules) -> str | None:
    """The key of the listed source that a whole name is, its noun (``صحيفة``) left out."""
    words = [word for word in words_of(fold(name[:_LONGEST_NAME])) if word != "-"]
    for first in range(len(words)):
        for entry in rules.lexicon.meanings(words[first:]):
            if isinstance(entry.value, SourceName):
                return entry.value.source_key
        if not any(entry.category == "cue" for entry in rules.lexicon.meanings(words[first : first + 1])):
            return None
    return None
