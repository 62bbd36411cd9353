"""The form of the operator's page."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired


class TokenForm(FlaskForm):
    """The token that opens the numbers."""

    token = PasswordField(
        _l("Token"),
        [InputRequired(_l("Please fill this in."))],
        description=_l("It is what POLLAPP_METRICS_TOKEN was set to when the server was started."),
        render_kw={"autocomplete": "off", "autofocus": True},
    )
