"""What is known of week 47 and the weeks that it is held against, as pictures are drawn from it."""

from collections.abc import Mapping
from datetime import date

from est_compiler.domain.drawing.draw import periods_to_compare_with
from est_compiler.domain.knowledge import Knowledge, Slot, Tally
from est_compiler.domain.picture import Count, Known
from est_contracts.example_collaboration import NORRANGEN
from est_contracts.vocabulary import CollaborationDocument, Party, PictureCalendar, PictureScope, Theme, Week

WEEK_47 = PictureCalendar().parse("2026-W47")
#: The slot of each week that week 47 is held against.
SLOTS = {str(period): slot for slot, period in periods_to_compare_with(WEEK_47).items()}


def tally(
    week: object = WEEK_47, *, reports: int = 1, area: str | None = NORRANGEN, theme: Theme = Theme.VANDALISM,
    severity: int | None = 3, organisation: str = "valboas_kommun", hour: int = 20,
) -> Tally:  # fmt: skip
    """Reports of a Friday evening; a week that is no week of comparison is the period itself."""
    return Tally(
        slot=SLOTS.get(str(week), Slot.NOW),
        area=area,
        theme=theme,
        entry="orebro.1",
        organisation=organisation,
        party=Party.MUNICIPALITY,
        reports=reports,
        severity=severity,
        weekday=5,
        hour=hour,
    )


def known(
    *tallies: Tally,
    document: CollaborationDocument | None = None,
    first: Week | date = date(2024, 1, 1),
    municipality: str = "9901",
    period: str = "2026-W47",
    recent_weeks: Mapping[date, Count] | None = None,
) -> Knowledge:
    """What was known of a municipality's week, and since when anything was; the rest by `replace`."""
    return Knowledge(
        municipality=municipality,
        period=PictureCalendar().parse(period),
        scope=PictureScope(),
        known=Known(12),
        areas=None,
        tallies=tallies,
        recent_weeks=recent_weeks or {},
        first_day=first.monday if isinstance(first, Week) else first,
        collaboration=document,
    )
