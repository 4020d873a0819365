"""Sources nobody names: ``مصدر مطلع``, ``مسؤول أمريكي تحدث بشرط عدم الكشف عن هويته``, with the whole phrase as span."""

from __future__ import annotations

from typing import Final

from flows.text.places import within
from flows.transform.lexicon import Hit
from flows.transform.sources.cues import AnonymousHead
from flows.transform.sources.reading import QUOTE_MARKS, STATEMENT_ADJECTIVES, Reading
from flows.transform.sources.reported import BARE_TO, QUANTIFIERS, is_reported
from flows.transform.speech import COMPLEMENTIZERS, folded_words, prefix_of
from flows.values import Segment

_ADJECTIVES: Final = 4
_COMPLEMENT_TOKENS: Final = 9
_CLAUSE_TOKENS: Final = 12
_QUOTED_TOKENS: Final = 14
_OF_COUNT: Final = 2
_BEFORE_MARK: Final = 2
_TITLE_TOKENS: Final = 12
_COUNTS: Final = QUANTIFIERS | folded_words(
    "واحد واحدة اثنين اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرات مئات آلاف عديد كثير"
)
_RELATIVES: Final = folded_words("الذي التي الذين اللذين اللذان")
_PREPOSITIONS: Final = folded_words("في من لدى على داخل ب باسم")
_STOPS: Final = COMPLEMENTIZERS | folded_words("قوله قولها قولهم عن إلى مع بعد قبل خلال حول بشأن")
_SURE: Final = 0.9
_LIKELY: Final = 0.8
_ANAPHOR: Final = 0.6


def unnamed_sources(reading: Reading, segment: Segment, bounds: tuple[int, int], places: list[int]) -> None:
    """Find the unnamed sources one segment lets speak, in order; they begin in some of ``places``."""
    first, last = bounds
    reach = first
    for index in within(places, first, last):
        hit = reading.head_from[index]
        if index >= reach and hit.last <= last:
            reach = _source_at(reading, segment, hit, first, last) or reach


def _source_at(reading: Reading, segment: Segment, hit: Hit, first: int, last: int) -> int | None:
    use = hit.entry.value.use if isinstance(hit.entry.value, AnonymousHead) else "adjective"
    if use == "adjective" or _names_someone(reading, hit, last) or (use == "data" and _has_owner(reading, hit, last)):
        return None
    if (use == "person" and _is_office(reading, hit)) or _begins_name(reading, hit):
        return None
    end, withholds = _phrase_end(reading, hit, last)
    begin = _counted_start(reading, hit.first, first)
    word, owner = reading.speech.word(begin), reading.speech.word(end)
    end += begin < hit.first and end == hit.last < last and owner.startswith("ال") and not _stops(reading, end)
    prefix = prefix_of(reading.page, hit) if begin == hit.first else word[: word.find(_bare_count(word))]
    speaks = is_reported(reading, (begin, end), (first, last), prefix) or _is_listed_with(reading, hit.first)
    if not speaks and not withholds:
        return None
    if prefix.endswith("ل") and not withholds and not reading.cue_before(begin, "according"):
        return None
    confidence = _ANAPHOR if use == "anaphor" else _SURE if use == "source" or withholds else _LIKELY
    reading.add(segment, "anonymous", begin, end, 0 if hit.fused else len(prefix),
                method="anaphor" if use == "anaphor" else "phrase", confidence=confidence)  # fmt: skip
    return end


def _begins_name(reading: Reading, hit: Hit) -> bool:
    """``أطباء بلا حدود``, ``لـ"المصدر أونلاين"``: whether the noun is the first word of a name."""
    if reading.speech.word(hit.first - 1) in QUOTE_MARKS and reading.speech.word(hit.first - _BEFORE_MARK) == BARE_TO:
        return True
    mention = reading.speech.mention_from.get(hit.first)
    return mention is not None and mention.kind == "organisation"


def _counted_start(reading: Reading, token: int, first: int) -> int:
    """``ثلاثة من سكان القرية``, ``عدد من الأهالي``: where a number of people begins."""
    count = token - _OF_COUNT
    is_counted = count >= first and reading.speech.word(token - 1) == "من"
    return count if is_counted and _bare_count(reading.speech.word(count)) in _COUNTS else token


def _bare_count(word: str) -> str:
    """A number of people without the preposition before it (``لاثنين``)."""
    return word[1:] if word[:1] in "لبو" and word[1:] in _COUNTS else word


def _is_office(reading: Reading, hit: Hit) -> bool:
    """``قائد الجيش``, ``نائب رئيس الوزراء``: a role that only one person holds names that person."""
    is_one = isinstance(hit.entry.value, AnonymousHead) and hit.entry.value.is_singular
    of_whom = reading.speech.word(hit.last)
    is_titled = any(other.entry.category == "title" for other in reading.page.hits_at(hit.last))
    owner = reading.cue(hit.last, "institution", "office")
    return is_one and (of_whom.startswith("ال") or is_titled or (owner is not None and not owner.offset))


def _is_listed_with(reading: Reading, token: int) -> bool:
    """``... عن مسؤول أمريكي ومصدر إسرائيلي``: joined to an unnamed source just before."""
    return token - 1 in reading.taken and reading.speech.word(token).startswith("و")


def _names_someone(reading: Reading, hit: Hit, last: int) -> bool:
    """Whether a name follows the noun and its adjectives: then it is that person's title."""
    start = reading.page.span(hit.first, hit.first + 1, hit.offset)[0]
    mentions = (reading.speech.mention_from.get(at) for at in range(hit.last, min(last, hit.last + _TITLE_TOKENS)))
    if any(mention and (mention.title_start or -1) <= start < (mention.title_end or -1) for mention in mentions):
        return True  # ``قائد شرطة كويتا محمد بلوش``
    for at in range(hit.last, min(last, hit.last + _ADJECTIVES)):
        mention = reading.speech.mention_from.get(at)
        if mention:
            return mention.kind == "person"
        if not _is_adjective(reading, at):
            return False
    return False


def _has_owner(reading: Reading, hit: Hit, last: int) -> bool:
    """``تقديرات صندوق النقد``: figures of an organisation that is named, which is then the source."""
    for at in range(hit.last, min(last, hit.last + _ADJECTIVES)):
        mention = reading.speech.mention_from.get(at)
        if mention:
            return mention.kind == "organisation"
        if reading.cue(at, "office", "institution", "outlet"):
            return True
        if not (_is_adjective(reading, at) or reading.speech.word(at) in STATEMENT_ADJECTIVES):
            return False
    return False


def _is_adjective(reading: Reading, token: int) -> bool:
    head = reading.head_from.get(token)
    if head and isinstance(head.entry.value, AnonymousHead):
        return head.entry.value.use in ("adjective", "person") and not head.offset
    word = reading.speech.word(token)
    is_name = token in reading.source_from or token in reading.speech.mention_from
    if is_name or word in COMPLEMENTIZERS or word in _PREPOSITIONS or token in reading.speech.verb_from:
        return False
    demonym = reading.demonyms.get(token)
    if demonym and not demonym.offset:
        return True
    return len(word) > 3 and word.endswith(("ي", "يه", "يا", "يين", "يون", "يان", "يتين"))  # noqa: PLR2004 - a stem and ending


def _phrase_end(reading: Reading, hit: Hit, last: int) -> tuple[int, bool]:
    """The token after the whole phrase, and whether it says that a name is withheld."""
    end = _owner_end(reading, hit, last)
    limit = min(last, end + _ADJECTIVES)
    while end < limit and _is_adjective(reading, end):
        head = reading.head_from.get(end)
        end = head.last if head else end + 1
    end = _complement(reading, end, last)
    return _clause(reading, end, last)


def _owner_end(reading: Reading, hit: Hit, last: int) -> int:
    """``مصادر الوفد``: whose sources they are."""
    if not (isinstance(hit.entry.value, AnonymousHead) and hit.entry.value.use == "source") or hit.last >= last:
        return hit.last
    is_definite = reading.page.tokens.words[hit.first][hit.offset :].startswith("ال")
    is_owner = reading.speech.word(hit.last).startswith("ال") and hit.last not in reading.source_from
    return hit.last + 1 if is_owner and not is_definite and not _stops(reading, hit.last) else hit.last


def _complement(reading: Reading, end: int, last: int) -> int:
    """``في وزارة الدفاع (البنتاغون)``, ``بالبيت الأبيض``: where the source belongs, up to the next verb or clause."""
    word = reading.speech.word(end)
    mention = reading.speech.mention_from.get(end)
    is_place = word in _PREPOSITIONS or (word[:1] == "ب" and (mention is not None or _is_in(reading, end)))
    if end >= last or not is_place:
        return end
    at, limit, reach = end, min(last, end + _COMPLEMENT_TOKENS), end
    while at < limit and not _stops(reading, at) and not (at > end and reading.speech.word(at).startswith("بال")):
        mention = reading.speech.mention_from.get(at)
        if mention:
            at = reach = reading.speech.tokens_of(mention.start, mention.end)[1]
            while at < limit and _is_adjective(reading, at):
                at = reach = at + 1
            if reading.speech.word(at) == "(":
                reach = _bracket_end(reading, at, last)
            if reading.speech.word(reach) not in _PREPOSITIONS:
                return reach
        else:
            at += 1
            reach = at if word != "من" or at > end + 1 else reach
    return min(reach, end + _ADJECTIVES) if reach - end > _ADJECTIVES else reach


def _is_in(reading: Reading, token: int) -> bool:
    """``بالوزارة``, ``بشرطة بابل``: in or of an institution."""
    if reading.speech.word(token).startswith("بال"):
        return True
    return any(hit.offset == 1 and hit.entry.category == "head" for hit in reading.page.hits_at(token))


def _stops(reading: Reading, token: int) -> bool:
    word = reading.speech.word(token)
    if reading.speech.begins_line(token) or not word.isalnum():
        return True
    return (
        word in _STOPS
        or word in _RELATIVES
        or token in reading.speech.verb_from
        or bool(reading.cue(token, "anonymity", "according"))
    )


def _bracket_end(reading: Reading, opening: int, last: int) -> int:
    for at in range(opening + 1, min(last, opening + 5)):
        if reading.speech.word(at) == ")":
            return at + 1
    return opening


def _clause(reading: Reading, end: int, last: int) -> tuple[int, bool]:
    """``، الذي طلب عدم ذكر اسمه``, ``وصفهما بـ"المطلعين ..."``: the clause that withholds or replaces the name."""
    at = end
    if at < last and reading.speech.word(at) in "،,":
        at += 1
    if at < last and reading.speech.word(at) in _RELATIVES:
        at += 1
    cue = reading.cue(at, "anonymity") if at < last else None
    if cue is None:
        return end, False
    for token in range(cue.last, min(last, cue.last + _CLAUSE_TOKENS)):
        word = reading.speech.word(token)
        if word in QUOTE_MARKS:
            return _quoted_end(reading, token, last), True
        closing = reading.cue(token, "anonymity_end")
        if closing:
            return closing.last, True
        if word in "،," or reading.speech.ends_sentence(token) or word in COMPLEMENTIZERS:
            return token, True
    return cue.last, True


def _quoted_end(reading: Reading, opening: int, last: int) -> int:
    for token in range(opening + 1, min(last, opening + _QUOTED_TOKENS)):
        if reading.speech.word(token) in QUOTE_MARKS:
            return token + 1
    return opening
