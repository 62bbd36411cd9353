"""A whole meeting beside a model of it: whatever people and facilitators do, in whatever order, until it is sealed.

`tests/ballots/test_rounds_model.py` does the same for one round, more closely.
"""

import json
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pollapp import exports, start
from pollapp.ballots import WITHDRAWN, Cast, K, KeyRing, Round, store_batch
from pollapp.ballots.counting import text_id
from pollapp.database import Database, connect
from pollapp.errors import MeetingEnded, NothingToDo, UndoExpired
from pollapp.meetings import agenda, apart, stage
from tests.actors import OPTIONS, Facilitator, Participant
from tests.books import Books
from tests.conftest import make_account
from tests.needs import how_many

KINDS: dict[str, tuple[int, dict[str, Any]]] = {
    "choice": (1, {"options": OPTIONS, "most": 2, "other": True, "other_label": "Other"}),
    "word_cloud": (2, {"entries": 2}),
    "open_text": (2, {"entries": 2}),
}
"""Slides of the meeting, each with how many entries a person has."""

ANSWERS: dict[str, list[Any]] = {
    "choice": [["yes"], ["so", "yes"], ["no", "other:Trust"], ["other:trust"], ["other:Why not"]],
    "word_cloud": ["trust", "Trust", "remedy"],
    "open_text": ["To learn.", "To listen.", "Why not?"],
}

LEAST_SENT = 20
"""Messages before a meeting may end, so that there is something in it."""

CHANCE = st.randoms(use_true_random=False)


class Stored:
    """What the model has for one place; a moderator's removal leaves the place taken and empty."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.is_removed = False

    @property
    def counts(self) -> bool:
        """Tell whether somebody stands behind it: also behind a text that was removed."""
        return self.is_removed or self.cast.answer != WITHDRAWN


class ModelRound:
    """A round as it must be."""

    def __init__(self, poll: Round) -> None:
        self.poll = poll
        self.is_open = True
        self.places: dict[bytes, Stored] = {}
        self.seen = 0

    def take(self, cast: Cast) -> str:
        """Take a message in and return the code of the reply."""
        before = self.places.get(cast.ballot_id)
        if before is not None:
            if before.is_removed:
                return "removed"
            known = before.cast
            if known.revision > cast.revision or (known.revision, known.answer) == (cast.revision, cast.answer):
                return "saved"
            if known.revision == cast.revision:
                return "superseded"
        if not self.is_open:
            return "closed"
        self.places[cast.ballot_id] = Stored(cast)
        return "saved"

    def participants(self) -> int:
        return sum(1 for each in self.places.values() if each.counts and each.cast.slot == 0)

    def tally(self) -> dict[str, int]:
        counted: Counter[str] = Counter()
        for each in self.places.values():
            if not each.is_removed and each.counts:
                counted.update(each.cast.keys)
                counted["#ballots"] += 1
        counted["#participants"] = self.participants()
        return {key: count for key, count in counted.items() if count}


class Meeting(RuleBasedStateMachine):
    """Phones, a facilitator and a moderator, from the first slide to the seal."""

    preset = "standard"
    blank: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = shutil.copy(self.blank, Path(self.folder.name) / "meeting.sqlite3")
        self.database = Database()
        self.database.init(f"sqlite:///{path}")
        owner_id = make_account(self.database, "ada@example.org")
        self.facilitator = Facilitator(self.database, KeyRing(Path(self.folder.name)), owner_id, preset=self.preset)
        self.slides = [self.facilitator.add(kind, settings=each) for kind, (_, each) in KINDS.items()]
        self.rounds: list[ModelRound] = []
        self.current: dict[str, ModelRound] = {}
        self.here = ""
        self.room: list[Participant] = []
        self.sent: list[tuple[ModelRound, Cast]] = []
        self.state = "live"
        self.kept: list[Any] = []

    def teardown(self) -> None:
        """End and seal every meeting, whatever was done in it."""
        try:
            if self.rounds:
                self.finish()
        finally:
            self.database.close()
            self.folder.cleanup()

    def finish(self) -> None:
        """End and seal, and look once more."""
        if self.state == "live":
            self.the_meeting_ends()
        if self.state == "ended":
            self.it_is_sealed()
        self.it_is_over()
        self.what_is_seen_may_be_seen()
        self.files_hold_what_is_seen()
        self.the_seal_changes_nothing_that_is_seen()
        for model, cast in self.sent[:20]:
            self.send((model, cast))

    @property
    def is_live(self) -> bool:
        return self.state == "live"

    def send(self, *messages: tuple[ModelRound, Cast]) -> None:
        """Send messages in one batch and compare every reply with the model's."""
        casts = [cast for _, cast in messages]
        outcomes = self.database.run(lambda session: store_batch(session.connection(), casts))
        if self.state == "sealed":
            assert {outcome.code for outcome in outcomes} <= {"closed"}, "after the seal no answer is stored"
            return
        assert [outcome.code for outcome in outcomes] == [model.take(cast) for model, cast in messages]
        self.sent += messages

    def write(self, model: ModelRound, who: int, slot: int, revision: int, raw: Any) -> tuple[ModelRound, Cast]:
        return model, self.room[who].cast(model.poll, raw, slot=slot, revision=revision)

    @rule(count=st.integers(1, 7), chance=CHANCE)
    @precondition(lambda self: self.is_live)
    def people_join_and_answer(self, count: int, chance: Any) -> None:
        model = self.current[self.here]
        first = len(self.room)
        self.room += [self.facilitator.let_in() for _ in range(count)]
        answers = ANSWERS[model.poll.kind]
        self.send(*(self.write(model, first + number, 0, 1, chance.choice(answers)) for number in range(count)))

    @rule(chance=CHANCE, withdraws=st.booleans())
    def somebody_answers_again(self, chance: Any, withdraws: bool) -> None:
        if self.room:
            model = chance.choice(self.rounds)
            slot = chance.randrange(KINDS[model.poll.kind][0])
            raw = None if withdraws else chance.choice(ANSWERS[model.poll.kind])
            self.send(self.write(model, chance.randrange(len(self.room)), slot, chance.randint(1, 4), raw))

    @rule(chance=CHANCE, count=st.integers(1, 4))
    def old_messages_arrive_again_out_of_order(self, chance: Any, count: int) -> None:
        if self.sent:
            self.send(*(chance.choice(self.sent) for _ in range(count)))

    @initialize(number=st.integers(0, len(KINDS) - 1))
    def the_meeting_begins(self, number: int) -> None:
        self._go_to(number)

    @rule(number=st.integers(0, len(KINDS) - 1))
    @precondition(lambda self: self.is_live)
    def another_slide_is_shown(self, number: int) -> None:
        self._go_to(number)

    def _go_to(self, number: int) -> None:
        slide = self.slides[number]
        if self.here and self.here != slide.id:
            self.current[self.here].is_open = False
        scene = self.facilitator.go(slide)
        self.here = slide.id
        if slide.id not in self.current:
            self._begin(self.facilitator.poll(scene))

    def _begin(self, poll: Round) -> None:
        self.current[self.here] = ModelRound(poll)
        self.rounds.append(self.current[self.here])

    @rule(action=st.sampled_from(["open", "close"]))
    @precondition(lambda self: self.is_live)
    def the_round_opens_or_closes(self, action: str) -> None:
        self.facilitator.do(action)
        self.current[self.here].is_open = action == "open"

    @rule()
    @precondition(lambda self: self.is_live)
    def the_question_is_asked_again(self) -> None:
        self.current[self.here].is_open = False
        self._begin(self.facilitator.ask_again())

    @rule(chance=CHANCE)
    @precondition(lambda self: self.state != "sealed")
    def a_text_is_removed(self, chance: Any) -> None:
        texts = [
            (model, name)
            for model in self.rounds
            if model.poll.kind == "open_text"
            for name, each in model.places.items()
            if each.counts and not each.is_removed
        ]
        if texts:
            model, name = chance.choice(texts)
            self.facilitator.remove(model.poll, text_id(name))
            model.places[name].is_removed = True

    @rule(
        mode=st.sampled_from(["off", "after", "first"]),
        offensive=st.sampled_from(["off", "mask", "hold"]),
        own_words=st.sampled_from([(), ("listen",), ("trust", "why not")]),
    )
    @precondition(lambda self: self.state != "sealed")
    def other_rules_are_set(self, mode: str, offensive: str, own_words: tuple[str, ...]) -> None:
        self.facilitator.moderate(mode, offensive, *own_words)

    @rule(chance=CHANCE, state=st.sampled_from(["approved", "as_written", "hidden", None]))
    def an_entry_is_decided_about(self, chance: Any, state: str | None) -> None:
        entries = self.facilitator.queue()
        if entries:
            self.facilitator.decide(chance.choice(entries), state)
        if self.state == "sealed":
            self.kept = [self.shown(model) for model in self.rounds]

    @rule(chance=CHANCE, action=st.sampled_from(["highlight", "unhighlight", "next_text", "previous_text"]))
    @precondition(lambda self: self.is_live)
    def an_answer_is_put_apart(self, chance: Any, action: str) -> None:
        texts = self.facilitator.sees(self.current[self.here].poll).texts
        with suppress(NothingToDo):
            self.facilitator.do(action, text=chance.choice(texts).id if texts else None)

    @rule(display=st.sampled_from(["cards", "one", "ticker"]))
    @precondition(lambda self: self.is_live)
    def answers_are_shown_in_another_way(self, display: str) -> None:
        slide = self.slides[list(KINDS).index("open_text")]
        settings = KINDS["open_text"][1] | {"display": display}
        self.database.run(agenda.update_slide, self.facilitator.id, slide.id, settings=settings)

    @rule()
    @precondition(lambda self: self.is_live and len(self.sent) >= LEAST_SENT)
    def the_meeting_ends(self) -> None:
        self.facilitator.end()
        self.state = "ended"
        for model in self.rounds:
            model.is_open = False

    @rule()
    @precondition(lambda self: self.state == "ended")
    def the_end_is_undone(self) -> None:
        self.facilitator.undo_end()
        self.state = "live"

    @rule()
    @precondition(lambda self: self.state == "ended")
    def it_is_sealed(self) -> None:
        self.kept = [self.shown(model) for model in self.rounds]
        self.facilitator.seal()
        self.state = "sealed"

    @rule()
    @precondition(lambda self: not self.is_live)
    def it_is_over(self) -> None:
        with pytest.raises(MeetingEnded):
            self.facilitator.open()
        if self.state == "sealed":
            with pytest.raises(UndoExpired):
                self.facilitator.undo_end()
            self.facilitator.seal()

    def shown(self, model: ModelRound) -> tuple[int | None, list[Any]]:
        """Return what is seen of a round, its texts in no order."""
        snapshot = self.facilitator.sees(model.poll)
        return snapshot.participants, sorted(map(list, snapshot.table.rows))

    @invariant()
    def there_is_one_ballot_for_each_place_and_the_tally_is_the_models(self) -> None:
        for model in self.rounds if self.state != "sealed" else []:
            books = Books(self.database, model.poll)
            tally = {key: count for key, count in books.tally().items() if count}
            assert tally == model.tally()
            assert len(books.ballots()) == len(model.places)
            assert sorted(revision for revision, _ in books.ballots()) == sorted(
                each.cast.revision for each in model.places.values()
            )

    @invariant()
    def what_is_seen_may_be_seen(self) -> None:
        for model in self.rounds:
            snapshot = self.facilitator.sees(model.poll)
            shown = snapshot.participants or 0
            if self.preset == "chatham_house":
                assert shown == model.seen or shown - model.seen >= K
                assert (snapshot.results is None) == (shown == 0)
            else:
                assert shown == model.participants()
            model.seen = shown

    @invariant()
    def files_hold_what_is_seen(self) -> None:
        for_owner = (self.facilitator.keys, self.facilitator.id, self.facilitator.owner_id, "json")
        file = self.database.read(exports.make, *for_owner, today=date(2031, 5, 4), translate=str)
        in_file = [each for slide in json.loads(file.content)["slides"] for each in slide["rounds"]]
        seen = [self.facilitator.sees(model.poll) for model in self.in_order()]
        assert [each["participants"] for each in in_file] == [each.participants for each in seen]
        assert [rows_in(each["rows"]) for each in in_file] == [rows_in(each.table.rows) for each in seen]

    @invariant()
    def what_is_hidden_or_waits_is_shown_nowhere(self) -> None:
        entries = self.facilitator.queue()
        for model in self.rounds:
            mine = [entry for entry in entries if entry.group == str(model.poll.id)]
            snapshot = self.facilitator.sees(model.poll)
            rows = sorted(str(row[0]) for row in snapshot.table.rows)
            if model.poll.kind == "open_text":
                assert rows == sorted(entry.masked for entry in mine if entry.standing == "shown")
            elif model.poll.kind == "word_cloud":
                shown = [entry for entry in mine if entry.standing == "shown"]
                assert sum(int(row[1]) for row in snapshot.table.rows) == sum(entry.times for entry in shown)
            else:
                shown = [entry for entry in mine if entry.standing == "shown"]
                written = [int(row[2]) for row in snapshot.table.rows if row[1]]
                assert sum(written) == sum(entry.times for entry in shown)
            assert snapshot.withheld == sum(entry.standing != "shown" for entry in mine)

    @invariant()
    def what_stands_apart_is_what_may_be_seen_of_it(self) -> None:
        self.database.run(stage.settle, self.facilitator.id)
        now = self.facilitator.look()
        if not self.is_live:
            assert apart.held(now.stage) == apart.NONE
        elif now.poll is not None:
            snapshot = self.facilitator.sees(now.poll)
            seen = apart.seen(now.stage, snapshot)
            assert (seen is not None) == (now.stage.text_large or bool(snapshot.one_at_a_time and snapshot.texts))
            assert seen is None or [seen.text] in [list(row) for row in snapshot.table.rows]

    def in_order(self) -> list[ModelRound]:
        """Return the rounds as files have them: by slide, then by number."""
        places = [slide.id for slide in self.slides]
        return sorted(self.rounds, key=lambda model: (places.index(model.poll.slide_id), model.poll.number))

    @invariant()
    def the_seal_changes_nothing_that_is_seen(self) -> None:
        if self.state == "sealed":
            assert [self.shown(model) for model in self.rounds] == self.kept


def rows_in(rows: Any) -> list[list[Any]]:
    """Return rows as JSON has them, shares rounded."""
    return [[round(value, 4) if isinstance(value, float) else value for value in row] for row in rows]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with nothing in it."""
    path = tmp_path_factory.mktemp("blank") / "blank.sqlite3"
    engine = connect(f"sqlite:///{path}")
    start.migrate(engine)
    engine.dispose()
    return path


def test_whatever_is_done_a_meeting_is_what_the_model_says(preset: str, blank: Path) -> None:
    machine = type("InPreset", (Meeting,), {"preset": preset, "blank": blank})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=how_many(15, nightly=400),
            stateful_step_count=how_many(40, nightly=80),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
