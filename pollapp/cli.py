"""Commands for whoever runs the server: `.venv/bin/flask --app pollapp:create_app pollapp ...`."""

from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy.orm import Session

import pollapp.start
from pollapp import accounts
from pollapp.errors import DomainError
from pollapp.extensions import database, hub
from pollapp.meetings import ending
from pollapp.meetings.ending import is_due
from pollapp.security import address

commands = AppGroup("pollapp", help="Run and look after pollapp.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(commands)


@commands.command("migrate")
def migrate() -> None:
    """Bring the database to the current schema."""
    pollapp.start.migrate(database.engine)
    click.echo("The database is up to date.")


DONE = {
    "end": "Ended {}: nothing was done in it for 72 hours.",
    "seal": "Sealed {}: its keys are destroyed and its ballots reduced.",
    "erase": "Erased {}.",
}


@commands.command("seal-due")
def seal_due() -> None:
    """End meetings left alone, seal those whose hour is over, erase those whose day has come."""
    done = hub.keep_house()
    for step, meeting_id in done:
        click.echo(DONE[step].format(meeting_id))
    if not done:
        click.echo("Nothing was due.")


@commands.command("due")
def due() -> None:
    """List what happens to meetings by itself, and when. No titles: id, preset, state, step, time (UTC) or day."""
    coming = database.read(ending.calendar)
    for meeting_id, preset, state, step, at in coming:
        when = f"{at:%Y-%m-%d %H:%M}" if isinstance(at, datetime) else f"{at:%Y-%m-%d}"
        click.echo(f"{meeting_id}  {preset:<13}  {state:<6}  {step:<5}  {when}{'  due now' if is_due(at) else ''}")
    if not coming:
        click.echo("No meeting has begun.")


@commands.command("password-link")
@click.argument("email")
def password_link(email: str) -> None:
    """Print a one-time link with which the facilitator EMAIL sets a new password."""
    try:
        link = database.run(_reset_link, email)
    except DomainError:
        raise click.ClickException(f"There is no account with the e-mail address {email}.") from None
    click.echo(f"{address(current_app.config['POLLAPP'])}/desk/reset/{link}")


def _reset_link(session: Session, email: str) -> str:
    """Return a reset link for the account with this e-mail address."""
    facilitator = accounts.find_by_email(session, email)
    return accounts.issue_link(session, "reset", facilitator.id)
