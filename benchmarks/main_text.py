"""How well the main text and title of HTML pages are found, beside trafilatura.

Run ``python -m benchmarks.main_text`` for the layouts of ``main_text_pages/``, each filled with three stories: those
of ``layouts/`` were there when the rules were made, those of ``held_out/`` came after. With ``--pages FOLDER`` it reads
pages of your own: each ``NAME.html`` with a ``NAME.txt`` beside it, whose first line is the title and whose other lines
are the main text. trafilatura takes part where it is installed (``pip install trafilatura lxml_html_clean``); the
product does not need it.

The measure is that of Scrapinghub's article extraction benchmark: precision and recall of the 4-word shingles of a
text against those of the gold text, averaged over pages. Lines that one reader may count and another not (standfirst,
writer, captions) count neither way.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from string import Template

from flows.transform import annotate

FOLDER = Path(__file__).parent / "main_text_pages"
COLLECTIONS = ("layouts", "held_out")
_HEADER = re.compile(r"<!-- group: ([^;]+); body: ([^;]*); optional: ([^;]*) -->\n")
_WORD = re.compile(r"\w+")
_SHINGLE = 4


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page and its main text as a person marked it, lines of ``optional`` counting neither way."""

    name: str
    collection: str
    group: str
    html: str
    title: str
    body: tuple[str, ...]
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader of pages took for title and main text."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one main text, and whether the title is the very one."""

    precision: float
    recall: float
    f1: float
    title: float


Extract = Callable[[str], Found]


def layout_pages(collection: str) -> Iterator[GoldPage]:
    """Each layout of a collection filled with each story."""
    stories = json.loads((FOLDER / "stories.json").read_text(encoding="utf-8"))
    others = json.loads((FOLDER / "others.json").read_text(encoding="utf-8"))
    for path in sorted((FOLDER / collection).glob("*.html")):
        markup = path.read_text(encoding="utf-8")
        header = _HEADER.match(markup)
        if header is None:
            raise ValueError(f"{path}: the first line must say group, body and optional")
        for number, story in enumerate(stories):
            words = {**others, **story}
            yield GoldPage(
                f"{path.stem}-{number}",
                collection,
                header[1],
                Template(markup[header.end() :]).substitute(words),
                story["title"],
                tuple(_named(header[2], words)),
                tuple(_named(header[3], words)),
            )


def _named(names: str, words: dict[str, str]) -> Iterator[str]:
    """The texts of a list of names, parted by spaces, or by bars where some are texts themselves."""
    for name in names.split("|") if "|" in names else names.split():
        yield words.get(name) or Template(name).substitute(words)


def folder_pages(folder: Path) -> Iterator[GoldPage]:
    """The pages of a folder that have a gold text."""
    for path in sorted(folder.glob("*.html")):
        gold = path.with_suffix(".txt")
        if gold.exists():
            title, *body = (line for line in gold.read_text(encoding="utf-8").splitlines() if line.strip())
            markup = path.read_text(encoding="utf-8", errors="replace")
            yield GoldPage(path.stem, folder.name, "pages", markup, title, tuple(body))


def ours(html: str) -> Found:
    """Title and body of the page's own article; headings between its paragraphs are of its text."""
    found = annotate(html=html)
    own = [segment for segment in found.segments if segment.article == 0]
    first = next((segment.start for segment in own if segment.kind == "body"), len(found.text))
    spans = [s for s in own if s.kind == "body" or (s.kind == "subtitle" and s.start > first)]
    begins = {found.text.rfind("\n", 0, span.start) + 1: span.end for span in spans}
    lines = tuple(found.text[start:end] for start, end in sorted(begins.items()))
    title = found.articles[0].title if found.articles else None
    return Found(title or "", lines)


def rivals() -> dict[str, Extract]:
    """The three ways of trafilatura, none where it is not installed."""
    if find_spec("trafilatura") is None:
        return {}
    bare_extraction = import_module("trafilatura").bare_extraction
    reset_caches = import_module("trafilatura.meta").reset_caches

    def extract(*, precise: bool, much: bool) -> Extract:
        def read(html: str) -> Found:
            reset_caches()  # our pages share their stories; real ones would not find their dates in a cache
            document = bare_extraction(
                html, include_comments=False, favor_precision=precise, favor_recall=much, with_metadata=True
            )
            if document is None:
                return Found("", ())
            return Found(document.title or "", tuple((document.text or "").split("\n")))

        return read

    return {
        "trafilatura": extract(precise=False, much=False),
        "favor_precision": extract(precise=True, much=False),
        "favor_recall": extract(precise=False, much=True),
    }


def score(gold: GoldPage, found: Found) -> Score:
    """Compare one found text with the gold one by its shingles."""
    ignored = {_plain(line) for line in (gold.title, *gold.optional)} - {_plain(line) for line in gold.body}
    have = _shingles(line for line in found.lines if _plain(line) not in ignored)
    want = _shingles(gold.body)
    common = (have & want).total()
    precision = common / have.total() if have else float(not want)
    recall = common / want.total() if want else 1.0
    f1 = 2 * precision * recall / (precision + recall) if common else 0.0
    return Score(precision, recall, f1, float(_plain(found.title) == _plain(gold.title)))


def _plain(line: str) -> str:
    return " ".join(_WORD.findall(line))


def _shingles(lines: Iterable[str]) -> Counter[tuple[str, ...]]:
    words = [word for line in lines for word in _WORD.findall(line)]
    return Counter(tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)) if words)


def measure(pages: list[GoldPage], extract: Extract) -> tuple[list[Score], float]:
    """The score of each page, and the milliseconds a page took."""
    extract(pages[0].html)
    begin = time.process_time()
    found = [extract(page.html) for page in pages]
    milliseconds = 1000 * (time.process_time() - begin) / len(pages)
    return [score(page, each) for page, each in zip(pages, found, strict=True)], milliseconds


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _row(name: str, scores: list[Score]) -> str:
    parts = (_mean(getattr(each, part) for each in scores) for part in ("precision", "recall", "f1", "title"))
    return f"  {name:<16}" + "".join(f"{part:>8.3f}" for part in parts)


def main() -> None:
    """Print the table: one block a group of pages, then one a collection, one line an extractor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, help="a folder of NAME.html and NAME.txt")
    parser.add_argument("--worst", type=int, default=0, help="also name our pages with the lowest F1")
    options = parser.parse_args()
    own = (page for collection in COLLECTIONS for page in layout_pages(collection))
    pages = list(folder_pages(options.pages) if options.pages else own)
    results = {name: measure(pages, extract) for name, extract in {"ours": ours, **rivals()}.items()}
    print(f"  {'':<16}{'P':>8}{'R':>8}{'F1':>8}{'title':>8}")
    for of_page in (lambda page: page.group, lambda page: f"all of {page.collection}"):
        blocks: dict[str, list[int]] = defaultdict(list)
        for at, page in enumerate(pages):
            blocks[of_page(page)].append(at)
        for block, places in blocks.items():
            print(f"{block} ({len(places)})")
            for name, (scores, _) in results.items():
                print(_row(name, [scores[at] for at in places]))
    for name, (_, milliseconds) in results.items():
        print(f"{name}: {milliseconds:.1f} ms a page")
    worst = sorted(zip(results["ours"][0], pages, strict=True), key=lambda pair: pair[0].f1)
    for found, page in worst[: options.worst]:
        print(f"{page.name}: P {found.precision:.2f} R {found.recall:.2f} title {found.title:.0f}")


if __name__ == "__main__":
    main()
