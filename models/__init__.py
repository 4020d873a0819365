"""The warehouse as SQLAlchemy 2 models, one table family a file; migrations are checked against ``METADATA``."""

from models.articles import Article, ArticleChain, ArticleContent, PublicationCandidate, Story
from models.base import Base
from models.calendar import CalendarDay
from models.documents import Document, DocumentHash, DocumentLocation, DocumentSegment
from models.facts import ArticleSource, DateExpression, EntityMention, Quotation, QuoteSpeaker
from models.ledger import ArchivedDocument, InboxFile, RejectedRecord, Ruleset, Run, RunBatch
from models.reference import EntityName, EntityRedirect, NamedEntity, Source

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "ArchivedDocument",
    "Article",
    "ArticleChain",
    "ArticleContent",
    "ArticleSource",
    "Base",
    "CalendarDay",
    "DateExpression",
    "Document",
    "DocumentHash",
    "DocumentLocation",
    "DocumentSegment",
    "EntityMention",
    "EntityName",
    "EntityRedirect",
    "InboxFile",
    "NamedEntity",
    "PublicationCandidate",
    "Quotation",
    "QuoteSpeaker",
    "RejectedRecord",
    "Ruleset",
    "Run",
    "RunBatch",
    "Source",
    "Story",
]
