"""What stands above an article's first paragraph: headline, subtitle, tags, stamps, and the site's menu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from flows.transform.page import Page
from flows.transform.segments.coverage import covered_place, covered_tokens
from flows.transform.segments.cues import SegmentCue
from flows.transform.segments.labels import Label
from flows.transform.segments.lines import Line, ParagraphShape
from flows.values import SegmentKind

_LEAST_TITLE_WORDS: Final = 3
_MOST_TITLE_WORDS: Final = 30
_SUBTITLE_WORDS: Final = 7
_SHORT_WORDS: Final = 3
_STEM: Final = 4
_SCENE_WORDS: Final = 12
_MENU_LINES: Final = 3
_FITTING_SHARE: Final = 0.4
_FIRST_LINE_SHARE: Final = 0.15
_DATELINE_WORDS: Final = 6
_TEXT_TOKENS: Final = 600
_REPEATED_WORDS: Final = 5
_CONJUNCTIONS: Final = "وف"
_LONGEST: Final = 40
"""Longer words are not remembered: hostile texts are full of them."""
_STEMS: Final[dict[str, str]] = {}
_MOST_STEMS: Final = 65_536
_STAMPED_SHARE: Final = 0.25
_LEAST_ENTRIES: Final = 2
_BEST_SHARE: Final = 0.8
_BREAKING: Final = "عاجل"
_WRITER_MARKS: Final = frozenset("-/|")


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines above an article's first paragraph are."""

    kinds: dict[int, SegmentKind] = field(default_factory=dict)


def is_title_like(line: Line, shape: ParagraphShape | None) -> bool:
    """Whether a line may be a headline: a few words at least, a sentence of moderate length, no full stop."""
    fits = _LEAST_TITLE_WORDS <= line.words <= _MOST_TITLE_WORDS and not line.ends_sentence
    return fits and not (shape and shape.fits(line))


def stems(page: Page, first: int, last: int) -> set[str]:
    """Rough stems of the longer words of some tokens: without و ف, ب ل ك and ال, four letters long."""
    found: set[str] = set()
    for word in page.tokens.words[first:last]:
        if len(word) >= _STEM:
            found.add(_STEMS.get(word) or _stem(word))
    found.discard("")
    return found


def _stem(word: str) -> str:
    """The rough stem of one long word, "" where it is not of letters; remembered, since texts repeat their words."""
    bare = word.lstrip(_CONJUNCTIONS) if word.isalpha() else ""
    for prefix in ("ال", "بال", "لل", "كال"):
        bare = bare.removeprefix(prefix)
    if len(_STEMS) >= _MOST_STEMS:
        _STEMS.clear()
    if len(word) <= _LONGEST:
        _STEMS[word] = bare[:_STEM]
    return bare[:_STEM]


def shared_words(page: Page, title: Line, text: Line) -> float:
    """The share of a title's words that a text takes up, 0 to 1."""
    wanted = stems(page, title.first, title.last)
    return len(wanted & stems(page, text.first, text.last)) / len(wanted) if wanted else 0.0


def read_head(
    page: Page, lines: list[Line], labels: list[Label | None], waiting: Sequence[int], paragraph: int
) -> Head:
    """Tell apart the lines above the first paragraph.

    The headline is the first title whose words the text takes up nearly as well as any; a menu or search line ends
    what stands above it.
    """
    entries = live_entries(lines, labels, waiting)
    title = _headline(page, lines, labels, [i for i in waiting if i not in entries], paragraph)
    menu, places = _menu_lines(lines, labels, waiting), set(waiting)
    kinds: dict[int, SegmentKind] = {}
    for index in waiting:
        label = labels[index]
        if label:
            kinds[index] = label.kind
        elif index in entries:
            kinds[index] = "body"
        elif title is None or index < title:
            kinds[index] = "navigation" if index in menu else "boilerplate"
        elif index == title or _surface(page, lines[index]) == _surface(page, lines[title]):
            kinds[index] = "headline"
        else:
            kinds[index] = _below(page, lines, index, [i for i in (index - 1, index + 1) if i in places])
    return Head(kinds)


def live_entries(lines: list[Line], labels: list[Label | None], waiting: Sequence[int]) -> set[int]:
    """The lines right below the clock times of a live blog; one clock time alone goes with the page's stamp."""
    clocks = {i for i in waiting if (label := labels[i]) and _is_clock(lines[i], label)}
    found = {i for i in waiting if labels[i] is None and lines[i].words > _SHORT_WORDS and i - 1 in clocks}
    return found if len(found) >= _LEAST_ENTRIES else set()


def _is_clock(line: Line, label: Label) -> bool:
    return label.kind == "dateline" and not label.has_day and line.words <= 1


def _menu_lines(lines: list[Line], labels: list[Label | None], waiting: Sequence[int]) -> set[int]:
    """Lines that stand in a run of short ones or menu labels: a menu nobody labelled."""
    found: set[int] = set()
    run: list[int] = []
    for index in (*waiting, -1):
        if index >= 0 and (lines[index].words <= _SHORT_WORDS or _is_menu(labels[index])):
            run.append(index)
            continue
        found.update(run if len(run) >= _MENU_LINES else ())
        run = []
    return found


def _surface(page: Page, line: Line) -> str:
    return page.text[line.start : line.end]


def _headline(
    page: Page, lines: list[Line], labels: list[Label | None], waiting: Sequence[int], paragraph: int
) -> int | None:
    titles = [i for i in waiting if labels[i] is None and is_title_like(lines[i], None)]
    marked = [i for i in waiting if (label := labels[i]) and label.kind == "headline"]
    if marked:
        return marked[0]
    if len(titles) <= 1:
        return titles[0] if titles else None
    first = lines[paragraph].first
    text = stems(page, first, first + _TEXT_TOKENS)
    shares = {i: _share(stems(page, lines[i].first, lines[i].last), text) for i in titles}
    last_menu = max((i for i in waiting if _is_menu(labels[i])), default=-1)
    below = [i for i in titles if i > last_menu]
    titles = _above_stamp(titles, shares, next((i for i in waiting if (label := labels[i]) and label.has_day), -1))
    below = [i for i in below if i in titles]
    best = max(shares[i] for i in titles)
    if below and max(shares[i] for i in below) >= _FITTING_SHARE * best:
        titles = below
    best = max(shares[i] for i in titles)
    is_first = titles[0] == 0 and not _is_ticker(page, lines[0])
    if is_first and lines[0].words > _SHORT_WORDS and shares[0] >= _FIRST_LINE_SHARE:
        return _without_site_name(page, lines, titles, 0)
    least = {i: best * (_BEST_SHARE if _is_ticker(page, lines[i]) else _FITTING_SHARE) for i in titles}
    chosen = next(i for i in titles if shares[i] >= least[i])
    return _without_site_name(page, lines, titles, chosen)


def _is_ticker(page: Page, line: Line) -> bool:
    """``عاجل: متابعة مستمرة ...``: the site's line of breaking news, which may stand above any article."""
    words = page.tokens.words
    return words[line.first] == _BREAKING and not words[line.first + 1].isalnum()


def _above_stamp(titles: list[int], shares: dict[int, float], stamp: int) -> list[int]:
    """The titles above the publication's stamp, unless the text takes up far more of one below it."""
    above = [i for i in titles if i < stamp]
    is_fit = above and max(shares[i] for i in above) >= _STAMPED_SHARE * max(shares.values())
    return above if is_fit else titles


def _is_menu(label: Label | None) -> bool:
    return label is not None and label.kind == "navigation" and label.effect != "tools"


def _share(wanted: set[str], text: set[str]) -> float:
    return len(wanted & text) / len(wanted) if wanted else 0.0


def _without_site_name(page: Page, lines: list[Line], titles: Sequence[int], chosen: int) -> int:
    """``Title - Site`` above ``Title``: the page's own title, then the headline."""
    surface = _surface(page, lines[chosen])
    for later in titles:
        shorter = _surface(page, lines[later])
        if later > chosen and len(shorter) < len(surface) and surface.startswith(shorter):
            return later
    return chosen


def _below(page: Page, lines: list[Line], index: int, neighbours: Sequence[int]) -> SegmentKind:
    """Under the headline: a subtitle, a printed-twice caption, a block of tags, a writer, or a section's label."""
    line = lines[index]
    repeats = any(_surface(page, lines[i]) == _surface(page, line) for i in neighbours)
    if line.words < _SUBTITLE_WORDS and _is_place_and_more(page, line):
        return "dateline"
    if line.words >= _REPEATED_WORDS and repeats:
        return "caption"
    if _ends_in_agency(page, line):
        return "byline" if _begins_writer(page, line, line.first) else "caption"
    if line.words > _SHORT_WORDS:
        is_names = line.words < _SUBTITLE_WORDS and _is_all_names(page, line)
        return "caption" if is_names or _shows_a_scene(page, line) else "subtitle"
    return _short_below(page, lines, index, neighbours)


def _short_below(page: Page, lines: list[Line], index: int, neighbours: Sequence[int]) -> SegmentKind:
    """One to three words: who wrote it, tags in a block, or the label of a section standing alone."""
    line = lines[index]
    if line.words > 1 and any(_begins_writer(page, line, at) for at in range(line.first, line.last)):
        return "byline"
    if page.tokens.words[line.last - 1] == "-":
        return "dateline"
    has_next = any(i > index and not lines[i].follows_blank and lines[i].words <= _SHORT_WORDS for i in neighbours)
    has_previous = not line.follows_blank and any(i < index and lines[i].words <= _SHORT_WORDS for i in neighbours)
    return "keywords" if has_next or has_previous else "boilerplate"


def _begins_writer(page: Page, line: Line, token: int) -> bool:
    """Whether a given name opens a line, or stands behind the first mark of one (``بلادنا24 - مريم الأحمدي``)."""
    is_first = token == line.first or page.tokens.words[token - 1] in _WRITER_MARKS
    return is_first and any(hit.entry.category == "given_name" and not hit.offset for hit in page.hits_at(token))


def _is_place_and_more(page: Page, line: Line) -> bool:
    """``أنقرة / وكالة``, ``أبوظبي (الاتحاد)`` under a headline: a known place, then a mark and a few words."""
    reach = covered_place(page, line.first, line.last)
    return line.words <= _DATELINE_WORDS and line.first < reach < line.last and page.tokens.words[reach] in "-/("


def _shows_a_scene(page: Page, line: Line) -> bool:
    """``هوكستين خلال زيارة سابقة لبيروت``: a short line on who is seen doing what when."""
    if line.words > _SCENE_WORDS:
        return False
    cues = (hit.entry.value for token in range(line.first + 1, line.last) for hit in page.hits_at(token))
    return any(isinstance(cue, SegmentCue) and cue.match == "below" for cue in cues)


def _ends_in_agency(page: Page, line: Line) -> bool:
    """``الرئيسان في القصر - وكالة``: who the photograph is from, behind a last dash."""
    words = page.tokens.words
    dash = next((at for at in range(line.last - 1, line.first, -1) if words[at] in "-/"), None)
    return dash is not None and dash + 1 < line.last == covered_tokens(page, dash + 1, line.last, ("source",))


def _is_all_names(page: Page, line: Line) -> bool:
    """``الرئيس عبد الفتاح السيسي`` alone: who is in the photograph."""
    index = line.first
    while index < line.last:
        reach = covered_tokens(page, index, line.last, ("entity", "title", "given_name"))
        if reach == index and page.tokens.words[index].isalnum():
            return False
        index = max(reach, index + 1)
    return True
