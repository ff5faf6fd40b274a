"""Drawing a picture: the same knowledge always gives the same picture, to the last byte."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from est_compiler.domain.knowledge import Knowledge, Slot, Tally
from est_compiler.domain.picture import (
    DRAWN_AS,
    AreaCount,
    Cell,
    Compared,
    ComparedWith,
    Count,
    Cover,
    Coverage,
    EntryCount,
    OrganisationCount,
    Picture,
    PlaceCount,
    Returned,
    ThemeCount,
    WeekCount,
    WeekdayHours,
)
from est_contracts.vocabulary import (
    MUNICIPALITIES,
    CollaborationDocument,
    Party,
    PeriodKind,
    PictureCalendar,
    PicturePeriod,
    Theme,
    UnknownChecklistEntry,
    Words,
    entry,
)

RECENT_WEEKS = 53
SEVERE = 4
#: A report without an area concerns all of it; so does every report where no areas have been set up.
WHOLE_MUNICIPALITY = "Hela kommunen"

Key = TypeVar("Key", bound=Hashable)
Sums = Mapping[tuple[Key, Slot], Count]
FourCounts = tuple[Count, Count | None, Count | None, Count | None]


def draw(known: Knowledge) -> Picture:
    """Draw the picture of a period and scope from what is known."""
    return _Drawing(known).picture()


def periods_to_compare_with(period: PicturePeriod) -> dict[Slot, PicturePeriod | None]:
    """The four periods whose counts are held against each other."""
    return {
        Slot.NOW: period,
        Slot.PREVIOUS: period.previous,
        Slot.BEFORE_PREVIOUS: period.before(2),
        Slot.LAST_YEAR: period.last_year,
    }


def recent_weeks_of(period: PicturePeriod, calendar: PictureCalendar) -> tuple[PicturePeriod, ...]:
    """The 53 weeks that end with the one that the period ends in, the oldest first."""
    last = calendar.period_of_day(PeriodKind.WEEK, period.last_day)
    return tuple(last.before(back) for back in reversed(range(RECENT_WEEKS)))


class _Drawing:
    """One picture being drawn."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self.document = known.collaboration
        self.now = tuple(each for each in known.tallies if each.slot is Slot.NOW)
        self.compared = {
            slot: period if self._is_known(period) else None
            for slot, period in periods_to_compare_with(known.period).items()
        }

    def picture(self) -> Picture:
        known, period = self.known, self.known.period
        return Picture(
            drawn_as=DRAWN_AS,
            municipality=known.municipality,
            municipality_name=_municipality_name(known),
            period=str(period),
            kind=period.kind,
            first_day=period.first_day,
            last_day=period.last_day,
            scope=str(known.scope),
            scope_name=self._scope_name(),
            scope_areas=tuple(sorted(known.areas or ())),
            compared_with=self._compared_with(),
            is_known=known.first_day is not None and known.first_day <= period.last_day,
            total=Compared(*self._four(self._sums(lambda _tally: None), None)),
            severities=tuple(_reports(self.now, severity) for severity in range(1, 6)),
            not_assessed=_reports(self.now, None),
            in_blocks=sum(each.reports for each in self.now if each.in_public is not None),
            themes=self._themes(),
            entries=self._entries(),
            areas=self._areas(),
            organisations=self._organisations(),
            places=self._places(),
            cells=self._cells(),
            weekday_hours=WeekdayHours(
                now=self._weekday_hours(Slot.NOW),
                previous=self._weekday_hours(Slot.PREVIOUS),
                without_hour=sum(each.reports for each in self.now if each.hour is None),
            ),
            recent_weeks=self._recent_weeks(),
            marks=(),
            coverage=Coverage(Cover(0, 0, 0), None, None, None, ()),
            returned=Returned((), (), ()),
            ahead=(),
            problems=(),
        )

    def _is_known(self, period: PicturePeriod | None) -> bool:
        first_day = self.known.first_day
        return period is not None and first_day is not None and period.last_day >= first_day

    def _compared_with(self) -> ComparedWith:
        written = {slot: str(period) if period else None for slot, period in self.compared.items()}
        return ComparedWith(written[Slot.PREVIOUS], written[Slot.BEFORE_PREVIOUS], written[Slot.LAST_YEAR])

    def _scope_name(self) -> str:
        if self.known.scope.is_whole or self.document is None:
            return ""
        names = {each.area_id: each.name for each in self.document.areas}
        names |= {each.group_id: each.name for each in self.document.local_groups}
        names["priority"] = "Prioriterade områden"
        return ", ".join(names.get(name, name) for name in self.known.scope.names)

    def _themes(self) -> tuple[ThemeCount, ...]:
        sums = self._sums(lambda tally: tally.theme)
        counts = [ThemeCount(*self._four(sums, theme), theme=theme) for theme in Theme]
        order = list(Theme)
        # "Other" stands last however much it holds: it says least.
        return tuple(
            sorted(
                counts,
                key=lambda each: (each.theme is Theme.OTHER, -each.now.reports, order.index(each.theme)),
            )
        )

    def _entries(self) -> tuple[EntryCount, ...]:
        sums = self._sums(lambda tally: (tally.entry, tally.theme))
        counts = [
            EntryCount(*self._four(sums, key), entry=key[0], name=self.entry_name(key[0]), theme=key[1])
            for key in sorted({key for key, _ in sums})
        ]
        return tuple(sorted(counts, key=lambda each: (-each.now.reports, each.entry)))

    def entry_name(self, entry_id: str) -> Words:
        """What an entry says, in whichever list it stands."""
        for own in self.document.own_checklists if self.document else ():
            for listed in own.entries:
                if listed.entry_id == entry_id:
                    return listed.words
        try:
            return entry(entry_id).words
        except UnknownChecklistEntry:
            return Words(sv=entry_id or "–", en=entry_id or "–")

    def _areas(self) -> tuple[AreaCount, ...]:
        sums = self._sums(lambda tally: tally.area)
        set_up = {area.area_id: area for area in (self.document.areas if self.document else ())}
        if self.known.areas is not None:
            set_up = {name: area for name, area in set_up.items() if name in self.known.areas}
        others = sorted({area for area, _ in sums if area is not None} - set_up.keys())
        counts = [
            AreaCount(
                *self._four(sums, area),
                area=area,
                name=set_up[area].name if area in set_up else area,
                within=set_up[area].within if area in set_up else None,
                priority=area in set_up and set_up[area].priority,
            )
            for area in (*set_up, *others)
        ]
        if not counts or any(area is None for area, _ in sums):
            whole = self._four(sums, None)
            counts.append(AreaCount(*whole, area=None, name=WHOLE_MUNICIPALITY, within=None, priority=False))
        return tuple(counts)

    def _organisations(self) -> tuple[OrganisationCount, ...]:
        sums = self._sums(lambda tally: tally.organisation)
        names = _organisation_names(self.document, self.known.tallies)
        counts = [
            OrganisationCount(*self._four(sums, each), organisation=each, name=name, party=party)
            for each, (name, party) in names.items()
        ]
        return tuple(sorted(counts, key=lambda each: (-each.now.reports, each.name, each.organisation)))

    def _places(self) -> tuple[PlaceCount, ...]:
        sums = self._sums(lambda tally: (tally.place, tally.area))
        names = {each.place_id: each.name for each in (self.document.places if self.document else ())}
        keys = {(place, area) for (place, area), _ in sums if place is not None}
        counts = [
            PlaceCount(*self._four(sums, key), place=key[0], name=names.get(key[0], key[0]), area=key[1])
            for key in keys
        ]
        return tuple(sorted(counts, key=lambda each: (-each.now.reports, each.name, each.area or "")))

    def _cells(self) -> tuple[Cell, ...]:
        sums = self._sums(lambda tally: (tally.area, tally.theme, tally.entry, tally.organisation))
        hidden: defaultdict[tuple[str | None, Theme, str, str], int] = defaultdict(int)
        for each in self.now:
            if each.in_public is False:
                hidden[each.area, each.theme, each.entry, each.organisation] += each.reports
        order = list(Theme)
        return tuple(
            Cell(
                *self._four(sums, key),
                area=key[0], theme=key[1], entry=key[2], organisation=key[3], not_in_public=hidden[key],
            )
            for key in sorted(
                {key for key, _ in sums},
                key=lambda key: (key[0] is None, key[0] or "", order.index(key[1]), key[2], key[3]),
            )
        )  # fmt: skip

    def _weekday_hours(self, slot: Slot) -> tuple[tuple[int, ...], ...]:
        hours = [[0] * 24 for _ in range(7)]
        for tally in self.known.tallies:
            if tally.slot is slot and tally.weekday is not None and tally.hour is not None:
                hours[tally.weekday - 1][tally.hour] += tally.reports
        return tuple(tuple(day) for day in hours)

    def _recent_weeks(self) -> tuple[WeekCount, ...]:
        known = self.known
        return tuple(
            WeekCount(
                str(week),
                week.first_day,
                known.recent_weeks.get(week.first_day, Count()) if self._is_known(week) else None,
                None,
            )
            for week in recent_weeks_of(known.period, calendar_of(self.document))
        )

    def _sums(self, key_of: Callable[[Tally], Key]) -> Sums[Key]:
        """Counts by key and period."""
        sums: defaultdict[tuple[Key, Slot], Count] = defaultdict(Count)
        for tally in self.known.tallies:
            sums[key_of(tally), tally.slot] += counted(tally)
        return sums

    def _four(self, sums: Sums[Key], key: Key) -> FourCounts:
        def count_in(slot: Slot) -> Count | None:
            return None if self.compared[slot] is None else sums.get((key, slot), Count())

        now = sums.get((key, Slot.NOW), Count())
        return now, count_in(Slot.PREVIOUS), count_in(Slot.BEFORE_PREVIOUS), count_in(Slot.LAST_YEAR)


def calendar_of(document: CollaborationDocument | None) -> PictureCalendar:
    """Which periods there are, where something has been set up and where nothing has."""
    return document.picture_calendar if document else PictureCalendar()


def _organisation_names(
    document: CollaborationDocument | None, tallies: Iterable[Tally]
) -> dict[str, tuple[str, Party]]:
    """Those that have been set up, then those that have reported all the same."""
    set_up = document.organisations if document else ()
    names = {each.organisation_id: (each.name, each.party) for each in set_up}
    for tally in sorted(tallies, key=lambda each: (each.organisation, each.party)):
        names.setdefault(tally.organisation, (tally.organisation.replace("_", " ").capitalize(), tally.party))
    return names


def counted(tally: Tally) -> Count:
    """What a tally adds to a count."""
    severity = tally.severity or 0
    return Count(tally.reports, severity * tally.reports, tally.reports if severity >= SEVERE else 0)


def _reports(tallies: Iterable[Tally], severity: int | None) -> int:
    return sum(tally.reports for tally in tallies if tally.severity == severity)


def _municipality_name(known: Knowledge) -> str:
    if known.collaboration is not None:
        return known.collaboration.name
    return MUNICIPALITIES.get(known.municipality, known.municipality)
