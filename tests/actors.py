"""Who acts in a meeting, as the domains see them: `facilitator.next()`, `participant.answer(poll, ...)`."""

from typing import Any

from pollapp import kinds
from pollapp.ballots import (
    WITHDRAWN,
    Cast,
    KeyRing,
    Outcome,
    Own,
    Round,
    RoundSnapshot,
    encode,
    ids,
    rounds,
    store_batch,
    take,
)
from pollapp.ballots.moderating import Named
from pollapp.database import Database
from pollapp.meetings import Meeting, Scene, Slide, agenda, ending, moderating, stage
from pollapp.meetings.moderating import Decided
from pollapp.moderation import Queued

OPTIONS = [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}, {"id": "so", "label": "So so"}]


class Participant:
    """A phone in the room: it has a token, nothing else."""

    def __init__(self, database: Database, key: bytes) -> None:
        identity = ids.read_token(key, ids.new_token(key))
        assert identity is not None
        self.database, self.key, self.identity = database, key, identity

    def cast(self, poll: Round, raw: object, *, slot: int = 0, revision: int = 1) -> Cast:
        """Return what the store is given when this phone sends `raw` (None: withdraw)."""
        kind = kinds.get(poll.kind)
        settings = kinds.load_settings(poll.kind, poll.settings)
        stored, keys = WITHDRAWN, {}
        if raw is not None:
            answer = kind.parse(settings, raw)
            stored, keys = encode(answer), kind.keys(settings, answer)
        return Cast(poll.id, ids.ballot_id(self.key, self.identity, poll.id, slot), slot, revision, stored, keys)

    def answer(self, poll: Round, raw: object, *, slot: int = 0, revision: int = 1) -> Outcome:
        """Send an answer and wait for what became of it."""
        cast = self.cast(poll, raw, slot=slot, revision=revision)
        return self.database.run(lambda session: store_batch(session.connection(), [cast]))[0]

    def own(self, poll: Round) -> list[Own]:
        """Return what is stored for this phone."""
        return self.database.read(
            lambda session: rounds.own_answers(session.connection(), self.key, self.identity, rounds.slots_of([poll]))
        ).get(poll.id, [])


class Facilitator:
    """Whoever leads a meeting. Every command carries the version of the stage last seen."""

    def __init__(self, database: Database, keys: KeyRing, owner_id: int, **settings: Any) -> None:
        self.database, self.keys, self.owner_id = database, keys, owner_id
        self.meeting: Meeting = database.run(
            agenda.create_meeting, keys, owner_id=owner_id, **{"title": "Peer learning", **settings}
        )
        self.version = 1

    @property
    def id(self) -> str:
        return self.meeting.id

    def add(
        self, kind: str, *, prompt: str = "What do you think?", settings: dict[str, Any] | None = None, **changes: Any
    ) -> Slide:
        """Put a slide at the end of the agenda."""
        slide = self.database.run(agenda.add_slide, self.id, kind)
        changes["settings"] = slide.settings if settings is None else settings
        return self.database.run(agenda.update_slide, self.id, slide.id, prompt=prompt, **changes)

    def ask(self, kind: str, **settings: Any) -> Round:
        """Add a poll, go to it and return its open round."""
        if kind == "choice":
            settings = {"options": OPTIONS, **settings}
        slide = self.add(kind, settings=settings)
        return self.poll(self.go(slide))

    def do(self, action: str, **params: Any) -> Scene:
        """Give a command."""
        scene = self.database.run(stage.command, self.id, self.version, action, params)
        self.version = scene.stage.version
        return scene

    def go(self, slide: Slide) -> Scene:
        return self.do("go", slide=slide.id)

    def next(self) -> Scene:
        return self.do("next")

    def previous(self) -> Scene:
        return self.do("previous")

    def open(self) -> Scene:
        return self.do("open")

    def close(self) -> Scene:
        return self.do("close")

    def ask_again(self) -> Round:
        return self.poll(self.do("ask_again"))

    def end(self) -> None:
        self.database.run(ending.end, self.id)
        self.look()

    def undo_end(self) -> None:
        self.database.run(ending.undo_end, self.id, self.keys)
        self.look()

    def seal(self) -> None:
        self.database.run(ending.seal, self.keys, self.id)
        self.look()

    def look(self) -> Scene:
        """Return what the meeting shows, and take note of its version."""
        scene = self.database.read(stage.scene, self.id)
        self.version = scene.stage.version
        return scene

    def remove(self, poll: Round, text_id: str) -> None:
        """Take an open answer off the screen."""
        self.database.run(rounds.remove_text, self.id, poll.id, text_id)

    def moderate(self, mode: str = "off", offensive: str = "off", *own_words: str) -> None:
        """Set how the meeting is moderated."""
        self.database.run(moderating.keep_rules, self.id, mode, offensive, own_words)

    def queue(self) -> list[Queued]:
        """Return everything there is to moderate."""
        return self.database.read(moderating.look, self.id).entries

    def decide(self, entry: Queued, state: str | None) -> Decided:
        """Approve or hide an entry, or take that back."""
        named = [Named(entry.key, entry.fingerprint)]
        return self.database.run(moderating.decide, self.id, entry.source, entry.group, named, state)[0]

    def sees(self, poll: Round) -> RoundSnapshot:
        """Return what may be shown of a round."""
        return self.database.read(lambda session: take(session, rounds.get(session, self.id, poll.id)))

    def let_in(self) -> Participant:
        """Let a phone in."""
        return Participant(self.database, self.keys.get(self.id))

    @staticmethod
    def poll(scene: Scene) -> Round:
        assert scene.poll is not None
        return scene.poll
