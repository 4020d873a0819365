"""Keys the loader computes: 16 bytes of SHA-256, as a UUID, over what a thing is by nature."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from flows.values import Article

_SEPARATOR = "\x1f"
_TRACKING = ("utm_", "fbclid", "gclid", "yclid", "mc_cid", "mc_eid", "igshid", "ref_src", "cmpid", "ocid")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def place_key(uri: str, locator: str) -> UUID:
    """Key of one place where content was seen."""
    return _key(uri, locator)


def text_key(text: str) -> UUID:
    """Key that stands for a text, to tell whether it is still the same."""
    return _key("text", text)


def url_chain_key(url: str, ordinal: int) -> UUID:
    """Key of the version chain of the ``ordinal``-th article at a URL."""
    return _key("url", canonical_url(url), str(ordinal))


def place_chain_key(place: UUID, ordinal: int) -> UUID:
    """Key of the version chain of the ``ordinal``-th article at a place without a URL."""
    return _key("chain", str(place), str(ordinal))


def content_key(article: Article) -> UUID:
    """Key of what an article says: title and body, white space apart."""
    return _key("content", " ".join((article.title or "").split()), " ".join(article.body.split()))


def canonical_url(url: str) -> str:
    """A URL as chains know it: scheme, ``www.``, ``m.``, ``amp`` forms, tracking parameters and fragment left out.

    >>> canonical_url("https://m.example.com/news/1/amp?utm_source=x&id=2#top")
    'example.com/news/1?id=2'
    """
    parts = urlsplit(url.strip())
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme.lower(), ":"))
    for prefix in ("www.", "m.", "mobile.", "amp."):
        host = host.removeprefix(prefix)
    path = parts.path.removesuffix("/").removesuffix("/amp").removeprefix("/amp/")
    path = "/" + path.strip("/") if path.strip("/") else ""
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(_TRACKING) and (name.lower(), value) != ("amp", "1")
    ]
    return host + path + (f"?{urlencode(sorted(kept))}" if kept else "")


def _key(*parts: str) -> UUID:
    return UUID(bytes=hashlib.sha256(_SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).digest()[:16])
