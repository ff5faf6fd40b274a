"""Which keys has a municipality issued, and whom does one of them let in?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_intake.domain.api_key import ApiKey


class ApiKeys(ReadModel):
    """One row for each key, the revoked ones too."""

    name: ClassVar[str] = "api_keys_v2"
    tables: ClassVar[str] = """
        CREATE TABLE api_keys_v2 (
            key_id text PRIMARY KEY,
            municipality text NOT NULL,
            sha256 text NOT NULL,
            name text NOT NULL,
            function text NOT NULL,
            scopes text[] NOT NULL,
            open_roles_only boolean NOT NULL,
            quota_per_minute int NOT NULL,
            expires_on date,
            issued_at timestamptz NOT NULL,
            revoked_at timestamptz
        );
        CREATE INDEX ON api_keys_v2 (municipality, issued_at)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if not isinstance(fact, RecordedEvent):
                continue
            if isinstance(fact.event, ApiKey.Issued):
                cursor.execute(ISSUE, _row(fact))
            elif isinstance(fact.event, ApiKey.Revoked):
                cursor.execute(REVOKE, (fact.recorded_at, fact.event.key_id))


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as it is listed."""

    key_id: str
    municipality: str
    sha256: str
    name: str
    function: str
    scopes: tuple[str, ...]
    open_roles_only: bool
    quota_per_minute: int
    expires_on: date | None
    issued_at: datetime
    revoked_at: datetime | None
    last_used_on: date | None

    @property
    def begins(self) -> str:
        """As much of the token as anybody still knows."""
        return f"est_{self.key_id}_…"

    def opens_on(self, day: date) -> bool:
        """Whether it is neither revoked nor past its last day."""
        return self.revoked_at is None and (self.expires_on is None or day <= self.expires_on)


def find_key(cursor: Cursor, key_id: str) -> KeyRow | None:
    row = cursor.execute(f"{KEYS} WHERE key_id = %s", (key_id,)).fetchone()
    return _key(row) if row else None


def keys_of(cursor: Cursor, municipality: str) -> list[KeyRow]:
    """The keys of a municipality: those that open something first, the latest issued before the others."""
    rows = cursor.execute(
        f"{KEYS} WHERE municipality = %s ORDER BY revoked_at IS NOT NULL, issued_at DESC, key_id",
        (municipality,),
    )
    return [_key(row) for row in rows.fetchall()]


def _key(row: dict[str, Any]) -> KeyRow:
    return KeyRow(**{**row, "scopes": tuple(row["scopes"])})


def _row(fact: RecordedEvent) -> tuple[Any, ...]:
    event = fact.event
    return (
        event.key_id,
        event.municipality,
        event.sha256,
        event.name,
        event.function,
        event.scopes,
        event.open_roles_only,
        event.quota_per_minute,
        event.expires_on,
        fact.recorded_at,
    )


ISSUE = """
    INSERT INTO api_keys_v2 (key_id, municipality, sha256, name, function, scopes, open_roles_only,
                             quota_per_minute, expires_on, issued_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
REVOKE = "UPDATE api_keys_v2 SET revoked_at = %s WHERE key_id = %s"
KEYS = """
    SELECT key_id, municipality, sha256, name, function, scopes, open_roles_only, quota_per_minute,
           expires_on, issued_at, revoked_at, last_used_on
      FROM api_keys_v2 LEFT JOIN api_key_uses USING (key_id)
"""
