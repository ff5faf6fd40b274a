"""What is known of one theme in one area when a week is judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

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


# Reports by week and organisation.
Counts = Mapping[Week, Mapping[str, int]]


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
class Totals:
    """What was reported in a municipality during the year before a window, by area and by theme."""

    areas: Mapping[str, int]
    themes: Mapping[Theme, int]

    def around(self, series: Series, *, weeks: int) -> Surroundings:
        return Surroundings(
            weeks=weeks,
            theme_reports=self.themes.get(series.theme, 0),
            area_reports=self.areas.get(series.area, 0),
            all_reports=sum(self.areas.values()),
        )


@dataclass(frozen=True)
class History:
    """A series up to the end of the judged week: the window of four weeks, and up to a year before it."""

    week: Week
    window: tuple[int, ...]
    organisations: int
    # Asked for only when the window itself does not settle the matter.
    look_back: Callable[[], tuple[int, ...]]
    look_around: Callable[[], Surroundings]
    run_weeks: int = 0

    @cached_property
    def earlier(self) -> tuple[int, ...]:
        """The weeks before the window."""
        return self.look_back()

    @property
    def reports(self) -> int:
        return sum(self.window)

    @property
    def surroundings(self) -> Surroundings:
        return self.look_around()

    @property
    def first_week(self) -> Week:
        """The first week of the window."""
        return first_week_of_window(self.week)

    @property
    def calm(self) -> tuple[int, ...]:
        """The earlier weeks without the problem's own run, which would make the problem look ordinary."""
        return self.earlier[: len(self.earlier) - self.run_weeks]

    def leaving_out_the_run_since(self, week: Week) -> "History":
        """The same history, with the weeks of a problem's run kept out of what is expected."""
        weeks = weeks_between(week, self.first_week)
        return replace(self, run_weeks=min(max(weeks, 0), len(self.earlier)))


@dataclass(frozen=True)
class SeriesWeeks:
    """A series week by week, and the municipality's first week: before it nobody reported anything."""

    series: Series
    counts: Counts
    first: Callable[[], Week | None]
    totals_before: Callable[[Week], Totals]

    def reports(self, week: Week) -> int:
        return sum(self.counts.get(week, {}).values())

    def history(self, week: Week) -> History:
        """What was known of the series when the week was over, or what is known while it goes on."""
        window = _weeks_ending(week, weeks=WINDOW_WEEKS)
        organisations = {
            name for each in window for name, count in self.counts.get(each, {}).items() if count
        }
        return History(
            week=week,
            window=tuple(self.reports(each) for each in window),
            organisations=len(organisations),
            look_back=lambda: tuple(self.reports(each) for each in self._earlier(window[0])),
            look_around=lambda: self.totals_before(window[0]).around(
                self.series, weeks=len(self._earlier(window[0]))
            ),
        )

    def _earlier(self, window_starts: Week) -> tuple[Week, ...]:
        """The year before the window, but no week before the first report: silence is not calm."""
        first = self.first()
        if first is None or first >= window_starts:
            return ()
        weeks = min(HISTORY_WEEKS, weeks_between(first, window_starts))
        return _weeks_ending(window_starts.previous, weeks=weeks)


def first_week_of_window(week: Week) -> Week:
    return week.before(WINDOW_WEEKS - 1)


def weeks_between(earlier: Week, later: Week) -> int:
    """How many weeks later the one is; negative when it is the other way round."""
    return (later.monday - earlier.monday).days // 7


def _weeks_ending(week: Week, *, weeks: int) -> tuple[Week, ...]:
    return tuple(week.before(weeks - 1 - place) for place in range(weeks))
