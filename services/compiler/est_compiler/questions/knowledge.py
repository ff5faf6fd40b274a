"""Everything that one picture is drawn from, as it was known at positions of two logs."""

from datetime import date

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_compiler.domain.compiling.around import quarter_of
from est_compiler.domain.knowledge import GivenRisk, Heard, Knowledge
from est_compiler.domain.periods import (
    calendar_of,
    periods_ahead,
    periods_in_earlier_years,
    periods_to_compare_with,
    recent_weeks_of,
)
from est_compiler.domain.picture import Count, Known
from est_compiler.domain.publishing.refusals import ScopeDoesNotExist
from est_compiler.questions import counts
from est_compiler.questions.heard import weeks_and_heard
from est_compiler.questions.known import recorded_at
from est_compiler.questions.public_holidays import holidays_between
from est_compiler.questions.set_ups import set_up_then
from est_compiler.read_models import returns
from est_compiler.read_models.collaborations import collaboration_at
from est_compiler.read_models.facts import FactSelection
from est_compiler.read_models.problems import told_problems
from est_contracts.vocabulary import (
    MUNICIPALITIES,
    STOCKHOLM,
    CollaborationDocument,
    InvalidScope,
    PicturePeriod,
    PictureScope,
)


def knowledge_at(
    cursor: Cursor, *, municipality: str, period: PicturePeriod, scope: PictureScope, known: Known
) -> Knowledge:
    """What was known of a period and a scope. A municipality that nobody knows is not found."""
    everywhere = FactSelection(municipality, known.intake)
    document = set_up_then(
        cursor, municipality=municipality, period=period, scope=scope, position=known.intake
    )
    first_day = counts.first_known_day(cursor, everywhere)
    if document is None and first_day is None and municipality not in MUNICIPALITIES:
        raise NotFound(municipality)
    areas = areas_of(scope, document, period)
    asked = everywhere._replace(areas=areas)
    compared, ahead = periods_to_compare_with(period), periods_ahead(period)
    last_recorded = recorded_at(cursor, known.intake)
    recent_weeks, heard = _recently(cursor, asked, period=period, document=document)
    return Knowledge(
        municipality=municipality,
        period=period,
        scope=scope,
        known=known,
        areas=areas,
        tallies=counts.tallies(cursor, asked, periods=compared),
        recent_weeks=recent_weeks,
        first_day=first_day,
        collaboration=document,
        set_up_since=collaboration_at(cursor, municipality=municipality, position=known.intake),
        known_on=last_recorded.astimezone(STOCKHOLM).date() if last_recorded else None,
        heard=heard,
        returned=returns.returned_values(cursor, asked, first_day=period.first_day, last_day=period.last_day),
        risk_values=_risk_values(cursor, asked, period=period, document=document),
        to_come=counts.to_come(cursor, asked, periods=ahead),
        earlier_years=counts.counts_in(cursor, asked, periods=periods_in_earlier_years(period)),
        holidays=holidays_between(period.first_day, ahead[-1].last_day),
        problems=told_problems(
            cursor, municipality=municipality, position=known.analysis, period=period, areas=areas
        ),
    )


def areas_of(
    scope: PictureScope, document: CollaborationDocument | None, period: PicturePeriod
) -> frozenset[str] | None:
    """The areas that a scope means, by what has priority in the quarter that the period ends in."""
    if scope.is_whole:
        return None
    if document is None:
        raise ScopeDoesNotExist
    try:
        return scope.area_ids(document, quarter=quarter_of(period))
    except InvalidScope:
        raise ScopeDoesNotExist from None


def _recently(
    cursor: Cursor, asked: FactSelection, *, period: PicturePeriod, document: CollaborationDocument | None
) -> tuple[dict[date, Count], tuple[Heard, ...]]:
    """The counts of the last 53 weeks; and who was heard in them and in the periods that are compared."""
    weeks = recent_weeks_of(period, calendar_of(document))
    if document is None:
        # Nobody was to report: nobody is silent.
        return counts.counts_in(cursor, asked, periods=weeks), ()
    periods = [each for each in periods_to_compare_with(period).values() if each is not None]
    return weeks_and_heard(cursor, asked, weeks=weeks, periods=periods, rhythm=document.rhythm)


def _risk_values(
    cursor: Cursor, asked: FactSelection, *, period: PicturePeriod, document: CollaborationDocument | None
) -> tuple[GivenRisk, ...]:
    """Of the last 53 weeks; a risk value is given to the whole municipality, and says nothing of a part."""
    if asked.areas is not None:
        return ()
    oldest = recent_weeks_of(period, calendar_of(document))[0].first_day
    return returns.risk_values(cursor, asked, first_day=oldest, last_day=period.last_day)
