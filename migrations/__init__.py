"""Alembic migrations: numbered slugs, frozen SQL, one transaction each."""
