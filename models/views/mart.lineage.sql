-- One row is: one place where a document was seen: the way from its rows back to the very bytes.
CREATE OR REPLACE VIEW mart.lineage AS
SELECT
    document.document_id,
    encode(document.sha256, 'hex') AS sha256,
    document.media_type,
    document.charset,
    location.uri,
    location.locator,
    location.seen_at,
    run.load_date,
    location.run_id,
    run.flow_run_id::text AS flow_run_id,
    run.ruleset_version,
    archived.document_id IS NOT NULL AS is_archived,
    left(encode(archived.object_sha256, 'hex'), 2) || '/' || encode(archived.object_sha256, 'hex') || '.zst'
        AS archive_object,
    archived.byte_start AS archive_byte_start,
    archived.n_bytes AS archive_n_bytes
FROM news.document_locations AS location
JOIN news.documents AS document ON document.document_id = location.document_id
JOIN ops.runs AS run ON run.run_id = location.run_id
LEFT JOIN ops.archived_documents AS archived ON archived.document_id = document.document_id;

COMMENT ON VIEW mart.lineage IS 'One place where a document was seen: the way from its rows back to the very bytes.';
COMMENT ON COLUMN mart.lineage.document_id IS 'Key of the document; mart.articles and all facts name it.';
COMMENT ON COLUMN mart.lineage.sha256 IS 'Hash of its bytes, as 64 hexadecimal digits.';
COMMENT ON COLUMN mart.lineage.media_type IS 'What it was, such as text/plain or text/html.';
COMMENT ON COLUMN mart.lineage.charset IS 'Character encoding it was read with.';
COMMENT ON COLUMN mart.lineage.uri IS 'File or URL it came from.';
COMMENT ON COLUMN mart.lineage.locator IS 'Steps inside the file (line:3, record:1024); empty for all of it.';
COMMENT ON COLUMN mart.lineage.seen_at IS 'When it was first seen there.';
COMMENT ON COLUMN mart.lineage.load_date IS 'Day of that run, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.lineage.run_id IS 'Run that first saw it there.';
COMMENT ON COLUMN mart.lineage.flow_run_id IS 'Prefect''s id of that run.';
COMMENT ON COLUMN mart.lineage.ruleset_version IS 'Rules and reference data of that run.';
COMMENT ON COLUMN mart.lineage.is_archived IS 'True where the raw archive keeps its bytes.';
COMMENT ON COLUMN mart.lineage.archive_object IS 'File of the raw archive that holds its bytes, packed with zstd.';
COMMENT ON COLUMN mart.lineage.archive_byte_start IS 'First byte, from 0, in the unpacked file.';
COMMENT ON COLUMN mart.lineage.archive_n_bytes IS 'How many bytes they are.';
