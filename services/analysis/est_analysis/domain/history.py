"""What is known of one theme in one area when a week is judged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from est_contracts.vocabulary import Theme, Week

WINDOW_WEEKS = 4
HISTORY_WEEKS = 52

# With this weight, in weeks, an ordinary level stands in until the municipality has a history of its own.
ORDINARY_WEEKS = 8
ORDINARY_LEVEL = 0.5


@dataclass(frozen=True)
class Series:
    """A series (serie): one theme in one area of one municipality."""

    municipality: str
    area: str
    theme: Theme


# Reports by area and theme, by week, by organisation.
Counts = Mapping[tuple[str, Theme], Mapping[Week, Mapping[str, int]]]


@dataclass(frozen=True)
class Surroundings:
    """What the whole municipality reported during the weeks that a series is compared with."""

    weeks: int
    theme_reports: int
    area_reports: int
    all_reports: int

    @property
    def level(self) -> float:
        """Reports a week that the area's and the theme's shares alone let one expect."""
        shared = 0.0
        if self.all_reports:
            shared = self.theme_reports * self.area_reports / self.all_reports
        return (shared + ORDINARY_WEEKS * ORDINARY_LEVEL) / (self.weeks + ORDINARY_WEEKS)


@dataclass(frozen=True)
class History:
    """A series up to the end of the judged week: the window of four weeks, and up to a year before it."""

    week: Week
    window: tuple[int, ...]
    earlier: tuple[int, ...]
    organisations: int
    surroundings: Surroundings
    run_weeks: int = 0

    @property
    def reports(self) -> int:
        return sum(self.window)

    @property
    def first_week(self) -> Week:
        """The first week of the window."""
        return self.week.before(WINDOW_WEEKS - 1)

    @property
    def calm(self) -> tuple[int, ...]:
        """The earlier weeks without the problem's own run, which would make the problem look ordinary."""
        return self.earlier[: len(self.earlier) - self.run_weeks]

    def leaving_out_the_run_since(self, week: Week) -> "History":
        """The same history, with the weeks of a problem's run kept out of what is expected."""
        weeks = weeks_between(week, self.first_week)
        return replace(self, run_weeks=min(max(weeks, 0), len(self.earlier)))


class Totals(NamedTuple):
    """What was reported in the whole municipality during the year before a window."""

    areas: Counter[str]
    themes: Counter[Theme]


class MunicipalWeeks:
    """All series of a municipality, week by week, so that a batch is judged after a single question."""

    def __init__(self, *, first: Week | None, counts: Counts) -> None:
        self.first = first
        self._counts = counts
        self._totals: dict[Week, Totals] = {}

    def reports(self, series: Series, week: Week) -> int:
        return sum(self._of(series).get(week, {}).values())

    def history(self, series: Series, week: Week) -> History:
        """What was known of a series when the week was over, or what is known while it goes on."""
        window_weeks = _weeks_ending(week, weeks=WINDOW_WEEKS)
        earlier_weeks = self._earlier(window_weeks[0])
        by_week = self._of(series)
        organisations = {
            name for each in window_weeks for name, count in by_week.get(each, {}).items() if count
        }
        return History(
            week=week,
            window=tuple(self.reports(series, each) for each in window_weeks),
            earlier=tuple(self.reports(series, each) for each in earlier_weeks),
            organisations=len(organisations),
            surroundings=self._surroundings(series, weeks=earlier_weeks, window_starts=window_weeks[0]),
        )

    def _of(self, series: Series) -> Mapping[Week, Mapping[str, int]]:
        return self._counts.get((series.area, series.theme), {})

    def _earlier(self, window_starts: Week) -> tuple[Week, ...]:
        """The year before the window, but no week before the first report: silence is not calm."""
        if self.first is None or self.first >= window_starts:
            return ()
        weeks = min(HISTORY_WEEKS, weeks_between(self.first, window_starts))
        return _weeks_ending(window_starts.previous, weeks=weeks)

    def _surroundings(self, series: Series, *, weeks: tuple[Week, ...], window_starts: Week) -> Surroundings:
        """How the municipality's reports were shared out among areas and themes during these weeks."""
        if window_starts not in self._totals:
            self._totals[window_starts] = self._summed_up(frozenset(weeks))
        totals = self._totals[window_starts]
        return Surroundings(
            weeks=len(weeks),
            theme_reports=totals.themes[series.theme],
            area_reports=totals.areas[series.area],
            all_reports=totals.areas.total(),
        )

    def _summed_up(self, weeks: frozenset[Week]) -> Totals:
        totals = Totals(Counter(), Counter())
        for (area, theme), by_week in self._counts.items():
            reports = sum(sum(by_week[week].values()) for week in weeks & by_week.keys())
            totals.areas[area] += reports
            totals.themes[theme] += reports
        return totals


def weeks_between(earlier: Week, later: Week) -> int:
    """How many weeks later the one is; negative when it is the other way round."""
    return (later.monday - earlier.monday).days // 7


def _weeks_ending(week: Week, *, weeks: int) -> tuple[Week, ...]:
    return tuple(week.before(weeks - 1 - place) for place in range(weeks))
