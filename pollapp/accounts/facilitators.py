"""Facilitators: making an account, proving who one is, changing name and password."""

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pollapp.accounts import passwords
from pollapp.accounts.emails import normalise
from pollapp.accounts.models import NAME_LENGTH, Facilitator, SignIn
from pollapp.errors import BadCredentials, BadEmail, BadSettings, EmailTaken, NotFound
from pollapp.words import storable


def has_facilitators(session: Session) -> bool:
    """Tell whether anybody has an account yet."""
    return bool(session.scalar(select(exists().where(Facilitator.id.is_not(None)))))


def add_facilitator(session: Session, *, email: str, password: str, name: str) -> Facilitator:
    """Make an account. Raises `BadEmail`, `WeakPassword`, `BadSettings` (name) or `EmailTaken`."""
    email = normalise(email)
    passwords.check_policy(password, email)
    facilitator = Facilitator(email=email, name=_clean_name(name), password_hash=passwords.hash_password(password))
    try:
        with session.begin_nested():
            session.add(facilitator)
    except IntegrityError:
        raise EmailTaken from None
    return facilitator


def verify(session: Session, email: str, password: str) -> Facilitator:
    """Return the facilitator whose e-mail address and password these are.

    Raises `BadCredentials`, and takes as long to say so when the address is unknown. Only reads,
    so that hashing never holds the database's write lock.
    """
    try:
        address: str | None = normalise(email)
    except BadEmail:
        address = None
    facilitator = session.scalar(select(Facilitator).where(Facilitator.email == address)) if address else None
    if not passwords.matches(facilitator.password_hash if facilitator else None, password) or facilitator is None:
        raise BadCredentials
    return facilitator


def has_outdated_hash(facilitator: Facilitator) -> bool:
    """Tell whether the password should be hashed again at the next sign-in."""
    return passwords.is_outdated(facilitator.password_hash)


def renew_hash(session: Session, facilitator_id: int, password: str) -> None:
    """Hash a password that was just verified again, with today's parameters."""
    _get(session, facilitator_id).password_hash = passwords.hash_password(password)


def find_by_email(session: Session, email: str) -> Facilitator:
    """Return the facilitator with this address. Raises `BadEmail` or `NotFound`."""
    facilitator = session.scalar(select(Facilitator).where(Facilitator.email == normalise(email)))
    if facilitator is None:
        raise NotFound
    return facilitator


def rename(session: Session, facilitator_id: int, name: str) -> None:
    """Change the name shown to the facilitator. Raises `BadSettings`."""
    _get(session, facilitator_id).name = _clean_name(name)


def change_password(session: Session, facilitator_id: int, *, current: str, new: str) -> Facilitator:
    """Set a new password; every browser is signed out. Raises `BadCredentials` (wrong current one) or `WeakPassword`."""
    facilitator = _get(session, facilitator_id)
    if not passwords.matches(facilitator.password_hash, current):
        raise BadCredentials
    set_password(session, facilitator_id, new)
    return facilitator


def set_password(session: Session, facilitator_id: int, password: str) -> None:
    """Set a password without asking for the current one; every browser is signed out. Raises `WeakPassword`."""
    facilitator = _get(session, facilitator_id)
    passwords.check_policy(password, facilitator.email)
    facilitator.password_hash = passwords.hash_password(password)
    session.execute(delete(SignIn).where(SignIn.facilitator_id == facilitator_id))


def _get(session: Session, facilitator_id: int) -> Facilitator:
    facilitator = session.get(Facilitator, facilitator_id)
    if facilitator is None:
        raise NotFound
    return facilitator


def _clean_name(name: str) -> str:
    cleaned = " ".join(storable(name).split())
    if not cleaned:
        raise BadSettings(setting="name", reason="required")
    if len(cleaned) > NAME_LENGTH:
        raise BadSettings(setting="name", reason="too_long", limit=NAME_LENGTH, length=len(cleaned))
    return cleaned
