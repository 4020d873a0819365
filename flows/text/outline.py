"""Which lines of an HTML page are its article, by its markup: the title, the text, what is beside it.

``articleBody`` in JSON-LD or microdata, where a page has it, says which lines are the text; else
:mod:`flows.text.main_part` tells.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from flows.text.html import Block, Blocks
from flows.text.main_part import MainPart, find_main_part, is_heading
from flows.text.marks import ElementMark, mark_of
from flows.values import LineRole, Outline

_TITLE_SHARE = 0.5
_TAKEN_UP = 0.25
_STEM = 4
_MOST_TITLE_CHARACTERS = 400
_MOST_TEXT_CHARACTERS = 20_000
_NO_HEADING = 7
_SHINGLE = 3
_MATCHED = 0.6
_BODY_WORDS = 25
_PARAGRAPH_WORDS = 20
_BYLINE_CHARACTERS, _ITEM_CHARACTERS = 60, 20
_NEAR = 3
_BUTTONS = 3
_TEXT_TAGS = frozenset({"blockquote", "dd", "dt", "li", "p", "pre"})
_SENTENCE_ENDS = (".", "؟", "!", "»", "”", '"', ":", "…")
_ARTICLE_BODY = re.compile(r'"articleBody"\s{0,20}:\s{0,20}("(?:[^"\\]|\\.)*+")', re.DOTALL)
_WORD = re.compile(r"\w+")
_NAMED: frozenset[ElementMark | None] = frozenset({"keywords", "byline", "caption", "subtitle"})

Shingles = frozenset[tuple[str, ...]]


def outline_of(blocks: Blocks, titles: Sequence[str], scripts: Iterable[str] = ()) -> Outline | None:
    """The role of each line of a page; None for a page without a text of some length.

    Args:
        blocks: the lines and where they stand.
        titles: what the page states for its title, the name of the site perhaps with it.
        scripts: its JSON-LD.
    """
    marks = [mark_of(element) for element in blocks.elements]
    stated = _stated_lines(blocks.lines, scripts)
    title = _title_line(blocks.lines, titles)
    main = find_main_part(blocks, marks, title, stated)
    if main is None:
        return None
    better = _title_above(blocks, main, title)
    if better != title:
        title, main = better, find_main_part(blocks, marks, better, stated) or main
    starts, start = [], 0
    for line in blocks.lines:
        starts.append(start)
        start += len(line.text) + 1
    return Outline(tuple(starts), tuple(_Roles(blocks, marks, main, title).all()))


def _title_line(lines: list[Block], titles: Sequence[str]) -> int | None:
    """The line that is the stated title, a heading before any other; else the first heading of the first level."""
    wanted = ["".join(_WORD.findall(title)) for title in titles]
    best: tuple[int, int] | None = None
    for at, line in enumerate(lines):
        if line.is_caption or len(line.text) > _MOST_TITLE_CHARACTERS or (line.linked and not line.heading):
            continue
        rank = (line.heading or _NO_HEADING) + (_NO_HEADING if line.linked else 0)  # many headings link to their page
        if (best is None or rank < best[0]) and _is_title(line.text, wanted):
            best = (rank, at)
    if best is not None:
        return best[1]
    return next((at for at, line in enumerate(lines) if line.heading == 1 and is_heading(line)), None)


def _is_title(text: str, wanted: Sequence[str]) -> bool:
    """Whether a line is a stated title, or what is left of it without the name of the site."""
    bare = "".join(_WORD.findall(text))
    return bool(bare) and any(
        bare == title or (len(bare) >= _TITLE_SHARE * len(title) and title.startswith(bare)) for title in wanted
    )


def _title_above(blocks: Blocks, main: MainPart, title: int | None) -> int | None:
    """The title, or the nearest heading above the text where the text takes up the words of that alone.

    Many pages state the name of their site for a title.
    """
    inside = blocks.within([main.inner])
    own = [at for at, line in enumerate(blocks.lines) if line.prose and inside[line.element]]
    text = "\n".join([blocks.lines[at].text for at in own])[:_MOST_TEXT_CHARACTERS]
    if not own or (title is not None and _is_taken_up(blocks.lines[title].text, text)):
        return title
    for at in range(own[0] - 1, -1, -1):
        line = blocks.lines[at]
        if is_heading(line) and not main.is_chrome[line.element] and _is_taken_up(line.text, text):
            return at
    return title


def _is_taken_up(title: str, text: str) -> bool:
    """Whether some of the longer words of a title begin words of the text, or stand in them behind a prefix."""
    stems = {word.removeprefix("ال")[:_STEM] for word in _WORD.findall(title) if len(word) > _STEM}
    return sum(stem in text for stem in stems) >= _TAKEN_UP * len(stems) and bool(stems)


def _stated_lines(lines: list[Block], scripts: Iterable[str]) -> frozenset[int]:
    """The lines that JSON-LD states for the article's text; none where it does not, or where they are not here."""
    stated = _stated_shingles(scripts)
    if not stated:
        return frozenset()
    found = [at for at, line in enumerate(lines) if line.prose and _is_stated(line.text, stated)]
    return frozenset(found if sum(lines[at].prose for at in found) >= _BODY_WORDS else ())


def _stated_shingles(scripts: Iterable[str]) -> Shingles:
    found: set[tuple[str, ...]] = set()
    for script in scripts:
        for literal in _ARTICLE_BODY.findall(script):
            try:
                found.update(_shingles(json.loads(literal, strict=False)))
            except ValueError:
                continue
    return frozenset(found)


def _is_stated(text: str, stated: Shingles) -> bool:
    own = _shingles(text)
    return bool(own) and sum(shingle in stated for shingle in own) >= _MATCHED * len(own)


def _shingles(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text)
    return [tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)]


class _Roles:
    """The roles of the lines of a page whose parts are known."""

    def __init__(self, blocks: Blocks, marks: Sequence[ElementMark | None], main: MainPart, title: int | None) -> None:
        self._blocks, self._marks, self._main, self._title = blocks, marks, main, title
        self._around, self._inner = blocks.within([main.around]), blocks.within([main.inner])
        self._others = blocks.within(main.others)
        own = [at for at, line in enumerate(blocks.lines) if self._inner[line.element]]
        self._first = next((at for at in own if blocks.lines[at].prose), -1)
        self._last = max(own, default=-1)
        self._part_name = blocks.elements[main.inner].get("class")

    def all(self) -> list[LineRole]:
        """The role of each line, in order."""
        lines = self._blocks.lines
        found = [self._role(at, line) for at, line in enumerate(lines)]
        plain = [at for at, role in enumerate(found) if role == "plain"]
        counts, first = Counter(lines[at].text for at in plain), found.index("text") if "text" in found else 0
        for at in plain:
            if counts[lines[at].text] >= _BUTTONS:  # the same few words again and again
                found[at] = "chrome"
            elif lines[at].linked and not lines[at].heading and at < first:
                found[at] = "tail"  # a writer, a section, a button beside something above the text
        for at in self._titles_of_others():
            found[at] = "title"
        return found

    def _titles_of_others(self) -> list[int]:
        """The first heading of each other article."""
        waiting, found = set(self._main.others), []
        for at, line in enumerate(self._blocks.lines):
            if waiting and self._others[line.element] and is_heading(line):
                path = waiting.intersection(self._blocks.path(line.element))
                waiting -= path
                found += [at] if path else []
        return found

    def _role(self, at: int, line: Block) -> LineRole:
        if at == self._title:
            return "title"
        is_chrome = self._main.is_chrome[line.element]
        if self._others[line.element] and not is_chrome:
            return self._role_inside(line)
        if not self._around[line.element] or (is_chrome and not self._may_credit(at, line)):
            return "link" if line.is_link else "chrome"
        if self._inner[line.element] and not is_chrome:
            return self._role_inside(line)
        if is_chrome or (at > self._last and not self._goes_on(line)):
            return "tail"
        is_item = self._blocks.elements[line.element].tag == "li" and len(line.text) >= _ITEM_CHARACTERS
        role = self._role_around(line)
        return "text" if role == "plain" and is_item and self._title is not None and at > self._title else role

    def _may_credit(self, at: int, line: Block) -> bool:
        """Whether a line of the site's own parts stands where stamps and credits do: below the title, or in a foot."""
        if at > self._last:
            return self._stands_in("footer", line)
        return self._title is not None and self._title < at < self._first

    def _stands_in(self, tag: str, line: Block) -> bool:
        near = islice(self._blocks.path(line.element), _NEAR)
        return any(self._blocks.elements[at].tag == tag for at in near)

    def _goes_on(self, line: Block) -> bool:
        """Whether a line below the text stands in a part of the same name: a text in several parts."""
        near = islice(self._blocks.path(line.element), _NEAR - 1)
        return self._part_name is not None and any(
            self._blocks.elements[at].get("class") == self._part_name for at in near
        )

    def _role_around(self, line: Block) -> LineRole:
        near = (self._marks[at] for at in islice(self._blocks.path(line.element), _NEAR))
        mark = next((each for each in near if each in _NAMED), None)
        if line.is_caption or mark == "caption":
            return "caption"
        if mark == "keywords":
            return "keywords"
        if mark == "byline" and len(line.text) <= _BYLINE_CHARACTERS:
            return "byline"
        if mark == "subtitle" and self._title is not None:
            return "heading"
        return "link" if line.is_link else "plain"

    def _role_inside(self, line: Block) -> LineRole:
        role = self._role_around(line)
        if role != "plain":
            return role
        if line.heading:
            return "heading" if self._title is not None else "plain"
        if self._stands_in("header", line):
            return "plain"
        is_text = self._blocks.elements[line.element].tag in _TEXT_TAGS or line.text.endswith(_SENTENCE_ENDS)
        return "text" if is_text or line.prose >= _PARAGRAPH_WORDS else "plain"
