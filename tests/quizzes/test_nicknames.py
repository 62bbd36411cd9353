"""Nicknames: what may be chosen, that no two are alike, and that one which was taken away stays away."""

import hashlib
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp import quizzes
from pollapp.ballots import StoredMeanwhile
from pollapp.errors import BadNickname, NotFound
from pollapp.meetings import agenda, judging
from pollapp.quizzes import Naming, naming
from pollapp.quizzes import given as given_names
from pollapp.words import LANGUAGES
from tests.actors import Facilitator
from tests.quizzes.quiz import Quiz


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        ("  \u200b ", "empty"),
        ("x" * 21, "too_long"),
        ("x" * 5000, "too_long"),
        ("you fuck", "offensive"),
        ("f.u.c.k", "offensive"),
        ("a@example.org", "personal"),
        ("+41 44 668 18 00", "personal"),
        (None, "too_long"),
        (["Otter"], "too_long"),
    ],
)
def test_what_cannot_stand_on_a_screen_is_refused(raw: object, reason: str) -> None:
    with pytest.raises(BadNickname) as error:
        naming.read(raw, "en")
    assert error.value.params["reason"] == reason


def test_words_of_the_meetings_own_list_are_refused() -> None:
    assert naming.read("Grommet", "en") == "Grommet"
    for raw in ("Grommet", "a GROMMET", "grómmet"):
        with pytest.raises(BadNickname) as error:
            naming.read(raw, "en", ("grommet",))
        assert error.value.params["reason"] == "offensive"


@pytest.mark.parametrize("raw", ["abcdefghij" * 2, "Zoë", "🦊", "李雷", "سارة", "<b>Bob</b>", "=1+1", "O'Neill"])
def test_anything_else_that_can_be_read_is_taken(raw: str) -> None:
    assert naming.read(raw, "en") == raw


@given(raw=st.text())
def test_any_text_is_a_nickname_or_a_reason(raw: str) -> None:
    try:
        nickname = naming.read(raw, "en")
    except BadNickname as error:
        assert error.params["reason"]
    else:
        assert 1 <= len(nickname) <= naming.MOST_LENGTH
        assert 1 <= len(naming.fold(nickname)) <= naming.MOST_FOLDED
        assert naming.read(nickname, "en") == nickname


@given(player=st.binary(min_size=16, max_size=16), language=st.sampled_from([*LANGUAGES]))
def test_names_that_are_given_are_names_one_could_choose_and_never_taken(player: bytes, language: str) -> None:
    taken: set[str] = set()
    for _ in range(25):
        name, folded = naming.free(player, language, taken)
        assert naming.read(name, language) == name
        assert naming.fold(name) == folded
        assert naming.is_ours(name, language)
        assert folded not in taken
        taken.add(folded)


@pytest.mark.parametrize("language", [*LANGUAGES])
def test_a_language_has_names_for_a_thousand_players_without_looking_far(language: str) -> None:
    taken: set[str] = set()
    longest = 0
    for number in range(1000):
        player = hashlib.sha256(b"%d" % number).digest()[:16]
        tried = [folded for _, folded in islice(naming.candidates(player, language), 16)]
        free = next((place for place, folded in enumerate(tried) if folded not in taken), None)
        assert free is not None, f"number {number} found no name among the first sixteen"
        longest = max(longest, len(naming.free(player, language, taken)[0]))
        taken.add(tried[free])
    assert longest <= naming.MOST_LENGTH


@pytest.mark.parametrize("nickname", ["Otter", "Ada", "27", "Brave", "Brave Otter Ada", "Ada 27"])
def test_a_nickname_that_is_not_among_those_given_is_the_players_own(nickname: str) -> None:
    assert not naming.is_ours(nickname, "en")


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_there_are_names_for_more_players_than_a_meeting_has(language: str) -> None:
    """Also for one player alone, whose other names are all taken."""
    names = list(islice(naming.candidates(bytes(16), language), 30_000))
    assert len({folded for _, folded in names}) >= 29_990, "but for the first few, none comes twice"
    for name, folded in names[::100]:
        assert naming.read(name, language) == name
        assert naming.fold(name) == folded


@pytest.mark.parametrize("language", given_names.NOUNS)
def test_nouns_differ_are_short_and_offend_nobody(language: str) -> None:
    nouns = given_names.NOUNS[language].split()
    assert len({naming.fold(noun) for noun in nouns}) == len(nouns) >= 30
    assert max(map(len, nouns)) <= given_names.LONGEST_NOUN
    assert [naming.read(noun, language) for noun in nouns] == nouns


def test_the_language_of_the_meeting_decides_what_is_given(facilitator: Facilitator) -> None:
    facilitator.database.run(agenda.update_meeting, facilitator.id, facilitator.owner_id, language="fr")
    quiz = Quiz(facilitator)
    chosen, late = quiz.phone("Otter"), quiz.phone()
    late.answer(quiz.ask(), ["yes"])
    quiz.database.run(judging.take_nickname, quiz.id, chosen.name)
    for player in (chosen, late):
        noun, number = quiz.look().by_player[player.id].nickname.split()
        assert noun in given_names.NOUNS["fr"].split()
        assert 2 <= int(number) <= 59


def test_who_is_given_a_name_gets_a_free_one_also_when_the_first_few_are_taken(quiz: Quiz) -> None:
    late = quiz.phone()
    tried = [name for name, _ in islice(naming.candidates(late.id, "en"), 6)]
    for name in tried[:5]:
        quiz.phone(name)
    assert late.name_it(None) == ("saved", tried[5])


def test_a_name_that_was_changed_is_free_for_others_of_the_same_batch(quiz: Quiz) -> None:
    one, two = quiz.phone("Otter"), quiz.phone()
    wishes = [Naming(quiz.id, one.id, "Badger", "en"), Naming(quiz.id, two.id, "Otter", "en")]
    named = quiz.database.run(lambda session: quizzes.store_names(session.connection(), wishes))
    assert [each.code for each in named] == ["saved", "saved"]
    assert {nickname for _, nickname, _ in quiz.table()} == {"Otter", "Badger"}


def test_no_two_players_have_names_that_look_alike(quiz: Quiz) -> None:
    quiz.phone("Zoë")
    second = quiz.phone()
    assert second.name_it("ZOE ").code == "nickname_taken"
    assert second.name_it("Zora") == ("saved", "Zora")
    assert second.name_it("Zora") == ("saved", "Zora")
    assert second.name_it(None) == ("saved", "Zora"), "who has one keeps it"


def test_of_two_who_want_the_same_name_in_one_batch_the_first_gets_it(quiz: Quiz) -> None:
    one, two = quiz.phone(), quiz.phone()
    wanted = [(one, "Otter"), (two, "otter"), (two, None)]
    wishes = [Naming(quiz.id, player.id, nickname, "en") for player, nickname in wanted]
    named = quiz.database.run(lambda session: quizzes.store_names(session.connection(), wishes))
    assert [each.code for each in named] == ["saved", "nickname_taken", "saved"]
    assert {nickname for _, nickname, _ in quiz.table()} == {"Otter", named[2].nickname}


def test_a_name_that_another_server_gave_meanwhile_has_the_batch_stored_anew(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz.phone("Otter")
    late = quiz.phone()
    with monkeypatch.context() as patch:
        patch.setattr(quizzes.store, "_players", lambda *_: {})  # as it was before the other server's commit
        with pytest.raises(StoredMeanwhile):
            late.name_it("Otter")
    assert late.name_it("Otter").code == "nickname_taken"


def test_a_name_that_was_taken_away_is_replaced_for_good_and_points_stay(quiz: Quiz) -> None:
    phone = quiz.phone("Rude")
    phone.answer(quiz.ask(), ["yes"], 0)
    quiz.facilitator.close()
    quiz.database.run(judging.take_nickname, quiz.id, phone.name)
    given = phone.standing.nickname
    assert given != "Rude"
    assert phone.standing.points == 1000
    assert phone.name_it("Rude again") == ("nickname_given", given)
    assert quiz.phone("Rude").standing.nickname == "Rude", "the name itself is free again"
    with pytest.raises(NotFound):
        quiz.database.run(judging.take_nickname, quiz.id, "00" * 8)
