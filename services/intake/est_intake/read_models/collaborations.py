"""How does a municipality work together today?"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar

from psycopg.types.json import Jsonb

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import CollaborationDocument
from est_intake.domain.collaboration import Collaboration, SetUpInUse

# How many versions are kept arranged in memory: every municipality of Sweden fits.
ARRANGED = 320


class Collaborations(ReadModel):
    """The set-up in use, one row for each municipality."""

    name: ClassVar[str] = "collaborations_v2"
    tables: ClassVar[str] = """
        CREATE TABLE collaborations_v2 (
            municipality text PRIMARY KEY,
            version int NOT NULL,
            recorded_at timestamptz NOT NULL,
            document jsonb NOT NULL
        )
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        rows = [
            (
                fact.event.municipality,
                fact.event.originator_version,
                fact.recorded_at,
                Jsonb(fact.event.document),
            )
            for fact in facts
            if isinstance(fact, RecordedEvent) and isinstance(fact.event, Collaboration.Event)
        ]
        if rows:
            cursor.executemany(PUT, rows)


def in_use(cursor: Cursor, municipality: str) -> SetUpInUse | None:
    """The municipality's set-up, or None when it has none."""
    row = cursor.execute(VERSION, (municipality,)).fetchone()
    return _arranged(cursor, municipality, **row) if row else None


def all_municipalities(cursor: Cursor) -> list[str]:
    """Every municipality that has set up a collaboration."""
    return [row["municipality"] for row in cursor.execute(MUNICIPALITIES).fetchall()]


def open_to_the_public(cursor: Cursor) -> list[SetUpInUse]:
    """The municipalities in which anyone may tell of something."""
    found = (in_use(cursor, each) for each in all_municipalities(cursor))
    return [each for each in found if each is not None and each.document.open_to_the_public]


def _arranged(cursor: Cursor, municipality: str, *, version: int, recorded_at: datetime) -> SetUpInUse:
    kept = kept_set_up(municipality, version, recorded_at)
    if not kept:
        row = cursor.execute(DOCUMENT, (municipality,)).fetchone()
        assert row is not None
        kept.append(SetUpInUse(CollaborationDocument.model_validate(row["document"]), version=version))
    return kept[0]


@lru_cache(maxsize=ARRANGED)
def kept_set_up(_municipality: str, _version: int, _recorded_at: datetime) -> list[SetUpInUse]:
    """A place that is filled once for each version: arranging a document takes a millisecond.

    The moment tells it from the same version in another log, as one process may meet in tests.
    """
    return []


PUT = """
    INSERT INTO collaborations_v2 (municipality, version, recorded_at, document) VALUES (%s, %s, %s, %s)
    ON CONFLICT (municipality) DO UPDATE
       SET version = excluded.version, recorded_at = excluded.recorded_at, document = excluded.document
"""
VERSION = "SELECT version, recorded_at FROM collaborations_v2 WHERE municipality = %s"
DOCUMENT = "SELECT document FROM collaborations_v2 WHERE municipality = %s"
MUNICIPALITIES = "SELECT municipality FROM collaborations_v2 ORDER BY municipality"
