"""What anyone may read: published versions of municipalities that have opened their pictures.

Lists are made from columns alone: only what is read itself is made from the frozen numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_compiler.domain.compiling.work import ERASED
from est_compiler.domain.viewing.boxes import Box, box_of
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.open_picture import OpenPicture, OpenPlace
from est_compiler.domain.viewing.undivided import placed
from est_compiler.domain.viewing.view import View
from est_compiler.questions.editions import ReadWords, brief_of_version
from est_compiler.read_models.published_pictures import versions
from est_contracts.vocabulary import Edition, Level, PeriodKind

#: Years of weeks.
MOST_LISTED = 500
#: Views of a handful of municipalities' years, and a line for each of their areas; then they are made anew.
MOST_KEPT, MOST_PLACED = 1_000, 20_000
COLUMNS = """
    municipality, period, kind, first_day, last_day, scope, version, recorded_at, reports, level, fingerprint,
    NOT EXISTS (
        SELECT FROM published_pictures_v3 AS later
        WHERE later.municipality = picture.municipality AND later.period = picture.period
            AND later.scope = picture.scope AND later.version > picture.version AND later.is_public
    ) AS is_latest
"""
LISTED = f"""
    SELECT {COLUMNS} FROM published_pictures_v3 AS picture
    WHERE municipality = %s AND is_public
    ORDER BY recorded_at DESC, position DESC LIMIT %s
"""  # noqa: S608
VERSIONS_OPEN = f"""
    SELECT {COLUMNS} FROM published_pictures_v3 AS picture
    WHERE municipality = %s AND period = %s AND scope = %s AND is_public
    ORDER BY version
"""  # noqa: S608
PLACES_OPEN = """
    SELECT municipality, name, public_pictures, box, first_day, last_day
    FROM (
        SELECT municipality, min(first_day) AS first_day, max(last_day) AS last_day
        FROM published_pictures_v3 WHERE is_public GROUP BY municipality
    ) AS published
    JOIN LATERAL (
        SELECT name, public_pictures, box FROM collaborations_v2 AS set_up
        WHERE set_up.municipality = published.municipality ORDER BY position DESC LIMIT 1
    ) AS in_force ON public_pictures
    ORDER BY name
"""
PLACE_OPEN = """
    SELECT municipality, name, public_pictures, box, first_day, last_day
    FROM (
        SELECT municipality, name, public_pictures, box FROM collaborations_v2
        WHERE municipality = %(municipality)s ORDER BY position DESC LIMIT 1
    ) AS in_force, (
        SELECT min(first_day) AS first_day, max(last_day) AS last_day FROM published_pictures_v3
        WHERE municipality = %(municipality)s AND is_public
    ) AS published
    WHERE public_pictures
"""


@dataclass(frozen=True, slots=True)
class PlacedArea:
    """An area of an open picture, and where it lies."""

    picture: OpenPicture
    area: str
    box: Box | None


def open_places(cursor: Cursor) -> list[OpenPlace]:
    """Those that have opened their pictures, and published some."""
    return [_place(row) for row in cursor.execute(PLACES_OPEN).fetchall()]


def open_place(cursor: Cursor, municipality: str) -> OpenPlace:
    """A municipality that is open today, and with it all that it has opened; any other is not found."""
    row = cursor.execute(PLACE_OPEN, {"municipality": municipality}).fetchone()
    if row is None:
        raise NotFound(municipality)
    return _place(row)


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


@dataclass(frozen=True, slots=True)
class _Kept:
    """A general edition without the words that can be erased, and which text is said to the public."""

    view: View
    public_text: UUID | None


def general_view(cursor: Cursor, picture: OpenPicture, *, read: ReadWords | None = None) -> View:
    """Its general edition. A version never changes: it is made once.

    Words can be erased, and are read anew each time; without `read` there are none.
    """
    kept = _kept(cursor, picture)
    if kept.public_text is None or read is None:
        return kept.view
    return replace(kept.view, public_words=read([kept.public_text]).get(kept.public_text, ERASED))


def _kept(cursor: Cursor, picture: OpenPicture) -> _Kept:
    kept = _KEPT.get(picture)
    if kept is None:
        kept = _made(cursor, picture)
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        _KEPT[picture] = kept
    return kept


def placed_areas(cursor: Cursor, picture: OpenPicture) -> tuple[PlacedArea, ...]:
    """The areas on its map, and what is in none.

    Many more are kept than views: who turns the pages asks of them all.
    """
    kept = _PLACED.get(picture)
    if kept is None:
        kept = tuple(
            PlacedArea(picture, area.area, box_of([area.polygon]))
            for area in placed(_kept(cursor, picture).view)
        )
        if len(_PLACED) >= MOST_PLACED:
            _PLACED.clear()
        _PLACED[picture] = kept
    return kept


_KEPT: dict[OpenPicture, _Kept] = {}
_PLACED: dict[OpenPicture, tuple[PlacedArea, ...]] = {}


def _made(cursor: Cursor, picture: OpenPicture) -> _Kept:
    published = versions(
        cursor, municipality=picture.municipality, period=picture.period, scope=picture.scope
    )
    version = next(each for each in published if each.version == picture.version)
    view = view_of(brief_of_version(cursor, version, read=_no_words), Edition.GENERAL)
    work = version.frozen.work
    public_text = work.public_text if work else None
    return _Kept(
        replace(view, path=picture.path, public_words=None), public_text.text_id if public_text else None
    )


def _no_words(_text_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Words that can be erased are not kept."""
    return {}


def _place(row: dict[str, Any]) -> OpenPlace:
    box: Box | None = tuple(row["box"]) if row["box"] else None
    return OpenPlace(row["municipality"], row["name"], box, row["first_day"], row["last_day"])


def _open_picture(row: dict[str, Any]) -> OpenPicture:
    return OpenPicture(
        municipality=row["municipality"],
        period=row["period"],
        kind=PeriodKind(row["kind"]),
        first_day=row["first_day"],
        last_day=row["last_day"],
        scope=row["scope"],
        version=row["version"],
        published_at=row["recorded_at"],
        reports=row["reports"],
        level=Level(row["level"]) if row["level"] else None,
        fingerprint=row["fingerprint"],
        is_latest=row["is_latest"],
    )
