"""What are a municipality and its areas called?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_contracts.messages import CollaborationSetUp


@dataclass(frozen=True)
class Names:
    """The names people use in a municipality."""

    municipality: str
    areas: dict[str, str]
    functions: dict[str, str]

    def area(self, area_id: str) -> str:
        return self.areas.get(area_id, area_id)

    def function(self, function_id: str) -> str:
        return self.functions.get(function_id, function_id)


class Collaborations(ReadModel):
    """The names of every version of a collaboration, under its position in intake's log."""

    name: ClassVar[str] = "collaborations_v2"
    upstreams: ClassVar[tuple[str, ...]] = ("intake",)
    tables: ClassVar[str] = """
        CREATE TABLE collaborations_v2 (
            municipality text NOT NULL,
            position bigint NOT NULL,
            name text NOT NULL,
            areas jsonb NOT NULL,
            functions jsonb NOT NULL,
            PRIMARY KEY (municipality, position)
        );
        """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if isinstance(fact, CollaborationSetUp):
                _add(cursor, fact)


def names_in(cursor: Cursor, municipality: str, *, until: int | None = None) -> Names:
    """The names of a municipality, as told until a position; without a collaboration, keys stand for them."""
    row = cursor.execute(
        "SELECT name, areas, functions FROM collaborations_v2"
        " WHERE municipality = %s AND (%s::bigint IS NULL OR position <= %s)"
        " ORDER BY position DESC LIMIT 1",
        (municipality, until, until),
        prepare=True,
    ).fetchone()
    if row is None:
        return Names(municipality, areas={}, functions={})
    return Names(row["name"], areas=row["areas"], functions=row["functions"])


def _add(cursor: Cursor, message: CollaborationSetUp) -> None:
    document = message.document
    areas = {area.area_id: area.name for area in document.areas}
    functions = {function.function_id: function.title for function in document.functions}
    cursor.execute(
        "INSERT INTO collaborations_v2 VALUES (%s, %s, %s, %s, %s)",
        (
            message.municipality,
            message.recorded.position,
            document.name,
            json.dumps(areas),
            json.dumps(functions),
        ),
    )
