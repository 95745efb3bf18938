"""Runs the migrations of the register."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

from licensecheck.web.tables import Base

url = context.config.get_main_option("sqlalchemy.url") or ""
engine = create_engine(url)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
