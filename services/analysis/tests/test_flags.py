"""From reports heard to problems told, on real PostgreSQL and NATS."""

from uuid import UUID

from situations import WEEK_47, Telling

from est_analysis.application import Analysis, Decision
from est_analysis.domain.problem import ConfirmationReason, DismissalReason, Problem
from est_analysis.read_models import problems
from est_analysis.read_models.problems import ProblemRow
from est_chassis.event_store import Cursor
from est_chassis.testing import HostedService
from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.messages import (
    IncidentReported,
    IncidentReportedV1,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
)
from est_contracts.vocabulary import Theme

PROBLEM = Problem.create_id("9901", area=NORRANGEN, theme="vandalism")


async def problem(analysis: HostedService) -> ProblemRow:
    await analysis.settled()
    found = await analysis.service.ask(lambda cursor: problems.one(cursor, "9901", PROBLEM))
    assert found is not None
    return found


async def test_a_theme_that_recurs_is_flagged_once_with_its_evidence(analysis: HostedService) -> None:
    intake = Telling()

    await analysis.hears(intake.collaboration(), *intake.reports(6, 5, 7))

    (flagged,) = await analysis.tells()
    assert isinstance(flagged, ProblemFlagged)
    assert (flagged.problem_id, flagged.area, flagged.theme) == (PROBLEM, NORRANGEN, Theme.VANDALISM)
    assert flagged.evidence.words.sv.startswith("skadegörelse i Norrängen: 6, 5, ")
    assert flagged.evidence.words.sv.endswith("tredje veckan i rad; tre organisationer")
    assert flagged.period == "2026-W47"
    assert (await problem(analysis)).evidence.counts == (0, 6, 5, 7)


async def test_another_week_of_the_same_problem_is_newer_evidence_and_no_new_flag(
    analysis: HostedService,
) -> None:
    intake = Telling()
    await analysis.hears(*intake.reports(6, 5, 7, until=WEEK_47.previous))

    await analysis.hears(*intake.reports(8))

    assert [type(message) for message in await analysis.tells()] == [ProblemFlagged]
    assert (await problem(analysis)).evidence.counts == (6, 5, 7, 8)


async def test_a_message_heard_twice_counts_once(analysis: HostedService) -> None:
    intake = Telling()
    reports = intake.reports(6, 5, 7)

    await analysis.hears(*reports)
    before = await problem(analysis)
    await analysis.hears(intake.report(WEEK_47, area=None))

    assert await problem(analysis) == before


async def test_reports_without_an_area_are_never_flagged(analysis: HostedService) -> None:
    intake = Telling()

    await analysis.hears(*intake.reports(6, 5, 7, area=None))

    assert await analysis.tells() == []


async def test_duplicates_do_not_count(analysis: HostedService) -> None:
    intake = Telling()
    first, *others = intake.reports(3, 3)

    await analysis.hears(first, *others, *(intake.duplicate(each, of=first) for each in others))
    await analysis.hears(*intake.reports(7))

    assert await analysis.tells() == []


async def test_a_report_that_counts_again_completes_the_pattern(analysis: HostedService) -> None:
    intake = Telling()
    reports = intake.reports(6, 5, until=WEEK_47.previous)
    await analysis.hears(*reports, *(intake.withdrawal(report) for report in reports))
    await analysis.hears(*intake.reports(7))
    assert await analysis.tells() == []

    await analysis.hears(*(intake.reinstatement(report) for report in reports))

    (flagged,) = await analysis.tells()
    assert isinstance(flagged, ProblemFlagged)
    assert (await problem(analysis)).evidence.counts == (0, 6, 5, 7)


async def test_a_corrected_report_counts_where_it_belongs(analysis: HostedService) -> None:
    intake = Telling()
    reports = intake.reports(6, 5, 7, area=HAMNEN)
    await analysis.hears(*reports, intake.correction(reports[0], area=None))

    await analysis.hears(*(intake.correction(report, area=NORRANGEN) for report in reports))

    flagged = [message for message in await analysis.tells() if isinstance(message, ProblemFlagged)]
    assert NORRANGEN in {message.area for message in flagged}
    assert (await problem(analysis)).evidence.counts == (0, 6, 5, 7)


async def test_what_was_told_of_a_report_as_it_was_first_released_still_counts(
    analysis: HostedService,
) -> None:
    intake = Telling()

    await analysis.hears(*(as_first_released(report) for report in intake.reports(6, 5, 7)))

    assert [type(message) for message in await analysis.tells()] == [ProblemFlagged]


def as_first_released(report: IncidentReported) -> IncidentReportedV1:
    return IncidentReportedV1.model_validate(report.model_dump(include=set(IncidentReportedV1.model_fields)))


async def test_withdrawn_reports_do_not_count(analysis: HostedService) -> None:
    intake = Telling()
    reports = intake.reports(3, 3)

    await analysis.hears(*reports, *(intake.withdrawal(report) for report in reports))
    await analysis.hears(*intake.reports(7))

    assert await analysis.tells() == []


async def test_a_withdrawal_renews_the_evidence_and_leaves_the_flag_to_people(
    analysis: HostedService,
) -> None:
    intake = Telling()
    reports = intake.reports(6, 5, 7)
    await analysis.hears(*reports)

    await analysis.hears(intake.withdrawal(reports[-1]))

    assert (await problem(analysis)).evidence.counts == (0, 6, 5, 6)
    assert (await problem(analysis)).state == "flagged"


async def test_a_duplicate_that_is_withdrawn_too_is_one_report_fewer(analysis: HostedService) -> None:
    intake = Telling()
    reports = intake.reports(6, 5, 7)
    await analysis.hears(*reports)

    await analysis.hears(intake.duplicate(reports[-1], of=reports[-2]), intake.withdrawal(reports[-1]))

    assert (await problem(analysis)).evidence.counts == (0, 6, 5, 6)


async def test_a_duplicate_that_is_corrected_counts_where_it_says_once_it_is_reinstated(
    analysis: HostedService,
) -> None:
    intake = Telling()
    reports = intake.reports(6, 5, 7)
    await analysis.hears(*reports, intake.duplicate(reports[0], of=reports[1]))

    await analysis.hears(intake.correction(reports[0], happened_at=reports[-1].happened_at))
    before = (await problem(analysis)).evidence.counts
    await analysis.hears(intake.reinstatement(reports[0]))

    assert (before, (await problem(analysis)).evidence.counts) == ((0, 5, 5, 7), (0, 5, 5, 8))


async def test_a_late_report_can_complete_a_problem(analysis: HostedService) -> None:
    intake = Telling()
    await analysis.hears(*intake.reports(6, 0, 7))
    assert await analysis.tells() == []

    await analysis.hears(*intake.reports(5, until=WEEK_47.previous))

    (flagged,) = await analysis.tells()
    assert isinstance(flagged, ProblemFlagged)
    assert flagged.period == "2026-W47"


async def test_a_dismissed_problem_is_not_flagged_while_its_run_goes_on(analysis: HostedService) -> None:
    intake = Telling()
    await analysis.hears(*intake.reports(6, 5, 7, until=WEEK_47.previous))
    await decide(analysis, DismissalReason.CHANCE)

    await analysis.hears(*intake.reports(9))

    assert [type(message) for message in await analysis.tells()] == [ProblemFlagged, ProblemDismissed]


async def test_a_dismissed_problem_is_flagged_again_when_it_comes_back(analysis: HostedService) -> None:
    intake = Telling()
    await analysis.hears(*intake.reports(6, 5, 7, until=WEEK_47.before(10)))
    await decide(analysis, DismissalReason.CHANCE)

    await analysis.hears(*intake.reports(9, 8, 9))

    told = await analysis.tells()
    assert [type(message) for message in told] == [ProblemFlagged, ProblemDismissed, ProblemFlagged]
    assert {getattr(message, "problem_id", None) for message in told} == {PROBLEM}


async def test_a_confirmation_is_told_without_its_reason(analysis: HostedService) -> None:
    intake = Telling()
    await analysis.hears(*intake.reports(6, 5, 7))
    await decide(analysis, ConfirmationReason.SEEN_BY_US, words="Glasmästaren har varit där.")

    told = (await analysis.tells())[-1]

    assert isinstance(told, ProblemConfirmed)
    assert told.problem_id == PROBLEM
    assert "Glasmästaren" not in told.body().decode()


async def test_the_read_models_can_be_rebuilt_from_the_logs(analysis: HostedService) -> None:
    intake = Telling()
    collaboration, reports = intake.collaboration(), intake.reports(6, 5, 7)
    await analysis.hears(collaboration, *reports, intake.withdrawal(reports[0]))
    await decide(analysis, ConfirmationReason.SEEN_BY_US)
    await analysis.settled()
    before = await everything(analysis)

    async for _progress in analysis.service.rebuild():
        continue

    assert await everything(analysis) == before


async def decide(
    analysis: HostedService, reason: ConfirmationReason | DismissalReason, *, words: str | None = None
) -> None:
    seen = (await problem(analysis)).version
    await analysis.service.do(lambda app: decided(app, PROBLEM, reason, seen=seen, words=words))


def decided(
    app: Analysis,
    problem_id: UUID,
    reason: ConfirmationReason | DismissalReason,
    *,
    seen: int,
    words: str | None,
) -> int:
    decision = Decision(municipality="9901", function="samordnaren", seen_version=seen, words=words)
    if isinstance(reason, ConfirmationReason):
        return app.confirm_problem(problem_id, reason=reason, decision=decision)
    return app.dismiss_problem(problem_id, reason=reason, decision=decision)


async def everything(analysis: HostedService) -> dict[str, list[dict[str, object]]]:
    return await analysis.service.ask(lambda cursor: {table: rows_of(cursor, table) for table in TABLES})


TABLES = (
    "weekly_counts_v3",
    "weekly_counts_v3_reports",
    "weekly_counts_v3_changes",
    "collaborations_v2",
    "problems_v2",
)


def rows_of(cursor: Cursor, table: str) -> list[dict[str, object]]:
    rows = cursor.execute(f"SELECT * FROM {table}").fetchall()
    return sorted(rows, key=str)
