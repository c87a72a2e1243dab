"""Alembic migrations of the laptop's database, run programmatically on the keyed connection."""
