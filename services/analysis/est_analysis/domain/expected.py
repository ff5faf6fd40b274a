"""How many reports a series' own earlier weeks lead one to expect, and how rare more would be.

The level is a gamma distribution: what the area's and the theme's shares say counts as four reports,
what the series itself has shown counts in full. The number of reports in a window is then negative binomial.
"""

from dataclasses import dataclass
from math import exp, lgamma, log

from est_analysis.domain.history import WINDOW_WEEKS, History

REPORTS_OF_THE_SURROUNDINGS = 4.0

# However long the history, no level is known more exactly than this: areas change from month to month.
GREATEST_SHAPE = 20.0


@dataclass(frozen=True)
class Level:
    """What is known of a series' level: reports a week, and how surely."""

    mean: float
    shape: float

    def chance_of_at_least(self, reports: int, *, weeks: int = WINDOW_WEEKS) -> float:
        """The chance of so many reports or more in so many weeks, if nothing has changed."""
        fewer = sum(self._chance_of(number, weeks=weeks) for number in range(reports))
        return min(1.0, max(0.0, 1.0 - fewer))

    def _chance_of(self, reports: int, *, weeks: int) -> float:
        """The negative binomial distribution, through logarithms so that great numbers do not overflow."""
        mean = self.mean * weeks
        return exp(
            lgamma(reports + self.shape)
            - lgamma(self.shape)
            - lgamma(reports + 1)
            + self.shape * log(self.shape / (self.shape + mean))
            + reports * log(mean / (self.shape + mean))
        )


def level_of(history: History) -> Level:
    """The level of a series before its window, drawn towards that of its surroundings."""
    shape = REPORTS_OF_THE_SURROUNDINGS + sum(history.calm)
    weeks = REPORTS_OF_THE_SURROUNDINGS / history.surroundings.level + len(history.calm)
    return Level(mean=shape / weeks, shape=min(shape, GREATEST_SHAPE))
