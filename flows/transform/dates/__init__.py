"""Arabic time expressions: where they stand, what they say, and when that is.

``vocabulary`` reads the reference tables; ``cursor`` shows the rules a page; ``numerals``, ``absolute``, ``days``,
``clock``, ``amounts``, ``named`` and ``ranges`` are the rules; ``find`` runs them; ``readings`` is what they return;
``intervals`` and ``resolve`` turn readings into wall time.
"""

from flows.transform.dates.find import find_time_expressions
from flows.transform.dates.readings import TimeExpression
from flows.transform.dates.resolve import resolve_dates
from flows.transform.dates.vocabulary import TimeVocabulary, build_time_vocabulary

__all__ = ["TimeExpression", "TimeVocabulary", "build_time_vocabulary", "find_time_expressions", "resolve_dates"]
