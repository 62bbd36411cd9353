"""What a phone does with answers of others: the same for a socket message and for a plain form."""

from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from pollapp.ballots import upvoting
from pollapp.ballots.upvoting import OwnUpvote, TextFate, TextVote, Upvotable
from pollapp.errors import TryAgain, Unavailable
from pollapp.extensions import database, hub
from pollapp.live import figures
from pollapp.live.texts import LiveTexts
from pollapp.participant.phone import Phone
from pollapp.participant.showing import showing


class TextsPlace(NamedTuple):
    """What a phone finds: the answers everybody sees, which of them it upvoted, and under which names its own go."""

    texts: LiveTexts
    upvotes: dict[str, OwnUpvote]
    own: list[str]


def follow(phone: Phone) -> TextsPlace:
    """Return the answers as they were last told, as a beginning of what this phone hears of them."""
    return _place(phone, hub.texts.told(phone.meeting_id))


def look(phone: Phone) -> TextsPlace:
    """Return the answers as they are at this very moment."""
    return _place(phone, hub.texts.fresh(phone.meeting_id))


def _place(phone: Phone, texts: LiveTexts) -> TextsPlace:
    if texts.round_id is None:
        return TextsPlace(texts, {}, [])
    slots = showing.of(phone.meeting_id).slots.get(texts.round_id, 0)
    names = upvoting.own_names(phone.key, phone.identity, texts.round_id, slots)
    return TextsPlace(texts, database.read(_own, phone, texts.round_id, texts.told()), names)


def _own(session: Session, phone: Phone, round_id: int, answers: list[Upvotable]) -> dict[str, OwnUpvote]:
    return upvoting.own(session.connection(), phone.key, phone.identity, round_id, answers)


def upvote(phone: Phone, round_id: int, text_id: str, seen: str, revision: int, *, given: bool) -> TextFate:
    """Give or take back an upvote and return what became of it.

    `seen` is what the phone was told of the text, so that nobody upvotes words they have not read. Raises `TryAgain`.
    """
    try:
        texts = hub.texts.told(phone.meeting_id)
        if texts.round_id != round_id or texts.find(text_id, seen) is None:
            texts = hub.texts.fresh(phone.meeting_id)  # there since a moment
    except Unavailable as error:
        raise TryAgain() from error
    if texts.round_id != round_id:
        figures.refused("closed")
        return TextFate("closed")
    answer = texts.find(text_id, seen)
    if answer is None:
        figures.refused("unknown_text")
        return TextFate("unknown_text")
    upvote_id = upvoting.upvote_id(phone.key, phone.identity, round_id, text_id, answer.words)
    result = hub.store(TextVote(round_id, upvote_id, text_id, answer.words, revision, given))
    if not isinstance(result, TextFate):
        raise TryAgain()
    return result


def ack(fate: TextFate) -> dict[str, Any]:
    """Return the socket ack for what became of an upvote."""
    told = {"revision": fate.revision, "given": fate.given}
    return {
        "ok": fate.code == "saved",
        "code": fate.code,
        **{name: value for name, value in told.items() if value is not None},
    }
