"""reveal what is correct by a command, and no longer by a setting of numbers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SETTING = "show_correct"


def upgrade() -> None:
    """Apply the change."""
    op.add_column("round", sa.Column("revealed", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("slide", "round"):
        table = sa.table(
            name, sa.column("id"), sa.column("kind"), sa.column("settings", sa.JSON), sa.column("revealed")
        )
        query = sa.select(table.c.id, table.c.settings).where(table.c.kind == "number")
        for row in op.get_bind().execute(query).all():
            settings: dict[str, Any] = dict(row.settings)
            shown = bool(settings.pop(_SETTING, False))
            values = {"settings": settings} | ({"revealed": shown} if name == "round" else {})
            op.execute(sa.update(table).where(table.c.id == row.id).values(values))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("round", "revealed")
