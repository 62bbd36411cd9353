"""Who plays a quiz: phones with a token each, and a clock that the test holds."""

from typing import Any

from pollapp import quizzes
from pollapp.ballots import Outcome, Round
from pollapp.meetings import judging, quizzing
from pollapp.quizzes import Naming, Play, Standing, timing
from tests.actors import Facilitator, Participant

OPTIONS = [
    {"id": "yes", "label": "Yes", "correct": True},
    {"id": "no", "label": "No"},
    {"id": "so", "label": "So so"},
]


class Quiz:
    """A meeting's quiz."""

    def __init__(self, facilitator: Facilitator) -> None:
        self.facilitator, self.database, self.id = facilitator, facilitator.database, facilitator.id

    def ask(self, kind: str = "quiz_choice", **settings: Any) -> Round:
        """Ask a question and return its open round."""
        if kind == "quiz_choice":
            settings = {"options": OPTIONS, **settings}
        return self.facilitator.ask(kind, **settings)

    def phone(self, nickname: str | None = None) -> "Player":
        """Let a phone in, with a nickname if it chooses one."""
        player = Player(self)
        if nickname is not None:
            assert player.name_it(nickname).code == "saved"
        return player

    def store(self, *plays: Play) -> list[Outcome]:
        """Store one batch."""
        return self.database.run(lambda session: quizzes.store_batch(session.connection(), plays))

    def began_at(self, poll: Round) -> float:
        """Return when a question opened."""
        return self.database.read(lambda session: timing.read(session.connection(), [poll.id]))[poll.id].began_at

    def look(self) -> quizzing.Quiz:
        return self.database.read(quizzing.look, self.id)

    def table(self) -> list[tuple[int, str, int]]:
        """Return place, nickname and points of all players."""
        return [(each.place, each.nickname, each.points) for each in self.look().standings]

    def accept(self, poll: Round, answer: str, *, accepted: bool = True) -> None:
        self.database.run(judging.accept, self.id, poll.id, answer, accepted=accepted)


class Player:
    """A phone that plays."""

    def __init__(self, quiz: Quiz) -> None:
        self.quiz, self.phone = quiz, quiz.facilitator.let_in()
        self.id = quizzes.ids.player_id(self.phone.key, self.phone.identity)

    @classmethod
    def of(cls, quiz: Quiz, phone: Participant) -> "Player":
        """Return a phone that is in already as a player."""
        player = cls(quiz)
        player.phone, player.id = phone, quizzes.ids.player_id(phone.key, phone.identity)
        return player

    @property
    def name(self) -> str:
        return quizzes.ids.name_of(self.id)

    def name_it(self, nickname: str | None) -> quizzes.Named:
        naming = Naming(self.quiz.id, self.id, nickname, self.quiz.facilitator.meeting.language)
        return self.quiz.database.run(lambda session: quizzes.store_names(session.connection(), [naming]))[0]

    def play(self, poll: Round, raw: object, after: float = 0.0, *, revision: int = 1) -> Play:
        """Return the answer as it is stored when it was sent so many seconds after the question opened."""
        cast = self.phone.cast(poll, raw, revision=revision)
        return Play(cast, self.quiz.id, self.id, self.quiz.began_at(poll) + after)

    def answer(self, poll: Round, raw: object, after: float = 0.0, *, revision: int = 1) -> Outcome:
        return self.quiz.store(self.play(poll, raw, after, revision=revision))[0]

    @property
    def standing(self) -> Standing:
        return self.quiz.look().by_player[self.id]
