"""What can go wrong in the domains: a code and parameters, no words, no Flask.

`pollapp.replies` is the one place that turns these into sentences, pages and socket acks.
"""

from typing import ClassVar


class DomainError(Exception):
    """A rule of a domain was not met; `params` fills the sentence shown for `code`."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400

    def __init__(self, **params: object) -> None:
        super().__init__(self.code)
        self.params = params


class NotFound(DomainError):
    """The thing does not exist, or is not this person's to see: the reply is the same."""

    code = "not_found"
    status = 404


class NotAllowed(DomainError):
    """The person has a part in the meeting, and its role does not permit this."""

    code = "not_allowed"
    status = 403


class InvitationInvalid(DomainError):
    """A link into a meeting that opens nothing: unknown, used, withdrawn, too old, or somebody else's. All look the same."""

    code = "invitation_invalid"
    status = 404


class TooMany(DomainError):
    """A meeting has as many links or members (`reason`) as it may: `limit`."""

    code = "too_many"
    status = 422


class UnknownMeeting(DomainError):
    """No meeting answers to this join code."""

    code = "unknown_meeting"
    status = 404


class NotJoined(DomainError):
    """The phone holds no valid token for this meeting."""

    code = "not_joined"
    status = 403


class MeetingLocked(DomainError):
    """The facilitator lets no more phones in."""

    code = "locked"
    status = 403


class MeetingEnded(DomainError):
    """The meeting is over and read-only."""

    code = "ended"
    status = 410


class UndoExpired(DomainError):
    """The hour in which an end can be undone is over."""

    code = "undo_expired"
    status = 409


class StaleStage(DomainError):
    """A command was given for a stage that has changed since."""

    code = "stale"
    status = 409


class NothingToDo(DomainError):
    """A command that makes no sense at this point, such as closing a slide that asks nothing."""

    code = "nothing_to_do"
    status = 409


class UnknownAction(DomainError):
    """A command that does not exist."""

    code = "unknown_action"


class BadCommand(DomainError):
    """A command whose parameters do not fit; `reason` says which."""

    code = "bad_command"


class UnknownKind(DomainError):
    """No slide kind has this name."""

    code = "unknown_kind"


class BadSettings(DomainError):
    """A slide, meeting or account setting outside its limits; `reason` and `limit` say which."""

    code = "bad_settings"
    status = 422


class SettingsFrozen(DomainError):
    """A change that would alter what people already answered; ask again instead."""

    code = "settings_frozen"
    status = 409


class PresetFrozen(DomainError):
    """The privacy preset cannot change after the first answer."""

    code = "preset_frozen"
    status = 409


class RetentionPromised(DomainError):
    """Answers can be kept for `most` days at most: people who answered were promised that."""

    code = "retention_promised"
    status = 409


class TooManySlides(DomainError):
    """The agenda is at its `limit`."""

    code = "too_many_slides"
    status = 422


class BadAnswer(DomainError):
    """An answer its kind does not accept: `reason`, and often `limit` and `length`."""

    code = "bad_answer"
    status = 422

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason=reason, **params)
        self.reason = reason


class BadPicture(DomainError):
    """A file that is no picture, or not one to show; `reason`, and often `limit`, say why."""

    code = "bad_picture"
    status = 422


class BadQuestion(DomainError):
    """A question, reply or label outside what a board takes: `reason`, and often `limit` and `length`."""

    code = "bad_question"
    status = 422


class BoardFull(DomainError):
    """The board holds as many questions as it can."""

    code = "board_full"
    status = 409


class BoardClosed(DomainError):
    """The board takes no questions and upvotes now."""

    code = "board_closed"
    status = 409


class BadUpvote(DomainError):
    """An answer cannot be upvoted: `reason` says why."""

    code = "bad_upvote"
    status = 409


class NoQuestionsLeft(DomainError):
    """This phone has asked as many questions as the facilitator allows each person."""

    code = "no_questions_left"
    status = 409


class BadNickname(DomainError):
    """A nickname that cannot be used; `reason` says why, with its `length` and the `limit` where it is too long."""

    code = "bad_nickname"
    status = 422


class NicknameTaken(DomainError):
    """Somebody else in this meeting has this nickname, or one that looks the same."""

    code = "nickname_taken"
    status = 409


class NicknameGiven(DomainError):
    """The facilitator took the chosen nickname away; the one that was given stays."""

    code = "nickname_given"
    status = 409


class TextChanged(DomainError):
    """A decision about a text that its writer has changed, or that was reviewed elsewhere, since it was read."""

    code = "text_changed"
    status = 409


class BadDecision(DomainError):
    """A decision that does not fit the entry; `reason` says why."""

    code = "bad_decision"
    status = 422


class Outdated(DomainError):
    """Something was to be done to what is not there any more: a word, a change that is taken back, rounds. `reason` says which."""

    code = "outdated"
    status = 409


class BadCuration(DomainError):
    """A change of a word cloud that cannot be made; `reason`, and often `limit` and `length`, say why."""

    code = "bad_curation"
    status = 422


class Sealed(DomainError):
    """The meeting is sealed, and what the seal destroyed cannot be changed any more."""

    code = "sealed"
    status = 409


class UnknownRound(DomainError):
    """No such round in this meeting."""

    code = "unknown_round"
    status = 404


class KeyDestroyed(DomainError):
    """The meeting's key is gone: it was sealed, or the key folder is not the one it was made with."""

    code = "key_destroyed"
    status = 410


class TryAgain(DomainError):
    """It is unknown whether the answer was stored; sending it again is safe."""

    code = "try_again"
    status = 503


class Unavailable(DomainError):
    """The database does not answer, or was busy for too long."""

    code = "unavailable"
    status = 503


class Unstorable(DomainError):
    """Characters that a database cannot hold: the NUL character, or half of a surrogate pair."""

    code = "unstorable"
    status = 422


class MeetingFull(DomainError):
    """No phone more can be connected, or none more from this address."""

    code = "full"
    status = 503


class TooManyAtOnce(DomainError):
    """Too many phones join in this second; `within_ms` tells in what spread to come again."""

    code = "busy"
    status = 503


class SlowDown(DomainError):
    """Too many messages from one socket, or too many wrong guesses."""

    code = "slow_down"
    status = 429


class BadCredentials(DomainError):
    """E-mail address and password do not belong together."""

    code = "bad_credentials"
    status = 403


class LinkExpired(DomainError):
    """A one-time link that was used, has expired or never existed."""

    code = "link_expired"
    status = 410


class EmailTaken(DomainError):
    """There is an account with this e-mail address already."""

    code = "email_taken"
    status = 409


class BadEmail(DomainError):
    """Not an e-mail address."""

    code = "bad_email"
    status = 422


class WeakPassword(DomainError):
    """A password that is too short, too long (`least`, `most`) or equals the e-mail address."""

    code = "weak_password"
    status = 422
