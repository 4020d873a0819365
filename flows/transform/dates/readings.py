"""What a time expression says, before anyone knows when it was said.

A reading is a small tree of frozen values. None of them holds a calendar interval: :mod:`.resolve` gives each one its
interval once the anchor (the publication of the article it stands in) is known, or says that there is none.

``steps`` counts calendar periods from the anchor: -2 before last, -1 last, 0 this, 1 next, 2 after next; None where no
word says which, and the nearest past one is meant unless a future cue stands by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.values import Calendar, DateKind, Grain

Unit = Literal[
    "second", "minute", "hour", "day", "night", "week", "month", "quarter", "season", "year", "decade", "century",
]  # fmt: skip
PartName = Literal["first", "middle", "last", "half-1", "half-2", "quarter-1", "quarter-2", "quarter-3", "quarter-4"]
DaypartName = Literal["dawn", "morning", "noon", "afternoon", "evening", "night"]
SeasonName = Literal["spring", "summer", "autumn", "winter"]


@dataclass(frozen=True, slots=True)
class Ymd:
    """A day, month or year named in a calendar, some of it perhaps left out (``7 أكتوبر`` has no year)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    calendar: Calendar = "gregorian"
    steps: int | None = None
    base: Reading | None = None
    """The year (or month, for a bare day) another expression gives: ``من العام الماضي``, ``من الشهر الجاري``."""
    is_spelled: bool = False
    """Whether a weekday and an ordinal in words name it, which may count weekdays: ``الثلاثاء الأول من نوفمبر``."""
    shift: int | None = None
    """Days from the anchor where a word says so too: -1 in ``أمس الاثنين 25 مارس 2024``."""


@dataclass(frozen=True, slots=True)
class DayShift:
    """``أمس``, ``بعد غد``; a weekday beside it decides over the distance."""

    days: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class WeekdayIn:
    """A weekday: of the anchor's surroundings, or of the week ``base`` names."""

    weekday: int
    steps: int | None = None
    base: Reading | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The calendar period the anchor lies in, moved by ``steps``: ``الشهر الماضي``."""

    unit: Unit
    steps: int
    calendar: Calendar = "gregorian"


@dataclass(frozen=True, slots=True)
class Stretch:
    """So much time right before (-1) or after (1) the anchor: ``الساعات الـ24 الماضية``."""

    unit: Unit
    count: float
    sign: int
    is_vague: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """So many units at the beginning (1) or the end (-1) of a period: ``الأشهر الستة الأولى من العام الجاري``."""

    unit: Unit
    count: float
    sign: int
    base: Reading


@dataclass(frozen=True, slots=True)
class Offset:
    """A point so far before (-1) or after (1) the anchor, ``base``, or an event the text does not date."""

    unit: Unit
    count: float
    sign: int
    base: Reading | None = None
    is_event: bool = False
    is_vague: bool = False
    """How many is not said (``بعد أيام``); ``is_hedged``: about or more than so many (``قبل نحو شهر``)."""
    is_hedged: bool = False
    calendar: Calendar = "gregorian"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time; ``sign`` -1 where it ends at the anchor (``منذ``), 1 where it begins there, else 0.

    ``rest`` are the smaller units of ``ثلاثة أعوام وستة أشهر``; ``is_vague`` and ``is_hedged`` as in :class:`Offset`.
    """

    unit: Unit
    count: float
    sign: int = 0
    is_vague: bool = False
    is_hedged: bool = False
    rest: tuple[tuple[Unit, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A third, half or quarter of a period: ``مطلع``, ``النصف الأول``."""

    part: PartName
    base: Reading


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is left (1) or has gone (-1) of the anchor's period: ``في وقت لاحق هذا الأسبوع``."""

    unit: Unit
    sign: int


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th unit or weekday of a period, -1 for the last: ``أول ثلاثاء من شهر أكتوبر``."""

    n: int
    of: Unit | int
    base: Reading


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on a day (the anchor's own day where ``base`` is None), to the unit it names."""

    hour: int
    minute: int | None = None
    second: int | None = None
    base: Reading | None = None
    zone: str | None = None
    is_settled: bool = False
    """Whether a part of the day says which half of the day the hour is in."""


@dataclass(frozen=True, slots=True)
class Daypart:
    """A part of a day: ``مساء أمس``; ``is_night_of`` for ``ليلة الجمعة``, 18:00 to 6:00 of the next day."""

    part: DaypartName
    base: Reading | None = None
    is_night_of: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From the start of one reading to the end of another; what the first leaves out it takes from the last."""

    first: Reading
    last: Reading


@dataclass(frozen=True, slots=True)
class Decade:
    """``التسعينيات``: ``year`` is 1990, or 90 where the century is not said."""

    year: int
    century: int | None = None


@dataclass(frozen=True, slots=True)
class Century:
    """``القرن التاسع عشر``; those of the Hijri calendar lie outside the library's range and have no value."""

    number: int
    calendar: Calendar = "gregorian"


@dataclass(frozen=True, slots=True)
class Season:
    """A season; winter bears the year of its December."""

    season: SeasonName
    year: int | None = None
    steps: int | None = None
    base: Reading | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of the reference data: ``rule`` is a calendar, or the Easter it is ``easter_offset`` days from."""

    key: str
    rule: str
    month: int = 0
    day: int = 0
    easter_offset: int = 0
    days: int = 1


@dataclass(frozen=True, slots=True)
class HolidayOn:
    """A holiday in some year."""

    holiday: Holiday
    year: int | None = None
    calendar: Calendar = "gregorian"
    steps: int | None = None


@dataclass(frozen=True, slots=True)
class DayCount:
    """``اليوم 397``: the n-th day from the first of an epoch, which is None where no epoch fits the line."""

    number: int
    first_day: date | None


@dataclass(frozen=True, slots=True)
class DayInRow:
    """``لليوم الثاني على التوالي``: the day last named in its sentence, or else the anchor's period."""

    number: int
    unit: Unit = "day"


@dataclass(frozen=True, slots=True)
class Recurring:
    """A set: ``كل يوم``."""

    duration: str


@dataclass(frozen=True, slots=True)
class Vague:
    """``مؤخرا``: time without an interval."""


Reading = (
    Ymd
    | DayShift
    | WeekdayIn
    | Period
    | Stretch
    | Share
    | Offset
    | Duration
    | Part
    | Remainder
    | Nth
    | Clock
    | Daypart
    | Range
    | Decade
    | Century
    | Season
    | HolidayOn
    | DayCount
    | DayInRow
    | Recurring
    | Vague
)


class TimeExpression:
    """One time expression of a page, still without an anchor.

    Attributes:
        start, end: original offsets, proclitics left out.
        first, last: its tokens, ``last`` exclusive.
        is_future: a future cue or a future verb stands by it.
        is_quoted: it stands inside a quotation, so it was said on the day of speech.
        method: the rule that found it.
    """

    __slots__ = ("end", "first", "grain", "is_future", "is_quoted", "kind", "last", "method", "reading", "start")

    def __init__(
        self, *, start: int, end: int, first: int, last: int, kind: DateKind, grain: Grain | None, reading: Reading,
        method: str, is_future: bool, is_quoted: bool,
    ) -> None:  # fmt: skip
        self.start = start
        self.end = end
        self.first = first
        self.last = last
        self.kind = kind
        self.grain = grain
        self.reading = reading
        self.method = method
        self.is_future = is_future
        self.is_quoted = is_quoted
