"""One-time links: to make the first account, or to set a new password."""

from typing import Literal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from pollapp.accounts.facilitators import add_facilitator, has_facilitators, set_password
from pollapp.accounts.models import Facilitator, OneTimeLink
from pollapp.accounts.secret import digest_of, new_secret, now
from pollapp.errors import LinkExpired

Purpose = Literal["first", "reset"]

LIFETIME_S: dict[Purpose, int] = {"first": 7 * 24 * 3600, "reset": 24 * 3600}


def issue_link(session: Session, purpose: Purpose, facilitator_id: int | None = None) -> str:
    """Make a one-time link and return its secret part. Earlier links for the same thing stop working."""
    if (purpose == "reset") != (facilitator_id is not None):
        raise ValueError("a reset link belongs to a facilitator, the first link to nobody")
    session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.purpose == purpose, OneTimeLink.facilitator_id.is_not_distinct_from(facilitator_id)
        )
    )
    session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at <= now()))
    secret, digest = new_secret()
    session.add(
        OneTimeLink(
            digest=digest, purpose=purpose, facilitator_id=facilitator_id, expires_at=now() + LIFETIME_S[purpose]
        )
    )
    return secret


def check_link(session: Session, secret: str, purpose: Purpose) -> OneTimeLink:
    """Return the link without using it up. Raises `LinkExpired` when it is used, too old, of another purpose or unknown."""
    link = session.get(OneTimeLink, digest_of(secret))
    if link is None or link.purpose != purpose or link.expires_at <= now():
        raise LinkExpired(purpose=purpose)
    if purpose == "first" and has_facilitators(session):
        raise LinkExpired(purpose=purpose)
    return link


def redeem_link(session: Session, secret: str, purpose: Purpose) -> int | None:
    """Use up a link and return whom it belongs to, if anybody. Of two uses at once, one gets `LinkExpired`."""
    link = check_link(session, secret, purpose)
    gone = session.execute(
        delete(OneTimeLink).where(OneTimeLink.digest == link.digest).returning(OneTimeLink.digest)
    ).all()
    if not gone:
        raise LinkExpired(purpose=purpose)
    return link.facilitator_id


def create_first(session: Session, secret: str, *, email: str, password: str, name: str) -> Facilitator:
    """Make the first account with the link printed at start. Raises what `redeem_link` and `register` raise."""
    redeem_link(session, secret, "first")
    return add_facilitator(session, email=email, password=password, name=name)


def reset_password(session: Session, secret: str, password: str) -> None:
    """Set a new password with a reset link; every browser is signed out."""
    facilitator_id = redeem_link(session, secret, "reset")
    if facilitator_id is None:
        raise LinkExpired(purpose="reset")
    set_password(session, facilitator_id, password)
