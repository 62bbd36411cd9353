"""Forms of the desk. A slide kind brings its own, see `pollapp.kinds`."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import TextArea

from pollapp.accounts import EMAIL_LENGTH, NAME_LENGTH
from pollapp.accounts.passwords import LEAST, MOST
from pollapp.kinds import MOST_HOSTS
from pollapp.meetings.agenda import NOTES_LENGTH, PROMPT_LENGTH, TITLE_LENGTH
from pollapp.playing import is_this_server


def text_of(field: Field) -> str:
    """Return what was typed, or an empty text."""
    return str(field.data or "")


_needed = DataRequired(_l("Please fill this in."))
_password_length = Length(LEAST, MOST, _l("Please use %(min)d to %(max)d characters."))


class SignInForm(FlaskForm):
    """E-mail address and password."""

    email = EmailField(
        _l("E-mail"), [_needed, Length(max=EMAIL_LENGTH)], render_kw={"autocomplete": "username", "autofocus": True}
    )
    password = PasswordField(
        _l("Password"), [InputRequired(_l("Please fill this in."))], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


class NewAccountForm(FlaskForm):
    """A new account: the first one, or an open registration."""

    name = StringField(
        _l("Your name"), [_needed, Length(max=NAME_LENGTH)], render_kw={"autocomplete": "name", "autofocus": True}
    )
    email = EmailField(
        _l("E-mail"),
        [_needed, Length(max=EMAIL_LENGTH)],
        description=_l("You sign in with it. Nothing is ever sent to it."),
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Please fill this in.")), _password_length],
        description=_l("At least 10 characters. A few words in a row are easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )


class NewPasswordForm(FlaskForm):
    """A new password, asked for by a one-time link."""

    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Please fill this in.")), _password_length],
        description=_l("At least 10 characters. A few words in a row are easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )


class NameForm(FlaskForm):
    """The facilitator's own name."""

    name = StringField(_l("Your name"), [_needed, Length(max=NAME_LENGTH)], render_kw={"autocomplete": "name"})


class ChangePasswordForm(NewPasswordForm):
    """A new password, given the current one."""

    current = PasswordField(
        _l("Current password"),
        [InputRequired(_l("Please fill this in."))],
        render_kw={"autocomplete": "current-password"},
    )


class NewMeetingForm(FlaskForm):
    """A first prompt and its kind are enough; the title can come later."""

    prompt = TextAreaField(
        _l("What do you want to ask?"),
        [Length(max=PROMPT_LENGTH)],
        render_kw={"autofocus": True, "rows": 2, "maxlength": PROMPT_LENGTH, "dir": "auto"},
    )
    kind = RadioField(_l("How do people answer?"), default="choice")
    title = StringField(
        _l("Title of the meeting"),
        [Length(max=TITLE_LENGTH)],
        description=_l("Shown while people join. You can leave it for later."),
        render_kw={"maxlength": TITLE_LENGTH, "dir": "auto", "autocomplete": "off"},
    )

    def offer_kinds(self, names: Iterable[str]) -> "NewMeetingForm":
        """Set the kinds to choose from."""
        self.kind.choices = {name: name for name in names}
        return self


class InvitationForm(FlaskForm):
    """A link into a meeting: for whom, and what it lets them do."""

    role = HiddenField()
    email = EmailField(
        _l("For whom?"),
        [Length(max=EMAIL_LENGTH)],
        description=_l(
            "The e-mail address of somebody’s account: then nobody else can use the link. Nothing is sent to it, and "
            "whether there is such an account is not told. Without an address, whoever opens the link first takes part."
        ),
        render_kw={"autocomplete": "off"},
    )


class LinesField(Field):
    """A list of names, one on each line; commas part them too."""

    widget = TextArea()  # type: ignore[assignment]  # it asks a field for no more than its text

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed apart."""
        if valuelist:
            self.data = [name for line in valuelist[0].replace(",", "\n").splitlines() if (name := line.strip())]

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "\n".join(self.data or ())


class MeetingForm(FlaskForm):
    """Settings of a meeting."""

    title = StringField(
        _l("Title"),
        [_needed, Length(max=TITLE_LENGTH)],
        render_kw={"maxlength": TITLE_LENGTH, "dir": "auto", "autocomplete": "off"},
    )
    language = SelectField(
        _l("Language of the answers"),
        description=_l("Decides which words count as the same, and the direction of the text."),
    )
    theme = RadioField(_l("Light or dark"))
    accent = RadioField(_l("Colour"))
    preset = RadioField(_l("Privacy"))
    keep_days = IntegerField(
        _l("Erase answers so many days after the end"),
        [InputRequired(_l("Please give a whole number of days."))],
        render_kw={"inputmode": "numeric", "min": 1},
    )
    locked = BooleanField(_l("Let nobody else join"), description=_l("Phones that are in stay in."))
    video_hosts = LinesField(
        _l("Hosts whose videos the screen may play"),
        description=_l("One per line, such as www.youtube.com or vimeo.com. Up to %(limit)s.", limit=MOST_HOSTS),
        render_kw={"rows": 3, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"},
    )

    def validate_video_hosts(self, field: LinesField) -> None:
        """Refuse this server's own name: its pages belong into no frame."""
        for name in field.data or ():
            if is_this_server(name):
                raise ValidationError(
                    _("“%(name)s” is this server itself: nothing has to be allowed for it.", name=name)
                )


class SlideForm(FlaskForm):
    """What every slide has."""

    prompt = TextAreaField(
        _l("Prompt"),
        [Length(max=PROMPT_LENGTH, message=_l("Up to %(max)d characters fit here."))],
        render_kw={"rows": 2, "dir": "auto", "data-limit": PROMPT_LENGTH},
    )
    notes = TextAreaField(
        _l("Speaker notes"),
        [Length(max=NOTES_LENGTH, message=_l("Up to %(max)d characters fit here."))],
        description=_l("Only you see them."),
        render_kw={"rows": 3, "dir": "auto", "data-limit": NOTES_LENGTH},
    )
    opens_on_arrival = BooleanField(_l("Open for answers as soon as it is shown"))
    stays_open = BooleanField(_l("Stay open when you move on"))
    results_hidden = BooleanField(_l("Keep results hidden until you show them"))
