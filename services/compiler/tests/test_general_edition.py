"""The general edition: nobody can work out from it what it hides."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from attacks import possible_values
from edition_briefs import ORGANISATIONS, brief_of, reported, running
from hypothesis import given, settings
from hypothesis import strategies as st

from est_compiler.domain.knowledge import Slot, Tally
from est_compiler.domain.picture import Count
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.view import (
    HIDDEN,
    KEPT_BACK,
    ChartBlock,
    Figure,
    Heading,
    Lines,
    MapBlock,
    Paragraph,
    Table,
    View,
    figures_in,
)
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.vocabulary import Edition, PeriodKind, Theme, Words, checklist, entry

ENTRIES = [each.entry_id for each in checklist("boras").entries]

tallies = st.lists(
    st.builds(
        reported,
        st.sampled_from(ENTRIES[:6] + ENTRIES[10:13]),
        reports=st.integers(1, 5),
        area=st.sampled_from([None, CENTRUM, NORRANGEN, HAMNEN]),
        organisation=st.sampled_from(sorted(ORGANISATIONS)),
        slot=st.sampled_from(Slot),
        severity=st.sampled_from([None, 1, 3, 5]),
        hour=st.sampled_from([None, 2, 8, 20]),
    ),
    max_size=14,
)


def general(*reports: Tally) -> View:
    return view_of(brief_of(*reports), Edition.GENERAL)


def table(view: View, name: str) -> Table | None:
    return next((each for each in view.tables if each.name == name), None)


def column(shown: Table, key: str) -> list[Figure]:
    place = [each.key for each in shown.columns].index(key)
    return [cell for row in shown.rows if isinstance(cell := row.cells[place], Figure)]


def lines_of(view: View) -> dict[tuple[str, str], Figure]:
    """Every number by entry and organisation, under whichever heading."""
    return {
        (line.entries[0], line.organisation or ""): line.figure
        for block in view.blocks
        if isinstance(block, Lines)
        for line in block.lines
        if line.figure is not None and line.entries
    }


def divisions(view: View) -> Iterator[tuple[str, int, list[Figure]]]:
    """Every total that is shown, and the parts that are shown of it."""
    totals = table(view, "totals")
    assert totals is not None
    for place, head in enumerate(totals.columns):
        total = totals.rows[0].cells[place]
        if head.key in ("change", "percent") or not isinstance(total, Figure) or total.value is None:
            continue
        for name in ("themes", "areas"):
            if (shown := table(view, name)) is not None:
                yield f"{name} {head.key}", int(total.value), column(shown, head.key)
    now = totals.rows[0].cells[0]
    assert isinstance(now, Figure)
    if now.value is not None:
        yield from _divisions_of_now(view, int(now.value))


def _divisions_of_now(view: View, total: int) -> Iterator[tuple[str, int, list[Figure]]]:
    severities, hours, themes = table(view, "severities"), table(view, "hours"), table(view, "themes")
    if severities is not None:
        yield "severities", total, column(severities, severities.columns[0].key)
    if hours is not None:
        without = [
            figure
            for block in view.blocks
            if isinstance(block, Lines) and block.name == "without_hour"
            for figure in figures_in(block)
        ]
        yield "hours", total, [*figures_in(hours), *without]
    for row in themes.rows if themes else ():
        cell = row.cells[0]
        parts = [figure for (named, _who), figure in lines_of(view).items() if entry(named).theme == row.key]
        if isinstance(cell, Figure) and cell.value and parts:
            yield f"lines {row.key}", int(cell.value), parts


@settings(max_examples=300, deadline=None)
@given(tallies)
def test_whoever_has_every_shown_number_knows_no_hidden_one(reports: list[Tally]) -> None:
    view = general(*reports)

    for name, total, parts in divisions(view):
        for figure, values in zip(parts, possible_values(parts, total), strict=True):
            assert values, (name, total, parts)
            if figure.hidden:
                assert len(values) >= 2, (name, total, parts)


@settings(max_examples=200, deadline=None)
@given(tallies)
def test_no_one_and_no_two_stands_anywhere(reports: list[Tally]) -> None:
    view = general(*reports)

    counts = [figure for block in view.blocks for figure in figures_in(block) if _counts_reports(block)]
    for change_free in counts:
        assert change_free.value not in (1, 2)
    for words in told_by(view):
        assert not re.search(r"\b[12] (rapport|fall|report|case)", words), words


def _counts_reports(block: object) -> bool:
    return not (isinstance(block, Table | ChartBlock) and _has_changes(block))


def _has_changes(block: Table | ChartBlock) -> bool:
    shown = block.table if isinstance(block, ChartBlock) else block
    return any(each.key in ("change", "due") for each in shown.columns)


def told_by(view: View) -> Iterator[str]:
    said: list[Words | str] = [view.headline, *view.sentences]
    for block in view.blocks:
        if isinstance(block, Paragraph):
            said.append(block.words)
        if isinstance(block, Lines):
            said += [line.words for line in block.lines]
    for words in said:
        yield from (words,) if isinstance(words, str) else (words.sv, words.en)


@settings(max_examples=100, deadline=None)
@given(tallies)
def test_no_change_is_shown_that_would_tell_a_hidden_number(reports: list[Tally]) -> None:
    for name in ("totals", "themes", "areas"):
        shown = table(general(*reports), name)
        if shown is None or "change" not in {each.key for each in shown.columns}:
            continue
        four = zip(column(shown, "now"), column(shown, "change"), column(shown, "previous"), strict=True)
        assert all(change.hidden for now, change, before in four if now.hidden or before.hidden)


def test_where_a_small_theme_stands_tells_nothing_of_it() -> None:
    fewer, more = reported("boras.1", reports=1), reported("boras.3", reports=2)
    shown = table(
        general(fewer, more, reported("boras.4", reports=9), reported("boras.12", reports=3)), "themes"
    )

    assert shown is not None
    keys = [row.key for row in shown.rows]
    assert keys == [str(theme) for theme in Theme if str(theme) in keys]


def test_small_organisations_stand_together() -> None:
    view = general(
        reported("boras.1", reports=9, organisation="polisen_valboas"),
        reported("boras.1", reports=2, organisation="valboasbostader"),
        reported("boras.1", reports=2, organisation="valboas_kommun"),
    )

    assert lines_of(view) == {("boras.1", "polisen_valboas"): Figure(9), ("boras.1", ""): Figure(4)}


def test_one_small_organisation_has_no_name() -> None:
    view = general(
        reported("boras.1", reports=9, organisation="polisen_valboas"),
        reported("boras.1", reports=20, organisation="valboas_kommun"),
        reported("boras.1", reports=1, organisation="valboasbostader"),
    )

    assert lines_of(view) == {
        ("boras.1", "valboas_kommun"): Figure(20),
        ("boras.1", "polisen_valboas"): KEPT_BACK,
        ("boras.1", ""): HIDDEN,
    }
    assert not any("Valboåsbostäder" in words for words in told_by(view))


def test_a_week_with_two_reports_says_no_more_than_that() -> None:
    view = general(reported("boras.1"), reported("boras.3"))

    assert view.headline.sv == "Färre än 3 rapporter under vecka 47"
    assert view.sentences == ()
    assert table(view, "themes") is None
    assert not any(isinstance(block, MapBlock) for block in view.blocks)


def test_a_calm_week_is_no_secret() -> None:
    assert general().headline.sv == "Inget inrapporterat under vecka 47"


def test_what_people_write_is_not_in_it() -> None:
    view = general(reported(reports=9))

    assert view.level == "yellow"
    assert view.level_words is None
    assert not any("bränder" in words for words in told_by(view))


def test_no_place_and_no_hour_is_in_it() -> None:
    view = general(reported(reports=9))

    assert table(view, "places") is None
    hours = table(view, "hours")
    assert hours is not None
    assert [each.key for each in hours.columns] == ["00–06", "06–12", "12–18", "18–24"]


def test_headings_stand_in_the_order_of_the_template_with_what_is_said_of_nothing() -> None:
    view = general(reported("boras.1", reports=9))

    headings = [block.words.sv for block in view.blocks if isinstance(block, Heading)]
    assert headings[0] == "Otrygga miljöer"
    assert "Siffrorna" in headings
    assert any("Inget inrapporterat under perioden" in words for words in told_by(view))


def test_a_period_that_goes_on_is_held_against_nothing() -> None:
    view = view_of(running(brief_of(reported(reports=9))), Edition.GENERAL)

    totals = table(view, "totals")
    assert totals is not None
    assert "change" not in {each.key for each in totals.columns}
    assert view.headline.sv == "9 rapporter under vecka 47 hittills"


def test_a_longer_period_is_not_drawn_week_by_week_when_a_week_is_small() -> None:
    assert "weeks" in tables_in(of_a_quarter(weekly=5))
    assert "weeks" not in tables_in(of_a_quarter(weekly=2))
    assert "weeks" in tables_in(general(reported(reports=2)))


def of_a_quarter(*, weekly: int) -> View:
    brief = brief_of(reported(reports=60))
    weeks = tuple(replace(each, count=Count(weekly)) for each in brief.picture.recent_weeks)
    quarter = replace(
        brief.picture,
        kind=PeriodKind.QUARTER,
        first_day=date(2026, 7, 1),
        last_day=date(2026, 9, 30),
        period="2026-Q3",
        recent_weeks=weeks,
    )
    return view_of(replace(brief, picture=quarter), Edition.GENERAL)


def tables_in(view: View) -> set[str]:
    return {each.name for each in view.tables}


def test_nothing_is_shown_that_a_guess_at_what_is_hidden_could_be_tried_against() -> None:
    brief = brief_of(reported(ENTRIES[0], reports=1))

    assert view_of(brief, Edition.INTERNAL).fingerprint == brief.fingerprint
    assert view_of(brief, Edition.GENERAL).fingerprint is None
