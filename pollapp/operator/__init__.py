"""Edge of whoever runs the server: is it alive, is it ready, and its numbers."""

from flask import Flask

from pollapp.operator.views import blueprint


def init_app(app: Flask) -> None:
    """Add the pages."""
    app.register_blueprint(blueprint)
