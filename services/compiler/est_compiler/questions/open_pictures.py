"""What anyone may read: published versions of municipalities that have opened their pictures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_compiler.domain.publishing.frozen_picture import Frame
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.view import View
from est_compiler.questions.compilations import set_up_now
from est_compiler.questions.editions import brief_of_version
from est_compiler.read_models.published_pictures import versions
from est_contracts.vocabulary import CollaborationDocument, Edition, PeriodKind, open_picture_path

#: A year of weeks and all the longer periods, of the municipality and its areas.
MOST_LISTED = 500
#: Views of a handful of municipalities' years; then they are made anew.
MOST_KEPT = 1000
LISTED = """
    SELECT municipality, period, kind, scope, version, recorded_at,
        picture ->> 'fingerprint' AS fingerprint, picture -> 'frame' AS frame,
        max(version) OVER (PARTITION BY municipality, period, scope) AS latest
    FROM published_pictures_v2
    WHERE municipality = %s AND (picture -> 'frame' ->> 'is_public')::boolean
    ORDER BY recorded_at DESC, position DESC LIMIT %s
"""
VERSIONS_OPEN = """
    SELECT municipality, period, kind, scope, version, recorded_at,
        picture ->> 'fingerprint' AS fingerprint, picture -> 'frame' AS frame,
        max(version) OVER () AS latest
    FROM published_pictures_v2
    WHERE municipality = %s AND period = %s AND scope = %s AND (picture -> 'frame' ->> 'is_public')::boolean
    ORDER BY version
"""
MUNICIPALITIES_OPEN = """
    SELECT DISTINCT municipality FROM published_pictures_v2
    WHERE (picture -> 'frame' ->> 'is_public')::boolean ORDER BY municipality
"""


@dataclass(frozen=True, slots=True)
class OpenPicture:
    """One version that anyone may read."""

    municipality: str
    period: str
    kind: PeriodKind
    scope: str
    version: int
    published_at: datetime
    fingerprint: str
    first_day: date
    last_day: date
    is_latest: bool

    @property
    def path(self) -> str:
        """Where it always can be read."""
        return open_picture_path(
            self.municipality, period=self.period, version=self.version, scope=self.scope
        )


def open_municipalities(cursor: Cursor) -> list[CollaborationDocument]:
    """Those that have opened their pictures, and published some."""
    codes = [row["municipality"] for row in cursor.execute(MUNICIPALITIES_OPEN).fetchall()]
    documents = [document for code in codes if (document := _opened(cursor, code))]
    return sorted(documents, key=lambda each: each.name)


def open_set_up(cursor: Cursor, municipality: str) -> CollaborationDocument:
    """The set-up of a municipality that is open; that of any other is not found."""
    document = _opened(cursor, municipality)
    if document is None:
        raise NotFound(municipality)
    return document


def open_pictures(cursor: Cursor, municipality: str) -> list[OpenPicture]:
    """Every version that anyone may read, the one published last first."""
    rows = cursor.execute(LISTED, (municipality, MOST_LISTED)).fetchall()
    return [_open_picture(row) for row in rows]


def latest_open_pictures(cursor: Cursor, municipality: str) -> list[OpenPicture]:
    """The latest version of each picture."""
    return [each for each in open_pictures(cursor, municipality) if each.is_latest]


def open_versions(cursor: Cursor, municipality: str, *, period: str, scope: str = "") -> list[OpenPicture]:
    """Every version of one picture that anyone may read, the first one first; however old it is."""
    rows = cursor.execute(VERSIONS_OPEN, (municipality, period, scope)).fetchall()
    return [_open_picture(row) for row in rows]


def general_view(cursor: Cursor, picture: OpenPicture) -> View:
    """Its general edition. A version never changes and holds no words that can be erased: it is made once."""
    kept = _KEPT.get(picture)
    if kept is None:
        kept = _made(cursor, picture)
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        _KEPT[picture] = kept
    return kept


_KEPT: dict[OpenPicture, View] = {}


def _made(cursor: Cursor, picture: OpenPicture) -> View:
    published = versions(
        cursor, municipality=picture.municipality, period=picture.period, scope=picture.scope
    )
    version = next(each for each in published if each.version == picture.version)
    view = view_of(brief_of_version(cursor, version, read=_no_words), Edition.GENERAL)
    return replace(view, path=picture.path)


def _no_words(_text_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What people write is not in the general edition."""
    return {}


def _opened(cursor: Cursor, municipality: str) -> CollaborationDocument | None:
    """Open today: a municipality that closes its pictures closes all of them."""
    document = set_up_now(cursor, municipality)
    return document if document is not None and document.public_pictures else None


def _open_picture(row: dict[str, Any]) -> OpenPicture:
    frame = Frame.from_stored(row["frame"])
    return OpenPicture(
        municipality=row["municipality"],
        period=row["period"],
        kind=frame.kind,
        scope=row["scope"],
        version=row["version"],
        published_at=row["recorded_at"],
        fingerprint=row["fingerprint"],
        first_day=frame.first_day,
        last_day=frame.last_day,
        is_latest=row["version"] == row["latest"],
    )
