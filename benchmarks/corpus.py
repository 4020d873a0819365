"""News of any number, the same each time: sentences of the seed pages, names of the reference tables, days between.

    python -m benchmarks.corpus 10000 [--first 0] [--html] > news.jsonl

Article ``n`` is the same bytes whichever others are made with it, so that a corpus can be made in parts, and only one
article is held at a time. Lengths, names and times are near what the load was planned with: 2,400 characters in the
mean, 33 mentions and 8 times an article. Names follow Zipf's law. Of a hundred articles four are another's text under a
headline of their own, and one is a later version of another at its address.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape
from random import Random

from hijridate import Gregorian

from benchmarks.world import SEED, Outlet, world

_FIRST_DAY = datetime(2019, 1, 1, tzinfo=UTC)
_DAYS = 2_500
_MEDIAN, _SPREAD, _SHORTEST, _LONGEST = 2_050, 0.5, 300, 12_000
"""Characters: the median and the spread of a lognormal distribution, and its bounds."""
_SHARES = {"saying": 0.12, "background": 0.45, "report": 0.43}
"""How many of the sentences are of which kind; those of the background name nobody."""
_UNLISTED_SHARE, _RELATIVE_SHARE, _COPY_SHARE, _UPDATE_SHARE = 0.15, 0.6, 0.04, 0.01
_NEAR = 200
"""A copy or later version is at most so many articles behind its first."""
_PAGE = (
    '<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title} - {source}</title>'
    '<meta property="og:title" content="{title}"><meta property="og:url" content="{url}">'
    '<meta property="article:published_time" content="{date}"></head><body>'
    '<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/politics">سياسة</a></li>'
    '<li><a href="/sport">رياضة</a></li></ul></nav><main><article><h1>{title}</h1><time datetime="{date}">{date}</time>'
    "{paragraphs}</article></main>"
    '<aside><h2>اقرأ أيضا</h2><ul><li><a href="/1">خبر آخر من المنطقة</a></li></ul></aside>'
    "<footer><p>جميع الحقوق محفوظة © {source}</p></footer></body></html>"
)


@dataclass(frozen=True, slots=True)
class NewsArticle:
    """One made-up article; ``published`` has a zone."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    url: str
    published: datetime
    source: str

    @property
    def text(self) -> str:
        """The paragraphs with a blank line between."""
        return "\n\n".join(self.paragraphs)

    def jsonl(self) -> bytes:
        """A line of JSONL with the fields title, text, url, date, source."""
        fields = {
            "title": self.title,
            "text": self.text,
            "url": self.url,
            "date": self.published.isoformat(),
            "source": self.source,
        }
        return json.dumps(fields, ensure_ascii=False).encode() + b"\n"

    def html(self) -> str:
        """The same as a page with navigation, links and a footer."""
        return _PAGE.format(
            title=escape(self.title),
            source=escape(self.source),
            url=escape(self.url),
            date=self.published.isoformat(),
            paragraphs="".join(f"<p>{escape(each)}</p>" for each in self.paragraphs),
        )


class Slots(dict[str, str]):
    """Fills the slots of an article's phrases from its cast: a few people, places and organisations of its own."""

    def __init__(self, dice: Random, outlet: Outlet, published: datetime) -> None:
        super().__init__(s=outlet.name)
        self._dice, self._style, self._published, self._world = dice, outlet.style, published, world()
        n_unlisted = sum(dice.random() < _UNLISTED_SHARE for _ in range(5))
        listed = self._world.people.draw(dice, 5 - n_unlisted)
        self._people = listed + self._world.unlisted.draw(dice, n_unlisted)
        self._organisations = self._world.organisations.draw(dice, 4)
        self._places = self._world.places.draw(dice, 5)
        self._nationalities = self._world.nationalities.draw(dice, 2)
        self._fill: dict[str, Callable[[], str]] = {
            "p": self._person,
            "n": lambda: self._choose(self._people).rpartition(" ")[2],
            "o": lambda: self._choose(self._organisations),
            "l": lambda: self._choose(self._places),
            "g": lambda: f"ال{self._choose(self._nationalities)}",
            "f": lambda: f"ال{self._choose(self._nationalities)}ة",
            "d": self._time,
            "e": lambda: self._time().removeprefix("في "),
            "k": lambda: str(dice.randint(11, 999)),
            "w": lambda: self._choose(self._world.phrases["words"]),
        }

    def __missing__(self, slot: str) -> str:
        """Another filling each time."""
        return self._fill[slot]()

    def phrase(self, kind: str) -> str:
        """A phrase of a kind, filled."""
        return self._dice.choice(self._world.phrases[kind]).format_map(self)

    def _choose(self, things: Sequence[str]) -> str:
        """The first of a few most often, as who a report is about."""
        return things[min(self._dice.randrange(len(things)), self._dice.randrange(len(things)))]

    def _person(self) -> str:
        """A person with the role that goes with the name."""
        name, roles = self._choose(self._people), self._world.phrases["role"]
        return f"{roles[sum(map(ord, name)) % len(roles)].format_map(self)} {name}".lstrip()

    def _time(self) -> str:
        """A time as the outlet writes it: told from the day of publication, or a date before it."""
        dice, published, phrases = self._dice, self._published, self._world.phrases
        if dice.random() >= _RELATIVE_SHARE:
            return "في " + self._date(published - timedelta(days=dice.randint(2, 400)))
        t, y, *others = (self._world.weekdays[(published.weekday() - back) % 7] for back in range(7))
        return dice.choice(phrases["relative"]).format(t=t, y=y, x=dice.choice(others), q=dice.choice(phrases["count"]))

    def _date(self, day: datetime) -> str:
        months = self._world.months
        if self._style == "hijri":
            hijri = Gregorian(day.year, day.month, day.day).to_hijri()
            return f"{hijri.day} {months['hijri'][hijri.month - 1]} {hijri.year}هـ"
        month = months[self._style][day.month - 1]
        if self._style == "levant" and day.day % 2:
            month += f"/{months['gulf'][day.month - 1]}"
        return f"{day.day} {month} {day.year}" if day.day % 3 else f"{day.day} {month} الماضي"


def articles(number: int, first: int = 0) -> Iterator[NewsArticle]:
    """So many articles from the ``first`` on."""
    return map(article, range(first, first + number))


def article(number: int) -> NewsArticle:
    """One article, the same each time."""
    dice = Random(f"{SEED} copies {number}")  # noqa: S311 - the same news each time, no secret
    chance = dice.random()
    own = _compose(number)
    if number == 0 or chance >= _COPY_SHARE + _UPDATE_SHARE:
        return own
    other = _compose(max(0, number - dice.randint(1, _NEAR)))
    paragraphs = (*other.paragraphs[:-1], *own.paragraphs[-2:])
    if chance < _COPY_SHARE:
        return replace(own, paragraphs=paragraphs)
    later = other.published + timedelta(hours=dice.randint(1, 48))
    return replace(other, number=number, published=later, paragraphs=paragraphs)


def _compose(number: int) -> NewsArticle:
    """One article of its own words."""
    dice = Random(f"{SEED} {number}")  # noqa: S311 - the same news each time, no secret
    outlet = world().outlets.draw(dice, 1)[0]
    published = _FIRST_DAY + timedelta(days=dice.randrange(_DAYS), minutes=dice.randrange(24 * 60))
    slots = Slots(dice, outlet, published)
    wanted = min(max(_SHORTEST, int(_MEDIAN * dice.lognormvariate(0, _SPREAD))), _LONGEST)
    paragraphs = [f"{slots['l']} ({outlet.name}) – {slots.phrase('lead')}"]
    size, sentences = len(paragraphs[0]), _sentences(dice)
    while size < wanted:
        paragraphs.append(" ".join(next(sentences).format_map(slots) for _ in range(dice.randint(1, 2))))
        size += len(paragraphs[-1]) + 2
    paragraphs.append(slots.phrase("credit"))
    url = f"https://{outlet.domain}/news/{number}"
    return NewsArticle(number, slots.phrase("title"), tuple(paragraphs), url, published, outlet.name)


def _sentences(dice: Random) -> Iterator[str]:
    """Sentences without end, none again before all others of its kind."""
    banks = [_shuffled(dice, world().phrases[kind]) for kind in _SHARES]
    while True:
        yield next(dice.choices(banks, list(_SHARES.values()))[0])


def _shuffled(dice: Random, bank: Sequence[str]) -> Iterator[str]:
    while True:
        yield from dice.sample(bank, len(bank))


def main() -> None:
    """Print the articles."""
    options = argparse.ArgumentParser(prog="benchmarks.corpus")
    options.add_argument("number", type=int)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--html", action="store_true", help="as pages of HTML in the field html")
    given = options.parse_args()
    for each in articles(given.number, given.first):
        page = json.dumps({"html": each.html(), "url": each.url}, ensure_ascii=False).encode() + b"\n"
        sys.stdout.buffer.write(page if given.html else each.jsonl())


if __name__ == "__main__":
    main()
