"""``annotate`` in Python and on the command line: the JSON of the contract, line by line, whatever comes in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.transform import annotate

SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "documents"
LAYERS = ("articles", "segments", "sources", "mentions", "dates", "quotes")
KEYS = {
    "articles": {"ordinal", "title", "subtitle", "language", "embedded", "published"},
    "segments": {"start", "end", "kind", "article"},
    "sources": {"article", "start", "end", "surface", "role", "name", "source_key"},
    "mentions": {
        "article", "start", "end", "surface", "kind", "entity", "entity_key", "title", "title_start", "title_end",
        "method", "confidence",
    },
    "dates": {
        "article", "start", "end", "surface", "kind", "grain", "value_start", "value_end", "duration", "confidence",
    },
    "quotes": {"article", "start", "end", "surface", "speaker", "speaker_start", "speaker_end", "verb"},
}  # fmt: skip


def musnad(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", "annotate", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", **environment},
    )


def lines(*objects: Any) -> list[dict[str, Any]]:
    data = "\n".join(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in objects)
    done = musnad("--jsonl", stdin=data.encode())
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


@pytest.mark.parametrize("path", sorted(SEEDS.iterdir()), ids=lambda path: path.stem[:3])
def test_every_layer_has_the_keys_of_the_contract_and_spans_hold_their_surface(path: Path) -> None:
    found = annotate(path.read_bytes().decode()).to_dict()
    for layer in LAYERS:
        assert found[layer] or layer in ("quotes", "sources")
        for each in found[layer]:
            assert set(each) >= KEYS[layer]
            if each.get("surface") is not None:
                assert found["text"][each["start"] : each["end"]] == each["surface"]


def test_lines_come_back_in_order_with_their_ids_and_errors_in_place() -> None:
    answers = lines(
        {"id": "a", "text": "أمس الاثنين", "published": "2024-04-02", "unknown": [1]},
        "",
        "{not json",
        {"id": 2, "text": ""},
        {"id": None, "text": "نص", "published": "yesterday"},
        {"id": {"any": "thing"}, "html": "<p>زار الرئيس <b>القاهرة</b></p>"},
        [1],
        {"id": "both", "text": "a", "html": "b"},
    )
    assert [answer["id"] for answer in answers] == ["a", None, 2, None, {"any": "thing"}, None, "both"]
    codes = [answer["error"]["reason_code"] if "error" in answer else None for answer in answers]
    assert codes == [None, "bad_json", None, "bad_published", None, "bad_json", "bad_field"]
    assert answers[0]["dates"][0]["value_start"] == "2024-04-01"
    assert [answers[2][layer] for layer in LAYERS] == [[]] * 6
    assert answers[4]["text"] == "زار الرئيس القاهرة"


def test_one_page_is_one_indented_object(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><h1>عنوان</h1><p>قال الوزير أمس إن الأمر انتهى.</p></body></html>", encoding="utf-8")
    done = musnad(str(page), "--published", "2024-04-02")
    assert done.returncode == 0
    assert done.stdout.startswith(b"{\n ")
    assert json.loads(done.stdout)["dates"][0]["value_start"] == "2024-04-01"


def test_a_page_of_html_is_dated_by_its_own_metadata_and_what_is_given_outranks_it() -> None:
    html = (
        '<html><head><script type="application/ld+json">{"@type":"NewsArticle",'
        '"datePublished":"2024-03-12T10:00:00+03:00"}'
        "</script></head><body><h1>عنوان</h1><p>قال الوزير أمس إن الأمر انتهى.</p></body></html>"
    )
    own, given = lines({"id": 1, "html": html}, {"id": 2, "html": html, "published": "2024-04-02"})
    assert [each["articles"][0]["published"]["basis"] for each in (own, given)] == ["metadata", "given"]
    assert own["articles"][0]["published"]["value"] == "2024-03-12T10:00"
    assert [each["dates"][0]["value_start"] for each in (own, given)] == ["2024-03-11", "2024-04-01"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        # no such file
        (("nothing.txt",), b"nothing.txt"),
        # an option that cannot be read
        (("-", "--published", "soon"), b"--published soon"),
        # an option nobody knows
        (("--nonsense",), b"nonsense"),
    ],
)
def test_wrong_usage_is_one_sentence_and_status_2(arguments: tuple[str, ...], words: bytes) -> None:
    done = musnad(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_a_line_over_the_limit_is_refused_and_the_next_is_read() -> None:
    long = json.dumps({"id": 1, "text": "x" * 5_000})
    done = musnad("--jsonl", stdin=f'{long}\n{{"id": 2, "text": "نص"}}\n'.encode(), MUSNAD_MAX_RECORD_BYTES="1000")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["error"]["reason_code"] == "too_large"
    assert second["id"] == 2


def test_annotate_needs_neither_prefect_nor_sqlalchemy() -> None:
    code = "import sys, flows.transform; print([m for m in ('prefect', 'sqlalchemy', 'psycopg') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


WORDS = [
    "قال", "الرئيس", "محمد", "بن", "سلمان", "وزير", "الخارجية", "الأمريكي", "أمس", "الاثنين", "«", "»", "“", "”", '"',
    "(", ")", "،", ".", ":", "-", "•", "\n", "\n\n", "المصدر", "رويترز", "اقرأ أيضاً", "3", "مارس", "2024", "الساعة",
    "14:30", "م", "هـ", "١٢", "و", "ب", "لل", "الجيش", "مصدر", "مطلع", "منذ", "بعد", "قبل", "شهرين", "/", "\t",
    "\u200f", "\ufefb", "😀", "\0",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_mix_of_words_gives_spans_inside_the_text_and_values_in_order(text: str) -> None:
    found = annotate(text, published="2024-04-02").to_dict()
    for layer in LAYERS[1:]:
        for each in found[layer]:
            if each["start"] is not None:
                assert 0 <= each["start"] < each["end"] <= len(text)
    for date in found["dates"]:
        assert (date["value_start"] is None) == (date["value_end"] is None)
        assert date["value_start"] is None or date["value_start"] < date["value_end"]
    for layer in ("mentions", "dates", "quotes"):
        spans = [(each["start"], each["end"]) for each in found[layer]]
        assert len(spans) == len(set(spans))
