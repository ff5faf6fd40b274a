"""Which versions has a municipality's set-up had, who made them, and which was in force when?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from psycopg.types.json import Jsonb

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import CollaborationDocument
from est_intake.domain.collaboration import Collaboration, SetUpInUse
from est_intake.read_models.collaborations import kept_set_up


class CollaborationVersions(ReadModel):
    """Every version of every municipality's set-up."""

    name: ClassVar[str] = "collaboration_versions_v1"
    tables: ClassVar[str] = """
        CREATE TABLE collaboration_versions_v1 (
            municipality text NOT NULL,
            version int NOT NULL,
            recorded_at timestamptz NOT NULL,
            by_function text,
            document jsonb NOT NULL,
            PRIMARY KEY (municipality, version)
        )
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        rows = [
            (
                fact.event.municipality,
                fact.event.originator_version,
                fact.recorded_at,
                fact.event.by_function,
                Jsonb(fact.event.document),
            )
            for fact in facts
            if isinstance(fact, RecordedEvent) and isinstance(fact.event, Collaboration.Event)
        ]
        if rows:
            cursor.executemany(PUT, rows)


@dataclass(frozen=True)
class Version:
    """A version: its number, when it was set up, and by which function; None is the operator."""

    version: int
    recorded_at: datetime
    by_function: str | None


def all_of(cursor: Cursor, municipality: str) -> list[Version]:
    """The latest first."""
    return [Version(**row) for row in cursor.execute(ALL, (municipality,)).fetchall()]


def document_of(cursor: Cursor, municipality: str, version: int) -> CollaborationDocument | None:
    """The set-up as it was in that version."""
    row = cursor.execute(DOCUMENT, (municipality, version)).fetchone()
    return CollaborationDocument.model_validate(row["document"]) if row else None


def set_up_in(cursor: Cursor, municipality: str, version: Version) -> SetUpInUse:
    """A version, arranged for looking things up; it is read once."""
    kept = kept_set_up(municipality, version.version, version.recorded_at)
    if not kept:
        document = document_of(cursor, municipality, version.version)
        assert document is not None
        kept.append(SetUpInUse(document, version=version.version))
    return kept[0]


def in_force_at(cursor: Cursor, municipality: str, moment: datetime) -> SetUpInUse | None:
    """The set-up that was in force at a moment; None before the first."""
    row = cursor.execute(IN_FORCE, (municipality, moment)).fetchone()
    return set_up_in(cursor, municipality, Version(**row)) if row else None


PUT = """
    INSERT INTO collaboration_versions_v1 (municipality, version, recorded_at, by_function, document)
    VALUES (%s, %s, %s, %s, %s) ON CONFLICT (municipality, version) DO NOTHING
"""
ALL = """
    SELECT version, recorded_at, by_function FROM collaboration_versions_v1
     WHERE municipality = %s ORDER BY version DESC
"""
DOCUMENT = "SELECT document FROM collaboration_versions_v1 WHERE municipality = %s AND version = %s"
IN_FORCE = """
    SELECT version, recorded_at, by_function FROM collaboration_versions_v1
     WHERE municipality = %s AND recorded_at <= %s ORDER BY version DESC LIMIT 1
"""
