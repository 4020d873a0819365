"""Documents, articles and the facts found in them; sources, entities, stories.

Locks: none that matter, all tables are new.
Way back: drops them with their rows.
"""

from __future__ import annotations

from migrations.frozen import run_frozen, run_statements, server_version

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NOT_ENFORCED_FROM = 180_000

LEAF_FOREIGN_KEYS = """
ALTER TABLE news.segments ADD CONSTRAINT segments_document_id_fkey
    FOREIGN KEY (document_id) REFERENCES news.documents (document_id);
ALTER TABLE news.segments ADD CONSTRAINT segments_article_id_fkey
    FOREIGN KEY (article_id) REFERENCES news.articles (article_id);
ALTER TABLE news.publication_evidence ADD CONSTRAINT publication_evidence_article_id_fkey
    FOREIGN KEY (article_id) REFERENCES news.articles (article_id);
ALTER TABLE news.article_sources ADD CONSTRAINT article_sources_article_id_fkey
    FOREIGN KEY (article_id) REFERENCES news.articles (article_id);
ALTER TABLE news.article_sources ADD CONSTRAINT article_sources_source_id_fkey
    FOREIGN KEY (source_id) REFERENCES news.sources (source_id);
ALTER TABLE news.mentions ADD CONSTRAINT mentions_article_id_fkey
    FOREIGN KEY (article_id) REFERENCES news.articles (article_id);
ALTER TABLE news.mentions ADD CONSTRAINT mentions_entity_id_fkey
    FOREIGN KEY (entity_id) REFERENCES news.entities (entity_id);
ALTER TABLE news.dates ADD CONSTRAINT dates_article_id_fkey
    FOREIGN KEY (article_id) REFERENCES news.articles (article_id);
ALTER TABLE news.quotes ADD CONSTRAINT quotes_article_id_fkey
    FOREIGN KEY (article_id) REFERENCES news.articles (article_id);
ALTER TABLE news.quotes ADD CONSTRAINT quotes_speaker_entity_id_fkey
    FOREIGN KEY (speaker_entity_id) REFERENCES news.entities (entity_id);
ALTER TABLE news.quote_speakers ADD CONSTRAINT quote_speakers_article_id_char_start_char_end_fkey
    FOREIGN KEY (article_id, char_start, char_end) REFERENCES news.quotes (article_id, char_start, char_end);
ALTER TABLE news.quote_speakers ADD CONSTRAINT quote_speakers_speaker_entity_id_fkey
    FOREIGN KEY (speaker_entity_id) REFERENCES news.entities (entity_id);
"""

TABLES = """
    news.quote_speakers, news.quotes, news.dates, news.mentions, news.article_sources,
    news.publication_evidence, news.segments, news.stories, news.article_chains, news.article_contents,
    news.articles, news.document_locations, news.document_hashes, news.documents, news.entity_redirects,
    news.entity_names,
    news.entities, news.sources
"""


def upgrade() -> None:
    run_frozen("0003_news_tables.sql")
    run_statements(leaf_foreign_keys(server_version()))


def downgrade() -> None:
    run_statements(f"DROP TABLE {TABLES}")
    run_statements("DROP SEQUENCE news.document_id_seq, news.article_id_seq, news.story_id_seq")


def leaf_foreign_keys(version: int) -> str:
    """The foreign keys of the leaves: only declared where the server knows how to, else enforced.

    Checking them row by row costs a leaf two to three times its writing (docs/schema.md has the figures), and the load
    makes a dangling row impossible by construction: it allocates the keys, and writes parent and leaves in one
    transaction.
    """
    if version < NOT_ENFORCED_FROM:
        return LEAF_FOREIGN_KEYS
    return LEAF_FOREIGN_KEYS.replace(";", " NOT ENFORCED;")
