"""One written form for each e-mail address."""

import email_validator

from pollapp.errors import BadEmail

# Nothing is ever sent to an address, so names that only mean something on a local network are as good as others.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()


def normalise(email: str) -> str:
    """Return the address as it is stored and compared: trimmed, normalised and in lower case.

    Nothing is looked up: a server in a room without internet must be able to make accounts. Raises `BadEmail`.
    """
    try:
        checked = email_validator.validate_email(email.strip(), check_deliverability=False, globally_deliverable=False)
    except email_validator.EmailNotValidError:
        raise BadEmail from None
    return checked.normalized.lower()
