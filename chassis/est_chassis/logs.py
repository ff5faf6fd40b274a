"""Structured logs: a fact with keys, and only keys that can hold no person."""

import logging
import sys
from collections.abc import MutableMapping
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
    logging.basicConfig(
        level=max(threshold, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s"
    )


def get_logger(name: str) -> Any:
    return structlog.get_logger(part=name.removeprefix("est_"))
