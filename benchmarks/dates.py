"""How fast times are read, beside ``dateparser.search``: both over the same generated pages, in one run.

    python benchmarks/dates.py [--pages N] [--seed N]

dateparser is no dependency of the project. Where it is missing only our own speed is printed, and how to install it.
Two corpora: ``news``, sentences of reports, and ``dense``, nothing but expressions. Ours is the whole reading of a
page: folding, tokens, the one pass over the full lexicon, finding and resolving against a publication; dateparser
searches each page in Arabic with the same reference time.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from flows.transform.dates import find_time_expressions, resolve_dates
from flows.transform.page import read_page
from flows.transform.rules import load_rules
from flows.values import Publication

try:
    from dateparser.search import search_dates
except ImportError:
    search_dates = None

PUBLISHED = datetime(2024, 4, 1, 14, 20)  # noqa: DTZ001 - an article's wall time has no zone
PAGE_CHARACTERS = 2_500
RUNS = 5
GREGORIAN = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
LEVANT = ["شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول"]
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
RELATIVE = (
    "أمس", "اليوم", "غدا", "قبل أسبوعين", "منذ ستة أشهر", "الأسبوع الماضي", "الشهر المقبل", "قبل ثلاثة أيام",
    "العام الماضي", "بعد يومين", "نهاية الشهر الجاري", "الساعات الماضية",
)  # fmt: skip
SENTENCES = (
    "أعلنت وزارة الخارجية {0} أن الوفد سيصل إلى العاصمة {1} لبحث سبل تعزيز التعاون بين البلدين في مجالات الطاقة.",
    "وقال المتحدث باسم الحكومة في مؤتمر صحفي {0} إن الاتفاق بين الطرفين لا يزال قائما رغم الخلافات على تفاصيله.",
    "وأفادت مصادر محلية بأن عمليات الإنقاذ انتهت {0} بعد العثور على جميع المفقودين تحت أنقاض المبنى المنهار.",
    "وارتفعت أسعار النفط في التعاملات الآسيوية وسط توقعات بأن يتواصل الطلب وأن تتراجع المخزونات الأمريكية.",
    "ودعت المنظمة جميع الأطراف إلى ضبط النفس وحماية المدنيين والسماح بدخول المساعدات دون عوائق.",
)
"""Some with two, one and no expression: one in some 130 characters, about twice as many as pages of news have."""


def expression(rng: random.Random) -> str:
    """One time expression, of the kinds both programmes know."""
    day, year = rng.randint(1, 28), rng.randint(2015, 2024)
    return rng.choice(
        (
            f"{day} {rng.choice(GREGORIAN)} {year}",
            f"{day} {rng.choice(LEVANT)} {year}",
            f"{day}/{rng.randint(1, 12)}/{year}",
            f"يوم {rng.choice(WEEKDAYS)} {day} {rng.choice(GREGORIAN)}",
            f"{rng.choice(WEEKDAYS)} الماضي",
            rng.choice(RELATIVE),
        )
    )


def news_page(rng: random.Random) -> str:
    """A page of sentences, with and without expressions."""
    return _filled(lambda: rng.choice(SENTENCES).format(expression(rng), expression(rng)))


def dense_page(rng: random.Random) -> str:
    """A page of nothing but expressions, one a line."""
    return _filled(lambda: expression(rng))


def _filled(line: Callable[[], str]) -> str:
    lines: list[str] = []
    while sum(map(len, lines)) < PAGE_CHARACTERS:
        lines.append(line())
    return "\n".join(lines)


def read_ours(pages: Sequence[str]) -> int:
    """Read all pages with this project; how many expressions were found."""
    rules, publication = load_rules(), Publication(local=PUBLISHED, grain="minute", basis="given")
    found = 0
    for text in pages:
        page = read_page(text, rules.lexicon)
        expressions = find_time_expressions(page, rules.time)
        found += len(resolve_dates(page, expressions, (), (publication,)))
    return found


def read_dateparser(pages: Sequence[str]) -> int:
    """Read all pages with dateparser; how many expressions were found."""
    if search_dates is None:
        raise RuntimeError("dateparser is not installed")
    settings = {"RELATIVE_BASE": PUBLISHED, "PREFER_DATES_FROM": "past"}
    return sum(len(search_dates(text, languages=["ar"], settings=settings) or ()) for text in pages)


def measured(readers: Sequence[Callable[[Sequence[str]], int]], pages: Sequence[str]) -> list[tuple[float, int]]:
    """Processor seconds of each reader, the best of some runs after a warm-up, and the expressions it found.

    The readers take turns, as a machine that others share is now faster, now slower.
    """
    for read in readers:
        read(pages[:1])
    results = [(float("inf"), 0)] * len(readers)
    for _ in range(RUNS):
        for place, read in enumerate(readers):
            begin = time.process_time()
            found = read(pages)
            results[place] = min(results[place][0], time.process_time() - begin), found
    return results


def report(name: str, n_characters: int, ours: tuple[float, int], theirs: tuple[float, int] | None = None) -> None:
    """Print one corpus as one line."""
    line = f"{name}: {n_characters:,} characters; ours {n_characters / ours[0]:,.0f} characters/s ({ours[1]:,} found)"
    if theirs is not None:
        line += f"; dateparser.search {n_characters / theirs[0]:,.0f} ({theirs[1]:,} found)"
        line += f"; ratio {theirs[0] / ours[0]:.1f}"
    print(line)


def main() -> None:
    """Measure each corpus and print it, then both together."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=20, help="pages of 2,500 characters in each corpus")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if search_dates is None:
        sys.stderr.write("dateparser is missing: for the comparison, install it with `pip install dateparser`\n")
    readers = [read_ours] if search_dates is None else [read_ours, read_dateparser]
    n_all, all_results = 0, [(0.0, 0)] * len(readers)
    for name, make in (("news", news_page), ("dense", dense_page)):
        rng = random.Random(options.seed)  # noqa: S311 - the same corpus every time, no secret
        pages = [make(rng) for _ in range(options.pages)]
        n_characters, results = sum(map(len, pages)), measured(readers, pages)
        report(name, n_characters, *results)
        n_all, all_results = n_all + n_characters, list(map(_added, all_results, results))
    report("both", n_all, *all_results)


def _added(one: tuple[float, int], other: tuple[float, int]) -> tuple[float, int]:
    return one[0] + other[0], one[1] + other[1]


if __name__ == "__main__":
    main()
