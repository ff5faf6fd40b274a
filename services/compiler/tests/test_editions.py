"""Editions: the same picture, told to another reader."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from edition_briefs import VALBOAS, brief_of, reported, running

from est_compiler.domain.knowledge import EarlierAnalysis, Slot
from est_compiler.domain.picture import Count, DaysAhead, Expected, PeriodAhead, ProblemInPicture
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.duty_officer import next_monday
from est_compiler.domain.viewing.view import (
    ChartBlock,
    Contacts,
    Figure,
    Heading,
    Lines,
    MapBlock,
    Paragraph,
    Standing,
    Stated,
    Table,
    View,
)
from est_contracts.example_collaboration import CENTRUM, NORRANGEN, example_collaboration
from est_contracts.vocabulary import CalendarKind, DutyPeriod, Edition, Theme, Words, picture_template


def table(view: View, name: str) -> Table:
    return next(each for each in view.tables if each.name == name)


def row(view: View, name: str, key: str) -> dict[str, object]:
    shown = table(view, name)
    cells = next(each.cells for each in shown.rows if each.key == key)
    return {
        column.key: cell.value if isinstance(cell, Figure) else cell
        for column, cell in zip(shown.columns, cells, strict=True)
    }


def lines(view: View, name: str) -> dict[str, int]:
    found = [block for block in view.blocks if isinstance(block, Lines) and block.name == name]
    return {line.key: int(line.figure.value or 0) for block in found for line in block.lines if line.figure}


def headings(view: View) -> list[str]:
    return [block.words.sv for block in view.blocks if isinstance(block, Heading)]


def test_the_internal_edition_holds_every_count_against_earlier_periods() -> None:
    view = view_of(
        brief_of(
            reported(reports=5, area=NORRANGEN),
            reported(reports=1, area=CENTRUM, severity=5),
            reported(reports=4, slot=Slot.PREVIOUS),
        ),
        Edition.INTERNAL,
    )

    assert row(view, "totals", "reports") == {
        "now": 6, "change": 2, "percent": None, "previous": 4, "before_previous": 0, "last_year": 0,
    }  # fmt: skip
    assert row(view, "totals", "severe")["now"] == 1
    assert row(view, "areas", NORRANGEN)["now"] == 5
    assert [area.reports for area in next(view.maps).areas if area.area == CENTRUM] == [Figure(1)]
    assert row(view, "hours", "4")["20"] == 6
    assert row(view, "severities", "5")["now"] == 1


def test_the_internal_edition_has_the_templates_headings_first() -> None:
    view = view_of(brief_of(reported(reports=1)), Edition.INTERNAL)

    assert headings(view)[0] == "Otrygga miljöer"
    assert headings(view).index("Övrigt") < headings(view).index("Siffrorna")
    assert any(
        "Inget inrapporterat" in str(block.words) for block in view.blocks if isinstance(block, Paragraph)
    )
    assert view.level_words == "Två bränder vid skolan har oroat många."


def test_a_running_period_is_not_held_against_whole_ones() -> None:
    view = view_of(running(brief_of(reported(), reported(slot=Slot.PREVIOUS))), Edition.INTERNAL)

    assert "change" not in row(view, "totals", "reports")


def test_all_blocks_have_names_of_their_own() -> None:
    for edition in Edition:
        view = view_of(brief_of(reported(reports=7, area=NORRANGEN)), edition)

        names = [block.name for block in view.blocks if not isinstance(block, Paragraph)]
        names += [block.table.name for block in view.blocks if isinstance(block, ChartBlock)]
        assert sorted(names) == sorted(set(names))


def test_the_duty_officer_reads_of_elsewhere_own_measures_and_the_expected_at_zero_too() -> None:
    view = view_of(brief_of(), Edition.DUTY_OFFICER)

    assert lines(view, "elsewhere_lines") == {"boras.12": 0}
    assert lines(view, "own_measures_lines") == {"boras.11": 0, "measures_decided": 0}
    assert lines(view, "expected_lines") == {"expected_reports": 0}


def test_the_three_stand_there_where_no_checklist_asks_for_them() -> None:
    view = view_of(brief_of(document=example_collaboration()), Edition.DUTY_OFFICER)

    assert lines(view, "elsewhere_lines") == {"elsewhere": 0}
    assert lines(view, "own_measures_lines") == {"measures_decided": 0}
    assert lines(view, "expected_lines") == {"expected_reports": 0}


def test_the_duty_officer_reads_how_much_was_reported_of_them() -> None:
    view = view_of(
        brief_of(reported("boras.12", reports=3), reported("boras.11", reports=2)), Edition.DUTY_OFFICER
    )

    assert lines(view, "elsewhere_lines") == {"boras.12": 3}
    assert lines(view, "own_measures_lines")["boras.11"] == 2


def test_the_duty_officer_is_told_what_comes_before_the_monday_and_no_more() -> None:
    view = view_of(with_days_ahead(brief_of()), Edition.DUTY_OFFICER)

    told = [line.words.sv for block in view.blocks if isinstance(block, Lines) for line in block.lines
            if block.name == "until_monday_lines" and isinstance(line.words, Words)]  # fmt: skip
    assert [each for each in told if each.startswith("29 november: Skyltsöndag")]
    assert [each for each in told if "Åtgärd" in each and "från 28 november" in each]
    assert not [each for each in told if "Lucia" in each]
    headings = [block.words.sv for block in view.blocks if isinstance(block, Heading)]
    assert "Till och med måndag 30 november" in headings


def test_the_duty_officer_is_not_told_to_expect_what_is_over_when_the_picture_is_made() -> None:
    brief = with_days_ahead(brief_of())

    on_the_last_day = replace(brief, stated=Stated(Standing.DRAFT, datetime(2026, 11, 29, 8, tzinfo=UTC)))
    on_the_day_after = replace(brief, stated=Stated(Standing.DRAFT, datetime(2026, 11, 30, 8, tzinfo=UTC)))
    two_months_late = replace(brief, stated=Stated(Standing.DRAFT, datetime(2027, 1, 25, 8, tzinfo=UTC)))

    assert keys_until_monday(on_the_last_day)[0] == "2026-W48:day:0"
    assert keys_until_monday(on_the_day_after) == ["2026-W50:busy"]
    assert keys_until_monday(two_months_late) == []


def keys_until_monday(brief: Brief) -> list[str]:
    view = view_of(brief, Edition.DUTY_OFFICER)
    found = [
        block for block in view.blocks if isinstance(block, Lines) and block.name == "until_monday_lines"
    ]
    return [line.key for block in found for line in block.lines]


def test_days_that_go_on_into_the_next_period_are_told_once() -> None:
    brief = with_days_ahead(brief_of())
    break_days = DaysAhead(
        CalendarKind.SCHOOL_BREAK, Words(sv="Jullov", en="Jullov"), date(2026, 11, 28), date(2026, 12, 9), ()
    )
    ahead = tuple(replace(each, days=(break_days, *each.days)) for each in brief.picture.ahead)
    view = view_of(replace(brief, picture=replace(brief.picture, ahead=ahead)), Edition.INTERNAL)

    told = [line.words for block in view.blocks if isinstance(block, Lines) for line in block.lines
            if block.name == "ahead_lines" and isinstance(line.words, Words)]  # fmt: skip
    assert [each.sv.split(":")[1].strip() for each in told if "Jullov" in each.sv] == ["Jullov (skollov)"]
    assert any("Lucia" in each.sv for each in told)


def with_days_ahead(brief: Brief) -> Brief:
    """An event on the Sunday of week 48, and another two weeks later."""

    def event(name: str, day: date) -> DaysAhead:
        return DaysAhead(CalendarKind.LOCAL_EVENT, Words(sv=name, en=name), day, day, ())

    ahead = (
        PeriodAhead(
            period="2026-W48", first_day=date(2026, 11, 23), last_day=date(2026, 11, 29),
            days=(event("Skyltsöndag", date(2026, 11, 29)),),
            expected=(Expected("boras.11", Words(sv="Åtgärd", en="Measure"), None, date(2026, 11, 28), 1),),
            last_year=None, was_busy=False,
        ),
        PeriodAhead(
            period="2026-W50", first_day=date(2026, 12, 7), last_day=date(2026, 12, 13),
            days=(event("Lucia", date(2026, 12, 13)),), expected=(), last_year=Count(30), was_busy=True,
        ),
    )  # fmt: skip
    return replace(brief, picture=replace(brief.picture, ahead=ahead))


def test_the_monday_is_the_next_one_after_the_picture_was_made() -> None:
    brief = brief_of()

    assert next_monday(brief) == date(2026, 11, 30)
    on_a_monday = replace(brief, stated=Stated(Standing.DRAFT, datetime(2026, 11, 23, 8, tzinfo=UTC)))
    assert next_monday(on_a_monday) == date(2026, 11, 30)


def test_the_duty_officer_reads_whom_to_call_and_who_stands_in() -> None:
    away = DutyPeriod(
        function_id="tib",
        filled_by="tib_ersattare",
        first_day=date(2026, 11, 20),
        last_day=date(2026, 11, 30),
    )
    document = VALBOAS.model_copy(update={"duty_periods": (away,), "compilers": ("kommunpolisen",)})

    view = view_of(brief_of(document=document), Edition.DUTY_OFFICER)

    contacts = [each for block in view.blocks if isinstance(block, Contacts) for each in block.contacts]
    assert {(each.function, each.telephone, each.email) for each in contacts} >= {
        ("tib_ersattare", None, "tib_ersattare@valboas.example"),
        ("kommunpolisen", None, "kommunpolisen@valboas.example"),
    }
    assert "tib" not in {each.function for each in contacts}


@pytest.mark.parametrize("edition", [Edition.INTERNAL, Edition.PLAIN_TEXT])
def test_what_was_found_of_a_problem_before_is_put_forward_with_the_way_to_it(edition: Edition) -> None:
    view = view_of(with_a_problem_analysed_before(), edition)

    (line,) = [line for block in view.blocks if isinstance(block, Lines)
               for line in block.lines if block.name == "analysed_before_lines"]  # fmt: skip
    assert line.path == "/problems/p1"
    assert isinstance(line.words, Words)
    assert line.words.sv == "Skadegörelse, Norrängen: bekräftat 11 mars, 2 insatser beslutade."
    recurring = [line.words for block in view.blocks if isinstance(block, Lines) for line in block.lines
                 if block.name == "aterkommande_lines"]  # fmt: skip
    assert [each for each in recurring if "Analyserat tidigare: bekräftat 11 mars" in str(each)]


def test_the_general_edition_says_nothing_of_earlier_analyses() -> None:
    assert "bekräftat 11 mars" not in repr(view_of(with_a_problem_analysed_before(), Edition.GENERAL))


def with_a_problem_analysed_before() -> Brief:
    """Vandalism in Norrängen is flagged again, after somebody confirmed it in March."""
    brief = brief_of(template=picture_template("developed_weekly"))
    again = ProblemInPicture(
        "p1", NORRANGEN, "Norrängen", Theme.VANDALISM, "proposed",
        flagged_on=date(2026, 11, 18), changed_on=date(2026, 11, 18),
        evidence=Words(sv="Fyra veckor i rad.", en="Four weeks in a row."), measures=(),
    )  # fmt: skip
    before = EarlierAnalysis("p1", "confirmed", date(2026, 3, 9), date(2026, 3, 11), measures=2)
    return replace(brief, picture=replace(brief.picture, problems=(again,)), analysed_before=(before,))


def test_only_the_duty_officer_reads_a_telephone() -> None:
    for edition in Edition:
        view = view_of(brief_of(), edition)

        told = {each.telephone for block in view.blocks if isinstance(block, Contacts)
                for each in block.contacts}  # fmt: skip
        assert told == ({"08-465 004 01", None} if edition is Edition.DUTY_OFFICER else set())
        assert ("465 004 01" in repr(view)) == (edition is Edition.DUTY_OFFICER)


def test_plain_text_has_the_sections_and_no_charts() -> None:
    view = view_of(brief_of(reported(reports=5, area=NORRANGEN)), Edition.PLAIN_TEXT)

    assert headings(view)[0] == "Otrygga miljöer"
    assert not any(isinstance(block, ChartBlock | MapBlock) for block in view.blocks)
    assert row(view, "areas", NORRANGEN)["now"] == 5
