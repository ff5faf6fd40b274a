"""My reports: receipts, pictures, problems and measures."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio
from own_reports import IN_WEEK_47, NOW, mine, sent
from valboas_people import seated
from valboas_reports import key, valboas_at_work

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService, recorded
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.examples import example_id, example_of
from est_contracts.messages import (
    Evidence,
    MeasureCompleted,
    MeasureDecided,
    PicturePublished,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
)
from est_contracts.vocabulary import MeasureKind, PeriodKind, Theme, Words
from est_intake.domain.thanks import about_measure, about_problem

PROBLEM, MEASURE = example_id("problem/1"), example_id("measure/1")
THEME = Theme.VANDALISM


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path, clock=SetClock(NOW)) as hosted:
        await hosted.settled()
        yield hosted


def published(position: int = 1, **changes: Any) -> PicturePublished:
    said: dict[str, Any] = {"period": "2026-W47", "version": 1, "made_from": 1_000, "reason": None} | changes
    return example_of(PicturePublished, recorded=recorded(position, at=NOW), **said)


QUARTER: dict[str, Any] = {
    "period": "2026-Q4",
    "kind": PeriodKind.QUARTER,
    "first_day": date(2026, 10, 1),
    "last_day": date(2026, 12, 31),
}
YEAR: dict[str, Any] = {
    "period": "2026",
    "kind": PeriodKind.YEAR,
    "first_day": date(2026, 1, 1),
    "last_day": date(2026, 12, 31),
}


def flagged(position: int = 1, **changes: Any) -> ProblemFlagged:
    evidence = Evidence(
        counts=(0, 2, 4, 1), expected=0.8, weeks_in_row=3, organisations=2, words=Words(sv="x", en="x")
    )
    said: dict[str, Any] = {
        "problem_id": PROBLEM,
        "area": NORRANGEN,
        "theme": THEME,
        "period": "2026-W47",
    } | changes
    return example_of(ProblemFlagged, recorded=recorded(position, at=NOW), evidence=evidence, **said)


def decided(position: int) -> MeasureDecided:
    said: dict[str, Any] = {"measure_id": MEASURE, "problem_id": PROBLEM, "due_on": date(2026, 12, 4)}
    told = example_of(MeasureDecided, recorded=recorded(position, at=NOW), **said)
    return told.model_copy(update={"kind": MeasureKind.LIGHTING})


async def test_receipts_count_ones_own_reports_of_a_period(intake: HostedService) -> None:
    before = await sent(intake, at=IN_WEEK_47 - timedelta(days=7))
    first = await sent(intake)
    await sent(intake, by="neighbour")
    second = await sent(intake)

    shown = (await mine(intake))["reports"]

    assert [(each["report_id"], each["period"], each["number"]) for each in shown] == [
        (second, "2026-W47", 2),
        (first, "2026-W47", 1),
        (before, "2026-W46", 1),
    ]


async def test_what_was_taken_back_keeps_its_number_and_counts_no_more(intake: HostedService) -> None:
    first, second = await sent(intake), await sent(intake)
    await intake.http.put(
        f"/v1/reports/{first}/withdrawal", json={"reason": "mistake"}, headers=key("reporter")
    )
    await intake.settled()

    shown = (await mine(intake))["reports"]

    assert [(each["report_id"], each["number"], each["counts"]) for each in shown] == [
        (second, 2, True),
        (first, 1, False),
    ]


async def test_nobody_sees_what_another_seat_has_sent(intake: HostedService) -> None:
    await sent(intake, by="neighbour")

    assert (await mine(intake))["reports"] == []
    assert (await intake.http.get("/v1/my-reports")).status_code == 401


async def test_long_lists_are_turned_page_by_page(intake: HostedService) -> None:
    told = [await sent(intake) for _report in range(3)]

    first = await mine(intake, limit=2)
    second = await mine(intake, limit=2, before=first["next"])

    shown = [each["report_id"] for page in (first, second) for each in page["reports"]]
    assert shown == list(reversed(told))
    assert second["next"] is None


async def test_a_report_is_in_the_picture_that_was_made_after_it(intake: HostedService) -> None:
    await sent(intake)
    (own,) = (await mine(intake))["reports"]
    await intake.hears(published(1, made_from=own["position"] - 1))
    assert (await mine(intake))["reports"][0]["picture"] is None

    await intake.hears(published(2, version=2, made_from=own["position"]), published(3, version=3))

    picture = (await mine(intake))["reports"][0]["picture"]
    assert (picture["period"], picture["version"]) == ("2026-W47", 2)


async def test_a_report_that_counts_again_is_in_the_pictures_that_counted_it_and_in_no_other(
    intake: HostedService,
) -> None:
    report_id = await sent(intake)
    (own,) = (await mine(intake))["reports"]
    await intake.http.put(
        f"/v1/reports/{report_id}/withdrawal", json={"reason": "mistake"}, headers=key("reporter")
    )
    await intake.http.delete(f"/v1/reports/{report_id}/withdrawal", headers=key("reporter"))
    await intake.settled()
    withdrawn_at = own["position"] + 1

    await intake.hears(published(1, made_from=withdrawn_at))
    while_it_was_withdrawn = (await mine(intake))["reports"][0]["picture"]
    await intake.hears(published(2, period="2026-W47", version=2, made_from=withdrawn_at + 1))

    assert while_it_was_withdrawn is None
    assert (await mine(intake))["reports"][0]["picture"]["version"] == 2


async def test_a_picture_of_another_week_does_not_hold_it(intake: HostedService) -> None:
    await sent(intake)

    await intake.hears(published(period="2026-W46", first_day=date(2026, 11, 9), last_day=date(2026, 11, 15)))

    assert (await mine(intake))["reports"][0]["picture"] is None


async def test_of_several_pictures_the_shortest_stands_first_and_a_longer_one_holds_every_day_of_it(
    intake: HostedService,
) -> None:
    await sent(intake, area=HAMNEN)
    await intake.hears(
        published(1, **QUARTER),
        published(2),
        published(3, scope=HAMNEN, areas=(HAMNEN,)),
        published(4, **YEAR),
    )

    (own,) = (await mine(intake))["reports"]

    assert own["picture"] == own["pictures"][0]
    assert [(each["period"], each["scope"]) for each in own["pictures"]] == [
        ("2026-W47", ""),
        ("2026-W47", HAMNEN),
        ("2026-Q4", ""),
        ("2026", ""),
    ]


async def test_a_picture_of_other_areas_does_not_hold_it(intake: HostedService) -> None:
    await sent(intake, area=HAMNEN)
    await sent(intake, area=None)

    await intake.hears(published(scope=NORRANGEN, areas=(NORRANGEN,)))

    assert [each["pictures"] for each in (await mine(intake))["reports"]] == [[], []]


async def test_the_page_names_the_pictures_by_their_period_and_place(intake: HostedService) -> None:
    await sent(intake, area=HAMNEN)
    await intake.hears(published(1, scope=HAMNEN, areas=(HAMNEN,)), published(2, **QUARTER))
    reporter = seated(intake, "faltgruppen", clock=SetClock(NOW))

    swedish, english = await reporter.get("/my-reports"), await reporter.get("/my-reports?language=en")

    assert "vecka\N{NO-BREAK SPACE}47, 2026, Hamnen, publicerad" in swedish.text
    assert "kvartal 4 2026, publicerad" in swedish.text
    assert "quarter 4 2026, published" in english.text


async def test_a_report_leads_to_the_problem_of_its_theme_and_area_in_the_weeks_behind_it(
    intake: HostedService,
) -> None:
    in_the_fourth_week_back = await sent(intake, at=IN_WEEK_47 - timedelta(days=21))
    too_early = await sent(intake, at=IN_WEEK_47 - timedelta(days=28))
    elsewhere = await sent(intake, area=HAMNEN)
    another_theme = await sent(intake, checklist_entry="orebro.5")

    await intake.hears(flagged())

    problems = {each["report_id"]: each["problem"] for each in (await mine(intake))["reports"]}
    assert problems[in_the_fourth_week_back]["problem_id"] == str(PROBLEM)
    assert problems[in_the_fourth_week_back]["reports"] == 7
    assert "en av 7 rapporter" in problems[in_the_fourth_week_back]["words"]["sv"]
    assert [problems[each] for each in (too_early, elsewhere, another_theme)] == [None, None, None]


async def test_measures_are_told_with_their_day_and_again_when_they_are_done(intake: HostedService) -> None:
    await sent(intake)
    await intake.hears(flagged(1))
    await intake.hears(
        example_of(ProblemConfirmed, recorded=recorded(2, at=NOW), problem_id=PROBLEM), decided(3)
    )
    problem = (await mine(intake))["reports"][0]["problem"]
    assert problem["is_confirmed"] is True
    assert problem["measures"][0]["words"]["sv"] == "Belysningen åtgärdas, senast 4 december."

    done = example_of(MeasureCompleted, recorded=recorded(4, at=NOW), measure_id=MEASURE, problem_id=PROBLEM)
    await intake.hears(done)

    (measure,) = (await mine(intake))["reports"][0]["problem"]["measures"]
    assert measure["words"]["en"] == "Done on 19 November: the lighting is mended."


async def test_what_was_taken_back_is_thanked_for_nothing(intake: HostedService) -> None:
    report_id = await sent(intake)
    await intake.hears(flagged())
    await intake.http.put(
        f"/v1/reports/{report_id}/withdrawal", json={"reason": "mistake"}, headers=key("reporter")
    )
    await intake.settled()

    assert (await mine(intake))["reports"][0]["problem"] is None


async def test_the_own_row_of_periods_is_counted_and_broken_by_silence(intake: HostedService) -> None:
    for weeks in (1, 2, 4):
        await sent(intake, at=IN_WEEK_47 - timedelta(days=7 * weeks))

    assert (await mine(intake))["periods_in_a_row"] == 2


def test_the_words_say_what_people_have_decided() -> None:
    said = [
        about_problem(theme=THEME, area="Norrängen", reports=7, is_confirmed=decided).sv
        for decided in (None, True, False)
    ]

    assert "Samordnarna tar ställning" in said[0]
    assert said[1] == (
        "Tack. Det här var en av 7 rapporter bakom problemet skadegörelse, Norrängen. "
        "Samordnarna har bekräftat det."
    )
    assert "inte är ett återkommande problem" in said[2]
    assert all(each.startswith("Tack.") for each in said)


def test_a_measure_without_a_day_says_that_it_is_decided() -> None:
    words = about_measure(MeasureKind.OTHER, due_on=None, completed_at=None)

    assert words.en == "Another measure. It has been decided."


async def test_the_page_tells_it_all_in_both_languages(intake: HostedService) -> None:
    await sent(intake, text="Krossade rutor vid skolan.")
    await intake.hears(published(1))
    await intake.hears(flagged(1))
    await intake.hears(example_of(ProblemDismissed, recorded=recorded(2, at=NOW), problem_id=PROBLEM))
    reporter = seated(intake, "faltgruppen", clock=SetClock(NOW))

    swedish, english = await reporter.get("/my-reports"), await reporter.get("/my-reports?language=en")

    assert "v. 47 nr 1" in swedish.text and "I lägesbilden" in swedish.text
    assert "Krossade rutor vid skolan." in swedish.text
    assert "inte är ett återkommande problem" in swedish.text
    assert "week 47 no. 1" in english.text and "In the picture" in english.text
    assert "112" in swedish.text
