"""What is logged, and above all what is not: no token, answer, address or browser's name, at any level.

The rules, for every way in which a process speaks:

- Our own loggers (`pollapp.*`) say what their callers wrote. No caller hands over what people sent.
- What a library says is not trusted: it may hold a packet, an address or a value. Of its records only warnings and
  errors are written, and of those only who, where, and which error.
- Of an error only its type and place are written, never its message: parsers and databases quote what they were given
  (`invalid literal for int() with base 10: '...'`, `Key (id)=(...) already exists`). A code that says what went wrong
  without a value is written too: an operating system's reason, a database's error code.
- The same error is written once a minute: strangers can cause some at will, and must not fill a disk.
- Warnings and uncaught errors go the same way (`pollapp.live` sees to threads and event loops).
"""

import logging
import sys
import time
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TextIO

OWN = "pollapp"

AT_WORK = ("engineio", "engineio.server", "socketio", "socketio.server", "flask-limiter")
"""Libraries that warn of what any stranger can cause: only their errors are of interest."""

MOST_FRAMES = 40

AGAIN_AFTER_S = 60.0
"""How long the same error from the same place is not written again."""

MOST_REMEMBERED = 1000

_ROOT = f"{Path(__file__).resolve().parent.parent}/"

log = logging.getLogger(__name__)


class OnceAMinute(logging.Filter):
    """Lets an error from one place through once in `AGAIN_AFTER_S`; what our own code says without one always."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[tuple[object, ...], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether to write a record."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None and _is_own(record):
            return True
        frames = traceback.extract_tb(error.__traceback__) if error is not None else []
        place = (frames[-1].filename, frames[-1].lineno) if frames else ()
        what = (record.name, record.pathname, record.lineno, type(error), *place)
        now = time.monotonic()
        if now - self._seen.get(what, -AGAIN_AFTER_S) < AGAIN_AFTER_S:
            return False
        if len(self._seen) >= MOST_REMEMBERED:
            self._seen.clear()
        self._seen[what] = now
        return True


class SilentFormatter(logging.Formatter):
    """Writes records without anything that somebody sent."""

    def format(self, record: logging.LogRecord) -> str:
        """Return our own message as it is; of a library's record who and where."""
        if _is_own(record):
            said = f"{record.levelname} {record.name}: {record.getMessage()}"
        else:
            said = f"{record.levelname} {record.name}: at {_short(record.pathname)}:{record.lineno} {record.funcName}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{said}\n{describe(error)}" if error is not None else said


def set_up(level: str) -> None:
    """Log to standard error at `level`; libraries stay quiet but for warnings, whatever it is."""
    handler = logging.StreamHandler()
    handler.setFormatter(SilentFormatter())
    handler.addFilter(OnceAMinute())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger(OWN).setLevel(level)
    for name in AT_WORK:
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.raiseExceptions = False  # a record that cannot be formatted would be printed with its values
    sys.excepthook = report


def hear_everything() -> None:
    """Have what Python itself would print to standard error, warnings and errors in destructors, go to the log."""
    warnings.showwarning = _warn
    sys.unraisablehook = lambda lost: report(lost.exc_type, lost.exc_value, lost.exc_traceback)


def report(_kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
    """Log an error that nobody caught."""
    if not isinstance(error, KeyboardInterrupt | None):
        log.error("unexpected error", exc_info=error)


def describe(error: BaseException) -> str:
    """Return the types and places of an error and of what led to it, without any of their messages."""
    return "\n".join(line for each in _chain(error) for line in _lines(each))


def _chain(error: BaseException) -> list[BaseException]:
    """Return the errors that led to this one, the first cause first."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.insert(0, current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain


def _lines(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}{_code(error)}"
    for frame in traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]:
        yield f"  at {_short(frame.filename)}:{frame.lineno} {frame.name}"


def _code(error: BaseException) -> str:
    """Return what an error says of itself without a value: an errno, or a database's code."""
    if isinstance(error, OSError) and error.strerror:
        return f" ({error.strerror})"
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return f" ({code})" if code else ""


def _warn(
    message: Warning | str,  # noqa: ARG001  # the signature is Python's; a message may quote what somebody sent
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001  # likewise
    line: str | None = None,  # noqa: ARG001  # likewise
) -> None:
    log.warning("%s at %s:%d", category.__name__, _short(filename), lineno)


def _is_own(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == OWN


def _short(path: str) -> str:
    return path.removeprefix(_ROOT)
