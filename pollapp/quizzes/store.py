"""Store answers to quiz questions with what they are worth, and nicknames, in the writer's batches.

A ballot and its score are committed together, so an answer is scored once however often it is sent. They are written in the
order of random ids that have nothing in common.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from pollapp import ballots, kinds
from pollapp.ballots import Cast, Outcome, Round, StoredMeanwhile, decode
from pollapp.ballots.statements import Statement
from pollapp.quizzes import naming, timing
from pollapp.quizzes.models import Player
from pollapp.quizzes.timing import Times

# A conflict is no error to PostgreSQL this way: its log would name the row, beside the time.
_NEW_SCORES = Statement(
    'INSERT INTO score (round_id, player_id, worth, "right", entry) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    'INSERT INTO score (round_id, player_id, worth, "right", entry)'
    " SELECT * FROM unnest(%s::integer[], %s::bytea[], %s::integer[], %s::boolean[], %s::text[]) ON CONFLICT DO NOTHING",
)
_OF_PLAYER = ("id", "meeting_id", "nickname", "folded", "given")
_NEW_PLAYERS = Statement(
    "INSERT INTO player (id, meeting_id, nickname, folded, given) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    "INSERT INTO player (id, meeting_id, nickname, folded, given)"
    " SELECT * FROM unnest(%s::bytea[], %s::text[], %s::text[], %s::text[], %s::boolean[]) ON CONFLICT DO NOTHING",
)


class Play(NamedTuple):
    """An answer to a quiz question on its way to the store. `sent_at` is when it came, less what the network took."""

    cast: Cast
    meeting_id: str
    player_id: bytes
    sent_at: float


class Naming(NamedTuple):
    """A nickname on its way to the store, checked; None is for the one that is given."""

    meeting_id: str
    player_id: bytes
    nickname: str | None


class Named(NamedTuple):
    """What became of a nickname: `saved`, `nickname_taken` by somebody else, or `nickname_given` by the facilitator for good.

    `nickname` is the one the player has now (None: none yet).
    """

    code: str
    nickname: str | None


def store_batch(connection: Connection, answers: Sequence[Cast | Play]) -> list[Outcome]:
    """Store answers in order and return what became of each, as `ballots.store_batch` does; those of quizzes are scored."""
    plays = [answer for answer in answers if isinstance(answer, Play)]
    clocks = timing.read(connection, {play.cast.round_id for play in plays})
    outcomes = ballots.store_batch(
        connection, [_in_time(answer, clocks) if isinstance(answer, Play) else answer for answer in answers]
    )
    counted = [
        answer
        for answer, outcome in zip(answers, outcomes, strict=True)
        if isinstance(answer, Play) and outcome.code == "saved" and outcome.answer == answer.cast.answer
    ]
    if counted:
        _score(connection, counted, clocks)
        _add_players(connection, counted)
    return outcomes


def store_names(connection: Connection, namings: Sequence[Naming]) -> list[Named]:
    """Store nicknames in order and return what became of each. Raises `StoredMeanwhile` as `ballots.store_batch` does."""
    room = _Room(_players(connection, {each.meeting_id for each in namings}))
    named = [room.name(each) for each in namings]
    for player in sorted(room.changed):
        values = {name: room.players[player][name] for name in ("nickname", "folded")}
        connection.execute(update(Player).where(Player.id == player, Player.given.is_(False)).values(values))
    new = [room.players[player] for player in sorted(room.new)]
    if new and _NEW_PLAYERS.run(connection, [tuple(row[name] for name in _OF_PLAYER) for row in new]) < len(new):
        raise StoredMeanwhile
    return named


class _Room:
    """The players of some meetings as they will be stored: those that are `new`, and those whose nickname `changed`."""

    def __init__(self, players: dict[bytes, dict[str, Any]]) -> None:
        self.players = players
        self.new: set[bytes] = set()
        self.changed: set[bytes] = set()
        self._taken: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
        for player, row in players.items():
            self._taken[row["meeting_id"]][row["folded"]] = player

    def name(self, wish: Naming) -> Named:
        """Give one player a nickname."""
        own, taken = self.players.get(wish.player_id), self._taken[wish.meeting_id]
        if own is not None and (own["given"] or wish.nickname is None):
            return Named("nickname_given" if own["given"] and wish.nickname is not None else "saved", own["nickname"])
        nickname = naming.free(wish.player_id, taken) if wish.nickname is None else wish.nickname
        folded = naming.fold(nickname)
        if taken.get(folded, wish.player_id) != wish.player_id:
            return Named("nickname_taken", own["nickname"] if own else None)
        if own is None:
            own = self.players[wish.player_id] = {
                "id": wish.player_id,
                "meeting_id": wish.meeting_id,
                "given": False,
            }
            self.new.add(wish.player_id)
        else:
            del taken[own["folded"]]
            self.changed |= {wish.player_id} - self.new
        own |= {"nickname": nickname, "folded": folded}
        taken[folded] = wish.player_id
        return Named("saved", nickname)


def _in_time(play: Play, clocks: Mapping[int, Times]) -> Cast:
    times = clocks.get(play.cast.round_id)
    return play.cast._replace(is_late=times is not None and times.is_late(play.sent_at))


def _score(connection: Connection, plays: Sequence[Play], clocks: Mapping[int, Times]) -> None:
    """Store what these answers are worth. The rounds are locked: what is accepted cannot change meanwhile."""
    query = select(Round.id, Round.kind, Round.settings, Round.language).where(
        Round.id.in_({play.cast.round_id for play in plays})
    )
    polls = {row.id: row for row in connection.execute(query)}
    rows = []
    for play in plays:
        poll = polls[play.cast.round_id]
        kind, settings = kinds.get(poll.kind), kinds.load_settings(poll.kind, poll.settings)
        if not kinds.is_question(kind):
            continue
        times = clocks.get(poll.id)
        elapsed = times.elapsed(play.sent_at) if times else float(settings.seconds)
        entry = kind.entry(settings, decode(play.cast.answer), poll.language)
        worth, is_right = kinds.worth(settings, elapsed), kind.is_right(settings, entry, poll.language)
        rows.append((poll.id, play.player_id, worth, is_right, entry if kind.REJUDGED else None))
    if rows:
        _NEW_SCORES.run(connection, sorted(rows, key=itemgetter(0, 1)))


def _add_players(connection: Connection, plays: Sequence[Play]) -> None:
    """Give whoever answered without a nickname one of ours."""
    wanted = {play.player_id: play.meeting_id for play in plays}
    query = select(Player.id).where(Player.id.in_(sorted(wanted)))
    missing = wanted.keys() - {bytes(row.id) for row in connection.execute(query)}
    if missing:
        store_names(connection, [Naming(wanted[player], player, None) for player in sorted(missing)])


def _players(connection: Connection, meeting_ids: Iterable[str]) -> dict[bytes, dict[str, Any]]:
    query = select(Player.__table__).where(Player.meeting_id.in_(sorted(meeting_ids)))
    return {bytes(row.id): dict(row._mapping) for row in connection.execute(query)}
