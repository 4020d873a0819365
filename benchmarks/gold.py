"""The hand-made annotation of the seed pages compared with what the transform finds, layer by layer and kind by kind.

Spans are code points. Optional and chrome mentions of the annotation are ignore zones: a prediction about one counts
neither way. The rules of the annotation are in tests/golden/README.md.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.transform import annotate

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "golden" / "pages"
SEEDS = ROOT / "seeds" / "documents"

Item = dict[str, Any]
Pairs = list[tuple[Item, Item]]

SAME_SPAN = 0.5
SAME_QUOTE = 0.8
SAME_TITLE = 0.3
_VALUED = ("absolute", "relative", "count")


@dataclass(slots=True)
class Score:
    """Right answers among those given and those wanted; ``misses`` say line by line what was wrong."""

    right: int = 0
    given: int = 0
    wanted: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, right: int, given: int, wanted: int) -> None:
        """Count some answers."""
        self.right += right
        self.given += given
        self.wanted += wanted

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; for accuracies, where given equals wanted, the accuracy."""
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 1.0


class Card(defaultdict[str, Score]):
    """The scores of all measures by name; ``sources: official`` is the part of ``sources`` that is of one kind."""

    def __init__(self) -> None:
        super().__init__(Score)

    def answer(self, measure: str, kind: str | None, *, right: bool) -> None:
        """Count one answer to one question, in all and for its kind."""
        for name in (measure, f"{measure}: {kind}") if kind else (measure,):
            self[name].add(int(right), 1, 1)

    def found(self, measure: str, pairs: Pairs, missed: Iterable[Item], extra: Iterable[Item], page: _Page) -> None:
        """Count what was found, missed and found too much, in all and for each kind."""
        for wanted, _ in pairs:
            self._count(measure, _kind(wanted), (1, 1, 1))
        for wanted in missed:
            self._count(measure, _kind(wanted), (0, 0, 1))
            self[measure].misses.append(page.line("missed", wanted))
        for got in extra:
            self._count(measure, _kind(got), (0, 1, 0))
            self[measure].misses.append(page.line("extra", got))

    def _count(self, measure: str, kind: str | None, numbers: tuple[int, int, int]) -> None:
        for name in (measure, f"{measure}: {kind}") if kind else (measure,):
            self[name].add(*numbers)


@dataclass(frozen=True, slots=True)
class _Page:
    """One annotated page: its gold, its text, what was found without and with its day of publication."""

    gold: Item
    text: str
    found: Item
    dated: Item

    def line(self, what: str, item: Item) -> str:
        """One line about one answer: the page, the place, what was wrong, the words."""
        words = " ".join(self.text[item["start"] : item["end"]].split())[:60]
        return f"{self.gold['file'][:3]} {item['start']} {what} {_kind(item) or ''} {words}".replace("  ", " ")


def score_pages() -> dict[str, Score]:
    """Every measure over all pages, by its name."""
    card = Card()
    links: list[tuple[str, str]] = []
    n_names = 0
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SEEDS / gold["file"]).read_bytes().decode()
        day = gold["articles"][0]["true_published"]["value"][:10]
        page = _Page(gold, text, annotate(text).to_dict(), annotate(text, published=day).to_dict())
        _segments(card, page)
        _articles(card, page)
        n_names += _mentions(card, page, links)
        _dates(card, page)
        _dated(card, page)
        _sources(card, page)
        _quotes(card, page)
    card["linking (B-cubed)"] = _b_cubed(links, n_names)
    return dict(card)


def _kind(item: Item) -> str | None:
    """What a layer calls the kind of an item: gold mentions have a type, sources a role, quotations nothing."""
    kind = item.get("kind") or item.get("type") or item.get("role")
    return None if kind is None else str(kind)


def overlap(one: Item, other: Item) -> int:
    """How many code points two spans share."""
    shared: int = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return max(0, shared)


def likeness(one: Item, other: Item) -> float:
    """Shared code points over all code points of two spans."""
    shared = overlap(one, other)
    whole = one["end"] - one["start"] + other["end"] - other["start"] - shared
    return shared / whole if shared else 0.0


def pair(gold: Iterable[Item], found: Iterable[Item], fits: Callable[[Item, Item], Any]) -> tuple[Pairs, list[Item]]:
    """Pair one to one in text order, exact spans first; returns the pairs and what is left of ``found``."""
    free = list(found)
    pairs: Pairs = []
    waiting = list(gold)
    for exact in (True, False):
        for wanted in list(waiting):
            fitting = [x for x in free if fits(wanted, x) and (not exact or _span(wanted) == _span(x))]
            if fitting:
                best = max(fitting, key=lambda x: likeness(wanted, x))
                free = [x for x in free if x is not best]
                waiting = [x for x in waiting if x is not wanted]
                pairs.append((wanted, best))
    return pairs, free


def _span(item: Item) -> tuple[int, int]:
    return item["start"], item["end"]


def _unpaired(items: Iterable[Item], pairs: Pairs) -> Iterator[Item]:
    paired = {id(wanted) for wanted, _ in pairs}
    return (item for item in items if id(item) not in paired)


def _segments(card: Card, page: _Page) -> None:
    kinds: dict[int, tuple[str, int | None]] = {}
    for segment in page.found["segments"]:
        kinds |= dict.fromkeys(range(*_span(segment)), (segment["kind"], segment["article"]))
    for segment in page.gold["segments"]:
        places = [at for at in range(*_span(segment)) if not page.text[at].isspace()]
        right = sum(kinds.get(at, ("", None))[0] == segment["kind"] for at in places)
        for name in ("segments: kind", f"segments: kind: {segment['kind']}"):
            card[name].add(right, len(places), len(places))
        if right < len(places):
            card["segments: kind"].misses.append(page.line("wrong", segment))
        right = sum(kinds.get(at, ("", -1))[1] == segment["article"] for at in places)
        card["segments: article"].add(right, len(places), len(places))


def _articles(card: Card, page: _Page) -> None:
    card.answer("articles: count", None, right=len(page.gold["articles"]) == len(page.found["articles"]))
    by_ordinal = {article["ordinal"]: article for article in page.found["articles"]}
    for wanted in page.gold["articles"]:
        got = by_ordinal.get(wanted["ordinal"], {"title": "-", "published": {"value": "-", "weekday": "-"}})
        published, stated = got["published"], wanted["published"]
        card.answer("articles: title", None, right=(wanted["title"] or "").split() == (got["title"] or "").split())
        card.answer("publication: value", None, right=published["value"] == stated["value"])
        card.answer("publication: weekday", None, right=published["weekday"] == stated["weekday"])


def _mentions(card: Card, page: _Page, links: list[tuple[str, str]]) -> int:
    gold, zones = page.gold["mentions"], page.gold["optional_mentions"] + page.gold["chrome_mentions"]
    pairs, free = pair(gold, page.found["mentions"], lambda g, x: _span(g) == _span(x) and g["type"] == x["kind"])
    missed = [wanted for wanted in _unpaired(gold, pairs) if not wanted.get("nested")]
    extra = [got for got in free if not any(_spares(zone, got) for zone in zones)]
    card.found("mentions: strict", pairs, missed, extra, page)
    for wanted, got in pairs:
        links.append((wanted["entity"], got["entity_key"] or f"none:{page.gold['file']}:{got['start']}"))
        spans = [{"start": x.get("title_start"), "end": x.get("title_end")} for x in (wanted, got)]
        has_title = [span["start"] is not None for span in spans]
        right = all(has_title) and likeness(*spans) >= SAME_TITLE
        card["mentions: titles"].add(int(right), int(has_title[1]), int(has_title[0]))
    return len(pairs) + len(missed)


def _spares(zone: Item, found: Item) -> bool:
    inside = zone["start"] <= found["start"] and found["end"] <= zone["end"]
    return inside or likeness(zone, found) >= SAME_SPAN


def _dates(card: Card, page: _Page) -> None:
    gold, found = page.gold["dates"], page.found["dates"]
    pairs, free = pair(gold, found, overlap)
    card["dates: strict"].add(sum(_span(wanted) == _span(got) for wanted, got in pairs), len(found), len(gold))
    card.found("dates: overlap", pairs, _unpaired(gold, pairs), free, page)
    for wanted, got in pairs:
        card.answer("dates: kind", None, right=wanted["kind"] == got["kind"])
        if wanted["kind"] in _VALUED:
            values = {_interval(f"{wanted['value_start']}/{wanted['value_end']}")}
            if wanted["kind"] == "count":  # an epoch is reference data: the text needs no publication for it
                values.add(_interval(wanted.get("resolved_if_published") or "/"))
            card.answer("dates: value from the text", wanted["kind"], right=_given(got) in values)


def _dated(card: Card, page: _Page) -> None:
    """The values of the page's own dates that its day of publication settles."""
    paired = {id(wanted): got for wanted, got in pair(page.gold["dates"], page.dated["dates"], overlap)[0]}
    for wanted in page.gold["dates"]:
        is_own = not wanted.get("article") and wanted.get("resolved_if_published") and wanted["kind"] in _VALUED
        if not is_own or wanted.get("anchor_type") in ("event", "original_text_day", "speech"):
            continue
        values = {_interval(wanted[name]) for name in ("resolved_if_published", "alt_resolved") if wanted.get(name)}
        right = id(wanted) in paired and _given(paired[id(wanted)]) in values
        card.answer("dates: value, published given", wanted["kind"], right=right)
        if not right:
            card["dates: value, published given"].misses.append(page.line("wrong", wanted))


def _interval(value: str) -> tuple[str, ...]:
    return tuple(_moment(part) for part in re.sub(r" *\(.*", "", value).split("/"))


def _given(date: Item) -> tuple[str, ...]:
    return tuple(_moment(str(date[name])) for name in ("value_start", "value_end"))


def _moment(value: str) -> str:
    day, _, clock = value.partition("T")
    return f"{day}T{(clock + ':00:00')[:5] if clock else '00:00'}"


def _sources(card: Card, page: _Page) -> None:
    zones = [source for source in page.gold["sources"] if source.get("anaphoric")]
    wanted = [source for source in page.gold["sources"] if not source.get("anaphoric")]
    given = [x for x in page.found["sources"] if x["start"] is not None and x["role"] != "publisher"]
    pairs, free = pair(wanted, given, lambda g, x: g["role"] == x["role"] and overlap(g, x))
    extra = [got for got in free if not any(overlap(zone, got) for zone in zones)]
    card.found("sources", pairs, _unpaired(wanted, pairs), extra, page)


def _quotes(card: Card, page: _Page) -> None:
    gold = page.gold["quotes"]
    pairs, free = pair(gold, page.found["quotes"], lambda g, x: likeness(g, x) >= SAME_QUOTE)
    card.found("quotes", pairs, _unpaired(gold, pairs), free, page)
    for wanted, got in pairs:
        named = (got["speaker"] or "").casefold() == (wanted.get("speaker") or "-").casefold()
        spans = [{"start": x.get("speaker_start"), "end": x.get("speaker_end")} for x in (wanted, got)]
        shared = all(None not in span.values() for span in spans) and overlap(*spans) > 0
        card.answer("quotes: speaker", None, right=named or shared)
        if not (named or shared):
            card["quotes: speaker"].misses.append(page.line(f"speaker {got['speaker']} of", wanted))


def _b_cubed(links: list[tuple[str, str]], n_names: int) -> Score:
    """B-cubed over strictly matched mentions; recall over all mentions wanted. Given as an F1 of whole thousandths."""
    entities: dict[str, set[int]] = defaultdict(set)
    keys: dict[str, set[int]] = defaultdict(set)
    for index, (entity, key) in enumerate(links):
        entities[entity].add(index)
        keys[key].add(index)
    precision = sum(len(entities[e] & keys[k]) / len(keys[k]) for e, k in links) / max(1, len(links))
    recall = sum(len(entities[e] & keys[k]) / len(entities[e]) for e, k in links) / max(1, n_names)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(round(1000 * f1), 1000, 1000)
