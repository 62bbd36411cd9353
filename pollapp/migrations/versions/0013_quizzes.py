"""add quizzes: players, scores, and the clock of the question that is open."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WRITTEN = ("player.id", "player.nickname", "player.folded", "score.player_id", "score.entry")
"""Columns that hold, or tell of, what people write: PostgreSQL keeps no samples of them in its statistics."""


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "player",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("nickname", sa.String(length=20), nullable=False),
        sa.Column("folded", sa.String(length=60), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_player_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_player")),
        sa.UniqueConstraint("meeting_id", "folded", name=op.f("uq_player_meeting_id_folded")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "score",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("player_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("worth", sa.Integer(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("entry", sa.String(length=240), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_score_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "player_id", name=op.f("pk_score")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quiz_clock",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_quiz_clock_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_quiz_clock")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for column in WRITTEN:
            table, name = column.split(".")
            op.execute(f'ALTER TABLE {table} ALTER COLUMN "{name}" SET STATISTICS 0')


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("quiz_clock")
    op.drop_table("score")
    op.drop_table("player")
