"""pollapp: live polls and anonymous questions that one can run oneself."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config
from pollapp import assets, cli, joining, locales, logs, messages, playing, replies, rights, security, serving
from pollapp.extensions import babel, csrf, database, hub, keys, limiter, login_manager, socketio
from pollapp.live.runtime import Runtime, ThreadRuntime
from pollapp.live.sockets import connection_limits, socket_options


def create_app(config: Config | None = None, runtime: Runtime | None = None) -> Flask:
    """Build the application. Raises `config.BadConfig` when a setting or a folder is wrong."""
    config = config or Config.from_environ()
    runtime = runtime or ThreadRuntime()
    config.prepare_folders()
    logs.set_up(config.log_level)

    app = Flask(__name__, template_folder="../templates", static_folder=None)
    secure = config.base_url.startswith("https://")
    app.config.update(
        POLLAPP=config,
        SECRET_KEY=config.load_secret_key(),
        MAX_CONTENT_LENGTH=1024 * 1024,
        SESSION_COOKIE_NAME="__Host-desk" if secure else "desk",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STRATEGY="moving-window",
    )

    database.init(config.database, runtime.offload)
    keys.init(config.key_path)
    babel.init_app(app, locale_selector=locales.select)
    csrf.init_app(app)
    login_manager.init_app(app)
    limiter.init_app(app)
    hub.init(app, runtime, database, keys)
    socketio.init_app(app, **socket_options(runtime))
    if config.transport == "own":
        runtime.carry(socketio.server, *connection_limits(config.messages_per_s))
    security.init_app(app, config)
    locales.init_app(app)
    assets.init_app(app)
    messages.init_app(app)
    serving.init_app(app)
    joining.init_app(app)
    playing.init_app(app)
    replies.init_app(app)
    rights.init_app(app)
    _register_edges(app)
    cli.init_app(app)
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _register_edges(app: Flask) -> None:
    from pollapp import facilitator, operator, participant, presenter

    for edge in (participant, facilitator, presenter, operator):
        edge.init_app(app)
