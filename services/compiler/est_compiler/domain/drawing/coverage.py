"""Coverage (täckning): who was to say something, and who has. Silence is not calm."""

from collections import Counter
from collections.abc import Mapping

from est_compiler.domain.drawing.names import Names
from est_compiler.domain.knowledge import Heard, Knowledge, Slot
from est_compiler.domain.periods import reporting_periods_of
from est_compiler.domain.picture import Cover, Coverage, SilentFunction
from est_contracts.vocabulary import (
    CollaborationDocument,
    Function,
    PicturePeriod,
    ReportingPeriod,
    Role,
)

NOTHING_DUE = Cover(0, 0, 0)


class CoverageDrawing:
    """Which functions report on the picture's areas, and what has been heard of them."""

    def __init__(self, known: Knowledge, names: Names) -> None:
        self._known = known
        self._names = names
        self._reporters = reporters_of(known.collaboration, known.areas)
        self._heard = {(each.function, each.last_day): each for each in known.heard or ()}

    def coverage(self, compared: Mapping[Slot, PicturePeriod | None]) -> Coverage:
        """Of the four periods; the silent ones are those of the period itself."""
        now = compared[Slot.NOW]
        return Coverage(
            now=(self.cover(now) if now else None) or NOTHING_DUE,
            previous=self._cover_in(compared[Slot.PREVIOUS]),
            before_previous=self._cover_in(compared[Slot.BEFORE_PREVIOUS]),
            last_year=self._cover_in(compared[Slot.LAST_YEAR]),
            silent=self._silent(now) if now else (),
        )

    def cover(self, period: PicturePeriod) -> Cover | None:
        """One return is due of each reporter and reporting period; None where nobody knows what is due."""
        due = self._due_in(period)
        if not due or not self._reporters:
            return None
        heard = [each for each in (self._heard_of(function, due) for function in self._reporters) if each]
        said = [one for each in heard for one in each]
        return Cover(
            due=len(due) * len(self._reporters),
            heard=len(said),
            nothing=sum(one.nothing for one in said),
        )

    def _cover_in(self, period: PicturePeriod | None) -> Cover | None:
        return self.cover(period) if period else None

    def _due_in(self, period: PicturePeriod) -> list[ReportingPeriod]:
        document = self._known.collaboration
        if document is None or self._known.heard is None:
            return []
        return [each for each in reporting_periods_of(period, document.rhythm) if is_due(each, self._known)]

    def _heard_of(self, function: Function, due: list[ReportingPeriod]) -> list[Heard]:
        keys = ((function.function_id, each.last_day) for each in due)
        return [self._heard[key] for key in keys if key in self._heard]

    def _silent(self, period: PicturePeriod) -> tuple[SilentFunction, ...]:
        due = self._due_in(period)
        heard = Counter({each.function_id: len(self._heard_of(each, due)) for each in self._reporters})
        silent = [
            SilentFunction(
                function=each.function_id,
                title=each.title,
                organisation=each.organisation_id,
                due=len(due),
                heard=heard[each.function_id],
            )
            for each in self._reporters
            if heard[each.function_id] < len(due)
        ]
        # Those that have said least stand first, in the order of the set-up.
        return tuple(sorted(silent, key=lambda each: each.heard))


def reporters_of(
    document: CollaborationDocument | None, areas: frozenset[str] | None
) -> tuple[Function, ...]:
    """The functions that report on any of these areas; one without areas of its own reports on all."""
    if document is None:
        return ()
    return tuple(
        each
        for each in document.functions_with(Role.REPORTER)
        if areas is None or not each.area_ids or areas.intersection(each.area_ids)
    )


def is_due(reporting: ReportingPeriod, known: Knowledge) -> bool:
    """It has begun, and something was known by its end."""
    return has_begun(reporting, known) and something_was_known(reporting, known)


def has_begun(reporting: ReportingPeriod, known: Knowledge) -> bool:
    """By the day when the last known fact was recorded: nothing is due of days to come."""
    return known.known_on is None or reporting.first_day <= known.known_on


def something_was_known(reporting: ReportingPeriod, known: Knowledge) -> bool:
    """Nobody was silent before there was anybody to listen."""
    return known.first_day is not None and known.first_day <= reporting.last_day
