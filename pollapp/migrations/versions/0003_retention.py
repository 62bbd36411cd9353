"""choose how long answers are kept, and leave nothing but counts of erased meetings."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DAYS = {"standard": 365, "chatham_house": 30}


_ERASED = "(SELECT id FROM meeting WHERE state = 'erased')"
_OF_ERASED = (
    *(
        f"DELETE FROM {table} WHERE round_id IN (SELECT id FROM round WHERE meeting_id IN {_ERASED})"  # noqa: S608  # names of our own schema
        for table in ("ballot", "tally", "snapshot", "review")
    ),
    *(f"DELETE FROM {table} WHERE meeting_id IN {_ERASED}" for table in ("round", "stage", "slide")),  # noqa: S608  # the same
)
"""What goes with such a meeting. SQLite's cascades are at rest in migrations."""


def upgrade() -> None:
    """Apply the change."""
    # The default is the shortest promise there is. It stays: SQLite can take one off only by making the table anew.
    op.add_column("meeting", sa.Column("keep_days", sa.Integer(), nullable=False, server_default="30"))
    op.add_column("meeting", sa.Column("answered_on", sa.Date(), nullable=True))
    erased = op.create_table(
        "erased_meeting",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.Column("polls", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["facilitator.id"], name=op.f("fk_erased_meeting_owner_id_facilitator"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_meeting")),
    )
    op.create_index(op.f("ix_erased_meeting_owner_id"), "erased_meeting", ["owner_id"])
    meeting = sa.table(
        "meeting",
        sa.column("preset", sa.String()),
        sa.column("state", sa.String()),
        sa.column("keep_days", sa.Integer()),
        sa.column("owner_id", sa.Integer()),
        sa.column("created_on", sa.Date()),
        sa.column("erase_on", sa.Date()),
    )
    for preset, days in DAYS.items():
        op.execute(meeting.update().where(meeting.c.preset == preset).values(keep_days=days))
    _shorten_erased(meeting, erased)


def _shorten_erased(meeting: sa.TableClause, erased: sa.Table) -> None:
    """Keep of meetings that were erased before what is kept of one that is erased now. Their counts are gone."""
    connection = op.get_bind()
    was_erased = meeting.c.state == "erased"
    for row in connection.execute(sa.select(meeting).where(was_erased, meeting.c.owner_id.is_not(None))).all():
        line = {
            "id": secrets.token_hex(8),
            "owner_id": row.owner_id,
            "held_on": row.created_on,
            "erased_on": row.erase_on,
            "polls": 0,
            "answers": 0,
        }
        connection.execute(erased.insert(), line)
    for query in _OF_ERASED:
        op.execute(query)
    connection.execute(meeting.delete().where(was_erased))


def downgrade() -> None:
    """Take the change back."""
    op.drop_index(op.f("ix_erased_meeting_owner_id"), "erased_meeting")
    op.drop_table("erased_meeting")
    op.drop_column("meeting", "answered_on")
    op.drop_column("meeting", "keep_days")
