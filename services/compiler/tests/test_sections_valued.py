"""What people, returns and analysis put under the headings: values, problems, measures, what is ahead."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from boras_fortnight import HASSLEHOLMEN, HULTA, Desk, fortnight, material, said_in, sections_of, tally

from est_compiler.domain.compiling.work import RowWords
from est_compiler.domain.picture import (
    AreaValue,
    Count,
    DaysAhead,
    Expected,
    MeasureInPicture,
    PeriodAhead,
    Picture,
    ProblemInPicture,
    Returned,
    RiskValue,
)
from est_compiler.domain.sections.fill import fill_sections
from est_contracts.vocabulary import (
    CalendarKind,
    IndicatorValue,
    MeasureKind,
    Party,
    Theme,
    Words,
    entry,
)

EVIDENCE = Words(sv="9 rapporter på tre veckor.", en="9 reports in three weeks.")


def measure(
    name: str, *, due: date | None = None, done: date | None = None, decided: date = date(2018, 11, 1)
) -> MeasureInPicture:
    return MeasureInPicture(name, MeasureKind.CAMERAS, "samordnare", "Samordnare", decided, due, done)


def with_problem(*measures: MeasureInPicture, state: str = "confirmed") -> Picture:
    flagged = date(2018, 10, 30)
    problem = ProblemInPicture(
        "p1", HULTA, "Hulta", Theme.VANDALISM, state, flagged, flagged, EVIDENCE, measures
    )
    return replace(fortnight(), problems=(problem,))


def test_each_party_assesses_an_area_and_a_return_counts_until_it_has() -> None:
    returned = AreaValue(HULTA, "Hulta", Party.POLICE, values=(0, 2, 1, 0, 0))
    picture = replace(fortnight(), returned=Returned((), (returned,), ()))
    desk = Desk().assess(HULTA, Party.MUNICIPALITY, 4)

    [table] = sections_of(picture, "malmo_weekly", work=desk.work)["samlad_bedomning"].tables

    assert [column.sv for column in table.columns] == ["Område", "Kommun", "Polis", "Fastighetsföretag"]
    assert [(row.key, row.values) for row in table.rows] == [
        (HULTA, (4, 3, None)),
        (HASSLEHOLMEN, (None, None, None)),
    ]

    assessed = desk.assess(HULTA, Party.POLICE, 2)
    [table] = sections_of(picture, "malmo_weekly", work=assessed.work)["samlad_bedomning"].tables
    assert table.rows[0].values == (4, 2, None)


def test_a_district_is_assessed_only_where_nothing_smaller_lies_in_it() -> None:
    hulta, hassleholmen = fortnight().areas
    picture = replace(fortnight(), areas=(hulta, replace(hassleholmen, within=HULTA)))

    [table] = sections_of(picture, "malmo_weekly")["samlad_bedomning"].tables

    assert [row.key for row in table.rows] == [HASSLEHOLMEN]


def test_priority_areas_stand_with_their_value_on_the_templates_own_scale() -> None:
    reported = fortnight(tally("polisen", "boras.2", HULTA, 5, severity=4))

    [table] = sections_of(reported, "quarterly", work=Desk().value(HULTA, 3).work)["prioriterade"].tables

    assert table.columns[1].sv == "Bedömning 1–4"
    assert [(row.key, row.values) for row in table.rows] == [(HULTA, (3, 5, 5)), (HASSLEHOLMEN, (None, 0, 0))]


def test_an_area_without_priority_stands_there_once_it_has_a_value() -> None:
    hulta, hassleholmen = fortnight().areas
    picture = replace(
        fortnight(), areas=(replace(hulta, priority=False), replace(hassleholmen, priority=False))
    )

    valued = sections_of(picture, "quarterly", work=Desk().value(HULTA, 2).work)["prioriterade"]

    assert [row.key for row in valued.tables[0].rows] == [HULTA]
    assert sections_of(picture, "quarterly")["prioriterade"].empty is not None


def test_the_risk_value_stands_period_by_period_also_where_none_was_given() -> None:
    weeks = (
        RiskValue("2018-W44", date(2018, 10, 29), 2),
        RiskValue("2018-W45", date(2018, 11, 5), None),
        RiskValue("2018-W46", date(2018, 11, 12), 4),
    )
    picture = replace(fortnight(), returned=Returned((), (), weeks))

    [table] = sections_of(picture, "vaxjo_weekly")["riskvarde"].tables

    assert [(row.key, row.values) for row in table.rows] == [
        ("2018-W44", (2,)),
        ("2018-W45", (None,)),
        ("2018-W46", (4,)),
    ]
    none = replace(fortnight(), returned=Returned((), (), weeks[1:2]))
    empty = sections_of(none, "vaxjo_weekly")["riskvarde"].empty
    assert empty is not None
    assert empty.sv == "Inget riskvärde är satt."


def test_indicators_stand_year_by_year_with_the_latest_source_also_those_without_a_value() -> None:
    given = (
        IndicatorValue("felt_unsafety", 2017, Decimal("31.5"), "Trygghetsmätning 2017"),
        IndicatorValue("felt_unsafety", 2018, Decimal("36"), "Trygghetsmätning 2018"),
        IndicatorValue("felt_unsafety", 2010, Decimal("1"), "För länge sedan"),
    )

    filled = fill_sections(replace(material(fortnight(), "annual"), indicators=given))

    tables = [table for each in filled for table in each.tables if each.section.indicators]
    assert len(tables) == 7
    assert sum(len(table.rows) for table in tables) == 37
    [unsafety] = [row for row in tables[0].rows if row.key == "felt_unsafety"]
    assert [column.sv for column in tables[0].columns][2:-1] == ["2014", "2015", "2016", "2017", "2018"]
    assert unsafety.values[1:] == (None, None, None, Decimal("31.5"), Decimal("36"), "Trygghetsmätning 2018")


def test_the_rows_of_a_table_of_problems_stand_where_they_were_put_with_who_is_responsible() -> None:
    words = RowWords(what="Fönsterkross", where="Tre stråk", measures="Väktare", purpose="Färre fönster")
    desk = (
        Desk()
        .add_row("problembilder", words, responsible="samordnare")
        .add_row("nya_insatser", RowWords(what="Ny"))
    )

    sections = sections_of(fortnight(), "developed_weekly", work=desk.work)

    [row] = sections["problembilder"].rows
    assert (row.words, row.responsible_title, row.is_erased) == (words, "Samordnare", False)
    assert [each.words.what for each in sections["nya_insatser"].rows] == ["Ny"]
    [erased] = sections_of(fortnight(), "developed_weekly", work=desk.erase_everything().work)[
        "problembilder"
    ].rows
    assert (erased.is_erased, erased.words) == (True, RowWords())


def test_measures_that_continue_are_ticked_where_the_figure_has_its_box() -> None:
    def ticked(*, continues: bool) -> list[str]:
        desk = Desk().add_row("problembilder", RowWords(what="Fönsterkross"), continues=continues)
        section = sections_of(fortnight(), "developed_weekly", work=desk.work)["insatser_fortsatter"]
        return [words for _, words in said_in(section)] or [section.empty.sv if section.empty else ""]

    assert ticked(continues=True) == ["Ja: 1 problembild med insatser som fortsätter beskrivs nedan."]
    assert ticked(continues=False) == ["Inget inrapporterat under perioden."]


def test_a_recurring_problem_stands_with_its_evidence_and_a_dismissed_one_does_not() -> None:
    [(_, said)] = said_in(sections_of(with_problem(), "developed_weekly")["aterkommande"])

    assert said == "Skadegörelse i Hulta: 9 rapporter på tre veckor. Bekräftat."
    proposed = said_in(sections_of(with_problem(state="proposed"), "developed_weekly")["aterkommande"])
    assert proposed[0][1].endswith("Föreslaget av en regel, inte bekräftat.")
    assert sections_of(with_problem(state="dismissed"), "developed_weekly")["aterkommande"].empty is not None


def test_many_proposals_do_not_bury_the_problems_that_are_confirmed() -> None:
    [confirmed] = with_problem().problems
    proposals = tuple(replace(confirmed, problem=f"p{n}", state="proposed") for n in range(2, 8))
    picture = replace(fortnight(), problems=(*proposals, confirmed))

    said = [words for _, words in said_in(sections_of(picture, "developed_weekly")["aterkommande"])]

    assert [each.endswith("inte bekräftat.") for each in said] == [True, True, True, False, False]
    assert said[3].endswith("Bekräftat.")
    three = ", ".join(["skadegörelse i Hulta"] * 3)
    assert said[4] == f"Dessutom 3 föreslagna av en regel, inte bekräftade: {three}."
    few = replace(picture, problems=proposals[:4])
    assert len(said_in(sections_of(few, "developed_weekly")["aterkommande"])) == 4


def test_planned_measures_and_those_carried_out_stand_under_their_own_headings() -> None:
    picture = with_problem(
        measure("planned", due=date(2018, 12, 1)),
        measure("done", done=date(2018, 11, 14)),
        measure("done_before", done=date(2018, 11, 6)),
        measure("done_after", done=date(2018, 11, 21)),
    )

    sections = sections_of(picture, "boras_weekly")

    assert [words for _, words in said_in(sections["planerade"])] == [
        "Kameror, mot skadegörelse i Hulta. Ansvarig: Samordnare. Beslutad 1 november.",
        "Kameror, mot skadegörelse i Hulta. Ansvarig: Samordnare. "
        "Beslutad 1 november, klar senast 1 december.",
    ]
    assert [words for _, words in said_in(sections["genomforda"])] == [
        "Kameror, mot skadegörelse i Hulta. Ansvarig: Samordnare. Genomförd 14 november."
    ]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (measure("m", due=date(2018, 11, 10)), "Försenad: skulle vara klar 10 november."),
        (measure("m", due=date(2018, 11, 20)), "Beslutad 1 november, klar senast 20 november."),
        (measure("m"), "Beslutad 1 november."),
        (measure("m", done=date(2018, 11, 20)), "Genomförd 20 november."),
        (measure("m", done=date(2018, 11, 21)), "Beslutad 1 november."),
    ],
)
def test_a_measure_is_told_as_it_was_on_the_last_day_of_the_period(
    found: MeasureInPicture, said: str
) -> None:
    [(_, words)] = said_in(sections_of(with_problem(found), "quarterly")["uppfoljning"])

    assert words.endswith(said)


def test_what_was_carried_out_before_the_period_is_not_followed_up_again() -> None:
    before, first_day = measure("m", done=date(2018, 11, 6)), measure("m", done=date(2018, 11, 7))

    assert sections_of(with_problem(before), "quarterly")["uppfoljning"].empty is not None
    assert sections_of(with_problem(first_day), "quarterly")["uppfoljning"].empty is None


def test_what_lies_ahead_is_told_with_its_days_and_places() -> None:
    first, second = date(2018, 12, 1), date(2018, 12, 2)
    named = Words(sv="Julmarknad", en="Christmas market")
    market = DaysAhead(CalendarKind.LOCAL_EVENT, named, first, second, (HULTA,))
    holiday = DaysAhead(None, Words(sv="Advent", en="Advent"), second, second, ())
    protests = Expected("boras.11", entry("boras.11").words, HULTA, date(2018, 11, 29), 2)
    days = (date(2018, 11, 21), date(2018, 12, 4))
    period = PeriodAhead("2018-W47-W48", *days, (market, holiday), (protests,), Count(12), was_busy=True)

    section = sections_of(replace(fortnight(), ahead=(period,)), "vaxjo_weekly")["riskperioder"]

    assert [words for _, words in said_in(section)] == [
        "Julmarknad (Hulta): 1–2 december.",
        "Advent: 2 december.",
        "Väntat 29 november: Bolaget har genomfört åtgärder som kan leda till missnöjesyttringar (Hulta), "
        "2 rapporter.",
        "Känd riskperiod: v. 47–48 hade 12 rapporter förra året, tydligt fler än perioderna runt om.",
    ]
    calm = replace(period, days=(), expected=(), was_busy=False)
    assert sections_of(replace(fortnight(), ahead=(calm,)), "vaxjo_weekly")["riskperioder"].empty is not None


def test_goals_that_nobody_has_set_say_so() -> None:
    empty = sections_of(fortnight(), "developed_weekly")["operativa_mal"].empty

    assert empty is not None
    assert empty.sv == "Inga mål är satta."
