"""One written form for each e-mail address."""

from email_validator import EmailNotValidError, validate_email

from pollapp.errors import BadEmail


def normalise(email: str) -> str:
    """Return the address as it is stored and compared: trimmed, normalised and in lower case.

    Nothing is looked up: a server in a room without internet must be able to make accounts,
    and addresses on a local network's names (`ada@office.local`) are as good as others.
    Raises `BadEmail`.
    """
    try:
        checked = validate_email(email.strip(), check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise BadEmail from None
    return checked.normalized.lower()
