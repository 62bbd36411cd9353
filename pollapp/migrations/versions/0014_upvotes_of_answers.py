"""upvote open answers, and show the most upvoted first."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WRITTEN = ("text_upvote.id", "text_upvote.text", "text_upvote.words", "text_votes.text", "text_votes.words")
"""Columns that tell of what people write: PostgreSQL keeps no samples of them in its statistics."""


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "text_upvote",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("text", sa.String(length=16), nullable=False),
        sa.Column("words", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_text_upvote_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "id", name=op.f("pk_text_upvote")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "text_votes",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=16), nullable=False),
        sa.Column("words", sa.String(length=16), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("shown_votes", sa.Integer(), nullable=False),
        sa.Column("waiting_votes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_text_votes_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "text", "words", name=op.f("pk_text_votes")),
        sqlite_with_rowid=False,
    )
    op.add_column("stage", sa.Column("texts_by_votes", sa.Boolean(), nullable=False, server_default=sa.false()))
    if op.get_bind().dialect.name == "postgresql":
        for column in WRITTEN:
            table, name = column.split(".")
            op.execute(f'ALTER TABLE {table} ALTER COLUMN "{name}" SET STATISTICS 0')


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("stage", "texts_by_votes")
    op.drop_table("text_votes")
    op.drop_table("text_upvote")
