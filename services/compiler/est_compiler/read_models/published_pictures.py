"""Every version of every published picture, as it was frozen."""

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from psycopg.types.json import Json
from pydantic import TypeAdapter

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_compiler.domain.earlier_pictures import as_drawn_today
from est_compiler.domain.picture import Picture
from est_compiler.domain.situation_picture import FrozenPicture, PublishedVersion, SituationPicture
from est_contracts.vocabulary import CorrectionReason

INSERT = """
    INSERT INTO published_pictures_v1
        (position, recorded_at, municipality, period, version, made_from, picture, reason, published_by)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_PICTURE = TypeAdapter(Picture)


class PublishedPictures(ReadModel):
    """What has been published, and when."""

    name: ClassVar[str] = "published_pictures_v1"
    tables: ClassVar[str] = """
        CREATE TABLE published_pictures_v1 (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            municipality text NOT NULL,
            period text NOT NULL,
            version integer NOT NULL,
            made_from bigint NOT NULL,
            picture json NOT NULL,
            reason text,
            published_by text NOT NULL,
            UNIQUE (municipality, period, version)
        );
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        rows = [row for fact in facts if isinstance(fact, RecordedEvent) and (row := _row(fact)) is not None]
        if rows:
            cursor.executemany(INSERT, rows)


def _row(recorded: RecordedEvent) -> tuple[Any, ...] | None:
    event = recorded.event
    if isinstance(event, SituationPicture.Published):
        version, reason, published_by = 1, None, event.published_by
    elif isinstance(event, SituationPicture.Corrected):
        version, reason, published_by = event.version_number, event.reason, event.corrected_by
    else:
        return None
    return (
        recorded.position, recorded.recorded_at, event.picture["municipality"], event.picture["period"],
        version, event.picture["made_from"], Json(event.picture), reason, published_by,
    )  # fmt: skip


def versions(cursor: Cursor, *, municipality: str, period: str) -> list[PublishedVersion]:
    """All versions of a week's picture, the first one first."""
    rows = cursor.execute(
        "SELECT * FROM published_pictures_v1 WHERE municipality = %s AND period = %s ORDER BY version",
        (municipality, period),
    ).fetchall()
    return [_version(row) for row in rows]


def latest_versions(
    cursor: Cursor, *, municipality: str, first: str, last: str
) -> dict[str, PublishedVersion]:
    """The latest version of each week from `first` to `last` that has been published."""
    rows = cursor.execute(
        "SELECT DISTINCT ON (period) * FROM published_pictures_v1"
        " WHERE municipality = %s AND period BETWEEN %s AND %s ORDER BY period, version DESC",
        (municipality, first, last),
    ).fetchall()
    return {row["period"]: _version(row) for row in rows}


def first_made_from(
    cursor: Cursor, *, municipality: str, first: str, before: str, position: int
) -> dict[str, int]:
    """From which position each week before `before` was first published, if that was by `position`."""
    rows = cursor.execute(
        "SELECT period, made_from FROM published_pictures_v1"
        " WHERE municipality = %s AND period >= %s AND period < %s AND version = 1 AND made_from <= %s"
        " ORDER BY period",
        (municipality, first, before, position),
    ).fetchall()
    return {row["period"]: row["made_from"] for row in rows}


def _version(row: dict[str, Any]) -> PublishedVersion:
    return PublishedVersion(
        version=row["version"],
        published_at=row["recorded_at"],
        published_by=row["published_by"],
        reason=CorrectionReason(row["reason"]) if row["reason"] else None,
        frozen=FrozenPicture.from_stored(row["picture"]),
    )


def picture_of(published: PublishedVersion) -> Picture:
    """The numbers, read from the bytes that were frozen; what was not drawn then is empty."""
    frozen = json.loads(published.frozen.content)
    return _PICTURE.validate_python(as_drawn_today(frozen))
