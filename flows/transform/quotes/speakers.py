"""Who says a quotation: the subject of the nearest reporting verb, a cue's source, or who spoke before."""

from __future__ import annotations

from typing import Final

from flows.transform.lexicon import Hit
from flows.transform.page import Page
from flows.transform.quotes.voices import Voices
from flows.transform.speech import COMPLEMENTIZERS, folded_words
from flows.values import Mention, SourceRoleMention, Speaker

_BEFORE: Final = 6
_AFTER: Final = 5
_TITLE_TOKENS: Final = 9
_JOINED: Final = 14
_UNKNOWN_WORDS: Final = 3
_ROLE_WORDS: Final = 4
_CONSTRUCT_WORDS: Final = 2
_AFTER_NAME: Final = folded_words("الذي التي عن إلى على وهو وهي")
_WHERE_SAID: Final = folded_words("في خلال أثناء لدى أمام عقب عبر")
_PEOPLE_LETTERS: Final = 5
_LEAST_NAME: Final = 2
_NAME_WORDS: Final = 4
_LONG_SUBJECT: Final = 12
_ADJUNCTS: Final = folded_words("خلال أثناء بعد قبل عقب أمام عبر ردا تعليقا بيان تصريح مقابلة مؤتمر ما من")
_AND_THE: Final = "وال"
_BEFORE_WHOM: Final = "أمام"
"""A preposition, folded as the title إمام is."""
_DEFINITE: Final = ("ال", "وال")
_NO_SUBJECT: Final = COMPLEMENTIZERS | folded_words(
    "إلى في على ب ل عن من مع ذلك خلال بعد قبل كما فيه فيها فيهم عنه عنها به بها منه منها إليه إليها عليه عليها هنا هناك"
    " ردا تعليقا جوابا إجابة تعقيبا مجددا"
)
_MARKS: Final = frozenset("\"'«»“”„:-،,(")
_SKIPPED = folded_words("أيضا كذلك قد اليوم أمس بدوره بدورها حينها لاحقا له لها لي لنا لهم عليه عليها عليهم آنذاك")
_SPEAKING: Final = frozenset(("person", "organisation", "group"))
_PLURAL: Final = ("وا", "ون", "ا", "ين")


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
    is_named = closing in _AFTER_NAME or (closing in _WHERE_SAID and _opens_clause(voices, token))
    is_closed |= is_named and not voices.speech.word(token).startswith("ال")
    if at == token or not (is_closed or _is_people(voices.speech.word(token))):
        at = _long_subject_end(voices, token, limit)
        named = voices.speech.mention_to.get(at)
        if at > token and named and named.kind == "person":
            return (speaker_of(voices.page, named),)
    if at == token:
        return ()
    start, end = voices.page.span(token, at)
    return (Speaker(voices.page.text[start:end], None, start, end),)


def _opens_clause(voices: Voices, token: int) -> bool:
    """Whether the verb before a token has no noun before it that could be its subject (``إن بلاده ترحب ب...``)."""
    verb = voices.speech.verb_to.get(token)
    return verb is not None and (verb.offset > 0 or not voices.speech.word(verb.first - 1).isalpha())


def _long_subject_end(voices: Voices, token: int, limit: int) -> int:
    """``قالت كبيرة المحللين في مصرف X جين فولي إن``: a role nobody listed, up to what is said; ``token`` if none."""
    if not _is_nominal(voices, token):
        return token
    for at in range(token + 1, min(limit, token + _LONG_SUBJECT)):
        word = voices.speech.word(at)
        if word in COMPLEMENTIZERS or word == ":":
            return at
        if not word.isalpha() or word in _ADJUNCTS or at in voices.speech.verb_from or at in voices.times:
            return token
    return token


def _is_people(word: str) -> bool:
    """``المتظاهرون``, ``العائلتان``: a definite plural or dual that can only be a subject."""
    return word.startswith("ال") and word.endswith(("ون", "تان")) and len(word) > _PEOPLE_LETTERS


def _is_nominal(voices: Voices, token: int) -> bool:
    word = voices.speech.word(token)
    if not word.isalpha() or word in _NO_SUBJECT or word in _SKIPPED or token in voices.speech.verb_from:
        return False
    if voices.speech.begins_line(token) or word.startswith(("لل", "بال")) or token in voices.times:
        return False
    mention = voices.speech.mention_from.get(token)
    is_told = mention is not None and mention.start > voices.page.span(token, token + 1)[0]
    return not (is_told or voices.tells_outlet(token) or voices.is_cue(token))


def _is_addressee(voices: Voices, token: int, speaker: Speaker) -> bool:
    word = voices.speech.word(token)
    if word.startswith("لل"):
        return True
    start = voices.page.span(token, token + 1)[0]
    return word.startswith("ل") and speaker.start is not None and speaker.start == start + 1


def _titled(voices: Voices, at: int, limit: int) -> Speaker | None:
    """A role and, where it is there, the name that bears it."""
    title = voices.title_from.get(at)
    if title is None or voices.page.text[slice(*voices.page.span(at, at + 1))] == _BEFORE_WHOM:
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
    bearer = voices.bearer_of(start, stop)
    if bearer and bearer.entity:
        return Speaker(bearer.entity.name, bearer.entity, start, stop)
    return _apposed(voices, end, limit) or Speaker(role, None, start, stop)


def _apposed(voices: Voices, token: int, limit: int) -> Speaker | None:
    """``وزيرة الاقتصاد والمالية نادية العلوي،``: a name nobody listed; behind a definite role no other noun is bare."""
    while token < limit and voices.speech.word(token).startswith(_AND_THE):
        token += 1
    end = token
    while end < min(limit, token + _NAME_WORDS) and _is_nominal(voices, end):
        end += 1
    follows = voices.speech.word(end)
    is_closed = follows in _MARKS or follows in COMPLEMENTIZERS or end in voices.speech.verb_from
    is_closed |= voices.tells_outlet(end)
    is_bare = not voices.speech.word(token).startswith(_DEFINITE)
    is_behind = voices.speech.word(token - 1).startswith(_DEFINITE)
    if not (is_behind and is_bare and is_closed) or end - token < _LEAST_NAME:
        return None
    start, stop = voices.page.span(token, end)
    return Speaker(voices.page.text[start:stop], None, start, stop)


def subject_before(voices: Voices, verb: Hit, floor: int) -> tuple[Speaker, ...]:
    """The names before a verb that follows its subject; a plural verb takes all that are joined before it."""
    word = voices.speech.word(verb.first)
    if word.endswith(_PLURAL[:2]):
        joined = _joined_before(voices, verb.first, floor)
        if len(joined) > 1:
            return joined
    for at in range(verb.first, max(floor, verb.first - _BEFORE) - 1, -1):
        source = voices.source_to.get(at)
        if source and (source.role == "anonymous" or (source.role == "official" and at == verb.first)):
            return (_source_speaker(voices, source),)
        role = voices.title_to.get(at) if at == verb.first else None
        if role and not role.offset:
            begin, end = voices.page.span(role.first, role.last)
            return (Speaker(voices.page.text[begin:end], None, begin, end),)
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
