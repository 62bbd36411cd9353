"""Facilitators' accounts: who may sign in, and how that is proved."""

from pollapp.accounts.emails import normalise
from pollapp.accounts.facilitators import (
    add_facilitator,
    change_password,
    find_by_email,
    has_facilitators,
    has_outdated_hash,
    rename,
    renew_hash,
    verify,
)
from pollapp.accounts.links import check_link, create_first, issue_link, redeem_link, reset_password
from pollapp.accounts.models import EMAIL_LENGTH, NAME_LENGTH, Facilitator, OneTimeLink, SignIn

__all__ = [
    "EMAIL_LENGTH",
    "NAME_LENGTH",
    "Facilitator",
    "OneTimeLink",
    "SignIn",
    "add_facilitator",
    "change_password",
    "check_link",
    "create_first",
    "find_by_email",
    "has_facilitators",
    "has_outdated_hash",
    "issue_link",
    "normalise",
    "redeem_link",
    "rename",
    "renew_hash",
    "reset_password",
    "verify",
]
