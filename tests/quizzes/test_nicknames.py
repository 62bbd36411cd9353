"""Nicknames: what may be chosen, that no two are alike, and that one which was taken away stays away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp import quizzes
from pollapp.ballots import StoredMeanwhile
from pollapp.errors import BadNickname, NotFound
from pollapp.meetings import judging
from pollapp.quizzes import Naming, naming
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


@given(player=st.binary(min_size=16, max_size=16))
def test_names_that_are_given_are_names_one_could_choose_and_never_taken(player: bytes) -> None:
    taken: set[str] = set()
    for _ in range(25):
        name = naming.free(player, taken)
        assert naming.read(name, "en") == name
        assert naming.fold(name) not in taken
        taken.add(naming.fold(name))


def test_no_two_players_have_names_that_look_alike(quiz: Quiz) -> None:
    quiz.phone("Zoë")
    second = quiz.phone()
    assert second.name_it("ZOE ").code == "nickname_taken"
    assert second.name_it("Zora") == ("saved", "Zora")
    assert second.name_it("Zora") == ("saved", "Zora")
    assert second.name_it(None) == ("saved", "Zora"), "who has one keeps it"


def test_of_two_who_want_the_same_name_in_one_batch_the_first_gets_it(quiz: Quiz) -> None:
    one, two = quiz.phone(), quiz.phone()
    wishes = [Naming(quiz.id, one.id, "Otter"), Naming(quiz.id, two.id, "otter"), Naming(quiz.id, two.id, None)]
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
