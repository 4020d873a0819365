-- One row is: one time expression in a current article.
CREATE OR REPLACE VIEW mart.dates AS
SELECT
    article.article_id,
    expression.char_start,
    expression.char_end,
    expression.surface,
    expression.kind,
    expression.grain,
    expression.value_start::date AS value_start_date,
    (expression.value_end - interval '1 microsecond')::date AS value_last_date,
    expression.value_start,
    expression.value_end,
    expression.zone,
    expression.duration,
    expression.calendar,
    expression.anchor_kind,
    expression.anchor_local,
    expression.is_approximate,
    expression.method,
    expression.confidence,
    article.title AS article_title,
    article.language_code,
    publisher.source_key AS publisher_key,
    publisher.name AS publisher_name,
    publisher.name_ar AS publisher_name_ar,
    article.published_date,
    to_char(article.published_date, 'YYYYMMDD')::integer AS published_date_key,
    run.load_date,
    article.is_embedded,
    article.duplicate_of_article_id IS NOT NULL AS is_duplicate,
    article.story_id
FROM news.dates AS expression
JOIN news.articles AS article ON article.article_id = expression.article_id
JOIN ops.runs AS run ON run.run_id = article.run_id
LEFT JOIN news.sources AS publisher ON publisher.source_id = article.publisher_source_id
WHERE article.is_current;

COMMENT ON VIEW mart.dates IS 'One time expression in a current article.';
COMMENT ON COLUMN mart.dates.article_id IS 'Key of the article it was found in.';
COMMENT ON COLUMN mart.dates.char_start IS 'First code point, from 0, in the document''s text.';
COMMENT ON COLUMN mart.dates.char_end IS 'Code point after its last.';
COMMENT ON COLUMN mart.dates.surface IS 'The very characters of the span.';
COMMENT ON COLUMN mart.dates.kind IS 'absolute, relative, duration, set, count or vague.';
COMMENT ON COLUMN mart.dates.grain IS 'Unit the value is given in: day, month, daypart ...';
COMMENT ON COLUMN mart.dates.value_start_date IS 'First day of its value; null while that cannot be known.';
COMMENT ON COLUMN mart.dates.value_last_date IS 'Last day of its value.';
COMMENT ON COLUMN mart.dates.value_start IS 'Begin of its value, wall time of the article.';
COMMENT ON COLUMN mart.dates.value_end IS 'End of its value, exclusive.';
COMMENT ON COLUMN mart.dates.zone IS 'Zone the text states, such as +00:00 for GMT.';
COMMENT ON COLUMN mart.dates.duration IS 'Length as ISO 8601, of durations and sets.';
COMMENT ON COLUMN mart.dates.calendar IS 'Calendar the text uses: gregorian or hijri.';
COMMENT ON COLUMN mart.dates.anchor_kind IS 'What it was resolved against.';
COMMENT ON COLUMN mart.dates.anchor_local IS 'Wall time it was resolved against.';
COMMENT ON COLUMN mart.dates.is_approximate IS 'True where the text says about, nearly, some.';
COMMENT ON COLUMN mart.dates.method IS 'Rule that found it.';
COMMENT ON COLUMN mart.dates.confidence IS 'How sure the rule is, 0 to 1.';
COMMENT ON COLUMN mart.dates.article_title IS 'Headline of the article.';
COMMENT ON COLUMN mart.dates.language_code IS 'Language of the article.';
COMMENT ON COLUMN mart.dates.publisher_key IS 'Stable slug of the outlet that published the article.';
COMMENT ON COLUMN mart.dates.publisher_name IS 'Outlet that published the article, in Latin letters.';
COMMENT ON COLUMN mart.dates.publisher_name_ar IS 'Outlet that published the article, in Arabic.';
COMMENT ON COLUMN mart.dates.published_date IS 'Day the article was published; null unless page or metadata settles it.';
COMMENT ON COLUMN mart.dates.published_date_key IS 'That day as a number, YYYYMMDD: joins news.calendar.date_key.';
COMMENT ON COLUMN mart.dates.load_date IS 'Day of the run that loaded the article, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.dates.is_embedded IS 'True where the article is quoted whole inside another''s page.';
COMMENT ON COLUMN mart.dates.is_duplicate IS 'True where another document has the same text: leave out for de-syndicated counts.';
COMMENT ON COLUMN mart.dates.story_id IS 'Story the article reports.';
