"""The extension objects, and what every edge shares: database, keys and the live hub."""

from pathlib import Path

from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_socketio import SocketIO
from flask_wtf.csrf import CSRFProtect

from pollapp.ballots import KeyRing
from pollapp.database import Database
from pollapp.live.hub import Hub

database = Database()
keys = KeyRing(Path())
hub = Hub()
babel = Babel()
csrf = CSRFProtect()
login_manager = LoginManager()
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)
socketio = SocketIO()
