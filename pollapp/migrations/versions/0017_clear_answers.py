"""let a facilitator clear answers: no round gets the number of one that was deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("meeting", sa.Column("cleared", sa.Boolean(), nullable=False, server_default=sa.false()))
    _write_rounds_anew(sqlite_autoincrement=True)


def downgrade() -> None:
    """Take the change back."""
    _write_rounds_anew(sqlite_autoincrement=False)
    op.drop_column("meeting", "cleared")


def _write_rounds_anew(*, sqlite_autoincrement: bool) -> None:
    """Have SQLite remember the highest number of a round. What belongs to rounds stays: env.py has foreign keys rest."""
    if op.get_bind().dialect.name == "sqlite":
        how = {"sqlite_autoincrement": sqlite_autoincrement}
        with op.batch_alter_table("round", recreate="always", table_kwargs=how):
            pass
