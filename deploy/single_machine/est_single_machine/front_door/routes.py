"""Which service answers for a path.

Each service lists the paths it owns as ``PREFIXES`` in its ``service.py``; nothing is repeated here.
``{code}`` or ``*`` stands for any one segment.  The most exact prefix wins; ``/`` is the start page alone.
"""

import ast
import importlib.util
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

SERVICES = ("intake", "compiler", "analysis", "notifier")
# The frame of the pages is the same everywhere, so anyone of them may serve what belongs to it.
OF_THE_FRAME = "/static"


class PrefixesNotFound(RuntimeError):
    """A service does not say which paths it owns."""


@dataclass(frozen=True)
class Route:
    """A prefix, cut at its slashes, and the service that owns it."""

    segments: tuple[str, ...]
    service: str

    @classmethod
    def of(cls, prefix: str, service: str) -> "Route":
        return cls(segments=_segments(prefix), service=service)

    def fits(self, path: tuple[str, ...]) -> bool:
        if len(self.segments) > len(path) or (path and not self.segments):
            return False
        return all(_same(own, asked) for own, asked in zip(self.segments, path, strict=False))

    @property
    def exactness(self) -> tuple[int, int]:
        """Longer is more exact, and of two of the same length the one with fewer placeholders."""
        return len(self.segments), -sum(_is_placeholder(segment) for segment in self.segments)


class Routes:
    """All prefixes of all services, the most exact first."""

    def __init__(self, prefixes: Mapping[str, Iterable[str]]) -> None:
        routes = [Route.of(prefix, service) for service, owned in prefixes.items() for prefix in owned]
        self.routes = sorted(routes, key=lambda route: route.exactness, reverse=True)

    @classmethod
    def of_the_house(cls) -> "Routes":
        owned = {service: [*prefixes_of(service), f"{OF_THE_FRAME}/{service}"] for service in SERVICES}
        owned[SERVICES[0]].append(OF_THE_FRAME)
        return cls(owned)

    def service_for(self, path: str) -> str | None:
        asked = _segments(path)
        return next((route.service for route in self.routes if route.fits(asked)), None)


def prefixes_of(service: str) -> tuple[str, ...]:
    """The paths a service owns, read from its source.

    Read and not imported: importing four services would cost the front door the memory of all of them.
    """
    found = importlib.util.find_spec(f"est_{service}")
    if found is None or found.origin is None:
        raise PrefixesNotFound(f"The package est-{service} is not installed.")
    source = Path(found.origin).with_name("service.py")
    for statement in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and _assigns_prefixes(statement):
            return tuple(ast.literal_eval(statement.value)) if statement.value is not None else ()
    raise PrefixesNotFound(f"{source} has no PREFIXES.")


def _assigns_prefixes(statement: ast.Assign | ast.AnnAssign) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return any(isinstance(target, ast.Name) and target.id == "PREFIXES" for target in targets)


def _segments(path: str) -> tuple[str, ...]:
    return tuple(segment for segment in path.split("/") if segment)


def _is_placeholder(segment: str) -> bool:
    return segment == "*" or segment.startswith("{")


def _same(own: str, asked: str) -> bool:
    """``reports`` answers for ``reports:batch`` too: an act on the same resource."""
    return _is_placeholder(own) or asked == own or asked.startswith(f"{own}:")
