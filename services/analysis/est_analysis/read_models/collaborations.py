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
    """The names of the collaborations' latest versions."""

    name: ClassVar[str] = "collaborations_v1"
    tables: ClassVar[str] = """
        CREATE TABLE collaborations_v1 (
            municipality text PRIMARY KEY,
            name text NOT NULL,
            areas jsonb NOT NULL,
            functions jsonb NOT NULL
        );
        """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if isinstance(fact, CollaborationSetUp):
                _replace(cursor, fact)


def names_in(cursor: Cursor, municipality: str) -> Names:
    """The names of a municipality; without a collaboration, keys stand for themselves."""
    row = cursor.execute(
        "SELECT name, areas, functions FROM collaborations_v1 WHERE municipality = %s",
        (municipality,),
        prepare=True,
    ).fetchone()
    if row is None:
        return Names(municipality, areas={}, functions={})
    return Names(row["name"], areas=row["areas"], functions=row["functions"])


def _replace(cursor: Cursor, message: CollaborationSetUp) -> None:
    document = message.document
    areas = {area.area_id: area.name for area in document.areas}
    functions = {function.function_id: function.title for function in document.functions}
    cursor.execute(
        "INSERT INTO collaborations_v1 VALUES (%s, %s, %s, %s) ON CONFLICT (municipality)"
        " DO UPDATE SET name = excluded.name, areas = excluded.areas, functions = excluded.functions",
        (message.municipality, document.name, json.dumps(areas), json.dumps(functions)),
    )
