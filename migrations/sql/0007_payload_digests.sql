-- Frozen. Finds the document a crawl's revisit is of, by the digest its response was stored with.

CREATE INDEX documents_payload_digest_idx ON news.documents USING hash ((fields ->> 'warc:WARC-Payload-Digest'))
    WHERE fields ? 'warc:WARC-Payload-Digest';
