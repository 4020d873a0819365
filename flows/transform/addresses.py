"""Web addresses of a page: which one is its own, which site it is on, which day the address names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from urllib.parse import urljoin, urlsplit

from flows.transform.dates.intervals import months_from
from flows.transform.moments import Stated, valued
from flows.transform.stamps import Candidate
from flows.values import PublicationEvidence, Statement

_SAME_SITE = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\d.])")
_MONTH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?=/)")
_FIRST_YEAR = 1995
"""Before it no news stood at web addresses: a number is a number."""
_COMPACT_WIDTH = 8


def own_url(statements: Sequence[Statement], url: str | None) -> str | None:
    """The address of a page's own article: the canonical one it states, where it can be believed, else ``url``.

    A stated address is believed on the same site and with a path. Where the page's own address is unknown, all
    stated ones must agree on the site.

    >>> own_url([Statement("url", "link:canonical", "/news/1")], "https://m.example.com/amp/news/1?x=2")
    'https://m.example.com/news/1'
    >>> own_url([Statement("url", "link:canonical", "https://other.com/news/1")], "https://example.com/1")
    'https://example.com/1'
    """
    stated = [
        whole for each in statements if each.topic == "url" and (whole := _joined(url, each.value)) and _has_path(whole)
    ]
    sites = {site for site in map(site_of, [*stated, *([url] if url else [])]) if site}
    if url is not None:
        return next((each for each in stated if _is_same_site(site_of(each), site_of(url))), url)
    if stated and all(_is_same_site(site, other) for site in sites for other in sites):
        return stated[0]
    return None


def site_of(url: str) -> str:
    """The host of an address without ``www.`` and the like; '' for what is no web address.

    >>> site_of("https://www.Example.com:443/a")
    'example.com'
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return _SAME_SITE.sub("", host) if parts.scheme in {"http", "https"} else ""


def url_candidates(urls: Iterable[str | None]) -> list[Candidate]:
    """The days and months that addresses name, each address once.

    >>> [each.evidence.surface for each in url_candidates(["https://example.com/2024/3/12/a.html"])]
    ['2024/3/12']
    """
    return [found for url in dict.fromkeys(urls) if url and (found := _candidate(url)) is not None]


def _candidate(url: str) -> Candidate | None:
    path = "/" + url.partition("://")[2].partition("/")[2].partition("?")[0].partition("#")[0]
    for match in _DAY.finditer(path):
        year, mark, month, day = match.groups()
        is_whole = bool(mark) or len(match[0]) == _COMPACT_WIDTH
        try:
            stated = Stated(datetime.combine(date(int(year), int(month), int(day)), time()), None, "day")
        except ValueError:
            continue
        if is_whole and int(year) >= _FIRST_YEAR:
            row = PublicationEvidence("url", match[0], field="url", reason="the address names the day")
            return Candidate(valued(row, stated), stated)
    month_only = _MONTH.search(path)
    if month_only is None or int(month_only[1]) < _FIRST_YEAR:
        return None
    interval = months_from(int(month_only[1]), int(month_only[2]), 1)
    row = PublicationEvidence(
        "url", month_only[0].strip("/"), field="url", value_start=interval.start, value_end=interval.end,
        reason="the address names the month",
    )  # fmt: skip
    return Candidate(row, interval=interval)


def _joined(base: str | None, value: str) -> str | None:
    """A stated address in full, None where it is none of the web."""
    try:
        whole = urljoin(base or "", value.strip())
    except ValueError:
        return None
    return whole if site_of(whole) else None


def _has_path(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def _is_same_site(one: str, other: str) -> bool:
    """Whether two hosts are one site: the same, or one below the other."""
    return bool(one) and (one == other or one.endswith("." + other) or other.endswith("." + one))
