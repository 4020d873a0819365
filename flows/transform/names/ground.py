"""What every finder of names reads: the words of a page, the hits on each, and tests of single words."""

from __future__ import annotations

from typing import Final, cast

from flows.text.places import within
from flows.transform.lexicon import Category, Hit
from flows.transform.names.gazetteer import Gazetteer, Head, NameUse
from flows.transform.page import Page
from flows.values import Entity, EntityKind

CATEGORIES: Final[tuple[Category, ...]] = ("entity", "title", "given_name", "head", "demonym")
OPENING: Final = frozenset("\"'“”«»([{„")
MINISTERS: Final = ("وزير", "وزيره", "وزيري", "وزيرا", "وزراء", "وزيرتي")
"""Ends of folded words after which the name of a field is a minister's, not the ministry's."""
CLOSING: Final = frozenset("\"'“”«»)]}")

_SPORT_WORDS: Final = 3
"""So many different words of sport make a page one about sport."""
PLACE_CUES: Final = frozenset({
    "في", "من", "الي", "قرب", "شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي", "وسط", "داخل", "نحو",
    "صوب", "محيط", "مشارف", "اطراف", "مداخل", "ساحل", "سواحل", "ضواحي", "ريف", "سكان", "اهالي", "قضاء", "مدن", "وفي",
    "ومن", "مفاوضات", "منبر", "محادثات", "قمه", "اعلان",
})  # fmt: skip
"""Folded words after which a doubtful place name is a place."""
_ARTICLE: Final = "ال"
_CLITICS: Final = "وفبك"
COMMON: Final = frozenset({"function", "verb", "common", "link"})
"""Classes of words that are no part of a name nobody listed."""
THAT: Final = frozenset({"ان", "بان"})
"""Folded words that open what someone says."""
ENDS: Final = frozenset({"function", "verb"})
"""Those of them that end a name or a role."""

_AFTER_LATIN: Final = "{"
"""What follows the small Latin letters in Unicode: folded words that begin with one sort before it."""
_TANWIN: Final = ("\u064b", "\u064b\u0627", "\u0627\u064b", "\u064b\u0649")
"""Ends of words with fathatan, written before or after its alef."""
_ALI: Final = "علي"
_ALEF_VERBS: Final = frozenset(
    {"التقي", "الغي", "القي", "التزم", "الزم", "التحق", "الحق", "التف", "التمس", "الف", "الحقت", "الزمت"}
)
"""Folded verbs that merely look definite."""


class Candidate:
    """Tokens that may name something: ``first:last`` less ``offset`` characters of proclitics.

    Never changed once made; no dataclass, since a page makes a hundred (see :class:`~flows.transform.lexicon.Hit`).

    Attributes:
        entities: what it may name; empty for a name nobody listed.
        words: the folded words of a person's name, without proclitics.
        n_sure: how many of ``entities``, from the first, the spelling names without a witness.
        institution: (end of the key, English label) of a national body whose country is still open.
    """

    __slots__ = (
        "confidence", "entities", "first", "institution", "kind", "last", "method", "n_sure", "offset", "use", "words",
    )  # fmt: skip

    def __init__(  # noqa: PLR0917 - a value
        self,
        first: int,
        last: int,
        offset: int,
        kind: EntityKind,
        method: str,
        confidence: float,
        entities: tuple[Entity, ...] = (),
        use: NameUse = "full",
        words: tuple[str, ...] = (),
        n_sure: int = 0,
        institution: tuple[str, str] | None = None,
    ) -> None:
        self.first = first
        self.last = last
        self.offset = offset
        self.kind = kind
        self.method = method
        self.confidence = confidence
        self.entities = entities
        self.use = use
        self.words = words
        self.n_sure = n_sure
        self.institution = institution

    def at(self, first: int, last: int, offset: int, method: str) -> Candidate:
        """The same name in other tokens, found by another method."""
        confidence, entities, use = self.confidence, self.entities, self.use
        return Candidate(
            first, last, offset, self.kind, method, confidence, entities, use, self.words, self.n_sure, self.institution
        )

    def naming(self, entity: Entity) -> Candidate:
        """The same tokens, their entity found."""
        first, last, offset, confidence = self.first, self.last, self.offset, self.confidence
        return Candidate(
            first, last, offset, self.kind, self.method, confidence, (entity,), self.use, self.words, self.n_sure
        )


class Ground:
    """A page with its hits by first token; passages of it are searched one at a time. Never changed once made.

    Attributes:
        words: the folded tokens of the page.
        hits: the hits of each category by first token, those tokens in text order.
        tokens: those tokens alone, sorted.
        latin: the tokens that begin with a Latin letter, sorted.
        that: the tokens of ``أن`` and ``بأن``, sorted.
        tells_ya: whether the page writes both ``ى`` and ``ي``, so that the name ``علي`` is not ``على``.
        is_sport: whether the page has words of sport enough for names of clubs to count.
    """

    __slots__ = ("gazetteer", "hits", "is_sport", "latin", "page", "tells_ya", "that", "tokens", "words")

    def __init__(self, page: Page, gazetteer: Gazetteer) -> None:
        """Sort the hits of the one pass by category and token."""
        self.page = page
        self.gazetteer = gazetteer
        self.words = page.tokens.words
        self.hits: dict[Category, dict[int, list[Hit]]] = {}
        self.tokens: dict[Category, list[int]] = {}
        for category in CATEGORIES:
            self.hits[category] = by_token = _by_token(page.hits_of(category))
            self.tokens[category] = list(by_token)
        self.latin: list[int] = []
        self.that: list[int] = []
        for token, word in enumerate(self.words):
            if word in THAT:
                self.that.append(token)
            elif "a" <= word < _AFTER_LATIN:
                self.latin.append(token)
        self.tells_ya = "ى" in page.text
        sport = {self.words[hit.first] for hit in page.hits_of("head") if cast("Head", hit.entry.value).use == "sport"}
        self.is_sport = len(sport) >= _SPORT_WORDS

    def within(self, category: Category, first: int, last: int) -> list[int]:
        """The tokens of ``first:last`` in which hits of one category begin."""
        return within(self.tokens[category], first, last)

    def at(self, category: Category, token: int) -> list[Hit]:
        """The hits of one category that begin in one token."""
        return self.hits[category].get(token, [])

    def stop(self, token: int) -> str | None:
        """The class of a word that is no part of an unlisted name, with or without a conjunction."""
        stops, word = self.gazetteer.stops, self.words[token]
        found = stops.get(word)
        if found is None and word[0] in "وفل" and len(word) > len("وقد") and word not in self.gazetteer.given:
            found = stops.get(word[1:])
        if found is not None and self.tells_ya and word.endswith(_ALI) and self._ends_in_ya(token):
            return None
        return found

    def _ends_in_ya(self, token: int) -> bool:
        _, end = self.page.span(token, token + 1)
        return self.page.text[end - 1] == "ي"

    def is_definite(self, token: int) -> bool:
        """Whether a word carries the article, after proclitics or not (``الأمن``, ``للأمم``, ``والسلام``)."""
        return is_definite(self.words[token])

    def surface(self, first: int, last: int, offset: int) -> str:
        """What a text writes in ``first:last``, one space between words; fused لل is opened to ال."""
        start, end = self.page.span(first, last, offset)
        written = " ".join(self.page.text[start:end].split())
        return f"{_ARTICLE}{written[2:]}" if self.words[first][offset:].startswith("لل") else written

    def name_words(self, first: int, last: int, offset: int) -> list[str]:
        """The folded words of ``first:last`` without proclitics and marks; fused لل is opened to ال."""
        head = self.words[first][offset:]
        head = f"{_ARTICLE}{head[2:]}" if head.startswith("لل") else head
        return [head, *(word for word in self.words[first + 1 : last] if word.isalnum())]

    def has_tanwin(self, token: int) -> bool:
        """Whether a word is written with the ending of an indefinite object (``هدفًا``), which no name has."""
        start, end = self.page.span(token, token + 1)
        return self.page.text[start:end].endswith(_TANWIN)

    def is_quoted(self, first: int, last: int) -> bool:
        """Whether marks of quotation or brackets stand on both sides of ``first:last``."""
        words = self.words
        return first > 0 and last < len(words) and words[first - 1] in OPENING and words[last] in CLOSING


def _by_token(hits: list[Hit]) -> dict[int, list[Hit]]:
    """Hits in text order by their first token."""
    by_token: dict[int, list[Hit]] = {}
    token = -1
    group: list[Hit] = []
    for hit in hits:
        if hit.first != token:
            token = hit.first
            by_token[token] = group = []
        group.append(hit)
    return by_token


def is_definite(word: str) -> bool:
    """Whether a folded word carries the article.

    >>> [is_definite(word) for word in ("الامن", "للامم", "والسلام", "التقي", "بلد")]
    [True, True, True, False, False]
    """
    if word.startswith(_ARTICLE):
        return len(word) > len(_ARTICLE) + 1 and word not in _ALEF_VERBS
    if word.startswith("لل"):
        return len(word) > len("للا") + 1
    return word[0] in _CLITICS and word.startswith(_ARTICLE, 1) and len(word) > len("وال") + 1


def is_name_like(word: str) -> bool:
    """Whether a folded token is a word of letters that could stand in a name, judged by form alone."""
    return len(word) > 1 and word.isalpha() and not _looks_imperfect(word)


def _looks_imperfect(word: str) -> bool:
    """``ي`` and ``سي`` open the imperfect of most verbs and few names; those few are listed or end in a long vowel."""
    if word.startswith("سي"):
        return len(word) > len("سيقو") and word[-1] not in "اوي"
    return word[0] == "ي" and len(word) > len("يقو")


def goes_on(ground: Ground, token: int) -> bool:
    """Whether a word of the same line, no verb and no particle, stands in a token."""
    is_word = ground.words[token].isalnum() and token not in ground.page.tokens.line_starts
    return is_word and ground.stop(token) not in ENDS


def is_free(ground: Ground, token: int) -> bool:
    """A word without other meaning; adjectives of a feminine head (``مدينة ساحلية``) are none."""
    word = ground.words[token]
    if not is_name_like(word) or word.isascii() or ground.stop(token) is not None or word.endswith("يه"):
        return False
    return not any(ground.at(category, token) for category in ("title", "head", "demonym"))
