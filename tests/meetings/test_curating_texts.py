"""Curating the cloud of open answers: it changes the cloud and its figures, never the answers nor their files."""

from datetime import date

import pytest

from pollapp.ballots import KeyRing, Round, take_for_files
from pollapp.database import Database
from pollapp.errors import NotFound, Outdated
from pollapp.exports.collect import collect
from pollapp.meetings import agenda, curating, reviewing
from tests.actors import Facilitator, Participant
from tests.meetings.test_curating import do, look, stored, undo

TEXTS = (
    "Trust in the committee",
    "More trust, and hope",
    "The committee decides",
    "A comittee again",
    "Confidence",
    "confidence and trust",
)
CLOUD = {"trust": 3, "committee": 2, "confidence": 2, "comittee": 1, "decides": 1, "hope": 1}


@pytest.fixture
def leader(database: Database, keys: KeyRing, owner_id: int, preset: str) -> Facilitator:
    """A facilitator in each preset in turn."""
    return Facilitator(database, keys, owner_id, preset=preset)


def asked(leader: Facilitator, *texts: str) -> tuple[Round, list[Participant]]:
    """Let each answer be written by somebody else, and the round be closed, so that all are published."""
    poll = leader.ask("open_text", display="cloud")
    room = [leader.let_in() for _ in texts]
    for person, text in zip(room, texts, strict=True):
        person.answer(poll, text)
    leader.close()
    return poll, room


def show_as(leader: Facilitator, poll: Round, display: str) -> None:
    leader.database.run(agenda.update_slide, leader.id, poll.slide_id, settings={"display": display})


def cloud(leader: Facilitator, poll: Round) -> dict[str, int]:
    """Return what is shown of the cloud, about which the picture and its table have to agree."""
    snapshot = leader.sees(poll)
    words = {word["word"].lower(): word["count"] for word in snapshot.results["words"]}
    assert words == {word.lower(): count for word, count in snapshot.table.rows}
    assert snapshot.first_rows == snapshot.table._replace(total=len(words))
    return words


def kept(leader: Facilitator, poll: Round) -> list:
    """Return what is written into files: of the round by itself, and of the whole meeting."""
    read = leader.database.read
    for_files = read(lambda session: take_for_files(session, session.get_one(Round, poll.id), ()))
    (slide,) = read(collect, leader.id, date(2026, 1, 2)).slides
    (data,) = slide.rounds
    assert data.table == for_files.for_files
    assert data.curated == 0
    return sorted(data.table.rows)


def test_the_cloud_is_curated_and_answers_and_files_stay(leader: Facilitator) -> None:
    poll, _ = asked(leader, *TEXTS)
    before, in_files = leader.sees(poll), kept(leader, poll)
    assert cloud(leader, poll) == CLOUD
    assert in_files == sorted((text,) for text in TEXTS)
    joined = do(leader, poll, "merge", "comittee", into="committee")
    renamed = do(leader, poll, "rename", "confidence", into="Faith")
    do(leader, poll, "hide", "hope", "decide")
    after = leader.sees(poll)
    assert cloud(leader, poll) == {"trust": 3, "committee": 3, "faith": 2}
    assert (after.participants, after.ballots, after.curated) == (before.participants, before.ballots, 4)
    assert after.number == before.number + 3
    assert after.texts == before.texts
    assert kept(leader, poll) == in_files
    undo(leader, poll, joined)
    undo(leader, poll, renamed)
    assert cloud(leader, poll) == {"trust": 3, "committee": 2, "confidence": 2, "comittee": 1}
    assert {each.key for each in look(leader, poll).words} == {"trust", "committee", "confidence", "comittee"}


def test_a_cloud_of_which_everything_is_hidden_is_empty(leader: Facilitator) -> None:
    poll, _ = asked(leader, *TEXTS)
    do(leader, poll, "hide", *[each.key for each in look(leader, poll).words])
    assert cloud(leader, poll) == {}
    assert len(kept(leader, poll)) == len(TEXTS)


def test_what_is_written_later_follows(facilitator: Facilitator) -> None:
    poll, _ = asked(facilitator, *TEXTS)
    do(facilitator, poll, "merge", "confidence", into="trust")
    facilitator.open()
    facilitator.let_in().answer(poll, "Some confidence")
    assert cloud(facilitator, poll)["trust"] == 6


def test_only_what_is_shown_as_a_cloud_is_curated(leader: Facilitator) -> None:
    poll, _ = asked(leader, *TEXTS)
    hidden = do(leader, poll, "hide", "hope")
    show_as(leader, poll, "cards")
    assert leader.database.read(curating.look, leader.id).polls == []
    assert {text["text"] for text in leader.sees(poll).results["texts"]} == set(TEXTS)
    assert leader.sees(poll).table.rows == leader.sees(poll).for_files.rows
    for attempt in (lambda: do(leader, poll, "hide", "trust"), lambda: undo(leader, poll, hidden)):
        with pytest.raises(NotFound):
            attempt()
    show_as(leader, poll, "cloud")
    assert "hope" not in cloud(leader, poll)


def test_moderation_comes_first(leader: Facilitator) -> None:
    poll, _ = asked(leader, *TEXTS)
    entry = next(each for each in leader.queue() if each.text == "A comittee again")
    leader.decide(entry, "hidden")
    with pytest.raises(Outdated):
        do(leader, poll, "merge", "comittee", into="committee")
    assert "comittee" not in cloud(leader, poll)


def test_a_careful_facilitator_curates_what_is_published_and_no_more(careful: Facilitator) -> None:
    poll = careful.ask("open_text", display="cloud")
    for _ in range(4):
        careful.let_in().answer(poll, "trust")
    assert look(careful, poll).words == []
    with pytest.raises(Outdated):
        do(careful, poll, "hide", "trust")


@pytest.mark.parametrize("display", ["cloud", "cards"])
def test_the_seal_keeps_what_is_seen_and_forgets_what_was_withdrawn(leader: Facilitator, display: str) -> None:
    poll, _ = asked(leader, *TEXTS, "quetzal")
    do(leader, poll, "merge", "comittee", into="committee")
    do(leader, poll, "hide", "quetzal", "hope")
    do(leader, poll, "rename", "confidence", into="Faith")
    leader.database.run(curating.dismiss, leader.id, poll.id, "trust", "committee")
    review = leader.database.read(reviewing.look, leader.id, leader.keys).written
    entry = next(each.entry for each in review if each.entry.text == "quetzal")
    leader.database.run(
        reviewing.decide, leader.id, leader.keys,
        round_id=poll.id, key=entry.key, fingerprint=entry.fingerprint, decision="drop",
    )  # fmt: skip
    before = cloud(leader, poll)
    show_as(leader, poll, display)
    leader.end()
    leader.seal()
    leader.seal()
    ((changes, dismissed),) = stored(leader)
    assert (dismissed, [each[1:] for each in changes]) == (
        [],
        [
            ["hide", ["hope"], "", True],
            ["merge", ["comittee"], "committee", True],
            ["rename", ["confidence"], "Faith", True],
        ],
    )
    if display == "cloud":
        assert cloud(leader, poll) == before
        change = do(leader, poll, "hide", "trust")
        assert "trust" not in cloud(leader, poll)
        undo(leader, poll, change)
        assert cloud(leader, poll) == before
