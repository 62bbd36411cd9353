"""Who acts on a board: phones with a token each, and the facilitator."""

from collections.abc import Sequence
from typing import Any

from pollapp.questions import Ask, BoardNow, Fate, Own, Seen, Vote, ids, limits, look, moderating, own, store_batch
from tests.actors import Facilitator, Participant


class Room:
    """A meeting's board."""

    def __init__(self, facilitator: Facilitator, *, is_open: bool = True) -> None:
        self.facilitator, self.database, self.id = facilitator, facilitator.database, facilitator.id
        if is_open:
            self.open()

    def open(self) -> None:
        self.database.run(moderating.open_board, self.id, self.facilitator.meeting.preset)

    def close(self) -> None:
        self.database.run(moderating.close_board, self.id)

    def set_up(self, *, approve_first: bool = False, per_person: int = limits.PER_PERSON) -> None:
        self.database.run(moderating.set_up, self.id, approve_first=approve_first, per_person=per_person)

    def do(self, act: str, *args: Any, **kwargs: Any) -> Any:
        """Moderate: `room.do("hide", name)`."""
        return self.database.run(getattr(moderating, act), self.id, *args, **kwargs)

    def store(self, *acts: Ask | Vote) -> list[Fate]:
        """Store one batch."""
        return self.database.run(lambda session: store_batch(session.connection(), acts))

    def now(self) -> BoardNow:
        return self.database.read(look, self.id)

    def seen(self, name: str) -> Seen:
        """Return one question as its facilitator sees it."""
        return next(seen for seen in self.now().questions if seen.name == name)

    def votes(self) -> dict[str, int | None]:
        """Return the upvotes that may be seen, by text."""
        return {seen.text: seen.votes for seen in self.now().questions if seen.into is None}

    def phone(self) -> "Asker":
        """Let a phone in."""
        return Asker(self, self.facilitator.let_in())

    def phones(self, count: int) -> "list[Asker]":
        return [self.phone() for _ in range(count)]


class Asker:
    """A phone that asks and upvotes."""

    def __init__(self, room: Room, participant: Participant) -> None:
        self.room, self.key, self.identity = room, participant.key, participant.identity
        self.revisions: dict[str, int] = {}

    def ask_act(self, text: str | None, slot: int = 0) -> Ask:
        return Ask(self.room.id, ids.question_id(self.key, self.identity, slot), text)

    def ask(self, text: str, slot: int = 0) -> str:
        """Ask something and return the name of the question."""
        act = self.ask_act(text, slot)
        assert self.room.store(act)[0].code == "saved"
        return ids.name_of(act.question_id)

    def withdraw(self, slot: int = 0) -> Fate:
        return self.room.store(self.ask_act(None, slot))[0]

    def vote_act(self, name: str, *, given: bool = True, revision: int | None = None) -> Vote:
        """Return what the store is given: with it go this phone's upvotes of questions merged into that one."""
        now = self.room.now()
        questions = {seen.name: seen.id for seen in now.questions}
        if revision is None:
            revision = self.revisions[name] = self.revisions.get(name, 0) + 1
        merged = [each for each, into in now.gone.items() if into == name]
        return Vote(
            self.room.id,
            ids.upvote_id(self.key, self.identity, bytes.fromhex(name)),
            questions.get(name, bytes(16)),
            revision,
            given,
            tuple(ids.upvote_id(self.key, self.identity, bytes.fromhex(each)) for each in merged),
        )

    def upvote(self, name: str, *, given: bool = True, revision: int | None = None) -> Fate:
        return self.room.store(self.vote_act(name, given=given, revision=revision))[0]

    def hears_of_merges(self) -> None:
        """Do as a phone does that is told which questions were merged: upvote what survived."""
        for name, into in self.room.now().gone.items():
            if self.own([name]).upvotes.get(name, None) and self.own([name]).upvotes[name].given:
                stored = self.own([into]).upvotes.get(into)
                revision = stored.revision if stored and stored.given else (stored.revision if stored else 0) + 1
                self.revisions[into] = revision
                self.upvote(into, revision=revision)

    def own(self, names: Sequence[str] = ()) -> Own:
        return self.room.database.read(lambda session: own(session.connection(), self.key, self.identity, names))
