-- One row is: one article, in its current version, with its outlet and the number of facts found in it.
CREATE OR REPLACE VIEW mart.articles AS
SELECT
    article.article_id,
    article.document_id,
    article.ordinal,
    article.is_embedded,
    article.title,
    article.subtitle,
    left(article.body, 300) AS excerpt,
    article.language_code,
    article.url,
    (SELECT min(location.uri) FROM news.document_locations AS location
        WHERE location.document_id = article.document_id) AS uri,
    publisher.source_key AS publisher_key,
    publisher.name AS publisher_name,
    publisher.name_ar AS publisher_name_ar,
    publisher.country_code AS publisher_country_code,
    article.published_date,
    to_char(article.published_date, 'YYYYMMDD')::integer AS published_date_key,
    article.published_local,
    article.published_at,
    article.published_grain,
    article.published_basis,
    article.published_earliest_date,
    article.published_latest_date,
    article.published_weekday,
    article.modified_at,
    document.retrieved_at,
    document.first_seen_at,
    run.load_date,
    article.run_id,
    article.version,
    article.duplicate_of_article_id,
    article.duplicate_of_article_id IS NOT NULL AS is_duplicate,
    article.story_id,
    article.n_words,
    (SELECT count(*) FROM news.article_sources AS fact WHERE fact.article_id = article.article_id) AS n_sources,
    (SELECT count(*) FROM news.mentions AS fact WHERE fact.article_id = article.article_id) AS n_mentions,
    (SELECT count(*) FROM news.dates AS fact WHERE fact.article_id = article.article_id) AS n_dates,
    (SELECT count(*) FROM news.quotes AS fact WHERE fact.article_id = article.article_id) AS n_quotes
FROM news.articles AS article
JOIN news.documents AS document ON document.document_id = article.document_id
JOIN ops.runs AS run ON run.run_id = article.run_id
LEFT JOIN news.sources AS publisher ON publisher.source_id = article.publisher_source_id
WHERE article.is_current;

COMMENT ON VIEW mart.articles IS 'One article, in its current version, with its outlet and the number of facts found in it.';
COMMENT ON COLUMN mart.articles.article_id IS 'Key of the article version.';
COMMENT ON COLUMN mart.articles.document_id IS 'Key of the document it was found in.';
COMMENT ON COLUMN mart.articles.ordinal IS 'Place on the page in reading order, from 0.';
COMMENT ON COLUMN mart.articles.is_embedded IS 'True for another article quoted whole inside the page.';
COMMENT ON COLUMN mart.articles.title IS 'Headline; null where the page has none.';
COMMENT ON COLUMN mart.articles.subtitle IS 'Line under the headline.';
COMMENT ON COLUMN mart.articles.excerpt IS 'First 300 characters of the text; all of it is in news.articles.body.';
COMMENT ON COLUMN mart.articles.language_code IS 'Language of the text, such as ar.';
COMMENT ON COLUMN mart.articles.url IS 'Canonical URL; null for embedded articles and where none is known.';
COMMENT ON COLUMN mart.articles.uri IS 'File or URL it was read from; the first by name where it was seen at several.';
COMMENT ON COLUMN mart.articles.publisher_key IS 'Stable slug of the outlet that published the article.';
COMMENT ON COLUMN mart.articles.publisher_name IS 'Outlet that published the article, in Latin letters.';
COMMENT ON COLUMN mart.articles.publisher_name_ar IS 'Outlet that published the article, in Arabic.';
COMMENT ON COLUMN mart.articles.publisher_country_code IS 'Country of the outlet, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN mart.articles.published_date IS 'Day of publication in the page''s own zone; null unless page or metadata settles it.';
COMMENT ON COLUMN mart.articles.published_date_key IS 'That day as a number, YYYYMMDD: joins news.calendar.date_key.';
COMMENT ON COLUMN mart.articles.published_local IS 'Publication as the page says it, wall time cut to published_grain.';
COMMENT ON COLUMN mart.articles.published_at IS 'Publication as an instant, only where a zone is stated.';
COMMENT ON COLUMN mart.articles.published_grain IS 'How fine published_local is: day, minute, month ...';
COMMENT ON COLUMN mart.articles.published_basis IS 'Where it comes from: given, metadata, feed, dateline, visible, url, inferred, unknown.';
COMMENT ON COLUMN mart.articles.published_earliest_date IS 'First day it can have been published.';
COMMENT ON COLUMN mart.articles.published_latest_date IS 'Last day it can have been published.';
COMMENT ON COLUMN mart.articles.published_weekday IS 'Weekday of publication, Monday to Sunday.';
COMMENT ON COLUMN mart.articles.modified_at IS 'When the publisher says it last changed.';
COMMENT ON COLUMN mart.articles.retrieved_at IS 'When the page was crawled, if known.';
COMMENT ON COLUMN mart.articles.first_seen_at IS 'When Musnad first read the page.';
COMMENT ON COLUMN mart.articles.load_date IS 'Day of the run that loaded it, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.articles.run_id IS 'Run that loaded it.';
COMMENT ON COLUMN mart.articles.version IS 'Place among the versions of the article, from 1.';
COMMENT ON COLUMN mart.articles.duplicate_of_article_id IS 'Article of another document with the same text.';
COMMENT ON COLUMN mart.articles.is_duplicate IS 'True where another document has the same text: leave out for de-syndicated counts.';
COMMENT ON COLUMN mart.articles.story_id IS 'Story it reports.';
COMMENT ON COLUMN mart.articles.n_words IS 'Words of title, subtitle and body, parted by white space.';
COMMENT ON COLUMN mart.articles.n_sources IS 'Source roles found in it.';
COMMENT ON COLUMN mart.articles.n_mentions IS 'Names found in it.';
COMMENT ON COLUMN mart.articles.n_dates IS 'Time expressions found in it.';
COMMENT ON COLUMN mart.articles.n_quotes IS 'Direct quotations found in it.';
