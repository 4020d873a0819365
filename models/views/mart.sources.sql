-- One row is: one role a source plays in a current article.
CREATE OR REPLACE VIEW mart.sources AS
SELECT
    article.article_id,
    role.ordinal AS source_ordinal,
    role.role,
    role.hop,
    source.source_id,
    source.source_key,
    coalesce(source.name, role.name) AS source_name,
    coalesce(source.name_ar, role.name) AS source_name_ar,
    source.kind AS source_kind,
    source.domain AS source_domain,
    source.country_code AS source_country_code,
    role.char_start,
    role.char_end,
    role.surface,
    role.field,
    role.method,
    role.confidence,
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
FROM news.article_sources AS role
JOIN news.articles AS article ON article.article_id = role.article_id
JOIN ops.runs AS run ON run.run_id = article.run_id
LEFT JOIN news.sources AS publisher ON publisher.source_id = article.publisher_source_id
LEFT JOIN news.sources AS source ON source.source_id = role.source_id
WHERE article.is_current;

COMMENT ON VIEW mart.sources IS 'One role a source plays in a current article.';
COMMENT ON COLUMN mart.sources.article_id IS 'Key of the article it was found in.';
COMMENT ON COLUMN mart.sources.source_ordinal IS 'Place among the article''s sources, from 0.';
COMMENT ON COLUMN mart.sources.role IS 'publisher, origin, cited, photo_credit, anonymous or official.';
COMMENT ON COLUMN mart.sources.hop IS 'Place in a credit chain, 1 nearest to the page.';
COMMENT ON COLUMN mart.sources.source_id IS 'The source; null for anonymous and unlisted ones.';
COMMENT ON COLUMN mart.sources.source_key IS 'Stable slug of the source.';
COMMENT ON COLUMN mart.sources.source_name IS 'Name of the source; of an unlisted one, what the text calls it.';
COMMENT ON COLUMN mart.sources.source_name_ar IS 'Name of the source in Arabic; of an unlisted one, what the text calls it.';
COMMENT ON COLUMN mart.sources.source_kind IS 'What the source is: agency, newspaper, broadcaster, website ...';
COMMENT ON COLUMN mart.sources.source_domain IS 'Internet domain of the source.';
COMMENT ON COLUMN mart.sources.source_country_code IS 'Country of the source, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN mart.sources.char_start IS 'First code point, from 0, in the document''s text.';
COMMENT ON COLUMN mart.sources.char_end IS 'Code point after its last.';
COMMENT ON COLUMN mart.sources.surface IS 'The very characters of the span; null where a field names the source.';
COMMENT ON COLUMN mart.sources.field IS 'Field it comes from, where the text has no span for it.';
COMMENT ON COLUMN mart.sources.method IS 'Rule that found it.';
COMMENT ON COLUMN mart.sources.confidence IS 'How sure the rule is, 0 to 1.';
COMMENT ON COLUMN mart.sources.article_title IS 'Headline of the article.';
COMMENT ON COLUMN mart.sources.language_code IS 'Language of the article.';
COMMENT ON COLUMN mart.sources.publisher_key IS 'Stable slug of the outlet that published the article.';
COMMENT ON COLUMN mart.sources.publisher_name IS 'Outlet that published the article, in Latin letters.';
COMMENT ON COLUMN mart.sources.publisher_name_ar IS 'Outlet that published the article, in Arabic.';
COMMENT ON COLUMN mart.sources.published_date IS 'Day the article was published; null unless page or metadata settles it.';
COMMENT ON COLUMN mart.sources.published_date_key IS 'That day as a number, YYYYMMDD: joins news.calendar.date_key.';
COMMENT ON COLUMN mart.sources.load_date IS 'Day of the run that loaded the article, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.sources.is_embedded IS 'True where the article is quoted whole inside another''s page.';
COMMENT ON COLUMN mart.sources.is_duplicate IS 'True where another document has the same text: leave out for de-syndicated counts.';
COMMENT ON COLUMN mart.sources.story_id IS 'Story the article reports.';
