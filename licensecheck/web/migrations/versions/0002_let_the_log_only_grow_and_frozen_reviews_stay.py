"""Let the log only grow and frozen reviews stay as they are, by triggers; and tell where the outcome of a job is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEPT = ("audit_entry", "signature", "export", "profile_version")
"""Tables whose rows are added and never changed or taken out."""


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.add_column("job", sa.Column("link", sa.Text(), nullable=False, server_default=""))
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute(
            "CREATE FUNCTION licensecheck_keep() RETURNS trigger AS "
            "$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$ LANGUAGE plpgsql"
        )
    for table in KEPT:
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_no_{event.lower()}"
            what = "EXECUTE FUNCTION licensecheck_keep()" if postgres else ""
            body = what or f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {body}")
        if postgres:
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION licensecheck_keep()"
            )


def downgrade() -> None:
    """Take the triggers off again."""
    for table in KEPT:
        for event in ("update", "delete"):
            on = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
            op.execute(f"DROP TRIGGER {table}_no_{event}{on}")
    op.drop_column("job", "link")
