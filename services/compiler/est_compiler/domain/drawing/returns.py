"""What the returns say beside the incidents: values of entries and areas, and the series of risk values."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date
from typing import TypeVar

from est_compiler.domain.drawing.coverage import is_due
from est_compiler.domain.drawing.names import Names
from est_compiler.domain.knowledge import Knowledge
from est_compiler.domain.periods import calendar_of, recent_weeks_of
from est_compiler.domain.picture import AreaValue, EntryValue, Returned, RiskValue
from est_contracts.vocabulary import Party, PicturePeriod, ReportingPeriod, Rhythm

Key = TypeVar("Key", bound=Hashable)
FiveValues = tuple[int, int, int, int, int]

_PARTIES = list(Party)


def returned(known: Knowledge, names: Names) -> Returned:
    """The values of the period, and the risk values of a year; empty where nobody gives any."""
    return Returned(
        entries=_entry_values(known, names), areas=_area_values(known, names), risk_values=_risk_values(known)
    )


def _entry_values(known: Knowledge, names: Names) -> tuple[EntryValue, ...]:
    told = ((each.entry, each.area, each.value) for each in known.returned if each.entry is not None)
    counted = _counted(((entry, area), value) for entry, area, value in told)
    shown = sorted(counted, key=lambda key: (names.entry_order(key[0]), names.area_order(key[1])))
    return tuple(
        EntryValue(
            entry=entry,
            name=names.entry(entry),
            area=area,
            highest=_highest(counted[entry, area]),
            values=counted[entry, area],
        )
        for entry, area in shown
    )


def _area_values(known: Knowledge, names: Names) -> tuple[AreaValue, ...]:
    told = (each for each in known.returned if each.entry is None)
    counted = _counted(((each.area or "", each.party), each.value) for each in told if each.area)
    shown = sorted(counted, key=lambda key: (names.area_order(key[0]), _PARTIES.index(key[1])))
    return tuple(
        AreaValue(area=area, name=names.area(area), party=party, values=counted[area, party])
        for area, party in shown
    )


def _risk_values(known: Knowledge) -> tuple[RiskValue, ...]:
    """A value or a gap for each reporting period of the 53 weeks, where risk values are given at all."""
    weeks = recent_weeks_of(known.period, calendar_of(known.collaboration))
    series: dict[date, RiskValue] = {}
    # Should a period have been given several values, the highest stands: nothing is played down.
    for each in sorted(known.risk_values, key=lambda each: each.value):
        if weeks[0].first_day <= each.first_day <= weeks[-1].last_day:
            series[each.first_day] = RiskValue(each.period, each.first_day, each.value)
    document = known.collaboration
    # A risk value is given to the whole municipality: a part of it has no gaps to show.
    if document is not None and document.risk_scale is not None and known.areas is None:
        for gap in _due_in(weeks, known, document.rhythm):
            if not any(gap.first_day <= given <= gap.last_day for given in series):
                series[gap.first_day] = RiskValue(str(gap), gap.first_day, None)
    return tuple(series[day] for day in sorted(series))


def _due_in(weeks: tuple[PicturePeriod, ...], known: Knowledge, rhythm: Rhythm) -> Iterable[ReportingPeriod]:
    reporting = rhythm.period_of_day(weeks[-1].last_day)
    while reporting.last_day >= weeks[0].first_day:
        if is_due(reporting, known):
            yield reporting
        reporting = reporting.previous


def _counted(told: Iterable[tuple[Key, int]]) -> dict[Key, FiveValues]:
    """How many have said each of the five values."""
    counts: defaultdict[Key, list[int]] = defaultdict(lambda: [0] * 5)
    for key, value in told:
        counts[key][value - 1] += 1
    return {key: (row[0], row[1], row[2], row[3], row[4]) for key, row in counts.items()}


def _highest(values: FiveValues) -> int:
    return max(value for value, told in enumerate(values, start=1) if told)
