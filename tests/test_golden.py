"""The seed pages against their hand-made annotation: floors that no change may fall below, and the stored card."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from benchmarks.gold import GOLD, SEEDS, Score, score_pages
from benchmarks.scorecard import differences, read_baseline, table
from tests.readme import made_parts

FLOORS = [
    # one document holds two articles; one has no headline
    ("articles: count", 1.0),
    ("articles: title", 1.0),
    # one page is dated, five honestly are not
    ("publication: value", 1.0),
    ("publication: weekday", 1.0),
    ("segments: kind", 0.96),
    ("segments: article", 0.96),
    ("mentions: strict", 0.94),
    ("mentions: titles", 0.88),
    ("linking (B-cubed)", 0.93),
    ("dates: overlap", 0.95),
    ("dates: value, published given", 0.95),
    ("sources", 0.85),
    ("quotes", 0.90),
    ("quotes: speaker", 0.83),
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


def test_the_card_has_every_kind_of_every_layer(card: dict[str, Score]) -> None:
    assert {name.rpartition(": ")[2] for name in card if name.startswith("sources: ")} == {
        "anonymous", "cited", "official", "origin", "photo_credit",
    }  # fmt: skip
    for measure in ("sources", "mentions: strict", "dates: overlap"):
        kinds = [score for name, score in card.items() if name.startswith(f"{measure}: ")]
        assert sum(score.wanted for score in kinds) == card[measure].wanted
        assert len(card[measure].misses) == card[measure].given + card[measure].wanted - 2 * card[measure].right


def test_gains_and_losses_are_told_line_by_line() -> None:
    before = {"sources": Score(1, 2, 2, ["000 5 missed cited A", "000 9 extra cited B"]), "dates: kind": Score(1, 2, 2)}
    after = {"sources": Score(1, 2, 2, ["000 5 missed cited A", "001 7 missed cited C"]), "dates: kind": Score(2, 2, 2)}
    assert list(differences(before, after)) == [
        (True, "dates: kind: 0.500 -> 1.000"),
        (True, "sources: 000 9 extra cited B"),
        (False, "sources: 001 7 missed cited C"),
    ]


def test_the_readme_shows_the_stored_card() -> None:
    assert made_parts()["scorecard"] == table(read_baseline()), "run: python tests/readme.py URL"
