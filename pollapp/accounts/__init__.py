"""Facilitators' accounts: who may sign in, how that is proved, and what each role in a meeting permits."""

from pollapp.accounts import roles
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
from pollapp.accounts.roles import RIGHTS, Permission, Role, permits
from pollapp.accounts.secret import digest_of, new_secret
from pollapp.accounts.secret import now as unix_now

__all__ = [
    "EMAIL_LENGTH",
    "NAME_LENGTH",
    "RIGHTS",
    "Facilitator",
    "OneTimeLink",
    "Permission",
    "Role",
    "SignIn",
    "add_facilitator",
    "change_password",
    "check_link",
    "create_first",
    "digest_of",
    "find_by_email",
    "has_facilitators",
    "has_outdated_hash",
    "issue_link",
    "new_secret",
    "normalise",
    "permits",
    "redeem_link",
    "rename",
    "renew_hash",
    "reset_password",
    "roles",
    "unix_now",
    "verify",
]
