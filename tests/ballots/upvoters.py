"""Who upvotes open answers, as the domain sees it."""

from collections.abc import Sequence

from sqlalchemy import select

from pollapp.ballots import Round, rounds, upvoting
from pollapp.ballots.upvoting import OwnUpvote, TextFate, TextUpvote, TextVote, TextVotes, Upvotable
from tests.actors import Facilitator, Participant


class Wall:
    """The answers to one question, which people can upvote."""

    def __init__(self, facilitator: Facilitator, **settings: object) -> None:
        self.facilitator, self.database = facilitator, facilitator.database
        self.poll: Round = facilitator.ask("open_text", upvotes=True, **settings)

    def write(self, *texts: str) -> list[Participant]:
        """Have somebody write each of these."""
        writers = [self.facilitator.let_in() for _ in texts]
        for writer, text in zip(writers, texts, strict=True):
            assert writer.answer(self.poll, text).code == "saved"
        return writers

    def shown(self) -> tuple[Upvotable, ...]:
        """Return what phones are shown."""
        return self.database.read(
            lambda session: upvoting.upvotable(
                session.connection(), rounds.get(session, self.facilitator.id, self.poll.id)
            )
        )[1]

    def find(self, text: str) -> Upvotable:
        return next(answer for answer in self.shown() if answer.text == text)

    def vote(self, who: Participant, answer: Upvotable, *, given: bool = True, revision: int = 1) -> TextVote:
        """Return what the store is given."""
        upvote_id = upvoting.upvote_id(who.key, who.identity, self.poll.id, answer.id, answer.words)
        return TextVote(self.poll.id, upvote_id, answer.id, answer.words, revision, given)

    def store(self, *votes: TextVote) -> list[TextFate]:
        """Store one batch."""
        return self.database.run(lambda session: upvoting.store_votes(session.connection(), votes))

    def upvote(self, who: Participant, answer: Upvotable, *, given: bool = True, revision: int = 1) -> TextFate:
        return self.store(self.vote(who, answer, given=given, revision=revision))[0]

    def crowd(self, count: int, answer: Upvotable) -> None:
        """Have so many people upvote an answer, one after the other."""
        for _ in range(count):
            assert self.upvote(self.facilitator.let_in(), answer).code == "saved"

    def own(self, who: Participant, answers: Sequence[Upvotable]) -> dict[str, OwnUpvote]:
        return self.database.read(
            lambda session: upvoting.own(session.connection(), who.key, who.identity, self.poll.id, answers)
        )

    def numbers(self) -> dict[str, int | None]:
        """Return the upvotes that may be told, by text."""
        snapshot = self.facilitator.sees(self.poll)
        assert snapshot.votes is not None
        return {text.text: snapshot.votes.get(text.id) for text in snapshot.texts}

    def rows(self) -> tuple[list[tuple[str, str, int, bool]], dict[tuple[str, str], int]]:
        """Return every upvote that is stored, and every number."""
        with self.database.engine.connect() as connection:
            upvotes = connection.execute(select(TextUpvote.__table__)).all()
            votes = connection.execute(select(TextVotes.__table__)).all()
        given = sorted((row.text, row.words, row.revision, row.given) for row in upvotes)
        return given, {(row.text, row.words): row.votes for row in votes}
