"""By which set-up is a period drawn: by the one that was in force when it was due."""

from datetime import datetime

from est_chassis.event_store import Cursor
from est_compiler.domain.compiling.around import quarter_of
from est_compiler.read_models.collaborations import collaboration_at, collaboration_then
from est_contracts.vocabulary import (
    CollaborationDocument,
    InvalidScope,
    PicturePeriod,
    PictureScope,
    ReportingPeriod,
)


def set_up_then(
    cursor: Cursor, *, municipality: str, period: PicturePeriod, scope: PictureScope, position: int
) -> CollaborationDocument | None:
    """As far as it was known at a position. A part that did not exist then is drawn by the set-up known."""
    known = collaboration_at(cursor, municipality=municipality, position=position)
    if known is None:
        return None
    then = collaboration_then(
        cursor, municipality=municipality, position=position, moment=_due_at(period, known)
    )
    return then if then is not None and _has(then, scope, period) else known


def _due_at(period: PicturePeriod, document: CollaborationDocument) -> datetime:
    """The deadline of what is reported of its last days."""
    days = (period.last_day - period.first_day).days + 1
    deadline = document.deadline
    return ReportingPeriod(period.first_day, days).due_at(deadline.weekday, deadline.time)


def _has(document: CollaborationDocument, scope: PictureScope, period: PicturePeriod) -> bool:
    try:
        return scope.is_whole or bool(scope.area_ids(document, quarter=quarter_of(period)))
    except InvalidScope:
        return False
