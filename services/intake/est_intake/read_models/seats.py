"""By which links can a seat be taken, and which devices are bound to it?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_intake.domain.device import Device
from est_intake.domain.invitation import Invitation, InvitationKind


class Seats(ReadModel):
    """One row for each link and for each device; what could open anything is in neither."""

    name: ClassVar[str] = "seats_v1"
    tables: ClassVar[str] = """
        CREATE TABLE seats_v1_invitations (
            invitation_id uuid PRIMARY KEY,
            municipality text NOT NULL,
            function text NOT NULL,
            kind text NOT NULL,
            made_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            devices int NOT NULL DEFAULT 0,
            is_revoked boolean NOT NULL DEFAULT false
        );
        CREATE INDEX ON seats_v1_invitations (municipality, function);
        CREATE TABLE seats_v1_devices (
            device_id uuid PRIMARY KEY,
            municipality text NOT NULL,
            function text NOT NULL,
            bound_at timestamptz NOT NULL
        );
        CREATE INDEX ON seats_v1_devices (municipality, function)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if isinstance(fact, RecordedEvent) and type(fact.event) in CHANGES:
                CHANGES[type(fact.event)](cursor, fact)


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """A link that can still be opened."""

    invitation_id: UUID
    function: str
    kind: InvitationKind
    made_at: datetime
    expires_at: datetime
    devices: int


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device that is bound, and the day on which it came last."""

    device_id: UUID
    function: str
    bound_at: datetime
    seen_on: date | None


@dataclass(frozen=True, slots=True)
class SeatNote:
    """What somebody has left for whoever fills the seat (överlämningsnotering)."""

    text: str
    written_at: datetime


def open_invitations(cursor: Cursor, municipality: str, *, now: datetime) -> list[InvitationRow]:
    """The links that are neither revoked nor too old, the newest first."""
    rows = cursor.execute(OPEN_INVITATIONS, (municipality, now)).fetchall()
    return [InvitationRow(**{**row, "kind": InvitationKind(row["kind"])}) for row in rows]


def bound_devices(cursor: Cursor, municipality: str) -> list[DeviceRow]:
    """The devices that are bound to the municipality's seats, the newest first."""
    return [DeviceRow(**row) for row in cursor.execute(BOUND_DEVICES, (municipality,)).fetchall()]


def notes_of(cursor: Cursor, municipality: str) -> dict[str, SeatNote]:
    """The hand-over notes of the municipality's seats."""
    rows = cursor.execute(NOTES, (municipality,)).fetchall()
    return {row["function"]: SeatNote(row["text"], row["written_at"]) for row in rows}


def last_seen(cursor: Cursor, device_id: UUID) -> date | None:
    """The day on which a device came last."""
    row = cursor.execute("SELECT seen_on FROM device_sightings WHERE device_id = %s", (device_id,)).fetchone()
    return row["seen_on"] if row else None


def _made(cursor: Cursor, fact: RecordedEvent) -> None:
    event = fact.event
    values = (event.originator_id, event.municipality, event.function, str(event.kind), fact.recorded_at)
    cursor.execute(MADE, (*values, event.expires_at))


def _used(cursor: Cursor, fact: RecordedEvent) -> None:
    cursor.execute(
        "UPDATE seats_v1_invitations SET devices = devices + 1 WHERE invitation_id = %s",
        (fact.event.originator_id,),
    )


def _revoked(cursor: Cursor, fact: RecordedEvent) -> None:
    cursor.execute(
        "UPDATE seats_v1_invitations SET is_revoked = true WHERE invitation_id = %s",
        (fact.event.originator_id,),
    )


def _bound(cursor: Cursor, fact: RecordedEvent) -> None:
    event = fact.event
    cursor.execute(BOUND, (event.originator_id, event.municipality, event.function, fact.recorded_at))


def _let_go(cursor: Cursor, fact: RecordedEvent) -> None:
    cursor.execute("DELETE FROM seats_v1_devices WHERE device_id = %s", (fact.event.originator_id,))


CHANGES: Mapping[Callable[..., object], Callable[[Cursor, RecordedEvent], None]] = {
    Invitation.Made: _made,
    Invitation.Used: _used,
    Invitation.Revoked: _revoked,
    Device.Bound: _bound,
    Device.LetGo: _let_go,
}
MADE = """
    INSERT INTO seats_v1_invitations (invitation_id, municipality, function, kind, made_at, expires_at)
    VALUES (%s, %s, %s, %s, %s, %s)
"""
BOUND = "INSERT INTO seats_v1_devices (device_id, municipality, function, bound_at) VALUES (%s, %s, %s, %s)"
OPEN_INVITATIONS = """
    SELECT invitation_id, function, kind, made_at, expires_at, devices FROM seats_v1_invitations
     WHERE municipality = %s AND NOT is_revoked AND expires_at > %s
       AND NOT (kind = 'personal' AND devices > 0)
     ORDER BY made_at DESC
"""
BOUND_DEVICES = """
    SELECT device_id, function, bound_at, seen_on
      FROM seats_v1_devices LEFT JOIN device_sightings USING (device_id)
     WHERE municipality = %s ORDER BY bound_at DESC
"""
NOTES = "SELECT function, text, written_at FROM seat_notes WHERE municipality = %s"
