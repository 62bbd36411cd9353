"""The server with leaks planted in it: the canaries have to find each, or they prove nothing."""

import sys

import wsgi  # first: it patches the standard library
from pollapp.ballots import ids
from pollapp.live import writer
from pollapp.participant import views
from tests.hasty import make_hasty


def say(what: object) -> None:
    """Log what ought not to be logged."""
    sys.stderr.write(f"DEBUG {what}\n")


def log_tokens() -> None:
    """Log each token as it is read."""
    read_token = ids.read_token
    ids.read_token = lambda key, token: (say(token), read_token(key, token))[1]


def log_addresses() -> None:
    """Log where each request came from."""
    views.blueprint.before_app_request(lambda: say(views.request.remote_addr))


def log_agents() -> None:
    """Log each request's browser."""
    views.blueprint.before_app_request(lambda: say(views.request.user_agent))


def log_answers() -> None:
    """Log each batch."""
    store_batch = writer.store_batch
    writer.store_batch = lambda connection, casts: (say(casts), store_batch(connection, casts))[1]


def keep_an_audit_trail() -> None:
    """Remember what each changed ballot said before."""
    store_batch = writer.store_batch

    def store(connection, casts):
        connection.exec_driver_sql("create table if not exists trail (answer text)")
        connection.exec_driver_sql(
            "create trigger if not exists remember after update on ballot begin insert into trail values (old.answer); end"
        )
        return store_batch(connection, casts)

    writer.store_batch = store


LEAKS = {
    "token": log_tokens,
    "address": log_addresses,
    "agent": log_agents,
    "text in the log": log_answers,
    "old text": keep_an_audit_trail,
}
"""By the kind of sighting that each has to cause (`canaries.LEAKS`)."""

if __name__ == "__main__":
    for plant in LEAKS.values():
        plant()
    make_hasty()
    sys.exit(wsgi.main())
