"""What is due hangs on the day of the last known fact: a picture drawn again is the same."""

from datetime import UTC, datetime

from est_chassis.event_store import Cursor
from est_compiler.domain.picture import Cover
from est_compiler.questions.pictures import picture_at
from est_compiler.read_models.collaborations import Collaborations
from est_compiler.read_models.facts import Facts
from est_contracts.examples import example_incident, example_of
from est_contracts.messages import CollaborationSetUp, IncidentReported
from est_contracts.vocabulary import PictureCalendar

NOVEMBER = PictureCalendar().parse("2026-11")


def told_on(day: int, *, position: int) -> IncidentReported:
    """A report of the third of November, recorded on some day of it."""
    told = example_incident(position, happened_at=datetime(2026, 11, 3, 12, tzinfo=UTC))
    recorded_at = datetime(2026, 11, day, 12, tzinfo=UTC)
    return told.model_copy(update={"recorded": told.recorded.model_copy(update={"recorded_at": recorded_at})})


def test_a_month_waits_only_for_the_weeks_that_had_begun_when_the_last_fact_was_recorded(
    cursor: Cursor,
) -> None:
    Collaborations().feed(cursor, [example_of(CollaborationSetUp, position=1)])
    Facts().feed(cursor, [told_on(4, position=2), told_on(24, position=3)])

    then = picture_at(cursor, municipality="9901", period=NOVEMBER, position=2).picture
    now = picture_at(cursor, municipality="9901", period=NOVEMBER).picture

    # Nothing was known before the week of the first report: week 44 is not waited for.
    assert then.coverage.now == Cover(due=5, heard=1, nothing=0)
    assert now.coverage.now == Cover(due=20, heard=1, nothing=0)
