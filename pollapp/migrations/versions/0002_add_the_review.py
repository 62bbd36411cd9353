"""add the review of what people wrote."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WRITTEN = ("entry", "fingerprint", "findings", "decision", "replacement")
"""Columns that hold, or tell of, what people write: PostgreSQL keeps no samples of them in its statistics."""


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "review",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=6), nullable=True),
        sa.Column("replacement", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_review_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "entry", name=op.f("pk_review")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        for name in WRITTEN:
            op.execute(f"ALTER TABLE review ALTER COLUMN {name} SET STATISTICS 0")


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("review")
