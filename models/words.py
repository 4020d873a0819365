"""The words that columns of kinds, grains, roles and bases may hold (as ``flows.values`` has them; a test compares)."""

SEGMENT_KINDS = (
    "headline", "subtitle", "dateline", "byline", "body", "caption", "keywords", "attribution", "related",
    "navigation", "boilerplate",
)  # fmt: skip
ENTITY_KINDS = ("person", "organisation", "place", "group", "event")
DATE_KINDS = ("absolute", "relative", "duration", "set", "count", "vague")
GRAINS = (
    "second", "minute", "hour", "daypart", "day", "weekpart", "week", "monthpart", "month", "season", "quarter",
    "yearpart", "year", "decade", "century",
)  # fmt: skip
DAY_GRAINS = ("second", "minute", "hour", "daypart", "day")
"""Grains that settle a day."""
PUBLISHED_BASES = ("given", "metadata", "feed", "dateline", "visible", "url", "inferred", "unknown")
EVIDENCE_BASES = (
    "given", "metadata", "feed", "dateline", "visible", "url", "inferred", "caption", "weekday", "crawl",
)  # fmt: skip
SOURCE_ROLES = ("publisher", "origin", "cited", "photo_credit", "anonymous", "official")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CALENDARS = ("gregorian", "hijri")
ANCHOR_KINDS = ("publication", "document", "speech", "event", "epoch")
NAME_BASES = ("reference", "observed", "decided")
STAGES = ("extract", "transform", "load")
RUN_STATES = ("running", "completed", "failed", "cancelled", "crashed")
