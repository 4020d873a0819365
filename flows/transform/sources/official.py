"""Institutions and spokespeople who state something; ministers and states that speak for themselves are none."""

from __future__ import annotations

from typing import Final

from flows.text.places import within
from flows.transform.lexicon import Hit
from flows.transform.sources.cues import SourceCues
from flows.transform.sources.evidence import (
    GENERIC_HEADS,
    has_issued,
    has_written,
    is_asked,
    says_so,
    speaks_in_writing,
    states,
)
from flows.transform.sources.reading import QUOTE_MARKS, Reading
from flows.transform.sources.reported import BARRIERS
from flows.transform.sources.spokespeople import spokesperson
from flows.transform.speech import COMPLEMENTIZERS
from flows.values import Mention, Segment

_REACH: Final = 6
_MEDIA: Final = frozenset(("agency", "newspaper", "broadcaster", "website", "magazine", "wire"))
_SPEAKING: Final = frozenset(("organisation", "person"))
_SURE: Final = 0.9
_LIKELY: Final = 0.8
_GUESS: Final = 0.6


def official_places(reading: Reading) -> list[int]:
    """Where an institution or spokesperson can begin on a page."""
    places = set(reading.cue_tokens("spokesperson", "office", "institution"))
    places.update([at for at, mention in reading.speech.mention_from.items() if mention.kind in _SPEAKING])
    return sorted(places)


def official_sources(reading: Reading, segment: Segment, bounds: tuple[int, int], places: list[int]) -> None:
    """Find the institutions and spokespeople one segment lets speak, in order; they begin in some of ``places``."""
    first, last = bounds
    writings = within(reading.statements, first, last)
    for index in within(places, first, last):
        mention = reading.speech.mention_from.get(index)
        cues = reading.cues_from(index)
        role, office, institution = cues.get("spokesperson"), cues.get("office"), cues.get("institution")
        if role and role.last <= last:
            spokesperson(reading, segment, role, first, last)
        elif mention and mention.kind == "organisation":
            _organisation(reading, segment, mention, first, last)
        elif mention and mention.kind == "person" and writings:
            _person_in_writing(reading, segment, mention, first, last)
        elif office and _is_office(reading, office, last):
            _office(reading, segment, office, first, last)
        elif institution and institution.last <= last:
            _institution(reading, segment, institution, first)


def _is_media(mention: Mention, cues: SourceCues) -> bool:
    """Whether a mention is an outlet, which is cited rather than official."""
    listed = cues.by_entity.get(mention.entity.key) if mention.entity else None
    return listed is not None and listed.kind in _MEDIA


def _organisation(reading: Reading, segment: Segment, mention: Mention, first: int, last: int) -> None:
    """``أعلنت وزارة الصحة``; who only calls for something is a source where it does so in writing."""
    begin, end = reading.speech.tokens_of(mention.start, mention.end)
    if begin in reading.taken or _is_media(mention, reading.cues):
        return
    subject = _subject_start(reading, begin, first)
    fused = reading.speech.word(subject).startswith("لل")
    is_told = fused or reading.page.text[mention.start - 1 : mention.start] == "ل"
    says = not is_told and says_so(reading, subject, end, (first, last))
    if not (says or is_asked(reading, subject) or has_written(reading, subject) or has_issued(reading, subject, end)):
        return
    offset = mention.start - reading.page.span(begin, begin + 1)[0] if subject == begin else 0
    key = reading.cues.by_entity.get(mention.entity.key) if mention.entity else None
    reading.add(segment, "official", subject, end, offset, method="institution", confidence=_SURE,
                key=key.key if key else None, name=mention.entity.name if mention.entity else None)  # fmt: skip


def _subject_start(reading: Reading, begin: int, first: int) -> int:
    """Back over ``المكتب الإعلامي في`` to where the whole institution begins; generic heads stay outside."""
    at = begin
    while at > first and (reading.speech.word(at - 1) in GENERIC_HEADS or reading.speech.word(at - 1) in QUOTE_MARKS):
        at -= 1
    office = reading.cue_before(at, "office")
    return office.first if office and office.first >= first else begin


def _person_in_writing(reading: Reading, segment: Segment, mention: Mention, first: int, last: int) -> None:
    """``ندد الأمين العام ... في بيان``: a person whose words are a written statement."""
    begin, end = reading.speech.tokens_of(mention.start, mention.end)
    subject = begin
    if mention.title_start is not None and mention.title_end is not None and mention.title_end <= mention.start:
        subject = reading.speech.tokens_of(mention.title_start, mention.title_end)[0]
    if begin in reading.taken or not states(reading, subject, first):
        return
    if not speaks_in_writing(reading, end, last):
        return
    offset = mention.start - reading.page.span(begin, begin + 1)[0]
    reading.add(segment, "official", begin, end, offset, method="statement", confidence=_LIKELY,
                name=mention.entity.name if mention.entity else None)  # fmt: skip


def _institution(reading: Reading, segment: Segment, hit: Hit, first: int) -> None:
    """``قالت الشرطة``: an institution the text does not name."""
    is_written = has_written(reading, hit.first) or is_asked(reading, hit.first)
    if hit.first in reading.taken or not (is_written or (not hit.offset and states(reading, hit.first, first))):
        return
    office = reading.cue(hit.first, "office")
    if (office and office.last > hit.last) or _is_named(reading, hit.last) or reading.speech.word(hit.last) == "باسم":
        return
    offset = 0 if hit.fused else hit.offset
    reading.add(segment, "official", hit.first, hit.last, offset, method="institution:unnamed", confidence=_GUESS)


def _is_named(reading: Reading, token: int) -> bool:
    mention = reading.speech.mention_from.get(token)
    return mention is not None and mention.kind != "place"


def _is_office(reading: Reading, hit: Hit, last: int) -> bool:
    """``المكتب الإعلامي لرئيس الوزراء``: an office of somebody; one of an organisation is read with its name."""
    word, after = reading.speech.word(hit.last), reading.speech.word(hit.last + 1)
    is_noun = word.isalpha() and word not in COMPLEMENTIZERS | BARRIERS and hit.last not in reading.speech.verb_from
    is_of = hit.last - hit.first > 1 or word.startswith(("ل", "ال")) or (is_noun and after.startswith("ال"))
    is_of |= is_noun and hit.last + 1 in reading.speech.mention_from  # ``لجان مقاومة ود مدني``
    named = reading.speech.mention_from.get(hit.last + (reading.speech.word(hit.last) == "في"))
    return is_of and hit.last < last and not (named and named.kind == "organisation")


def _office(reading: Reading, segment: Segment, hit: Hit, first: int, last: int) -> None:
    says = says_so(reading, hit.first, hit.last, (first, last))
    if hit.first in reading.taken or not (says or is_asked(reading, hit.first)):
        return
    end = hit.last
    while end < min(last, hit.last + _REACH) and _belongs(reading, end):
        end += 1
    reading.add(segment, "official", hit.first, end, 0 if hit.fused else hit.offset, method="office",
                confidence=_LIKELY)  # fmt: skip


def _belongs(reading: Reading, token: int) -> bool:
    word = reading.speech.word(token)
    is_name = word.startswith(("ل", "ال", "بال")) or token in reading.speech.mention_from
    is_head = word.isalpha() and (
        reading.speech.word(token - 1).startswith("ل") or reading.speech.word(token + 1).startswith("ال")
    )
    return (is_name or is_head) and word not in COMPLEMENTIZERS and not reading.cue(token, "statement")
