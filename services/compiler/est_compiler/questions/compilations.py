"""Around a picture that is compiled: its period and scope, the set-up in force, and who is at work."""

from datetime import date, datetime, timedelta

from est_chassis.event_store import Cursor
from est_compiler.domain.compiling.around import Around, PictureKey, coordinator_in
from est_compiler.domain.compiling.local_groups import (
    LocalPicture,
    gathers_local_pictures,
    may_compile,
    refuse_another_groups_picture,
)
from est_compiler.domain.compiling.refusals import CompilingIsForCoordinators, SetUpIsMissing
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.knowledge import EarlierAnalysis
from est_compiler.domain.periods import RECENT_WEEKS, calendar_of, picture_scope
from est_compiler.domain.picture import Known, Picture, RiskValue
from est_compiler.domain.publishing.flowing_in import as_local_picture
from est_compiler.domain.publishing.refusals import ScopeDoesNotExist
from est_compiler.questions.periods import period_named
from est_compiler.questions.pictures import picture_at
from est_compiler.questions.set_ups import set_up_then
from est_compiler.read_models.collaborations import collaboration_at
from est_compiler.read_models.problems import earlier_analyses
from est_compiler.read_models.published_pictures import flows_in, risk_values_set
from est_contracts.vocabulary import CollaborationDocument, InvalidScope

#: Further than any log reaches.
THE_LATEST = 2**62
#: So far back goes the series of risk values.
A_YEAR = timedelta(weeks=RECENT_WEEKS)


def set_up_now(cursor: Cursor, municipality: str) -> CollaborationDocument | None:
    """The set-up in force; None where nothing has been set up."""
    return collaboration_at(cursor, municipality=municipality, position=THE_LATEST)


def around_of(
    cursor: Cursor, *, municipality: str, period: str, scope: str, function: str | None, today: date
) -> Around:
    """Around a picture as it is written in an address, for the coordinator with this seat.

    What it is about goes by the set-up that was in force when its period was due; who is at work, by today's.
    """
    in_force = set_up_now(cursor, municipality)
    if in_force is None:
        raise SetUpIsMissing
    key = key_of(cursor, in_force, municipality=municipality, period=period, scope=scope)
    by = coordinator_in(in_force, function)
    refuse_another_groups_picture(in_force, key, function=by.function, today=today)
    return Around(key, set_up_of(cursor, key) or in_force, by, since=in_force)


def set_up_of(cursor: Cursor, key: PictureKey) -> CollaborationDocument | None:
    """The set-up that was in force when a picture's period was due, as far as it is known now."""
    return set_up_then(
        cursor,
        municipality=key.municipality,
        period=key.period,
        scope=key.scope,
        position=THE_LATEST,
    )


def compiles_it(cursor: Cursor, key: PictureKey, *, function: str | None, today: date) -> bool:
    """Whether a function compiles a picture: by the set-up in force, as a coordinator and of its group."""
    document = set_up_now(cursor, key.municipality)
    if document is None:
        return False
    try:
        by = coordinator_in(document, function)
    except CompilingIsForCoordinators:
        return False
    return may_compile(document, key, function=by.function, today=today)


def local_pictures_of(
    cursor: Cursor, document: CollaborationDocument | None, key: PictureKey, *, until: datetime | None = None
) -> tuple[LocalPicture, ...]:
    """Organisation model B: what flows into the strategic picture, as it had been published by then."""
    if document is None or not gathers_local_pictures(document, key):
        return ()
    found = flows_in(cursor, document=document, period=str(key.period), until=until)
    return tuple(as_local_picture(group, published) for group, published in found)


def risk_values_by(
    cursor: Cursor, picture: Picture, document: CollaborationDocument | None, *, until: datetime
) -> tuple[RiskValue, ...]:
    """What meetings have set in the pictures of a year, as they had been published by then."""
    if document is None or document.risk_scale is None:
        return ()
    return risk_values_set(
        cursor,
        municipality=picture.municipality,
        kind=picture.kind,
        scope=picture.scope,
        days=(picture.last_day - A_YEAR, picture.first_day),
        until=until,
    )


def analysed_before(cursor: Cursor, picture: Picture, *, position: int) -> tuple[EarlierAnalysis, ...]:
    """What was found of a picture's problems when they were flagged before, as analysis was known then."""
    flagged = {each.problem: each.flagged_on for each in picture.problems}
    if not flagged:
        return ()
    return earlier_analyses(cursor, municipality=picture.municipality, position=position, flagged=flagged)


def key_of(
    cursor: Cursor, document: CollaborationDocument | None, *, municipality: str, period: str, scope: str
) -> PictureKey:
    """Which picture is meant by an address; a period and a scope that do not exist are refused."""
    of, calendar = picture_scope(scope), calendar_of(document)
    named = period_named(cursor, period, municipality=municipality, scope=str(of), calendar=calendar)
    key = PictureKey(municipality, named, of)
    if document is None and not key.scope.is_whole:
        raise ScopeDoesNotExist
    if document is not None:
        try:
            key.areas_in(document)
        except InvalidScope:
            raise ScopeDoesNotExist from None
    return key


def drawn_for(cursor: Cursor, key: PictureKey, *, known: Known | None = None) -> DrawnPicture:
    """The numbers that the work goes with: as they were known then, or as they are known now."""
    if known is None:
        return drawn_at(cursor, key)
    return drawn_at(cursor, key, position=known.intake, analysis=known.analysis)


def drawn_at(
    cursor: Cursor, key: PictureKey, *, position: int | None = None, analysis: int | None = None
) -> DrawnPicture:
    """The numbers as they were known at positions of the two logs; without any, as they are known now."""
    return picture_at(
        cursor,
        municipality=key.municipality,
        period=key.period,
        scope=key.scope,
        position=position,
        analysis=analysis,
    )
