"""Signing in and out, the first account, and one's own account."""

import hashlib

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from pollapp import accounts, replies
from pollapp.errors import BadCredentials, BadEmail, DomainError, EmailTaken, WeakPassword
from pollapp.extensions import database, limiter
from pollapp.facilitator import blueprint, steps
from pollapp.facilitator.authority import end_sign_in, owner_id, safe_next, start_sign_in
from pollapp.facilitator.forms import ChangePasswordForm, NameForm, NewAccountForm, NewPasswordForm, SignInForm, text_of

TRIES_PER_EMAIL = "5 per minute; 60 per hour"
TRIES_PER_ADDRESS = "200 per minute"
"""Generous: a whole office may stand behind one address."""

REFUSED = 422


def _email_key() -> str:
    """Name the account tried, without keeping the address itself in the limiter's store."""
    email = request.form.get("email", "").strip().lower()
    return "sign-in:" + hashlib.sha256(email.encode("utf-8", "surrogatepass")).hexdigest()


def _failed(response: Response) -> bool:
    return response.status_code >= 400


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form."""
    if current_user.is_authenticated:
        return redirect(url_for("facilitator.meetings"))
    return _sign_in_page(SignInForm(formdata=None, next=safe_next(request.args.get("next"), "")))


@blueprint.post("/sign-in")
@limiter.limit(TRIES_PER_EMAIL, key_func=_email_key, deduct_when=_failed)
@limiter.limit(TRIES_PER_ADDRESS, deduct_when=_failed)
def try_sign_in() -> ResponseReturnValue:
    """Sign in, and go on to where one was going."""
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form), REFUSED
    try:
        facilitator = database.read(accounts.verify, text_of(form.email), text_of(form.password))
    except BadCredentials as error:
        return _sign_in_page(form, replies.message(error)), error.status
    if accounts.has_outdated_hash(facilitator):
        database.run(accounts.renew_hash, facilitator.id, text_of(form.password))
    start_sign_in(facilitator)
    return redirect(safe_next(form.next.data, url_for("facilitator.meetings")))


def _sign_in_page(form: SignInForm, refusal: str | None = None) -> str:
    return render_template("facilitator/sign_in.html", form=form, refusal=refusal, may_register=_may_register())


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out of this browser."""
    end_sign_in()
    flash(_("You are signed out."), "good")
    return redirect(url_for("facilitator.sign_in"))


@blueprint.route("/welcome/<link>", methods=["GET", "POST"])
def welcome(link: str) -> ResponseReturnValue:
    """Make the first account with the link printed at start."""
    database.read(accounts.check_link, link, "first")
    form = NewAccountForm()
    if form.validate_on_submit():
        try:
            facilitator = database.run(steps.make_first_account, link, **_account(form))
        except (BadEmail, WeakPassword) as error:
            _show_at_field(form, error)
        else:
            start_sign_in(facilitator)
            return redirect(url_for("facilitator.meetings"))
    return render_template("facilitator/welcome.html", form=form), REFUSED if form.errors else 200


@blueprint.route("/register", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
def register() -> ResponseReturnValue:
    """Make an account, where the server allows anyone to."""
    if not _may_register():
        abort(404)
    form = NewAccountForm()
    if form.validate_on_submit():
        try:
            facilitator = database.run(accounts.add_facilitator, **_account(form))
        except (BadEmail, EmailTaken, WeakPassword) as error:
            _show_at_field(form, error)
        else:
            start_sign_in(facilitator)
            return redirect(safe_next(request.args.get("next"), url_for("facilitator.meetings")))
    return render_template("facilitator/register.html", form=form), REFUSED if form.errors else 200


@blueprint.route("/reset/<link>", methods=["GET", "POST"])
def reset_password(link: str) -> ResponseReturnValue:
    """Set a new password with a link from whoever runs the server."""
    database.read(accounts.check_link, link, "reset")
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            database.run(accounts.reset_password, link, text_of(form.new))
        except WeakPassword as error:
            _show_at_field(form, error)
        else:
            flash(_("Your new password is set. Sign in with it."), "good")
            return redirect(url_for("facilitator.sign_in"))
    return render_template("facilitator/reset_password.html", form=form), REFUSED if form.errors else 200


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    """Show one's own account."""
    return _account_page(NameForm(formdata=None, name=current_user.name), ChangePasswordForm(formdata=None))


@blueprint.post("/account/name")
def change_name() -> ResponseReturnValue:
    """Change one's own name."""
    form = NameForm()
    if not form.validate():
        return _account_page(form, ChangePasswordForm(formdata=None)), REFUSED
    database.run(accounts.rename, owner_id(), text_of(form.name))
    flash(_("Your name is changed."), "good")
    return redirect(url_for("facilitator.account"))


@blueprint.post("/account/password")
@limiter.limit(TRIES_PER_EMAIL, key_func=lambda: f"password:{owner_id()}", deduct_when=_failed)
def change_password() -> ResponseReturnValue:
    """Change one's own password; other browsers are signed out, this one stays."""
    form = ChangePasswordForm()
    if form.validate():
        try:
            facilitator = database.run(
                accounts.change_password, owner_id(), current=text_of(form.current), new=text_of(form.new)
            )
        except (BadCredentials, WeakPassword) as error:
            _show_at_field(form, error)
        else:
            start_sign_in(facilitator)
            flash(_("Your password is changed. Other browsers are signed out."), "good")
            return redirect(url_for("facilitator.account"))
    return _account_page(NameForm(formdata=None, name=current_user.name), form), REFUSED


def _account_page(name_form: NameForm, password_form: ChangePasswordForm) -> str:
    return render_template("facilitator/account.html", name_form=name_form, password_form=password_form)


def _account(form: NewAccountForm) -> dict[str, str]:
    return {"email": text_of(form.email), "password": text_of(form.password), "name": text_of(form.name)}


def _show_at_field(form: FlaskForm, error: DomainError) -> None:
    """Put the words for an error where the person can mend it."""
    names = {
        "bad_email": ("email",),
        "email_taken": ("email",),
        "weak_password": ("password", "new"),
        "bad_credentials": ("current",),
    }
    for name in names[error.code]:
        if name in form:
            words = _("This is not your current password.") if name == "current" else replies.message(error)
            form[name].errors = [*form[name].errors, words]


def _may_register() -> bool:
    return bool(current_app.config["POLLAPP"].open_registration)
