"""Who is writing where just now, so that nobody begins on what somebody else is in the middle of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from est_chassis.event_store import Cursor
from est_compiler.application.compilations import Compilations
from est_compiler.domain.compiling.around import Around
from est_compiler.domain.compiling.placing import refuse_strange_place, template_named
from est_compiler.domain.compiling.work import SectionPlace

#: A page that is open says so again well before this has passed.
WRITES_FOR = timedelta(seconds=30)


@dataclass(frozen=True)
class Writer:
    """A function that is writing at a place (skriver just nu)."""

    place: str
    function: str
    until: datetime


class WritingNow:
    """Says who writes where. It is no fact: it is forgotten by itself, and in no log."""

    def __init__(self, compilations: Compilations) -> None:
        self._all = compilations

    def say_writing(self, around: Around, place: SectionPlace | None) -> None:
        """One's own function is writing there for a little while; None: it has stopped."""
        compilation = self._all.opened(around)
        if place is None:
            self._all.work.write(STOPPED, (compilation.id, around.by.function))
        else:
            template = template_named(compilation.template, version=compilation.template_version)
            refuse_strange_place(place, template=template, around=around)
            until = self._all.now + WRITES_FOR
            self._all.work.write(WRITES, (compilation.id, around.by.function, str(place), until))


def writing_now(cursor: Cursor, compilation_id: UUID, *, now: datetime) -> list[Writer]:
    """Who is writing where at a moment."""
    rows = cursor.execute(READ, (compilation_id, now)).fetchall()
    return [Writer(row["place"], row["function"], row["until"]) for row in rows]


WRITING_NOW = """
    CREATE TABLE IF NOT EXISTS writing_now (
        compilation_id uuid NOT NULL,
        function text NOT NULL,
        place text NOT NULL,
        until timestamptz NOT NULL,
        PRIMARY KEY (compilation_id, function)
    )
"""
WRITES = """
    INSERT INTO writing_now (compilation_id, function, place, until) VALUES (%s, %s, %s, %s)
    ON CONFLICT (compilation_id, function) DO UPDATE SET place = excluded.place, until = excluded.until
"""
STOPPED = "DELETE FROM writing_now WHERE compilation_id = %s AND function = %s"
READ = """
    SELECT place, function, until FROM writing_now WHERE compilation_id = %s AND until > %s
    ORDER BY place, function
"""
