"""Small batches of news in which every outcome of a load occurs, and most of them span batches.

New articles, the same bytes at another place, the same words in other bytes, versions of a URL with and without a
time, new bytes of an unchanged article, dates stated later, articles inside a page, revisits of a crawl, and rejects
of every stage.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime

from flows.values import RawRecord, Reject, Statement

BATCH_RECORDS = 6
_DIGEST = "sha1:KNOWN"
_SPEAKERS = ("الوزير سالم عبد الحميد الزهراني", "الرئيس المصري عبد الفتاح السيسي", "المتحدث خالد منصور العبيدي")
_PLACES = ("القاهرة", "بيروت", "الرياض", "الدار البيضاء", "بغداد")


def batches() -> list[tuple[RawRecord | Reject, ...]]:
    """All batches in their order, the same at each call; revisits come last, as a run hands them out."""
    mixed = [*_new(), *_seen_again(), *_versions(), *_rejects()]
    random.Random(7).shuffle(mixed)  # noqa: S311 - no secret
    full = [tuple(mixed[first : first + BATCH_RECORDS]) for first in range(0, len(mixed), BATCH_RECORDS)]
    return [*full, tuple(_revisits())]


def story(number: int, more: str = "") -> str:
    """A short report with a title, names, a quotation, a source and dates."""
    speaker, place = _SPEAKERS[number % len(_SPEAKERS)], _PLACES[number % len(_PLACES)]
    return (
        f"اجتماع رقم {number} في {place}\n\n"
        f'{place} (رويترز) - قال {speaker} أمس الاثنين "إن الاتفاق رقم {number} سيوقع الأسبوع المقبل".\n'
        f"وأضاف أن وزارة الخارجية أعلنت في 12 آذار 2024 عن {number + 3} مشاريع، نقلا عن وكالة الأناضول.{more}\n"
    )


def _record(
    text: str,
    name: str,
    *,
    url: str | None = None,
    hour: int | None = None,
    stated: tuple[Statement, ...] = (),
    fields: tuple[tuple[str, str], ...] = (),
) -> RawRecord:
    content = text.encode()
    at = None if hour is None else datetime(2024, 3, 12, hour, tzinfo=UTC)
    return RawRecord(
        f"file:///news/{name}", "", hashlib.sha256(content).digest(), text, "text/plain", "utf-8",
        url=url, retrieved_at=at, statements=stated, fields=fields, content=content,
    )  # fmt: skip


def _new() -> Iterator[RawRecord]:
    for number in range(16):
        stated = (Statement("published", "column:date", f"2024-03-{number + 1:02}"),) if number % 3 else ()
        yield _record(story(number), f"{number}.txt", stated=stated)
    inside = f"{story(60)}\nخبر آخر من الأرشيف كما نشر\nالقاهرة (رويترز) - {story(61)}"
    yield _record(inside, "inside.txt")
    yield _record(story(62), "crawled.html", hour=1, fields=(("warc:WARC-Payload-Digest", _DIGEST),))


def _seen_again() -> Iterator[RawRecord]:
    for number in range(0, 12, 2):  # the same bytes elsewhere, now and then with a date nobody stated before
        given = (Statement("published", "manifest:published", "2024-03-02", "given"),) if number % 4 else ()
        yield _record(story(number), f"again-{number}.txt", stated=given)
    for number in range(8):  # the same words in other bytes, some of them of a later crawl
        yield _record(story(number) + " " * (number + 1), f"copy-{number}.txt", hour=number if number % 2 else None)


def _versions() -> Iterator[RawRecord]:
    for version, page in itertools.product(range(4), range(4)):
        url, name = f"https://news.example/{page}", f"page-{page}-{version}.html"
        if page % 2:  # each text twice, in other bytes
            text = story(20 + page, f" تصحيح {version // 2}.") + "\n" * (version % 2)
            yield _record(text, name, url=url, hour=version + 1)
        else:  # nobody knows when it was read
            yield _record(story(20 + page, f" تصحيح {version}."), name, url=url)


def _rejects() -> Iterator[RawRecord | Reject]:
    for number in range(3):
        yield Reject(f"file:///news/bad-{number}.txt", "", "extract", "bad_charset", "not UTF-8", b"\xff\xfe")
    yield _record(" \n", "blank.txt")
    yield _record(story(70, " \0"), "not-storable.txt")


def _revisits() -> Iterator[Reject]:
    for number, digest in enumerate((_DIGEST, "sha1:UNKNOWN")):
        place = f"record:{number}"
        yield Reject(
            "file:///news/crawl.warc", place, "extract", "unresolved_revisit", "revisit", payload_digest=digest
        )
