"""Records made of what readers find: a text as it is, a page of markup, or fields with names.

The text of a record with fields is its title, summary and body, each that is not blank and not already the start of
the next, joined by one blank line (CONTRACT section 4); what else it says becomes statements, or is kept as it is.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal, cast
from urllib.parse import urlsplit

from flows.extract.content import Content, RefusedError
from flows.extract.fields import FieldRole, FieldValue, leaves
from flows.text.charsets import UndecodableError, decode, mend_text
from flows.text.html import SNIFF_BYTES, looks_like_html, visible_text
from flows.text.metadata import WebPage, read_html
from flows.values import Outline, RawRecord, Reject, Statement, StatementTopic

_TEXT_ROLES: tuple[FieldRole, ...] = ("title", "summary", "body")
_TOPICS: dict[FieldRole, StatementTopic] = {
    "title": "title", "published": "published", "modified": "modified", "publisher": "publisher", "agency": "agency",
    "author": "author", "photo_credit": "photo_credit", "language": "language", "url": "url",
}  # fmt: skip
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|br|hr|em|h[1-6]|li|ol|ul|td|tr|th|div|img|pre|span|font|body|html|strong|small|table|center|figure|"
    r"section|article|blockquote|figcaption|iframe|script|style|video)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,24});", re.IGNORECASE)
_NO_URL_CHARACTER = re.compile(r"[\s\x00-\x1f\x7f<>\"]")
_MOST_STATEMENTS = 12
MAX_URL_CHARACTERS = 8_000


@dataclass(frozen=True, slots=True)
class Origin:
    """What a record with fields was read from.

    Attributes:
        step: its locator inside the content.
        identity: the bytes its hash is over.
        media_type, charset, repairs: as in :class:`flows.values.RawRecord`.
        prefix: how its fields are named in statements: ``json:/``, ``column:``, ``feed:``.
        basis: what kind of statements they are.
    """

    step: str
    identity: bytes
    media_type: str
    prefix: str
    charset: str = "utf-8"
    repairs: tuple[str, ...] = ()
    basis: Literal["metadata", "feed"] = "metadata"


def text_record(content: Content, data: bytes) -> RawRecord | Reject:
    """A plain text, unchanged but for named repairs."""
    try:
        text, charset, repairs = decode(data, content.charset)
    except UndecodableError as error:
        return content.reject("bad_charset", str(error), data)
    return _record(content, "", data, text, "text/plain", charset, repairs)


def page_record(content: Content, data: bytes, *, step: str = "") -> RawRecord | Reject:
    """A page of HTML: its whole visible text, and what its markup says of it."""
    if len(data) > (limit := content.limits.max_page_bytes):
        return content.reject("too_large", _too_large(limit), data, step=step)
    try:
        markup, charset, repairs = decode(data, content.charset, markup=True)
    except UndecodableError as error:
        return content.reject("bad_charset", str(error), data, step=step)
    page = read_html(markup, content.given.url)
    return replace(
        _record(content, step, data, page.text, "text/html", charset, repairs),
        statements=(*content.given.statements, *page.statements),
        outline=page.outline,
    )


def _record(  # noqa: PLR0917 - the parts of one value
    content: Content, step: str, identity: bytes, text: str, media_type: str, charset: str, repairs: tuple[str, ...]
) -> RawRecord:
    given = content.given
    return RawRecord(
        content.uri, content.at(step), hashlib.sha256(identity).digest(), text,
        media_type, charset, repairs, url=given.url, source_key=given.source_key, retrieved_at=given.retrieved_at,
        statements=given.statements, fields=given.fields, content=identity,
    )  # fmt: skip


def field_record(content: Content, values: Mapping[str, object], origin: Origin) -> RawRecord | Reject:
    """A record with named fields; its text is '' where none of them is one.

    The address of a file is not that of the records in it.
    """
    found = _Fields(content, origin)
    try:
        for leaf in leaves(values):
            found.add(leaf)
    except RefusedError as error:
        return content.reject(error.code, str(error), origin.identity, step=origin.step)
    texts, statements, rest = found.sorted()
    text, repairs = mend_text(join_texts(texts))
    given = content.given
    return RawRecord(
        content.uri, content.at(origin.step), hashlib.sha256(origin.identity).digest(), text, origin.media_type,
        origin.charset, tuple(sorted({*origin.repairs, *repairs})), url=found.url,
        source_key=given.source_key, retrieved_at=found.retrieved_at or given.retrieved_at,
        statements=(*statements, *given.unsaid(statements)), fields=(*given.fields, *rest), content=origin.identity,
        outline=_outline_below(found.page, text),
    )  # fmt: skip


def _outline_below(page: WebPage | None, text: str) -> Outline | None:
    """The outline of a page in a text that it ends; what stands above it is for its words to tell."""
    if page is None or page.outline is None or not text.endswith(page.text):
        return None
    above = len(text) - len(page.text)
    if not above:
        return page.outline
    return Outline((0, *(above + start for start in page.outline.starts)), ("plain", *page.outline.roles))


class _Fields:
    """The fields of one record, sorted by what they mean."""

    def __init__(self, content: Content, origin: Origin) -> None:
        self._names = content.names
        self._origin = origin
        self._max_page_bytes = content.limits.max_page_bytes
        self._by_role: dict[FieldRole, list[tuple[int, FieldValue, str]]] = defaultdict(list)
        self._rest: list[tuple[str, str]] = []
        self.url: str | None = None
        self.page: WebPage | None = None
        self.retrieved_at: datetime | None = None

    def add(self, leaf: FieldValue) -> None:
        """Take a field.

        Raises:
            RefusedError: it holds more markup than a page may.
        """
        found = self._names.role(leaf.path)
        is_text = found is not None and found[0] in _TEXT_ROLES
        values = leaf.value if isinstance(leaf.value, list) and found is not None and not is_text else [leaf.value]
        for value in values[:_MOST_STATEMENTS]:
            text, _ = mend_text(value_text(value, paragraphs=is_text))
            if not text.strip():
                continue
            if found is None:
                self._rest.append((self._name(leaf), text))
            elif _has_markup(text) and len(text.encode()) > self._max_page_bytes:
                raise RefusedError("too_large", f"{self._name(leaf)} holds {_too_large(self._max_page_bytes)}")
            else:
                self._by_role[found[0]].append((found[1], leaf, text))

    def sorted(self) -> tuple[list[str], list[Statement], list[tuple[str, str]]]:
        """The texts in reading order, the statements by trust, and what nothing uses."""
        for entries in self._by_role.values():
            entries.sort(key=lambda entry: entry[0])
        statements = [statement for role, topic in _TOPICS.items() for statement in self._statements(role, topic)]
        texts = []
        for role in _TEXT_ROLES:
            page = self._page(role)
            texts.append(page.text)
            statements += page.statements
        for role in ("summary", "body"):
            self._rest += [(self._name(leaf), text) for _, leaf, text in self._by_role.get(role, [])[1:]]
        self._settle_retrieval()
        return texts, statements, self._rest

    def _page(self, role: FieldRole) -> WebPage:
        """The text of a role; a whole page in a field says of itself what any page does."""
        value = next((text for _, _, text in self._by_role.get(role, [])), "")
        if looks_like_html(value[:SNIFF_BYTES].encode()):
            self.page = read_html(value, self.url)
            return self.page
        return WebPage(plain_text(value))

    def _statements(self, role: FieldRole, topic: StatementTopic) -> Iterator[Statement]:
        for _, leaf, text in self._by_role.get(role, []):
            value = text.strip() if role in {"published", "modified", "url"} else plain_text(text).strip()
            if role == "url":
                value = html.unescape(value)
                if not is_web_url(value):
                    self._rest.append((self._name(leaf), text))
                    continue
                self.url = self.url or value
            yield Statement(topic, self._name(leaf), value, self._origin.basis)

    def _settle_retrieval(self) -> None:
        for _, leaf, text in self._by_role.get("retrieved", []):
            moment = _instant(text)
            if moment is None or self.retrieved_at is not None:
                self._rest.append((self._name(leaf), text))
            else:
                self.retrieved_at = moment

    def _name(self, leaf: FieldValue) -> str:
        return mend_text(self._origin.prefix + "/".join(leaf.path))[0]


def join_texts(texts: Iterable[str]) -> str:
    r"""Texts joined by one blank line, without those that are blank or already the start of the next.

    >>> join_texts(["عنوان", "", "عنوان", "نص "])
    'عنوان\n\nنص '
    """
    present = [text for text in texts if text.strip()]
    kept = [
        text for text, after in zip(present, [*present[1:], ""], strict=False)
        if not after.strip().startswith(text.strip())
    ]  # fmt: skip
    joined = "".join(kept[:1])
    for text in kept[1:]:
        joined = f"{joined.rstrip()}\n\n{text.lstrip()}"
    return joined


def plain_text(value: str) -> str:
    """A field as text: markup is read as a page is, entities alone are resolved, plain text stays as it is."""
    if _has_markup(value):
        return visible_text(value)
    return html.unescape(value) if "&" in value and _ENTITY.search(value) else value


def _has_markup(value: str) -> bool:
    return "<" in value and _TAG.search(value) is not None


def _too_large(limit: int) -> str:
    return f"a page of more than {limit:,} bytes; raise MUSNAD_MAX_PAGE_BYTES"


def is_web_url(value: str) -> bool:
    """Whether a value is an address on the web: ``javascript:``, ``file:`` and ``data:`` are none.

    >>> is_web_url("https://example.com/a"), is_web_url("javascript:alert(1)"), is_web_url("file:///etc/passwd")
    (True, False, False)
    """
    if len(value) > MAX_URL_CHARACTERS or _NO_URL_CHARACTER.search(value):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def value_text(value: object, *, paragraphs: bool = False) -> str:
    """A value as it is written: times in ISO 8601, lists of texts as paragraphs or as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if paragraphs and isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(cast("list[str]", value))
    if isinstance(value, (list, bool)):
        return canonical_json(value).decode("utf-8", "surrogatepass") if value != [] else ""
    return str(value)


def canonical_json(value: object) -> bytes:
    """JSON with sorted keys in UTF-8: what the hash of an element or row is over."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_written)
    return text.encode("utf-8", "surrogatepass")


def _written(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else value_text(value)


def _instant(text: str) -> datetime | None:
    """A crawl time with a zone; one without is no instant."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
