"""Around a picture that is compiled: its period and scope, the set-up in force, and who is at work."""

from est_chassis.event_store import Cursor
from est_compiler.domain.compiling.around import Around, PictureKey, coordinator_in
from est_compiler.domain.compiling.refusals import SetUpIsMissing
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.periods import calendar_of, picture_scope
from est_compiler.domain.picture import Known
from est_compiler.domain.publishing.refusals import ScopeDoesNotExist
from est_compiler.questions.periods import period_named
from est_compiler.questions.pictures import picture_at
from est_compiler.read_models.collaborations import collaboration_at
from est_contracts.vocabulary import CollaborationDocument, InvalidScope

#: Further than any log reaches.
THE_LATEST = 2**62


def set_up_now(cursor: Cursor, municipality: str) -> CollaborationDocument | None:
    """The set-up in force; None where nothing has been set up."""
    return collaboration_at(cursor, municipality=municipality, position=THE_LATEST)


def around_of(cursor: Cursor, *, municipality: str, period: str, scope: str, function: str | None) -> Around:
    """Around a picture as it is written in an address, for the coordinator with this seat."""
    document = set_up_now(cursor, municipality)
    if document is None:
        raise SetUpIsMissing
    key = key_of(cursor, document, municipality=municipality, period=period, scope=scope)
    return Around(key, document, coordinator_in(document, function))


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
