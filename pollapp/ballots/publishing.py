"""What may be seen of a round: everything as it comes (`standard`), or steps of five people (`chatham_house`).

The threshold k = 5 counts participants of a question, never the size of a bar or a word (k-anonymity, Sweeney 2002).
A snapshot taken at a fifth participant is published when five more have answered, or all is when the round closes:
so every visible change is made of five to nine people, or more when many answer at once.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from pollapp import kinds
from pollapp.ballots import counting, curated, decisions, moderated
from pollapp.ballots.models import OPEN, Round, Snapshot, TallyCount
from pollapp.ballots.stepping import STEPPED, K
from pollapp.ballots.upvotes.numbers import numbers_of
from pollapp.kinds import Counted, Text
from pollapp.moderation import FIRST


class Published(NamedTuple):
    """What may be shown, under a number that only grows; `counted` is None while nothing may.

    `left_out` entries were dropped by the facilitator; `pending` ones wait for a decision and are in no file. Moderation
    withheld some, of which `to_approve` wait for approval, and masked words in others. So many words were `curated`.
    """

    number: int
    counted: Counted | None
    left_out: int = 0
    pending: int = 0
    withheld: int = 0
    to_approve: int = 0
    masked: int = 0
    curated: int = 0
    approves_first: bool = False


def number(connection: Connection, poll: Row[Any] | Round) -> int:
    """Return the number under which a round is shown now."""
    if poll.preset == STEPPED:
        return _number(connection, poll.id)
    query = select(TallyCount.count).where(TallyCount.round_id == poll.id, TallyCount.key == counting.REVISION)
    return connection.execute(query).scalar() or 0


def advance(connection: Connection, poll: Row[Any] | Round) -> None:
    """Take and publish snapshots that are due. Call in the transaction that changed the round."""
    if poll.preset != STEPPED:
        return
    now = counting.participants(connection, poll.id)
    steps = _steps(connection, poll.id)
    published, pending = steps.get(True, 0), steps.get(False)
    if poll.state != OPEN:
        _delete(connection, poll.id, is_published=False)
        if now - published >= K:
            _replace(connection, poll, is_published=True)
        return
    if pending is not None and now >= pending + K:
        _promote_pending(connection, poll.id)
        published, pending = pending, None
    if pending is None and now >= published + K:
        _replace(connection, poll, is_published=False)


def published(connection: Connection, poll: Row[Any] | Round) -> Published:
    """Return what may be shown of a round now, as its facilitator decided."""
    return as_curated(connection, poll, before_curation(connection, poll))


def before_curation(connection: Connection, poll: Row[Any] | Round) -> Published:
    """Return what may be shown of a round now to its facilitator, who curates it."""
    number, counted, *_ = before_review(connection, poll)
    if counted is None or not decisions.concern(poll):
        return Published(number, counted)
    return as_decided(connection, poll, number, counted)


def as_curated(connection: Connection, poll: Row[Any] | Round, passed: Published) -> Published:
    """Return what may be shown, words hidden, joined and renamed as the facilitator did."""
    if passed.counted is None or not curated.concern(poll):
        return passed
    changes = curated.of_round(connection, poll.id).changes
    shown, touched = curated.apply(kinds.get(poll.kind), passed.counted, changes, poll.language)
    return passed._replace(counted=shown, curated=touched)


def as_decided(
    connection: Connection, poll: Row[Any] | Round, number: int, counted: Counted, pending: Collection[str] = ()
) -> Published:
    """Return what moderation and review leave of what was counted, without entries that are `pending`. Not curated yet."""
    seen_by = moderated.of_round(connection, poll)
    passed = moderated.apply(counted, seen_by)
    rest = _without(passed.counted, pending) if pending else passed.counted
    decided, left_out = decisions.apply(rest, decisions.of_round(connection, poll.id))
    shown, masked = moderated.masked(decided, seen_by, passed.as_written)
    return Published(
        number,
        shown,
        left_out,
        pending=_entries(passed.counted) - _entries(rest),
        withheld=passed.withheld,
        to_approve=passed.to_approve,
        masked=masked,
        approves_first=seen_by.rules.mode == FIRST,
    )


def _without(counted: Counted, entry_keys: Collection[str]) -> Counted:
    return counted._replace(
        tally={key: count for key, count in counted.tally.items() if key not in entry_keys},
        texts=tuple(text for text in counted.texts if text.id not in entry_keys),
    )


def _entries(counted: Counted) -> int:
    return len(counted.tally) + len(counted.texts)


def before_review(connection: Connection, poll: Row[Any] | Round) -> Published:
    """Return what may be shown of a round to its facilitator, who decides about it."""
    found = _counted(connection, poll)
    if found.counted is None or not found.counted.texts:
        return found
    votes = numbers_of(connection, poll, found.counted.texts)
    return found._replace(counted=found.counted._replace(votes=votes)) if votes else found


def _counted(connection: Connection, poll: Row[Any] | Round) -> Published:
    if poll.preset != STEPPED:
        return Published(*counting.count_all(connection, poll))
    query = select(Snapshot.__table__).where(Snapshot.round_id == poll.id, Snapshot.published.is_(True))
    row = connection.execute(query).one_or_none()
    if row is None:
        return Published(0, None)
    texts = tuple(Text(text_id, text) for text_id, text in row.texts)
    return Published(row.number, Counted(row.participants, row.ballots, row.tally, texts))


def published_total(connection: Connection, meeting_id: str) -> int:
    """Return how many answers of a meeting are published, in all its rounds."""
    of_meeting = Round.meeting_id == meeting_id
    live = (
        select(func.coalesce(func.sum(TallyCount.count), 0))
        .join(Round, Round.id == TallyCount.round_id)
        .where(of_meeting, Round.preset != STEPPED, TallyCount.key == counting.BALLOTS)
    )
    stepped = (
        select(func.coalesce(func.sum(Snapshot.ballots), 0))
        .join(Round, Round.id == Snapshot.round_id)
        .where(of_meeting, Round.preset == STEPPED, Snapshot.published.is_(True))
    )
    return int(connection.execute(live).scalar_one()) + int(connection.execute(stepped).scalar_one())


def forget_text(connection: Connection, round_id: int, text_id: str) -> bool:
    """Take a removed text out of every snapshot; the counts stay, since they have been seen. Tell whether it was there."""
    found = False
    for row in connection.execute(select(Snapshot.__table__).where(Snapshot.round_id == round_id)).all():
        texts = [entry for entry in row.texts if entry[0] != text_id]
        if len(texts) != len(row.texts):
            found = True
            connection.execute(
                update(Snapshot)
                .where(Snapshot.round_id == round_id, Snapshot.published == row.published)
                .values(texts=texts, number=row.number + 1)
            )
    return found


def _steps(connection: Connection, round_id: int) -> dict[bool, int]:
    query = select(Snapshot.published, Snapshot.participants).where(Snapshot.round_id == round_id)
    return {row.published: row.participants for row in connection.execute(query)}


def _number(connection: Connection, round_id: int) -> int:
    query = select(Snapshot.number).where(Snapshot.round_id == round_id, Snapshot.published.is_(True))
    return connection.execute(query).scalar() or 0


def _delete(connection: Connection, round_id: int, *, is_published: bool) -> None:
    connection.execute(delete(Snapshot).where(Snapshot.round_id == round_id, Snapshot.published.is_(is_published)))


def _promote_pending(connection: Connection, round_id: int) -> None:
    number = _number(connection, round_id) + 1
    _delete(connection, round_id, is_published=True)
    connection.execute(
        update(Snapshot)
        .where(Snapshot.round_id == round_id, Snapshot.published.is_(False))
        .values(published=True, number=number)
    )


def _replace(connection: Connection, poll: Row[Any] | Round, *, is_published: bool) -> None:
    """Write everything counted now as the round's published or pending snapshot."""
    counted = counting.count_all(connection, poll).counted
    number = _number(connection, poll.id) + 1
    _delete(connection, poll.id, is_published=is_published)
    connection.execute(
        insert(Snapshot).values(
            round_id=poll.id,
            published=is_published,
            number=number,
            participants=counted.participants,
            ballots=counted.ballots,
            tally=dict(counted.tally),
            texts=[[text.id, text.text] for text in counted.texts],
        )
    )
