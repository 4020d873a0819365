"""Score the transform against the hand-made annotation of the seed pages, layer by layer.

    python -m benchmarks.scorecard [--misses LAYER]

Each page is annotated twice: as it is, and with its true day of publication given. Spans are compared as code points.
Optional and chrome mentions of the annotation are ignore zones: a prediction about one counts neither way. The rules
of the annotation are in tests/golden/README.md; one annotator, five pages: a development set, not a test result.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
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


@dataclass(slots=True)
class Score:
    """Right answers among those given and those wanted; ``misses`` say what was wrong, for the eye."""

    right: int = 0
    given: int = 0
    wanted: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, right: int, given: int, wanted: int) -> None:
        """Count one page."""
        self.right += right
        self.given += given
        self.wanted += wanted

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; for accuracies, where given equals wanted, the accuracy."""
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 1.0


def score_pages() -> dict[str, Score]:
    """Every measure over all pages, by its name."""
    card: dict[str, Score] = defaultdict(Score)
    links: list[tuple[str, str]] = []
    n_names = 0
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SEEDS / gold["file"]).read_bytes().decode()
        found = annotate(text).to_dict()
        dated = annotate(text, published=gold["articles"][0]["true_published"]["value"][:10]).to_dict()
        _segments(card, gold, found, text)
        _articles(card, gold, found)
        n_names += _mentions(card, gold, found, links)
        _dates(card, gold, found, dated)
        _sources(card, gold, found)
        _quotes(card, gold, found)
    card["linking (B-cubed)"] = _b_cubed(links, n_names)
    return dict(card)


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


def _segments(card: dict[str, Score], gold: Item, found: Item, text: str) -> None:
    kinds: dict[int, tuple[str, int | None]] = {}
    for segment in found["segments"]:
        for index in range(segment["start"], segment["end"]):
            kinds[index] = (segment["kind"], segment["article"])
    for segment in gold["segments"]:
        places = [i for i in range(*_span(segment)) if not text[i].isspace()]
        right = sum(kinds.get(i, ("", None))[0] == segment["kind"] for i in places)
        card["segments: kind"].add(right, len(places), len(places))
        if right < len(places):
            card["segments: kind"].misses.append(f"{segment['kind']}: {text[slice(*_span(segment))][:60]}")
        right = sum(kinds.get(i, ("", -1))[1] == segment["article"] for i in places)
        card["segments: article"].add(right, len(places), len(places))


def _articles(card: dict[str, Score], gold: Item, found: Item) -> None:
    card["articles: count"].add(int(len(gold["articles"]) == len(found["articles"])), 1, 1)
    by_ordinal = {article["ordinal"]: article for article in found["articles"]}
    for wanted in gold["articles"]:
        got = by_ordinal.get(wanted["ordinal"], {"title": "-", "published": {"value": "-", "weekday": "-"}})
        published, stated = got["published"], wanted["published"]
        same_title = (wanted["title"] or "").split() == (got["title"] or "").split()
        card["articles: title"].add(int(same_title), 1, 1)
        card["publication: value"].add(int(published["value"] == stated["value"]), 1, 1)
        card["publication: weekday"].add(int(published["weekday"] == stated["weekday"]), 1, 1)


def _mentions(card: dict[str, Score], gold: Item, found: Item, links: list[tuple[str, str]]) -> int:
    zones = gold["optional_mentions"] + gold["chrome_mentions"]
    pairs, free = pair(
        gold["mentions"], found["mentions"], lambda g, x: _span(g) == _span(x) and g["type"] == x["kind"]
    )
    extra = [x for x in free if not any(_spares(zone, x) for zone in zones)]
    hit = {id(wanted) for wanted, _ in pairs}
    needed = [wanted for wanted in gold["mentions"] if not wanted.get("nested") or id(wanted) in hit]
    score = card["mentions: strict"]
    score.add(len(pairs), len(pairs) + len(extra), len(needed))
    score.misses += [f"missed {wanted['surface']}" for wanted in needed if id(wanted) not in hit]
    score.misses += [f"extra {x['surface']}" for x in extra]
    for wanted, got in pairs:
        links.append((wanted["entity"], got["entity_key"] or f"none:{gold['file']}:{got['start']}"))
        title = wanted.get("title_start"), wanted.get("title_end")
        given = got["title_start"], got["title_end"]
        both = None not in (*title, *given)
        same = both and likeness(dict(zip(("start", "end"), title, strict=True)),
                                 dict(zip(("start", "end"), given, strict=True))) >= 0.3  # noqa: PLR2004  # fmt: skip
        card["mentions: titles"].add(int(same), int(given[0] is not None), int(title[0] is not None))
    return len(needed)


def _spares(zone: Item, found: Item) -> bool:
    inside = zone["start"] <= found["start"] and found["end"] <= zone["end"]
    return inside or likeness(zone, found) >= SAME_SPAN


def _dates(card: dict[str, Score], gold: Item, found: Item, dated: Item) -> None:
    valued = ("absolute", "relative", "count")
    pairs, free = pair(gold["dates"], found["dates"], overlap)
    strict = sum(_span(wanted) == _span(got) for wanted, got in pairs)
    card["dates: strict"].add(strict, len(found["dates"]), len(gold["dates"]))
    card["dates: overlap"].add(len(pairs), len(found["dates"]), len(gold["dates"]))
    hit = {id(wanted) for wanted, _ in pairs}
    card["dates: overlap"].misses += [f"missed {w['surface']}" for w in gold["dates"] if id(w) not in hit]
    card["dates: overlap"].misses += [f"extra {x['surface']}" for x in free]
    for wanted, got in pairs:
        card["dates: kind"].add(int(wanted["kind"] == got["kind"]), 1, 1)
        if wanted["kind"] in valued:
            values = {_interval(f"{wanted['value_start']}/{wanted['value_end']}")}
            if wanted["kind"] == "count":  # an epoch is reference data: the text needs no publication for it
                values.add(_interval(wanted.get("resolved_if_published") or "/"))
            card["dates: value from the text"].add(int(_given(got) in values), 1, 1)
    again = {id(wanted): got for wanted, got in pair(gold["dates"], dated["dates"], overlap)[0]}
    for wanted in gold["dates"]:
        anchored = wanted.get("anchor_type") not in ("event", "original_text_day", "speech")
        if wanted["kind"] in valued and not wanted.get("article") and anchored and wanted.get("resolved_if_published"):
            values = {_interval(wanted[name]) for name in ("resolved_if_published", "alt_resolved") if wanted.get(name)}
            right = id(wanted) in again and _given(again[id(wanted)]) in values
            card["dates: value, published given"].add(int(right), 1, 1)
            if not right:
                card["dates: value, published given"].misses.append(wanted["surface"])


def _interval(value: str) -> tuple[str, ...]:
    return tuple(_moment(part) for part in re.sub(r" *\(.*", "", value).split("/"))


def _given(date: Item) -> tuple[str, ...]:
    return tuple(_moment(str(date[name])) for name in ("value_start", "value_end"))


def _moment(value: str) -> str:
    day, _, clock = value.partition("T")
    return f"{day}T{(clock + ':00:00')[:5] if clock else '00:00'}"


def _sources(card: dict[str, Score], gold: Item, found: Item) -> None:
    zones = [source for source in gold["sources"] if source.get("anaphoric")]
    wanted = [source for source in gold["sources"] if not source.get("anaphoric")]
    given = [source for source in found["sources"] if source["start"] is not None and source["role"] != "publisher"]
    pairs, free = pair(wanted, given, lambda g, x: g["role"] == x["role"] and overlap(g, x))
    extra = [x for x in free if not any(overlap(zone, x) for zone in zones)]
    card["sources"].add(len(pairs), len(pairs) + len(extra), len(wanted))
    hit = {id(source) for source, _ in pairs}
    card["sources"].misses += [f"missed {s['role']} {s['surface']}" for s in wanted if id(s) not in hit]
    card["sources"].misses += [f"extra {x['role']} {x['surface']}" for x in extra]


def _quotes(card: dict[str, Score], gold: Item, found: Item) -> None:
    pairs, free = pair(gold["quotes"], found["quotes"], lambda g, x: likeness(g, x) >= SAME_QUOTE)
    card["quotes"].add(len(pairs), len(found["quotes"]), len(gold["quotes"]))
    card["quotes"].misses += [f"extra {x['surface'][:60]}" for x in free]
    for wanted, got in pairs:
        named = (got["speaker"] or "").casefold() == (wanted.get("speaker") or "-").casefold()
        spans = [{"start": x.get("speaker_start"), "end": x.get("speaker_end")} for x in (wanted, got)]
        shared = all(None not in span.values() for span in spans) and overlap(*spans) > 0
        card["quotes: speaker"].add(int(named or shared), 1, 1)


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


def main() -> None:
    """Print the card; with ``--misses`` what one measure missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", metavar="LAYER")
    options = parser.parse_args()
    card = score_pages()
    for name, score in sorted(card.items()):
        if options.misses and name.startswith(options.misses):
            print("\n".join(score.misses))
        print(f"{name:32} {score.f1:.3f}   right {score.right}, given {score.given}, wanted {score.wanted}")


if __name__ == "__main__":
    main()
