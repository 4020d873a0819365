-- One row is: one naming of an entity in a current article, merges of entities followed.
CREATE OR REPLACE VIEW mart.mentions AS
SELECT
    article.article_id,
    mention.char_start,
    mention.char_end,
    mention.surface,
    mention.kind,
    entity.entity_id,
    entity.entity_key,
    entity.name AS entity_name,
    coalesce(entity.name_ar, entity.name) AS entity_name_ar,
    entity.kind AS entity_kind,
    entity.country_code AS entity_country_code,
    entity.wikidata_id,
    mention.title,
    mention.reason,
    mention.method,
    mention.confidence,
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
FROM news.mentions AS mention
JOIN news.articles AS article ON article.article_id = mention.article_id
JOIN ops.runs AS run ON run.run_id = article.run_id
LEFT JOIN news.sources AS publisher ON publisher.source_id = article.publisher_source_id
LEFT JOIN (  -- from the entity that is asked for to the ids facts were loaded with: so an index of the facts serves
    news.entities AS named
    LEFT JOIN news.merged_entities AS merged ON merged.from_entity_id = named.entity_id
    JOIN news.entities AS entity ON entity.entity_id = coalesce(merged.to_entity_id, named.entity_id)
) ON named.entity_id = mention.entity_id
WHERE article.is_current;

COMMENT ON VIEW mart.mentions IS 'One naming of an entity in a current article, merges of entities followed.';
COMMENT ON COLUMN mart.mentions.article_id IS 'Key of the article it was found in.';
COMMENT ON COLUMN mart.mentions.char_start IS 'First code point, from 0, in the document''s text.';
COMMENT ON COLUMN mart.mentions.char_end IS 'Code point after its last.';
COMMENT ON COLUMN mart.mentions.surface IS 'The very characters of the span.';
COMMENT ON COLUMN mart.mentions.kind IS 'What is named: person, organisation, place, group or event.';
COMMENT ON COLUMN mart.mentions.entity_id IS 'Entity it names, merges followed; null while that is open.';
COMMENT ON COLUMN mart.mentions.entity_key IS 'Stable slug of the entity.';
COMMENT ON COLUMN mart.mentions.entity_name IS 'Name of the entity.';
COMMENT ON COLUMN mart.mentions.entity_name_ar IS 'Name of the entity in Arabic, where there is one.';
COMMENT ON COLUMN mart.mentions.entity_kind IS 'What the entity is: person, organisation, place, group or event.';
COMMENT ON COLUMN mart.mentions.entity_country_code IS 'Country of the entity, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN mart.mentions.wikidata_id IS 'Wikidata item of the entity.';
COMMENT ON COLUMN mart.mentions.title IS 'Title or role beside the name, as the text has it.';
COMMENT ON COLUMN mart.mentions.reason IS 'Why it is linked to no entity.';
COMMENT ON COLUMN mart.mentions.method IS 'Rule that found it.';
COMMENT ON COLUMN mart.mentions.confidence IS 'How sure the rule is, 0 to 1.';
COMMENT ON COLUMN mart.mentions.article_title IS 'Headline of the article.';
COMMENT ON COLUMN mart.mentions.language_code IS 'Language of the article.';
COMMENT ON COLUMN mart.mentions.publisher_key IS 'Stable slug of the outlet that published the article.';
COMMENT ON COLUMN mart.mentions.publisher_name IS 'Outlet that published the article, in Latin letters.';
COMMENT ON COLUMN mart.mentions.publisher_name_ar IS 'Outlet that published the article, in Arabic.';
COMMENT ON COLUMN mart.mentions.published_date IS 'Day the article was published; null unless page or metadata settles it.';
COMMENT ON COLUMN mart.mentions.published_date_key IS 'That day as a number, YYYYMMDD: joins news.calendar.date_key.';
COMMENT ON COLUMN mart.mentions.load_date IS 'Day of the run that loaded the article, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.mentions.is_embedded IS 'True where the article is quoted whole inside another''s page.';
COMMENT ON COLUMN mart.mentions.is_duplicate IS 'True where another document has the same text: leave out for de-syndicated counts.';
COMMENT ON COLUMN mart.mentions.story_id IS 'Story the article reports.';
