"""The language of a text: Arabic told from what else is written in its letters, by letters and small words.

A model that knows many languages takes Dari, Sorani and dialects for one another or for Arabic, and it is slow. In
Arabic script the small words and a few letters settle it; other scripts are left to py3langid.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SAMPLE_CHARACTERS = 1_000
"""How much of a text is looked at: it settles the language, and more costs time."""

_MIN_OTHER_LETTERS = 12
_ARABIC_LETTERS = re.compile("[\u0620-\u06d3\u06d5-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_OTHER_LETTERS = re.compile(r"[^\W\d_\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_ARTICLE = ("ال", "وال", "بال", "لل", "فال", "كال")


class _Signs(NamedTuple):
    """What shows a language: letters its neighbours do not write, and its commonest small words."""

    letters: str
    words: frozenset[str]


def _signs(letters: str, words: str) -> _Signs:
    return _Signs(letters, frozenset(words.split()))


_ARABIC = _signs(
    "ةأإ",
    "في فی من على علی إلى الى إلی أن ان عن مع هذا هذه ذلك التي الذي الذين كان كانت قد لم لن لا ما بعد قبل بين خلال كما "
    "أو ثم حيث قال وقال وفي ومن وعلى وأن أنه انه أنها وكان يوم بأن لدى حتى منذ أي هو هي عبر ضد غير كل",
)
_NEIGHBOURS = {
    "fa": _signs(
        "پچژگ",
        "از که این است در را به با برای شد آن های خود بود کرد می شده یک تا ایران او نیز هم بر اما کند گفت وزیر "
        "كه اين است شده براي يك نيز",
    ),
    "ur": _signs("ٹڈڑںےہھۓ", "کے کی میں اور ہے سے کا نے کو پر ہیں ہو گیا تھا اس کہ یہ بھی ایک لیے وزیراعظم"),
    "ckb": _signs("ێۆڕڵەڤ", "لە بۆ کە بە ئەو هەر لەسەر ئەم لەگەڵ دوای کرد بوو هەیە نێوان"),
    "ps": _signs("ښځڅړېۍګټډڼ", "د په او چې کې سره له دي شوي هغه دا یې ته نه وویل ولسمشر خپلو"),
    "ug": _signs("ېۇۆۈۋڭە", "بىلەن ۋە بۇ ئۇ ئۈچۈن بولۇپ دېدى"),
}


def detect_language(text: str) -> str | None:
    """The ISO 639 code of the language most of a text is in; None for a text with too few letters to say.

    Arabic, Persian, Urdu, Sorani Kurdish, Pashto and Uyghur are told apart by themselves; every text in Arabic letters
    without a sign of another language is Arabic.

    >>> detect_language("وزیر امور خارجه ایران گفت که این کشور"), detect_language("قال الوزير في بيان")
    ('fa', 'ar')
    >>> detect_language("12/3/2024") is None
    True
    """
    sample = text[:SAMPLE_CHARACTERS]
    n_arabic = sum(map(len, _ARABIC_LETTERS.findall(sample)))
    if 2 * n_arabic >= len(sample):
        return _in_arabic_letters(sample)
    n_other = sum(map(len, _OTHER_LETTERS.findall(sample)))
    if n_arabic and n_arabic >= n_other:
        return _in_arabic_letters(sample)
    return _in_other_letters(sample) if n_other >= _MIN_OTHER_LETTERS else None


def _in_arabic_letters(sample: str) -> str:
    words = set(sample.split())
    arabic = _score(sample, words, _ARABIC) + sum(word.startswith(_ARTICLE) for word in words)
    scores = {code: _score(sample, words, signs) for code, signs in _NEIGHBOURS.items()}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > arabic else "ar"


def _score(sample: str, words: set[str], signs: _Signs) -> int:
    """How often letters of a language's own stand in a text, and twice how many of its small words do."""
    return sum(map(sample.count, signs.letters)) + 2 * len(words & signs.words)


def _in_other_letters(sample: str) -> str:
    import py3langid  # noqa: PLC0415 - its model takes most of a second, and few pages need it

    return str(py3langid.classify(sample)[0])
