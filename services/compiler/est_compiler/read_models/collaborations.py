"""Every version of each municipality's set-up, by the position it was recorded at."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_compiler.domain.viewing.boxes import box_of
from est_contracts.messages import CollaborationSetUp
from est_contracts.vocabulary import CollaborationDocument


class Collaborations(ReadModel):
    """How the collaboration (samverkan) was set up at any time.

    What a list says of a municipality stands in columns: a document takes long to read.
    """

    name: ClassVar[str] = "collaborations_v2"
    upstreams: ClassVar[tuple[str, ...]] = ("intake",)
    tables: ClassVar[str] = """
        CREATE TABLE collaborations_v2 (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            municipality text NOT NULL,
            version integer NOT NULL,
            name text NOT NULL,
            public_pictures boolean NOT NULL,
            box double precision[],
            document text NOT NULL
        );
        CREATE INDEX collaborations_v2_by_municipality ON collaborations_v2 (municipality, position);
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        set_ups = [fact for fact in facts if isinstance(fact, CollaborationSetUp)]
        if set_ups:
            cursor.executemany(
                "INSERT INTO collaborations_v2 (position, recorded_at, municipality, version, name,"
                " public_pictures, box, document) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                [_row(each) for each in set_ups],
            )


def _row(told: CollaborationSetUp) -> tuple[Any, ...]:
    recorded, document = told.recorded, told.document
    box = box_of(area.polygon for area in document.areas)
    return (
        recorded.position, recorded.recorded_at, told.municipality, told.version, document.name,
        document.public_pictures, list(box) if box else None, document.model_dump_json(),
    )  # fmt: skip


def collaboration_at(cursor: Cursor, *, municipality: str, position: int) -> CollaborationDocument | None:
    """The set-up that was known at a position; None where nothing had been set up."""
    row = cursor.execute(
        "SELECT document FROM collaborations_v2 WHERE municipality = %s AND position <= %s"
        " ORDER BY position DESC LIMIT 1",
        (municipality, position),
    ).fetchone()
    return _read(row["document"]) if row else None


def collaboration_then(
    cursor: Cursor, *, municipality: str, position: int, moment: datetime
) -> CollaborationDocument | None:
    """The set-up in force at a moment, as far as it was known at a position; before the first, the first."""
    row = cursor.execute(
        "SELECT document FROM collaborations_v2 WHERE municipality = %s AND position <= %s"
        " ORDER BY recorded_at <= %s DESC, CASE WHEN recorded_at <= %s THEN -position ELSE position END"
        " LIMIT 1",
        (municipality, position, moment, moment),
    ).fetchone()
    return _read(row["document"]) if row else None


@lru_cache(maxsize=64)
def _read(document: str) -> CollaborationDocument:
    return CollaborationDocument.model_validate_json(document)
