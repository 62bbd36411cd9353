"""Collect the dataset of a meeting from what is published: files are drawn from nothing else."""

from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from pollapp import kinds
from pollapp.ballots import OPEN, take, take_for_files
from pollapp.ballots.review import Names
from pollapp.errors import NotFound
from pollapp.exports.dataset import Dataset, LeaderData, QuestionData, QuestionsData, RoundData, SlideData
from pollapp.meetings import Meeting, quizzing, reviewing_players
from pollapp.meetings.results import RoundResults, SlideResults, meeting_results
from pollapp.questions import Seen, look, pending, with_findings

STEPPED = "chatham_house"


def collect(session: Session, meeting_id: str, today: date, names: Names = ()) -> Dataset:
    """Return what may leave the room of a meeting. Raises `NotFound`.

    Under the Chatham House rule, entries in which something is found (`names`: the names to look for) wait for a
    decision and are left out until there is one; nicknames do everywhere.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound(meeting=meeting_id)
    look = partial(take_for_files, names=names) if meeting.preset == STEPPED else take
    numbered = enumerate(meeting_results(session, meeting_id, look), start=1)
    return Dataset(
        title=meeting.title,
        language=meeting.language,
        preset=meeting.preset,
        state=meeting.state,
        created_on=meeting.created_on,
        exported_on=today,
        slides=tuple(_slide(number, each, meeting.preset) for number, each in numbered if _asks(each)),
        questions=_questions(session, meeting_id, names),
        leaderboard=_leaderboard(session, meeting_id, names),
    )


def _leaderboard(session: Session, meeting_id: str, names: Names) -> tuple[LeaderData, ...]:
    waiting = reviewing_players.pending(session, meeting_id, names)
    return tuple(
        LeaderData(each.place, None if each.name in waiting else each.nickname, each.points)
        for each in quizzing.look(session, meeting_id).standings
    )


def _questions(session: Session, meeting_id: str, names: Names) -> QuestionsData | None:
    board = look(session, meeting_id)
    if board.state is None:
        return None
    is_stepped = board.preset == STEPPED
    found = with_findings(board.questions, names) if is_stepped else board.questions
    kept = [seen for seen in found if not (is_stepped and pending(seen))]
    withheld = ["steps"] if is_stepped else []
    return QuestionsData(
        questions=tuple(map(_question, sorted(kept, key=lambda seen: (-(seen.votes or 0), seen.name)))),
        withheld=tuple([*withheld, "board_open"] if board.is_open else withheld),
        pending=len(found) - len(kept),
    )


def _question(seen: Seen) -> QuestionData:
    state = "answered" if seen.answered and seen.state == "shown" else seen.state
    return QuestionData(seen.shown, state, seen.votes, seen.labels, seen.reply, seen.edited)


def _asks(results: SlideResults) -> bool:
    return kinds.get(results.slide.kind).TAKES_ANSWERS


def _slide(number: int, results: SlideResults, preset: str) -> SlideData:
    return SlideData(
        number=number,
        kind=results.slide.kind,
        kind_title=kinds.get(results.slide.kind).TITLE,
        prompt=results.slide.prompt,
        rounds=tuple(_round(each, preset) for each in results.rounds),
    )


def _round(results: RoundResults, preset: str) -> RoundData:
    return RoundData(
        number=results.number,
        state=results.state,
        opened_on=results.opened_on,
        participants=results.snapshot.participants,
        ballots=results.snapshot.ballots,
        table=results.table,
        withheld=tuple(_withheld(results, preset)),
        pending=results.snapshot.pending,
        left_out=results.snapshot.left_out,
        moderated=results.snapshot.withheld,
        masked=results.snapshot.masked,
        curated=0 if results.keeps_texts else results.snapshot.curated,  # texts are in files as they were written
    )


def _withheld(results: RoundResults, preset: str) -> list[str]:
    """Return codes of `notes.WITHHELD`. A remainder is named whether there is one or not: to tell would count it."""
    codes = []
    if results.snapshot.waiting:
        codes.append(results.snapshot.waiting)
    elif preset == STEPPED:
        codes.append("remainder")
        if results.snapshot.votes is not None:
            codes.append("upvotes")
    if results.state == OPEN:
        codes.append("open")
    return codes
