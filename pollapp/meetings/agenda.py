"""Meetings and the slides of their agenda: make, read, change, reorder, delete and bring back."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from textwrap import shorten
from typing import Any

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pollapp import kinds, questions, quizzes
from pollapp.accounts import permits
from pollapp.ballots import KeyRing, rounds
from pollapp.errors import BadSettings, MeetingEnded, NotAllowed, NotFound, PresetFrozen, SettingsFrozen, TooManySlides
from pollapp.meetings import quizzing, retention
from pollapp.meetings.entering import Asker, enter
from pollapp.meetings.models import DRAFT, ENDED, LIVE, SEALED, Meeting, Slide, Stage
from pollapp.meetings.presets import PRESETS
from pollapp.meetings.templates import TEMPLATES
from pollapp.words import LANGUAGES, storable

TITLE_LENGTH = 120
PROMPT_LENGTH = 300
NOTES_LENGTH = 2000
MOST_SLIDES = 100
QUIET_AFTER = timedelta(hours=1)
THEMES = ("light", "dark", "auto")
ACCENTS = ("blue", "teal", "green", "amber", "red", "purple", "pink", "slate")

_MEETING_CHANGES = {"title", "language", "theme", "accent", "preset", "locked", "keep_days", "video_hosts"}
_PROMISED = ("preset", "keep_days")
_SLIDE_CHANGES = {"prompt", "notes", "stays_open", "opens_on_arrival", "results_hidden"}


def now() -> datetime:
    """Return the time in UTC, without zone, as the tables keep it."""
    return datetime.now(UTC).replace(tzinfo=None)


def create_meeting(
    session: Session,
    keys: KeyRing,
    *,
    owner_id: int | None,
    title: str,
    language: str = "en",
    preset: str = "standard",
    template: str | None = None,
) -> Meeting:
    """Make a meeting with its join code, key and stage, and the slides of `template`."""
    meeting = Meeting(
        id=secrets.token_hex(8),
        code=_new_code(session),
        owner_id=owner_id,
        title="",
        state=DRAFT,
        preset=preset,
        created_on=date.today(),
        active_at=now(),
    )
    _change_meeting(session, meeting, {"title": title, "language": language, "preset": preset})
    meeting.keep_days = PRESETS[preset].keep_days
    session.add(meeting)
    session.flush()
    session.add(Stage(meeting_id=meeting.id))
    for position, draft in enumerate(TEMPLATES[template].slides if template else ()):
        kind = kinds.get(draft.kind)
        settings = msgspec.to_builtins(msgspec.convert(draft.settings, kind.Settings))
        session.add(_slide(meeting, position, draft.kind, prompt=draft.prompt, notes=draft.notes, settings=settings))
    session.flush()
    keys.create(meeting.id)
    return meeting


def _new_code(session: Session) -> str:
    """Return an unused join code of eight digits; the first is never 0, so that none gets lost."""
    while True:
        code = str(secrets.randbelow(90_000_000) + 10_000_000)
        if session.scalar(select(Meeting.id).where(Meeting.code == code)) is None:
            return code


def meetings_of(session: Session, owner_id: int) -> list[Meeting]:
    """Return the meetings that a facilitator owns, the newest first."""
    query = select(Meeting).where(Meeting.owner_id == owner_id).order_by(Meeting.active_at.desc(), Meeting.id)
    return list(session.scalars(query))


def get_meeting(session: Session, meeting_id: str, owner_id: int) -> Meeting:
    """Return a meeting to its owner. Raises `NotFound`, also when it is somebody else's."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.owner_id != owner_id:
        raise NotFound()
    return meeting


def update_meeting(session: Session, meeting_id: str, facilitator_id: int, **changes: Any) -> Meeting:
    """Change title, language, theme, accent, preset, lock, the days to keep or whose videos the screen may play.

    After the first answer raises `PresetFrozen`, and `RetentionPromised` for more days than before. Raises `NotAllowed`
    when a facilitator changes preset or days whose role does not permit that.
    """
    lock(session, meeting_id)
    meeting, role = enter(session, meeting_id, Asker(facilitator_id), "build")
    if is_about_privacy(meeting, changes) and not permits(role, "privacy"):
        raise NotAllowed()
    if "video_hosts" in changes:
        changes["video_hosts"] = _hosts(changes["video_hosts"])
    _change_meeting(session, meeting, changes)
    session.flush()
    return meeting


def is_about_privacy(meeting: Meeting, changes: Mapping[str, Any]) -> bool:
    """Tell whether these changes would alter what people who answer are promised."""
    return any(name in changes and changes[name] != getattr(meeting, name) for name in _PROMISED)


def _change_meeting(session: Session, meeting: Meeting, changes: dict[str, Any]) -> None:
    if unknown := changes.keys() - _MEETING_CHANGES:
        raise BadSettings(reason="unknown", setting=min(unknown))
    if "title" in changes:
        changes["title"] = _line(changes["title"], "title", TITLE_LENGTH, required=True)
    for name, allowed in (("language", LANGUAGES), ("theme", THEMES), ("accent", ACCENTS), ("preset", PRESETS)):
        if name in changes and changes[name] not in allowed:
            raise BadSettings(reason="unknown_choice", setting=name)
    days = changes.pop("keep_days", None)
    if days is not None or changes.get("preset", meeting.preset) != meeting.preset:
        rounds.lock_all(session, meeting.id)  # whether somebody has answered must not change while it is decided
        questions.moderating.lock(session, meeting.id)  # nor whether somebody has asked
    if changes.get("preset", meeting.preset) != meeting.preset:
        if retention.is_promised(session, meeting):
            raise PresetFrozen()
        quizzing.require_allowed_all(session, meeting.id, changes["preset"])
        rounds.change_preset(session, meeting.id, changes["preset"])
        questions.moderating.change_preset(session, meeting.id, changes["preset"])
        follows = retention.days_for(meeting, changes["preset"])
        days = follows if days in (None, meeting.keep_days) else days
        meeting.keep_days = follows
    for name, value in changes.items():
        setattr(meeting, name, value)
    if days is not None:
        retention.change_days(session, meeting, days)


def allow_host(session: Session, meeting_id: str, facilitator_id: int, host: str, *, allowed: bool) -> Meeting:
    """Let the screen of a meeting play videos of a host, or no longer. Raises `BadSettings`."""
    lock(session, meeting_id)
    others = [each for each in session.get_one(Meeting, meeting_id).video_hosts if each != host]
    hosts = [*others, host] if allowed else others
    return update_meeting(session, meeting_id, facilitator_id, video_hosts=hosts)


def _hosts(names: Iterable[str]) -> list[str]:
    """Return hosts as they are compared, each once, in the order of their letters. Raises `BadSettings`."""
    hosts = set()
    for name in names:
        try:
            hosts.add(kinds.host_of(name))
        except ValueError:
            raise BadSettings(reason="host", setting="video_hosts", name=shorten(name, 80)) from None
    if len(hosts) > kinds.MOST_HOSTS:
        raise BadSettings(reason="too_many_hosts", setting="video_hosts", limit=kinds.MOST_HOSTS, length=len(hosts))
    return sorted(hosts)


def delete_meeting(session: Session, keys: KeyRing, meeting_id: str, owner_id: int) -> None:
    """Delete a meeting with all its answers and its key. It cannot be undone."""
    lock(session, meeting_id)
    meeting = get_meeting(session, meeting_id, owner_id)
    keys.destroy(meeting.id)
    session.delete(meeting)


def slides_of(session: Session, meeting_id: str) -> list[Slide]:
    """Return the agenda in order."""
    query = select(Slide).where(Slide.meeting_id == meeting_id, Slide.deleted_at.is_(None)).order_by(Slide.position)
    return list(session.scalars(query))


def get_slide(session: Session, meeting_id: str, slide_id: str) -> Slide:
    """Return a slide of this meeting's agenda. Raises `NotFound`."""
    slide = session.get(Slide, slide_id)
    if slide is None or slide.meeting_id != meeting_id or slide.deleted_at is not None:
        raise NotFound()
    return slide


def add_slide(session: Session, meeting_id: str, kind: str, *, position: int | None = None) -> Slide:
    """Add a slide with the kind's default settings, at the end or at `position` (0 is first)."""
    meeting = _editable(session, meeting_id)
    agenda = slides_of(session, meeting_id)
    if len(agenda) >= MOST_SLIDES:
        raise TooManySlides(limit=MOST_SLIDES)
    settings = msgspec.to_builtins(kinds.get(kind).Settings())
    quizzing.require_allowed(kind, meeting.preset)
    slide = _slide(meeting, 0, kind, prompt="", notes="", settings=settings)
    session.add(slide)
    _place(agenda, slide, len(agenda) if position is None else position)
    session.flush()
    return slide


def update_slide(
    session: Session, meeting_id: str, slide_id: str, *, settings: dict[str, Any], **changes: Any
) -> Slide:
    """Change a slide. Raises `SettingsFrozen` when answers would no longer mean what people chose.

    Mended labels and display settings also reach the slide's newest round, which is then marked as mended.
    """
    _editable(session, meeting_id)
    slide = get_slide(session, meeting_id, slide_id)
    if unknown := changes.keys() - _SLIDE_CHANGES:
        raise BadSettings(reason="unknown", setting=min(unknown))
    if "prompt" in changes:
        changes["prompt"] = _line(changes["prompt"], "prompt", PROMPT_LENGTH)
    if "notes" in changes:
        changes["notes"] = storable(changes["notes"])
    if len(changes.get("notes", "")) > NOTES_LENGTH:
        raise BadSettings(reason="too_long", setting="notes", limit=NOTES_LENGTH, length=len(changes["notes"]))
    try:
        after = kinds.load_settings(slide.kind, _storable(settings))
    except msgspec.ValidationError as problem:
        raise BadSettings(reason="invalid", setting=str(problem)) from None
    for name, value in changes.items():
        setattr(slide, name, value)
    _mend_round(session, slide, after)
    slide.settings = msgspec.to_builtins(after)
    session.flush()
    return slide


def _mend_round(session: Session, slide: Slide, after: Any) -> None:
    poll = rounds.latest(session, slide.id)
    if poll is None:
        return
    before = kinds.load_settings(poll.kind, poll.settings)
    if kinds.get(slide.kind).frozen(before, after):
        raise SettingsFrozen()
    if before != after or poll.prompt != slide.prompt:
        poll.settings, poll.prompt, poll.mended = msgspec.to_builtins(after), slide.prompt, True
        session.flush()
        quizzes.rescore(session, poll)


def move_slide(session: Session, meeting_id: str, slide_id: str, position: int) -> None:
    """Move a slide to `position` (0 is first; beyond the end is last)."""
    _editable(session, meeting_id)
    slide = get_slide(session, meeting_id, slide_id)
    _place([each for each in slides_of(session, meeting_id) if each.id != slide_id], slide, position)


def duplicate_slide(session: Session, meeting_id: str, slide_id: str) -> Slide:
    """Put a copy of a slide, without its answers, right after it."""
    source = get_slide(session, meeting_id, slide_id)
    copy = add_slide(session, meeting_id, source.kind, position=source.position + 1)
    for name in (*_SLIDE_CHANGES, "settings"):
        setattr(copy, name, getattr(source, name))
    session.flush()
    return copy


def delete_slide(session: Session, meeting_id: str, slide_id: str) -> None:
    """Take a slide out of the agenda; `restore_slide` brings it back."""
    _editable(session, meeting_id)
    slide = get_slide(session, meeting_id, slide_id)
    stage = session.get_one(Stage, meeting_id)
    if stage.slide_id == slide_id and session.get_one(Meeting, meeting_id).state == LIVE:
        raise BadSettings(reason="on_stage", setting="slide")
    slide.deleted_at = now()
    for position, each in enumerate(each for each in slides_of(session, meeting_id) if each.id != slide_id):
        each.position = position


def restore_slide(session: Session, meeting_id: str, slide_id: str) -> Slide:
    """Bring a deleted slide back to where it was."""
    _editable(session, meeting_id)
    slide = session.get(Slide, slide_id)
    if slide is None or slide.meeting_id != meeting_id:
        raise NotFound()
    if slide.deleted_at is not None:
        quizzing.require_allowed(slide.kind, session.get_one(Meeting, meeting_id).preset)
        agenda = slides_of(session, meeting_id)
        slide.deleted_at = None
        _place(agenda, slide, slide.position)
        session.flush()
    return slide


def lock(session: Session, meeting_id: str) -> Stage | None:
    """Keep others from changing this meeting until the transaction ends, and return its stage.

    Whoever changes a meeting, its agenda or its stage does this first; then come rounds, ballots and tallies.
    """
    stage = session.get(Stage, meeting_id, with_for_update=True)
    session.get(Meeting, meeting_id, populate_existing=True)  # what was read before the wait may be out of date
    return stage


def require_editable(session: Session, meeting_id: str) -> None:
    """Raise `NotFound` or `MeetingEnded` when slides of a meeting cannot be changed; keeps nobody from ending it."""
    _in_state_to_edit(session.get(Meeting, meeting_id))


def _editable(session: Session, meeting_id: str) -> Meeting:
    lock(session, meeting_id)
    return _in_state_to_edit(session.get(Meeting, meeting_id))


def _in_state_to_edit(meeting: Meeting | None) -> Meeting:
    if meeting is None:
        raise NotFound()
    if meeting.state not in (DRAFT, LIVE):
        raise MeetingEnded()
    return meeting


def _slide(meeting: Meeting, position: int, kind: str, *, prompt: str, notes: str, settings: dict[str, Any]) -> Slide:
    return Slide(
        id=secrets.token_hex(8),
        meeting_id=meeting.id,
        position=position,
        kind=kind,
        prompt=prompt,
        notes=notes,
        settings=settings,
    )


def _place(others: list[Slide], slide: Slide, position: int) -> None:
    others.insert(max(0, position), slide)
    for index, each in enumerate(others):
        each.position = index


def _storable(value: Any) -> Any:
    """Return settings with every text in them storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(each) for each in value]
    return value


def _line(value: str, setting: str, limit: int, *, required: bool = False) -> str:
    """Return a text on one line within its limit. Raises `BadSettings`."""
    line = " ".join(storable(value).split())
    if len(line) > limit:
        raise BadSettings(reason="too_long", setting=setting, limit=limit, length=len(line))
    if required and not line:
        raise BadSettings(reason="required", setting=setting)
    return line


def count_meetings(session: Session) -> int:
    """Return how many meetings there are on this server."""
    return session.scalar(select(func.count(Meeting.id))) or 0


def count_by_state(session: Session) -> dict[str, int]:
    """Return how many meetings there are in each state."""
    counted = session.execute(select(Meeting.state, func.count().label("meetings")).group_by(Meeting.state))
    return dict.fromkeys((DRAFT, LIVE, ENDED, SEALED), 0) | {row.state: row.meetings for row in counted}


def languages_in_use(session: Session) -> list[str]:
    """Return the languages of meetings that are not over yet."""
    return list(session.scalars(select(Meeting.language).where(Meeting.state.in_((DRAFT, LIVE))).distinct()))


def is_quiet(session: Session) -> bool:
    """Tell whether no meeting is being held: none is live in which anything was done for `QUIET_AFTER`."""
    query = select(Meeting.id).where(Meeting.state == LIVE, Meeting.active_at > now() - QUIET_AFTER)
    return session.scalar(query.limit(1)) is None


def adopt(session: Session, owner_id: int) -> None:
    """Give the meetings that belong to nobody, such as a first run's demo, to a facilitator."""
    session.execute(update(Meeting).where(Meeting.owner_id.is_(None)).values(owner_id=owner_id))
