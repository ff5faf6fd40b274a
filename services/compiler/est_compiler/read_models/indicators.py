"""What the structural indicators of each municipality were, year by year."""

from collections.abc import Sequence
from typing import Any, ClassVar

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_compiler.domain.indicators.values import YEARS_SHOWN, IndicatorValues, sourced_value
from est_contracts.vocabulary import IndicatorValue


class Indicators(ReadModel):
    """The values as they stand; the words of their sources lie beside the log."""

    name: ClassVar[str] = "indicators_v1"
    tables: ClassVar[str] = """
        CREATE TABLE indicators_v1 (
            municipality text NOT NULL,
            indicator text NOT NULL,
            year integer NOT NULL,
            value numeric NOT NULL,
            source_id uuid NOT NULL,
            PRIMARY KEY (municipality, indicator, year)
        );
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if isinstance(fact, RecordedEvent) and isinstance(fact.event, IndicatorValues.ValueSet):
                _feed(cursor, fact.event)


def indicators_of(
    cursor: Cursor, *, municipality: str, first_year: int, last_year: int
) -> tuple[IndicatorValue, ...]:
    """What has been written down of these years; a source that has been erased is empty."""
    rows = cursor.execute(READ, (municipality, first_year, last_year)).fetchall()
    return tuple(
        IndicatorValue(row["indicator"], row["year"], row["value"], row["words"] or "") for row in rows
    )


def indicators_shown(cursor: Cursor, *, municipality: str, year: int) -> tuple[IndicatorValue, ...]:
    """Those of the years that stand side by side in a picture of a year."""
    return indicators_of(cursor, municipality=municipality, first_year=year - YEARS_SHOWN + 1, last_year=year)


def _feed(cursor: Cursor, event: IndicatorValues.ValueSet) -> None:
    key = (event.about["municipality"], event.indicator, event.about["year"])
    sourced = sourced_value(event.value, event.source)
    if sourced is None:
        cursor.execute(REMOVE, key)
    else:
        cursor.execute(KEEP, (*key, sourced.value, sourced.source.text_id))


KEEP = """
    INSERT INTO indicators_v1 (municipality, indicator, year, value, source_id) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (municipality, indicator, year)
    DO UPDATE SET value = excluded.value, source_id = excluded.source_id
"""
REMOVE = "DELETE FROM indicators_v1 WHERE municipality = %s AND indicator = %s AND year = %s"
READ = """
    SELECT indicator, year, value, words FROM indicators_v1
      LEFT JOIN written_texts ON text_id = source_id
     WHERE indicators_v1.municipality = %s AND year BETWEEN %s AND %s ORDER BY indicator, year
"""
