"""Every format and fault: each record is one outcome, at its place, with its reason."""

from __future__ import annotations

import gzip
import hashlib
import json
import resource
import time
import zlib
from dataclasses import fields, replace
from pathlib import Path

import brotli  # type: ignore[import-untyped] # it has no stubs
import pytest
from backports import zstd

from flows.extract import ExtractLimits, extract_batches, find_inputs, load_field_names
from flows.extract.documents import canonical_json, join_texts, plain_text
from flows.extract.fields import FieldNamesError, plain_name
from flows.options import extract_limits
from flows.reference.tables import ReferenceTables
from flows.settings import Settings
from flows.values import RawRecord, Reject
from tests.corpus import NEWSML, PAGE, RSS, SITEMAP, TEXT, Sample, corpus, jsonl, news, response, tarred, warc, zipped

LIMITS = extract_limits(Settings())


def read(path: Path, limits: ExtractLimits = LIMITS) -> list[RawRecord | Reject]:
    return [record for batch in extract_batches(find_inputs([str(path)]), limits) for record in batch]


def read_bytes(folder: Path, name: str, content: bytes, **limits: int) -> list[RawRecord | Reject]:
    (folder / name).write_bytes(content)
    return read(folder / name, replace(LIMITS, **limits))


def outcomes(records: list[RawRecord | Reject]) -> list[str]:
    return [record.reason_code if isinstance(record, Reject) else record.locator for record in records]


def loaded(records: list[RawRecord | Reject]) -> list[RawRecord]:
    assert [record.message for record in records if isinstance(record, Reject)] == []
    return [record for record in records if isinstance(record, RawRecord)]


@pytest.mark.parametrize("sample", corpus(), ids=lambda sample: sample.name)
def test_every_record_of_every_format_has_its_outcome(tmp_path: Path, sample: Sample) -> None:
    records = read_bytes(tmp_path, sample.name, sample.content)
    assert tuple(record.locator for record in records if isinstance(record, RawRecord)) == sample.loaded
    assert {record.locator: record.reason_code for record in records if isinstance(record, Reject)} == sample.rejected
    for record in records:
        if isinstance(record, RawRecord):
            assert record.text.strip()
            assert record.sha256 == hashlib.sha256(record.content).digest()
        else:
            assert len(record.raw) <= LIMITS.max_reject_bytes


def test_each_limit_of_extraction_is_a_setting() -> None:
    assert {limit.name for limit in fields(ExtractLimits)} <= set(Settings.model_fields)


# What becomes of the fields of a record


def test_a_record_with_fields_is_its_texts_its_statements_and_the_rest(tmp_path: Path) -> None:
    (record,) = loaded(read_bytes(tmp_path, "a.jsonl", jsonl(news(1))))
    assert record.text == f"عنوان 1\n\n{TEXT}"
    assert record.url == "https://news.example/a/1"
    assert [(each.topic, each.field, each.value) for each in record.statements] == [
        ("title", "json:/title", "عنوان 1"),
        ("published", "json:/published_at", "2024-03-12T10:00:00+03:00"),
        ("publisher", "json:/source/name", "رويترز"),
        ("url", "json:/url", "https://news.example/a/1"),
    ]
    assert record.fields == (("json:/id", "1"), ("json:/tags", '["س","ص"]'))


RECORDS = [
    # title, summary and body, joined by a blank line
    ({"title": "أ", "summary": "ب", "body": "ج"}, "أ\n\nب\n\nج"),
    # blank ones and those that begin the next are left out
    ({"title": "أ", "summary": " ", "body": "أ ب"}, "أ ب"),
    # markup is turned to text, entities resolved, plain text kept
    ({"title": "أ &amp; ب", "body": "<p>ج<br>د</p><script>1</script>"}, "أ & ب\n\nج\nد"),
    ({"text": " أ < ب\n\n ج "}, " أ < ب\n\n ج "),
    # names in other spellings and languages
    ({"Headline": "أ", "articleBody": "ب"}, "أ\n\nب"),
    ({"العنوان": "أ", "نص الخبر": "ب"}, "أ\n\nب"),
    # nested values, wrappers and paragraphs
    ({"title": {"rendered": "أ"}, "content": {"rendered": "<p>ب</p>", "protected": False}}, "أ\n\nب"),
    ({"_id": "1", "_source": {"title": "أ", "content": "ب"}}, "أ\n\nب"),
    ({"title": {"#text": "أ"}, "content": {"text": "ب"}}, "أ\n\nب"),
    ({"article": {"title": "أ", "text": "ب"}}, "أ\n\nب"),
    ({"title": "أ", "paragraphs": ["ب", "ج"]}, "أ\n\nب\n\nج"),
    # of two bodies the one believed first
    ({"html": "<p>ج</p>", "text": "ب"}, "ب"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "text"), RECORDS)
def test_the_text_of_a_record(tmp_path: Path, record: dict[str, object], text: str) -> None:
    (read_record,) = loaded(read_bytes(tmp_path, "a.jsonl", jsonl(record)))
    assert read_record.text == text


def test_a_page_in_a_field_says_of_itself_what_a_page_does(tmp_path: Path) -> None:
    (record,) = loaded(read_bytes(tmp_path, "a.jsonl", jsonl({"title": "خبر", "html": PAGE})))
    assert record.text.endswith(TEXT)
    assert ("published", "meta:article:published_time") in [(each.topic, each.field) for each in record.statements]


URLS = [
    # only the web is believed, and what was refused is kept
    ("https://a.example/x?y=1", "https://a.example/x?y=1"),
    ("javascript:alert(1)", None),
    ("file:///etc/passwd", None),
    ("data:text/html,x", None),
    ("https://", None),
    ("https://a.example/\nx", None),
    ("http://[bad", None),
]  # fmt: skip


@pytest.mark.parametrize(("value", "url"), URLS)
def test_an_address_that_is_none_is_kept_as_evidence(tmp_path: Path, value: str, url: str | None) -> None:
    (record,) = loaded(read_bytes(tmp_path, "a.jsonl", jsonl({"text": "أ", "link": value})))
    assert record.url == url
    assert record.fields == (() if url else (("json:/link", value),))


def test_a_crawl_time_is_no_publication(tmp_path: Path) -> None:
    (record,) = loaded(read_bytes(tmp_path, "a.jsonl", jsonl({"text": "أ", "crawled_at": "2024-03-15T00:00:00Z"})))
    assert record.retrieved_at is not None
    assert record.statements == ()


def test_no_shipped_name_has_two_meanings() -> None:
    names = [row["name"] for row in ReferenceTables().read("record_fields", ("role", "name"))]
    assert len(set(map(plain_name, names))) == len(names)


def test_a_user_says_what_own_fields_mean(tmp_path: Path) -> None:
    own = tmp_path / "fields.yaml"
    own.write_text("body: [خبري]\npublished: يوم النشر\nunused: [date]\n", encoding="utf-8")
    (tmp_path / "a.jsonl").write_bytes(jsonl({"خبري": "نص", "يوم النشر": "2024-03-12", "date": "x"}))
    ((record,),) = extract_batches(find_inputs([str(tmp_path / "a.jsonl")]), LIMITS, load_field_names(own))
    assert isinstance(record, RawRecord)
    assert (record.text, record.statements[0].field) == ("نص", "json:/يوم النشر")
    assert record.fields == (("json:/date", "x"),)


@pytest.mark.parametrize("content", ["role: [x]", "- x", "body: [", "\t"])
def test_own_fields_that_cannot_be_read_are_wrong_usage(tmp_path: Path, content: str) -> None:
    own = tmp_path / "fields.yaml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(FieldNamesError, match="fields"):
        load_field_names(own)


# Single formats


def test_an_item_of_a_feed_says_what_its_elements_say(tmp_path: Path) -> None:
    first, second = loaded(read_bytes(tmp_path, "a.rss", RSS.encode()))
    assert first.text == f"ألف & باء\n\nملخص\n\n{TEXT}"
    assert first.url == "https://news.example/1?a=1&b=2"
    assert {(each.topic, each.field, each.basis) for each in first.statements} >= {
        ("published", "feed:pubDate", "feed"),
        ("author", "feed:dc:creator", "feed"),
    }
    assert (second.text, second.repairs) == ("جيم\xa0& دال", ("markup",))


def test_a_sitemap_and_a_news_message_date_their_items(tmp_path: Path) -> None:
    (entry,) = loaded(read_bytes(tmp_path, "a.xml", SITEMAP.encode()))
    assert [(each.topic, each.value) for each in entry.statements][:3] == [
        ("title", "عنوان"), ("published", "2024-03-12"), ("publisher", "صحيفة"),
    ]  # fmt: skip
    (item,) = loaded(read_bytes(tmp_path, "b.xml", NEWSML.encode()))
    assert item.text == f"عنوان\n\nأول\n{TEXT}"
    assert [each.value for each in item.statements if each.topic == "published"] == [
        "2024-03-12T09:00:00Z", "2024-03-12T10:00:00Z",
    ]  # fmt: skip


def test_an_entity_of_a_document_type_is_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    (sample,) = [each for each in corpus() if each.name == "hostile.rss"]
    (record,) = loaded(read_bytes(tmp_path, "a.rss", sample.content))
    assert record.text == "عنوان &b; &x;"
    assert (record.url, record.fields) == (None, (("feed:link", "file:///etc/passwd"),))


def test_a_response_of_a_crawl_is_a_page_with_its_address_and_time(tmp_path: Path) -> None:
    (sample,) = [each for each in corpus() if each.name == "crawl.warc"]
    first, again, *_ = [each for each in read_bytes(tmp_path, "a.warc", sample.content) if isinstance(each, RawRecord)]
    assert (first.url, first.charset) == ("https://news.example/w", "windows-1256")
    assert str(first.retrieved_at) == "2024-03-15 00:00:00+00:00"
    assert first.content == PAGE.encode("cp1256")
    assert first.fields == (("warc:WARC-Payload-Digest", "sha1:A"), ("http:Last-Modified", "x"))
    assert (again.sha256, again.url) == (first.sha256, "https://news.example/v")


RESPONSES = [
    # packed in the ways of the web, and said to be packed where a crawler has unpacked it
    ({"Content_Encoding": "gzip"}, gzip.compress(PAGE.encode()), "record:0"),
    ({"Content_Encoding": "deflate"}, zlib.compress(PAGE.encode()), "record:0"),
    ({"Content_Encoding": "deflate"}, zlib.compress(PAGE.encode(), wbits=-15), "record:0"),
    ({"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}, PAGE.encode(), "record:0"),
    ({"Content_Encoding": "br"}, brotli.compress(PAGE.encode()), "record:0"),
    ({"Content_Encoding": "zstd"}, zstd.compress(PAGE.encode()), "record:0"),
    ({"Content_Encoding": "br, gzip"}, gzip.compress(brotli.compress(PAGE.encode())), "record:0"),
    ({"Content_Encoding": "br"}, PAGE.encode(), "record:0"),
    ({"Content_Encoding": "aes128gcm"}, PAGE.encode(), "record:0"),
    # packed in another way, cut off, without end, over and over, more headers than a server sends, no body
    ({"Content_Encoding": "aes128gcm"}, b"\x1b\x03", "bad_response"),
    ({"Content_Encoding": "br"}, brotli.compress(PAGE.encode())[:-20], "bad_response"),
    ({"Content_Encoding": "zstd"}, zstd.compress(PAGE.encode())[:-20], "bad_response"),
    ({"Content_Encoding": "br"}, brotli.compress(bytes(LIMITS.max_record_bytes + 1)), "bad_response"),
    ({"Content_Encoding": "zstd"}, zstd.compress(bytes(LIMITS.max_record_bytes + 1)), "bad_response"),
    ({"Content_Encoding": "gzip, gzip, gzip, gzip"}, b"x", "bad_response"),
    ({"Content_Encoding": "gzip"}, gzip.compress(PAGE.encode())[:-20], "bad_response"),
    ({f"X_{number}": "x" for number in range(200)}, PAGE.encode(), "bad_response"),
    ({}, b"", "no_article"),
]


@pytest.mark.parametrize(("headers", "body", "expected"), RESPONSES)
def test_the_body_of_a_response_is_read_as_it_was_meant(
    tmp_path: Path, headers: dict[str, str], body: bytes, expected: str
) -> None:
    crawl = warc(("response", {}, response(body, Content_Type="text/html", **headers)))
    (outcome,) = read_bytes(tmp_path, "a.warc", crawl)
    assert outcomes([outcome]) == [expected]
    assert isinstance(outcome, Reject) or outcome.content == PAGE.encode()


def test_the_hash_of_an_element_is_over_its_canonical_form(tmp_path: Path) -> None:
    one, other = loaded(read_bytes(tmp_path, "a.json", b'[{"text": "a", "id": 1}, {"id":1,"text":"a"}]'))
    assert one.sha256 == other.sha256 == hashlib.sha256(canonical_json({"text": "a", "id": 1})).digest()


def test_a_cell_may_be_as_long_as_a_record(tmp_path: Path) -> None:
    (record,) = loaded(read_bytes(tmp_path, "a.csv", f'title,text\na,"{"نص " * 100_000}"\n'.encode()))
    assert len(record.text) > 300_000


# Limits: what is over one is a reject, and its neighbours load


LINES_IN_CELL = "x\n" * 2_500
LONG = {"text": "x" * 5_000}
SHORT = {"text": "نص"}
SMALL = {"max_record_bytes": 1_000}
ITEM = "<item><title>{}</title></item>"
OVER = [
    ("a.jsonl", jsonl(SHORT, LONG, SHORT), SMALL, ["line:1", "too_large", "line:3"]),
    ("a.json", json.dumps([SHORT, LONG, SHORT]).encode(), SMALL, ["index:1", "too_large", "index:3"]),
    ("b.json", json.dumps({"items": [SHORT, LONG, SHORT]}).encode(), SMALL, ["index:1", "too_large", "index:3"]),
    ("a.csv", f"title,text\na,b\na,{'x' * 5_000}\nc,d\n".encode(), SMALL, ["row:1", "too_large", "row:3"]),
    ("b.csv", f'title,text\na,b\na,"{LINES_IN_CELL}"\nc,d\n'.encode(), SMALL, ["row:1", "too_large", "row:3"]),
    ("a.rss", f"<rss>{ITEM}{ITEM.format('x' * 5_000)}{ITEM}</rss>".encode(), SMALL, ["item:1", "too_large", "item:3"]),
    ("a.txt", b"x" * 5_000, SMALL, ["too_large"]),
    ("a.html", PAGE.encode(), {"max_page_bytes": 100}, ["too_large"]),
    ("d.jsonl", jsonl(SHORT, {"text": PAGE}, SHORT), {"max_page_bytes": 100}, ["line:1", "too_large", "line:3"]),
    ("b.jsonl", jsonl(SHORT, {"a": [[[1]]]}, SHORT), {"max_nesting": 3}, ["line:1", "too_deep", "line:3"]),
    ("a.zip", zipped({"a.txt": b"a b", "b.txt": b"a b", "c.txt": b"a b"}), {"max_members": 2},
     ["member:a.txt", "member:b.txt", "too_many_members"]),
    ("b.zip", zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": b"x"})}), "d.txt": b"a b"}), {"max_depth": 2},
     ["too_deep", "member:d.txt"]),
    ("a.tar", tarred({"a.txt": b"x" * 5_000, "b.txt": b"a b"}), SMALL, ["too_large", "member:b.txt"]),
    ("c.jsonl", jsonl(SHORT, LONG, SHORT), {"max_file_bytes": 3_000}, ["too_large"]),
    ("c.json", b'[1,2,{"text":"a"},3,4,5,{"text":"b"}]', {"max_faults": 2},
     ["not_a_record", "not_a_record", "index:3", "not_a_record", "not_a_record", "too_large"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "limits", "expected"), OVER)
def test_what_is_over_a_limit_is_one_reject(
    tmp_path: Path, name: str, content: bytes, limits: dict[str, int], expected: list[str]
) -> None:
    assert outcomes(read_bytes(tmp_path, name, content, **limits)) == expected


def test_a_bomb_is_a_reject_that_costs_no_memory(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = gzip.compress(b" " * 300_000_000, 9)
    (reject,) = read_bytes(tmp_path, "bomb.gz", bomb, max_ratio=100)
    assert isinstance(reject, Reject)
    assert reject.reason_code == "too_large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # kB


N = 50_000
ATTRIBUTES = b" ".join(b"a%d='1'" % number for number in range(N))
HOSTILE = [
    # more attributes than a parser that compares each with each can bear
    ("a.html", b"<html><p " + ATTRIBUTES + b">x</p></html>"),
    ("a.rss", b"<rss><item " + ATTRIBUTES + b"><title>x</title></item></rss>"),
    # what opens and never closes
    ("b.html", b"<html>" + b"<div>" * N),
    ("b.rss", b"<rss><item>" + b"<t>" * N + b"</item></rss>"),
    ("c.rss", b"<rss><item><title>" + b"<![CDATA[" * N),
    ("d.rss", b"<rss>" + b"<item>" * N),
    ("e.rss", b"<rss><item>" + b"<" * N + b"</item></rss>"),
    ("f.rss", b"<rss " + b"<!--" * N),
    ("a.jsonl", b'{"a":"' + b'\\"' * N + b"\n"),
    ("b.jsonl", b'{"a":' + b"[" * N + b"\n"),
    ("a.csv", b'title,text\n"' + b'""\n' * N),
    ("a.warc", b"WARC/1.0\r\n" + b"A: b\r\n" * N),
    # markup and entities without end in a field
    ("c.jsonl", jsonl({"text": "<p>" + "<a " * N})),
    ("d.jsonl", jsonl({"text": "&amp" * N + ";"})),
    # nothing but separators
    ("a.json", b"[" + b"," * N + b"1]"),
    ("e.jsonl", b"\n" * N + b"{}"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), HOSTILE)
def test_a_hostile_file_costs_no_more_than_its_size(tmp_path: Path, name: str, content: bytes) -> None:
    began = time.process_time()
    assert len(read_bytes(tmp_path, name, content)) == 1
    assert time.process_time() - began < 2


# Small parts


def test_texts_are_joined_once() -> None:
    assert join_texts(["أ", "أ", "أ ب"]) == "أ ب"
    assert join_texts([]) == ""


def test_what_only_looks_like_markup_is_plain_text() -> None:
    for text in ("3 < 4 و 5 > 4", "AT&T", "<مهم> نص", "a <- b"):
        assert plain_text(text) == text
