"""Tables of figures: on a terminal, and as Markdown in the marked part of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table as RichTable

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True, slots=True)
class Table:
    """One table; all columns but the first hold figures. ``note`` stands below it."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def to_markdown(self) -> str:
        """The table under a heading."""
        lines = [self.header, ("---", *["---:"] * (len(self.header) - 1)), *self.rows]
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        return f"### {self.title}\n\n{table}\n" + (f"\n{self.note}\n" if self.note else "")

    def show(self, console: Console) -> None:
        """Print it."""
        shown = RichTable(title=self.title, title_justify="left", caption=self.note or None, caption_justify="left")
        for number, name in enumerate(self.header):
            shown.add_column(name, justify="right" if number else "left")
        for row in self.rows:
            shown.add_row(*row)
        console.print(shown)


def table(title: str, header: str, rows: Iterable[Sequence[str]], note: str = "") -> Table:
    """A table whose header's cells are parted by bars."""
    return Table(title, tuple(map(str.strip, header.split("|"))), tuple(map(tuple, rows)), note)


def write_measured(page: Path, heading: str, tables: Iterable[Table]) -> None:
    """Put tables in place of those between the markers of a page; the rest of it stays.

    Raises:
        ValueError: the page lacks the markers.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page}: the lines {BEGIN} and {END} say where the tables go; put them back")
    measured = "\n".join(each.to_markdown() for each in tables)
    page.write_text(f"{before}{BEGIN}\n{heading}\n\n{measured}{END}{after}", encoding="utf-8")
