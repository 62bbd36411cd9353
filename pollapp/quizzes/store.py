"""Store answers to quiz questions with what they are worth, and nicknames, in the writer's batches.

A ballot and its score are committed together, so an answer is scored once however often it is sent. They are written in the
order of random ids that have nothing in common.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from pollapp import ballots, kinds
from pollapp.ballots import Cast, Outcome, StoredMeanwhile, decode
from pollapp.ballots.statements import Lookup
from pollapp.quizzes import naming, statements, timing
from pollapp.quizzes.models import Player
from pollapp.quizzes.timing import Times

_FIRST_FEW = 4
"""Names that are looked up at once for somebody who is given one; if none of them is free, all of the meeting are."""

Score = tuple[int, bytes, int, bool, str]


class Play(NamedTuple):
    """An answer to a quiz question on its way to the store. `sent_at` is when it came, less what the network took."""

    cast: Cast
    meeting_id: str
    player_id: bytes
    sent_at: float


class Naming(NamedTuple):
    """A nickname on its way to the store, checked; None is for one that is given, in the language of the meeting."""

    meeting_id: str
    player_id: bytes
    nickname: str | None
    language: str


class Named(NamedTuple):
    """What became of a nickname: `saved`, `nickname_taken` by somebody else, or `nickname_given` by the facilitator for good.

    `nickname` is the one the player has now (None: none yet).
    """

    code: str
    nickname: str | None


def store_batch(connection: Connection, answers: Sequence[Cast | Play]) -> list[Outcome]:
    """Store answers in order and return what became of each, as `ballots.store_batch` does; those of quizzes are scored."""
    casts = [answer.cast if isinstance(answer, Play) else answer for answer in answers]
    plays = [(place, answer) for place, answer in enumerate(answers) if isinstance(answer, Play)]
    rounds = ballots.lock_rounds(connection, {cast.round_id for cast in casts})
    clocks = timing.read(connection, {play.cast.round_id for _, play in plays})
    for place, play in plays:
        times = clocks.get(play.cast.round_id)
        if times is not None and times.is_late(play.sent_at):
            casts[place] = play.cast._replace(is_late=True)
    outcomes = ballots.store_batch(connection, casts, rounds)
    counted = [
        play for place, play in plays if outcomes[place].code == "saved" and outcomes[place].answer == play.cast.answer
    ]
    if counted:
        _score(connection, counted, rounds, clocks)
        _add_players(connection, counted, rounds)
    return outcomes


def store_names(connection: Connection, namings: Sequence[Naming]) -> list[Named]:
    """Store nicknames in order and return what became of each. Raises `StoredMeanwhile` as `ballots.store_batch` does."""
    room = _Room(connection, namings)
    named = [room.name(each) for each in namings]
    new = sorted(room.players[player] for player in room.new)
    changed = sorted(room.players[player] for player in room.changed)
    if changed:
        statements.OTHER_NICKNAMES.run(connection, [(each.nickname, each.folded, each.id) for each in changed])
    if new and statements.NEW_PLAYERS.run(connection, new) < len(new):
        raise StoredMeanwhile
    return named


class _Player(NamedTuple):
    """A row of a player, in the order of its columns."""

    id: bytes
    meeting_id: str
    nickname: str
    folded: str
    given: bool


class _Room:
    """The players of some meetings as they will be stored: those that are `new`, and those whose nickname `changed`."""

    def __init__(self, connection: Connection, wishes: Sequence[Naming]) -> None:
        self._connection = connection
        self.new: set[bytes] = set()
        self.changed: set[bytes] = set()
        wanted = sorted({wish.player_id for wish in wishes})
        self.players = _players(connection, statements.PLAYERS, [(player,) for player in wanted])
        self._taken: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
        self._read_whole: set[str] = set()
        names = {(wish.meeting_id, folded) for wish in wishes for folded in self._first_names(wish)}
        for player in [*self.players.values(), *_players(connection, statements.NAMESAKES, sorted(names)).values()]:
            self._taken[player.meeting_id][player.folded] = player.id

    def name(self, wish: Naming) -> Named:
        """Give one player a nickname."""
        own, taken = self.players.get(wish.player_id), self._taken[wish.meeting_id]
        if own is not None and (own.given or wish.nickname is None):
            return Named("nickname_given" if own.given and wish.nickname is not None else "saved", own.nickname)
        nickname, folded = self._free(wish) if wish.nickname is None else (wish.nickname, naming.fold(wish.nickname))
        if taken.get(folded, wish.player_id) != wish.player_id:
            return Named("nickname_taken", own.nickname if own else None)
        if own is None:
            self.new.add(wish.player_id)
        else:
            del taken[own.folded]
            self.changed |= {wish.player_id} - self.new
        self.players[wish.player_id] = _Player(wish.player_id, wish.meeting_id, nickname, folded, False)
        taken[folded] = wish.player_id
        return Named("saved", nickname)

    def _first_names(self, wish: Naming) -> list[str]:
        """Return the folded names of which it has to be known whether they are taken."""
        if wish.nickname is not None:
            return [naming.fold(wish.nickname)]
        if wish.player_id in self.players:
            return []
        return [folded for _, folded in islice(naming.candidates(wish.player_id, wish.language), _FIRST_FEW)]

    def _free(self, wish: Naming) -> naming.Name:
        """Return a name that nobody in the meeting has."""
        taken = self._taken[wish.meeting_id]
        for name in islice(naming.candidates(wish.player_id, wish.language), _FIRST_FEW):
            if name[1] not in taken:
                return name
        if wish.meeting_id not in self._read_whole:
            self._read_whole.add(wish.meeting_id)
            query = select(Player.folded, Player.id).where(Player.meeting_id == wish.meeting_id)
            for folded, player in self._connection.execute(query):
                if player not in self.changed:  # whose name of before is free now
                    taken.setdefault(folded, bytes(player))
        return naming.free(wish.player_id, wish.language, taken)


def _players(connection: Connection, lookup: Lookup, wanted: Sequence[tuple[Any, ...]]) -> dict[bytes, _Player]:
    found = (_Player(bytes(row[0]), row[1], row[2], row[3], bool(row[4])) for row in lookup.run(connection, wanted))
    return {player.id: player for player in found}


class _Judge:
    """Says what answers to one question are worth; equal ones are looked at once. The round is locked: nothing changes."""

    def __init__(self, poll: Row[Any], times: Times | None) -> None:
        self._kind, self._language, self._times = kinds.get(poll.kind), poll.language, times
        self._settings = kinds.load_settings(poll.kind, poll.settings)
        self._seen: dict[str, tuple[bool, str]] = {}

    def score(self, play: Play) -> Score:
        """Return the row of a score."""
        answer = play.cast.answer
        if answer not in self._seen:
            self._seen[answer] = self._judge(answer)
        elapsed = self._times.elapsed(play.sent_at) if self._times else float(self._settings.seconds)
        return (play.cast.round_id, play.player_id, kinds.worth(self._settings, elapsed), *self._seen[answer])

    def _judge(self, answer: str) -> tuple[bool, str]:
        if not kinds.is_question(self._kind):
            raise TypeError(f"{self._kind.NAME} is no question of a quiz")
        entry = self._kind.entry(self._settings, decode(answer), self._language)
        is_right = self._kind.is_right(self._settings, entry, self._language)
        return is_right, entry


def _score(
    connection: Connection, plays: Sequence[Play], rounds: Mapping[int, Row[Any]], clocks: Mapping[int, Times]
) -> None:
    """Store what these answers are worth."""
    judges = {number: _Judge(rounds[number], clocks.get(number)) for number in {play.cast.round_id for play in plays}}
    rows = [judges[play.cast.round_id].score(play) for play in plays]
    statements.NEW_SCORES.run(connection, sorted(rows, key=itemgetter(0, 1)))


def _add_players(connection: Connection, plays: Sequence[Play], rounds: Mapping[int, Row[Any]]) -> None:
    """Give whoever answered without a nickname one of ours."""
    by_id = {play.player_id: play for play in plays}
    missing = sorted(bytes(row[0]) for row in statements.STRANGERS.run(connection, [(each,) for each in sorted(by_id)]))
    if missing:
        found = [by_id[player] for player in missing]
        store_names(
            connection,
            [Naming(play.meeting_id, play.player_id, None, rounds[play.cast.round_id].language) for play in found],
        )
