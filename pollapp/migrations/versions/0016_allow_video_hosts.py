"""let a meeting's screen play videos of hosts that its facilitator allows."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("meeting", sa.Column("video_hosts", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("meeting", "video_hosts")
