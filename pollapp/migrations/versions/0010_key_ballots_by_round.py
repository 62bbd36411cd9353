"""Begin the key of ballots with their round: a vote then costs the same however many answers are stored."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.drop_index(op.f("ix_ballot_round_id"), "ballot")
    _key_by("round_id", "id")


def downgrade() -> None:
    """Take the change back."""
    _key_by("id")
    op.create_index(op.f("ix_ballot_round_id"), "ballot", ["round_id"])


def _key_by(*columns: str) -> None:
    """Give the table another primary key. SQLite stores rows in its order, so there the table is written anew in it."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("pk_ballot"), "ballot", type_="primary")
        op.create_primary_key(op.f("pk_ballot"), "ballot", list(columns))
        return
    op.rename_table("ballot", "ballot_before")
    op.create_table(
        "ballot",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_ballot_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(*columns, name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO ballot (round_id, id, revision, answer)"
        " SELECT round_id, id, revision, answer FROM ballot_before ORDER BY round_id, id"
    )
    op.drop_table("ballot_before")
