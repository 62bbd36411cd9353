"""A round beside a model of it: whatever people do in whatever order, the books balance and steps stay steps."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from pollapp.ballots import K, KeyRing, Round, store_batch
from pollapp.database import Database
from tests.actors import Facilitator, Participant
from tests.books import Books
from tests.conftest import make_account
from tests.databases import Postgres, SQLite
from tests.needs import how_many

SLOTS = 2
WORDS = st.sampled_from(["trust", "Trust", "remedy", "due diligence", None])
Place = tuple[int, int]


class ModelRound:
    """What a round must hold: revision and word (None: withdrawn) by participant and slot."""

    def __init__(self, poll: Round) -> None:
        self.poll = poll
        self.is_open = True
        self.stored: dict[Place, tuple[int, str | None]] = {}
        self.seen: list[tuple[int, int, object]] = [(0, 0, None)]

    def take(self, place: Place, revision: int, word: str | None) -> str:
        """Take a message in as section 3 of the design says, and return the code of the reply."""
        before = self.stored.get(place)
        if before is not None:
            if before[0] > revision or before == (revision, word):
                return "saved"
            if before[0] == revision:
                return "superseded"
        if not self.is_open:
            return "closed"
        self.stored[place] = (revision, word)
        return "saved"

    def tally(self) -> dict[str, int]:
        words = [(slot, word) for (_, slot), (_, word) in self.stored.items() if word is not None]
        counted = Counter(f"~{word}" for _, word in words)
        counted["#ballots"] = len(words)
        counted["#participants"] = sum(1 for slot, _ in words if slot == 0)
        return {key: count for key, count in counted.items() if count}

    def participants(self) -> int:
        return self.tally().get("#participants", 0)


class Meeting(RuleBasedStateMachine):
    """Phones that join, answer, retry out of order, change and withdraw, while the facilitator opens and closes."""

    preset = "standard"
    databases: SQLite | Postgres

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.url = self.databases.copy(Path(self.folder.name))
        self.database = Database()
        self.database.init(self.url)
        owner_id = make_account(self.database, "ada@example.org")
        self.facilitator = Facilitator(self.database, KeyRing(Path(self.folder.name)), owner_id, preset=self.preset)
        self.rounds = [ModelRound(self.facilitator.ask("word_cloud", entries=SLOTS))]
        self.room: list[Participant] = []
        self.sent: list[tuple[ModelRound, Place, int, str | None]] = []

    def teardown(self) -> None:
        self.database.close()
        self.databases.drop(self.url)
        self.folder.cleanup()

    def send(self, *messages: tuple[ModelRound, Place, int, str | None]) -> None:
        """Send messages in one batch and compare every reply with the model's."""
        casts = [
            self.room[who].cast(model.poll, word, slot=slot, revision=revision)
            for model, (who, slot), revision, word in messages
        ]
        outcomes = self.database.run(lambda session: store_batch(session.connection(), casts))
        expected = [model.take(place, revision, word) for model, place, revision, word in messages]
        assert [outcome.code for outcome in outcomes] == expected
        self.sent += messages

    @rule(words=st.lists(WORDS.filter(bool), min_size=1, max_size=8))
    def people_join_and_answer_at_once(self, words: list[str]) -> None:
        first = len(self.room)
        self.room += [self.facilitator.let_in() for _ in words]
        self.send(*((self.rounds[-1], (first + index, 0), 1, word) for index, word in enumerate(words)))

    @rule(chance=st.randoms(use_true_random=False), slot=st.integers(0, SLOTS - 1), word=WORDS)
    def someone_answers_changes_or_withdraws(self, chance, slot: int, word: str | None) -> None:
        if self.room:
            place = (chance.randrange(len(self.room)), slot)
            known = self.rounds[-1].stored.get(place, (0, None))[0]
            self.send((self.rounds[-1], place, known + 1, word))

    @rule(chance=st.randoms(use_true_random=False), count=st.integers(1, 4))
    def old_messages_arrive_again_out_of_order(self, chance, count: int) -> None:
        if self.sent:
            self.send(*(chance.choice(self.sent) for _ in range(count)))

    @rule(chance=st.randoms(use_true_random=False), word=WORDS)
    def another_tab_answers_at_the_same_revision(self, chance, word: str | None) -> None:
        if self.sent:
            model, place, revision, _ = chance.choice(self.sent)
            self.send((model, place, revision, word))

    @rule()
    def the_round_closes(self) -> None:
        model = self.rounds[-1]
        before, now = model.seen[-1][1], model.participants()
        self.facilitator.close()
        if self.preset == "chatham_house" and model.is_open:
            shown = self.facilitator.sees(model.poll).participants or 0
            assert shown == (now if now - before >= K else before)
        model.is_open = False

    @rule()
    def the_round_reopens(self) -> None:
        self.facilitator.open()
        self.rounds[-1].is_open = True

    @rule()
    def the_question_is_asked_again(self) -> None:
        self.rounds[-1].is_open = False
        self.rounds.append(ModelRound(self.facilitator.ask_again()))

    @invariant()
    def there_is_one_ballot_per_participant_round_and_slot(self) -> None:
        for model in self.rounds[-2:]:
            ballots = Counter(Books(self.database, model.poll).ballots())
            assert ballots == Counter(model.stored.values())

    @invariant()
    def the_tally_is_the_models(self) -> None:
        for model in self.rounds[-2:]:
            tally = Books(self.database, model.poll).tally()
            assert {key: count for key, count in tally.items() if count} == model.tally()
            assert all(count > 0 for key, count in tally.items() if not key.startswith("#"))

    @invariant()
    def what_is_seen_may_be_seen(self) -> None:
        for model in self.rounds[-2:]:
            snapshot = self.facilitator.sees(model.poll)
            last_number, last_shown, last_results = model.seen[-1]
            shown = snapshot.participants or 0
            assert snapshot.number >= last_number
            if snapshot.number == last_number:
                assert (shown, snapshot.results) == (last_shown, last_results) or last_number == 0
            if self.preset == "chatham_house":
                self.steps_are_of_five_or_more(model, shown, last_shown)
                assert (snapshot.results is None) == (shown == 0)
            else:
                assert shown == model.participants()
            model.seen.append((snapshot.number, shown, snapshot.results))

    def steps_are_of_five_or_more(self, model: ModelRound, shown: int, last_shown: int) -> None:
        assert shown == last_shown or shown - last_shown >= K
        if shown != last_shown and model.is_open:
            assert model.participants() >= shown + K


@pytest.mark.parametrize("examples", [how_many(15, nightly=500)])
def test_whatever_people_do_a_round_is_what_the_model_says(
    preset: str, databases: SQLite | Postgres, examples: int
) -> None:
    machine = type("InPreset", (Meeting,), {"preset": preset, "databases": databases})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
