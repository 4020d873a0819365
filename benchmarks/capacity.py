"""What 1 million, 100 million and 10 billion articles need, from measured figures: the table of docs/scale.md.

    python -m benchmarks.capacity --rate 278 --wal 36900 --archive 1400 --warehouse "$(musnad db url)"

The rate is articles loaded for each second that one core is busy, by all there is: workers, parent, Prefect, Postgres.
Bytes in Postgres are asked of a warehouse that has been loaded; without one, the last that were measured count.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log10

import psycopg

_SIZES = {"1 million": 10**6, "100 million": 10**8, "10 billion": 10**10}
_CORES = (2, 32, 512)
_UNITS = ("B", "KB", "MB", "GB", "TB", "PB")
_TIMES = ((365.25 * 86_400, "years"), (86_400, "days"), (3_600, "hours"), (60, "minutes"), (1, "seconds"))
_BYTES = """
SELECT
    sum(pg_total_relation_size(relid))::float8 / (SELECT count(*) FROM news.articles),
    (SELECT count(*) FROM news.mentions)::float8 / (SELECT count(*) FROM news.articles)
FROM pg_catalog.pg_stat_user_tables
WHERE schemaname IN ('news', 'ops') AND relname <> 'calendar'
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of one article: ``rate`` is articles a second a core, all others are bytes but ``mentions``."""

    rate: float = 278
    postgres: float = 24_900
    wal: float = 36_900
    archive: float = 1_400
    mentions: float = 33.7


def measured_in(url: str, known: Measured) -> Measured:
    """The same with what a loaded warehouse says."""
    with psycopg.connect(url) as connection:
        row = connection.execute(_BYTES).fetchone()
    assert row is not None
    return replace(known, postgres=row[0], mentions=row[1])


def table(figures: Measured) -> Iterator[str]:
    """The lines of the table, as Markdown."""
    heads = ["articles", "mentions", *(f"loaded by {cores} cores in" for cores in _CORES)]
    heads += ["Postgres", "WAL written", "raw archive"]
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for name, number in _SIZES.items():
        cells = [name, f"{_rounded(number * figures.mentions / 10**6):,.0f} million"]
        cells += [in_time(number / figures.rate / cores) for cores in _CORES]
        cells += [in_bytes(number * each) for each in (figures.postgres, figures.wal, figures.archive)]
        yield f"| {' | '.join(cells)} |"


def in_bytes(number: float) -> str:
    """Bytes in the largest unit that leaves one or more, to two figures.

    >>> in_bytes(26_400e6), in_bytes(1_300e6), in_bytes(380e12)
    ('26 GB', '1.3 GB', '380 TB')
    """
    power = min(int(log10(_rounded(number))) // 3, len(_UNITS) - 1)
    return f"{_rounded(number) / 1000**power:g} {_UNITS[power]}"


def in_time(seconds: float) -> str:
    """A time in the unit people would say it in, to two figures.

    >>> in_time(7), in_time(90), in_time(7_200), in_time(200_000), in_time(10**8)
    ('7 seconds', '90 seconds', '2 hours', '2.3 days', '3.2 years')
    """
    size, unit = next(each for each in _TIMES if seconds >= 2 * each[0] or each[0] == 1)
    return f"{_rounded(seconds / size):g} {unit}"


def _rounded(number: float) -> float:
    return float(f"{number:.1e}")


def main() -> None:
    """Print the table."""
    known = Measured()
    parser = argparse.ArgumentParser(prog="benchmarks.capacity", description=__doc__)
    for name in ("rate", "wal", "archive"):
        parser.add_argument(f"--{name}", type=float, default=getattr(known, name))
    parser.add_argument("--warehouse", metavar="URL", help="a loaded warehouse, to ask for bytes and mentions")
    given = parser.parse_args()
    figures = replace(known, rate=given.rate, wal=given.wal, archive=given.archive)
    if given.warehouse:
        figures = measured_in(given.warehouse, figures)
    print(figures)
    print("\n".join(table(figures)))


if __name__ == "__main__":
    main()
