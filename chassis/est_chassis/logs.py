"""Structured logs: a fact with keys, and only keys that can hold no person."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

# Identifiers, counts, positions, names of parts. Never text, names of people or addresses.
ALLOWED_KEYS = frozenset({
    "event", "level", "timestamp", "service", "part", "address", "aggregate", "alert_id", "attempt",
    "code", "consumer", "count", "database", "delay_seconds", "distribution_id", "due_at", "duration_ms",
    "edition", "error", "expected", "field", "found", "function", "host", "key_id", "kind", "limit",
    "message_id", "message_type", "method", "municipality", "outcome", "path", "period", "pid", "port",
    "position", "problem_id", "read_model", "reason_code", "report_id", "role", "route", "rule", "seconds",
    "sequence", "status_code", "step", "stream", "sub_area", "subject", "timer", "upstream", "version",
})  # fmt: skip


def only_allowed_keys(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not listed; say which, never what they held."""
    dropped = sorted(key for key in line if key not in ALLOWED_KEYS)
    kept = {key: line[key] for key in line if key in ALLOWED_KEYS}
    if dropped:
        kept["field"] = ",".join(dropped)
    return kept


class QuotesNothing(Exception):
    """A failure whose text is our own and may be told."""


def reason_of(failure: BaseException) -> str:
    """What and where; the text of an exception may quote what it was given, so it is not told."""
    if isinstance(failure, BaseExceptionGroup):
        return reason_of(failure.exceptions[0])
    if isinstance(failure, QuotesNothing):
        return f"{type(failure).__name__} ({failure})"
    places = traceback.extract_tb(failure.__traceback__)
    where = f" at {Path(places[-1].filename).name}:{places[-1].lineno}" if places else ""
    return f"{type(failure).__name__}{where}"


class WithoutQuotes(logging.Formatter):
    """What libraries log: how bad, by whom, and what kind of failure where, but never a text of theirs."""

    def formatException(  # noqa: N802 - the library's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return reason_of(ei[1]) if ei[1] is not None else ""


def configure(service: str, level: str = "info") -> None:
    """Write JSON lines to standard error, one per unit of work."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed_keys,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
    # Libraries may quote what they were given: only their warnings are let through, and without a traceback.
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutQuotes("%(levelname)s %(name)s"))
    logging.basicConfig(level=max(threshold, logging.WARNING), handlers=[handler])


def get_logger(name: str) -> Any:
    return structlog.get_logger(part=name.removeprefix("est_"))
