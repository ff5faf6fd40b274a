"""Facts drawn again at any position give the same picture, however they came in and whatever came later."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from est_chassis.event_store import Cursor
from est_compiler.domain.knowledge import Slot
from est_compiler.questions import counts
from est_compiler.questions.pictures import picture_at
from est_compiler.read_models.collaborations import Collaborations
from est_compiler.read_models.facts import Facts, FactSelection
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.example_lives import ReportLife, Step
from est_contracts.examples import example_id, example_incident, example_of
from est_contracts.messages import (
    CollaborationSetUp,
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    Message,
)
from est_contracts.vocabulary import PictureCalendar, PicturePeriod, Theme

Told = IncidentReported | IncidentReportCorrected

WEEKS = tuple(PictureCalendar().parse(f"2026-W{number}") for number in (44, 45, 46, 47))
ORGANISATIONS = ("valboas_kommun", "polisen_valboas", "nattvandrarna")
ENDING: dict[Step, type[Message]] = {
    Step.MARKED_DUPLICATE: IncidentReportMarkedDuplicate,
    Step.WITHDRAWN: IncidentReportWithdrawn,
    Step.REINSTATED: IncidentReportReinstated,
}
TABLES = ("facts_v4", "facts_v4_ends", "collaborations_v2")


def told_at_random(chance: Random, *, count: int) -> list[Message]:
    """A stream as intake might tell it: reports and all that happens to them, and a set-up that changes."""
    told: list[Message] = [example_of(CollaborationSetUp, position=1)]
    lives: dict[int, ReportLife] = {}
    for position in range(2, count + 2):
        fate = chance.random()
        number = chance.choice(list(lives)) if lives else position
        if lives and fate < 0.35:
            # An erased text is none of the compiler's business.
            step = chance.choice([each for each in lives[number].steps_ahead if each != Step.TEXT_ERASED])
            lives[number] = lives[number].after(step)
            told.append(became(step, chance, position, number))
        elif fate < 0.38:
            document = example_collaboration().model_copy(update={"name": f"Valboås {position}"})
            told.append(example_of(CollaborationSetUp, position=position, version=2, document=document))
        else:
            lives[position] = ReportLife().after(Step.TOLD)
            told.append(random_incident(chance, position))
    return told


def id_of(number: int) -> UUID:
    return example_id(f"report/{number}")


def home_of(number: int) -> str:
    return "1280" if number % 4 == 0 else "9901"


def became(step: Step, chance: Random, position: int, number: int) -> Message:
    if step == Step.CORRECTED:
        return random_incident(chance, position, corrects=number)
    about: dict[str, Any] = {"report_id": id_of(number), "municipality": home_of(number)}
    if step == Step.MARKED_DUPLICATE:
        about["duplicate_of"] = id_of(0)
    return example_of(ENDING[step], position=position, **about)


def random_incident(chance: Random, position: int, *, corrects: int | None = None) -> Message:
    number = position if corrects is None else corrects
    happened_at = datetime(2026, 10, 26, tzinfo=UTC) + timedelta(minutes=chance.randrange(28 * 24 * 60))
    return example_of(
        IncidentReported if corrects is None else IncidentReportCorrected,
        position=position,
        report_id=id_of(number),
        municipality=home_of(number),
        happened_at=happened_at,
        area=chance.choice([CENTRUM, NORRANGEN, HAMNEN, None]),
        theme=chance.choice(list(Theme)),
        severity=chance.choice([1, 2, 3, 4, 5, None]),
        organisation=chance.choice(ORGANISATIONS),
    )


def feed(cursor: Cursor, told: Sequence[Message], chance: Random) -> None:
    """In batches of any size, as an inbox happens to read them."""
    begin = 0
    while begin < len(told):
        end = begin + chance.randint(1, 60)
        for model in (Facts(), Collaborations()):
            model.feed(cursor, told[begin:end])
        begin = end


def everything_in(cursor: Cursor) -> list[list[dict[str, Any]]]:
    return [cursor.execute(f"SELECT * FROM {table} ORDER BY position").fetchall() for table in TABLES]


def fingerprints_at(cursor: Cursor, position: int) -> list[str]:
    return [
        picture_at(cursor, municipality=municipality, period=week, position=position).fingerprint
        for municipality in ("9901", "1280")
        for week in WEEKS
    ]


@pytest.mark.parametrize("seed", range(6))
def test_a_picture_drawn_again_as_of_its_position_has_the_same_fingerprint(cursor: Cursor, seed: int) -> None:
    chance = Random(seed)
    told = told_at_random(chance, count=240)
    then: dict[int, list[str]] = {}
    begin = 0
    while begin < len(told):
        end = begin + chance.randint(20, 80)
        feed(cursor, told[begin:end], chance)
        begin = end
        position = min(begin, len(told))
        then[position] = fingerprints_at(cursor, position)

    for position, fingerprints in then.items():
        assert fingerprints_at(cursor, position) == fingerprints


def told_of_week(told: Sequence[Message], week: PicturePeriod, *, until: int) -> dict[UUID, Told]:
    """What each report said last, if it counts: read from the stream, without a database."""
    said: dict[UUID, Told] = {}
    counting: set[UUID] = set()
    for message in told[:until]:
        if isinstance(message, IncidentReported | IncidentReportCorrected):
            said[message.report_id] = message
        if isinstance(message, IncidentReported | IncidentReportReinstated):
            counting.add(message.report_id)
        if isinstance(message, IncidentReportWithdrawn | IncidentReportMarkedDuplicate):
            counting.discard(message.report_id)
    return {
        report_id: each
        for report_id, each in said.items()
        if report_id in counting and each.municipality == "9901" and each.happened_at in week
    }


@pytest.mark.parametrize("seed", range(4))
def test_the_picture_at_any_position_is_what_the_stream_had_told_by_then(cursor: Cursor, seed: int) -> None:
    told = told_at_random(Random(seed), count=300)
    feed(cursor, told, Random(seed))

    for position in range(3, 301, 27):
        for week in WEEKS:
            expected = told_of_week(told, week, until=position)
            drawn = picture_at(cursor, municipality="9901", period=week, position=position).picture
            assert drawn.reports == len(expected)
            by_theme = Counter(each.theme for each in expected.values())
            assert {each.theme: each.now.reports for each in drawn.themes if each.now.reports} == by_theme


@pytest.mark.parametrize("seed", range(3))
def test_a_replay_gives_the_same_rows_and_the_same_bytes(cursor: Cursor, seed: int) -> None:
    told = told_at_random(Random(seed), count=200)
    feed(cursor, told, Random(1))
    rows = everything_in(cursor)
    drawn = picture_at(cursor, municipality="9901", period=WEEKS[-1]).content

    cursor.execute(f"TRUNCATE {', '.join(TABLES)}")
    feed(cursor, told, Random(2))

    assert everything_in(cursor) == rows
    assert picture_at(cursor, municipality="9901", period=WEEKS[-1]).content == drawn


def test_a_withdrawal_that_is_handled_before_its_report_counts_all_the_same(cursor: Cursor) -> None:
    report, withdrawal = (
        example_incident(2),
        example_of(IncidentReportWithdrawn, position=3, report_id=example_id("report/2")),
    )

    Facts().feed(cursor, [withdrawal])
    Facts().feed(cursor, [report])

    now = {Slot.NOW: WEEKS[-1]}
    assert counts.tallies(cursor, FactSelection("9901", 3), periods=now) == ()
    assert len(counts.tallies(cursor, FactSelection("9901", 2), periods=now)) == 1


@pytest.mark.parametrize(
    ("happened_at", "day", "hour"),
    [
        ("2026-12-31T22:59:00Z", "2026-12-31", 23),
        ("2027-01-03T22:59:59Z", "2027-01-03", 23),
        ("2027-01-03T23:00:00Z", "2027-01-04", 0),
        ("2026-10-25T00:30:00Z", "2026-10-25", 2),
        ("2026-10-25T01:30:00Z", "2026-10-25", 2),
        ("2026-10-25T22:59:59Z", "2026-10-25", 23),
        ("2026-10-25T23:00:00Z", "2026-10-26", 0),
        ("2026-03-29T01:00:00Z", "2026-03-29", 3),
    ],
)
def test_a_moment_belongs_to_the_day_and_hour_it_has_in_stockholm(
    cursor: Cursor, happened_at: str, day: str, hour: int
) -> None:
    Facts().feed(cursor, [example_incident(2, happened_at=datetime.fromisoformat(happened_at))])

    row = cursor.execute("SELECT day::text, hour FROM facts_v4").fetchone()
    assert row == {"day": day, "hour": hour}
