"""Store what was decided about questions, and where offensive words stand in them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("question", sa.Column("decision", sa.String(length=10), nullable=True))
    # The default stays: SQLite can take one off only by making the table anew.
    op.add_column("question", sa.Column("masks", sa.JSON(), nullable=False, server_default="[]"))
    if op.get_bind().dialect.name == "postgresql":
        # No samples in the statistics of what tells of the words that people write.
        op.execute("ALTER TABLE question ALTER COLUMN masks SET STATISTICS 0")


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("question", "masks")
    op.drop_column("question", "decision")
