"""Who was to be heard of each period, by the set-up that was in force at its deadline, and who was?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from est_chassis.event_store import Cursor
from est_contracts.vocabulary import Function, ReportingPeriod, Role
from est_intake.domain.collaboration import SetUpInUse
from est_intake.read_models.collaboration_versions import Version, all_of, set_up_in
from est_intake.read_models.coverage import Heard, Voice, first_told, voices

TOLD = (Heard.REPORTED, Heard.NOTHING)


@dataclass(frozen=True, slots=True)
class PeriodThen:
    """A period, and how the municipality worked together at its deadline."""

    period: ReportingPeriod
    due_at: datetime
    set_up: SetUpInUse
    #: Who was to report: nobody before there was anybody to listen.
    reporters: Mapping[str, Function]
    #: Nobody is late with what is told of a time before the municipality was set up.
    was_set_up: bool = True


def periods_then(
    cursor: Cursor, set_up: SetUpInUse, periods: Sequence[ReportingPeriod], *, now: datetime
) -> list[PeriodThen]:
    """Each by the version in force at its deadline, and one that is not due yet by the version in force."""
    versions = all_of(cursor, set_up.document.municipality)
    return [_then(cursor, set_up, each, versions=versions, now=now) for each in periods]


def voices_then(
    cursor: Cursor, thens: Sequence[PeriodThen], *, besides: Sequence[str] = (), now: datetime
) -> dict[tuple[str, ReportingPeriod], Voice]:
    """Of whoever was to report, and of whoever else has told something; periods in a row, in order."""
    municipality = thens[0].set_up.document.municipality
    functions = dict.fromkeys([*(name for each in thens for name in each.reporters), *besides])
    due = {each.period: each.due_at for each in thens}
    found = voices(cursor, municipality, due, functions=list(functions), now=now)
    return dict(_voices(found, {each.period: each for each in thens}))


def _then(
    cursor: Cursor,
    set_up: SetUpInUse,
    period: ReportingPeriod,
    *,
    versions: Sequence[Version],
    now: datetime,
) -> PeriodThen:
    due_at = set_up.due_at(period)
    if due_at > now or not versions or versions[0].recorded_at <= due_at:
        return _by(set_up, period)
    municipality = set_up.document.municipality
    for version in versions:
        if version.recorded_at <= due_at:
            return _by(set_up_in(cursor, municipality, version), period)
    then = _by(set_up_in(cursor, municipality, versions[-1]), period)
    told = first_told(cursor, municipality)
    was_listened_to = told is not None and told < period.ends_at
    return replace(then, reporters=then.reporters if was_listened_to else {}, was_set_up=False)


def _by(set_up: SetUpInUse, period: ReportingPeriod) -> PeriodThen:
    reporters = {each.function_id: each for each in set_up.document.functions_with(Role.REPORTER)}
    return PeriodThen(period, set_up.due_at(period), set_up, reporters)


def _voices(
    found: Mapping[tuple[str, ReportingPeriod], Voice], thens: Mapping[ReportingPeriod, PeriodThen]
) -> Iterator[tuple[tuple[str, ReportingPeriod], Voice]]:
    for (function, period), voice in found.items():
        then = thens[period]
        if voice.heard in TOLD or function in then.reporters:
            yield (function, period), voice if then.was_set_up else replace(voice, is_late=False)
