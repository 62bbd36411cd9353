"""A board beside a model of it: whatever people and facilitator do in whatever order, everybody counts once."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from pollapp.ballots import K, KeyRing
from pollapp.database import Database
from pollapp.questions.models import READ, Question, Upvote
from tests.actors import Facilitator
from tests.conftest import make_account
from tests.databases import Postgres, SQLite
from tests.needs import how_many
from tests.questions.room import Asker, Room

Key = tuple[int, int]


class ModelQuestion:
    """What a question must hold: its words, who stands behind it, and where it is."""

    def __init__(self, text: str, state: str) -> None:
        self.text, self.state = text, state
        self.into: Key | None = None
        self.given: dict[int, tuple[int, bool]] = {}


class Board(RuleBasedStateMachine):
    """Phones that ask, take back and upvote, out of order and again; a facilitator who moderates, opens and closes."""

    preset = "standard"
    databases: SQLite | Postgres

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.url = self.databases.copy(Path(self.folder.name))
        self.database = Database()
        self.database.init(self.url)
        owner_id = make_account(self.database, "ada@example.org")
        keys = KeyRing(Path(self.folder.name))
        self.room = Room(Facilitator(self.database, keys, owner_id, preset=self.preset))
        self.approves = self.preset == "chatham_house"
        self.is_open = True
        self.people: list[Asker] = self.room.phones(12)
        self.model: dict[Key, ModelQuestion] = {}
        self.names: dict[Key, str] = {}
        self.last: dict[str, int] = {}

    def teardown(self) -> None:
        self.database.close()
        self.databases.drop(self.url)
        self.folder.cleanup()

    def comes_out(self) -> str:
        return "waiting" if self.approves else "shown"

    def let_out(self, *, closing: bool = False) -> None:
        held = [each for each in self.model.values() if each.state == "held"]
        if closing or len(held) >= K:
            for each in held:
                each.state = self.comes_out()

    @rule(who=st.integers(0, 11), slot=st.integers(0, 2), again=st.booleans())
    def someone_asks(self, who: int, slot: int, again: bool) -> None:
        text = f"Question {slot} of {who}?"
        act = self.people[who].ask_act(text, slot)
        codes = {fate.code for fate in self.room.store(*[act] * (1 + again))}
        before = self.model.get((who, slot))
        if before is not None:
            gone = {"withdrawn", "removed"} & {before.state}
            assert codes == (gone or {"saved"})
        elif not self.is_open:
            assert codes == {"closed"}
        else:
            assert codes == {"saved"}
            state = "held" if self.preset == "chatham_house" else self.comes_out()
            self.model[who, slot] = ModelQuestion(text, state)
            self.names[who, slot] = act.question_id[:8].hex()
            self.let_out()

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def someone_takes_a_question_back(self, data) -> None:
        key = data.draw(st.sampled_from(sorted(self.model)))
        self.people[key[0]].withdraw(key[1])
        if self.model[key].state != "removed":
            self.leaves(key, "withdrawn")

    @precondition(lambda self: self.on_board())
    @rule(data=st.data(), people=st.sets(st.integers(0, 11), min_size=1), given=st.booleans())
    def people_upvote(self, data, people: set[int], given: bool) -> None:
        """Several at once, as one batch stores them."""
        key = data.draw(st.sampled_from(self.on_board()))
        question, acts, expected = self.model[key], [], []
        for who in sorted(people):
            revision = question.given.get(who, (0, False))[0] + 1
            acts.append(self.people[who].vote_act(self.names[key], given=given, revision=revision))
            expected.append("saved" if self.is_open else "closed")
            if self.is_open:
                question.given[who] = (revision, given)
                self.moves(who, key)
        assert [fate.code for fate in self.room.store(*acts)] == expected

    @precondition(lambda self: any(each.given for each in self.model.values()))
    @rule(data=st.data())
    def an_old_upvote_arrives_again(self, data) -> None:
        key = data.draw(st.sampled_from(sorted(key for key, each in self.model.items() if each.given)))
        who = data.draw(st.sampled_from(sorted(self.model[key].given)))
        revision, given = self.model[key].given[who]
        fate = self.people[who].upvote(self.names[key], given=given, revision=revision)
        if self.model[key].into is not None:
            assert (fate.code, fate.into) == ("merged", self.names[self.model[key].into])
        elif fate.code == "saved":
            self.moves(who, key)

    @precondition(lambda self: len(self.on_board()) > 1)
    @rule(data=st.data())
    def two_are_merged(self, data) -> None:
        key, into = data.draw(st.permutations(self.on_board()))[:2]
        self.room.do("merge", self.names[key], self.names[into])
        for each in self.model.values():
            if each.into == key:
                each.into = into
        self.model[key].state, self.model[key].into = "merged", into

    @precondition(lambda self: self.is_open)
    @rule()
    def every_phone_hears_of_merges(self) -> None:
        for who, person in enumerate(self.people):
            person.hears_of_merges()
            for survivor in {each.into for each in self.model.values() if each.given.get(who, (0, False))[1]}:
                if survivor is not None and self.model[survivor].state == "shown":
                    revision, given = self.model[survivor].given.get(who, (0, False))
                    self.model[survivor].given[who] = (revision if given else revision + 1, True)
                    self.moves(who, survivor)
        for key in self.on_board():
            given = [who for each in self.group(key) for who, (_, stands) in each.given.items() if stands]
            assert len(given) == len(set(given)), "nobody counts twice once every phone has heard"

    @precondition(lambda self: self.model)
    @rule(data=st.data(), act=st.sampled_from(["approve", "hide", "restore", "remove"]))
    def the_facilitator_moderates(self, data, act: str) -> None:
        allowed = {
            "approve": ("waiting", "shown"),
            "hide": ("waiting", "shown", "archived"),
            "restore": ("archived", "shown"),
            "remove": ("waiting", "shown", "archived", "merged"),
        }[act]
        keys = sorted(key for key, each in self.model.items() if each.state in allowed)
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        self.room.do(act, self.names[key])
        if act == "remove":
            self.leaves(key, "removed")
        else:
            self.model[key].state = {"approve": "shown", "hide": "archived", "restore": "shown"}[act]

    @rule(is_open=st.booleans())
    def the_board_opens_or_closes(self, is_open: bool) -> None:
        if is_open:
            self.room.open()
        else:
            self.room.close()
            if self.is_open:
                self.let_out(closing=True)
        self.is_open = is_open

    @rule(approves=st.booleans())
    def the_rule_changes(self, approves: bool) -> None:
        self.room.set_up(approve_first=approves)
        self.approves = approves

    def leaves(self, key: Key, state: str) -> None:
        question = self.model[key]
        before, question.state, question.text = question.state, state, ""
        group = [each for each, other in self.model.items() if other.into == key]
        heirs = sorted((self.names[each], each) for each in group if self.model[each].state == "merged")
        if heirs:
            heir = heirs[0][1]
            for each in [*group, key]:
                self.model[each].into = heir
            self.model[heir].into, self.model[heir].state = None, before
            self.last[self.names[heir]] = self.last.get(self.names[key], 0)

    def moves(self, who: int, into: Key) -> None:
        for each in self.model.values():
            if each.into == into:
                each.given.pop(who, None)

    def on_board(self) -> list[Key]:
        return sorted(key for key, each in self.model.items() if each.state == "shown")

    def group(self, key: Key) -> list[ModelQuestion]:
        return [self.model[key], *(each for each in self.model.values() if each.into == key)]

    @invariant()
    def the_rows_are_the_models(self) -> None:
        with self.database.engine.connect() as connection:
            questions = {row.id: row for row in connection.execute(select(Question.__table__))}
            upvotes = sorted(
                (row.question_id, row.revision, row.given) for row in connection.execute(select(Upvote.__table__))
            )
        by_name = {row_id[:8].hex(): row for row_id, row in questions.items()}
        assert len(by_name) == len(self.model)
        for key, each in self.model.items():
            row = by_name[self.names[key]]
            assert (row.text or "", row.state) == (each.text, each.state)
            assert row.votes == sum(given for _, given in each.given.values())
        ids = {name: row.id for name, row in by_name.items()}
        expected = [(ids[self.names[key]], *given) for key, each in self.model.items() for given in each.given.values()]
        assert upvotes == sorted(expected)

    @invariant()
    def what_is_seen_may_be_seen(self) -> None:
        seen = {each.name: each for each in self.room.now().questions}
        readable = {self.names[key] for key, each in self.model.items() if each.state in READ}
        assert set(seen) == readable
        for key, each in self.model.items():
            if each.state not in READ or each.into is not None:
                continue
            one, total = seen[self.names[key]], sum(given for q in self.group(key) for _, given in q.given.values())
            if self.preset == "standard":
                assert one.votes == total
                assert one.uncertain == sum(given for q in self.group(key)[1:] for _, given in q.given.values())
                continue
            shown, before = one.votes or 0, self.last.get(self.names[key], 0)
            assert shown == before or shown - before >= K
            self.last[self.names[key]] = shown


@pytest.mark.parametrize("examples", [how_many(12, nightly=400)])
def test_whatever_people_do_a_board_is_what_the_model_says(
    preset: str, databases: SQLite | Postgres, examples: int
) -> None:
    machine = type("InPreset", (Board,), {"preset": preset, "databases": databases})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
