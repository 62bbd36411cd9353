"""remember which nicknames were reviewed and may stay."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("player", sa.Column("reviewed", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("player", table_kwargs={"sqlite_with_rowid": False}) as player:
        # The database fills in nothing in tables about people: a default stands for players who were there before.
        player.alter_column("reviewed", server_default=None)


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("player", "reviewed")
