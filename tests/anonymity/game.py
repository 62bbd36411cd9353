"""One meeting of the linker game: two hundred people with known answers, and what an attacker holds of it."""

import random
import secrets
from collections.abc import Callable
from typing import Any

from pollapp import extensions, quizzes
from pollapp.ballots import Cast, Round, ids, store_batch, upvoting
from pollapp.ballots.counting import text_id
from pollapp.ballots.decisions import fingerprint
from pollapp.ballots.upvotes import ids as answer_ids
from pollapp.ballots.upvoting import TextVote, Upvotable
from pollapp.kinds import WRITTEN
from pollapp.meetings import reviewing
from pollapp.questions import Vote
from pollapp.questions import ids as board_ids
from pollapp.quizzes import Naming
from tests.actors import Facilitator, Participant
from tests.anonymity.conftest import Disk
from tests.anonymity.evidence import PEOPLE, Evidence, Trace, Truth, collect, mark_places, token_marks
from tests.conftest import make_account
from tests.questions.room import Asker, Room
from tests.quizzes.quiz import Player, Quiz

PEOPLE_IN_ALL = 200
LARGEST_BATCH = 30
CHANGES = (1, 1, 1, 2, 3)
"""How often somebody sends an answer: most only once."""

REVIEWED = 30
"""So many people's texts the facilitator decides about: anybody's, but one after the other as they came, which tells most."""


class Person(Participant):
    """A participant whose token is known to the referee."""

    def __init__(self, key: bytes) -> None:
        super().__init__(extensions.database, key)
        self.token = ids.new_token(key)
        identity = ids.read_token(key, self.token)
        assert identity is not None
        self.identity = identity


class Game:
    """One meeting, and what an attacker holds of it before and after its seal."""

    def __init__(self, disk: Disk, preset: str) -> None:
        self.disk = disk
        self.chance = random.Random(preset)
        owner = make_account(extensions.database, "ada@example.org")
        self.facilitator = Facilitator(extensions.database, extensions.keys, owner, preset=preset)
        self.key = extensions.keys.get(self.facilitator.id)
        self.people = [Person(self.key) for _ in range(PEOPLE_IN_ALL)]
        self.truth = Truth()
        self.rounds: dict[str, Round] = {}
        self.said: list[str] = []

    def play(self) -> None:
        """Have everybody answer everything."""
        for poll, slots, settings in (
            ("choice", 1, {}),
            ("word_cloud", 3, {"entries": 3}),
            ("open_text", 1, {"upvotes": True}),
        ):
            self.rounds[poll] = self.facilitator.ask(poll, **settings)
            casts = [
                self._cast(who, poll, slot, revision)
                for revision in range(1, max(CHANGES) + 1)
                for who in range(PEOPLE_IN_ALL)
                for slot in range(slots)
                if revision == 1 or random.Random(f"{who} {poll} {slot}").choice(CHANGES) >= revision
            ]
            self._store(casts)
        self.facilitator.close()
        self._upvote_answers()
        for poll in ("word_cloud", "open_text"):
            self._review(poll)
        self._ask_and_upvote()
        if self.facilitator.meeting.preset == "standard":
            self._play_a_quiz()

    def _play_a_quiz(self) -> None:
        """Have everybody choose a nickname and answer a question. How long somebody thinks is drawn by lot."""
        quiz = Quiz(self.facilitator)
        players = [Player.of(quiz, person) for person in self.people]
        namings = []
        for who, player in enumerate(players):
            nickname = f"w{secrets.token_hex(6)}"
            self.truth.texts[nickname] = (who, "quiz", 0)
            self.truth.players[player.id] = (who, "quiz", 0)
            self.log(self.people[who].token, nickname)
            namings.append(Naming(quiz.id, player.id, nickname, "en"))
        self._in_batches(namings, quizzes.store_names)
        self.rounds["quiz_choice"] = poll = quiz.ask()
        plays = []
        for who, player in enumerate(players):
            play = player.play(poll, self.chance.choice([["yes"], ["no"], ["so"]]), self.chance.uniform(0, 20))
            self.truth.ids[play.cast.ballot_id] = (who, "quiz_choice", 0)
            plays.append(play)
        self._in_batches(plays, quizzes.store_batch)
        self.facilitator.close()

    def _in_batches(self, items: list[Any], store: Callable[..., Any]) -> None:
        while items:
            size = self.chance.randint(1, LARGEST_BATCH)
            batch, items = items[:size], items[size:]
            extensions.database.run(lambda session, batch=batch: store(session.connection(), batch))

    def _ask_and_upvote(self) -> None:
        """Have everybody ask two questions, and upvote two that somebody asked; some change their mind."""
        room = Room(self.facilitator)
        room.set_up()
        phones = [Asker(room, person) for person in self.people]
        for slot in range(2):
            asks = []
            for who, phone in enumerate(phones):
                words = f"w{secrets.token_hex(6)}"
                act = phone.ask_act(words, slot)
                self.truth.texts[words] = (who, "asked", slot)
                self.truth.asked[act.question_id] = (who, "asked", slot)
                self.log(self.people[who].token, words)
                asks.append(act)
            self._store_on_board(room, asks)
        room.close()
        room.open()
        for number, seen in enumerate(self.chance.sample(room.now().questions, 2)):
            votes = []
            for revision in range(1, max(CHANGES) + 1):
                for who, phone in enumerate(phones):
                    if revision == 1 or random.Random(f"{who} upvote {number}").choice(CHANGES) >= revision:
                        act = Vote(
                            room.id, board_ids.upvote_id(phone.key, phone.identity, seen.id), seen.id, revision, True
                        )
                        self.truth.upvotes[act.upvote_id] = (who, f"upvoted {number}", 0)
                        votes.append(act)
            self._store_on_board(room, votes)

    def _upvote_answers(self) -> None:
        """Have everybody upvote the same two answers and another one; some change their mind."""
        poll = self.rounds["open_text"]
        answers = self._upvotable(poll)
        both = self.chance.sample(answers, 2)
        for number in range(3):
            votes = []
            for revision in range(1, max(CHANGES) + 1):
                for who, person in enumerate(self.people):
                    if revision > 1 and random.Random(f"{who} answer {number}").choice(CHANGES) < revision:
                        continue
                    answer = both[number] if number < 2 else random.Random(f"{who} likes").choice(answers)
                    upvote_id = answer_ids.upvote_id(person.key, person.identity, poll.id, answer.id, answer.words)
                    self.truth.upvotes[upvote_id] = (who, f"wanted {number}", 0)
                    votes.append(TextVote(poll.id, upvote_id, answer.id, answer.words, revision, given=True))
            self._in_batches(votes, upvoting.store_votes)

    def _upvotable(self, poll: Round) -> tuple[Upvotable, ...]:
        return extensions.database.read(
            lambda session: upvoting.upvotable(session.connection(), session.get_one(Round, poll.id))
        )[1]

    def _store_on_board(self, room: Room, acts: list[Any]) -> None:
        while acts:
            size = self.chance.randint(1, LARGEST_BATCH)
            batch, acts = acts[:size], acts[size:]
            room.store(*batch)

    def _review(self, poll: str) -> None:
        """Keep what some people wrote, one after the other."""
        texts = self._last_texts(poll, 0)
        ids_of = {who: text_id(name) for name, (who, *place) in self.truth.ids.items() if place == [poll, 0]}
        for who in sorted(self.chance.sample(range(PEOPLE_IN_ALL), REVIEWED)):
            extensions.database.run(
                reviewing.decide,
                self.facilitator.id,
                extensions.keys,
                round_id=self.rounds[poll].id,
                key=WRITTEN + texts[who] if poll == "word_cloud" else ids_of[who],
                fingerprint=fingerprint(texts[who]),
                decision="keep",
            )

    def _cast(self, who: int, poll: str, slot: int, revision: int) -> Cast:
        raw: object = self.chance.choices([["yes"], ["no"], ["so"]], [6, 3, 1])[0]
        if poll != "choice":
            raw = f"w{secrets.token_hex(6)}"
            self.truth.texts[raw] = (who, poll, slot)
        cast = self.people[who].cast(self.rounds[poll], raw, slot=slot, revision=revision)
        self.truth.ids[cast.ballot_id] = (who, poll, slot)
        self.log(self.people[who].token, raw)
        return cast

    def _store(self, casts: list[Cast]) -> None:
        """Store what comes in batches as they come: a few, or many."""
        self._in_batches(casts, store_batch)

    def log(self, token: str, answer: object) -> None:
        """Log nothing. Leaky builds do."""

    def seal(self) -> None:
        """End the meeting and have the server do what is due an hour later."""
        self.facilitator.end()
        extensions.hub.keep_house()
        state = self.facilitator.look().meeting.state
        assert state == "sealed", state
        self.disk.tidy_up()

    def evidence(self, *, is_sealed: bool) -> Evidence:
        """Return what the attacker holds now."""
        with extensions.database.engine.connect() as connection:
            rows, columns = collect(connection, self.truth, with_system_columns=is_sealed)
        people = [Trace(who, {"arrival": who}) for who in range(PEOPLE_IN_ALL)]
        columns[PEOPLE] = people
        files: dict[str, bytes] = {}
        keys, tokens = [self.key], list[str]()
        if is_sealed:
            files = self.disk.files() | {"log": "\n".join(self.said).encode()}
            keys = [content for name, content in files.items() if name.endswith(".key")]
            tokens = [person.token for person in self.people]
            for trace in people:
                trace.marks |= token_marks(self.people[trace.who].identity)
            mark_places(people, dict(enumerate(tokens)), files)
            for (source, poll, slot), traces in columns.items():
                if source not in ("people", "upvote", "text_upvote") and poll != "choice":
                    mark_places(traces, self._last_texts(poll, slot), files)
        for column, traces in columns.items():
            random.Random(str(column)).shuffle(traces)  # each in its own way, or lists that came in one order keep it
        return Evidence(columns, rows, files, keys, tokens, {name: poll.id for name, poll in self.rounds.items()})

    def _last_texts(self, poll: str, slot: int) -> dict[int, str]:
        """Return each person's text in this slot: the last one counts."""
        return {who: words for words, (who, *place) in self.truth.texts.items() if place == [poll, slot]}
