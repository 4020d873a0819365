"""The articles of a page, drafted from its segments: title, subtitle, body, language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from flows.text.classes import CharacterClasses
from flows.transform.page import Page
from flows.values import Article, Segment, SegmentKind

_ARABIC_SHARE: Final = 0.5
_FOREIGN_SHARE: Final = 0.02
_LETTERS: Final = CharacterClasses(
    r"[^\W\d_]+", "[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+", "[پچژگٹڈڑںے]+"
)  # fmt: skip
"""Any letter, an Arabic one, one that Persian or Urdu alone has: a character is in all, some or none of the classes."""


def draft_articles(page: Page, segments: Sequence[Segment]) -> tuple[Article, ...]:
    """One draft for each article ordinal among the segments, in ordinal order; publication comes later.

    The title is the first headline as the page prints it, None where the dump has none. The body is the text of the
    article's body segments in page order, joined by one line break; datelines, captions, credits and key words stay
    out of it. Articles after the first stand embedded in the page of another.
    """
    by_ordinal: dict[int, list[Segment]] = {}
    for segment in segments:
        if segment.article is not None:
            by_ordinal.setdefault(segment.article, []).append(segment)
    return tuple(_draft(page, ordinal, own) for ordinal, own in sorted(by_ordinal.items()))


def _draft(page: Page, ordinal: int, own: Sequence[Segment]) -> Article:
    headline = _first(own, "headline")
    subtitle = _first(_above_text(own), "subtitle")
    body = "\n".join(_surface(page, segment) for segment in own if segment.kind == "body")
    return Article(
        ordinal=ordinal,
        title=_surface(page, headline) if headline else None,
        title_start=headline.start if headline else None,
        title_end=headline.end if headline else None,
        subtitle=_surface(page, subtitle) if subtitle else None,
        body=body,
        language=language_of(body or "\n".join(_surface(page, segment) for segment in own)),
        is_embedded=ordinal > 0,
    )


def _above_text(own: Sequence[Segment]) -> Sequence[Segment]:
    """The segments above the first paragraph; headings between paragraphs are no subtitle of the article."""
    first = next((at for at, segment in enumerate(own) if segment.kind == "body"), len(own))
    return own[:first]


def _first(own: Sequence[Segment], kind: SegmentKind) -> Segment | None:
    return next((segment for segment in own if segment.kind == kind), None)


def _surface(page: Page, segment: Segment) -> str:
    return page.text[segment.start : segment.end]


def language_of(text: str) -> str | None:
    """``ar`` where most letters are Arabic and few belong to Persian or Urdu alone, else None.

    >>> language_of("أعلن البيت الأبيض (AP)")
    'ar'
    """
    counts: list[int] = np.bincount(_LETTERS.of(text), minlength=8).tolist()
    letters, arabic, foreign = sum(counts[1::2]), counts[2] + counts[3] + counts[6] + counts[7], sum(counts[4:])
    if not letters or arabic <= _ARABIC_SHARE * letters or foreign > _FOREIGN_SHARE * arabic:
        return None
    return "ar"
