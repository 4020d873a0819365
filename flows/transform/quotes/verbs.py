"""What a reporting verb does: who its subject can be, and whether it reports anything at all."""

from __future__ import annotations

from typing import Final

from flows.transform.lexicon import Hit
from flows.transform.page import Page
from flows.transform.speech import COMPLEMENTIZERS, ReportingVerb, Speech

_OBJECTS: Final = ("ه", "ها")


def continues(page: Page, hit: Hit) -> bool:
    """Whether a verb goes on from a speaker before it (``وأضاف``, ``مؤكدا``): no name before it is its subject."""
    return bool(hit.offset) or is_participle(hit) or hit.first in page.tokens.line_starts


def is_participle(hit: Hit) -> bool:
    """Whether a verb is one like ``مؤكدا``, which has no subject of its own."""
    return isinstance(hit.entry.value, ReportingVerb) and hit.entry.value.is_participle


def speaks_for_itself(hit: Hit) -> bool:
    """Whether a verb reports what a text says (``جاء`` in a statement)."""
    return isinstance(hit.entry.value, ReportingVerb) and hit.entry.value.kind == "statement"


def is_clause(speech: Speech, hit: Hit) -> bool:
    """Whether a verb only describes a noun (``خطاب بثه التلفزيون``, ``أن ما أعلنه المركز``) and reports nothing."""
    if names_something(hit):
        return True
    has_object = speech.word(hit.last - 1).endswith(_OBJECTS)
    is_relative = speech.word(hit.first - 1) == "ما" and speech.word(hit.first - 2) in COMPLEMENTIZERS
    return not hit.offset and not is_participle(hit) and ((has_object and relays(hit)) or is_relative)


def describes_object(hit: Hit) -> bool:
    """Whether a verb takes what it is about before its words (``وصف التصريحات بأنها ...``)."""
    return isinstance(hit.entry.value, ReportingVerb) and hit.entry.value.lemma == "وصف"


def names_something(hit: Hit) -> bool:
    """Whether a verb calls something by a name (``ما سمته "..."``)."""
    return isinstance(hit.entry.value, ReportingVerb) and hit.entry.value.kind == "name"


def relays(hit: Hit) -> bool:
    """Whether a verb passes on another's words (``نقلت ... عن``)."""
    return isinstance(hit.entry.value, ReportingVerb) and hit.entry.value.kind == "relay"


def verb_surface(page: Page, hit: Hit) -> str:
    """The verb as the text writes it, without its proclitic."""
    start, end = page.span(hit.first, hit.last, hit.offset)
    return page.text[start:end]


def verb_lemma(hit: Hit) -> str:
    """The first form of a verb as its table has it."""
    return hit.entry.value.lemma if isinstance(hit.entry.value, ReportingVerb) else ""
