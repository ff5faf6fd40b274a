"""Structural indicators of a municipality: what each was one year, written down with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_compiler.domain.compiling.work import TextReference

#: So many years stand side by side in an annual picture, its own among them.
YEARS_SHOWN = 5
VALUES = UUID("7c0a0f1e-5d0c-5f6e-9a63-0f3f6a1e2b84")


@dataclass(frozen=True, slots=True)
class SourcedValue:
    """A value, and where it comes from; the words of the source lie beside the log."""

    value: Decimal
    source: TextReference


@dataclass(frozen=True, slots=True)
class SourcedWords:
    """A value with the words of its source, as people read it; both None where nothing is written down."""

    value: Decimal | None
    source: str | None


NOTHING_WRITTEN = SourcedWords(None, None)


class IndicatorValues(Aggregate):
    """The structural indicators (strukturella indikatorer) of one municipality and one year."""

    TOPIC = "compiler.indicator_values"

    class Event(Aggregate.Event):
        """Something that somebody has written down of a year."""

        by: str

    class Begun(Event, Aggregate.Created):
        """The first value of the year is about to be set."""

        TOPIC = "compiler.indicator_values.begun"
        municipality: str
        year: int

    # The library wants this name as soon as TOPIC is set.
    Created = Begun

    class ValueSet(Event):
        """An indicator has this value, or none any more."""

        TOPIC = "compiler.indicator_values.value_set"
        about: dict[str, Any]
        indicator: str
        value: Decimal | None
        source: dict[str, Any] | None

    @staticmethod
    def create_id(municipality: str, year: int) -> UUID:
        return values_id(municipality, year)

    @classmethod
    def begun(cls, municipality: str, year: int, *, by: str) -> Self:
        return cls(municipality=municipality, year=year, by=by)

    @event(Begun)
    def __init__(self, *, municipality: str, year: int, by: str) -> None:
        self.municipality = municipality
        self.year = year
        self.values: dict[str, SourcedValue] = {}

    def set_value(self, indicator: str, sourced: SourcedValue | None, *, by: str) -> None:
        """Write a value down with its source; None takes it away. Without one nothing changes."""
        if sourced is None and indicator not in self.values:
            return
        self._value_set(
            about={"municipality": self.municipality, "year": self.year},
            indicator=indicator,
            value=sourced.value if sourced else None,
            source=sourced.source.as_stored() if sourced else None,
            by=by,
        )

    @event(ValueSet)
    def _value_set(
        self,
        about: dict[str, Any],
        indicator: str,
        *,
        value: Decimal | None,
        source: dict[str, Any] | None,
        by: str,
    ) -> None:
        sourced = sourced_value(value, source)
        if sourced is None:
            del self.values[indicator]
        else:
            self.values[indicator] = sourced


def sourced_value(value: Decimal | None, source: Mapping[str, Any] | None) -> SourcedValue | None:
    """A value as it was recorded."""
    reference = TextReference.from_stored(source)
    return SourcedValue(value, reference) if value is not None and reference is not None else None


def values_id(municipality: str, year: int) -> UUID:
    """The same year of the same municipality has always the same values."""
    return uuid5(VALUES, f"{municipality}/{year}")
