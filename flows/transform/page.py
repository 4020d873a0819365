"""What every layer of the transform reads: the text, its folded copy, its tokens and the hits of the one pass."""

from __future__ import annotations

from typing import Final

from flows.text.folded import FoldedText, fold_text
from flows.text.places import first_from
from flows.text.tokens import Tokens, tokenize
from flows.transform.lexicon import Category, Hit, Lexicon

_FIRST_MARK: Final = 0x300
"""The first combining mark of Unicode."""
_NONE: Final[list[Hit]] = []


class Page:
    """One text made ready, never changed. Positions named ``start`` and ``end`` are original offsets unless said.

    Attributes:
        by_category: the hits of each category, in text order.
        by_token: the hits that begin in each token.
    """

    __slots__ = ("by_category", "by_token", "folded", "hits", "tokens")

    def __init__(
        self,
        folded: FoldedText,
        tokens: Tokens,
        hits: list[Hit],
        by_category: dict[Category, list[Hit]],
        by_token: dict[int, list[Hit]],
    ) -> None:
        self.folded = folded
        self.tokens = tokens
        self.hits = hits
        self.by_category = by_category
        self.by_token = by_token

    @property
    def text(self) -> str:
        """The original text, which all spans index."""
        return self.folded.text

    def hits_of(self, category: Category) -> list[Hit]:
        """The hits of one category, in text order (all lengths, overlaps included)."""
        return self.by_category.get(category, _NONE)

    def hits_at(self, token: int) -> list[Hit]:
        """All hits, of any category, that begin in one token."""
        return self.by_token.get(token, _NONE)

    def span(self, first: int, last: int, offset: int = 0) -> tuple[int, int]:
        """The original span of tokens ``first:last``, less ``offset`` folded characters of proclitics."""
        tokens, folded = self.tokens, self.folded
        start = folded.offsets[tokens.starts[first] + offset] if offset else tokens.origins[first]
        end = tokens.last_origins[last - 1] + 1
        if end < len(folded.text) and ord(folded.text[end]) >= _FIRST_MARK:  # a letter's vowel mark, as few have
            end = folded.original(tokens.starts[first], tokens.ends[last - 1])[1]
        return start, end

    def hit_span(self, hit: Hit) -> tuple[int, int]:
        """The original span of a hit, proclitics left out (fused لل kept)."""
        return self.span(hit.first, hit.last, hit.offset)

    def token_at(self, offset: int) -> int:
        """The index of the first token that ends after an original offset."""
        return first_from(self.tokens.last_origins, offset)

    def token_range(self, start: int, end: int) -> range:
        """The tokens that lie in an original span, those cut by its borders included."""
        first = first_from(self.tokens.last_origins, start)
        return range(first, max(first, first_from(self.tokens.origins, end)))


def read_page(text: str, lexicon: Lexicon) -> Page:
    """Fold, tokenize and scan a text once; linear in its length."""
    folded = fold_text(text)
    tokens = tokenize(folded)
    hits = lexicon.scan(tokens)
    by_category: dict[Category, list[Hit]] = {}
    by_token: dict[int, list[Hit]] = {}
    token = -1
    here: list[Hit] = []
    for hit in hits:
        category = hit.entry.category
        alike = by_category.get(category)
        if alike is None:
            by_category[category] = [hit]
        else:
            alike.append(hit)
        if hit.first != token:
            token = hit.first
            by_token[token] = here = []
        here.append(hit)
    return Page(folded, tokens, hits, by_category, by_token)
