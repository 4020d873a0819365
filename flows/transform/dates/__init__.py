"""Arabic time expressions: where they stand, what they say, and when that is.

``vocabulary`` reads the reference tables and ``cursor`` shows the rules a page. The rules: ``numerals``, ``years``,
``numeric``, ``absolute``, ``periods``, ``days``, ``faces``, ``clock``, ``stretches``, ``amounts``, ``repeats``,
``named``, ``ranges``; ``find`` runs them, ``borrowed`` keeps them out of names, ``tense`` tells what lies ahead, and
``readings`` is what they return, with ``kinds`` and grains. ``resolve``, ``resolver``, ``occurrences`` and
``intervals`` turn readings into wall time.
"""

from flows.transform.dates.find import find_time_expressions
from flows.transform.dates.readings import TimeExpression
from flows.transform.dates.resolve import resolve_dates
from flows.transform.dates.vocabulary import TimeVocabulary, build_time_vocabulary

__all__ = ["TimeExpression", "TimeVocabulary", "build_time_vocabulary", "find_time_expressions", "resolve_dates"]
