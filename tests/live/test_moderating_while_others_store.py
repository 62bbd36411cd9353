"""Decisions and removals on one server while another stores batches of the same rounds: nothing is lost, nobody waits for ever."""

from collections.abc import Callable

from pollapp.ballots import Round
from pollapp.database import Database
from pollapp.errors import BadDecision, NotFound, TextChanged
from pollapp.meetings import reviewing
from tests.actors import Facilitator
from tests.books import Books
from tests.live.server_process import ServerProcess

PEOPLE = 30
REVISIONS = range(2, 8)


def decide(leader: Facilitator, written: reviewing.Written, decision: str) -> None:
    about = {"round_id": written.poll.id, "key": written.entry.key, "fingerprint": written.entry.fingerprint}
    leader.database.run(reviewing.decide, leader.id, leader.keys, decision=decision, **about)


def test_decisions_and_removals_race_the_batches_of_another_server(
    database: Database, keys, owner_id: int, database_url: str, preset: str, books: Callable[[Round], Books]
) -> None:
    leader = Facilitator(database, keys, owner_id, preset=preset)
    poll = leader.ask("open_text")
    room = [leader.let_in() for _ in range(PEOPLE)]
    for number, person in enumerate(room):
        assert person.answer(poll, f"Ask zoe{number}@example.org").code == "saved"
    casts = [
        person.cast(poll, f"Ask ada{number}@example.org {revision}", revision=revision)
        for revision in REVISIONS
        for number, person in enumerate(room)
    ]
    casts += [leader.let_in().cast(poll, "Somebody new") for _ in range(PEOPLE)]
    other = ServerProcess(database_url, casts, threads=4)
    other.go()
    refused, removed = 0, set()
    for number, written in enumerate(leader.database.read(reviewing.look, leader.id, leader.keys).written):
        try:
            if number % 3:
                decide(leader, written, "drop" if number % 3 == 1 else "redact")
            else:
                leader.remove(poll, written.entry.key)
                removed.add(written.entry.key)
        except (BadDecision, NotFound, TextChanged):
            refused += 1
    codes = other.results()
    assert set(codes) <= {"saved", "removed"}
    assert refused < PEOPLE
    leader.close()
    assert books(poll).balance()
    stored = [answer for _, answer in books(poll).ballots()]
    assert stored.count(None) == len(removed) > 0
    shown = leader.sees(poll)
    assert not {text["id"] for text in shown.results["texts"]} & removed
    leader.end()
    leader.seal()
    left = leader.database.read(reviewing.look, leader.id, leader.keys).written
    assert sorted(each.entry.shown for each in left) == sorted(
        text["text"] for text in leader.sees(poll).results["texts"]
    )
