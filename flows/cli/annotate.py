"""``musnad annotate``: the transform alone, without database and Prefect; JSON to standard output in UTF-8."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

app = typer.Typer()

STDIN = "-"
_ID_ONLY = {"id": None}


class AnnotateError(ValueError):
    """A file or option that cannot be used."""

    exit_code = 2


@app.command()
def annotate(
    file: Annotated[str, typer.Argument(metavar="[FILE or -]", help="One page, or JSON lines; - reads stdin.")] = STDIN,
    *,
    published: Annotated[
        str | None, typer.Option(metavar="ISO", help="When the page was published, where a line says nothing.")
    ] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read and write one JSON object a line.")] = False,
) -> None:
    """Show what the transform finds in a page: articles, segments, sources, mentions, dates, quotes."""
    from flows.settings import load_settings  # noqa: PLC0415 - keeps --help fast

    limit = load_settings().max_record_bytes
    _check_published(published)
    with _open(file) as stream:
        if jsonl:
            for line in _lines(stream, limit):
                _write(_annotated_line(line, published), indent=None)
        else:
            _write(_annotated_page(stream.read(limit + 1), limit, published, file), indent=1)
    sys.stdout.buffer.flush()


def _check_published(published: str | None) -> None:
    from datetime import datetime  # noqa: PLC0415 - used here only

    if published is None:
        return
    try:
        datetime.fromisoformat(published)
    except ValueError as error:
        raise AnnotateError(f"--published {published} is no ISO 8601 date; write it as 2024-03-25") from error


def _open(file: str) -> BinaryIO:
    if file == STDIN:
        return sys.stdin.buffer
    if not Path(file).is_file():
        raise AnnotateError(f"{file} is no file; give the path of a page, or - for standard input")
    return Path(file).open("rb")


def _annotated_page(content: bytes, limit: int, published: str | None, file: str) -> dict[str, Any]:
    """One page, text or HTML by content."""
    from flows.text.charsets import UndecodableError, decode  # noqa: PLC0415 - keeps --help fast
    from flows.text.html import looks_like_html  # noqa: PLC0415
    from flows.transform import annotate as annotate_page  # noqa: PLC0415

    if len(content) > limit:
        raise AnnotateError(f"{file} is larger than {limit:,} bytes; raise MUSNAD_MAX_RECORD_BYTES")
    is_html = looks_like_html(content)
    try:
        text = decode(content, markup=is_html)[0]
    except UndecodableError as error:
        raise AnnotateError(f"{file}: {error}") from error
    if is_html:
        return annotate_page(html=text, published=published).to_dict()
    return annotate_page(text, published=published).to_dict()


def _annotated_line(line: bytes | None, published: str | None) -> dict[str, Any]:
    """The answer to one line: an annotation, or what is wrong with the line; never an exception."""
    if line is None:
        return _error(_ID_ONLY, "too_large", "the line is over the limit; raise MUSNAD_MAX_RECORD_BYTES")
    try:
        page = json.loads(line.decode("utf-8-sig"))
    except RecursionError:
        return _error(_ID_ONLY, "bad_json", "the line nests too deep; flatten it")
    except ValueError as error:
        return _error(_ID_ONLY, "bad_json", f"the line is no JSON: {error}")
    if not isinstance(page, dict):
        return _error(_ID_ONLY, "bad_json", "the line is no JSON object")
    if (complaint := _complaint(page)) is not None:
        return _error(page, "bad_field", complaint)
    return _annotate_object(page, published)


def _complaint(page: dict[str, Any]) -> str | None:
    """What is wrong with the fields of a line, None when they can be used."""
    has_text, has_html = page.get("text") is not None, page.get("html") is not None
    if has_text == has_html:
        return "give either text or html"
    for name in ("text", "html", "url", "published"):
        if page.get(name) is not None and not isinstance(page[name], str):
            return f"{name} is no string"
    return None


def _annotate_object(page: dict[str, Any], published: str | None) -> dict[str, Any]:
    from flows.transform import annotate as annotate_page  # noqa: PLC0415 - keeps --help fast

    try:
        result = annotate_page(
            page.get("text"), html=page.get("html"), url=page.get("url"), published=page.get("published") or published
        )
    except ValueError as error:
        return _error(page, "bad_published", str(error))
    return {"id": page.get("id"), **result.to_dict()}


def _error(page: dict[str, Any], code: str, message: str) -> dict[str, Any]:
    return {"id": page.get("id"), "error": {"reason_code": code, "message": message}}


def _lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Non-blank lines without reading more than the limit at once; None stands for one over it."""
    while line := stream.readline(limit + 1):
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
                pass
            yield None
        elif line.strip():
            yield line


def _write(value: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
