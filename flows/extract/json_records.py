"""JSON: a record a line, the elements of an array, the one list of objects in a wrapper, or the object itself.

An array is cut at the commas of its own level before anything is parsed, so that memory is that of one element, a
faulty or too large element is one reject, and those after it load.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from flows.extract.content import Content, RefusedError
from flows.extract.documents import Origin, canonical_json, field_record
from flows.extract.json_elements import Element, elements_of
from flows.extract.lines import TextStream, lines_of, text_stream
from flows.extract.streams import HEAD_BYTES
from flows.text.charsets import UndecodableError, decode
from flows.values import RawRecord, Reject

_JSON = "application/json"
_BRACKETS = re.compile(rb'"(?>[^"\\]+|\\.)*+"?|([\[{])|[\]}]', re.DOTALL)
_LIST_OR_NAME = re.compile(rb'"((?>[^"\\]{1,100}))"\s*:|"(?>[^"\\]+|\\.)*+"?|\[\s*\{', re.DOTALL)


def read_jsonl(content: Content) -> Iterator[RawRecord | Reject]:
    """A record for each line that is not blank."""
    text = text_stream(content)
    number = 0
    for line in lines_of(text.stream, content.limits.max_record_bytes, skip_empty=True):
        if content.fault is not None and not line.data.endswith(b"\n"):
            yield from content.broken(line.data, step=f"line:{line.number}")
            return
        if line.data.strip():
            yield _record(content, text, line.data.rstrip(b"\r\n"), f"line:{line.number}", is_element=False)
        number = line.number
    yield from content.broken(step=f"line:{number + 1}")


def read_json(content: Content) -> Iterator[RawRecord | Reject]:
    """A record for each element of an array or of the one list of objects in a wrapper, else for the object."""
    text = text_stream(content)
    limit = content.limits.max_record_bytes
    if text.stream.peek(1).lstrip()[:1] == b"[":
        yield from _elements(content, text)
        return
    data = text.stream.read(limit + 1)
    try:
        value, repairs = _parse(content, text, data)
    except RefusedError as error:
        start = _list_start(content, data)
        if start is not None:
            yield from _elements(content, text, data[start:])
        elif content.fault is not None:
            yield from content.broken(data)
        else:
            yield content.reject(error.code, str(error), data)
        return
    yield from _values(content, text, value, repairs)


def _values(
    content: Content, text: TextStream, value: dict[str, Any], repairs: tuple[str, ...]
) -> Iterator[RawRecord | Reject]:
    """The records in a whole JSON object."""
    records = _wrapped(content, value)
    steps = [("", value)] if records is None else ((f"index:{n}", record) for n, record in enumerate(records, 1))
    for step, record in steps:
        identity = canonical_json(record)
        if isinstance(record, dict):
            origin = Origin(step, identity, _JSON, "json:/", text.source_charset, repairs)
            yield field_record(content, record, origin)
        else:
            yield content.reject("not_a_record", _no_object(record), identity, step=step)


def _list_start(content: Content, data: bytes) -> int | None:
    """Where the list of objects begins in a wrapper that cannot be parsed as a whole; None for what is no wrapper."""
    for found in _LIST_OR_NAME.finditer(data, 0, HEAD_BYTES):
        if found[0].startswith(b"["):
            return found.start()
        role = content.names.role(((found[1] or b"").decode("utf-8", "replace"),))
        if role is not None and role[0] == "body":
            return None
    return None


def _wrapped(content: Content, value: dict[str, Any]) -> list[Any] | None:
    """The one list of objects in a wrapper object, also one further in; None for an object that is a record."""
    if any((role := content.names.role((name,))) is not None and role[0] == "body" and value[name] for name in value):
        return None
    lists = [part for part in value.values() if _is_list_of_objects(part)]
    if len(lists) == 1:
        records = (part for part in lists[0] if isinstance(part, dict))
        return lists[0] if any(content.names.knows_text(_names(record)) for record in records) else None
    inner = [part for part in value.values() if isinstance(part, dict)]
    if not lists and len(inner) == 1 and not content.names.knows_text(value):
        return _wrapped(content, inner[0])
    return None


def _names(record: dict[str, Any]) -> Iterator[str]:
    """The names of an object's fields, and of those of the objects it wraps."""
    for name, part in record.items():
        yield name
        if isinstance(part, dict):
            yield from part


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(part, dict) for part in value)


def _elements(content: Content, text: TextStream, begun: bytes = b"") -> Iterator[RawRecord | Reject]:
    """The elements of the array a stream holds, of which some bytes may be read."""
    element = None
    for element in elements_of(text.stream, content.limits.max_record_bytes, begun=begun):
        step = f"index:{element.number}"
        if element.is_cut_off:
            break
        else:
            yield _record(content, text, element.data, step, is_element=True)
    yield from _end_of_array(content, element)


def _end_of_array(content: Content, last: Element | None) -> Iterator[Reject]:
    if last is None or not last.is_cut_off:
        return
    step = f"index:{last.number}"
    if content.fault is not None:
        yield from content.broken(last.data, step=step)
    else:
        yield content.reject("damaged", "the array is cut off or goes on after its end", last.data, step=step)


def _record(content: Content, text: TextStream, data: bytes, step: str, *, is_element: bool) -> RawRecord | Reject:
    try:
        value, repairs = _parse(content, text, data)
    except RefusedError as error:
        return content.reject(error.code, str(error), data, step=step)
    identity = canonical_json(value) if is_element else data
    return field_record(content, value, Origin(step, identity, _JSON, "json:/", text.source_charset, repairs))


def _parse(content: Content, text: TextStream, data: bytes) -> tuple[dict[str, Any], tuple[str, ...]]:
    """One JSON object within the limit, and what had to be mended to read it.

    Raises:
        RefusedError: it is none.
    """
    if len(data) > (limit := content.limits.max_record_bytes):
        raise RefusedError("too_large", f"a record of more than {limit:,} bytes; raise MUSNAD_MAX_RECORD_BYTES")
    if data.count(b"[") + data.count(b"{") > content.limits.max_nesting < _nesting(data):
        raise RefusedError("too_deep", f"nested deeper than {content.limits.max_nesting}; raise MUSNAD_MAX_NESTING")
    try:
        line, _, repairs = decode(data, text.charset)
        value = json.loads(line)
    except UndecodableError as error:
        raise RefusedError("bad_charset", str(error)) from error
    except (ValueError, RecursionError) as error:
        raise RefusedError("bad_json", f"no JSON: {error}") from error
    if not isinstance(value, dict):
        raise RefusedError("not_a_record", _no_object(value))
    return value, tuple(sorted({*text.repairs, *repairs}))


def _no_object(value: object) -> str:
    return f"a JSON {type(value).__name__}; a record is an object"


def _nesting(data: bytes) -> int:
    """How many objects and lists lie inside one another."""
    depth = deepest = 0
    for found in _BRACKETS.finditer(data):
        if found[1]:
            depth += 1
            deepest = max(deepest, depth)
        elif not found[0].startswith(b'"'):
            depth -= 1
    return deepest
