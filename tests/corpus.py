"""One file of every format and fault extraction knows, made anew each time, and what must become of each.

The files are small and of made-up news; :func:`corpus` gives them as name, bytes, and outcome: the locators of the
records that load and the locator and reason of each reject.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
from backports import zstd

TEXT = "قال وزير الخارجية إن الاتفاق وُقّع أمس الاثنين في القاهرة."
PAGE = (
    "<!DOCTYPE html><html lang='ar'><head><title>خبر</title>"
    "<meta property='article:published_time' content='2024-03-12T10:00:00+03:00'></head>"
    f"<body><nav>الرئيسية</nav><h1>توقيع الاتفاق</h1><p>{TEXT}</p></body></html>"
)


@dataclass(frozen=True)
class Sample:
    """One file and its outcome."""

    name: str
    content: bytes
    loaded: tuple[str, ...] = ()
    rejected: Mapping[str, str] = field(default_factory=dict)


def news(number: int) -> dict[str, object]:
    """A record with fields, as an API would give it."""
    return {
        "id": number, "title": f"عنوان {number}", "text": TEXT, "url": f"https://news.example/a/{number}",
        "published_at": "2024-03-12T10:00:00+03:00", "source": {"id": None, "name": "رويترز"}, "tags": ["س", "ص"],
    }  # fmt: skip


def jsonl(*lines: object) -> bytes:
    """Lines of JSON; a string stands as it is."""
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    return "".join(f"{text}\n" for text in texts).encode()


def dump(value: object) -> bytes:
    """A JSON document."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(members: Mapping[str, bytes | None], mode: str = "w") -> bytes:
    """A TAR archive; a member of None is a link."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload] # typeshed lists literals
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content or b"")
            if content is None:
                entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(entry, io.BytesIO(content or b""))
    return buffer.getvalue()


def far_zip() -> bytes:
    """A ZIP archive whose file is said to begin where no file reaches."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.filelist[0].header_offset = 2**64 - 1
    return buffer.getvalue()


def headed(name: str, content: bytes, **claims: str) -> bytes:
    """A file of a TAR whose extended header claims what is not so."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        entry = tarfile.TarInfo(name)
        entry.size, entry.pax_headers = len(content), claims
        archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def warc(*records: tuple[str, Mapping[str, str], bytes]) -> bytes:
    """A WARC file of records of a kind, headers and content."""
    parts = []
    for kind, headers, content in records:
        lines = [f"WARC-Type: {kind}", *(f"{name}: {value}" for name, value in headers.items())]
        head = "\r\n".join(["WARC/1.1", *lines, f"Content-Length: {len(content)}", "", ""])
        parts.append(head.encode("utf-8", "surrogateescape") + content + b"\r\n\r\n")
    return b"".join(parts)


def response(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP response; underscores in the names of headers stand for hyphens."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("utf-8", "surrogateescape") + body


def chunked(body: bytes) -> bytes:
    """A body in chunks of 100 bytes."""
    chunks = (body[start : start + 100] for start in range(0, len(body), 100))
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


def table() -> pa.Table:
    """Two rows of an Arrow table, with a time in a zone, a nested column and a null."""
    when = pa.array([datetime(2024, 3, 12, 10, tzinfo=UTC), None], pa.timestamp("ns", tz="Asia/Riyadh"))
    return pa.table(
        {
            "title": ["عنوان 1", "عنوان 2"],
            "body": [TEXT, TEXT + " ٢"],
            "date": when,
            "source": [{"name": "رويترز"}, None],
        }
    )


def parquet(rows: pa.Table | None = None) -> bytes:
    """A Parquet file, of the table's rows if of no others."""
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table() if rows is None else rows, buffer)
    return buffer.getvalue()


def feather() -> bytes:
    """An Arrow file."""
    buffer = io.BytesIO()
    pyarrow.feather.write_feather(table(), buffer)
    return buffer.getvalue()


def arrow_stream() -> bytes:
    """An Arrow stream."""
    buffer = io.BytesIO()
    with pa.ipc.new_stream(buffer, table().schema) as writer:
        writer.write_table(table())
    return buffer.getvalue()


RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>صحيفة</title><link>https://news.example</link><!-- <item> -->
<item><title>ألف &amp; باء</title><link>https://news.example/1?a=1&amp;b=2</link><description>&lt;p&gt;ملخص&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>{TEXT}</p><p></item></p>]]></content:encoded><dc:creator>فلان</dc:creator>
<pubDate>Tue, 12 Mar 2024 10:00:00 +0300</pubDate><category>س</category></item>
<item><title>جيم&nbsp;& دال</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><entry>
<title type="html">&lt;b&gt;عنوان&lt;/b&gt;</title>
<link rel="self" href="https://news.example/s"/><link href="https://news.example/2"/><author><name>فلان</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>أول</p><p>{TEXT}</p></div></content>
<published>2024-03-12T10:00:00Z</published><updated>2024-03-13T10:00:00Z</updated></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/3</loc><news:news>
<news:publication><news:name>صحيفة</news:name><news:language>ar</news:language></news:publication>
<news:publication_date>2024-03-12</news:publication_date><news:title>عنوان</news:title></news:news></url></urlset>"""
NEWSML = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:newsml:1">
<itemMeta><provider literal="وكالة"/><versionCreated>2024-03-12T10:00:00Z</versionCreated></itemMeta>
<contentMeta><contentCreated>2024-03-12T09:00:00Z</contentCreated><headline>عنوان</headline>
<language tag="ar"/></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>لا</title></head><body><p>أول</p><p>{TEXT}</p>
</body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>"""
NINJS = {"uri": "urn:1", "headline": "عنوان", "body_html": f"<p>{TEXT}</p>", "versioncreated": "2024-03-12T10:00:00Z"}
HOSTILE_RSS = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>عنوان &b; &x;</title><link>file:///etc/passwd</link></item></channel></rss>"
)
LINES = jsonl(news(1), news(2), "", '{"text": ', [1, 2], {"text": "<p>أ<b>ب</b></p>", "link": "javascript:alert(1)"})
LINES_OUT = (("line:1", "line:2", "line:6"), {"line:4": "bad_json", "line:5": "not_a_record"})
CRAWL = warc(
    ("warcinfo", {}, b"software: x"),
    ("response", {"WARC-Target-URI": "https://news.example/w", "WARC-Date": "2024-03-15T00:00:00Z",
                  "WARC-Payload-Digest": "sha1:A"},
     response(PAGE.encode("cp1256"), Content_Type="text/html; charset=windows-1256", Last_Modified="x")),
    ("request", {}, b"GET / HTTP/1.1\r\n\r\n"),
    ("revisit", {"WARC-Target-URI": "https://news.example/v", "WARC-Payload-Digest": "sha1:A"}, response(b"")),
    ("revisit", {"WARC-Payload-Digest": "sha1:B"}, response(b"")),
    ("response", {}, response(b"x", "404 Not Found", Content_Type="text/html")),
    ("response", {}, response(b"x", Content_Type="image/png")),
    ("response", {}, response(chunked(gzip.compress(PAGE.encode())), Content_Type="text/html", Content_Encoding="gzip",
                              Transfer_Encoding="chunked")),
)  # fmt: skip
CRAWL_PLACES = tuple(f"record:{at}" for at in range(len(CRAWL)) if CRAWL[at : at + 8] == b"WARC/1.1")
CRAWL_OUT = (
    tuple(CRAWL_PLACES[at] for at in (1, 3, 7)),
    {CRAWL_PLACES[4]: "unresolved_revisit", CRAWL_PLACES[5]: "http_status", CRAWL_PLACES[6]: "not_html"},
)
TABLE = (
    f'title,body,date,url\n"عنوان, واحد","{TEXT}\nسطر",2024-03-12,https://news.example/1\n\nباء,{TEXT},2024-03-13,\n'
)


def corpus() -> list[Sample]:
    """Every format, then every fault."""
    return [*_formats(), *_faults()]


def _formats() -> list[Sample]:
    two = ("index:1", "index:2")
    rows = ("row:1", "row:2")
    return [
        Sample("plain.txt", TEXT.encode(), ("",)),
        Sample("page.html", PAGE.encode(), ("",)),
        Sample("page-without-suffix", PAGE.encode(), ("",)),
        Sample("object.json", dump(news(1)), ("",)),
        Sample("array.json", dump([news(1), news(2)]), two),
        Sample("wrapper.json", dump({"status": "ok", "total": 2, "articles": [news(1), news(2)]}), two),
        Sample("inner-wrapper.json", dump({"response": {"total": 2, "docs": [news(1), news(2)]}}), two),
        Sample("ninjs.json", dump(NINJS), ("",)),
        Sample("lines.jsonl", LINES, *LINES_OUT),
        Sample("lines-named.txt", jsonl(news(1), news(2)), ("line:1", "line:2")),
        Sample("pages.jsonl", jsonl({"html": PAGE}, {"html": PAGE + " "}), ("line:1", "line:2")),
        Sample("pages-without-suffix", jsonl({"html": PAGE + " " * 100_000}, {"html": PAGE}), ("line:1", "line:2")),
        Sample("error-page.jsonl", PAGE.encode(), ("",)),
        Sample("table-of-pages.csv", f'url,html\nhttps://news.example,"{PAGE}"\n'.encode(), ("row:1",)),
        Sample("table-in-utf-16.txt", TABLE.replace(",", "\t").encode("utf-16"), rows),
        Sample("table.csv", TABLE.encode(), rows),
        Sample("table-without-suffix", TABLE.encode(), rows),
        Sample("table.tsv", f"العنوان\tالنص\nأ\t{TEXT}\n".encode(), ("row:1",)),
        Sample("table-without-header.csv", f'7,"عنوان، أو خبر قصير",{TEXT},https://news.example/1\n8,ب,{TEXT},x\n'.encode(),
               rows),
        Sample("table-of-an-old-mac.csv", TABLE.replace("\nسطر", "").replace("\n", "\r").encode(), rows),
        Sample("rows.parquet", parquet(), rows),
        Sample("rows.feather", feather(), rows),
        Sample("rows.arrows", arrow_stream(), rows),
        Sample("feed.rss", RSS.encode(), ("item:1", "item:2")),
        Sample("feed-in-cp1256.xml", RSS.replace("UTF-8", "windows-1256").encode("cp1256"), ("item:1", "item:2")),
        Sample("feed.atom", ATOM.encode(), ("item:1",)),
        Sample("sitemap.xml", SITEMAP.encode(), ("item:1",)),
        Sample("message.xml", NEWSML.encode(), ("item:1",)),
        Sample("crawl.warc", CRAWL, *CRAWL_OUT),
        Sample("names-of-none.xml", b"<?xml version='1.0'?><opml><body><outline text='x'/></body></opml>", (),
               {"": "unknown_format"}),
        Sample("crawl.warc.gz", gzip.compress(CRAWL[:500]) + gzip.compress(CRAWL[500:]), *CRAWL_OUT),
        Sample("lines.jsonl.gz", gzip.compress(LINES), *LINES_OUT),
        Sample("lines.jsonl.bz2", bz2.compress(LINES), *LINES_OUT),
        Sample("lines.jsonl.xz", lzma.compress(LINES), *LINES_OUT),
        Sample("lines.jsonl.zst", zstd.compress(LINES), *LINES_OUT),
        Sample("files.zip", zipped({"أ.txt": TEXT.encode(), "d/": b"", ".x": b"x", "b/c.jsonl": LINES,
                                    "t.tgz": tarred({"e.html": PAGE.encode()}, "w:gz")}),
               ("member:أ.txt", *(f"member:b/c.jsonl/{line}" for line in LINES_OUT[0]), "member:t.tgz/member:e.html"),
               {f"member:b/c.jsonl/{line}": code for line, code in LINES_OUT[1].items()}),
        Sample("files.tar.gz", tarred({"a.txt": TEXT.encode(), "b.csv": TABLE.encode()}, "w:gz"),
               ("member:a.txt", *(f"member:b.csv/{row}" for row in rows))),
    ]  # fmt: skip


def _faults() -> list[Sample]:
    cut = gzip.compress(LINES * 200)
    return [
        Sample("empty.txt", b"", (), {"": "empty"}),
        Sample("blank.txt", b" \n\t\n", (), {"": "empty"}),
        # nothing in them is a record
        Sample("none.json", b"[]"),
        Sample("none.csv", b"title,body\n"),
        Sample("none.parquet", parquet(table().slice(0, 0))),
        Sample("none.rss", b"<rss><channel></channel></rss>"),
        Sample("none.zip", zipped({})),
        Sample("none.tar", tarred({})),
        Sample("paper.pdf", b"%PDF-1.4 ...", (), {"": "unknown_format"}),
        Sample("other.xml", b"<?xml version='1.0'?><catalog><cd>x</cd></catalog>", (), {"": "unknown_format"}),
        Sample("office.docx", zipped({"[Content_Types].xml": b"<x/>", "w/x.xml": b"<x/>"}), (), {"": "unknown_format"}),
        Sample("bytes.txt", b"\xff\xff\xff", (), {"": "bad_charset"}),
        Sample("zeros.bin", bytes(5_000), (), {"": "bad_charset"}),
        # what follows or precedes bytes that are no text is read
        Sample("tail.jsonl", LINES + bytes(range(128, 256)), LINES_OUT[0], {**LINES_OUT[1], "line:7": "bad_charset"}),
        Sample("tail.csv", TABLE.encode() + bytes(range(128, 256)), ("row:1", "row:2"), {"row:3": "bad_charset"}),
        Sample("cut-in-a-letter.html", f"<html><h1>خبر</h1><p>{TEXT}".encode() + b"\xd9", ("",)),
        Sample("prose.json", "ليس هذا JSON".encode(), (), {"": "bad_json"}),
        Sample("cut.json", dump([news(1), news(2)])[:-40], ("index:1",), {"index:2": "damaged"}),
        Sample("cut-wrapper.json", dump({"n": 2, "articles": [news(1), news(2)]})[:-60], ("index:1",),
               {"index:2": "damaged"}),
        Sample("faulty.json", b'[{"text":"a"},{"text":bad},{"text":"b"}]', ("index:1", "index:3"),
               {"index:2": "bad_json"}),
        Sample("faulty-wrapper.json", dump({"articles": [news(1), None, news(2)]}), ("index:1", "index:3"),
               {"index:2": "not_a_record"}),
        Sample("more.json", b'[{"text":"a"}] more', ("index:1",), {"index:2": "damaged"}),
        Sample("deep.json", b"[" * 100_000, (), {"index:1": "damaged"}),
        Sample("deep.jsonl", b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"\n", (), {"line:1": "too_deep"}),
        Sample("cut.gz", cut[:200], (), {"": "damaged"}),
        Sample("sum.jsonl.gz", gzip.compress(LINES) + b"\x1f\x8b\x08 no member", LINES_OUT[0],
               {**LINES_OUT[1], "line:7": "damaged"}),
        Sample("no-gzip.gz", b"\x1f\x8b\x08 no gzip", (), {"": "damaged"}),
        Sample("cut.rss", RSS.encode()[:-60], ("item:1",), {"item:2": "damaged"}),
        Sample("hostile.rss", HOSTILE_RSS.encode(), ("item:1",)),
        Sample("broken.rss", b"<rss><item><title>a</title></item><item><title>b<x></title></item></rss>",
               ("item:1", "item:2")),
        Sample("names.rss", b"<rss><item><dc:b:>a</dc:b:><title>b</title></item></rss>", ("item:1",)),
        Sample("cut.warc", CRAWL[:-40], CRAWL_OUT[0][:-1], {**CRAWL_OUT[1], CRAWL_PLACES[7]: "damaged"}),
        Sample("junk.warc", CRAWL.partition(b"WARC/1.1\r\nWARC-Type: response")[0] + b"junk\r\n", (),
               {CRAWL_PLACES[1]: "damaged"}),
        Sample("bytes.warc", warc(("response", {"WARC-Target-URI": "http://\udcff\0"},
                                   response(PAGE.encode(), Content_Type="text/html", Server="\udcff"))), ("record:0",)),
        Sample("cut.parquet", parquet()[:-20], (), {"": "damaged"}),
        Sample("cut.arrows", arrow_stream()[:-200], (), {"": "damaged"}),
        Sample("slip.zip", zipped({"../up.txt": b"x", "/abs.txt": b"x", "a.txt": TEXT.encode()}), ("member:a.txt",),
               {"member:../up.txt": "unsafe_path", "member:/abs.txt": "unsafe_path"}),
        Sample("links.tar", tarred({"l": None, "a.txt": TEXT.encode()}), ("member:a.txt",), {"member:l": "unreadable"}),
        Sample("cut.tar", tarred({"a.txt": TEXT.encode(), "b.txt": TEXT.encode() * 20})[:2_100], ("member:a.txt",),
               {"member:b.txt": "damaged"}),
        Sample("twice.tar", tarred({"a.txt": TEXT.encode()})[:1_024] + tarred({"a.txt": PAGE.encode()}),
               ("member:a.txt", "member:a.txt#2")),
        # a file that claims more than the archive has, passed over for its name; one of holes without end
        Sample("claim.tar", tarred({"a.txt": TEXT.encode()})[:1_024]
               + headed("../b.txt", TEXT.encode(), size="99999999999999"), ("member:a.txt",),
               {"member:../b.txt": "unsafe_path", "": "damaged"}),
        Sample("holes.tar", headed("a.txt", b"1\n0\n10\n" + bytes(600), **{
                   "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "b.jsonl",
                   "GNU.sparse.realsize": "1099511627776"}), (), {"member:b.jsonl": "unreadable"}),
        Sample("far.zip", far_zip(), (), {"member:a.txt": "damaged"}),
        Sample("far.zip.gz", gzip.compress(far_zip()), (), {"member:a.txt": "damaged"}),
        Sample("no-zip.zip", b"PK\x03\x04 no zip", (), {"": "damaged"}),
        Sample("codes.rss", b"<rss><item><title>&#xD800;&#55296;&#0;</title></item></rss>", ("item:1",)),
        Sample("no-http.warc", warc(("response", {}, b"junk\r\n\r\n")), (), {"record:0": "bad_response"}),
        Sample("cells.csv", f"title,body\nأ,{TEXT},\nأ,ب,{TEXT}\nج,{TEXT}\n".encode(), ("row:1", "row:3"),
               {"row:2": "bad_row"}),
        Sample("quote.csv", f'title,body\nأ,{TEXT}\nأ,"{TEXT}\nب,{TEXT}\n'.encode(), ("row:1",), {"row:2": "bad_row"}),
    ]  # fmt: skip
