"""show a written answer large, or answers one at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("stage", sa.Column("text_id", sa.String(16), nullable=True))
    op.add_column("stage", sa.Column("text_large", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("stage", "text_large")
    op.drop_column("stage", "text_id")
