"""A situation picture as numbers: everything that can stand in it."""

from dataclasses import dataclass
from datetime import date

from est_contracts.vocabulary import (
    CalendarKind,
    MeasureKind,
    Party,
    PeriodKind,
    PicturePeriod,
    PictureScope,
    Theme,
    Words,
)

#: How pictures are drawn today. A new way gets a new number: an old picture can still be read as it was.
DRAWN_AS = 2


@dataclass(frozen=True, slots=True)
class Known:
    """How far two logs are known: the positions that a picture is made from."""

    intake: int
    analysis: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many reports, and how severe: the sum of the given severities, and how many were 4 or 5."""

    reports: int = 0
    severity_total: int = 0
    severe: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.reports + other.reports,
            self.severity_total + other.severity_total,
            self.severe + other.severe,
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """A count against three earlier periods; None means that nothing is known of that period."""

    now: Count
    previous: Count | None
    before_previous: Count | None
    last_year: Count | None


@dataclass(frozen=True, slots=True)
class ThemeCount(Compared):
    """A theme (tema) in all of the picture's areas."""

    theme: Theme


@dataclass(frozen=True, slots=True)
class EntryCount(Compared):
    """An entry of a checklist that was reported, now or in a period of comparison."""

    entry: str
    name: Words
    theme: Theme


@dataclass(frozen=True, slots=True)
class AreaCount(Compared):
    """A district or a sub-area; `area` is None for what concerns the whole municipality."""

    area: str | None
    name: str
    within: str | None
    priority: bool


@dataclass(frozen=True, slots=True)
class OrganisationCount(Compared):
    """An organisation that reports, or that could have: zero is told, not left out."""

    organisation: str
    name: str
    party: Party


@dataclass(frozen=True, slots=True)
class PlaceCount(Compared):
    """A named place where something was reported, now or in a period of comparison."""

    place: str
    name: str
    area: str | None


@dataclass(frozen=True, slots=True)
class Cell(Compared):
    """One area, theme, entry and organisation; only cells with something in them are kept."""

    area: str | None
    theme: Theme
    entry: str
    organisation: str
    #: How many of them now were not in public space (ej i offentlig miljö); known of blocks of counts only.
    not_in_public: int


@dataclass(frozen=True, slots=True)
class Cover:
    """How many returns were due, how many came in, and how many of them had nothing to report."""

    due: int
    heard: int
    nothing: int

    @property
    def is_thin(self) -> bool:
        """Half of it or less has been heard: what is counted says little."""
        return 0 < self.due >= 2 * self.heard


@dataclass(frozen=True, slots=True)
class WeekCount:
    """One of the last 53 weeks; `count` is None when nothing is known of it."""

    period: str
    first_day: date
    count: Count | None
    cover: Cover | None


@dataclass(frozen=True, slots=True)
class ComparedWith:
    """The periods that the counts are held against; None where nothing is known."""

    previous: str | None
    before_previous: str | None
    last_year: str | None


@dataclass(frozen=True, slots=True)
class WeekdayHours:
    """Reports by weekday (Monday first) and hour in Stockholm; those without an hour beside."""

    now: tuple[tuple[int, ...], ...]
    previous: tuple[tuple[int, ...], ...]
    without_hour: int


@dataclass(frozen=True, slots=True)
class SilentFunction:
    """A function that was to report and has said nothing in some of the reporting periods."""

    function: str
    title: str
    organisation: str
    due: int
    heard: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who has said something at all: silence is not calm. One return per function and reporting period."""

    now: Cover
    previous: Cover | None
    before_previous: Cover | None
    last_year: Cover | None
    silent: tuple[SilentFunction, ...]


@dataclass(frozen=True, slots=True)
class EntryValue:
    """What the returns say of one entry in one area, 1 to 5: the highest, and how many have said so much."""

    entry: str
    name: Words
    area: str | None
    highest: int
    values: tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class AreaValue:
    """One party's overall assessment (samlad bedömning) of one area in its returns, 1 to 5."""

    area: str
    name: str
    party: Party
    values: tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class RiskValue:
    """The risk value (riskvärde) that a meeting gave a reporting period; None where it gave none."""

    period: str
    first_day: date
    value: int | None


@dataclass(frozen=True, slots=True)
class Returned:
    """What the returns of the period say beside the incidents."""

    entries: tuple[EntryValue, ...]
    areas: tuple[AreaValue, ...]
    risk_values: tuple[RiskValue, ...]


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """Days to be prepared for: a public holiday (kind is None), a break, an event or a risk period."""

    kind: CalendarKind | None
    name: Words
    first_day: date
    last_day: date
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What reporters expect: reports of an expected entry that is still to come."""

    entry: str
    name: Words
    area: str | None
    first_day: date
    reports: int


@dataclass(frozen=True, slots=True)
class BusyThen:
    """The same period of an earlier year, when it was clearly busier than its neighbours (riskperiod)."""

    period: str
    reports: int


@dataclass(frozen=True, slots=True)
class PeriodAhead:
    """One of the next two periods: its days that matter, what is expected, how it was in earlier years."""

    period: str
    first_day: date
    last_day: date
    days: tuple[DaysAhead, ...]
    expected: tuple[Expected, ...]
    last_year: Count | None
    #: True when in any of the years before it was clearly busier than its neighbours: a known risk period.
    was_busy: bool
    #: In which of them, the latest first; a picture that was frozen earlier knows of last year only.
    busy_then: tuple[BusyThen, ...] = ()


@dataclass(frozen=True, slots=True)
class YearMark:
    """Days marked along the 53 weeks: a break, an event, a risk period, or (kind is None) a measure."""

    kind: CalendarKind | None
    name: Words
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class MeasureInPicture:
    """A measure (insats) against a problem, as analysis has told of it."""

    measure: str
    kind: MeasureKind
    function: str
    title: str
    decided_on: date
    due_on: date | None
    completed_on: date | None


@dataclass(frozen=True, slots=True)
class ProblemInPicture:
    """A problem that a rule has proposed or people have confirmed; dismissed ones only in their period."""

    problem: str
    area: str | None
    area_name: str
    theme: Theme
    state: str
    flagged_on: date
    #: The day of the latest of: proposed, confirmed, dismissed.
    changed_on: date
    evidence: Words
    measures: tuple[MeasureInPicture, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A situation picture (lägesbild): numbers and names, no opinions."""

    drawn_as: int
    municipality: str
    municipality_name: str
    period: str
    kind: PeriodKind
    first_day: date
    last_day: date
    scope: str
    #: What the scope is called; empty for the whole municipality.
    scope_name: str
    #: The areas that the scope means; empty for the whole municipality.
    scope_areas: tuple[str, ...]
    compared_with: ComparedWith
    is_known: bool
    total: Compared
    severities: tuple[int, ...]
    not_assessed: int
    #: How many of the reports stand in blocks of counts, without hour, place or severity.
    in_blocks: int
    themes: tuple[ThemeCount, ...]
    entries: tuple[EntryCount, ...]
    areas: tuple[AreaCount, ...]
    organisations: tuple[OrganisationCount, ...]
    places: tuple[PlaceCount, ...]
    cells: tuple[Cell, ...]
    weekday_hours: WeekdayHours
    recent_weeks: tuple[WeekCount, ...]
    marks: tuple[YearMark, ...]
    coverage: Coverage
    returned: Returned
    ahead: tuple[PeriodAhead, ...]
    problems: tuple[ProblemInPicture, ...]

    @property
    def picture_period(self) -> PicturePeriod:
        return PicturePeriod(self.first_day, self.last_day, self.kind)

    @property
    def picture_scope(self) -> PictureScope:
        return PictureScope.parse(self.scope)

    @property
    def reports(self) -> int:
        return self.total.now.reports

    @property
    def assessed(self) -> int:
        """How many of the reports were given a severity at all."""
        return sum(self.severities)

    @property
    def silent_organisations(self) -> tuple[OrganisationCount, ...]:
        """Those that take part but have reported nothing: silence is not calm."""
        return tuple(each for each in self.organisations if each.now.reports == 0)
