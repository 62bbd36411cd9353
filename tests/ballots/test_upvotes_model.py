"""Upvotes of answers beside a model of them: whatever people do in whatever order, everybody counts once for what they read."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from pollapp.ballots import K, KeyRing
from pollapp.ballots.upvoting import Upvotable
from pollapp.database import Database
from tests.actors import Facilitator
from tests.ballots.upvoters import Wall
from tests.conftest import make_account
from tests.databases import Postgres, SQLite
from tests.needs import how_many

PEOPLE = 12
Words = tuple[str, str]


class Upvoting(RuleBasedStateMachine):
    """People who write, change their words and upvote, out of order and again; a facilitator who hides and removes."""

    preset = "standard"
    databases: SQLite | Postgres

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.url = self.databases.copy(Path(self.folder.name))
        self.database = Database()
        self.database.init(self.url)
        owner_id = make_account(self.database, "ada@example.org")
        facilitator = Facilitator(self.database, KeyRing(Path(self.folder.name)), owner_id, preset=self.preset)
        self.wall = Wall(facilitator)
        self.people = [facilitator.let_in() for _ in range(PEOPLE)]
        self.written: dict[int, int] = {}
        self.given: dict[Words, dict[int, tuple[int, bool]]] = {}
        self.removed: set[str] = set()
        self.runs = True
        self.told: dict[Words, int] = {}
        for who in range(PEOPLE):
            self.someone_writes(who, "A")

    def teardown(self) -> None:
        self.database.close()
        self.databases.drop(self.url)
        self.folder.cleanup()

    def shown(self) -> dict[Words, Upvotable]:
        return {(answer.id, answer.words): answer for answer in self.wall.shown()}

    @precondition(lambda self: self.runs)
    @rule(who=st.integers(0, PEOPLE - 1), words=st.sampled_from(["A", "B", None]))
    def someone_writes(self, who: int, words: str | None) -> None:
        self.written[who] = self.written.get(who, 0) + 1
        text = None if words is None else f"{words} of {who}"
        self.people[who].answer(self.wall.poll, text, revision=self.written[who])

    @precondition(lambda self: self.shown())
    @rule(data=st.data(), people=st.sets(st.integers(0, PEOPLE - 1), min_size=1), given=st.booleans())
    def people_upvote(self, data, people: set[int], given: bool) -> None:
        """Several at once, as one batch stores them."""
        words, answer = data.draw(st.sampled_from(sorted(self.shown().items())))
        stored, votes = self.given.setdefault(words, {}), []
        for who in sorted(people):
            revision = stored.get(who, (0, False))[0] + 1
            votes.append(self.wall.vote(self.people[who], answer, given=given, revision=revision))
            if self.runs and answer.id not in self.removed:
                stored[who] = (revision, given)
        codes = {fate.code for fate in self.wall.store(*votes)}
        assert codes == {"removed" if answer.id in self.removed else "saved" if self.runs else "closed"}

    @precondition(lambda self: any(self.given.values()))
    @rule(data=st.data(), older=st.integers(0, 1))
    def an_old_upvote_arrives_again(self, data, older: int) -> None:
        words = data.draw(st.sampled_from(sorted(each for each, people in self.given.items() if people)))
        who = data.draw(st.sampled_from(sorted(self.given[words])))
        revision, given = self.given[words][who]
        answer = Upvotable(words[0], "", words[1], None)
        vote = self.wall.vote(self.people[who], answer, given=given, revision=max(1, revision - older))
        (fate,) = self.wall.store(vote)
        if vote.revision == revision:
            assert fate.code == "saved", "a retry is never refused"

    @precondition(lambda self: self.runs and self.shown())
    @rule(data=st.data())
    def the_facilitator_removes_one(self, data) -> None:
        text_id = data.draw(st.sampled_from(sorted({answer for answer, _ in self.shown()})))
        self.wall.facilitator.look()
        self.wall.facilitator.remove(self.wall.poll, text_id)
        self.removed.add(text_id)
        for words in [words for words in self.given if words[0] == text_id]:
            del self.given[words]

    @precondition(lambda self: self.runs)
    @rule()
    def it_closes_and_opens(self) -> None:
        self.wall.facilitator.close()
        self.steps_are_of_five_or_more()
        self.wall.facilitator.open()

    @rule()
    def the_meeting_ends_or_goes_on(self) -> None:
        if self.runs:
            self.wall.facilitator.end()
        else:
            self.wall.facilitator.undo_end()
            self.wall.facilitator.open()
        self.runs = not self.runs

    @invariant()
    def the_rows_are_the_models(self) -> None:
        upvotes, numbers = self.wall.rows()
        expected = [(*words, *stored) for words, people in self.given.items() for stored in people.values()]
        assert upvotes == sorted(expected)
        counts = {words: sum(given for _, given in people.values()) for words, people in self.given.items() if people}
        assert numbers == counts

    @invariant()
    def steps_are_of_five_or_more(self) -> None:
        for words, answer in self.shown().items():
            total = sum(given for _, given in self.given.get(words, {}).values())
            if self.preset == "standard":
                assert answer.votes == total
                continue
            before, now = self.told.get(words, 0), answer.votes or 0
            assert now == before or now - before >= K
            self.told[words] = now

    @invariant()
    def each_phone_finds_its_own(self) -> None:
        answers = self.wall.shown()
        for who in (0, PEOPLE - 1):
            own = self.wall.own(self.people[who], answers)
            expected = {answer.id: self.given.get((answer.id, answer.words), {}).get(who) for answer in answers}
            assert own == {name: stored for name, stored in expected.items() if stored}


@pytest.mark.parametrize("examples", [how_many(10, nightly=400)])
def test_whatever_people_do_upvotes_are_what_the_model_says(
    preset: str, databases: SQLite | Postgres, examples: int
) -> None:
    machine = type("InPreset", (Upvoting,), {"preset": preset, "databases": databases})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
