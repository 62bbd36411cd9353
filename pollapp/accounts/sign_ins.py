"""Where facilitators are signed in: begun and ended on the server, so that signing out really ends it."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pollapp.accounts.models import Facilitator, SignIn
from pollapp.accounts.secret import digest_of, new_secret, now

LIFETIME_S = 14 * 24 * 3600
"""After this a facilitator types the password again."""


def begin(session: Session, facilitator_id: int) -> str:
    """Sign a browser in and return the secret its cookie carries."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= now()))
    secret, digest = new_secret()
    session.add(SignIn(digest=digest, facilitator_id=facilitator_id, expires_at=now() + LIFETIME_S))
    return secret


def facilitator_of(session: Session, secret: str) -> Facilitator | None:
    """Return who is signed in with this secret, if it is still good."""
    return session.scalar(
        select(Facilitator)
        .join(SignIn, SignIn.facilitator_id == Facilitator.id)
        .where(SignIn.digest == digest_of(secret), SignIn.expires_at > now())
    )


def finish(session: Session, secret: str) -> None:
    """Sign this browser out."""
    session.execute(delete(SignIn).where(SignIn.digest == digest_of(secret)))
