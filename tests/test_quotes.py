"""Quotations in marks: spans, speakers and verbs."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.transform import annotate_text
from flows.transform.page import read_page
from flows.transform.quotes import find_quotes
from flows.transform.quotes.marks import quotation_marks, quoted_spans
from flows.transform.rules import load_rules
from flows.transform.speech import Speech
from flows.values import Segment

RULES = load_rules()
WORDS = "لن نترك أحدا خلفنا أبدا"


def quotes(text: str) -> list[tuple[str, list[str], str | None]]:
    """Surface, surfaces of the speakers and verb of each quotation."""
    return [
        (text[quote.start : quote.end], [text[who.start : who.end] for who in quote.speakers], quote.verb)
        for quote in annotate_text(text, RULES).quotes
    ]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        # straight
        ('قال "واحد اثنان" ثم مضى', ["واحد اثنان"]),
        # curly, either way round
        ("قال “واحد اثنان” و”ثلاثة أربعة“", ["واحد اثنان", "ثلاثة أربعة"]),
        # low and high
        ("قال „واحد اثنان“ ثم", ["واحد اثنان"]),
        # angled
        ("قال «واحد اثنان» ثم", ["واحد اثنان"]),
        # one inside another
        ('قال «واحد "اثنان" ثلاثة» ثم', ["اثنان", 'واحد "اثنان" ثلاثة']),
        # spaces inside the marks
        ('قال " واحد اثنان " ثم', ["واحد اثنان"]),
        # after a proclitic and a stretching mark
        ('بـ"واحد اثنان" ثم و"ثلاثة"', ["واحد اثنان", "ثلاثة"]),
        # an opening mark that nothing closes
        ('قال "واحد ثم قال "اثنان" ومضى', ["اثنان"]),
        # a closing mark alone
        ("قال واحد” ثم مضى", []),
        # nothing between
        ('قال "" ثم', []),
        # single ones, and an apostrophe
        ("قال 'واحد اثنان' ثم غادر فندق L'Hotel", ["واحد اثنان"]),
        # single angled and single curly
        ("قال ‹واحد اثنان› و‘ثلاثة’", ["واحد اثنان", "ثلاثة"]),
        # the same form inside itself
        ("قال “واحد “اثنان” ثلاثة” ثم", ["اثنان", "واحد “اثنان” ثلاثة"]),
        # closing forms on both sides, spaces inside
        ("قال: ” واحد اثنان ” .", ["واحد اثنان"]),
        # opened by one form and closed by another
        ('قال "واحد اثنان” ثم', ["واحد اثنان"]),
        # the opening mark on the wrong side of its space
        ('قال إن" واحد اثنان".', ["واحد اثنان"]),
        # a closing mark before the next word without space
        ('وصفه بأنه "واحد اثنان"قائلا', ["واحد اثنان"]),
    ],
)
def test_marks_pair_up(text: str, spans: list[str]) -> None:
    found = quoted_spans(text, quotation_marks(text), 0, len(text)).spans
    assert [text[start:end] for start, end in found] == spans


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        # closed two paragraphs later
        (["قال بايدن «سنعمل مع شركائنا.", "نحن معهم اليوم.", "ولن نتركهم أبدا»."],
         ["سنعمل مع شركائنا.\n\nنحن معهم اليوم.\n\nولن نتركهم أبدا"]),
        # opened again in each
        (["قال بايدن «سنعمل مع شركائنا معا.", "«ولن نتركهم أبدا هناك»."],
         ["سنعمل مع شركائنا معا", "ولن نتركهم أبدا هناك"]),
        # never closed, after a colon
        (['وأضاف بايدن: "لن نترك شركاءنا هناك.', "وغادر الوفد مساء اليوم."], ["لن نترك شركاءنا هناك"]),
        # never closed, nothing leads to it
        (['وكان "ذلك الأمر صعبا على الجميع هناك.', "وغادر الوفد مساء اليوم."], []),
    ],
)  # fmt: skip
def test_a_quotation_goes_on_over_paragraphs(paragraphs: list[str], expected: list[str]) -> None:
    assert [surface for surface, _, _ in quotes("\n\n".join(paragraphs))] == expected


@pytest.mark.parametrize(
    ("text", "speakers", "verb"),
    [
        # verb, then subject
        (f'وقال بايدن إن "{WORDS}".', ["بايدن"], "قال"),
        # title and name
        (f'قال الرئيس الأميركي جو بايدن: "{WORDS}".', ["جو بايدن"], "قال"),
        # a title with an institution inside
        (f'وقالت المتحدثة باسم البيت الأبيض كارين جان بيير للصحفيين "{WORDS}".', ["كارين جان بيير"], "قالت"),
        # a role without a name
        (f'وقال وزير الدفاع الأميركي إن بلاده "{WORDS}".', ["وزير الدفاع الأميركي"], "قال"),
        # subject before the verb
        (f'بايدن يقول "{WORDS}".', ["بايدن"], "يقول"),
        # the one spoken to is not the speaker
        (f'وأضاف بايدن لنتنياهو "{WORDS}".', ["بايدن"], "أضاف"),
        # several who speak as one, the one spoken to after the verb
        (f'وأفاد موقع "واللا" بأن نتنياهو وهرتسي هليفي قالوا للوزير الأمريكي إن "{WORDS}".', ["نتنياهو", "هرتسي هليفي"],
         "قالوا"),
        # a participle goes on from the verb before it
        (f'وقال بايدن إن الحرب صعبة، مضيفا "{WORDS}".', ["بايدن"], "مضيفا"),
        # after the quotation
        (f'"{WORDS}"، قال بايدن للصحفيين أمس.', ["بايدن"], "قال"),
        # after the quotation, by a cue
        (f'"{WORDS}"، وفق ما ذكر البيت الأبيض أمس.', ["البيت الأبيض"], "ذكر"),
        # a cue before it: no verb
        (f'ووفقا لمسؤول في البيت الأبيض، ناقش الوفدان "{WORDS}".', ["مسؤول في البيت الأبيض"], None),
        # an unnamed source
        (f'وأكد مصدر إسرائيلي تحدث شريطة عدم الكشف عن هويته أنه "{WORDS}".',
         ["مصدر إسرائيلي تحدث شريطة عدم الكشف عن هويته"], "أكد"),
        # the one an outlet quotes
        (f'ونقلت رويترز عن مسؤول أميركي قوله "{WORDS}".', ["مسؤول أميركي"], "قوله"),
        # a written statement
        (f'وفي بيان صادر عن وزارة الخارجية الأمريكية، جاء أن بلينكن دعا إلى الهدوء "{WORDS}".',
         ["وزارة الخارجية الأمريكية"], "جاء"),
        # after the quotation, a role nobody listed and its adjective before the name
        (f'"{WORDS}"، هكذا علق الناقد التشكيلي محمد حسنين هيكل على الأمر.', ["محمد حسنين هيكل"], "علق"),
        # a clause of its own, with a verb that reports nothing elsewhere
        (f'نفى بايدن مسؤولية بلاده، فيما حمّل نتنياهو "{WORDS}".', ["نتنياهو"], None),
        # a verb that only describes a noun
        (f'وقال بايدن في خطاب بثته قناة الجزيرة إنه "{WORDS}".', ["بايدن"], "قال"),
        # the outlet somebody told
        (f'نفى بايدن ذلك، وأضاف لقناة "الجزيرة": "{WORDS}".', ["بايدن"], "أضاف"),
        # what is described is not who describes it
        (f'نفى بايدن ذلك، ووصف الاتهامات الجديدة بأنها "{WORDS}".', ["بايدن"], "وصف"),
        # who described it stands first in the sentence, behind a place
        (f'زار بايدن أمس مدينة القاهرة في خطوة وصفها بأنها "{WORDS}".', ["بايدن"], "وصفها"),
        # a clause between كان with its subject and the verb
        (f'نفى بوتين ذلك.\nوكان بايدن، الذي وصل أمس إلى موسكو، قد شدد على أنه "{WORDS}".', ["بايدن"], "شدد"),
        # a role whose words follow one another
        (f'وقال مدير مكتب شؤون اللاجئين إن "{WORDS}".', ["مدير مكتب شؤون اللاجئين"], "قال"),
        # a name in which nobody bears a title, described behind it
        (f'وقال أحمد ولد محمد وهو أحد السكان إن "{WORDS}".', ["أحمد ولد محمد"], "قال"),
        # where it was said is not who said it
        (f'وكان بايدن قد صرح أمام لجنة بمجلس الشيوخ بأنه "{WORDS}".', ["بايدن"], "صرح"),
        # a dual
        (f'وتحدثت العائلتان عن "{WORDS}".', ["العائلتان"], "تحدثت"),
        # what a text calls something is nobody's saying
        (f"وقال بايدن إن ما سمته الصحف «{WORDS}» لا يغير شيئا.", ["بايدن"], "قال"),
        # the first person of the sentence, behind a verb that reports nothing
        (f'دفع المحامي محمد حسنين هيكل ببطلان الإذن، وقال: "{WORDS}".', ["محمد حسنين هيكل"], "قال"),
        # behind the verb's own preposition
        (f'ورد عليه جو بايدن بالقول: "{WORDS}".', ["جو بايدن"], "بالقول"),
        # answered, not arrived
        (f'نفى نتنياهو ذلك. ورد الرئيس الأميركي جو بايدن قائلا: "{WORDS}".', ["جو بايدن"], "قائلا"),
        # where it was said is no imam
        (f'ونقلت رويترز عن جو بايدن قوله أمام مجلس العموم: "{WORDS}".', ["جو بايدن"], "قوله"),
        # a role that ends before its verb
        (f'وقالت الصحيفة إن رئيس الأركان قال لنتنياهو: "{WORDS}".', ["رئيس الأركان"], "قال"),
        # a long role nobody listed
        (f'وقالت شريكة المحللين الماليين لبنك الوادي إن "{WORDS}".', ["شريكة المحللين الماليين لبنك الوادي"], "قالت"),
        # a name nobody listed, where it was said behind it
        (f'وقالت زيزفون تسنغاوكر في كلمتها: "{WORDS}".', ["زيزفون تسنغاوكر"], "قالت"),
        # a name nobody listed behind a definite role
        (f'قالت وزيرة الاقتصاد والمالية زيزفون تسنغاوكر، إن "{WORDS}".', ["زيزفون تسنغاوكر"], "قالت"),
        # between a mark and the colon
        (f'الدفاع يطلب سماع الشهود.. والنيابة: "{WORDS}"', ["النيابة"], None),
        # what somebody answers to is not who answers
        (f'قال بايدن إنه باق. وأضاف ردا على سؤال: "{WORDS}".', ["بايدن"], "أضاف"),
        # a verb within what is said
        (f'قال بايدن إن إسرائيل ترفض السلام. وأضاف خلال مؤتمر: "{WORDS}".', ["بايدن"], "أضاف"),
        # from whom others have it
        (f'قال بايدن إنه باق. ونقل عنه زواره قوله: "{WORDS}".', ["بايدن"], "قوله"),
        # nobody
        (f'وكتب على الجدار "{WORDS}".', [], "كتب"),
    ],
)  # fmt: skip
def test_a_quotation_has_its_speakers_and_verb(text: str, speakers: list[str], verb: str | None) -> None:
    assert quotes(text) == [(WORDS, speakers, verb)]


def test_a_verb_without_subject_takes_up_the_speaker_of_the_paragraph_before() -> None:
    text = f'كما قال لويد أوستن لنظيره إن الحصيلة "مرتفعة جدا" في القطاع.\n\nوأضاف "{WORDS}".'
    assert quotes(text) == [(WORDS, ["لويد أوستن"], "أضاف")]


def test_a_role_is_the_one_who_bears_it_on_the_page() -> None:
    text = f'استقبل الرئيس التركي رجب طيب أردوغان الوفد في أنقرة أمس.\n\nوقال الرئيس التركي "{WORDS}".'
    (quote,) = annotate_text(text, RULES).quotes
    assert [who.entity.key for who in quote.speakers if who.entity] == ["person:recep-tayyip-erdogan"]


def test_a_name_in_marks_is_no_quotation() -> None:
    assert quotes('أعلنت "وزارة الدفاع الأميركية" أن القوات وصلت.') == []


@pytest.mark.parametrize("text", ['وصف الخطوة بأنها "خطأ كبير جدا".', 'قال "نعم" ثم "لا".', "لا علامات هنا أبدا."])
def test_three_words_are_no_quotation(text: str) -> None:
    assert quotes(text) == []


@given(st.text(alphabet='ا \n"“”«»„‟‹›.،ـب', max_size=200))
@settings(max_examples=300, deadline=None)
def test_spans_lie_between_two_marks_and_are_trimmed(text: str) -> None:
    for start, end in quoted_spans(text, quotation_marks(text), 0, len(text)).spans:
        assert text[start:end] == text[start:end].strip() != ""
        assert text[:start].rstrip()[-1] in '"“”«»„‟‹›'
        assert text[end:].lstrip()[0] in '"“”«»„‟‹›'


@pytest.mark.parametrize(
    "unit", ['"', "“", "«", "'", '"كلمة ', "“كلمة ", "»كلمة ", "«كلمة\n", 'قال "كلمة كلمة كلمة كلمة" ']
)
def test_a_hundred_thousand_marks_cost_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit) * 2)
    page = read_page(text, RULES.lexicon)
    segments = [Segment(match.start(), match.end(), "body", 0) for match in re.finditer(r"[^\n]+", text)]
    begin = time.process_time()
    find_quotes(Speech(page, segments, ()), segments, ())
    assert time.process_time() - begin < 5
