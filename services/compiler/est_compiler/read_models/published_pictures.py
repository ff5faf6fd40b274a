"""Every version of every published picture, as it was frozen."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from psycopg.types.json import Json
from pydantic import TypeAdapter

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_compiler.domain.earlier_pictures import as_drawn_today
from est_compiler.domain.periods import RECENT_WEEKS
from est_compiler.domain.picture import Picture, RiskValue
from est_compiler.domain.publishing.frozen_picture import FrozenPicture, PublishedVersion
from est_compiler.domain.publishing.situation_picture import SituationPicture
from est_contracts.vocabulary import (
    CollaborationDocument,
    CorrectionReason,
    LocalGroup,
    PeriodKind,
    PicturePeriod,
)

INSERT = """
    INSERT INTO published_pictures_v3
        (position, recorded_at, municipality, kind, period, first_day, last_day, scope, version, made_from,
         is_public, reports, level, fingerprint, picture, reason, published_by)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_PICTURE = TypeAdapter(Picture)


class PublishedPictures(ReadModel):
    """What has been published, and when."""

    name: ClassVar[str] = "published_pictures_v3"
    tables: ClassVar[str] = """
        CREATE TABLE published_pictures_v3 (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            municipality text NOT NULL,
            kind text NOT NULL,
            period text NOT NULL,
            first_day date NOT NULL,
            last_day date NOT NULL,
            scope text NOT NULL,
            version integer NOT NULL,
            made_from bigint NOT NULL,
            is_public boolean NOT NULL,
            reports integer NOT NULL,
            level text,
            fingerprint text NOT NULL,
            picture json NOT NULL,
            reason text,
            published_by text NOT NULL,
            UNIQUE (municipality, period, scope, version)
        );
        -- Anyone may ask for lists of what is open: they are read from here, and no picture is.
        CREATE INDEX published_pictures_v3_open ON published_pictures_v3 (municipality, recorded_at, position)
            INCLUDE (first_day, last_day) WHERE is_public;
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
    frozen = FrozenPicture.from_stored(event.picture)
    frame = frozen.frame
    return (
        recorded.position, recorded.recorded_at, frozen.municipality, str(frame.kind), frozen.period,
        frame.first_day, frame.last_day, frame.scope, version, frozen.made_from,
        frame.is_public, frozen.reports, frozen.level, frozen.fingerprint, Json(event.picture), reason,
        published_by,
    )  # fmt: skip


def versions(cursor: Cursor, *, municipality: str, period: str, scope: str = "") -> list[PublishedVersion]:
    """All versions of a picture, the first one first."""
    rows = cursor.execute(
        "SELECT * FROM published_pictures_v3 WHERE municipality = %s AND period = %s AND scope = %s"
        " ORDER BY version",
        (municipality, period, scope),
    ).fetchall()
    return [_version(row) for row in rows]


def published_days(
    cursor: Cursor, *, municipality: str, period: str, scope: str = ""
) -> PicturePeriod | None:
    """The days that a name was published with, of this part of the municipality or else of another."""
    row = cursor.execute(
        "SELECT kind, first_day, last_day FROM published_pictures_v3 WHERE municipality = %s AND period = %s"
        " ORDER BY scope = %s DESC, scope = '' DESC, position LIMIT 1",
        (municipality, period, scope),
    ).fetchone()
    return _period(row) if row else None


def published_on(
    cursor: Cursor, *, municipality: str, kind: PeriodKind, day: date, scope: str = ""
) -> PicturePeriod | None:
    """A published period that holds a day; one that begins or ends with it before any other."""
    row = cursor.execute(
        "SELECT kind, first_day, last_day FROM published_pictures_v3"
        " WHERE municipality = %(municipality)s AND kind = %(kind)s AND scope = %(scope)s"
        " AND %(day)s BETWEEN first_day AND last_day"
        " ORDER BY %(day)s IN (first_day, last_day) DESC, position DESC LIMIT 1",
        {"municipality": municipality, "kind": kind, "scope": scope, "day": day},
    ).fetchone()
    return _period(row) if row else None


def published_between(
    cursor: Cursor, *, municipality: str, kind: PeriodKind, scope: str = "", first_day: date, last_day: date
) -> list[PicturePeriod]:
    """The published periods of a kind that lie between two days, whatever calendar they were made by."""
    rows = cursor.execute(
        "SELECT DISTINCT kind, first_day, last_day FROM published_pictures_v3"
        " WHERE municipality = %s AND kind = %s AND scope = %s AND first_day >= %s AND last_day <= %s"
        " ORDER BY first_day",
        (municipality, kind, scope, first_day, last_day),
    ).fetchall()
    return [_period(row) for row in rows]


def latest_versions(
    cursor: Cursor,
    *,
    municipality: str,
    first: str,
    last: str,
    kind: PeriodKind = PeriodKind.WEEK,
    scope: str = "",
) -> dict[str, PublishedVersion]:
    """The latest version of each period from `first` to `last` that has been published."""
    rows = cursor.execute(
        "SELECT DISTINCT ON (period) * FROM published_pictures_v3"
        " WHERE municipality = %s AND kind = %s AND scope = %s AND period BETWEEN %s AND %s"
        " ORDER BY period, version DESC",
        (municipality, kind, scope, first, last),
    ).fetchall()
    return {row["period"]: _version(row) for row in rows}


def published_of(cursor: Cursor, *, municipality: str, limit: int = 200) -> list[PublishedVersion]:
    """The latest version of every picture of a municipality, those published last first."""
    rows = cursor.execute(
        "SELECT * FROM (SELECT DISTINCT ON (period, scope) * FROM published_pictures_v3"
        " WHERE municipality = %s ORDER BY period, scope, version DESC) AS latest"
        " ORDER BY recorded_at DESC, position DESC LIMIT %s",
        (municipality, limit),
    ).fetchall()
    return [_version(row) for row in rows]


def flows_in(
    cursor: Cursor, *, document: CollaborationDocument, period: str, until: datetime | None = None
) -> list[tuple[LocalGroup, PublishedVersion | None]]:
    """What the local groups have published of a period (model B), for the strategic picture."""
    found = {
        row["scope"]: _version(row)
        for row in cursor.execute(
            "SELECT DISTINCT ON (scope) * FROM published_pictures_v3"
            " WHERE municipality = %s AND period = %s AND scope = ANY(%s)"
            " AND recorded_at <= coalesce(%s, 'infinity'::timestamptz) ORDER BY scope, version DESC",
            (document.municipality, period, [each.group_id for each in document.local_groups], until),
        ).fetchall()
    }
    return [(group, found.get(group.group_id)) for group in document.local_groups]


def risk_values_set(
    cursor: Cursor,
    *,
    municipality: str,
    kind: PeriodKind,
    scope: str,
    days: tuple[date, date],
    until: datetime,
) -> tuple[RiskValue, ...]:
    """What meetings have set in pictures of a kind, in the latest version of each that there was by then."""
    rows = cursor.execute(
        "SELECT * FROM (SELECT DISTINCT ON (period) period, first_day,"
        " (picture -> 'work' ->> 'risk_value')::int AS value FROM published_pictures_v3"
        " WHERE municipality = %s AND kind = %s AND scope = %s AND first_day BETWEEN %s AND %s"
        " AND recorded_at <= %s ORDER BY period, version DESC) AS latest"
        " WHERE value IS NOT NULL ORDER BY first_day",
        (municipality, kind, scope, *days, until),
    ).fetchall()
    return tuple(RiskValue(**row) for row in rows)


def first_made_from(
    cursor: Cursor, *, municipality: str, before: PicturePeriod, scope: str = "", position: int
) -> dict[PicturePeriod, int]:
    """From which position each of the periods before one was first published, if that was by `position`."""
    rows = cursor.execute(
        "SELECT kind, first_day, last_day, made_from FROM published_pictures_v3"
        " WHERE municipality = %s AND kind = %s AND scope = %s AND first_day >= %s AND first_day < %s"
        " AND version = 1 AND made_from <= %s ORDER BY first_day",
        (
            municipality, before.kind, scope, before.before(RECENT_WEEKS - 1).first_day, before.first_day,
            position,
        ),
    ).fetchall()  # fmt: skip
    return {_period(row): row["made_from"] for row in rows}


def _period(row: dict[str, Any]) -> PicturePeriod:
    return PicturePeriod(row["first_day"], row["last_day"], PeriodKind(row["kind"]))


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
