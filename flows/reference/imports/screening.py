"""Which names may be taken: a name that is also an ordinary word would be found where nothing is named."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flows.reference.spelling import language_of, spelling_key
from flows.reference.tables import ReferenceTables, values
from flows.values import EntityKind

MAX_LETTERS, MAX_WORDS = 120, 12
_MIN_ARABIC = 3
"""A word of two Arabic letters is nearly always one of the language, or an abbreviation."""
_ACRONYM = range(2, 7)
_SIGNS = frozenset("-.'’`´&،,«»\"“”/+:!·–")
_ARABIC = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱڤ")
"""Letters of Arabic and of what it writes foreign names with; Persian and Urdu have others."""
_ORDINARY, _NATIONALITY = "an ordinary word", "a nationality word"
_CLASSES = {"function": "a function word", "verb": "a verb"}
_WITNESSED = frozenset({"guarded", "club"})
"""Uses that need a witness beside the name: ordinary words may have them."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words and phrases that are no names, with what they are, and folded given names."""

    words: Mapping[str, str]
    given: frozenset[str]

    @classmethod
    def of(cls, tables: ReferenceTables) -> Vocabulary:
        """All words the reference tables know for other things than names."""
        words: dict[str, str] = {}
        for word, meaning in _words(tables):
            key = spelling_key(word)
            words.setdefault(key, meaning)
            words.setdefault(f"ال{key}", meaning)
        rows = tables.read("given_names", ("name", "use"))
        given = frozenset(spelling_key(row["name"]) for row in rows if row["use"] != "family")
        return cls(words, given)

    def meaning(self, key: str) -> str | None:
        """What a folded name is when it is no name, the article on or off."""
        return self.words.get(key) or (self.words.get(key.removeprefix("ال")) if " " not in key else None)


def screened(name: str, kind: EntityKind, use: str, *, is_own: bool, vocabulary: Vocabulary) -> tuple[str, str]:
    """The use a name may have, and why it may have none: one of the two is blank.

    Args:
        name: the name, cleaned.
        kind: what it names.
        use: the use that was asked for; blank leaves it to the form of the name.
        is_own: whether a person listed it on purpose; single words of a dump need a witness.
        vocabulary: what is no name.
    """
    key = spelling_key(name)
    reason = _form(name, key) or _ordinary(key, kind, use, vocabulary)
    if reason:
        return "", reason
    return use or _use(name, key, kind, is_own=is_own, is_given=key in vocabulary.given), ""


def _form(name: str, key: str) -> str:
    """What is wrong with the letters of a name."""
    letters = sum(letter.isalpha() for letter in key)
    if letters <= 1:
        return "it has no more than one letter"
    if len(name) > MAX_LETTERS or len(key.split()) > MAX_WORDS:
        return f"it is longer than {MAX_LETTERS} letters or {MAX_WORDS} words"
    if not all(_is_of_names(letter) for letter in name):
        return "it has signs that names lack, or letters neither Arabic nor Latin"
    if " " in key:
        return ""
    if language_of(name) == "ar" and letters < _MIN_ARABIC:
        return "a word of two Arabic letters"
    return "" if language_of(name) == "ar" or not name.islower() else "a Latin name without a capital"


def _is_of_names(letter: str) -> bool:
    if letter in _SIGNS or letter in " \u200c\u200d" or unicodedata.category(letter) in {"Nd", "Mn"}:
        return True
    return letter.isalpha() and (language_of(letter) == "ar" or unicodedata.name(letter, "").startswith("LATIN"))


def _ordinary(key: str, kind: EntityKind, use: str, vocabulary: Vocabulary) -> str:
    """What a name is when it is no name alone."""
    meaning = vocabulary.meaning(key)
    if meaning is not None and not (meaning == _ORDINARY and use in _WITNESSED):
        return f"it is {meaning}"
    words = key.split()
    is_phrase = len(words) > 1 and all(vocabulary.meaning(word) is not None for word in words)
    if kind == "person" and is_phrase and words[0] not in vocabulary.given:
        return "all its words are ordinary ones"
    if kind == "person" and key in vocabulary.given and use not in _WITNESSED:
        return "a given name alone"
    return ""


def _use(name: str, key: str, kind: EntityKind, *, is_own: bool, is_given: bool) -> str:
    if " " in key:
        return "full"
    if name.isupper() and len(name) in _ACRONYM:
        return "acronym"
    if kind == "person":
        return "surname"
    return "full" if is_own and not is_given else "guarded"


def is_arabic(name: str) -> bool:
    """Whether a name is written in Arabic letters, and not in those of Persian or Urdu.

    >>> is_arabic("طوني بلير"), is_arabic("تونی بلر"), is_arabic("Tony Blair")
    (True, False, False)
    """
    letters = [letter for letter in name if letter.isalpha() and letter != "ـ"]
    return bool(letters) and all(letter in _ARABIC for letter in letters)


def is_latin(name: str) -> bool:
    """Whether all letters of a name are Latin."""
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


def _words(tables: ReferenceTables) -> Iterator[tuple[str, str]]:
    """Every word and phrase of the tables that is no name, with what it is."""
    for row in tables.read("demonyms", ("adjective", "plural")):
        for adjective in values(row["adjective"]):
            yield from ((f"{adjective}{end}", _NATIONALITY) for end in ("", "ة", "ون", "ين", "ات"))
        yield from ((plural, _NATIONALITY) for plural in values(row["plural"]))
    for table, columns, meaning in (
        ("heads", ("head",), "a common noun that begins names"),
        ("titles", ("title",), "a title"),
        ("reporting_verbs", ("forms", "participles"), "a verb"),
        ("months", ("names",), "a word of time"),
        ("weekdays", ("names", "bare_names"), "a word of time"),
        ("time_words", ("phrases",), "a word of time"),
        ("time_units", ("one", "two", "many"), "a word of time"),
        ("numerals", ("forms",), "a number"),
    ):
        for row in tables.read(table, columns):
            for column in columns:
                yield from ((form, meaning) for form in values(row[column]))
    for row in tables.read("name_stops", ("word", "class")):
        yield row["word"], _CLASSES.get(row["class"], _ORDINARY)
    for table, column in (("anonymous_heads", "head"), ("common_words", "word")):
        yield from ((row[column], _ORDINARY) for row in tables.read(table, (column,)))
