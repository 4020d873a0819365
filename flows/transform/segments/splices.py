"""Two drafts of one report that a content system joined, sometimes inside a word (``تعأعلن`` = ``تع`` + ``أعلن``)."""

from __future__ import annotations

from typing import Final

from flows.transform.page import Page
from flows.transform.segments.heads import stems
from flows.transform.segments.lines import Line

_LEAST_LETTERS: Final = 4
_LEAST_OVERLAP: Final = 0.5
_LEAD_TOKENS: Final = 30
_PREFIX_LETTERS: Final = "وفسبلك"


def splice_offset(page: Page, lead: Line, line: Line) -> int | None:
    """Where, inside a word of ``line``, the article begins again with the words of its lead; None if nowhere.

    The word must end in the lead's first word after letters that are no prefix, and what follows must repeat the lead.
    """
    tokens, words = page.tokens, page.tokens.words
    if lead is line or lead.first >= lead.last or line.first >= line.last:
        return None
    opening = words[lead.first].lstrip("و")
    behind = tokens.ends[line.first], tokens.ends[line.last - 1]
    if len(opening) < _LEAST_LETTERS or page.folded.folded.find(opening, *behind) < 0:
        return None
    for index in range(line.first + 1, line.last):
        word = words[index]
        if word.endswith(opening) and word[: -len(opening)].lstrip(_PREFIX_LETTERS):
            wanted = stems(page, lead.first + 1, min(lead.last, lead.first + _LEAD_TOKENS))
            found = stems(page, index + 1, min(line.last, index + _LEAD_TOKENS))
            if wanted and len(wanted & found) >= _LEAST_OVERLAP * len(wanted):
                return page.folded.original(tokens.ends[index] - len(opening), tokens.ends[index])[0]
    return None
