"""Structural indicators in a file: each row for itself, and what is written out is read back the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from est_compiler.domain.indicators import table as indicator_table
from est_compiler.domain.indicators.table import TableIsUnreadable, read_indicators, write_indicators
from est_contracts.vocabulary import INDICATORS, IndicatorValue

HEADINGS = "indicator;year;value;source\n"

#: No ends of lines, and no spaces that would be cut off at the ends.
LETTERS = some.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"))
VALUES = some.builds(
    IndicatorValue,
    indicator=some.sampled_from(sorted(INDICATORS)),
    year=some.integers(1990, 2099),
    value=some.decimals("-999999999999", "999999999999", places=4),
    source=some.text(LETTERS, min_size=1, max_size=199),
)


def told(written: str) -> list[tuple[int, str | None]]:
    """The rows that were refused, each with the column at fault."""
    return [(row.number, row.column) for row in read_indicators(written) if row.fault]


def test_a_file_as_people_write_it_is_read_row_by_row() -> None:
    written = "Indikator;År;Värde;Källa\nOhälsotal;2018;27,4;Försäkringskassan\n\nincome;2018;1 234;SCB\n"

    assert [(row.number, row.value) for row in read_indicators(written)] == [
        (2, IndicatorValue("ill_health", 2018, Decimal("27.4"), "Försäkringskassan")),
        (4, IndicatorValue("income", 2018, Decimal(1234), "SCB")),
    ]


@pytest.mark.parametrize("between", [",", "\t"])
def test_other_signs_between_columns_and_another_order_of_them_are_understood(between: str) -> None:
    headings, values = ["source", "value", "indicator", "year"], ["SCB", "12.5", "Education", "2018"]

    [row] = read_indicators("\ufeff" + between.join(headings) + "\r\n" + between.join(values) + "\r\n")

    assert row.value == IndicatorValue("education", 2018, Decimal("12.5"), "SCB")


def test_a_row_with_a_fault_says_where_and_does_not_hinder_the_others() -> None:
    rows = (
        "weather;2018;1;SMHI\n"
        "income;18;1;SCB\n"
        "income;2018;mycket;SCB\n"
        "income;2018;1; \n"
        f"income;2018;1;{'x' * 201}\n"
        "income;2018;300;SCB\n"
        "Inkomst;2018;301;SCB\n"
        "income\n"
    )

    assert told(HEADINGS + rows) == [
        (2, "indicator"),
        (3, "year"),
        (4, "value"),
        (5, "source"),
        (6, "source"),
        (8, "year"),
        (9, "year"),
    ]
    taken = [row.value for row in read_indicators(HEADINGS + rows) if row.value]
    assert taken == [IndicatorValue("income", 2018, Decimal(300), "SCB")]


def test_a_fault_never_repeats_what_the_cell_says() -> None:
    faults = [row.fault for row in read_indicators(HEADINGS + "Anna Svensson;2018;070-123 45 67;x\n")]

    assert [fault.sv for fault in faults if fault] == ["Det finns ingen sådan indikator."]


@pytest.mark.parametrize(
    "written", ["", "\n\n", "indicator;year;value\nincome;2018;1\n", '"', "a\x00;b", HEADINGS + "x" * 200_000]
)
def test_a_file_without_its_columns_is_refused_as_a_whole(written: str) -> None:
    with pytest.raises(TableIsUnreadable):
        read_indicators(written)


def test_a_file_with_too_many_rows_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indicator_table, "MOST_ROWS", 2)

    assert len(read_indicators(HEADINGS + "income;2018;1;SCB\n" * 2)) == 2
    with pytest.raises(TableIsUnreadable) as refused:
        read_indicators(HEADINGS + "income;2018;1;SCB\n" * 3)
    assert "Dela upp den" in refused.value.words.sv


def test_values_are_written_out_in_the_order_of_the_indicators_and_year_by_year() -> None:
    values = [
        IndicatorValue("income", 2018, Decimal("300.5"), "SCB"),
        IndicatorValue("crime_trend", 2018, Decimal(90), "Brå"),
        IndicatorValue("income", 2017, Decimal(290), "SCB"),
    ]

    written = write_indicators(values)

    assert written == (
        "\ufeffindicator;year;value;source\r\n"
        "crime_trend;2018;90;Brå\r\n"
        "income;2017;290;SCB\r\n"
        "income;2018;300,5;SCB\r\n"
    )


@pytest.mark.parametrize("source", ["=HYPERLINK(1)", "+46", "-1", "@SUM(A1)"])
def test_a_source_that_a_spreadsheet_would_run_is_written_so_that_it_does_not(source: str) -> None:
    value = IndicatorValue("income", 2018, Decimal(1), source)

    written = write_indicators([value])

    assert f";'{source}" in written
    assert [row.value for row in read_indicators(written)] == [value]


@given(some.lists(VALUES, max_size=20, unique_by=lambda each: (each.indicator, each.year)))
def test_what_is_written_out_is_read_back_the_same(values: list[IndicatorValue]) -> None:
    read = read_indicators(write_indicators(values))

    assert all(row.fault is None for row in read)
    assert sorted((row.value for row in read if row.value), key=str) == sorted(values, key=str)
