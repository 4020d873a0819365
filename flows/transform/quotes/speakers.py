"""Who says a quotation: the subject of the nearest reporting verb, a cue's source, or who spoke before."""

from __future__ import annotations

from flows.transform.lexicon import Hit
from flows.transform.page import Page
from flows.transform.quotes.voices import Voices
from flows.transform.speech import COMPLEMENTIZERS, folded_words
from flows.values import Mention, SourceRoleMention, Speaker

_BEFORE = 6
_AFTER = 5
_TITLE_TOKENS = 9
_JOINED = 14
_UNKNOWN_WORDS = 3
_ROLE_WORDS = 4
_CONSTRUCT_WORDS = 2
_AFTER_NAME = folded_words("الذي التي عن إلى على وهو وهي")
_PEOPLE_LETTERS = 5
_NO_SUBJECT = COMPLEMENTIZERS | folded_words(
    "إلى في على ب ل عن من مع ذلك خلال بعد قبل كما فيه فيها فيهم عنه عنها به بها منه منها إليه إليها عليه عليها هنا هناك"
)
_MARKS = frozenset("\"'«»“”„:-،,(")
_SKIPPED = folded_words("أيضا كذلك قد اليوم أمس بدوره بدورها حينها لاحقا له لها آنذاك")
_SPEAKING = frozenset(("person", "organisation", "group"))
_PLURAL = ("وا", "ون", "ا", "ين")


def subject_after(voices: Voices, token: int, limit: int, *, of_cue: bool = False) -> tuple[Speaker, ...]:
    """The noun phrase that begins right after a verb or cue: a source, a name with its title, a role.

    Who stands after ل is the one spoken to, unless a cue (``وفقا ل``) asks for it.
    """
    at, steps = token, 0
    while at < limit and steps < _AFTER:
        found = _subject_at(voices, at, limit)
        if found and (of_cue or not _is_addressee(voices, at, found[0])):
            return found
        if found or (not of_cue and voices.tells_outlet(at)):
            return ()
        word = voices.speech.word(at)
        if not (word in _MARKS or word in _SKIPPED or voices.is_outlet_head(at) or at in voices.times):
            return ()
        steps += 1
        at += 1
    return ()


def _subject_at(voices: Voices, at: int, limit: int) -> tuple[Speaker, ...]:
    source = voices.source_from.get(at)
    if source and source.role == "anonymous":
        return (_source_speaker(voices, source),)
    titled = _titled(voices, at, limit)
    if titled:
        return (titled,)
    mention = voices.speech.mention_from.get(at)
    if mention and mention.kind in ("person", "organisation", "group"):
        return (speaker_of(voices.page, mention),)
    if source:
        return (_source_speaker(voices, source),)
    if mention and mention.kind == "place":
        return (speaker_of(voices.page, mention),)
    return _behind_role(voices, at, limit)


def _behind_role(voices: Voices, at: int, limit: int) -> tuple[Speaker, ...]:
    """``الناقد التشكيلي فلان``: a name behind a definite role nobody listed and its adjectives."""
    token = at
    while token < min(limit, at + _ROLE_WORDS) and voices.speech.word(token).startswith("ال"):
        mention = voices.speech.mention_from.get(token)
        if mention or token in voices.speech.verb_from:
            break
        token += 1
    mention = voices.speech.mention_from.get(token) if at < token < limit else None
    return (speaker_of(voices.page, mention),) if mention and mention.kind == "person" else ()


def unknown_subject(voices: Voices, token: int, limit: int) -> tuple[Speaker, ...]:
    """A subject no list knows, right after its verb: ``قال أحمد إن``, ``هتف المتظاهرون``.

    One to three words that a complementizer, colon, bracket or quotation mark ends, or a definite plural.
    """
    at = token
    while at < limit and at - token < _UNKNOWN_WORDS and _is_nominal(voices, at):
        at += 1
        if at == token + 1 and _is_people(voices.speech.word(token)):
            break
    closing = voices.speech.word(at) if at < limit or at - token else ""
    is_closed = closing in COMPLEMENTIZERS or closing in _MARKS or at >= limit
    is_closed |= closing in _AFTER_NAME and not voices.speech.word(token).startswith("ال")
    if at == token or not (is_closed or _is_people(voices.speech.word(token))):
        return ()
    start, end = voices.page.span(token, at)
    return (Speaker(voices.page.text[start:end], None, start, end),)


def _is_people(word: str) -> bool:
    """``المتظاهرون``, ``العائلتان``: a definite plural or dual that can only be a subject."""
    return word.startswith("ال") and word.endswith(("ون", "تان")) and len(word) > _PEOPLE_LETTERS


def _is_nominal(voices: Voices, token: int) -> bool:
    word = voices.speech.word(token)
    if not word.isalpha() or word in _NO_SUBJECT or word in _SKIPPED or token in voices.speech.verb_from:
        return False
    if voices.speech.begins_line(token) or word.startswith(("لل", "بال")) or token in voices.times:
        return False
    if voices.tells_outlet(token):
        return False
    return not voices.is_cue(token)


def _is_addressee(voices: Voices, token: int, speaker: Speaker) -> bool:
    word = voices.speech.word(token)
    if word.startswith("لل"):
        return True
    start = voices.page.span(token, token + 1)[0]
    return word.startswith("ل") and speaker.start is not None and speaker.start == start + 1


def _titled(voices: Voices, at: int, limit: int) -> Speaker | None:
    """A role and, where it is there, the name that bears it."""
    title = voices.title_from.get(at)
    if title is None:
        return None
    reach = min(limit, at + _TITLE_TOKENS + 3)
    for token in range(title.last, reach):
        word = voices.speech.word(token)
        mention = voices.speech.mention_from.get(token)
        if mention and mention.kind == "person":
            return speaker_of(voices.page, mention)
        if word in COMPLEMENTIZERS or word in ':"«“' or token in voices.speech.verb_from:
            break
    end = title.last
    for token in range(title.last, min(limit, at + _TITLE_TOKENS)):
        word = voices.speech.word(token)
        if not word.isalpha() or word in _NO_SUBJECT or token in voices.speech.verb_from:
            break
        is_definite = word.startswith(("ال", "لل", "بال")) or token in voices.speech.mention_from
        if is_definite:
            end = token + 1
        elif end > title.last or token - title.last >= _CONSTRUCT_WORDS:
            break
    start, stop = voices.page.span(at, end, title.offset)
    role = voices.page.text[start:stop]
    bearer = voices.bearers.get(voices.speech.folded(start, stop))
    if bearer and bearer.entity:
        return Speaker(bearer.entity.name, bearer.entity, start, stop)
    return Speaker(role, None, start, stop)


def subject_before(voices: Voices, verb: Hit, floor: int) -> tuple[Speaker, ...]:
    """The names before a verb that follows its subject; a plural verb takes all that are joined before it."""
    word = voices.speech.word(verb.first)
    if word.endswith(_PLURAL[:2]):
        joined = _joined_before(voices, verb.first, floor)
        if len(joined) > 1:
            return joined
    for at in range(verb.first, max(floor, verb.first - _BEFORE) - 1, -1):
        source = voices.source_to.get(at)
        if source and source.role == "anonymous":
            return (_source_speaker(voices, source),)
        mention = voices.speech.mention_to.get(at)
        if mention and (mention.kind in _SPEAKING or (mention.kind == "place" and at == verb.first)):
            return (speaker_of(voices.page, mention),)
        if voices.speech.ends_sentence(at - 1) or voices.speech.word(at - 1) in COMPLEMENTIZERS:
            break
    return ()


def _joined_before(voices: Voices, token: int, floor: int) -> tuple[Speaker, ...]:
    """``نتنياهو وهليفي ووزير الأمن، يوآف غالانت، قالوا``: the persons since the last clause began."""
    found: list[Speaker] = []
    at = token - 1
    while at >= max(floor, token - _JOINED):
        mention = voices.speech.mention_from.get(at)
        if mention and mention.kind in ("person", "organisation", "place"):
            found.append(speaker_of(voices.page, mention))
        if voices.speech.word(at) in COMPLEMENTIZERS or voices.speech.ends_sentence(at):
            break
        at -= 1
    return tuple(reversed(found))


def _source_speaker(voices: Voices, source: SourceRoleMention) -> Speaker:
    start, end = source.start or 0, source.end or 0
    is_anaphor = source.method == "anaphor" and source.role == "anonymous"
    name = voices.unnamed_before(source).name if is_anaphor else source.name
    mention = voices.speech.mention_from.get(voices.speech.tokens_of(start, end)[0])
    entity = mention.entity if mention and (mention.start, mention.end) == (start, end) else None
    return Speaker(entity.name if entity else name, entity, start, end)


def speaker_of(page: Page, mention: Mention) -> Speaker:
    """Who a mention names, with its span."""
    name = mention.entity.name if mention.entity else page.text[mention.start : mention.end]
    return Speaker(name, mention.entity, mention.start, mention.end)
