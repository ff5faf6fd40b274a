"""What returns say beside the incidents: Malmö's values 1 to 5 of entries and areas, Växjö's risk values."""

from dataclasses import replace
from datetime import date, timedelta

from known_weeks import WEEK_47, known

from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.knowledge import GivenRisk, Knowledge, ReturnedValue
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import (
    CHECKLISTS,
    CollaborationDocument,
    Party,
    RiskScale,
    Theme,
)

MALMO = [each.entry_id for each in CHECKLISTS["malmo"].entries]


def document(**changes: object) -> CollaborationDocument:
    return example_collaboration().model_copy(update=changes)


def value_of(
    entry: str | None, value: int, *, area: str | None = None, party: Party = Party.POLICE
) -> ReturnedValue:
    return ReturnedValue(entry, Theme.VANDALISM if entry else None, area, party, value)


def knowledge(*values: ReturnedValue, risks: tuple[GivenRisk, ...] = ()) -> Knowledge:
    set_up = document(checklists=("malmo",), risk_scale=RiskScale(lowest=1, highest=5))
    return replace(known(document=set_up), returned=values, risk_values=risks)


def risk(value: int, *, weeks_back: int = 0) -> GivenRisk:
    week = WEEK_47.before(weeks_back)
    return GivenRisk(str(week), week.first_day, value)


def test_every_value_of_an_entry_is_counted_and_the_highest_told() -> None:
    picture = draw(
        knowledge(value_of(MALMO[1], 2), value_of(MALMO[1], 4), value_of(MALMO[1], 2), value_of(MALMO[0], 1))
    )

    assert [(each.entry, each.highest, each.values) for each in picture.returned.entries] == [
        (MALMO[0], 1, (1, 0, 0, 0, 0)),
        (MALMO[1], 4, (0, 2, 0, 1, 0)),
    ]


def test_entries_stand_in_the_order_of_the_checklist_and_areas_in_that_of_the_set_up() -> None:
    values = [value_of(entry, 3, area=area) for entry in reversed(MALMO) for area in (HAMNEN, None, CENTRUM)]

    found = draw(knowledge(*values)).returned.entries

    assert [each.entry for each in found] == [entry for entry in MALMO for _ in range(3)]
    assert [each.area for each in found[:3]] == [CENTRUM, HAMNEN, None]


def test_areas_are_assessed_by_each_party_for_itself() -> None:
    picture = draw(
        knowledge(
            value_of(None, 3, area=NORRANGEN, party=Party.HOUSING),
            value_of(None, 2, area=NORRANGEN, party=Party.MUNICIPALITY),
            value_of(None, 4, area=NORRANGEN, party=Party.MUNICIPALITY),
            value_of(None, 1, area=CENTRUM, party=Party.POLICE),
        )
    )

    assert [(each.name, each.party, each.values) for each in picture.returned.areas] == [
        ("Valboås centrum", Party.POLICE, (1, 0, 0, 0, 0)),
        ("Norrängen", Party.MUNICIPALITY, (0, 1, 0, 1, 0)),
        ("Norrängen", Party.HOUSING, (0, 0, 1, 0, 0)),
    ]
    assert picture.returned.entries == ()


def test_risk_values_make_a_series_of_the_year_with_gaps_where_none_was_given() -> None:
    picture = draw(knowledge(risks=(risk(4), risk(2, weeks_back=2))))

    series = picture.returned.risk_values
    assert len(series) == 53
    assert [(each.period, each.value) for each in series[-3:]] == [
        ("2026-W45", 2),
        ("2026-W46", None),
        ("2026-W47", 4),
    ]


def test_the_series_begins_where_anything_was_known() -> None:
    picture = draw(replace(knowledge(risks=(risk(4),)), first_day=WEEK_47.previous.first_day))

    assert [each.period for each in picture.returned.risk_values] == ["2026-W46", "2026-W47"]


def test_no_gap_is_drawn_for_a_period_that_has_not_begun() -> None:
    november = replace(
        known(document=document(risk_scale=RiskScale(lowest=1, highest=5)), period="2026-11"),
        risk_values=(risk(3, weeks_back=2),),
        known_on=date(2026, 11, 11),
    )

    assert [each.period for each in draw(november).returned.risk_values][-2:] == ["2026-W45", "2026-W46"]


def test_of_several_values_of_a_period_the_highest_stands() -> None:
    picture = draw(knowledge(risks=(risk(4), risk(2))))

    assert [each.value for each in picture.returned.risk_values if each.value] == [4]


def test_values_given_before_the_rhythm_changed_keep_their_days() -> None:
    wednesday = WEEK_47.first_day - timedelta(days=4)
    picture = draw(knowledge(risks=(GivenRisk("2026-W46", wednesday, 5), risk(4))))

    found = picture.returned.risk_values[-3:]
    assert [each.period for each in found] == ["2026-W45", "2026-W46", "2026-W47"]
    assert [each.first_day for each in found[1:]] == [wednesday, WEEK_47.first_day]


def test_a_part_of_the_municipality_has_no_series_of_risk_values() -> None:
    harbour = replace(knowledge(), areas=frozenset({HAMNEN}))

    assert draw(harbour).returned.risk_values == ()


def test_where_nobody_gives_risk_values_there_is_no_series() -> None:
    assert draw(known(document=document())).returned.risk_values == ()


def test_values_are_told_also_where_nothing_has_been_set_up() -> None:
    alone = replace(known(), returned=(value_of("malmo.1", 2),), risk_values=(risk(3),))

    returned = draw(alone).returned

    assert [each.values for each in returned.entries] == [(0, 1, 0, 0, 0)]
    assert [each.value for each in returned.risk_values] == [3]
