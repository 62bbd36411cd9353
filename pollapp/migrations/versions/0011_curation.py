"""add curation: what a facilitator hides, joins and renames in a word cloud."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WRITTEN = ("changes", "dismissed")
"""Columns that hold what people write: PostgreSQL keeps no samples of them in its statistics."""


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "curation",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("dismissed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_curation_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_curation")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        for name in WRITTEN:
            op.execute(f"ALTER TABLE curation ALTER COLUMN {name} SET STATISTICS 0")


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("curation")
