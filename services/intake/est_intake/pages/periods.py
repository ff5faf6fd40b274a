"""Which period a page is about: the one asked for, or the one whose deadline is next."""

from collections.abc import Sequence

from est_chassis.event_store import Cursor
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import ReportingPeriod
from est_intake.pages.surroundings import Surroundings
from est_intake.read_models.coverage import Heard, Voice, voices

STILL_SILENT = (Heard.AWAITED, Heard.MISSING)


def present_period(around: Surroundings) -> ReportingPeriod:
    """The one that is going on."""
    return around.set_up.document.rhythm.period_of(around.now)


def asked_period(around: Surroundings, written: str) -> ReportingPeriod:
    """The period of this name, none that has not begun; the one that is due next when none is asked for."""
    if not written:
        return around.set_up.period_awaited(around.now)
    period = around.set_up.period_named(written)
    if period is None or period.starts_at > around.now:
        raise not_found()
    return period


async def period_to_return(around: Surroundings, written: str, function: str) -> ReportingPeriod:
    """The one that is due next; when all has been said of it, the one that is going on."""
    awaited, present = asked_period(around, written), present_period(around)
    if written or awaited == present:
        return awaited
    found = await voices_of(around, [awaited], functions=[function])
    return awaited if found[function, awaited].heard in STILL_SILENT else present


async def voices_of(
    around: Surroundings, periods: Sequence[ReportingPeriod], *, functions: Sequence[str]
) -> dict[tuple[str, ReportingPeriod], Voice]:
    """What the functions have let hear of each period."""
    due = {period: around.set_up.due_at(period) for period in periods}

    def ask(cursor: Cursor) -> dict[tuple[str, ReportingPeriod], Voice]:
        return voices(cursor, around.municipality, due, functions=functions, now=around.now)

    return await around.service.ask(ask)


def next_period(around: Surroundings, period: ReportingPeriod) -> ReportingPeriod | None:
    """The one after, if it has begun."""
    return period.next if period.next.starts_at <= around.now else None
