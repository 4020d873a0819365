-- Frozen. Which files of an inbox were loaded, and where the raw archive keeps the bytes of each document.

CREATE TABLE ops.inbox_files (
    place_key uuid NOT NULL,
    uri text NOT NULL,
    n_bytes bigint,
    modified_at timestamptz,
    etag text,
    sha256 bytea,
    given_key uuid,
    run_id bigint NOT NULL,
    seen_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT inbox_files_pkey PRIMARY KEY (place_key),
    CONSTRAINT inbox_files_n_bytes_check CHECK (n_bytes >= 0),
    CONSTRAINT inbox_files_sha256_length_check CHECK (octet_length(sha256) = 32)
);
COMMENT ON TABLE ops.inbox_files IS 'One file of an inbox as a completed run last read it; while it stays so, it is not read again.';
COMMENT ON COLUMN ops.inbox_files.place_key IS 'First 16 bytes of SHA-256 over uri, byte 0x1F: stands for the file in indexes.';
COMMENT ON COLUMN ops.inbox_files.uri IS 'File or URL, without user, password and signature.';
COMMENT ON COLUMN ops.inbox_files.n_bytes IS 'Its size, if its store says so.';
COMMENT ON COLUMN ops.inbox_files.modified_at IS 'When it was last changed, if its store says so.';
COMMENT ON COLUMN ops.inbox_files.etag IS 'What its store tells its state by, for files that are not local.';
COMMENT ON COLUMN ops.inbox_files.sha256 IS '32 bytes over the file as it lies there, for local files.';
COMMENT ON COLUMN ops.inbox_files.given_key IS 'First 16 bytes of SHA-256 over what a manifest said of it; null where none did.';
COMMENT ON COLUMN ops.inbox_files.run_id IS 'Run that read it last.';
COMMENT ON COLUMN ops.inbox_files.seen_at IS 'When that was noted.';

CREATE TABLE ops.archived_documents (
    document_id bigint NOT NULL,
    object_sha256 bytea NOT NULL,
    byte_start bigint NOT NULL,
    n_bytes bigint NOT NULL,
    CONSTRAINT archived_documents_pkey PRIMARY KEY (document_id),
    CONSTRAINT archived_documents_object_sha256_length_check CHECK (octet_length(object_sha256) = 32),
    CONSTRAINT archived_documents_range_check CHECK (byte_start >= 0 AND n_bytes > 0)
);
COMMENT ON TABLE ops.archived_documents IS 'Where the raw archive keeps the bytes of one document.';
COMMENT ON COLUMN ops.archived_documents.document_id IS 'Document whose bytes they are.';
COMMENT ON COLUMN ops.archived_documents.object_sha256 IS '32 bytes over the unpacked object that holds them: names its file.';
COMMENT ON COLUMN ops.archived_documents.byte_start IS 'First byte, from 0, in the unpacked object.';
COMMENT ON COLUMN ops.archived_documents.n_bytes IS 'How many bytes they are.';

ALTER TABLE ops.archived_documents ADD CONSTRAINT archived_documents_document_id_fkey
    FOREIGN KEY (document_id) REFERENCES news.documents (document_id);
ALTER TABLE ops.inbox_files ADD CONSTRAINT inbox_files_run_id_fkey
    FOREIGN KEY (run_id) REFERENCES ops.runs (run_id);

-- One row is: one place where a document was seen: the way from its rows back to the very bytes.
CREATE VIEW mart.lineage AS
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
