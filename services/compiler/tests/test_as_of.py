"""A picture as of a moment is the picture from a database that had heard no more by then, byte for byte."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from random import Random

import psycopg
import pytest
from psycopg.rows import dict_row
from told_histories import (
    DISTRICT,
    LOCAL_GROUP,
    at_random_moments,
    feed,
    stand,
    told_by_analysis,
    told_by_intake,
)

from est_chassis.event_store import Cursor
from est_chassis.testing import FreshDatabase
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.questions.compilations import set_up_now
from est_compiler.questions.pictures import picture_now
from est_compiler.read_models.collaborations import collaboration_at
from est_contracts.example_collaboration import HAMNEN
from est_contracts.messages import Message
from est_contracts.vocabulary import PeriodKind, PictureCalendar, PictureScope, Week

FIRST_DAY, LAST_DAY = date(2026, 3, 2), date(2026, 11, 29)
BEGIN, END = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
SCOPES = tuple(
    map(PictureScope.parse, ("", DISTRICT, HAMNEN, LOCAL_GROUP, "priority", f"{DISTRICT},{HAMNEN}"))
)
CALENDARS = (
    PictureCalendar(),
    PictureCalendar(week_begins_on=date(2018, 1, 3)),
    PictureCalendar(fortnight_begins_on=date(2018, 11, 7)),
)


@pytest.fixture
def two_databases(database: FreshDatabase) -> Iterator[tuple[Cursor, Cursor]]:
    """One that hears everything, and one that hears no further than one asks."""
    with ExitStack() as opened:
        cursors = []
        for schema in ("everything", "until_then"):
            connection = opened.enter_context(psycopg.connect(database.owner_url, row_factory=dict_row))
            cursor = connection.cursor()
            cursor.execute(f"CREATE SCHEMA {schema}; SET search_path TO {schema}")
            stand(cursor)
            cursors.append(cursor)
        yield cursors[0], cursors[1]


def history(seed: int) -> list[Message]:
    chance = Random(seed)
    intake = told_by_intake(chance, count=700, first_day=FIRST_DAY, last_day=LAST_DAY)
    analysis = told_by_analysis(chance, count=60, first_week=Week.of_day(FIRST_DAY), weeks=38)
    return at_random_moments(chance, intake, analysis, begin=BEGIN, end=END)


def any_picture(chance: Random, cursor: Cursor, *, as_of: str | None, seed: int) -> DrawnPicture:
    """The same seed is the same period and scope, whatever database is asked."""
    chosen = Random(seed)
    day = FIRST_DAY + timedelta(days=chosen.randrange((LAST_DAY - FIRST_DAY).days))
    period = chosen.choice(CALENDARS).period_of_day(chosen.choice(list(PeriodKind)), day)
    return picture_now(
        cursor, municipality="9901", period=period, scope=chosen.choice(SCOPES), as_of=as_of
    ).drawn


def test_a_picture_as_of_200_moments_is_the_one_from_a_database_fed_until_then(
    two_databases: tuple[Cursor, Cursor],
) -> None:
    everything, until_then = two_databases
    told = history(seed=1)
    feed(everything, told)
    chance = Random(2)
    first = told[0].recorded.recorded_at
    moments = sorted(first + (END - first) * chance.random() for _ in range(200))

    heard = 0
    for number, moment in enumerate(moments):
        news = [each for each in told[heard:] if each.recorded.recorded_at <= moment]
        feed(until_then, news)
        heard += len(news)
        then = any_picture(chance, everything, as_of=moment.isoformat(), seed=number)
        alone = any_picture(chance, until_then, as_of=None, seed=number)
        assert (then.content, then.known, then.late) == (alone.content, alone.known, alone.late)
        # What people choose from and sign by is the set-up of that moment too.
        document = collaboration_at(everything, municipality="9901", position=then.made_from)
        assert document == set_up_now(until_then, "9901")
    assert 0 < heard <= len(told)


def test_a_picture_as_of_a_position_knows_of_analysis_what_was_told_by_then(
    two_databases: tuple[Cursor, Cursor],
) -> None:
    everything, until_then = two_databases
    told = history(seed=3)
    feed(everything, told)
    chance = Random(4)

    heard = 0
    for number, end in enumerate(sorted(chance.sample(range(1, len(told) + 1), k=40))):
        feed(until_then, told[heard:end])
        heard = end
        last = next((each for each in reversed(told[:end]) if each.SERVICE == "intake"), None)
        if last is None or told[end - 1] is not last or _at_the_same_moment(told, end):
            continue
        then = any_picture(chance, everything, as_of=str(last.recorded.position), seed=number)
        alone = any_picture(chance, until_then, as_of=None, seed=number)
        assert then.content == alone.content


def _at_the_same_moment(told: list[Message], end: int) -> bool:
    """Whether more was recorded at the moment of the last: what came first of it cannot be told."""
    return end < len(told) and told[end].recorded.recorded_at == told[end - 1].recorded.recorded_at
