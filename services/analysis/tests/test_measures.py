"""From a confirmed problem to a measure that is carried out."""

from datetime import date
from uuid import UUID

from eventsourcing.domain import Aggregate
from situations import Telling, seat

from est_analysis.domain.measure import Measure, Plan
from est_analysis.domain.problem import Problem
from est_chassis.testing import HostedService
from est_contracts.example_collaboration import NORRANGEN
from est_contracts.examples import example_id
from est_contracts.messages import MeasureCompleted, MeasureDecided
from est_contracts.vocabulary import MeasureKind, Role

PROBLEM = Problem.create_id("9901", area=NORRANGEN, theme="vandalism")
MEASURE = example_id("measure/1")
MEASURES = f"/v1/municipalities/9901/problems/{PROBLEM}/measures"
COORDINATOR = seat(Role.COORDINATOR)
LIGHTING = {"kind": "lighting", "function": "bosocial_utvecklare", "due_on": "2026-12-04"}


async def a_confirmed_problem(analysis: HostedService) -> None:
    intake = Telling()
    await analysis.hears(intake.collaboration(), *intake.reports(6, 5, 7))
    await analysis.settled()
    problem = f"/v1/municipalities/9901/problems/{PROBLEM}"
    version = (await analysis.http.get(problem, headers=COORDINATOR)).headers["etag"]
    answer = await analysis.http.put(
        f"{problem}/confirmation", headers={**COORDINATOR, "If-Match": version}, json={"reason": "seen_by_us"}
    )
    assert answer.status_code == 200


async def decide(analysis: HostedService, measure_id: UUID = MEASURE, **changes: object) -> int:
    answer = await analysis.http.put(f"{MEASURES}/{measure_id}", headers=COORDINATOR, json=LIGHTING | changes)
    return answer.status_code


async def test_a_measure_is_decided_against_a_confirmed_problem_only(analysis: HostedService) -> None:
    intake = Telling()
    await analysis.hears(intake.collaboration(), *intake.reports(6, 5, 7))
    await analysis.settled()

    assert await decide(analysis) == 409


async def test_a_measure_needs_somebody_who_takes_part(analysis: HostedService) -> None:
    await a_confirmed_problem(analysis)

    answer = await analysis.http.put(
        f"{MEASURES}/{MEASURE}", headers=COORDINATOR, json=LIGHTING | {"function": "ingen"}
    )

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["function"]


async def test_a_measure_against_a_problem_that_nobody_knows_is_not_found(analysis: HostedService) -> None:
    await a_confirmed_problem(analysis)
    elsewhere = f"/v1/municipalities/9901/problems/{example_id('problem/9')}/measures/{MEASURE}"

    assert (await analysis.http.put(elsewhere, headers=COORDINATOR, json=LIGHTING)).status_code == 404


async def test_another_measure_under_the_same_id_is_a_conflict(analysis: HostedService) -> None:
    await a_confirmed_problem(analysis)
    assert await decide(analysis) == 200

    assert await decide(analysis) == 200
    assert await decide(analysis, kind="cameras") == 409


async def test_a_measure_is_told_when_it_is_decided_and_when_it_is_done(analysis: HostedService) -> None:
    await a_confirmed_problem(analysis)
    await decide(analysis)
    for _twice in range(2):
        done = await analysis.http.put(f"{MEASURES}/{MEASURE}/completion", headers=COORDINATOR)
        assert done.json() == {"measure_id": str(MEASURE), "is_completed": True}

    decided, completed = (await analysis.tells())[-2:]

    assert isinstance(decided, MeasureDecided)
    assert (decided.problem_id, decided.kind, decided.due_on) == (
        PROBLEM,
        MeasureKind.LIGHTING,
        date(2026, 12, 4),
    )
    assert isinstance(completed, MeasureCompleted)
    assert completed.measure_id == MEASURE


async def test_the_measures_against_a_problem_can_be_read(analysis: HostedService) -> None:
    await a_confirmed_problem(analysis)
    await decide(analysis)
    await analysis.settled()

    (measure,) = (await analysis.http.get(MEASURES, headers=COORDINATOR)).json()["measures"]

    assert (measure["kind"], measure["function"], measure["completed_at"]) == (
        "lighting",
        "bosocial_utvecklare",
        None,
    )


async def test_what_nobody_has_decided_cannot_be_completed(analysis: HostedService) -> None:
    answer = await analysis.http.put(f"{MEASURES}/{MEASURE}/completion", headers=COORDINATOR)

    assert answer.status_code == 404


async def test_a_measure_is_completed_under_its_own_problem_and_no_other(analysis: HostedService) -> None:
    await a_confirmed_problem(analysis)
    await decide(analysis)
    elsewhere = f"/v1/municipalities/9901/problems/{example_id('problem/9')}/measures"
    page = f"/problems/{example_id('problem/9')}/measures/{MEASURE}/completion"

    completed = await analysis.http.put(f"{elsewhere}/{MEASURE}/completion", headers=COORDINATOR)
    pressed = await analysis.http.post(page, headers=COORDINATOR)
    read = await analysis.http.get(elsewhere, headers=COORDINATOR)

    assert (completed.status_code, pressed.status_code, read.status_code) == (404, 404, 404)
    assert not any(isinstance(told, MeasureCompleted) for told in await analysis.tells())


def test_a_measure_comes_back_from_its_events_as_it_was() -> None:
    plan = Plan(MeasureKind.LIGHTING, "bosocial_utvecklare", date(2026, 12, 4))
    measure = Measure(
        municipality="9901",
        measure_id=MEASURE,
        problem_id=PROBLEM,
        plan=plan.as_recorded(),
        by_function="samordnaren",
    )
    measure.complete(by_function="samordnaren")

    read_back: Aggregate | None = None
    for recorded in measure.collect_events():
        read_back = recorded.mutate(read_back)

    assert isinstance(read_back, Measure)
    assert read_back.__dict__ == measure.__dict__
    assert read_back.plan == plan


async def test_a_measure_is_decided_and_carried_out_on_the_page(analysis: HostedService) -> None:
    await a_confirmed_problem(analysis)
    await analysis.settled()
    form = {"measure_id": str(MEASURE), "kind": "lighting", "function": "faltgruppen", "due_on": ""}

    refused = await analysis.http.post(
        f"/problems/{PROBLEM}/measures", headers=COORDINATOR, data=form | {"kind": "magic"}
    )
    decided = await analysis.http.post(f"/problems/{PROBLEM}/measures", headers=COORDINATOR, data=form)
    shown = (await analysis.http.get(f"/problems/{PROBLEM}", headers=COORDINATOR)).text
    done = await analysis.http.post(f"/problems/{PROBLEM}/measures/{MEASURE}/completion", headers=COORDINATOR)
    in_english = await analysis.http.get(f"/problems/{PROBLEM}?language=en", headers=COORDINATOR)

    assert (refused.status_code, decided.status_code, done.status_code) == (422, 303, 303)
    assert "Välj en insats." in refused.text
    assert "Belysningen åtgärdas" in shown
    assert "Fältgruppen" in shown
    assert "The lighting is mended" in in_english.text
    assert "Carried out" in in_english.text
