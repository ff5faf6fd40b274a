"""Whatever becomes of reports: every list of intake counts those that count, by what they said last."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lived_reports import MUNICIPALITY, recorded_lives
from psycopg.rows import dict_row
from reported_incidents import FIELD_TEAM

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.testing import FreshDatabase, recorded
from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.example_lives import Step, Turn, life_of
from est_contracts.examples import example_of
from est_contracts.messages import PicturePublished
from est_contracts.vocabulary import ReportingPeriod, Week
from est_intake.application import BESIDE_TABLES
from est_intake.domain.incident_report import IncidentReport
from est_intake.domain.report_states import ReportState, state_of
from est_intake.read_models.consequences import Consequences, consequences_of
from est_intake.read_models.coverage import Coverage, Heard, voices
from est_intake.read_models.party_counts import ContributedCounts, tallies
from est_intake.read_models.recent_reports import RecentReports, Selection, count, counts_by_area, latest

WEEK_47 = ReportingPeriod(Week.parse("2026-W47").monday, 7)
DUE_AT = NOW = datetime(2026, 11, 30, tzinfo=UTC)
SAYS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "area": st.sampled_from((NORRANGEN, HAMNEN, None)),
        "happened_at": st.sampled_from([datetime(2026, 11, day, 12, tzinfo=UTC) for day in (17, 20, 27)]),
        "severity": st.integers(1, 5),
    }
)
TURNS = st.lists(st.builds(Turn, st.integers(0, 2), st.integers(0, 11), SAYS), min_size=1, max_size=14)
SIZES = st.lists(st.integers(1, 6), min_size=14, max_size=14)
ONE_BY_ONE = [1] * 14
#: Each of them is undone before the next: they may share one database.
SHARED = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def cursor(database: FreshDatabase) -> Iterator[Cursor]:
    """The lists alone, empty."""
    with psycopg.connect(database.owner_url, row_factory=dict_row) as connection:
        opened = connection.cursor()
        opened.execute(BESIDE_TABLES)
        for model in (RecentReports, Coverage, ContributedCounts, Consequences):
            opened.execute(model.tables)
        yield opened


def feed(cursor: Cursor, events: Sequence[RecordedEvent], sizes: Sequence[int]) -> None:
    begin = 0
    for size in sizes:
        for model in (RecentReports, Coverage, ContributedCounts):
            model().feed(cursor, events[begin : begin + size])
        begin += size


def reports_after(events: Sequence[RecordedEvent]) -> dict[UUID, IncidentReport]:
    """The reports as the log has them."""
    reports: dict[UUID, IncidentReport] = {}
    for recorded_event in events:
        event = recorded_event.event
        reports[event.report_id] = event.mutate(reports.get(event.report_id))
    return reports


@example(turns=life_of(Step.MARKED_DUPLICATE, Step.CORRECTED, Step.WITHDRAWN), sizes=ONE_BY_ONE)
@example(turns=life_of(Step.CORRECTED, Step.WITHDRAWN, Step.REINSTATED), sizes=ONE_BY_ONE)
@given(turns=TURNS, sizes=SIZES)
@SHARED
def test_the_lists_of_reports_are_what_the_log_says(
    cursor: Cursor, turns: list[Turn], sizes: list[int]
) -> None:
    events = recorded_lives(turns)
    reports = reports_after(events)
    with cursor.connection.transaction(force_rollback=True):
        feed(cursor, events, sizes)
        listed = latest(cursor, Selection(MUNICIPALITY))
        counted = count(cursor, Selection(MUNICIPALITY))
        by_area = counts_by_area(cursor, Selection(MUNICIPALITY))

    assert {each.report_id: (each.state, each.counts, *said(each)) for each in listed} == {
        each.report_id: (state_in_log(each), each.counts, *said(each)) for each in reports.values()
    }
    counting = [each for each in reports.values() if each.counts]
    assert counted == len(counting)
    assert by_area == Counter(each.area for each in counting)


def said(report: Any) -> tuple[object, ...]:
    incident = getattr(report, "incident", report)
    return report.area, report.happened_at, incident.severity, report.revision


def state_in_log(report: IncidentReport) -> ReportState:
    return state_of(
        is_looked_at=report.is_looked_at,
        is_duplicate=report.duplicate_of is not None,
        is_withdrawn=report.withdrawn_because is not None,
    )


@given(turns=TURNS, sizes=SIZES)
@SHARED
def test_who_was_heard_and_how_many_a_party_told_of_are_what_counts(
    cursor: Cursor, turns: list[Turn], sizes: list[int]
) -> None:
    events = recorded_lives(turns)
    with cursor.connection.transaction(force_rollback=True):
        feed(cursor, events, sizes)
        asked = [FIELD_TEAM.function]
        heard = voices(cursor, MUNICIPALITY, {WEEK_47: DUE_AT}, functions=asked, now=NOW)
        told = tallies(cursor, MUNICIPALITY, WEEK_47)

    counting = [
        each
        for each in reports_after(events).values()
        if each.counts and WEEK_47.starts_at <= each.happened_at < WEEK_47.ends_at
    ]
    voice = heard[FIELD_TEAM.function, WEEK_47]
    assert voice.reports == len(counting)
    assert (voice.heard is Heard.REPORTED) == bool(counting)
    assert Counter({each.area: each.number for each in told}) == Counter(each.area for each in counting)


def published(made_from: Sequence[int]) -> list[PicturePublished]:
    """Versions of the week's picture, of the harbour's and of the whole, made at these positions."""
    return [
        example_of(
            PicturePublished,
            recorded=recorded(position, at=NOW),
            period="2026-W47",
            first_day=date(2026, 11, 16),
            last_day=date(2026, 11, 22),
            version=version,
            made_from=made,
            scope=scope,
            areas=(scope,) if scope else (),
        )
        for scope, place in (("", 0), (HAMNEN, 100))
        for version, made in enumerate(sorted(made_from), start=1)
        for position in [place + version]
    ]


@example(turns=life_of(Step.MARKED_DUPLICATE, Step.REINSTATED), made_from=[2])
@example(turns=life_of(Step.WITHDRAWN, Step.REINSTATED), made_from=[1])
@example(
    turns=[
        Turn(0, 0, {"happened_at": datetime(2026, 11, 27, tzinfo=UTC)}),
        Turn(0, 0, {"happened_at": datetime(2026, 11, 17, tzinfo=UTC)}),
    ],
    made_from=[1],
)
@given(turns=TURNS, made_from=st.lists(st.integers(0, 14), max_size=3))
@SHARED
def test_a_report_is_in_the_pictures_that_counted_it_and_in_no_other(
    cursor: Cursor, turns: list[Turn], made_from: list[int]
) -> None:
    events = recorded_lives(turns)
    pictures = published(made_from)
    with cursor.connection.transaction(force_rollback=True):
        feed(cursor, events, [len(events)])
        Consequences().feed(cursor, pictures)
        rows = latest(cursor, Selection(MUNICIPALITY))
        consequences = consequences_of(cursor, MUNICIPALITY, rows)

    assert {
        (report_id, str(picture.scope), picture.version)
        for report_id, consequence in consequences.items()
        for picture in consequence.pictures
    } == first_with_it(events, pictures)


def first_with_it(
    events: Sequence[RecordedEvent], pictures: Sequence[PicturePublished]
) -> set[tuple[UUID, str, int]]:
    """Of each report that counts now: the first version of each picture that counted it."""
    first: dict[tuple[UUID, str], int] = {}
    counting = {each.report_id for each in reports_after(events).values() if each.counts}
    for picture in pictures:
        known = reports_after([each for each in events if each.position <= picture.made_from])
        for report in known.values():
            is_there = WEEK_47.starts_at <= report.happened_at < WEEK_47.ends_at and (
                not picture.areas or report.area in picture.areas
            )
            if report.report_id in counting and report.counts and is_there:
                first.setdefault((report.report_id, picture.scope), picture.version)
    return {(report_id, scope, version) for (report_id, scope), version in first.items()}
