"""Days from 1900 to 2100 with the parts and names dashboards group by."""

from datetime import date

from sqlalchemy import Index, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

HIJRI = "(Umm al-Qura; null before 1 August 1924 and after 16 November 2077)"


class CalendarDay(Base):
    """One day; filled by the migration and never changed by a load."""

    __tablename__ = "calendar"
    __table_args__ = (
        UniqueConstraint("date_key"),
        Index(None, "hijri_year", "hijri_month", "hijri_day"),
        {
            "schema": "news",
            "comment": "One day, 1900 to 2100, without gaps: Gregorian, ISO week and Hijri parts, names.",
        },
    )
    calendar_date: Mapped[date] = mapped_column(primary_key=True, comment="The day.")
    date_key: Mapped[int] = mapped_column(comment="The day as a number, YYYYMMDD.")
    year: Mapped[int] = mapped_column(SmallInteger, comment="Gregorian year.")
    quarter: Mapped[int] = mapped_column(SmallInteger, comment="Quarter of the year, 1 to 4.")
    month: Mapped[int] = mapped_column(SmallInteger, comment="Month of the year, 1 to 12: sorts the month names.")
    day: Mapped[int] = mapped_column(SmallInteger, comment="Day of the month.")
    day_of_year: Mapped[int] = mapped_column(SmallInteger, comment="Day of the year, from 1.")
    year_month_key: Mapped[int] = mapped_column(
        comment="Year and month as a number, YYYYMM: sorts months of many years."
    )
    month_start_date: Mapped[date] = mapped_column(comment="First day of its month.")
    iso_year: Mapped[int] = mapped_column(SmallInteger, comment="Year of the ISO week.")
    iso_week: Mapped[int] = mapped_column(SmallInteger, comment="ISO week, 1 to 53; weeks run Monday to Sunday.")
    iso_week_key: Mapped[int] = mapped_column(Integer, comment="ISO year and week as a number, YYYYWW: sorts weeks.")
    week_start_date: Mapped[date] = mapped_column(comment="Monday of its week.")
    weekday: Mapped[int] = mapped_column(SmallInteger, comment="Weekday, 1 Monday to 7 Sunday: sorts weekday names.")
    weekday_name: Mapped[str] = mapped_column(comment="Weekday in English.")
    weekday_name_ar: Mapped[str] = mapped_column(comment="Weekday in Arabic.")
    month_name: Mapped[str] = mapped_column(comment="Month in English.")
    month_name_ar: Mapped[str] = mapped_column(comment="Month in Arabic as in Egypt and the Gulf: يناير.")
    month_name_ar_levant: Mapped[str] = mapped_column(
        comment="Month in Arabic as in the Levant and Iraq: كانون الثاني."
    )
    month_name_ar_maghreb: Mapped[str] = mapped_column(comment="Month in Arabic as in Algeria and Tunisia: جانفي.")
    month_name_ar_morocco: Mapped[str] = mapped_column(comment="Month in Arabic as in Morocco: يوليوز, غشت, شتنبر.")
    hijri_year: Mapped[int | None] = mapped_column(SmallInteger, comment=f"Hijri year {HIJRI}.")
    hijri_month: Mapped[int | None] = mapped_column(SmallInteger, comment=f"Hijri month, 1 to 12 {HIJRI}.")
    hijri_day: Mapped[int | None] = mapped_column(SmallInteger, comment=f"Hijri day {HIJRI}.")
    hijri_month_name_ar: Mapped[str | None] = mapped_column(comment="Hijri month in Arabic: رمضان.")
