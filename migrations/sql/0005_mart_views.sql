-- Frozen. The flat views for dashboards; models/views has them as they are now.

-- One row is: one entity that was merged into another, with the one that stays, however long the way.
CREATE VIEW news.merged_entities AS
WITH RECURSIVE followed (from_entity_id, to_entity_id) AS (
    SELECT from_entity_id, to_entity_id
    FROM news.entity_redirects
    WHERE revoked_at IS NULL
    UNION  -- pairs met before are dropped, so a circle of merges ends, and leaves its entities as they are
    SELECT followed.from_entity_id, onward.to_entity_id
    FROM followed
    JOIN news.entity_redirects AS onward ON onward.from_entity_id = followed.to_entity_id
    WHERE onward.revoked_at IS NULL
)
SELECT
    followed.from_entity_id,
    followed.to_entity_id
FROM followed
WHERE NOT EXISTS (
    SELECT FROM news.entity_redirects AS onward
    WHERE onward.from_entity_id = followed.to_entity_id AND onward.revoked_at IS NULL
);

COMMENT ON VIEW news.merged_entities IS 'One entity that was merged into another, with the one that stays, however long the way.';
COMMENT ON COLUMN news.merged_entities.from_entity_id IS 'Entity that is the other one.';
COMMENT ON COLUMN news.merged_entities.to_entity_id IS 'Entity that stays in the end.';

-- One row is: one article, in its current version, with its outlet and the number of facts found in it.
CREATE VIEW mart.articles AS
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

-- One row is: one version of an article, current or superseded.
CREATE VIEW mart.article_versions AS
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
    article.is_current,
    article.supersedes_article_id
FROM news.articles AS article
JOIN news.documents AS document ON document.document_id = article.document_id
JOIN ops.runs AS run ON run.run_id = article.run_id
LEFT JOIN news.sources AS publisher ON publisher.source_id = article.publisher_source_id;

COMMENT ON VIEW mart.article_versions IS 'One version of an article, current or superseded.';
COMMENT ON COLUMN mart.article_versions.article_id IS 'Key of the article version.';
COMMENT ON COLUMN mart.article_versions.document_id IS 'Key of the document it was found in.';
COMMENT ON COLUMN mart.article_versions.ordinal IS 'Place on the page in reading order, from 0.';
COMMENT ON COLUMN mart.article_versions.is_embedded IS 'True for another article quoted whole inside the page.';
COMMENT ON COLUMN mart.article_versions.title IS 'Headline; null where the page has none.';
COMMENT ON COLUMN mart.article_versions.subtitle IS 'Line under the headline.';
COMMENT ON COLUMN mart.article_versions.excerpt IS 'First 300 characters of the text; all of it is in news.articles.body.';
COMMENT ON COLUMN mart.article_versions.language_code IS 'Language of the text, such as ar.';
COMMENT ON COLUMN mart.article_versions.url IS 'Canonical URL; null for embedded articles and where none is known.';
COMMENT ON COLUMN mart.article_versions.uri IS 'File or URL it was read from; the first by name where it was seen at several.';
COMMENT ON COLUMN mart.article_versions.publisher_key IS 'Stable slug of the outlet that published the article.';
COMMENT ON COLUMN mart.article_versions.publisher_name IS 'Outlet that published the article, in Latin letters.';
COMMENT ON COLUMN mart.article_versions.publisher_name_ar IS 'Outlet that published the article, in Arabic.';
COMMENT ON COLUMN mart.article_versions.publisher_country_code IS 'Country of the outlet, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN mart.article_versions.published_date IS 'Day of publication in the page''s own zone; null unless page or metadata settles it.';
COMMENT ON COLUMN mart.article_versions.published_date_key IS 'That day as a number, YYYYMMDD: joins news.calendar.date_key.';
COMMENT ON COLUMN mart.article_versions.published_local IS 'Publication as the page says it, wall time cut to published_grain.';
COMMENT ON COLUMN mart.article_versions.published_at IS 'Publication as an instant, only where a zone is stated.';
COMMENT ON COLUMN mart.article_versions.published_grain IS 'How fine published_local is: day, minute, month ...';
COMMENT ON COLUMN mart.article_versions.published_basis IS 'Where it comes from: given, metadata, feed, dateline, visible, url, inferred, unknown.';
COMMENT ON COLUMN mart.article_versions.published_earliest_date IS 'First day it can have been published.';
COMMENT ON COLUMN mart.article_versions.published_latest_date IS 'Last day it can have been published.';
COMMENT ON COLUMN mart.article_versions.published_weekday IS 'Weekday of publication, Monday to Sunday.';
COMMENT ON COLUMN mart.article_versions.modified_at IS 'When the publisher says it last changed.';
COMMENT ON COLUMN mart.article_versions.retrieved_at IS 'When the page was crawled, if known.';
COMMENT ON COLUMN mart.article_versions.first_seen_at IS 'When Musnad first read the page.';
COMMENT ON COLUMN mart.article_versions.load_date IS 'Day of the run that loaded it, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.article_versions.run_id IS 'Run that loaded it.';
COMMENT ON COLUMN mart.article_versions.version IS 'Place among the versions of the article, from 1.';
COMMENT ON COLUMN mart.article_versions.duplicate_of_article_id IS 'Article of another document with the same text.';
COMMENT ON COLUMN mart.article_versions.is_duplicate IS 'True where another document has the same text: leave out for de-syndicated counts.';
COMMENT ON COLUMN mart.article_versions.story_id IS 'Story it reports.';
COMMENT ON COLUMN mart.article_versions.n_words IS 'Words of title, subtitle and body, parted by white space.';
COMMENT ON COLUMN mart.article_versions.is_current IS 'True for the newest version.';
COMMENT ON COLUMN mart.article_versions.supersedes_article_id IS 'The version before this one.';

-- One row is: one naming of an entity in a current article, merges of entities followed.
CREATE VIEW mart.mentions AS
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

-- One row is: one time expression in a current article.
CREATE VIEW mart.dates AS
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

-- One row is: one role a source plays in a current article.
CREATE VIEW mart.sources AS
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

-- One row is: one direct quotation in a current article and its main speaker, merges of entities followed.
CREATE VIEW mart.quotes AS
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

-- One row is: one cluster of reports of the same copy or event.
CREATE VIEW mart.stories AS
SELECT
    story.story_id,
    story.first_article_id,
    first.title,
    publisher.source_key AS publisher_key,
    publisher.name AS publisher_name,
    publisher.name_ar AS publisher_name_ar,
    first.published_date,
    story.n_articles,
    story.n_outlets,
    story.n_independent
FROM news.stories AS story
JOIN news.articles AS first ON first.article_id = story.first_article_id
LEFT JOIN news.sources AS publisher ON publisher.source_id = first.publisher_source_id;

COMMENT ON VIEW mart.stories IS 'One cluster of reports of the same copy or event.';
COMMENT ON COLUMN mart.stories.story_id IS 'Key of the story.';
COMMENT ON COLUMN mart.stories.first_article_id IS 'Its first report.';
COMMENT ON COLUMN mart.stories.title IS 'Headline of its first report.';
COMMENT ON COLUMN mart.stories.publisher_key IS 'Stable slug of the outlet that published its first report.';
COMMENT ON COLUMN mart.stories.publisher_name IS 'Outlet that published its first report, in Latin letters.';
COMMENT ON COLUMN mart.stories.publisher_name_ar IS 'Outlet that published its first report, in Arabic.';
COMMENT ON COLUMN mart.stories.published_date IS 'Day its first report was published.';
COMMENT ON COLUMN mart.stories.n_articles IS 'Reports in it: the raw count.';
COMMENT ON COLUMN mart.stories.n_outlets IS 'Outlets that carried it.';
COMMENT ON COLUMN mart.stories.n_independent IS 'Reports that are not copies of another: the de-syndicated count.';

-- One row is: one run of the load: how fresh the warehouse is and what became of each record.
CREATE VIEW mart.etl_run AS
SELECT
    run.run_id,
    run.flow_run_id::text AS flow_run_id,
    run.load_date,
    run.started_at,
    run.finished_at,
    round(extract(epoch FROM run.finished_at - run.started_at), 1) AS duration_seconds,
    round(extract(epoch FROM now() - run.finished_at) / 3600, 1) AS hours_since_finished,
    run.run_id = (SELECT max(latest.run_id) FROM ops.runs AS latest
        WHERE latest.state = 'completed') AS is_latest_completed,
    run.state,
    run.message,
    run.ruleset_version,
    run.n_read,
    run.n_loaded,
    run.n_unchanged,
    run.n_duplicate,
    run.n_rejected,
    run.n_skipped_files
FROM ops.runs AS run;

COMMENT ON VIEW mart.etl_run IS 'One run of the load: how fresh the warehouse is and what became of each record.';
COMMENT ON COLUMN mart.etl_run.run_id IS 'Key of the run.';
COMMENT ON COLUMN mart.etl_run.flow_run_id IS 'Prefect''s id of the flow run.';
COMMENT ON COLUMN mart.etl_run.load_date IS 'Day the run began, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.etl_run.started_at IS 'When the run began.';
COMMENT ON COLUMN mart.etl_run.finished_at IS 'When it ended; null while it runs.';
COMMENT ON COLUMN mart.etl_run.duration_seconds IS 'How long it took, in seconds.';
COMMENT ON COLUMN mart.etl_run.hours_since_finished IS 'Hours from its end to now: the age of what it loaded.';
COMMENT ON COLUMN mart.etl_run.is_latest_completed IS 'True for the newest run that completed.';
COMMENT ON COLUMN mart.etl_run.state IS 'running, completed, failed, cancelled or crashed.';
COMMENT ON COLUMN mart.etl_run.message IS 'Why it did not complete, in one sentence.';
COMMENT ON COLUMN mart.etl_run.ruleset_version IS 'Rules and reference data the run used.';
COMMENT ON COLUMN mart.etl_run.n_read IS 'Records read: the sum of the four counts that follow.';
COMMENT ON COLUMN mart.etl_run.n_loaded IS 'Records with new content.';
COMMENT ON COLUMN mart.etl_run.n_unchanged IS 'Records known at the same place or URL, with the same text.';
COMMENT ON COLUMN mart.etl_run.n_duplicate IS 'Records whose content is known from another place.';
COMMENT ON COLUMN mart.etl_run.n_rejected IS 'Records that could not be loaded; mart.rejects says why.';
COMMENT ON COLUMN mart.etl_run.n_skipped_files IS 'Files of the inbox left unread because they are known.';

-- One row is: one input record that could not be loaded, and why, without its bytes.
CREATE VIEW mart.rejects AS
SELECT
    reject.reject_id,
    reject.run_id,
    reject.uri,
    reject.locator,
    reject.stage,
    reject.reason_code,
    reject.message,
    reject.attempts,
    reject.first_seen_at,
    reject.last_seen_at,
    run.load_date AS last_seen_date,
    reject.resolved_run_id IS NOT NULL AS is_resolved,
    reject.resolved_run_id
FROM ops.rejects AS reject
JOIN ops.runs AS run ON run.run_id = reject.run_id;

COMMENT ON VIEW mart.rejects IS 'One input record that could not be loaded, and why, without its bytes.';
COMMENT ON COLUMN mart.rejects.reject_id IS 'Key of the reject.';
COMMENT ON COLUMN mart.rejects.run_id IS 'Run that met it last.';
COMMENT ON COLUMN mart.rejects.uri IS 'File or URL it came from.';
COMMENT ON COLUMN mart.rejects.locator IS 'Steps inside the file; empty for all of it.';
COMMENT ON COLUMN mart.rejects.stage IS 'extract, transform or load.';
COMMENT ON COLUMN mart.rejects.reason_code IS 'Why, as a word to count by.';
COMMENT ON COLUMN mart.rejects.message IS 'Why, as a sentence with the mend.';
COMMENT ON COLUMN mart.rejects.attempts IS 'How many runs met it.';
COMMENT ON COLUMN mart.rejects.first_seen_at IS 'When it was first met.';
COMMENT ON COLUMN mart.rejects.last_seen_at IS 'When it was last met.';
COMMENT ON COLUMN mart.rejects.last_seen_date IS 'Day of the run that met it last, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.rejects.is_resolved IS 'True once a run loaded the place.';
COMMENT ON COLUMN mart.rejects.resolved_run_id IS 'Run that loaded the place at last.';
