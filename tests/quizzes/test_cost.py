"""What a batch of a quiz costs: a few statements more than any other batch, however many play."""

from pollapp import quizzes
from pollapp.ballots import store_batch
from pollapp.ballots.statements import MOST_PARAMETERS
from pollapp.database import Database
from tests.ballots.test_store_cost import counting
from tests.quizzes.quiz import Player, Quiz

FEW, MANY = 4, 300

TRIED = 4
"""Names that are looked up at once for each."""


def statements(quiz: Quiz, players: list[Player]) -> list[str]:
    """Return what it takes to store an answer of each."""
    poll = quiz.ask()
    plays = [player.play(poll, ["yes"], after % 20) for after, player in enumerate(players)]
    with counting(quiz.database) as said:
        quiz.store(*plays)
    return said


def test_a_play_takes_three_statements_more_than_an_answer_however_many_play(quiz: Quiz, database: Database) -> None:
    """Its clock, its score, and whether its player has a name."""
    poll = quiz.facilitator.ask("choice")
    casts = [quiz.facilitator.let_in().cast(poll, ["yes"]) for _ in range(FEW)]
    with counting(database) as plain:
        database.run(lambda session: store_batch(session.connection(), casts))
    players = [quiz.phone(f"player {number}") for number in range(MANY)]
    assert len(statements(quiz, players[:FEW])) == len(plain) + 3
    assert len(statements(quiz, players)) == len(plain) + 3


def test_to_give_names_takes_as_many_statements_for_hundreds_as_for_four(quiz: Quiz) -> None:
    few = len(statements(quiz, [quiz.phone() for _ in range(FEW)]))
    strangers = [quiz.phone() for _ in range(MANY)]
    assert len(statements(quiz, strangers)) <= few + MANY * TRIED // MOST_PARAMETERS
    assert len({each.nickname for each in quiz.look().standings}) == FEW + MANY
    assert {player.id for player in strangers} <= quiz.look().by_player.keys()


def test_to_choose_names_reads_nobody_elses(quiz: Quiz, database: Database) -> None:
    """Neither by the hundred nor one by one."""
    wishes = [quizzes.Naming(quiz.id, quiz.phone().id, f"name {number}", "en") for number in range(MANY)]
    with counting(database) as said:
        named = database.run(lambda session: quizzes.store_names(session.connection(), wishes))
    assert {each.code for each in named} == {"saved"}
    assert len(said) <= 5
