"""What intake has recorded, read past every door: the only honest way to count."""

import json
from typing import Any

from tests.system.est_house import EstHouse


def recorded_of(house: EstHouse, function: str) -> list[dict[str, Any]]:
    """The incidents that a function has told of, in the order they were recorded."""
    with house.database() as database:
        rows = database.execute(SUBMITTED, (f'"function":"{function}"',)).fetchall()
    states = [json.loads(bytes(row[0])) for row in rows]
    return [state["incident"] for state in states if state["reporter"]["function"] == function]


def events_of_intake(house: EstHouse) -> int:
    with house.database() as database:
        row = database.execute("SELECT count(*) FROM intake.events").fetchone()
    assert row is not None
    return int(row[0])


SUBMITTED = """
    SELECT state FROM intake.events
     WHERE topic = 'intake.incident_report.submitted' AND strpos(convert_from(state, 'UTF8'), %s) > 0
     ORDER BY notification_id
"""
