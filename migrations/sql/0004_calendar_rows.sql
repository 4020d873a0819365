-- Frozen. Fills news.calendar. %(years)s, %(months)s and %(starts)s are the Hijri months of the Umm al-Qura calendar,
-- in order; the last of them only ends the one before. Month and weekday names are those of CLDR: ar, ar-SY, ar-DZ, ar-MA.

WITH month_names (month, english, egypt, levant, maghreb, morocco) AS (
    VALUES
        (1, 'January', 'يناير', 'كانون الثاني', 'جانفي', 'يناير'),
        (2, 'February', 'فبراير', 'شباط', 'فيفري', 'فبراير'),
        (3, 'March', 'مارس', 'آذار', 'مارس', 'مارس'),
        (4, 'April', 'أبريل', 'نيسان', 'أفريل', 'أبريل'),
        (5, 'May', 'مايو', 'أيار', 'ماي', 'ماي'),
        (6, 'June', 'يونيو', 'حزيران', 'جوان', 'يونيو'),
        (7, 'July', 'يوليو', 'تموز', 'جويلية', 'يوليوز'),
        (8, 'August', 'أغسطس', 'آب', 'أوت', 'غشت'),
        (9, 'September', 'سبتمبر', 'أيلول', 'سبتمبر', 'شتنبر'),
        (10, 'October', 'أكتوبر', 'تشرين الأول', 'أكتوبر', 'أكتوبر'),
        (11, 'November', 'نوفمبر', 'تشرين الثاني', 'نوفمبر', 'نونبر'),
        (12, 'December', 'ديسمبر', 'كانون الأول', 'ديسمبر', 'دجنبر')
),
weekday_names (weekday, english, arabic) AS (
    VALUES
        (1, 'Monday', 'الاثنين'),
        (2, 'Tuesday', 'الثلاثاء'),
        (3, 'Wednesday', 'الأربعاء'),
        (4, 'Thursday', 'الخميس'),
        (5, 'Friday', 'الجمعة'),
        (6, 'Saturday', 'السبت'),
        (7, 'Sunday', 'الأحد')
),
hijri_names (month, arabic) AS (
    VALUES
        (1, 'محرم'), (2, 'صفر'), (3, 'ربيع الأول'), (4, 'ربيع الآخر'), (5, 'جمادى الأولى'), (6, 'جمادى الآخرة'),
        (7, 'رجب'), (8, 'شعبان'), (9, 'رمضان'), (10, 'شوال'), (11, 'ذو القعدة'), (12, 'ذو الحجة')
),
hijri_months AS (
    SELECT year, month, starts, lead(starts) OVER (ORDER BY starts) AS ends
    FROM unnest(%(years)s::integer[], %(months)s::integer[], %(starts)s::date[]) AS listed (year, month, starts)
),
hijri_days AS (
    SELECT day::date AS day, hijri_months.year, hijri_months.month, day::date - hijri_months.starts + 1 AS day_of_month
    FROM hijri_months, generate_series(starts::timestamp, ends - interval '1 day', interval '1 day') AS day
),
days AS (
    SELECT day::date AS day
    FROM generate_series(timestamp '1900-01-01', timestamp '2100-12-31', interval '1 day') AS day
)
INSERT INTO news.calendar (
    calendar_date, date_key, year, quarter, month, day, day_of_year, year_month_key, month_start_date, iso_year,
    iso_week, iso_week_key, week_start_date, weekday, weekday_name, weekday_name_ar, month_name, month_name_ar,
    month_name_ar_levant, month_name_ar_maghreb, month_name_ar_morocco, hijri_year, hijri_month, hijri_day,
    hijri_month_name_ar
)
SELECT
    days.day,
    extract(year FROM days.day) * 10000 + extract(month FROM days.day) * 100 + extract(day FROM days.day),
    extract(year FROM days.day),
    extract(quarter FROM days.day),
    extract(month FROM days.day),
    extract(day FROM days.day),
    extract(doy FROM days.day),
    extract(year FROM days.day) * 100 + extract(month FROM days.day),
    date_trunc('month', days.day::timestamp)::date,
    extract(isoyear FROM days.day),
    extract(week FROM days.day),
    extract(isoyear FROM days.day) * 100 + extract(week FROM days.day),
    date_trunc('week', days.day::timestamp)::date,
    extract(isodow FROM days.day),
    weekday_names.english,
    weekday_names.arabic,
    month_names.english,
    month_names.egypt,
    month_names.levant,
    month_names.maghreb,
    month_names.morocco,
    hijri_days.year,
    hijri_days.month,
    hijri_days.day_of_month,
    hijri_names.arabic
FROM days
JOIN month_names ON month_names.month = extract(month FROM days.day)
JOIN weekday_names ON weekday_names.weekday = extract(isodow FROM days.day)
LEFT JOIN hijri_days ON hijri_days.day = days.day
LEFT JOIN hijri_names ON hijri_names.month = hijri_days.month
ORDER BY days.day
