"""The structural indicators of the annual analysis: what is followed year by year, and their values."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from est_contracts.vocabulary.wording import Words

IndicatorId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
IndicatorGroupId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]

FIRST_YEAR, LAST_YEAR = 1990, 2099
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")
#: How thousands are set apart: spaces of three widths.
_SPACES = str.maketrans("", "", " \u00a0\u202f")


class UnknownIndicator(LookupError):
    """No structural indicator has this name."""


class InvalidIndicatorValue(ValueError):
    """What was given is not a number that an indicator can have."""


class IndicatorUnit(StrEnum):
    """In what an indicator is counted."""

    NUMBER = "number"
    PERCENT = "percent"
    INDEX = "index"
    DAYS = "days"
    THOUSAND_KRONOR = "thousand_kronor"
    MERIT_POINTS = "merit_points"
    PER_THOUSAND = "per_thousand"


INDICATOR_UNIT_WORDS: dict[IndicatorUnit, Words] = {
    IndicatorUnit.NUMBER: Words(sv="antal", en="number"),
    IndicatorUnit.PERCENT: Words(sv="procent", en="per cent"),
    IndicatorUnit.INDEX: Words(sv="index", en="index"),
    IndicatorUnit.DAYS: Words(sv="dagar per person och år", en="days per person and year"),
    IndicatorUnit.THOUSAND_KRONOR: Words(sv="tusen kronor", en="thousand kronor"),
    IndicatorUnit.MERIT_POINTS: Words(sv="meritpoäng", en="merit points"),
    IndicatorUnit.PER_THOUSAND: Words(sv="per 1 000 invånare", en="per 1,000 inhabitants"),
}


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Indicator(_Fixed):
    """A structural indicator (strukturell indikator); the unit is a proposal, the source prints none."""

    indicator_id: IndicatorId
    words: Words
    unit: IndicatorUnit
    help: Words | None = None


class IndicatorGroup(_Fixed):
    """Indicators of one kind of conditions, in the order in which they are printed."""

    group_id: IndicatorGroupId
    words: Words
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]


def _read_groups() -> tuple[IndicatorGroup, ...]:
    written = (files("est_contracts") / "indicators.json").read_text("utf-8")
    return TypeAdapter(tuple[IndicatorGroup, ...]).validate_json(written)


INDICATOR_GROUPS: tuple[IndicatorGroup, ...] = _read_groups()
INDICATORS: dict[str, Indicator] = {
    each.indicator_id: each for group in INDICATOR_GROUPS for each in group.indicators
}


def indicator(indicator_id: str) -> Indicator:
    """The structural indicator of this name."""
    try:
        return INDICATORS[indicator_id]
    except KeyError:
        raise UnknownIndicator(indicator_id) from None


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """The value that an indicator had one year, and where it comes from (källa)."""

    indicator: str
    year: int
    value: Decimal
    source: str


def indicator_number(written: str) -> Decimal:
    """A value as people write it: 12, 12,5 or 1 234.5."""
    plain = written.strip().translate(_SPACES).replace("\u2212", "-").replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise InvalidIndicatorValue(written[:40])
    return Decimal(plain)


def indicator_year(written: str) -> int:
    """A year that values can be given for."""
    if not re.fullmatch(r"[0-9]{4}", written.strip()) or not FIRST_YEAR <= int(written) <= LAST_YEAR:
        raise InvalidIndicatorValue(written[:40])
    return int(written)
