"""How each municipality works together now: who is on duty, who gets what, what areas are called."""

from collections.abc import Sequence
from typing import Any, ClassVar

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_contracts.messages import CollaborationSetUp
from est_contracts.vocabulary import CollaborationDocument


class Collaborations(ReadModel):
    """The latest set-up (samverkan) of each municipality."""

    name: ClassVar[str] = "collaborations_v1"
    upstreams: ClassVar[tuple[str, ...]] = ("intake",)
    tables: ClassVar[str] = """
        CREATE TABLE collaborations_v1 (
            municipality text PRIMARY KEY,
            version integer NOT NULL,
            document jsonb NOT NULL
        )
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        set_ups = [
            (fact.municipality, fact.version, fact.document.model_dump_json())
            for fact in facts
            if isinstance(fact, CollaborationSetUp)
        ]
        if set_ups:
            cursor.executemany(
                """
                INSERT INTO collaborations_v1 (municipality, version, document) VALUES (%s, %s, %s)
                ON CONFLICT (municipality) DO UPDATE
                SET version = excluded.version, document = excluded.document
                """,
                set_ups,
            )


def collaboration_of(cursor: Cursor, municipality: str) -> CollaborationDocument | None:
    """The municipality's set-up, or None when it has not set up any."""
    row = cursor.execute(
        "SELECT document FROM collaborations_v1 WHERE municipality = %s", (municipality,)
    ).fetchone()
    return CollaborationDocument.model_validate(row["document"]) if row else None


def version_of(cursor: Cursor, municipality: str) -> int:
    """Which version the set-up has; 0 when there is none. Cheap, so that documents can be kept in memory."""
    row = cursor.execute(
        "SELECT version FROM collaborations_v1 WHERE municipality = %s", (municipality,)
    ).fetchone()
    return int(row["version"]) if row else 0
