"""What a run did, as a person reads it: counts, the articles loaded last, and how to open the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from rich.console import Console
from rich.table import Table

from flows.annotation import wall_time
from flows.load.overview import ArticleGlance, latest_articles
from flows.report import COUNTS, RunReport
from flows.warehouse import open_warehouse

if TYPE_CHECKING:
    from flows.settings import Settings

MAX_ARTICLES = 20
_MIN_WIDTH = 120
_TITLE = 140


def show_summary(report: RunReport, settings: Settings, *, is_preview: bool) -> None:
    """Print the summary of a run, or of a dry run, to standard output."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=max(console.width, _MIN_WIDTH))
    console.print(_counts(report))
    if report.rejects:
        console.print(_rejects(report))
    if is_preview:
        console.print("This was a dry run: nothing was written.")
        return
    if report.changed_nothing:
        n_read = report.run["n_read"]
        console.print(f"Nothing changed: all {n_read:,} records were in the warehouse already.", highlight=False)
    warehouse = open_warehouse(settings)
    with psycopg.connect(warehouse.url("loader"), application_name="musnad summary") as connection:
        articles = latest_articles(connection, MAX_ARTICLES)
    if articles:
        console.print(_articles(articles))
    console.print(_ways_in(), highlight=False, soft_wrap=True, markup=False)


def _counts(report: RunReport) -> Table:
    table = Table(title=f"Run {report.run['run_id'] or '(dry)'}: {report.run['state']}", title_justify="left")
    for name in COUNTS:
        table.add_column(name, justify="right")
    table.add_row(*(f"{report.run[name]:,}" for name in COUNTS))
    return table


def _rejects(report: RunReport) -> Table:
    table = Table(title="Rejected, by reason (musnad rejects list shows each)", title_justify="left")
    table.add_column("reason_code")
    table.add_column("records", justify="right")
    for code, number in sorted(report.rejects.items()):
        table.add_row(code, f"{number:,}")
    return table


def _articles(articles: list[ArticleGlance]) -> Table:
    table = Table(title="Articles loaded last", title_justify="left")
    table.add_column("title", overflow="fold")
    table.add_column("published", overflow="fold")
    for name in ("sources", "mentions", "dates", "quotes"):
        table.add_column(name, justify="right")
    for each in articles:
        numbers = (each.n_sources, each.n_mentions, each.n_dates, each.n_quotes)
        table.add_row(_title(each), _published(each), *(f"{number:,}" for number in numbers))
    return table


def _title(article: ArticleGlance) -> str:
    title = article.title or f"(no headline) {article.opening}…"
    short = title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
    return f"{short} [embedded]".replace("[", "\\[") if article.is_embedded else short.replace("[", "\\[")


def _published(article: ArticleGlance) -> str:
    """The publication as far as it is known: a value, else weekday and bounds, else that it is not stated."""
    if article.published_local is not None:
        return (wall_time(article.published_local, article.published_grain) or "").replace("T", " ")
    earliest, latest = article.published_earliest_date, article.published_latest_date
    parts = [f"a {article.published_weekday}"] if article.published_weekday else []
    parts += [f"from {earliest}"] if earliest else []
    parts += [f"until {latest}"] if latest else []
    return "not stated" + (f" ({', '.join(parts)})" if parts else "")


def _ways_in() -> str:
    return """
The warehouse is up and stays up (musnad db stop ends it). To open it:
  SQL     .venv/bin/musnad db psql -c "SELECT title, published_date, n_mentions FROM mart.articles"
  psql    psql "$(.venv/bin/musnad db url)"
  Python  psycopg.connect(subprocess.check_output([".venv/bin/musnad", "db", "url"], text=True).strip())
  BI      PostgreSQL; host, port, database, user and password as .venv/bin/musnad db url prints them; schema mart
"""
