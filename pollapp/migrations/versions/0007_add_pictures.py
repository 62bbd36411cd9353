"""Add pictures of facilitators, in a few widths each."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "picture",
        sa.Column("id", sa.String(length=44), nullable=False),
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_picture_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
    )
    op.create_index(op.f("ix_picture_meeting_id"), "picture", ["meeting_id"])
    op.create_table(
        "picture_file",
        sa.Column("picture_id", sa.String(length=44), nullable=False),
        sa.Column("width", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["picture.id"], name=op.f("fk_picture_file_picture_id_picture"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("picture_id", "width", name=op.f("pk_picture_file")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("picture_file")
    op.drop_index(op.f("ix_picture_meeting_id"), "picture")
    op.drop_table("picture")
