"""add the board: questions, upvotes, and whether the screen shows them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WRITTEN = (
    "question.id",
    "question.text",
    "question.labels",
    "question.reply",
    "question.merged_into",
    "question.found",
    "question.masks",
    "upvote.id",
    "upvote.question_id",
)
"""Columns that hold, or tell of, what people write: PostgreSQL keeps no samples of them in its statistics."""


def upgrade() -> None:
    """Apply the change."""
    # The default stays: SQLite can take one off only by making the table anew.
    op.add_column("stage", sa.Column("questions_visible", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "board",
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("preset", sa.String(length=20), nullable=False),
        sa.Column("approve_first", sa.Boolean(), nullable=False),
        sa.Column("per_person", sa.Integer(), nullable=False),
        sa.Column("highlighted", sa.LargeBinary(length=16), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_board_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_board")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("merged_into", sa.LargeBinary(length=16), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("shown_votes", sa.Integer(), nullable=False),
        sa.Column("waiting_votes", sa.Integer(), nullable=True),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("masks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_question_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_question_meeting_id"), "question", ["meeting_id"])
    op.create_table(
        "upvote",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("question_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_upvote_question_id_question"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upvote")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_upvote_question_id"), "upvote", ["question_id"])
    if op.get_bind().dialect.name == "postgresql":
        for column in WRITTEN:
            table, name = column.split(".")
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {name} SET STATISTICS 0")


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("upvote")
    op.drop_table("question")
    op.drop_table("board")
    op.drop_column("stage", "questions_visible")
