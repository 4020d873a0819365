-- One row is: one cluster of reports of the same copy or event.
CREATE OR REPLACE VIEW mart.stories AS
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
