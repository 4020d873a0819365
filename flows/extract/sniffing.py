"""What format a content has: by its first bytes; its name decides only where they leave it open."""

from __future__ import annotations

import codecs
import json
import re
import tarfile

from flows.extract.fields import FieldNames
from flows.extract.streams import HEAD_BYTES
from flows.text.charsets import UndecodableError, charset_of
from flows.text.html import SNIFF_BYTES, looks_like_html

_MAGIC = (
    (b"\x1f\x8b\x08", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"PAR1", "parquet"), (b"ARROW1\x00\x00", "arrow"),
    (b"\xff\xff\xff\xff", "arrow-stream"), (b"WARC/", "warc"),
)  # fmt: skip
_FOREIGN = (
    b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf",
    b"SQLite format 3", b"RIFF", b"OggS", b"ID3", b"MZ\x90", b"FEA1", b"Obj\x01", b"ORC", b"\x89HDF", b"%!PS",
)  # fmt: skip
_ROOTS = {
    **dict.fromkeys(("rss", "RDF", "feed", "urlset", "sitemapindex", "newsItem", "newsMessage", "nitf"), "feed"),
    **dict.fromkeys(("html", "head", "body", "article", "main", "section", "div", "p", "h1"), "html"),
}
_ROOT = re.compile(
    r"\s*(?>(?:<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE(?>[^<>\[]*)(?:\[(?>.*?\]\s*>)|>))\s*)*+"
    r"<(?:[\w.-]{1,60}:)?([\w.-]{1,60})[\s/>]",
    re.DOTALL | re.IGNORECASE,
)
_OBJECT = re.compile(r"\s*\{\s*[\"}]")
_ARRAY = re.compile(r"\s*\[\s*(?:[{\[\"\]]|-?\d+\s*[,\]]|null|true|false)")
_LINE_NAMES = (".jsonl", ".ndjson", ".jsonlines")
_BY_NAME: dict[tuple[str, ...], str | None] = {
    _LINE_NAMES: "jsonl", (".json",): "json", (".csv", ".tsv"): "table", (".html", ".htm", ".xhtml"): "html",
    (".yaml", ".yml", ".xml", ".rss", ".atom"): None,
}  # fmt: skip
DELIMITERS = "\t;,|"


def sniff(head: bytes, name: str, names: FieldNames) -> str | None:
    """The key of the reader of a content, or None when none knows it.

    Args:
        head: its first bytes.
        name: what it is called.
        names: the fields that make a line of plain words the header of a table.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_FOREIGN):
        return None
    if _is_tar(head) or (name.lower().endswith(".tar") and not head.strip(b"\0")):  # of an empty one only its end
        return "tar"
    try:
        charset, bom = charset_of(head[: HEAD_BYTES - HEAD_BYTES % 4])
    except UndecodableError:
        # the records that can be read are; text says in the end why it is none
        return _structure(head.decode("utf-8", "replace"), name.lower(), names) or "text"
    text = codecs.getincrementaldecoder(charset)("replace").decode(head[len(bom) :])
    return _structure(text, name.lower(), names) or _unstructured(text, head, name.lower())


def _structure(text: str, name: str, names: FieldNames) -> str | None:
    """The format a text begins as, where it shows one in which records stand apart."""
    root = _ROOT.match(text)
    if root is not None and (kind := _ROOTS.get(root[1]) or _ROOTS.get(root[1].lower())) is not None:
        return kind
    if _OBJECT.match(text) or _ARRAY.match(text):
        return _json_kind(text, name)
    is_table = delimiter_of(text.partition("\n")[0], names) is not None and not text.lstrip().startswith("<?xml")
    return "table" if is_table else None


def _unstructured(text: str, head: bytes, name: str) -> str | None:
    """A page or a text, by what it holds, and at last its name; None for XML that nobody knows."""
    if text.lstrip().startswith("<?xml"):
        return None
    if looks_like_html(head) or looks_like_html(text[:SNIFF_BYTES].encode("utf-8", "replace")):
        return "html"
    return next((kind for suffixes, kind in _BY_NAME.items() if name.endswith(suffixes)), "text")


def _json_kind(text: str, name: str) -> str:
    """``jsonl`` where each line is a value of its own, else ``json``."""
    first, _, rest = text.lstrip().partition("\n")
    if _is_json(first):
        return "jsonl" if name.endswith(_LINE_NAMES) or rest.lstrip().startswith(("{", "[")) else "json"
    return "jsonl" if name.endswith(_LINE_NAMES) and not _ARRAY.match(text) else "json"


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def delimiter_of(header: str, names: FieldNames) -> str | None:
    """What parts the columns of a header, None for a line that names no text and one more field.

    >>> from flows.extract.fields import load_field_names
    >>> delimiter_of("title;body;date", load_field_names())
    ';'
    """
    for delimiter in DELIMITERS:
        columns = [column.strip(' "\r\n\ufeff') for column in header.split(delimiter)]
        if (
            len(columns) > 1
            and names.knows_text(columns)
            and sum(names.role((column,)) is not None for column in columns) > 1
        ):
            return delimiter
    return None


def _is_tar(head: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "replace")
    except tarfile.HeaderError:
        return False
    return True
