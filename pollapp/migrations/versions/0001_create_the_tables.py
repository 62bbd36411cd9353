"""create the tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


WRITTEN = (
    "ballot.id",
    "ballot.answer",
    "tally.key",
    "snapshot.tally",
    "snapshot.texts",
    "round.prompt",
    "slide.prompt",
)
"""Columns of which PostgreSQL would otherwise keep samples in its statistics, where no seal and no erasure reaches."""


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "facilitator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=256), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facilitator")),
        sa.UniqueConstraint("email", name=op.f("uq_facilitator_email")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("theme", sa.String(length=5), nullable=False),
        sa.Column("accent", sa.String(length=10), nullable=False),
        sa.Column("preset", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("active_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("erase_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["facilitator.id"], name=op.f("fk_meeting_owner_id_facilitator"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("code", name=op.f("uq_meeting_code")),
    )
    op.create_index(op.f("ix_meeting_owner_id"), "meeting", ["owner_id"])
    op.create_table(
        "one_time_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sa.CheckConstraint("purpose IN ('first', 'reset')", name="purpose"),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitator.id"],
            name=op.f("fk_one_time_link_facilitator_id_facilitator"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_one_time_link")),
    )
    op.create_index(op.f("ix_one_time_link_facilitator_id"), "one_time_link", ["facilitator_id"])
    op.create_table(
        "sign_in",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitator.id"],
            name=op.f("fk_sign_in_facilitator_id_facilitator"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_facilitator_id"), "sign_in", ["facilitator_id"])
    op.create_table(
        "slide",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("stays_open", sa.Boolean(), nullable=False),
        sa.Column("opens_on_arrival", sa.Boolean(), nullable=False),
        sa.Column("results_hidden", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_slide_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slide")),
    )
    op.create_index(op.f("ix_slide_meeting_id"), "slide", ["meeting_id"])
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("slide_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("preset", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("mended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_round_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["slide_id"], ["slide.id"], name=op.f("fk_round_slide_id_slide"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("slide_id", "number", name=op.f("uq_round_slide_id_number")),
    )
    op.create_index(op.f("ix_round_meeting_id"), "round", ["meeting_id"])
    op.create_table(
        "stage",
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("slide_id", sa.String(length=16), nullable=True),
        sa.Column("results_visible", sa.Boolean(), nullable=False),
        sa.Column("results_on_phones", sa.Boolean(), nullable=False),
        sa.Column("join_visible", sa.Boolean(), nullable=False),
        sa.Column("blank", sa.Boolean(), nullable=False),
        sa.Column("countdown_ends_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_stage_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["slide_id"], ["slide.id"], name=op.f("fk_stage_slide_id_slide"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_stage")),
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_ballot_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ballot_round_id"), "ballot", ["round_id"])
    op.create_table(
        "snapshot",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_snapshot_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "published", name=op.f("pk_snapshot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_tally_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "key", name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        for column in WRITTEN:
            table, name = column.split(".")
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {name} SET STATISTICS 0")


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("tally")
    op.drop_table("snapshot")
    op.drop_index(op.f("ix_ballot_round_id"), "ballot")
    op.drop_table("ballot")
    op.drop_table("stage")
    op.drop_index(op.f("ix_round_meeting_id"), "round")
    op.drop_table("round")
    op.drop_index(op.f("ix_slide_meeting_id"), "slide")
    op.drop_table("slide")
    op.drop_index(op.f("ix_sign_in_facilitator_id"), "sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_one_time_link_facilitator_id"), "one_time_link")
    op.drop_table("one_time_link")
    op.drop_index(op.f("ix_meeting_owner_id"), "meeting")
    op.drop_table("meeting")
    op.drop_table("facilitator")
