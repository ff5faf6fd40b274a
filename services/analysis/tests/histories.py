"""Histories of a series, named after situations."""

from est_analysis.domain.history import History, Series, Surroundings
from est_contracts.vocabulary import Theme, Week

NORRANGEN = Series("9901", area="9901R002", theme=Theme.VANDALISM)
WEEK_47 = Week(2026, 47)


def history(
    *window: int, earlier: tuple[int, ...] = (0, 1, 0, 0) * 13, organisations: int = 3, week: Week = WEEK_47
) -> History:
    """A window after a year in which the whole municipality reported 32 times a week."""
    return History(
        week=week,
        window=window,
        organisations=organisations,
        look_back=lambda: earlier,
        look_around=lambda: Surroundings(
            weeks=len(earlier),
            theme_reports=7 * len(earlier),
            area_reports=2 * len(earlier),
            all_reports=32 * len(earlier),
        ),
    )


def history_of_a_new_municipality(*window: int) -> History:
    return History(
        week=WEEK_47,
        window=window,
        organisations=2,
        look_back=lambda: (),
        look_around=lambda: Surroundings(weeks=0, theme_reports=0, area_reports=0, all_reports=0),
    )
