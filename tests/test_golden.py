"""The seed pages against their hand-made annotation: floors that no change may fall below."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from benchmarks.scorecard import GOLD, SEEDS, Score, score_pages

FLOORS = [
    # one document holds two articles; one has no headline
    ("articles: count", 1.0),
    ("articles: title", 1.0),
    # one page is dated, five honestly are not
    ("publication: value", 1.0),
    ("publication: weekday", 1.0),
    ("segments: kind", 0.93),
    ("mentions: strict", 0.85),
    ("linking (B-cubed)", 0.90),
    ("dates: overlap", 0.85),
    ("dates: value, published given", 0.80),
    ("sources", 0.70),
    ("quotes", 0.80),
]
SEED_SHA256 = {
    "000_30345e6e1d45c63f.txt": "12b37f91b25314f4422620ad408085563110f7916fac2718ee6622289fab26ab",
    "001_a45db2407ac8a247.txt": "97a0c1e469641fec58c439743e51bda53436b0bb645b0119fe00362689d21db3",
    "002_dd862da1f6f5acd6.txt": "3a120abc0c603d0ae13bf603f809929eee7afad7808bc228c55b5df9d58a0032",
    "003_43ab4be7852f3d20.txt": "9cb279e8588c8bfe08b4c6ac01afa779b864caf070c510043fdb6c59ea063923",
    "004_4fa3a07213f4c177.txt": "d40a744565b8cb463715dce72dc2244433e5ea21d33bc3051bc7977ca16cdbf5",
}


@pytest.fixture(scope="module")
def card() -> dict[str, Score]:
    return score_pages()


@pytest.mark.parametrize(("measure", "floor"), FLOORS)
def test_no_layer_falls_below_its_floor(card: dict[str, Score], measure: str, floor: float) -> None:
    score = card[measure]
    assert score.wanted > 0
    assert score.f1 >= floor, "\n".join(score.misses)


@pytest.mark.parametrize(("name", "digest"), SEED_SHA256.items())
def test_the_seed_documents_are_what_they_were(name: str, digest: str) -> None:
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == digest


def test_every_seed_has_its_annotation() -> None:
    assert {path.stem for path in GOLD.glob("*.json")} == {Path(name).stem for name in SEED_SHA256}
