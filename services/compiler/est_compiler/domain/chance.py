"""What differences between counts are worth: named clauses about chance and small numbers.

Counts vary by themselves by about the square root of their size; two counts by that of their sum.
"""

from est_compiler.domain.picture import Compared, Count

#: Below ten a percentage says more than one knows: from 1 to 2 is not "+100 %".
PERCENT_FROM = 10


def beyond_chance(now: Count, before: Count) -> bool:
    """True when a difference is larger than what counts of this size vary by themselves (two deviations)."""
    return (now.reports - before.reports) ** 2 > 4 * (now.reports + before.reports)


def much_alike(now: Count, before: Count) -> bool:
    """One standard deviation: periods that are the same differ by so much, two times out of three."""
    return (now.reports - before.reports) ** 2 <= now.reports + before.reports


def clearly_more(now: Count, before: Count) -> bool:
    """More, and more than chance."""
    return now.reports > before.reports and beyond_chance(now, before)


def enough_for_percent(now: Count, before: Count) -> bool:
    """Both counts are at least ten."""
    return min(now.reports, before.reports) >= PERCENT_FROM


def clearly_more_than_its_neighbours(count: Count, *, neighbours: tuple[Count | None, ...]) -> bool:
    """A known risk period: clearly more than in each of the periods around it, all of them known."""
    return all(each is not None and clearly_more(count, each) for each in neighbours)


def clearly_more_than_both_before(compared: Compared) -> bool:
    """It has grown, and not only against one odd period."""
    before = (compared.previous, compared.before_previous)
    return all(each is not None and clearly_more(compared.now, each) for each in before)


def growth_beyond_chance(compared: Compared) -> int:
    """How many more than in the period before, when that is more than chance; otherwise nothing."""
    if compared.previous is None or not clearly_more(compared.now, compared.previous):
        return 0
    return compared.now.reports - compared.previous.reports
