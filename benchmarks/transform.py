"""How fast the transform is, and that its time grows with the length of a page and no faster.

    python -m benchmarks.transform

Prints the best of five runs for each seed page, and one page of 1 MB against ten of 100 kB, made of the seed pages, in
the same run. Figures of different machines do not compare; the ratio does.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from flows.transform import annotate, load_rules

SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "documents"
PAGE = 100_000
RUNS = 5


def seconds(texts: Sequence[str]) -> float:
    """Seconds of processor time it takes to annotate some texts, one after the other."""
    start = time.process_time()
    for text in texts:
        annotate(text)
    return time.process_time() - start


def main() -> None:
    """Print the tables."""
    start = time.process_time()
    load_rules()
    print(f"rules compiled in {time.process_time() - start:.2f} s")
    pages = [path.read_bytes().decode() for path in sorted(SEEDS.iterdir())]
    seconds(pages)
    for page in pages:
        best = min(seconds([page]) for _ in range(RUNS))
        print(f"{len(page):>7,} characters {1000 * best:6.1f} ms {len(page) / best / 1e6:6.2f} Mchar/s")
    text = "\n\n".join(pages * (10 * PAGE // sum(map(len, pages)) + 1))[: 10 * PAGE]
    apart = min(seconds([text[first : first + PAGE] for first in range(0, len(text), PAGE)]) for _ in range(2))
    whole = min(seconds([text]) for _ in range(2))
    print(f"ten pages of 100 kB {apart:.2f} s, one of 1 MB {whole:.2f} s: {whole / apart:.2f} times")


if __name__ == "__main__":
    main()
