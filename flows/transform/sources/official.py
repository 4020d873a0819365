"""Institutions and spokespeople who state something; ministers and states that speak for themselves are none."""

from __future__ import annotations

from flows.transform.lexicon import Hit
from flows.transform.sources.cues import AnonymousHead, SourceCues
from flows.transform.sources.reading import QUOTE_MARKS, STATEMENT_ADJECTIVES, Reading
from flows.transform.speech import COMPLEMENTIZERS, ReportingVerb, folded_words, prefix_of
from flows.values import Mention, Segment

_REACH = 6
_NAME_REACH = 12
_STATEMENT_REACH = 60
_GENERIC_HEADS = folded_words("حركة حزب جماعة منظمة تنظيم في مؤسسة شركة كتائب سرايا")
_MEDIA = frozenset(("agency", "newspaper", "broadcaster", "website", "magazine", "wire", "social"))
_ISSUED = folded_words("صادر صدر صادرة أصدرته أصدره")
_FOR = "باسم"
_SPOKESPERSON_ADJECTIVES = folded_words("عسكري رسمي حكومي أمني رئاسي")
_BEFORE_NAME = _GENERIC_HEADS | QUOTE_MARKS | STATEMENT_ADJECTIVES
_DEPUTIES = folded_words("نائب نائبة مساعد مساعدة")
_ADJECTIVES = 3
_NEGATIONS = folded_words("لم ولم فلم لن ولن")
_STATING = frozenset(("say", "judge"))
_ASKING = frozenset(("call",))
_SURE, _LIKELY, _GUESS = 0.9, 0.8, 0.6


def official_sources(reading: Reading, segment: Segment) -> None:
    """Find the institutions and spokespeople one segment lets speak, in order."""
    first, last = reading.tokens(segment)
    for index in range(first, last):
        mention = reading.speech.mention_from.get(index)
        spokesperson = reading.cue(index, "spokesperson")
        institution = reading.cue(index, "institution")
        if spokesperson and spokesperson.last <= last:
            _spokesperson(reading, segment, spokesperson, first, last)
        elif mention and mention.kind == "organisation":
            _organisation(reading, segment, mention, first, last)
        elif mention and mention.kind == "person":
            _person_in_writing(reading, segment, mention, first, last)
        elif (office := reading.cue(index, "office")) and _is_office(reading, office, last):
            _office(reading, segment, office, first, last)
        elif institution and institution.last <= last:
            _institution(reading, segment, institution, first)


def is_media(mention: Mention, cues: SourceCues) -> bool:
    """Whether a mention is an outlet, which is cited rather than official."""
    listed = cues.by_entity.get(mention.entity.key) if mention.entity else None
    return listed is not None and listed.kind in _MEDIA


def _organisation(reading: Reading, segment: Segment, mention: Mention, first: int, last: int) -> None:
    """``أعلنت وزارة الصحة``; who only calls for something is a source where it does so in writing."""
    begin, end = reading.speech.tokens_of(mention.start, mention.end)
    if begin in reading.taken or is_media(mention, reading.cues):
        return
    subject = _subject_start(reading, begin, first)
    fused = reading.speech.word(subject).startswith("لل")
    is_told = fused or reading.page.text[mention.start - 1 : mention.start] == "ل"
    asks = _states(reading, subject, first, _ASKING) and _speaks_in_writing(reading, end, last)
    says = (_states(reading, subject, first) or asks) and not is_told
    if not (says or _is_asked(reading, subject) or _has_written(reading, subject)):
        return
    offset = mention.start - reading.page.span(begin, begin + 1)[0] if subject == begin else 0
    key = reading.cues.by_entity.get(mention.entity.key) if mention.entity else None
    reading.add(segment, "official", subject, end, offset, method="institution", confidence=_SURE,
                key=key.key if key else None, name=mention.entity.name if mention.entity else None)  # fmt: skip


def _subject_start(reading: Reading, begin: int, first: int) -> int:
    """Back over ``المكتب الإعلامي في`` to where the whole institution begins; generic heads stay outside."""
    at = begin
    while at > first and (reading.speech.word(at - 1) in _GENERIC_HEADS or reading.speech.word(at - 1) in QUOTE_MARKS):
        at -= 1
    office = reading.cue_before(at, "office")
    return office.first if office and office.first >= first else begin


def _states(reading: Reading, subject: int, first: int, kinds: frozenset[str] = _STATING) -> bool:
    """Whether a verb of statement, or of other kinds, stands right before a subject."""
    for at in range(subject - 1, max(first, subject - _REACH) - 1, -1):
        verb = reading.speech.verb_to.get(at + 1)
        if verb:
            if reading.speech.word(verb.first - 1) in _NEGATIONS:
                return False
            if verb.first in reading.speech.mention_to and not prefix_of(reading.page, verb):
                return False
            value = verb.entry.value
            return isinstance(value, ReportingVerb) and value.kind in kinds and not value.is_participle
        word = reading.speech.word(at)
        if word not in _GENERIC_HEADS and word not in QUOTE_MARKS and not reading.is_known_time(at, subject):
            return False
    return False


def _is_asked(reading: Reading, subject: int) -> bool:
    """``وفقا لـ``, ``بحسب منظمة «X»``, ``وفق تقديرات X``: a cue before the name, its heads, marks and figures."""
    at, steps = subject, 0
    while steps < _REACH and not reading.cue_before(at, "according"):
        if reading.speech.word(at - 1) not in _BEFORE_NAME and not _is_data(reading, at):
            return False
        at, steps = at - 1, steps + 1
    return steps < _REACH


def _is_data(reading: Reading, token: int) -> bool:
    """Whether a noun for figures ends before a token."""
    head = reading.head_from.get(token - 1)
    return head is not None and isinstance(head.entry.value, AnonymousHead) and head.entry.value.use == "data"


def _has_written(reading: Reading, subject: int) -> bool:
    """``في بيان صادر عن``, ``بيان لـ``: a written statement of the institution."""
    at = subject
    if reading.speech.word(at - 1) in ("عن", "من"):
        at -= 1
    if reading.speech.word(at - 1) in _ISSUED:
        at -= 1
    while at > subject - _ADJECTIVES and reading.speech.word(at - 1) in STATEMENT_ADJECTIVES:
        at -= 1
    if reading.cue_before(at, "statement") is None:
        return False
    is_issued = reading.speech.word(subject - 1) in ("عن", "من") or reading.speech.word(subject - 1) in _ISSUED
    return is_issued or reading.speech.word(subject).startswith("ل")


def _spokesperson(reading: Reading, segment: Segment, hit: Hit, first: int, last: int) -> None:
    """``قالت المتحدثة باسم البيت الأبيض كارين جان بيير``: the person named, else the whole role."""
    named, subject = _named_after(reading, hit, last), hit.first
    subject -= reading.speech.word(subject - 1).lstrip("و") in _DEPUTIES
    before = reading.speech.mention_to.get(hit.first) or reading.speech.mention_to.get(hit.first - 1)
    written = reading.speech.word(hit.first).startswith("ل") and _has_written(reading, hit.first)
    is_led_to = _states(reading, subject, first) or _is_asked(reading, subject)
    speaks = written or is_led_to or _verb_after(reading, hit.last, last)
    if before and before.kind == "person" and not speaks:
        named = before
        begin = reading.speech.tokens_of(before.start, before.end)[0]
        speaks = _states(reading, begin, first)
    if not speaks or (prefix_of(reading.page, hit).endswith("ل") and not written):
        return
    if not named and not _speaks_for(reading, hit):
        return
    if named:
        begin, end = reading.speech.tokens_of(named.start, named.end)
        offset = named.start - reading.page.span(begin, begin + 1)[0]
        reading.add(segment, "official", begin, end, offset, method="spokesperson", confidence=_SURE,
                    name=named.entity.name if named.entity else None)  # fmt: skip
        return
    reading.add(segment, "official", hit.first, _role_end(reading, hit, last), hit.offset, method="spokesperson",
                confidence=_LIKELY)  # fmt: skip


def _speaks_for(reading: Reading, hit: Hit) -> bool:
    """Whether a spokesperson without a name is one: definite, ``باسم`` somebody, or military or official."""
    word = reading.speech.word(hit.last)
    is_definite = reading.page.tokens.words[hit.first][hit.offset :].startswith("ال")
    return is_definite or word == _FOR or word in _SPOKESPERSON_ADJECTIVES


def _named_after(reading: Reading, hit: Hit, last: int) -> Mention | None:
    for at in range(hit.last, min(last, hit.last + _NAME_REACH)):
        mention = reading.speech.mention_from.get(at)
        if mention and mention.kind == "person" and reading.speech.word(at - 1) != _FOR:
            return mention
        word = reading.speech.word(at)
        is_name_mark = word in QUOTE_MARKS and _is_name_mark(reading, hit, at)
        is_over = word in COMPLEMENTIZERS or (word in QUOTE_MARKS and not is_name_mark) or word == ":"
        if is_over or at in reading.speech.verb_from or reading.speech.ends_sentence(at):
            return None
    return None


def _is_name_mark(reading: Reading, hit: Hit, mark: int) -> bool:
    """Whether a mark belongs to the name of who is spoken for: ``المتحدث باسم «X» العقيد ...``."""
    inner = range(hit.last, mark)
    has_opened = any(reading.speech.word(at) in QUOTE_MARKS for at in inner)
    return has_opened or reading.speech.word(mark - 1) == _FOR or reading.speech.word(mark - 1) in _GENERIC_HEADS


def _role_end(reading: Reading, hit: Hit, last: int) -> int:
    """The end of ``متحدث باسم الجيش الإسرائيلي``: up to the institution it speaks for."""
    for at in range(hit.last, min(last, hit.last + _REACH)):
        mention = reading.speech.mention_from.get(at)
        told = reading.source_from.get(at) or reading.cue(at, "outlet")
        if told and told.offset:
            return at
        if mention:
            return reading.speech.tokens_of(mention.start, mention.end)[1]
        word = reading.speech.word(at)
        if word in QUOTE_MARKS and _is_name_mark(reading, hit, at):
            continue
        if word in COMPLEMENTIZERS or not word.isalpha() or at in reading.speech.verb_from:
            return at
    return hit.last


def _verb_after(reading: Reading, end: int, last: int) -> bool:
    """``المتحدث باسم الجيش أفيخاي أدرعي قال``: the verb a few words later, in the same clause."""
    for at in range(end, min(last, end + _NAME_REACH)):
        if at in reading.speech.verb_from:
            return True
        word = reading.speech.word(at)
        if word in COMPLEMENTIZERS or reading.speech.ends_sentence(at) or word == "،":
            return False
        if word == ":":
            return True
    return False


def _person_in_writing(reading: Reading, segment: Segment, mention: Mention, first: int, last: int) -> None:
    """``ندد الأمين العام ... في بيان``: a person whose words are a written statement."""
    begin, end = reading.speech.tokens_of(mention.start, mention.end)
    subject = begin
    if mention.title_start is not None and mention.title_end is not None and mention.title_end <= mention.start:
        subject = reading.speech.tokens_of(mention.title_start, mention.title_end)[0]
    if begin in reading.taken or not _states(reading, subject, first):
        return
    if not _speaks_in_writing(reading, end, last):
        return
    offset = mention.start - reading.page.span(begin, begin + 1)[0]
    reading.add(segment, "official", begin, end, offset, method="statement", confidence=_LIKELY,
                name=mention.entity.name if mention.entity else None)  # fmt: skip


def _speaks_in_writing(reading: Reading, token: int, last: int) -> bool:
    """Whether ``في بيان`` follows before the sentence ends or somebody else begins to speak."""
    for at in range(token, min(last, token + _STATEMENT_REACH)):
        if reading.cue(at, "statement") and reading.speech.word(at) in ("في", "وفي"):
            return True
        if reading.speech.ends_sentence(at):
            return False
        verb = reading.speech.verb_from.get(at)
        if verb and any(after in reading.speech.mention_from for after in range(verb.last, verb.last + 3)):
            return False
    return False


def _institution(reading: Reading, segment: Segment, hit: Hit, first: int) -> None:
    """``قالت الشرطة``: an institution the text does not name."""
    is_written = _has_written(reading, hit.first) or (bool(hit.offset or hit.fused) and _is_asked(reading, hit.first))
    if hit.first in reading.taken or not (is_written or (not hit.offset and _states(reading, hit.first, first))):
        return
    office = reading.cue(hit.first, "office")
    if (
        (office and office.last > hit.last)
        or hit.last in reading.speech.mention_from
        or reading.speech.word(hit.last) in ("في", "باسم")
    ):
        return
    offset = 0 if hit.fused else hit.offset
    reading.add(segment, "official", hit.first, hit.last, offset, method="institution:unnamed", confidence=_GUESS)


def _is_office(reading: Reading, hit: Hit, last: int) -> bool:
    """``المكتب الإعلامي لرئيس الوزراء``: an office of somebody; one of an organisation is read with its name."""
    is_of = reading.speech.word(hit.last).startswith("ل") or hit.last - hit.first > 1
    named = reading.speech.mention_from.get(hit.last + (reading.speech.word(hit.last) == "في"))
    return is_of and hit.last < last and not (named and named.kind == "organisation")


def _office(reading: Reading, segment: Segment, hit: Hit, first: int, last: int) -> None:
    if hit.first in reading.taken or not (_states(reading, hit.first, first) or _is_asked(reading, hit.first)):
        return
    end = hit.last
    while end < min(last, hit.last + _REACH) and _belongs(reading, end):
        end += 1
    reading.add(segment, "official", hit.first, end, 0 if hit.fused else hit.offset, method="office",
                confidence=_LIKELY)  # fmt: skip


def _belongs(reading: Reading, token: int) -> bool:
    word = reading.speech.word(token)
    is_name = word.startswith(("ل", "ال")) or token in reading.speech.mention_from
    is_head = reading.speech.word(token - 1).startswith("ل") and word.isalpha()
    return (is_name or is_head) and word not in COMPLEMENTIZERS and not reading.cue(token, "statement")
