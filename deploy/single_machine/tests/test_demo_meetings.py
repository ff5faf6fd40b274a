"""What the demo's coordinators have done: pictures signed by three, a draft, and who had nothing to tell."""

from datetime import datetime, timedelta

from est_contracts.guard import findings
from est_contracts.vocabulary import STOCKHOLM, PeriodKind, SectionKind
from est_single_machine.demo.document import valboas_document
from est_single_machine.demo.meetings import ASSESSED, PARTS, PRIORITIES, PROBLEM, QUARTERLY, WEEKLY
from est_single_machine.demo.quiet import WEEKS, nothing_to_report
from est_single_machine.demo.simulator import reports_until

TODAY = datetime(2026, 11, 22, 11, 0, tzinfo=STOCKHOLM)


def test_who_reported_in_a_week_does_not_say_that_there_was_nothing() -> None:
    document = valboas_document()
    reports = list(reports_until(TODAY, document=document, seed=9901, weeks=104))
    told = {(report.function, str(document.rhythm.period_of(report.happened_at))) for report in reports}

    quiet = list(nothing_to_report(reports, document=document, today=TODAY, seed=9901))

    assert not told & set(quiet)
    assert len({each.period for each in quiet}) == WEEKS
    assert max(each.period for each in quiet) == "2026-W46"


def test_a_week_later_the_same_functions_have_had_nothing_to_tell() -> None:
    document = valboas_document()
    reports = list(reports_until(TODAY, document=document, seed=9901, weeks=104))
    later = TODAY + timedelta(weeks=1)

    now, then = (
        set(nothing_to_report(reports, document=document, today=day, seed=9901)) for day in (TODAY, later)
    )

    assert {each for each in now if each.period != min(one.period for one in now)} <= then


def test_what_the_coordinators_write_has_a_place_in_the_templates_and_names_nobody() -> None:
    document = valboas_document()
    week, quarter = (document.template(kind) for kind in (PeriodKind.WEEK, PeriodKind.QUARTER))
    sections = {section.section_id: section.kind for section in week.all_sections()}

    assert set(WEEKLY) <= set(sections)
    assert set(QUARTERLY) <= {section.section_id for section in quarter.all_sections()}
    assert set(ASSESSED) | set(PRIORITIES) <= {area.area_id for area in document.areas}
    assert set(PRIORITIES) == {each for named in document.priority_areas if named.quarter == "2026-Q3"
                               for each in named.area_ids}  # fmt: skip
    assert sections[PROBLEM["section"]] is SectionKind.PROBLEMS
    assert document.function(PROBLEM["responsible"]).title == "Fältgruppen"
    texts = [*WEEKLY.values(), *QUARTERLY.values(), *PARTS.values(), *map(str, PROBLEM.values())]
    assert [text for text in texts if findings(text, today=TODAY.date())] == []
