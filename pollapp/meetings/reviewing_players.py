"""The review of nicknames: a decision is carried out at once, and what nobody has decided by the seal is replaced by it."""

from sqlalchemy.orm import Session

from pollapp import quizzes
from pollapp.ballots.review import Entry, Names
from pollapp.errors import BadDecision, NotFound, TextChanged
from pollapp.meetings.models import Meeting
from pollapp.quizzes import Player
from pollapp.words import Finding, find_personal


def entries(session: Session, meeting_id: str, names: Names) -> list[Entry]:
    """Return every nickname that was not given, with what is found in it."""
    language = session.get_one(Meeting, meeting_id).language
    players = [
        player
        for player in quizzes.players_of(session, meeting_id).values()
        if not player.given and not quizzes.naming.is_ours(player.nickname, language)
    ]
    nicknames = [player.nickname for player in players]
    found: list[tuple[Finding, ...]] = [()] * len(players)
    if names is not None:
        found = list(find_personal(nicknames, names))
    return [_entry(player, findings) for player, findings in zip(players, found, strict=True)]


def pending(session: Session, meeting_id: str, names: Names) -> set[str]:
    """Return the names, for scripts, of players whose nickname waits for a decision."""
    return {entry.key for entry in entries(session, meeting_id, names) if entry.pending}


def _entry(player: Player, findings: tuple[Finding, ...]) -> Entry:
    return Entry(player.name, player.nickname, 1, findings, "keep" if player.reviewed else None, player.nickname)


def decide(
    session: Session, meeting_id: str, name: str, fingerprint: str, decision: str | None, *, names: Names
) -> Entry:
    """Keep a nickname, or take it away for good; only that it is kept can be taken back (None).

    Raises `NotFound`, `TextChanged`, and `BadDecision` for anything else: half a nickname is none.
    """
    entry = next((each for each in entries(session, meeting_id, names) if each.key == name), None)
    if entry is None:
        raise NotFound()
    if entry.fingerprint != fingerprint:
        raise TextChanged()
    if decision not in ("keep", "drop", None):
        raise BadDecision()
    if decision == "drop":
        _take_away(session, meeting_id, name)
        return entry._replace(decision="drop", shown=None)
    quizzes.keep(session, meeting_id, name, reviewed=decision == "keep")
    return entry._replace(decision=decision)


def replace_undecided(session: Session, meeting_id: str, names: Names) -> None:
    """Take away what waits for a decision. For the seal: without the names to look for nobody would know any more."""
    for name in sorted(pending(session, meeting_id, names)):
        _take_away(session, meeting_id, name)


def _take_away(session: Session, meeting_id: str, name: str) -> None:
    quizzes.take_away(session, meeting_id, name, session.get_one(Meeting, meeting_id).language)
