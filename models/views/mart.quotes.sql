-- One row is: one direct quotation in a current article and its main speaker, merges of entities followed.
CREATE OR REPLACE VIEW mart.quotes AS
SELECT
    article.article_id,
    quote.char_start,
    quote.char_end,
    quote.surface,
    entity.entity_id AS speaker_entity_id,
    entity.entity_key AS speaker_key,
    coalesce(entity.name, quote.speaker_name) AS speaker_name,
    coalesce(entity.name_ar, entity.name, quote.speaker_name) AS speaker_name_ar,
    entity.kind AS speaker_kind,
    entity.country_code AS speaker_country_code,
    entity.wikidata_id AS speaker_wikidata_id,
    quote.speaker_surface,
    quote.verb,
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
FROM news.quotes AS quote
JOIN news.articles AS article ON article.article_id = quote.article_id
JOIN ops.runs AS run ON run.run_id = article.run_id
LEFT JOIN news.sources AS publisher ON publisher.source_id = article.publisher_source_id
LEFT JOIN (  -- from the entity that is asked for to the ids facts were loaded with: so an index of the facts serves
    news.entities AS named
    LEFT JOIN news.merged_entities AS merged ON merged.from_entity_id = named.entity_id
    JOIN news.entities AS entity ON entity.entity_id = coalesce(merged.to_entity_id, named.entity_id)
) ON named.entity_id = quote.speaker_entity_id
WHERE article.is_current;

COMMENT ON VIEW mart.quotes IS 'One direct quotation in a current article and its main speaker, merges of entities followed.';
COMMENT ON COLUMN mart.quotes.article_id IS 'Key of the article it was found in.';
COMMENT ON COLUMN mart.quotes.char_start IS 'First code point, from 0, in the document''s text.';
COMMENT ON COLUMN mart.quotes.char_end IS 'Code point after its last.';
COMMENT ON COLUMN mart.quotes.surface IS 'The very characters of the span.';
COMMENT ON COLUMN mart.quotes.speaker_entity_id IS 'Entity of the main speaker, merges followed; null while that is open.';
COMMENT ON COLUMN mart.quotes.speaker_key IS 'Stable slug of the speaker.';
COMMENT ON COLUMN mart.quotes.speaker_name IS 'Name of the main speaker; of an unlisted one, what the text calls them.';
COMMENT ON COLUMN mart.quotes.speaker_name_ar IS 'Name of the main speaker in Arabic, where there is one.';
COMMENT ON COLUMN mart.quotes.speaker_kind IS 'What the speaker is: person, organisation, place, group or event.';
COMMENT ON COLUMN mart.quotes.speaker_country_code IS 'Country of the speaker, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN mart.quotes.speaker_wikidata_id IS 'Wikidata item of the speaker.';
COMMENT ON COLUMN mart.quotes.speaker_surface IS 'Words of the text that name the speaker.';
COMMENT ON COLUMN mart.quotes.verb IS 'Reporting verb, without its proclitic.';
COMMENT ON COLUMN mart.quotes.article_title IS 'Headline of the article.';
COMMENT ON COLUMN mart.quotes.language_code IS 'Language of the article.';
COMMENT ON COLUMN mart.quotes.publisher_key IS 'Stable slug of the outlet that published the article.';
COMMENT ON COLUMN mart.quotes.publisher_name IS 'Outlet that published the article, in Latin letters.';
COMMENT ON COLUMN mart.quotes.publisher_name_ar IS 'Outlet that published the article, in Arabic.';
COMMENT ON COLUMN mart.quotes.published_date IS 'Day the article was published; null unless page or metadata settles it.';
COMMENT ON COLUMN mart.quotes.published_date_key IS 'That day as a number, YYYYMMDD: joins news.calendar.date_key.';
COMMENT ON COLUMN mart.quotes.load_date IS 'Day of the run that loaded the article, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.quotes.is_embedded IS 'True where the article is quoted whole inside another''s page.';
COMMENT ON COLUMN mart.quotes.is_duplicate IS 'True where another document has the same text: leave out for de-syndicated counts.';
COMMENT ON COLUMN mart.quotes.story_id IS 'Story the article reports.';
