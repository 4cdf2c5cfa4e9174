"""The log of a home: `logs/lingti.log`, and what must never be in it.

Every record of every library passes here: numbers and names are masked in its message, and of an
exception only its kind and its places are kept, because its message may quote a cell.
"""

from __future__ import annotations

import logging
import secrets
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from lingti.personal_data import mask

SIZE_BYTES, KEPT = 5 * 2**20, 5
_log = logging.getLogger("lingti")
_plain_record = logging.getLogRecordFactory()


def install(home: Path | None = None) -> None:
    """Makes every record of this process pass the filter; with a home, also writes its log."""
    logging.setLogRecordFactory(_safe_record)
    sys.excepthook = _uncaught
    threading.excepthook = lambda found: _uncaught(
        found.exc_type, found.exc_value or found.exc_type(), found.exc_traceback
    )
    if home is None or any(getattr(one, "home", None) == home for one in _log.handlers):
        return
    folder = home / "logs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "lingti.log", maxBytes=SIZE_BYTES, backupCount=KEPT, encoding="utf-8"
    )
    handler.home = home  # type: ignore[attr-defined]
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    logging.getLogger("streamlit").addHandler(handler)


def failure(error: BaseException, where: str = "") -> str:
    """Logs an error and returns the reference number under which the log has it."""
    reference = secrets.token_hex(4).upper()
    _log.error("%s %s\n%s", reference, where, safe_traceback(error))
    return reference


def safe_traceback(error: BaseException) -> str:
    """An error's kind, its places and its causes, without any message but our own."""
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        places = traceback.extract_tb(cause.__traceback__)
        lines = [
            f'  File "{place.filename}", line {place.lineno}, in {place.name}' for place in places
        ]
        ours = type(cause).__module__.startswith("lingti.")
        message = f": {mask(str(cause))}" if ours else ""
        parts.append("\n".join([*lines, f"{type(cause).__name__}{message}"]))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\ncaused by\n".join(parts)


def _safe_record(*arguments: Any, **named: Any) -> logging.LogRecord:
    record = _plain_record(*arguments, **named)
    try:
        record.msg = mask(record.getMessage())
    except (TypeError, ValueError):  # a message whose arguments do not fit; keep the message only
        record.msg = mask(str(record.msg))
    record.args = None
    if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
        record.msg = f"{record.msg}\n{safe_traceback(record.exc_info[1])}"
    record.exc_info = None
    return record


def _uncaught(
    kind: type[BaseException], error: BaseException, _places: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    reference = failure(error)
    print(f"{kind.__name__} ({reference})", file=sys.stderr)
