"""Drawing a picture: the same knowledge always gives the same picture, to the last byte."""

from est_compiler.domain.drawing.ahead import ahead
from est_compiler.domain.drawing.counts import SEVERE, Counts
from est_compiler.domain.drawing.coverage import CoverageDrawing
from est_compiler.domain.drawing.names import municipality_name, names_of
from est_compiler.domain.drawing.problems import problems
from est_compiler.domain.drawing.returns import returned
from est_compiler.domain.drawing.year import is_known, is_known_from_its_first_week, marks, recent_weeks
from est_compiler.domain.knowledge import Knowledge, Slot
from est_compiler.domain.periods import (
    RECENT_WEEKS,
    calendar_of,
    periods_to_compare_with,
    recent_weeks_of,
)
from est_compiler.domain.picture import DRAWN_AS, ComparedWith, Picture
from est_contracts.vocabulary import PicturePeriod

__all__ = [
    "RECENT_WEEKS",
    "SEVERE",
    "calendar_of",
    "draw",
    "periods_to_compare_with",
    "recent_weeks_of",
]


def draw(known: Knowledge) -> Picture:
    """Draw the picture of a period and scope from what is known."""
    period, names = known.period, names_of(known)
    compared = _compared(known)
    counts = Counts(known.tallies, compared=compared, names=names)
    coverage = CoverageDrawing(known, names)
    return Picture(
        drawn_as=DRAWN_AS,
        municipality=known.municipality,
        municipality_name=municipality_name(known),
        period=str(period),
        kind=period.kind,
        first_day=period.first_day,
        last_day=period.last_day,
        scope=str(known.scope),
        scope_name=_scope_name(known),
        scope_areas=tuple(sorted(known.areas or ())),
        compared_with=_compared_with(compared),
        is_known=is_known(period, known),
        total=counts.total(),
        severities=counts.severities(),
        not_assessed=counts.not_assessed(),
        in_blocks=counts.in_blocks(),
        themes=counts.themes(),
        entries=counts.entries(),
        areas=counts.areas(known.areas),
        organisations=counts.organisations(),
        places=counts.places(),
        cells=counts.cells(),
        weekday_hours=counts.weekday_hours(),
        recent_weeks=recent_weeks(known, coverage),
        marks=marks(known),
        coverage=coverage.coverage(compared),
        returned=returned(known, names),
        ahead=ahead(known, names),
        problems=problems(known, names),
    )


def _compared(known: Knowledge) -> dict[Slot, PicturePeriod | None]:
    """The period itself, and those of the others of which enough is known; None for the rest."""

    def enough(slot: Slot, period: PicturePeriod) -> bool:
        return is_known(period, known) if slot is Slot.NOW else is_known_from_its_first_week(period, known)

    return {
        slot: each if each is not None and enough(slot, each) else None
        for slot, each in periods_to_compare_with(known.period).items()
    }


def _compared_with(compared: dict[Slot, PicturePeriod | None]) -> ComparedWith:
    written = {slot: str(period) if period else None for slot, period in compared.items()}
    return ComparedWith(written[Slot.PREVIOUS], written[Slot.BEFORE_PREVIOUS], written[Slot.LAST_YEAR])


def _scope_name(known: Knowledge) -> str:
    """What the scope is called in Swedish; a picture's numbers are in no language, but its names are."""
    words = known.scope.words(known.collaboration)
    return words.sv[0].upper() + words.sv[1:] if words else ""
