"""Pages for whoever runs the server: /healthz and /readyz for programs, /metrics for Prometheus, /operator for people."""

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from pollapp.extensions import limiter
from pollapp.live import figures
from pollapp.operator import authority, gauges, overview, readiness  # noqa: F401  # gauges adds itself to what is shown
from pollapp.operator.forms import TokenForm

REFRESH_S = 5
"""Seconds between two looks of the operator's page."""

TRIES = "20 per minute"

blueprint = Blueprint("operator", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """Say that this process answers; nothing else is asked."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether answers can be stored now."""
    found = readiness.look(current_app.config["POLLAPP"])
    return jsonify(ready=all(found), **found._asdict()), 200 if all(found) else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give the numbers to Prometheus."""
    authority.require_switched_on()
    if not authority.has_bearer():
        return Response(
            "A token is needed.\n", 401, {"WWW-Authenticate": 'Bearer realm="pollapp"'}, mimetype="text/plain"
        )
    return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


@blueprint.get(authority.PATH)
def page() -> ResponseReturnValue:
    """Show the numbers in words, or ask for the token."""
    authority.require_switched_on()
    if not authority.has_cookie():
        return render_template("operator/sign_in.html", form=TokenForm(formdata=None))
    return render_template(
        "operator/overview.html",
        seen=overview.look(current_app.config["POLLAPP"]),
        database_name=overview.database_name(),
        is_still="still" in request.args,
        refresh_s=REFRESH_S,
    )


@blueprint.post(authority.PATH)
@limiter.limit(TRIES, deduct_when=lambda response: response.status_code >= 400)
def sign_in() -> ResponseReturnValue:
    """Take the token, and remember that it was typed."""
    authority.require_switched_on()
    form = TokenForm()
    if not form.validate():
        return render_template("operator/sign_in.html", form=form), 422
    if not authority.is_token(str(form.token.data)):
        return render_template("operator/sign_in.html", form=form, refusal=_("This is not the token.")), 403
    response = current_app.make_response(redirect(url_for("operator.page")))
    authority.give_cookie(response)
    return response


@blueprint.post(f"{authority.PATH}/leave")
def sign_out() -> ResponseReturnValue:
    """Forget in this browser that the token was typed."""
    authority.require_switched_on()
    response = current_app.make_response(redirect(url_for("operator.page")))
    authority.take_cookie(response)
    return response
