"""Every version of each municipality's set-up, by the position it was recorded at."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_contracts.messages import CollaborationSetUp
from est_contracts.vocabulary import CollaborationDocument


class Collaborations(ReadModel):
    """How the collaboration (samverkan) was set up at any time."""

    name: ClassVar[str] = "collaborations_v1"
    tables: ClassVar[str] = """
        CREATE TABLE collaborations_v1 (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            municipality text NOT NULL,
            version integer NOT NULL,
            document text NOT NULL
        );
        CREATE INDEX collaborations_v1_by_municipality ON collaborations_v1 (municipality, position);
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        set_ups = [fact for fact in facts if isinstance(fact, CollaborationSetUp)]
        if set_ups:
            cursor.executemany(
                "INSERT INTO collaborations_v1 (position, recorded_at, municipality, version, document)"
                " VALUES (%s, %s, %s, %s, %s)",
                [
                    (each.recorded.position, each.recorded.recorded_at, each.municipality, each.version,
                     each.document.model_dump_json())
                    for each in set_ups
                ],
            )  # fmt: skip


def collaboration_at(cursor: Cursor, *, municipality: str, position: int) -> CollaborationDocument | None:
    """The set-up that was known at a position; None where nothing had been set up."""
    row = cursor.execute(
        "SELECT document FROM collaborations_v1 WHERE municipality = %s AND position <= %s"
        " ORDER BY position DESC LIMIT 1",
        (municipality, position),
    ).fetchone()
    return _read(row["document"]) if row else None


@lru_cache(maxsize=64)
def _read(document: str) -> CollaborationDocument:
    return CollaborationDocument.model_validate_json(document)
