"""What the duty officer's stream shows, and the bookmark that tells how far somebody has read it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Self

# The order in which a bookmark names them; the last is the notifier's own log.
UPSTREAMS = ("intake", "compiler", "analysis", "notifier")

_WRITTEN = re.compile(r"([a-z]{1,20}):([0-9]{1,18})")


class InvalidBookmark(ValueError):
    """What was given is not a bookmark of ours."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """How far one has read: a position in every upstream log.

    Written as intake:123;compiler:7;analysis:45;notifier:9.

    Positions are those of the tellers' own logs, so a bookmark holds for ever,
    also when the read model has been dropped and replayed.
    """

    positions: tuple[int, ...] = (0,) * len(UPSTREAMS)

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read a bookmark as it is written. An upstream that it does not name has not been read at all."""
        positions = dict.fromkeys(UPSTREAMS, 0)
        for part in written.split(";"):
            matched = _WRITTEN.fullmatch(part.strip())
            if matched is None or matched[1] not in positions:
                raise InvalidBookmark
            positions[matched[1]] = int(matched[2])
        return cls(tuple(positions.values()))

    @classmethod
    def at(cls, positions: Mapping[str, int]) -> Self:
        return cls(tuple(positions.get(upstream, 0) for upstream in UPSTREAMS))

    def __str__(self) -> str:
        return ";".join(f"{upstream}:{position}" for upstream, position in self)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return zip(UPSTREAMS, self.positions, strict=True)

    def of(self, upstream: str) -> int:
        return self.positions[UPSTREAMS.index(upstream)]

    def covers(self, other: "Bookmark") -> bool:
        """Whether everything before the other bookmark has been read."""
        return all(mine >= theirs for mine, theirs in zip(self.positions, other.positions, strict=True))

    def moved_to(self, upstream: str, position: int) -> "Bookmark":
        return Bookmark(tuple(max(held, position) if name == upstream else held for name, held in self))

    def together_with(self, other: "Bookmark") -> "Bookmark":
        """As far as either has read."""
        pairs = zip(self.positions, other.positions, strict=True)
        return Bookmark(tuple(max(mine, theirs) for mine, theirs in pairs))


@dataclass(frozen=True)
class LiveEntry:
    """One line of the stream: a fact, where it was told and what it says."""

    upstream: str
    position: int
    municipality: str
    fact: str
    happened_at: datetime
    recorded_at: datetime
    content: Mapping[str, Any]

    @cached_property
    def as_json(self) -> str:
        """The line as programs get it; written once, however many are listening."""
        envelope = {
            "upstream": self.upstream,
            "position": self.position,
            "municipality": self.municipality,
            "fact": self.fact,
            "happened_at": self.happened_at.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
        }
        return json.dumps(envelope | dict(self.content), ensure_ascii=False, separators=(",", ":"))

    def is_beyond(self, bookmark: Bookmark) -> bool:
        return self.position > bookmark.of(self.upstream)


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands beyond a bookmark, in order, and the bookmark of one who has read it."""

    entries: tuple[LiveEntry, ...]
    reached: Bookmark
