"""Mutations of files: of bytes, and of what gives files their structure, so that readers get beyond the first check."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

from backports import zstd

from tests.corpus import RSS, TEXT, chunked, dump, response, tarred, warc, zipped

NODE = """{"@context": "https://schema.org", "@graph": [{"@type": ["WebPage", "x"], "url": "https://a.example/1"},
{"@type": "NewsArticle", "headline": "عنوان", "mainEntityOfPage": {"@id": "https://a.example/1"}, "inLanguage": "ar",
"datePublished": "2024-03-12T10:00:00+03:00", "dateModified": ["2024-03-13"], "publisher": {"@id": "#p"},
"author": [{"@type": "Person", "name": "فلان"}, "فلانة"], "sourceOrganization": {"name": "وكالة"}},
{"@id": "#p", "@type": "Organization", "name": "صحيفة"}]}"""
RICH_PAGE = f"""<!DOCTYPE html><html lang=ar dir=rtl><head><base href="https://a.example/x/"><meta charset=utf-8>
<title>عنوان | صحيفة</title><link rel="canonical" href="/1?utm_source=x"><meta property="og:title" content="عنوان">
<meta property="article:published_time" content="2024-03-12"><meta name=author content="فلان">
<script type="application/ld+json">{NODE}</script><style>p{{}}</style></head><body><nav hidden><a href=/>أ</a></nav>
<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop=headline>أ</h1><b itemprop=author>فلان</b>
<time itemprop="datePublished" datetime="2024-03-12T10:00Z" class="published">12 مارس</time><div itemprop=articleBody>
<p>{TEXT}<br>{TEXT}</p><figure><img alt="صورة"><figcaption>صورة (رويترز)</figcaption></figure><pre>أ
 ب</pre><ul><li>أ<li>ب</ul>
<table><tr><td>1<td>2</table></div></article><aside><article><h2><a href=/2>ثان</a></h2></article></aside>
<template>أ</template><noscript>أ</noscript><svg><text>أ</text></svg><!-- أ --><div style="display:none">أ</div>
<footer>جميع الحقوق</footer></body></html>"""
MORE_FILES = {"rich.html": RICH_PAGE.encode(), "node.json": NODE.encode()}
"""What is mutated beside the corpus."""
MOST_BYTES = 1 << 18
TOKENS = (
    b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xd9", b"\xed\xa0\x80", b"\r",
    b'"', b"\\", b"{", b"}", b"[", b"]", b",", b"<", b">", b"&", b"%", b"-1", b"1e999", b"NaN", b"9" * 20, b"\\ud800",
    b"\\u0000", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<item>", b"</item>", b"<!DOCTYPE x [", b"&#x110000;", b"&#0;",
    b"WARC/1.1\r\n", b"\r\n\r\n", b"Content-Length: -5\r\n", b"Transfer-Encoding: chunked\r\n", b"charset=utf-7",
    b"encoding='utf-16'", b"\x1f\x8b\x08", b"PK\x03\x04", b"../", b"file:///x", b"http://[", b"((((" * 50, b"<p" * 50,
    b"\n", b'"a":' * 50, "ا".encode() * 50, b"<script>", b"<base href=//[>", b"<title/>", b"</body>", b"xmlns:a=",
)  # fmt: skip
"""What readers look for, and what they do not expect."""
NUMBERS = (b"0", b"-1", b"1", b"00", b"255", b"65536", b"2147483648", b"9223372036854775808", b"9" * 40, b"1.5", b"0x1")
VALUES: tuple[Any, ...] = (
    None, True, -1, 1e308, 10**30, "", " ", "\0", "\ud800", [], {}, [[]], [None], {"": ""}, [{}], ["a", 1, None],
    "<p>a", "<html><body>", "&#0;&lt;p&gt;", "2024-13-45", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "http://[", "javascript:a", "https://a/" + "a" * 9_000, {"a": {"a": {"a": "b"}}}, "ا\u202e",
    "<script type='application/ld+json'>{",
)  # fmt: skip
NAMES = (
    "", "text", "title", "summary", "url", "published_at", "source", "name", "rendered", "_source", "html", "language",
    "retrieved_at", "tags", "a.b", "a/b", "\0", "\ud800", "articles", "content",
)  # fmt: skip
HTML = {"Content_Type": "text/html"}
WRAPPINGS: tuple[Callable[[bytes], bytes], ...] = (
    gzip.compress, bz2.compress, lzma.compress, zstd.compress,
    lambda content: zipped({"a.txt": content, "b": content[:100]}),
    lambda content: tarred({"a": content, "b.html": content[:100]}),
    lambda content: warc(("response", {"WARC-Target-URI": "https://a.example"}, response(content, **HTML))),
    lambda content: warc(("resource", {"Content-Type": "text/plain"}, content)),
    lambda content: warc(("response", {}, response(chunked(content), Transfer_Encoding="chunked", **HTML))),
    lambda content: b"<html><script type='application/ld+json'>" + content + b"</script><body><p>a</p>",
    lambda content: RICH_PAGE.replace(NODE, content.decode(errors="replace")).encode(),
    lambda content: dump({"articles": [{"text": content.decode(errors="replace")}, {"title": "b"}]}),
    lambda content: json.dumps({"html": content.decode(errors="replace")}).encode() + b"\n{}\n",
    lambda content: b'text,url\n"' + content.replace(b'"', b'""') + b'",x\n',
    lambda content: RSS.partition("<item>")[0].encode() + b"<item><description><![CDATA[" + content + b"]]>",
    lambda content: content.decode(errors="replace").encode("utf-16"),
    lambda content: content.decode(errors="replace").encode("cp1256", "replace"),
)  # fmt: skip
"""Other files with a content inside."""
_PIECE = re.compile(rb"<[^<>]{0,300}>|\"[^\"\n]{0,300}\"|[^\n]{0,300}\n")
_NUMBER = re.compile(rb"\d{1,20}")


def mutated(dice: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """A content changed in a few ways, with pieces of others."""
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        change = dice.choice((_bytes, _bytes, _bytes, _pieces, _number, _json, _wrapping))
        content = change(dice, content, others)[:MOST_BYTES]
    return content


def _bytes(dice: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """A byte, a token, a cut, a piece doubled, a piece of another file."""
    start = dice.randrange(len(content) + 1)
    end = min(start + dice.choice((1, 2, 8, 64, 512)), len(content))
    before, piece, after = content[:start], content[start:end], content[end:]
    match dice.randrange(6):
        case 0:
            return before + bytes(byte ^ (1 << dice.randrange(8)) for byte in piece) + after
        case 1:
            return before + dice.choice(TOKENS) + piece + after
        case 2:
            return before + dice.choice(TOKENS) + after
        case 3:
            return before + after
        case 4:
            return before + piece * dice.choice((2, 3, 50)) + after
        case _:
            other = dice.choice(others)
            place = dice.randrange(len(other) + 1)
            return before + other[place : place + 256] + after


def _pieces(dice: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """A line, tag or quoted string left out, doubled, or put in place of another."""
    spans = [found.span() for found in _PIECE.finditer(content, 0, 1 << 16)]
    if not spans:
        return content
    start, end = dice.choice(spans)
    first, last = dice.choice(spans)
    other = dice.choice(others)
    found = _PIECE.search(other, dice.randrange(len(other) + 1))
    piece = dice.choice((b"", content[start:end] * 2, content[first:last], found[0] if found else b""))
    return content[:start] + piece + content[end:]


def _number(dice: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    """A number that is another, as lengths and dates should not be."""
    spans = [found.span() for found in _NUMBER.finditer(content, 0, 1 << 16)]
    if not spans:
        return content
    start, end = dice.choice(spans)
    return content[:start] + dice.choice(NUMBERS) + content[end:]


def _json(dice: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    """A value or name in a document or line of JSON that is of another kind."""
    lines = [content] if content[:1] == b"[" else content.splitlines(keepends=True)
    number = dice.randrange(len(lines)) if lines else 0
    try:
        value = json.loads(lines[number])
    except (ValueError, IndexError, RecursionError):
        return content
    places = list(_places(value))
    if not places:
        return json.dumps(dice.choice(VALUES)).encode()
    holder, key = dice.choice(places)
    new = dice.choice(VALUES)
    if isinstance(holder, dict) and dice.randrange(2):
        holder[dice.choice(NAMES)] = dice.choice((holder[key], new))
    else:
        holder[key] = new
    lines[number] = json.dumps(value, ensure_ascii=bool(dice.randrange(2))).encode(errors="surrogatepass") + b"\n"
    return b"".join(lines)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value that holds another: its holder, and the name or index in it."""
    found: list[tuple[Any, Any]] = []
    holders = [value]
    for holder in holders:
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        found += [(holder, key) for key in keys]
        holders += [holder[key] for key in keys]
    return found


def _wrapping(dice: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    """The content inside another file."""
    return dice.choice(WRAPPINGS)(content)
