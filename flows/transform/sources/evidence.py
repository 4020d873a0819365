"""What makes an institution a source: a verb of statement before it, a cue, a written statement of its own."""

from __future__ import annotations

from typing import Final

from flows.transform.lexicon import Hit
from flows.transform.sources.cues import AnonymousHead
from flows.transform.sources.reading import QUOTE_MARKS, STATEMENT_ADJECTIVES, Reading
from flows.transform.sources.reported import AUXILIARIES
from flows.transform.speech import COMPLEMENTIZERS, ReportingVerb, VerbKind, folded_words, prefix_of

GENERIC_HEADS: Final = folded_words("حركة حزب جماعة منظمة تنظيم في مؤسسة شركة كتائب سرايا")
"""Nouns that stand before a name and outside it."""

_FROM: Final = "عن"
_CAME_OUT: Final = folded_words("صدر وصدر صدرت وصدرت يصدر")
_WHAT: Final = "ما"
_REACH: Final = 6
_BEFORE_FROM: Final = 2
_RELAY_REACH: Final = 12
_AWAITED_REACH: Final = 6
_STATEMENT_REACH: Final = 60
_ADJECTIVES: Final = 3
_ISSUED: Final = folded_words(
    "صادر صدر صادرة الصادر الصادرة أصدرته أصدره نشرته نشره وزعته وزعه عممته عممه بثته بثه تلته تلاه أوردته أورده"
)
"""What stands between a statement and whose it is (``بيان نشره المكتب``)."""
_SHOWING: Final = folded_words("أظهر أظهرت وأظهر وأظهرت تظهر وتظهر يظهر")
_BEFORE_NAME: Final = GENERIC_HEADS | QUOTE_MARKS | STATEMENT_ADJECTIVES
_IN_WRITING: Final = folded_words("في وفي بيانا بلاغا تغريدة منشورا تدوينة")
_ON_PLATFORM: Final = folded_words("في عبر")
NEGATIONS: Final = folded_words("لم ولم فلم لن ولن")
_STATING: Final[frozenset[VerbKind | None]] = frozenset(("say", "judge"))
_ASKING: Final[frozenset[VerbKind | None]] = frozenset(("call", "act", "relay"))


def states(reading: Reading, subject: int, first: int) -> bool:
    """Whether a verb of statement stands right before a subject."""
    return _verb_kind(reading, subject, first) in _STATING


def _verb_kind(reading: Reading, subject: int, first: int) -> VerbKind | None:
    """What the verb right before a subject does; None if there is none, or it is denied or has another subject."""
    for at in range(subject - 1, max(first, subject - _REACH) - 1, -1):
        verb = reading.speech.verb_to.get(at + 1)
        if verb:
            if reading.speech.word(verb.first - 1) in NEGATIONS or _follows_subject(reading, verb):
                return None
            value = verb.entry.value
            return value.kind if isinstance(value, ReportingVerb) and not value.is_participle else None
        word = reading.speech.word(at)
        is_apart = word in GENERIC_HEADS or word in QUOTE_MARKS or reading.is_known_time(at)
        if not is_apart and not _is_abbreviation(reading, at):
            return None
    return None


def _is_abbreviation(reading: Reading, token: int) -> bool:
    """``د. عبدالله السند``: one letter and its stop."""
    letter = token - (reading.speech.word(token) == ".")
    return reading.speech.word(letter + 1) == "." and len(reading.speech.word(letter)) == 1


def says_so(reading: Reading, subject: int, end: int, bounds: tuple[int, int]) -> bool:
    """Whether a verb of statement leads to a subject, or one of another kind where it writes (``أصدر X بيانا``)."""
    first, last = bounds
    kind = _verb_kind(reading, subject, first) or _awaited_kind(reading, subject, end, last)
    return kind in _STATING or (kind in _ASKING and speaks_in_writing(reading, end, last))


def _awaited_kind(reading: Reading, subject: int, end: int, last: int) -> VerbKind | None:
    """What the verb behind the subject of كان does (``وكانت وزارة الصحة قد أعلنت``)."""
    if reading.speech.word(subject - 1) not in AUXILIARIES:
        return None
    for at in range(end, min(last, end + _AWAITED_REACH)):
        verb = reading.speech.verb_from.get(at)
        if verb:
            return verb.entry.value.kind if isinstance(verb.entry.value, ReportingVerb) else None
        if not reading.speech.word(at).isalpha() or reading.speech.word(at) in COMPLEMENTIZERS:
            return None
    return None


def _follows_subject(reading: Reading, verb: Hit) -> bool:
    """Whether a name right before a verb, on the same line, is its subject already."""
    is_apart = prefix_of(reading.page, verb) or reading.speech.begins_line(verb.first)
    return verb.first in reading.speech.mention_to and not is_apart and verb.first - 1 not in reading.taken


def is_asked(reading: Reading, subject: int) -> bool:
    """``وفقا لـ``, ``بحسب منظمة «X»``, ``وفق تقديرات X``: a cue before the name, its heads, marks and figures."""
    if _is_relayed(reading, subject):
        return True
    at, steps = subject, 0
    asked = reading.cue_before(subject - 1, "according")
    if asked and reading.speech.word(asked.last - 1).endswith(_WHAT):
        return True  # ``وفق ما أعلنه X``, whatever the verb
    while steps < _REACH and not reading.cue_before(at, "according"):
        if reading.speech.word(at - 1) not in _BEFORE_NAME and not _is_data(reading, at):
            return False
        at, steps = at - 1, steps + 1
    return steps < _REACH


def _is_relayed(reading: Reading, subject: int) -> bool:
    """``نقلت صحيفة X عن منظمة Y``: whether an outlet passes on what it has from the subject."""
    while reading.speech.word(subject - 1) in GENERIC_HEADS:
        subject -= 1
    if reading.speech.word(subject - 1) != _FROM:
        return False
    if subject - _BEFORE_FROM in reading.taken:  # ``بحسب رويترز عن Y``
        return True
    verbs = (reading.speech.verb_from.get(at) for at in range(subject - 2, subject - _RELAY_REACH, -1))
    verb = next((verb for verb in verbs if verb), None)
    return verb is not None and isinstance(verb.entry.value, ReportingVerb) and verb.entry.value.kind == "relay"


def _is_data(reading: Reading, token: int) -> bool:
    """Whether a noun for figures ends before a token."""
    head = reading.head_from.get(token - 1)
    return head is not None and isinstance(head.entry.value, AnonymousHead) and head.entry.value.use == "data"


def has_issued(reading: Reading, subject: int, end: int) -> bool:
    """``صدر عن X بيان``: whether a written statement follows that came from the institution."""
    return (
        reading.speech.word(subject - 1) == _FROM
        and reading.speech.word(subject - _BEFORE_FROM) in _CAME_OUT
        and reading.cue(end, "statement") is not None
    )


def has_written(reading: Reading, subject: int) -> bool:
    """``في بيان صادر عن``, ``بيان لـ``: a written statement of the institution."""
    at = subject
    if reading.speech.word(at - 1) in ("عن", "من") or reading.speech.word(at - 1) in QUOTE_MARKS:
        at -= 1
    if reading.speech.word(at - 1) in _ISSUED:
        at -= 1
    while at > subject - _ADJECTIVES and reading.speech.word(at - 1) in STATEMENT_ADJECTIVES:
        at -= 1
    statement = reading.cue_before(at, "statement")
    if statement is None:
        return False
    is_issued = reading.speech.word(subject - 1) in ("عن", "من") or reading.speech.word(subject - 1) in _ISSUED
    return is_issued or reading.speech.word(subject).startswith("ل") or _is_quoted(reading, statement.first)


def _is_quoted(reading: Reading, token: int) -> bool:
    """``بحسب بيان X``, ``وأفاد تقرير X``: whether a cue or verb leads to a statement."""
    verb = reading.speech.verb_to.get(token)
    is_shown = reading.speech.word(token - 1) in _SHOWING
    return is_shown or verb is not None or reading.cue_before(token, "according") is not None


def speaks_in_writing(reading: Reading, token: int, last: int) -> bool:
    """Whether ``في بيان`` follows before the sentence ends or somebody else begins to speak."""
    for at in range(token, min(last, token + _STATEMENT_REACH)):
        is_object = reading.speech.word(at - 1) not in _ON_PLATFORM
        if is_object and reading.cue(at, "statement") and reading.speech.word(at) in _IN_WRITING:
            return True
        if reading.speech.ends_sentence(at) or reading.speech.word(at) in COMPLEMENTIZERS:
            return False
        verb = reading.speech.verb_from.get(at)
        if verb and any(after in reading.speech.mention_from for after in range(verb.last, verb.last + 3)):
            return False
    return False
