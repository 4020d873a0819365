"""The benchmark measures what it says: texts are the same each time and like news, the floor holds the very rows."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import mean

import psycopg
import pytest

from benchmarks import stages
from benchmarks.corpus import article, articles
from benchmarks.floor import BEFORE, LOADED, bare_floor, product_floor
from benchmarks.processes import Watch
from benchmarks.runs import CORES, RunFigures, news_file
from benchmarks.tables import BEGIN, END, table, write_measured
from flows.annotation import Annotation
from flows.load import LoadBatch
from flows.load import batch as module
from tests.conftest import Urls

NUMBER = 300
TABLES = """
SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
WHERE table_schema IN ('news', 'ops') AND table_type = 'BASE TABLE'
"""


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> list[LoadBatch]:
    return stages.transform(stages.extract(news_file(tmp_path_factory.mktemp("news"), NUMBER)))


def found_in(batches: list[LoadBatch]) -> list[Annotation]:
    return [item.annotation for batch in batches for item in batch.items if item.annotation]


def test_news_is_the_same_each_time_in_whatever_parts_it_is_made() -> None:
    whole = [each.jsonl() for each in articles(60)]
    assert whole == [each.jsonl() for first in (0, 20, 40) for each in articles(20, first)]
    assert whole[31] == article(31).jsonl()


def test_news_is_made_one_by_one() -> None:
    assert [each.number for each in islice(articles(10**12), 3)] == [0, 1, 2]


def test_no_two_articles_are_the_same_though_some_are_nearly() -> None:
    made = list(articles(1_000))
    assert len({each.text for each in made}) == len(made)
    repeated = [each for each in made if any(each.paragraphs[:-2] == b.paragraphs[:-1] for b in made if b is not each)]
    assert 20 <= len(repeated) <= 80
    assert 0 < len(made) - len({each.url for each in made}) <= 25


def test_news_is_as_long_as_news_is() -> None:
    lengths = [len(each.text) for each in articles(1_000)]
    assert 2_200 <= mean(lengths) <= 2_600
    assert min(lengths) < 700
    assert max(lengths) > 6_000


def test_all_of_it_loads_and_names_as_much_as_the_load_was_planned_with(annotated: list[LoadBatch]) -> None:
    found = found_in(annotated)
    assert len(found) == NUMBER
    assert not any(batch.rejects for batch in annotated)
    assert 27 <= mean(len(each.mentions) for each in found) <= 40
    assert 5 <= mean(len(each.dates) for each in found) <= 10
    assert all(each.articles[0].publication.local for each in found)
    assert any(date.calendar == "hijri" for each in found for date in each.dates)


def test_a_page_says_what_the_article_says(tmp_path: Path) -> None:
    own = article(5)
    (tmp_path / "page.html").write_text(own.html(), encoding="utf-8")
    [[record]] = stages.extract(tmp_path / "page.html")
    assert all(paragraph in record.text for paragraph in own.paragraphs)
    assert own.title in record.text


def test_the_floor_holds_the_very_rows_of_the_load(
    annotated: list[LoadBatch], new_warehouse: Callable[[], Urls]
) -> None:
    loaded, product, bare = (new_warehouse().owner for _ in range(3))
    stages.prepare(loaded)
    stages.load(annotated, loaded)
    assert product_floor(loaded, product).total > 0
    assert bare_floor(loaded, bare).total > 0
    with psycopg.connect(loaded) as one, psycopg.connect(product) as other, psycopg.connect(bare) as third:
        for name in LOADED:
            rows = digest(one, name)
            assert rows == digest(other, name), name
            assert rows == digest(third, f"bare.{name.partition('.')[2]}"), name


def test_no_table_that_a_load_fills_is_missing_from_the_floor(
    annotated: list[LoadBatch], new_warehouse: Callable[[], Urls]
) -> None:
    url = new_warehouse().owner
    stages.prepare(url)
    with psycopg.connect(url, autocommit=True) as connection:
        tables = [row[0] for row in connection.execute(TABLES)]
        before = {name: count(connection, name) for name in tables}
        stages.load(annotated, url)
        filled = {name for name in tables if count(connection, name) != before[name]}
    assert filled <= {*LOADED, *BEFORE, "ops.run_batches"}
    assert set(LOADED) - filled <= {"ops.archived_documents"}


def count(connection: psycopg.Connection, name: str) -> int:
    [number] = connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() or [0]
    return int(number)


def digest(connection: psycopg.Connection, name: str) -> object:
    query = f"SELECT count(*), sum(hashtextextended(each::text, 0)) FROM {name} AS each"
    return connection.execute(query.encode()).fetchone()


def test_steps_are_timed_only_meanwhile(annotated: list[LoadBatch], new_warehouse: Callable[[], Urls]) -> None:
    url, own = new_warehouse().owner, vars(module)["copy_rows"]
    stages.prepare(url)
    with stages.time_spent(module, stages.LOAD_STEPS) as spent:
        stages.load(annotated, url)
    assert vars(module)["copy_rows"] is own
    assert {"COPY articles", "COPY mentions", "chain_articles"} <= spent.keys()


def test_processes_are_watched() -> None:
    begin = time.time()
    with Watch(os.getpid()) as watch:
        while len(watch.busy) < 3 and time.time() - begin < 60:
            sum(range(100_000))
    assert watch.peak["parent"] > 10_000
    assert watch.seconds(begin, time.time())["parent"] > 0


def test_the_busy_share_is_of_all_cores() -> None:
    spent = Counter({"parent": CORES, "workers": CORES, "Postgres": CORES, "ours": 2 * CORES})
    assert RunFigures(1, 9.0, 4.0, 4.0, spent, Counter()).busy_share == pytest.approx(0.75)


def test_tables_take_the_place_between_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n{BEGIN}\nold\n{END}\nThe rest.\n", encoding="utf-8")
    figures = table("Speed", "stage | articles/s", [("load", "7")], "A note.")
    write_measured(page, "Measured today.", [figures])
    written = page.read_text(encoding="utf-8")
    assert written.startswith(
        f"# A page\n{BEGIN}\nMeasured today.\n\n### Speed\n\n| stage | articles/s |\n| --- | ---: |"
    )
    assert written.endswith(f"| load | 7 |\n\nA note.\n{END}\nThe rest.\n")
    write_measured(page, "Measured today.", [figures])
    assert page.read_text(encoding="utf-8") == written


def test_a_page_without_markers_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="put them back"):
        write_measured(page, "", [])
    assert page.read_text(encoding="utf-8") == "mine"


def test_the_page_has_its_markers() -> None:
    page = Path(__file__).parents[1] / "docs" / "performance.md"
    assert page.read_text(encoding="utf-8").index(BEGIN) < page.read_text(encoding="utf-8").index(END)
