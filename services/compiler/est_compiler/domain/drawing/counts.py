"""Counts: what was reported, added up by theme, entry, area, organisation and place in four periods."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from est_compiler.domain.drawing.names import Names
from est_compiler.domain.knowledge import Slot, Tally
from est_compiler.domain.picture import (
    AreaCount,
    Cell,
    Compared,
    Count,
    EntryCount,
    OrganisationCount,
    PlaceCount,
    ThemeCount,
    WeekdayHours,
)
from est_contracts.vocabulary import PicturePeriod, Theme

SEVERE = 4

Key = TypeVar("Key", bound=Hashable)
FourCounts = tuple[Count, Count | None, Count | None, Count | None]
CellKey = tuple[str | None, Theme, str, str]
#: Reports, severities and severe ones of each of the four periods, twelve numbers in a row.
Row = list[int]

_SLOTS = {slot: 3 * place for place, slot in enumerate(Slot)}
_THEMES = {theme: place for place, theme in enumerate(Theme)}


class Counts:
    """The tallies of one picture, to be added up by whatever is asked for."""

    def __init__(
        self, tallies: tuple[Tally, ...], *, compared: Mapping[Slot, PicturePeriod | None], names: Names
    ) -> None:
        self._tallies = tallies
        self._now = tuple(each for each in tallies if each.slot is Slot.NOW)
        self._is_known = tuple(compared[slot] is not None for slot in Slot)
        self._names = names
        # Everything but places is added up from these: there are far fewer of them than tallies.
        self._cells = _added(tallies, lambda each: (each.area, each.theme, each.entry, each.organisation))

    def total(self) -> Compared:
        return Compared(*self._four(self._by(lambda _cell: None).get(None)))

    def severities(self) -> tuple[int, ...]:
        return tuple(self._of_severity(severity) for severity in range(1, 6))

    def not_assessed(self) -> int:
        return self._of_severity(None)

    def in_blocks(self) -> int:
        return sum(each.reports for each in self._now if each.in_public is not None)

    def themes(self) -> tuple[ThemeCount, ...]:
        rows = self._by(lambda cell: cell[1])
        counts = [ThemeCount(*self._four(rows.get(theme)), theme=theme) for theme in Theme]
        # "Other" stands last however much it holds: it says least.
        return tuple(
            sorted(
                counts,
                key=lambda each: (each.theme is Theme.OTHER, -each.now.reports, _THEMES[each.theme]),
            )
        )

    def entries(self) -> tuple[EntryCount, ...]:
        rows = self._by(lambda cell: (cell[2], cell[1]))
        counts = [
            EntryCount(*self._four(row), entry=entry, name=self._names.entry(entry), theme=theme)
            for (entry, theme), row in rows.items()
        ]
        return tuple(sorted(counts, key=lambda each: (-each.now.reports, each.entry, _THEMES[each.theme])))

    def areas(self, scope: frozenset[str] | None) -> tuple[AreaCount, ...]:
        """Every area that has been set up, in its order; then others that were told of, then all of it."""
        rows = self._by(lambda cell: cell[0])
        set_up = [area for area in self._names.areas if scope is None or area in scope]
        others = sorted(area for area in rows if area is not None and area not in set_up)
        shown: list[str | None] = [*set_up, *others]
        if not shown or None in rows:
            shown.append(None)
        return tuple(self._area(area, rows.get(area)) for area in shown)

    def _area(self, area: str | None, row: Row | None) -> AreaCount:
        known = self._names.areas.get(area) if area else None
        return AreaCount(
            *self._four(row),
            area=area,
            name=self._names.area(area),
            within=known.within if known else None,
            priority=area in self._names.priority_areas,
        )

    def organisations(self) -> tuple[OrganisationCount, ...]:
        rows = self._by(lambda cell: cell[3])
        counts = [
            OrganisationCount(*self._four(rows.get(each)), organisation=each, name=name, party=party)
            for each, (name, party) in self._names.organisations(self._tallies).items()
        ]
        return tuple(sorted(counts, key=lambda each: (-each.now.reports, each.name, each.organisation)))

    def places(self) -> tuple[PlaceCount, ...]:
        at_places = (each for each in self._tallies if each.place is not None)
        rows = _added(at_places, lambda each: (each.place or "", each.area))
        counts = [
            PlaceCount(*self._four(row), place=place, name=self._names.place(place), area=area)
            for (place, area), row in rows.items()
        ]
        return tuple(
            sorted(counts, key=lambda each: (-each.now.reports, each.name, each.place, each.area or ""))
        )

    def cells(self) -> tuple[Cell, ...]:
        hidden = _added(
            (each for each in self._now if each.in_public is False),
            lambda each: (each.area, each.theme, each.entry, each.organisation),
        )
        return tuple(
            Cell(
                *self._four(row),
                area=key[0], theme=key[1], entry=key[2], organisation=key[3],
                not_in_public=hidden[key][0] if key in hidden else 0,
            )
            for key, row in sorted(self._cells.items(), key=lambda each: _order_of(each[0]))
        )  # fmt: skip

    def weekday_hours(self) -> WeekdayHours:
        return WeekdayHours(
            now=self._hours(Slot.NOW),
            previous=self._hours(Slot.PREVIOUS),
            without_hour=sum(each.reports for each in self._now if each.hour is None),
        )

    def _hours(self, slot: Slot) -> tuple[tuple[int, ...], ...]:
        hours = [[0] * 24 for _ in range(7)]
        for tally in self._tallies:
            if tally.slot is slot and tally.weekday is not None and tally.hour is not None:
                hours[tally.weekday - 1][tally.hour] += tally.reports
        return tuple(tuple(day) for day in hours)

    def _of_severity(self, severity: int | None) -> int:
        return sum(each.reports for each in self._now if each.severity == severity)

    def _by(self, key_of: Callable[[CellKey], Key]) -> dict[Key, Row]:
        rows: dict[Key, Row] = {}
        for cell, row in self._cells.items():
            key = key_of(cell)
            rows[key] = [sum(pair) for pair in zip(rows[key], row, strict=True)] if key in rows else row
        return rows

    def _four(self, row: Row | None) -> FourCounts:
        row = row or [0] * 12
        now, *before = (Count(*row[place : place + 3]) for place in range(0, 12, 3))
        previous, earlier, last_year = (
            count if known else None for count, known in zip(before, self._is_known[1:], strict=True)
        )
        return now, previous, earlier, last_year


def _added(tallies: Iterable[Tally], key_of: Callable[[Tally], Key]) -> dict[Key, Row]:
    rows: dict[Key, Row] = {}
    for tally in tallies:
        row = rows.setdefault(key_of(tally), [0] * 12)
        place, severity = _SLOTS[tally.slot], tally.severity or 0
        row[place] += tally.reports
        row[place + 1] += severity * tally.reports
        row[place + 2] += tally.reports if severity >= SEVERE else 0
    return rows


def _order_of(key: CellKey) -> tuple[bool, str, int, str, str]:
    area, theme, entry, organisation = key
    return area is None, area or "", _THEMES[theme], entry, organisation
