"""The live side of one server: its writer and broadcaster, and who is told when a stage or a round changes.

Edges register what to send; domains know nothing of it.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import partial
from hashlib import blake2b

from flask import Flask
from flask.ctx import AppContext
from sqlalchemy.orm import Session

from pollapp import kinds
from pollapp.ballots import KeyRing, Round
from pollapp.database import Database
from pollapp.errors import NotFound, Unavailable
from pollapp.live import figures
from pollapp.live.boards import Boards
from pollapp.live.broadcaster import RETRY_S, Broadcaster
from pollapp.live.gathering import Gathered
from pollapp.live.housekeeping import Done, Housekeeping
from pollapp.live.remembering import Key, Remembered, Value
from pollapp.live.runtime import Runtime
from pollapp.live.texts import Texts
from pollapp.live.writer import Changed, Item, Result, Writer
from pollapp.meetings import DRAFT, LIVE, Scene, agenda, stage
from pollapp.meetings.stage import News
from pollapp.words import warm

HOUSEKEEPING_S = 60.0
"""Seconds between looks for meetings to end, seal or erase."""

SCREEN_INTERVAL_S = 0.1
"""Least time between two results of one round on screens: ten a second."""

PHONE_INTERVAL_S = 0.33
"""The same on phones, while results are shared: three a second."""

PRESENCE_INTERVAL_S = 1.0
"""Least time between two counts of the phones in a meeting."""

PLAYERS_INTERVAL_S = 0.5
"""Least time between two messages about the players of a quiz."""

SPREAD_MS = 1000
SPREAD_MS_PER_PHONE = 20
LONGEST_SPREAD_MS = 30_000
"""Phones that are to look again come within this spread: fifty a second in a hall, all within a second in a small room.

Phones are told the spread, and from it how many they are: in other than `standard` meetings it is always the longest.
"""

log = logging.getLogger(__name__)

StageListener = Callable[[Scene], None]
NewsListener = Callable[[News], None]
LookAgainListener = Callable[[str, int], None]
RightsListener = Callable[[str], None]
AgendaListener = Callable[[str], None]
QuizListener = Callable[[str], None]


class Hub:
    """Set up once with `init`; started by the server with `start`."""

    def __init__(self) -> None:
        self._stage_listeners: list[StageListener] = []
        self._screen_listeners: list[NewsListener] = []
        self._phone_listeners: list[NewsListener] = []
        self._presence_listeners: list[StageListener] = []
        self._look_again_listeners: list[LookAgainListener] = []
        self._rights_listeners: list[RightsListener] = []
        self._agenda_listeners: list[AgendaListener] = []
        self._quiz_listeners: list[QuizListener] = []

    def init(self, app: Flask, runtime: Runtime, database: Database, keys: KeyRing) -> None:
        """Connect to the application; nothing runs yet, and nobody listens."""
        for listeners in (
            self._stage_listeners,
            self._screen_listeners,
            self._phone_listeners,
            self._presence_listeners,
        ):
            listeners.clear()
        self._look_again_listeners.clear()
        self._rights_listeners.clear()
        self._agenda_listeners.clear()
        self._quiz_listeners.clear()
        self._app = app
        self._runtime = runtime
        self._database = database
        self._keys = keys
        self._deadlines: dict[str, float] = {}
        self._phones: Counter[str] = Counter()
        self._screens = Broadcaster(runtime, partial(self._send_news, self._screen_listeners, {}), SCREEN_INTERVAL_S)
        self._shared = Broadcaster(runtime, partial(self._send_news, self._phone_listeners, {}), PHONE_INTERVAL_S)
        self._presence = Broadcaster(runtime, self._send_presence, PRESENCE_INTERVAL_S)
        self._players = Broadcaster(runtime, self._send_players, PLAYERS_INTERVAL_S)
        self._house = Housekeeping(database, keys, self.stage_changed)
        self._boards = Boards(runtime, database, app.app_context)
        self._texts = Texts(runtime, database, app.app_context)
        self._writer = Writer(database.engine, runtime, self._stored)
        figures.watch_database(database.engine)

    def start(self) -> None:
        """Start the writer, the countdowns and the housekeeping."""
        self._writer.start()
        for scene in self._database.read(stage.countdowns):
            self._arm(scene)
        self._runtime.spawn(self._keep_house)
        self._runtime.spawn(self._warm_languages)

    def stop(self) -> None:
        """Store what is queued."""
        self._writer.stop()
        self._house.store_day()

    @property
    def runtime(self) -> Runtime:
        """How waiting is done here."""
        return self._runtime

    @property
    def writer(self) -> Writer:
        """Who stores answers."""
        return self._writer

    @property
    def boards(self) -> Boards:
        """Who knows what is on the boards of questions, and tells what changed."""
        return self._boards

    @property
    def texts(self) -> Texts:
        """Who knows which open answers phones can upvote, and tells what changed."""
        return self._texts

    def app_context(self) -> AppContext:
        """Return a context in which pages can be rendered."""
        return self._app.app_context()

    def remember(self, read: Callable[[Session, Key], Value], for_s: float) -> Remembered[Key, Value]:
        """Return a memory of what `read(session, key)` finds in the database; of nothing where others change it beside us."""
        kept_s = for_s if self._runtime.remembers else 0.0
        return Remembered(self._runtime, lambda key: self._database.read(read, key), kept_s)

    def gather(
        self, read: Callable[[Session, Collection[Key]], Mapping[Key, Value]]
    ) -> Callable[[Collection[Key]], Mapping[Key, Value]]:
        """Return `read(session, keys)` as a call that reads once for all who ask at the same moment."""

        def call(keys: Collection[Key]) -> Mapping[Key, Value]:
            return self._database.read(read, keys)

        return Gathered(self._runtime, call).get if self._runtime.remembers else call

    def on_stage(self, listener: StageListener) -> None:
        """Have `listener(scene)` called, with the application's context, whenever a stage is to be sent."""
        self._stage_listeners.append(listener)

    def on_screen_news(self, listener: NewsListener) -> None:
        """Have `listener(news)` called when results of the round on stage are to be sent to screens."""
        self._screen_listeners.append(listener)

    def on_phone_news(self, listener: NewsListener) -> None:
        """Have `listener(news)` called when they are to be sent to phones."""
        self._phone_listeners.append(listener)

    def on_look_again(self, listener: LookAgainListener) -> None:
        """Have `listener(meeting_id, within_ms)` called when phones are to ask anew what is stored of theirs."""
        self._look_again_listeners.append(listener)

    def on_rights(self, listener: RightsListener) -> None:
        """Have `listener(meeting_id)` called when somebody's part in a meeting was changed or taken away."""
        self._rights_listeners.append(listener)

    def rights_changed(self, meeting_id: str) -> None:
        """Have whoever follows a meeting prove anew that this is permitted."""
        for listener in self._rights_listeners:
            listener(meeting_id)

    def on_quiz(self, listener: QuizListener) -> None:
        """Have `listener(meeting_id)` called when players came, changed their nickname, or got other points."""
        self._quiz_listeners.append(listener)

    def quiz_changed(self, meeting_id: str) -> None:
        """Have the players of a quiz and their points sent."""
        self._players.mark({meeting_id})

    def answers_judged(self, meeting_id: str, polls: Iterable[Round]) -> None:
        """Have results and points sent after what is right in a quiz question was changed, and phones ask for theirs."""
        self.rounds_changed({poll.id for poll in polls})
        self.quiz_changed(meeting_id)
        self.agenda_changed(meeting_id)
        scene = self._database.read(stage.scene, meeting_id)
        if scene.slide is not None and kinds.is_in_quiz(kinds.get(scene.slide.kind)):
            self.stage_changed(scene)

    def answers_cleared(self, scene: Scene) -> None:
        """Have everybody look at what a meeting shows now that answers were deleted, and these vanish from the files."""
        self.stage_changed(scene)
        self.quiz_changed(scene.meeting.id)
        self.clear_deleted()

    def on_agenda(self, listener: AgendaListener) -> None:
        """Have `listener(meeting_id)` called when slides or notes changed, also of slides that nobody is shown."""
        self._agenda_listeners.append(listener)

    def store(self, item: Item) -> Result:
        """Store an answer, question or upvote and wait until it is committed."""
        return self._writer.store(item)

    def store_soon(self, item: Item, done: Callable[[Result], None]) -> None:
        """Store an answer, question or upvote without waiting; `done` is called in the loop with what became of it."""
        self._writer.store_soon(item, done)

    def stage_changed(self, scene: Scene) -> None:
        """Tell everybody in the meeting what it shows now."""
        figures.stage_changed()
        if scene.meeting.state not in (DRAFT, LIVE):
            self._boards.forget(scene.meeting.id)
        self._texts.stage_changed(scene)
        with self._app.app_context():
            for listener in self._stage_listeners:
                listener(scene)
        self._arm(scene)
        if scene.poll is not None:
            self.rounds_changed({scene.poll.id})

    def agenda_changed(self, meeting_id: str) -> None:
        """Have facilitators look again at what comes next."""
        figures.sent("agenda")
        for listener in self._agenda_listeners:
            listener(meeting_id)

    def rounds_changed(self, round_ids: set[int]) -> None:
        """Have the results of these rounds sent."""
        self._screens.mark(round_ids)
        self._shared.mark(round_ids)
        self._texts.rounds_changed(round_ids)

    def text_removed(self, poll: Round) -> None:
        """Send results of a round without a removed answer, and have its writer's phone find out.

        Nothing here says whose answer it was, so every phone asks: not all at once, but within a spread.
        """
        self.rounds_changed({poll.id})
        figures.sent("again")
        if not self._keys.has(poll.meeting_id):
            self.clear_deleted()  # sealed: no seal is to come that would see to it
        within_ms = LONGEST_SPREAD_MS
        if poll.preset == "standard":
            within_ms = min(within_ms, SPREAD_MS + SPREAD_MS_PER_PHONE * self.phones_in(poll.meeting_id))
        with self._app.app_context():
            for listener in self._look_again_listeners:
                listener(poll.meeting_id, within_ms)

    def phone_came(self, meeting_id: str) -> None:
        """Count a phone in."""
        self._phones[meeting_id] += 1
        self._presence.mark({meeting_id})

    def phone_went(self, meeting_id: str) -> None:
        """Count a phone out."""
        self._phones[meeting_id] -= 1
        self._presence.mark({meeting_id})

    def phones_in(self, meeting_id: str) -> int:
        """Return how many phones are connected now."""
        return self._phones[meeting_id]

    def phones(self) -> int:
        """Return how many phones are connected now in all meetings."""
        return self._phones.total()

    def _send_news(self, listeners: list[NewsListener], sent: dict[str, bytes], round_id: int) -> float:
        """Send what is news, and return how long it worked.

        In steps the same again is no news: it would only say that somebody answered.
        """
        news, work = self._database.read(_with_its_work, stage.news, round_id)
        if news is None:
            return work
        if news.is_unsettled:
            self._settle(news.meeting.id)
        digest = b"" if news.meeting.preset == "standard" else _digest(news)
        if digest and sent.get(news.meeting.id) == digest:
            return work
        figures.sent("results")
        began = time.monotonic()  # from here on nothing waits
        with self._app.app_context():
            for listener in listeners:
                listener(news)
        sent[news.meeting.id] = digest
        return work + time.monotonic() - began

    def _settle(self, meeting_id: str) -> None:
        """Have the answer that stands apart follow what may be shown; results are sent again with the stage."""
        scene = self._database.run(stage.settle, meeting_id)
        if scene is not None:
            self.stage_changed(scene)

    def _send_players(self, meeting_id: str) -> float:
        began = time.monotonic()
        figures.sent("quiz")
        with self._app.app_context():
            for listener in self._quiz_listeners:
                listener(meeting_id)
        return time.monotonic() - began

    def on_presence(self, listener: StageListener) -> None:
        """Have `listener(scene)` called when phones came or went."""
        self._presence_listeners.append(listener)

    def _send_presence(self, meeting_id: str) -> float:
        work = 0.0
        with self._app.app_context(), suppress(NotFound):
            scene, work = self._database.read(_with_its_work, stage.scene, meeting_id)
            figures.sent("presence")
            for listener in self._presence_listeners:
                listener(scene)
        return work

    def _arm(self, scene: Scene) -> None:
        """Have the round closed when its countdown has run out, if one runs."""
        meeting_id, ends_at = scene.meeting.id, scene.stage.countdown_ends_at
        if ends_at is not None and self._deadlines.get(meeting_id) != ends_at:
            self._deadlines[meeting_id] = ends_at
            self._runtime.spawn(self._count_down, meeting_id, ends_at, stage.grace_s(scene))

    def _count_down(self, meeting_id: str, ends_at: float, grace_s: float) -> None:
        self._runtime.sleep(max(0.0, ends_at + grace_s - time.time()) + 0.01)
        if self._deadlines.get(meeting_id) != ends_at:
            return
        del self._deadlines[meeting_id]
        try:
            scene = self._database.run(stage.close_due, meeting_id, ends_at)
        except Unavailable:
            self._runtime.sleep(RETRY_S)
            self._deadlines[meeting_id] = ends_at
            self._runtime.spawn(self._count_down, meeting_id, ends_at, 0.0)
            return
        if scene is not None:
            self.stage_changed(scene)

    def _warm_languages(self) -> None:
        """Load the words of the languages in use before the first answer needs them."""
        for language in self._database.read(agenda.languages_in_use):
            self._runtime.offload(partial(warm, language))

    def _keep_house(self) -> None:
        while True:
            try:
                self.keep_house()
                self._boards.tidy()
                self._texts.tidy()
            except Exception:  # such as a database that is away for a while: the next look does what is left
                log.exception("could not look after the meetings")
            self._runtime.sleep(HOUSEKEEPING_S)

    def keep_house(self) -> list[Done]:
        """End meetings left alone, seal those whose hour is over, erase those whose day has come."""
        return self._house.look()

    def is_tidy(self) -> bool:
        """Tell whether what was deleted is also gone from the database's files; if not, a later look sees to it."""
        return self._house.is_tidy()

    def clear_deleted(self) -> None:
        """Have what was just deleted vanish from the database's files, as soon as that holds nobody up."""
        self._house.clear_deleted()

    def _stored(self, changed: Changed) -> None:
        self._house.answers_came(changed.rounds, changed.boards | changed.players)
        self.rounds_changed(changed.rounds)
        self._boards.changed(changed.boards)
        self._players.mark(changed.players)


def _with_its_work(session: Session, read: Callable[[Session, Key], Value], key: Key) -> tuple[Value, float]:
    """Return what is read, and for how many seconds this thread worked at it: on a busy server it mostly waits."""
    began = time.thread_time()
    return read(session, key), time.thread_time() - began


def _digest(news: News) -> bytes:
    """Return what tells news from other news."""
    shown = (news.stage.version, news.stage.results_on_phones, news.meeting.language, news.snapshot)
    return blake2b(repr(shown).encode(), digest_size=16).digest()
