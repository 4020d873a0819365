-- One row is: one entity that was merged into another, with the one that stays, however long the way.
CREATE OR REPLACE VIEW news.merged_entities AS
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
