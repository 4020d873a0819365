-- Frozen. One row a day, 1900 to 2100; 0004_calendar.py fills it.

CREATE TABLE news.calendar (
    calendar_date date NOT NULL,
    date_key integer NOT NULL,
    year smallint NOT NULL,
    quarter smallint NOT NULL,
    month smallint NOT NULL,
    day smallint NOT NULL,
    day_of_year smallint NOT NULL,
    year_month_key integer NOT NULL,
    month_start_date date NOT NULL,
    iso_year smallint NOT NULL,
    iso_week smallint NOT NULL,
    iso_week_key integer NOT NULL,
    week_start_date date NOT NULL,
    weekday smallint NOT NULL,
    weekday_name text NOT NULL,
    weekday_name_ar text NOT NULL,
    month_name text NOT NULL,
    month_name_ar text NOT NULL,
    month_name_ar_levant text NOT NULL,
    month_name_ar_maghreb text NOT NULL,
    month_name_ar_morocco text NOT NULL,
    hijri_year smallint,
    hijri_month smallint,
    hijri_day smallint,
    hijri_month_name_ar text,
    CONSTRAINT calendar_pkey PRIMARY KEY (calendar_date),
    CONSTRAINT calendar_date_key_key UNIQUE (date_key)
);
CREATE INDEX calendar_hijri_year_hijri_month_hijri_day_idx ON news.calendar (hijri_year, hijri_month, hijri_day);
COMMENT ON TABLE news.calendar IS 'One day, 1900 to 2100, without gaps: Gregorian, ISO week and Hijri parts, names.';
COMMENT ON COLUMN news.calendar.calendar_date IS 'The day.';
COMMENT ON COLUMN news.calendar.date_key IS 'The day as a number, YYYYMMDD.';
COMMENT ON COLUMN news.calendar.year IS 'Gregorian year.';
COMMENT ON COLUMN news.calendar.quarter IS 'Quarter of the year, 1 to 4.';
COMMENT ON COLUMN news.calendar.month IS 'Month of the year, 1 to 12: sorts the month names.';
COMMENT ON COLUMN news.calendar.day IS 'Day of the month.';
COMMENT ON COLUMN news.calendar.day_of_year IS 'Day of the year, from 1.';
COMMENT ON COLUMN news.calendar.year_month_key IS 'Year and month as a number, YYYYMM: sorts months of many years.';
COMMENT ON COLUMN news.calendar.month_start_date IS 'First day of its month.';
COMMENT ON COLUMN news.calendar.iso_year IS 'Year of the ISO week.';
COMMENT ON COLUMN news.calendar.iso_week IS 'ISO week, 1 to 53; weeks run Monday to Sunday.';
COMMENT ON COLUMN news.calendar.iso_week_key IS 'ISO year and week as a number, YYYYWW: sorts weeks.';
COMMENT ON COLUMN news.calendar.week_start_date IS 'Monday of its week.';
COMMENT ON COLUMN news.calendar.weekday IS 'Weekday, 1 Monday to 7 Sunday: sorts weekday names.';
COMMENT ON COLUMN news.calendar.weekday_name IS 'Weekday in English.';
COMMENT ON COLUMN news.calendar.weekday_name_ar IS 'Weekday in Arabic.';
COMMENT ON COLUMN news.calendar.month_name IS 'Month in English.';
COMMENT ON COLUMN news.calendar.month_name_ar IS 'Month in Arabic as in Egypt and the Gulf: يناير.';
COMMENT ON COLUMN news.calendar.month_name_ar_levant IS 'Month in Arabic as in the Levant and Iraq: كانون الثاني.';
COMMENT ON COLUMN news.calendar.month_name_ar_maghreb IS 'Month in Arabic as in Algeria and Tunisia: جانفي.';
COMMENT ON COLUMN news.calendar.month_name_ar_morocco IS 'Month in Arabic as in Morocco: يوليوز, غشت, شتنبر.';
COMMENT ON COLUMN news.calendar.hijri_year IS 'Hijri year (Umm al-Qura; null before 1 August 1924 and after 16 November 2077).';
COMMENT ON COLUMN news.calendar.hijri_month IS 'Hijri month, 1 to 12 (Umm al-Qura; null before 1 August 1924 and after 16 November 2077).';
COMMENT ON COLUMN news.calendar.hijri_day IS 'Hijri day (Umm al-Qura; null before 1 August 1924 and after 16 November 2077).';
COMMENT ON COLUMN news.calendar.hijri_month_name_ar IS 'Hijri month in Arabic: رمضان.';
