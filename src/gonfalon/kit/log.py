"""Structured logs: one line per event, readable on a terminal, JSON when told so. Secrets are never logged.

What is said over and over, as while the database is away, is said once a minute with how often it was left out.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Hashable
from time import monotonic

import psycopg
import structlog

EVERY = 60.0
"""Seconds between two lines that say the same."""
_MOST_REMEMBERED = 1_000


class Repetitions:
    """Remembers what this process said of late, so that it says the same once a minute."""

    def __init__(self) -> None:
        self._said: dict[Hashable, tuple[float, int]] = {}

    def since(self, key: Hashable) -> int | None:
        """Return how often this was left out since it was said last; None while it is to be left out once more."""
        now = monotonic()
        last, left_out = self._said.get(key, (now - EVERY, 0))
        if now - last < EVERY:
            self._said[key] = last, left_out + 1
            return None
        if len(self._said) >= _MOST_REMEMBERED:
            self._said.clear()
        self._said[key] = now, 0
        return left_out


_repetitions = Repetitions()


def configure(json_lines: bool = False, level: int = logging.INFO) -> None:
    """Send every log line of this process, ours and the libraries', to standard error."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if json_lines else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    libraries = logging.StreamHandler(sys.stderr)
    libraries.addFilter(_said_seldom)
    libraries.setFormatter(_OneLine("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[libraries])


def seldom(*key: Hashable) -> int | None:
    """Return how often this has not been said since it was said last; None while it is to be left out once more."""
    return _repetitions.since(key)


def _said_seldom(record: logging.LogRecord) -> bool:
    return seldom(record.name, record.getMessage()[:200]) is not None


class _OneLine(logging.Formatter):
    """Lines of libraries: without the trace of a lost connection, which says nothing of us."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        lost = next((each for each in _causes(error) if isinstance(each, psycopg.OperationalError)), None)
        if lost is not None:
            record = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None})
            return " ".join(f"{super().format(record)} {lost}".split())
        text = super().format(record)
        return text if record.exc_info else " ".join(text.split())


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


log = structlog.get_logger()
