"""add moderation: its rules, and what was decided about entries."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WRITTEN = ("entry", "fingerprint", "state", "masks")
"""Columns that hold, or tell of, what people write: PostgreSQL keeps no samples of them in its statistics."""


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "moderation_rules",
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("mode", sa.String(length=5), nullable=False),
        sa.Column("offensive", sa.String(length=4), nullable=False),
        sa.Column("own_words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_moderation_rules_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_moderation_rules")),
    )
    op.create_table(
        "moderation",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=True),
        sa.Column("masks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_moderation_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "entry", name=op.f("pk_moderation")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        for name in WRITTEN:
            op.execute(f"ALTER TABLE moderation ALTER COLUMN {name} SET STATISTICS 0")
        op.execute("ALTER TABLE moderation_rules ALTER COLUMN own_words SET STATISTICS 0")


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("moderation")
    op.drop_table("moderation_rules")
