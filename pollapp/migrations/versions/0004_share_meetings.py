"""let facilitators share meetings: members, links, and a list of what was done."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "member",
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=14), nullable=False),
        sa.CheckConstraint("role IN ('co_facilitator', 'moderator')", name="role"),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitator.id"],
            name=op.f("fk_member_facilitator_id_facilitator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_member_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "facilitator_id", name=op.f("pk_member")),
    )
    op.create_index(op.f("ix_member_facilitator_id"), "member", ["facilitator_id"])
    op.create_table(
        "meeting_link",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=14), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("expires_at", sa.Integer(), nullable=True),
        sa.CheckConstraint("role IN ('co_facilitator', 'moderator', 'screen')", name="role"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_link_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_meeting_link_digest")),
    )
    op.create_index(op.f("ix_meeting_link_meeting_id"), "meeting_link", ["meeting_id"])
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitator.id"],
            name=op.f("fk_audit_entry_facilitator_id_facilitator"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_audit_entry_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_audit_entry_facilitator_id"), "audit_entry", ["facilitator_id"])
    op.create_index(op.f("ix_audit_entry_meeting_id"), "audit_entry", ["meeting_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("audit_entry")
    op.drop_table("meeting_link")
    op.drop_table("member")
