"""The one place that turns errors into words, pages and socket acks, in the reader's language."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import Flask, current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from pollapp import kinds, locales
from pollapp.errors import DomainError
from pollapp.gettext import N_

MESSAGES: dict[str, str] = {
    "not_found": N_("This page does not exist, or it is not yours to see."),
    "not_allowed": N_(
        "Your role in this meeting does not include this. Ask its owner to do it, or to give you another role."
    ),
    "invitation_invalid": N_(
        "This link does not work: it has been used or withdrawn, it is too old, or it is meant for somebody else. "
        "Ask whoever sent it to you for a new one."
    ),
    "too_many.links": N_("A meeting may have up to %(limit)s links at a time. Withdraw one first."),
    "too_many.members": N_("A meeting may have up to %(limit)s people besides its owner. One has to leave first."),
    "unknown_meeting": N_("No meeting has this code. Check the code on the screen and try again."),
    "not_joined": N_("This phone is not in the meeting. Join again with the code on the screen."),
    "locked": N_("The facilitator has locked the meeting: nobody else can join now. Ask to be let in, then try again."),
    "full": N_("The meeting is full at the moment. Wait a little, then try again."),
    "busy": N_("Many people are joining right now. Wait a moment, then try again."),
    "ended": N_("The meeting has ended."),
    "undo_expired": N_(
        "The end can no longer be undone: the hour is over, or the keys that tied phones to answers are destroyed."
    ),
    "stale": N_("The screen had changed in the meantime. Please try again."),
    "nothing_to_do": N_("There is nothing to do here."),
    "nothing_to_do.last_slide": N_("This is the last slide."),
    "nothing_to_do.first_slide": N_("This is the first slide."),
    "nothing_to_do.no_slides": N_("This meeting has no slides yet. Add one on your desk."),
    "nothing_to_do.no_poll": N_("This slide asks nothing."),
    "nothing_to_do.no_correct": N_("No answer is marked as correct. Mark it in the editor first."),
    "nothing_to_do.one_round": N_("There is one round only. Ask again first, then compare."),
    "nothing_to_do.no_text": N_("This answer is not on the screen now."),
    "nothing_to_do.no_texts": N_("There are no open answers here to show large."),
    "nothing_to_do.no_upvotes": N_("Nobody can upvote answers here."),
    "nothing_to_do.first_text": N_("This is the first answer."),
    "nothing_to_do.last_text": N_("This is the last answer."),
    "nothing_to_do.results_hidden": N_("Results are hidden. Show them first."),
    "nothing_to_do.not_open": N_("Open the poll first: a countdown closes an open poll."),
    "unknown_action": N_("This command does not exist."),
    "bad_command": N_("This command does not fit."),
    "bad_command.countdown": N_("A countdown takes from %(least)s seconds to %(most)s seconds."),
    "unknown_kind": N_("There is no such kind of slide."),
    "bad_settings": N_("This cannot be stored as it is."),
    "bad_settings.too_long": N_("This is too long: %(length)s characters, and up to %(limit)s fit."),
    "bad_settings.required": N_("Please fill this in."),
    "bad_settings.unknown_choice": N_("Please choose one of the options on offer."),
    "bad_settings.on_stage": N_("This slide is on the screen right now. Go to another one first, then delete it."),
    "bad_settings.days": N_(
        "With this privacy, answers are erased after %(least)s to %(most)s days. Choose a number in between."
    ),
    "bad_settings.day_is_past": N_("That day is over. To erase everything now, delete the meeting."),
    "settings_frozen": N_(
        "People have been asked this already, so only wording can be mended. To change the options, ask again in a new slide."
    ),
    "preset_frozen": N_("Somebody has answered already, so what was promised about privacy can no longer change."),
    "retention_promised": N_(
        "People have answered and were promised when their answers are erased, so this can only be made shorter: "
        "%(most)s or less."
    ),
    "too_many_slides": N_("A meeting may have up to %(limit)s slides."),
    "bad_settings.host": N_(
        "“%(name)s” is not the name of a host. Write it as in a link, such as www.youtube.com: without *, and no numbers."
    ),
    "bad_settings.too_many_hosts": N_("The list takes up to %(limit)s hosts, and this one has %(length)s."),
    "bad_settings.too_many_names": N_("The list takes up to %(limit)s names, and this one has %(length)s."),
    "bad_settings.too_many_words": N_("The list takes up to %(limit)s words, and this one has %(length)s."),
    "bad_picture": N_("This picture cannot be used. Please choose another one."),
    "bad_picture.none": N_("No picture arrived. Please choose it again."),
    "bad_picture.too_heavy": N_(
        "This file is too large: pictures may have up to %(limit)s MB. Save it smaller and try again."
    ),
    "bad_picture.too_large": N_(
        "This picture has too many pixels: up to %(limit)s million fit. Save it smaller and try again."
    ),
    "bad_picture.too_small": N_(
        "This picture is too small: it needs %(limit)s pixels on each side, better a thousand."
    ),
    "bad_picture.too_long": N_("This picture is too long for its width: crop it to %(limit)s to 1 or less."),
    "bad_picture.unreadable": N_(
        "This file is not a picture that can be read. Use JPEG, PNG or WebP; a photo in another format can be saved as JPEG."
    ),
    "bad_picture.too_many": N_("This meeting has %(limit)s pictures already, the most there can be."),
    "text_changed": N_("This text has changed since you read it. Please look at it again."),
    "bad_decision": N_("This cannot be decided here."),
    "bad_decision.nothing_found": N_("None of this is in the text. Write each word as it stands there."),
    "bad_decision.too_many_words": N_("Up to %(limit)s words can be blacked out at once."),
    "bad_decision.too_many_entries": N_("Up to %(limit)s entries can be decided about at once."),
    "bad_decision.carried_out": N_("The meeting is sealed: what was blacked out or dropped cannot be brought back."),
    "outdated.word": N_("This word is not in the cloud any more, so nothing was done. This is what is there now."),
    "outdated.undone": N_("This has been taken back already."),
    "outdated.rounds": N_(
        "Something was asked or cleared in the meantime, so nothing was cleared now. Look at the results once more."
    ),
    "bad_curation": N_("This cannot be done to a word."),
    "bad_curation.nothing": N_("Choose a word first."),
    "bad_curation.same": N_("The word is called this already."),
    "bad_curation.no_name": N_("Write what the word is to be called."),
    "bad_curation.too_long": N_("A name has up to %(limit)s characters, and this one has %(length)s."),
    "bad_curation.too_many": N_("A word cloud takes up to %(limit)s changes. Take one back first."),
    "bad_curation.too_many_words": N_("Up to %(limit)s words can be changed at once."),
    "sealed": N_("The meeting is sealed, and the list of names was destroyed with its key."),
    "sealed.rules": N_("The meeting is sealed, and its rules of moderation stay as they are."),
    "bad_answer": N_("This answer cannot be accepted."),
    "bad_answer.too_long": N_(
        "Your answer has %(length)s characters; up to %(limit)s fit. Please shorten it: nothing was lost."
    ),
    "bad_answer.empty": N_("Please write something first."),
    "bad_answer.too_many": N_("Please choose at most %(limit)s."),
    "bad_answer.too_few": N_("Please choose at least %(limit)s."),
    "bad_answer.unknown_option": N_("One of these options no longer exists. Please choose again."),
    "bad_answer.not_text": N_("Please answer in words."),
    "bad_answer.not_options": N_("Please choose from the options."),
    "unknown_round": N_("This question is no longer there."),
    "bad_question": N_("This cannot be taken as it is."),
    "bad_question.empty": N_("Please write something first."),
    "bad_question.gone": N_("This question is no longer on the board."),
    "bad_question.not_text": N_("Please ask in words."),
    "bad_question.too_long": N_(
        "This has %(length)s characters; up to %(limit)s fit. Please shorten it: nothing was lost."
    ),
    "bad_question.too_many_labels": N_("A question takes up to %(limit)s labels."),
    "bad_question.long_label": N_("A label takes up to %(limit)s characters, and one of these has %(length)s."),
    "bad_question.per_person": N_("Choose a number of questions per person from %(least)s to %(limit)s."),
    "bad_question.merged_with_itself": N_("Choose another question that this one says the same as."),
    "bad_upvote": N_("This cannot be taken as it is."),
    "bad_upvote.closed": N_("Answers can be upvoted while the screen shows them."),
    "bad_upvote.unknown_text": N_("This answer is gone, or its writer changed it. Read it again below."),
    "bad_upvote.removed": N_("The facilitator removed this answer."),
    "board_closed": N_("Questions are closed, so yours came too late. The facilitator can open them again."),
    "board_full": N_("The board is full: up to %(limit)s questions fit. You can still upvote those of others."),
    "no_questions_left": N_("You have asked all the questions you may: %(limit)s."),
    "bad_nickname": N_("Please choose another nickname."),
    "bad_nickname.empty": N_("Please write a nickname with at least one letter or digit."),
    "bad_nickname.too_long": N_("A nickname may have up to %(limit)s characters."),
    "bad_nickname.offensive": N_("This nickname may offend others. Please choose another one."),
    "bad_nickname.personal": N_("A nickname is no place for an address or a number. Please choose another one."),
    "bad_nickname.no_quiz": N_("Nicknames are for quizzes alone, and none is on now."),
    "nickname_taken": N_("Somebody has this nickname already. Please choose another one."),
    "nickname_given": N_("The facilitator took your nickname away, so the one you were given stays."),
    "bad_settings.quiz": N_(
        "Quizzes show nicknames and points one by one, which the Chatham House rule does not allow. Use a meeting with "
        "“Standard” privacy for them."
    ),
    "bad_settings.too_many_accepted": N_("Up to %(limit)s answers can be accepted. Take one back first."),
    "bad_settings.none_correct": N_("One option at least has to count. Accept the right one first."),
    "sealed.quiz": N_("The meeting is sealed: only nicknames and points are left of the quiz."),
    "nothing_to_do.quiz_open": N_("People are still answering this quiz question. Close it first."),
    "nothing_to_do.quiz_over": N_("The time of this quiz question is over. Ask again to play it anew."),
    "key_destroyed": N_("The meeting has ended."),
    "try_again": N_("Your answer could not be stored just now. Please send it again."),
    "try_again.by_form": N_(
        "Your answer could not be stored just now. Go back and send it again; what was saved before is not lost."
    ),
    "unavailable": N_(
        "The server cannot reach what it stores just now. What was saved is not lost. Please try again in a moment."
    ),
    "unstorable": N_("This holds characters that cannot be stored. Please remove them and try again."),
    "slow_down": N_("That was too fast. Please wait a moment and try again."),
    "closed": N_("This question is closed, so your answer came too late."),
    "closed_earlier_counts": N_("This question is closed. Your earlier answer counts."),
    "superseded": N_("You have changed this answer in another window; that one counts."),
    "removed": N_("The facilitator removed your answer."),
    "bad_credentials": N_("E-mail address and password do not belong together."),
    "link_expired": N_("This link has been used or has expired. Ask whoever runs the server for a new one."),
    "email_taken": N_("There is an account with this e-mail address already."),
    "bad_email": N_("This is not an e-mail address."),
    "weak_password": N_("Choose a password of %(least)s to %(most)s characters that is not your e-mail address."),
    "csrf": N_(
        "This page was open for too long, or your browser blocks cookies. Go back, reload the page and try again."
    ),
    "server_error": N_("Something went wrong here. Nothing you sent before is lost. Please try again in a moment."),
    "http.400": N_("Your browser sent something this page does not understand. Go back and try again."),
    "http.403": N_("You are not allowed to do this. If you followed a link, go to the front page and start there."),
    "http.404": N_("This page does not exist, or it is not yours to see."),
    "http.405": N_("This page cannot be used in this way. Go back and try again."),
    "http.413": N_("What you sent is too large."),
    "http.429": N_("That was too fast. Please wait a minute and try again."),
}
"""What each error says: what went wrong, and what to do next."""

_NO_WAY_BACK = {404, 410}
"""After these there is no meeting to go back to."""

TITLES: dict[int, str] = {
    400: N_("That did not work"),
    403: N_("Not allowed"),
    404: N_("Not found"),
    409: N_("Not possible now"),
    410: N_("It is over"),
    413: N_("Too large"),
    422: N_("That did not work"),
    429: N_("Too fast"),
    500: N_("Something went wrong"),
    503: N_("Please try again"),
}


def message(error: DomainError) -> str:
    """Return the sentence for an error."""
    return words(error.code, error.params)


def words(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence for a code, the most exact one there is."""
    reason = params.get("reason")
    msgid = (
        MESSAGES.get(f"{code}.{reason}")
        or (code == "bad_answer" and _of_kinds().get(str(reason)))
        or MESSAGES.get(code)
        or MESSAGES["server_error"]
    )
    text: str = _(msgid, **params) if params else _(msgid)
    return text


@cache
def _of_kinds() -> dict[str, str]:
    return {reason: msgid for kind in kinds.all_kinds() for reason, msgid in kinds.messages(kind).items()}


def ack(error: DomainError) -> dict[str, Any]:
    """Return the socket ack for an error: a code and its parameters, no words."""
    return {"ok": False, "code": error.code, **error.params}


def init_app(app: Flask) -> None:
    """Answer every error with a designed page, or with JSON where a script asked."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(RateLimitExceeded, _too_fast)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _server_error)


def page(status: int, text: str, code: str) -> ResponseReturnValue:
    """Return the error page, or JSON for a script."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(ok=False, code=code, message=text), status
    title = _(TITLES.get(status, TITLES[400] if status < 500 else TITLES[500]))
    action_url, action_label = _way_out(status, code)
    # No context processors: they may touch the very thing that failed.
    shown = current_app.jinja_env.get_template("error.html").render(
        **locales.names(),
        status=status,
        title=title,
        text=text,
        action_url=action_url,
        action_label=action_label,
        stylesheet=_stylesheet(),
    )
    return shown, status


def _way_out(status: int, error: str) -> tuple[str, str]:
    """Return the address and the name of where to go from an error page: back into the meeting, if there is one.

    Whoever presents has a desk; a screen that came by a link has none.
    """
    if request.path.startswith("/desk") or (request.path.startswith("/present") and error != "invitation_invalid"):
        return url_for("facilitator.meetings"), _("Go to your meetings")
    code = (request.view_args or {}).get("code")
    if code and status not in _NO_WAY_BACK:
        return url_for("participant.meeting", code=code), _("Go to the meeting")
    return url_for("participant.front"), _("Go to the front page")


def _stylesheet() -> str | None:
    """Return the style sheet's address: without a build the page must still be readable."""
    try:
        return str(current_app.jinja_env.globals["asset"]("participant.css"))  # type: ignore[operator]  # assets puts a function there
    except RuntimeError:
        return None


def _domain_error(error: DomainError) -> ResponseReturnValue:
    return page(error.status, message(error), error.code)


def _csrf_error(error: CSRFError) -> ResponseReturnValue:
    return page(400, words("csrf", {}), "csrf")


def _too_fast(error: RateLimitExceeded) -> ResponseReturnValue:
    return page(429, words("slow_down", {}), "slow_down")


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if 300 <= status < 400:
        return error
    code = f"http.{status}" if f"http.{status}" in MESSAGES else "http.400" if status < 500 else "server_error"
    response = current_app.make_response(page(status, words(code, {}), code))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _server_error(error: Exception) -> ResponseReturnValue:
    """Say that something went wrong, and nothing about what: the log has the traceback."""
    current_app.logger.error("unexpected error", exc_info=error)
    return page(500, words("server_error", {}), "server_error")
