"""How far one looks: the positions of two logs, now, at a moment or as they are named."""

import re
from dataclasses import dataclass
from datetime import datetime

from est_chassis.event_store import Cursor
from est_compiler.domain.picture import Known
from est_compiler.domain.publishing.refusals import AsOfCannotBeRead, PositionIsNotReached

#: The tables that tell how far the logs have been heard.
OF_INTAKE = ("facts_v4", "facts_v4_ends", "returns_v1", "collaborations_v2")
OF_ANALYSIS = ("problems_v1", "problems_v1_measures")
#: Moments that can be told in every time zone.
FIRST_YEAR, LAST_YEAR = 1900, 2199
_POSITION = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class AsOf:
    """How far one looks, and the moment it is asked for, if a moment was."""

    known: Known
    moment: datetime | None = None

    @property
    def position(self) -> int:
        """How far into intake's log."""
        return self.known.intake


def seen_as_of(cursor: Cursor, written: str | None) -> AsOf:
    """What was asked for: nothing is now; a position is one of intake's log; else it is a moment."""
    if written is None:
        return AsOf(latest_known(cursor))
    if _POSITION.fullmatch(written):
        return AsOf(known_from(cursor, int(written), field="as_of"))
    try:
        # A plus sign in an address reads as a blank.
        moment = datetime.fromisoformat(written.strip().replace(" ", "+"))
    except ValueError:
        raise AsOfCannotBeRead from None
    if moment.utcoffset() is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise AsOfCannotBeRead
    return AsOf(known_at(cursor, moment), moment)


def latest_known(cursor: Cursor) -> Known:
    """How far both logs have been heard."""
    of_intake, of_analysis = (_last_in(tables) for tables in (OF_INTAKE, OF_ANALYSIS))
    row = cursor.execute(f"SELECT {of_intake} AS intake, {of_analysis} AS analysis").fetchone()
    return Known(row["intake"] or 0, row["analysis"] or 0) if row else Known(0)


def latest_position(cursor: Cursor) -> int:
    """How far intake's log has been heard."""
    return latest_known(cursor).intake


def known_at(cursor: Cursor, moment: datetime) -> Known:
    """How far both logs reached at a moment."""
    return Known(_reached(cursor, OF_INTAKE, moment), _reached(cursor, OF_ANALYSIS, moment))


def known_from(cursor: Cursor, position: int, *, analysis: int | None = None, field: str) -> Known:
    """A position of intake's log, and analysis' log as far as it is named or as it reached just then."""
    latest = latest_known(cursor)
    if position > latest.intake:
        raise PositionIsNotReached(field, latest=latest.intake)
    if analysis is None:
        moment = recorded_at(cursor, position)
        return Known(position, _reached(cursor, OF_ANALYSIS, moment) if moment else 0)
    if analysis > latest.analysis:
        raise PositionIsNotReached(f"{field}_analysis", latest=latest.analysis)
    return Known(position, analysis)


def _last_in(tables: tuple[str, ...]) -> str:
    each = ", ".join(f"(SELECT max(position) FROM {table})" for table in tables)  # noqa: S608
    return f"greatest({each})"


def _reached(cursor: Cursor, tables: tuple[str, ...], moment: datetime) -> int:
    each = ", ".join(
        f"(SELECT position FROM {table} WHERE recorded_at <= %(moment)s"  # noqa: S608
        " ORDER BY recorded_at DESC, position DESC LIMIT 1)"
        for table in tables
    )
    return _position(cursor, f"SELECT greatest({each}) AS position", moment=moment)


def recorded_at(cursor: Cursor, position: int) -> datetime | None:
    """When the last of what is known at a position of intake's log was recorded."""
    each = " UNION ALL ".join(
        f"(SELECT position, recorded_at FROM {table} WHERE position <= %(position)s"  # noqa: S608
        " ORDER BY position DESC LIMIT 1)"
        for table in OF_INTAKE
    )
    row = cursor.execute(f"{each} ORDER BY position DESC LIMIT 1", {"position": position}).fetchone()
    return row["recorded_at"] if row else None


def _position(cursor: Cursor, statement: str, **values: object) -> int:
    row = cursor.execute(statement, values).fetchone()
    return (row["position"] if row else None) or 0
