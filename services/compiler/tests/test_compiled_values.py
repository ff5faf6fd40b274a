"""Levels, values, rows and sentences over HTTP: on their scales, in their tables, as the numbers say."""

from typing import Any
from uuid import uuid4

from valboas_coordinators import (
    COMPILATION,
    KOMMUNPOLISEN,
    SAMORDNAREN,
    WEEK_47,
    AtTheDoor,
    codes,
    reports_in_valboas,
    three_compile,
    words_kept,
)

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import CENTRUM, HAMNEN
from est_contracts.vocabulary import ChosenTemplate, PeriodKind

MALMO: dict[str, Any] = {"templates": (ChosenTemplate(kind=PeriodKind.WEEK, template="malmo_weekly"),)}
ROW = {"section": "problembilder", "what": "Skadegörelse", "where": "Skolgården", "revision": 0}


async def test_each_party_assesses_the_areas_from_one_to_five(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler, **MALMO)
    place = f"{COMPILATION}/area-values/{HAMNEN}"

    await samordnaren.does(place, {"value": 3, "was": None})
    await kommunpolisen.does(place, {"value": 5, "was": None})
    found = await samordnaren.reads(COMPILATION)
    off_the_scale = await samordnaren.puts(place, {"value": 6, "was": 3})
    strange = await samordnaren.puts(f"{COMPILATION}/area-values/9901R099", {"value": 3, "was": None})
    await samordnaren.does(place, {"value": None, "was": 3})

    assert {(each["party"], each["value"]) for each in found["area_values"]} == {
        ("municipality", 3),
        ("police", 5),
    }
    left = [each for each in found["missing"] if each["kind"] == "area_value"]
    assert {each["party"]: len(each["areas"]) for each in left} == {
        "municipality": 2,
        "police": 2,
        "housing": 3,
    }
    assert off_the_scale.status_code == 422
    assert codes(strange) == (422, "area_is_not_in_the_picture")
    assert len((await samordnaren.reads(COMPILATION))["area_values"]) == 1


async def test_a_priority_area_has_a_value_on_the_templates_own_scale(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    samordnaren, quarter = AtTheDoor(compiler, SAMORDNAREN), COMPILATION.replace("W47", "Q4")
    await samordnaren.does(quarter)
    place = f"{quarter}/priorities/{CENTRUM}"

    valued = await samordnaren.puts(place, {"value": 4, "was": None})
    off_the_scale = await samordnaren.puts(place, {"value": 5, "was": 4})

    assert valued.status_code == 200
    assert codes(off_the_scale) == (422, "value_is_off_the_scale")
    assert (await samordnaren.reads(quarter))["priorities"] == [{"area": CENTRUM, "value": 4}]


async def test_a_value_that_somebody_has_changed_meanwhile_is_told_and_not_overwritten(
    compiler: HostedService,
) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    quarter = COMPILATION.replace("W47", "Q4")
    await samordnaren.does(quarter)
    place, own = f"{quarter}/priorities/{CENTRUM}", f"{quarter}/area-values/{HAMNEN}"
    await samordnaren.does(place, {"value": 3, "was": None})
    await kommunpolisen.does(own, {"value": 4, "was": None})

    late = [
        await kommunpolisen.puts(place, {"value": 1, "was": None}),
        await kommunpolisen.puts(own, {"value": 2, "was": 5}),
    ]
    same = await kommunpolisen.puts(place, {"value": 3, "was": None})
    unread = await kommunpolisen.puts(place, {"value": 1})

    assert [codes(each) for each in late] == [(409, "choice_has_changed")] * 2
    assert [(each.json()["stands"], each.json()["sent"]) for each in late] == [(3, 1), (4, 2)]
    assert (same.status_code, unread.status_code) == (200, 422)
    assert (await samordnaren.reads(quarter))["priorities"] == [{"area": CENTRUM, "value": 3}]


async def test_a_sentence_that_somebody_has_left_out_is_not_brought_back_unseen(
    compiler: HostedService,
) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    key = (await samordnaren.reads(WEEK_47))["sentences"][0]["key"]
    place = f"{COMPILATION}/sentences/{key}"
    await samordnaren.takes_away(place, was="suggested")

    late = await kommunpolisen.puts(place, was="suggested")
    seen = await kommunpolisen.puts(place, was="dropped")

    assert codes(late) == (409, "choice_has_changed")
    assert (late.json()["stands"], late.json()["sent"]) == ("dropped", "adopted")
    assert seen.status_code == 200


async def test_a_template_without_a_scale_takes_no_priorities(compiler: HostedService) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)

    answer = await samordnaren.puts(f"{COMPILATION}/priorities/{CENTRUM}", {"value": 2, "was": None})

    assert codes(answer) == (409, "template_has_no_scale")


async def test_the_level_is_set_with_its_reason(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    said = {"level": "yellow", "words": "Fler bränder.", "revision": 0}

    await samordnaren.does(f"{COMPILATION}/level", said)
    refused = await kommunpolisen.puts(f"{COMPILATION}/level", said | {"level": "red", "words": "Värre."})

    level = (await kommunpolisen.reads(COMPILATION))["level"]
    assert (level["level"], level["words"], level["revision"]) == ("yellow", "Fler bränder.", 1)
    assert codes(refused) == (409, "section_has_changed")
    assert (refused.json()["stands"], refused.json()["sent"]) == ("Fler bränder.", "Värre.")
    assert refused.json()["choices"] == {"level": {"stands": "yellow", "sent": "red"}}


async def test_rows_of_problems_are_added_written_anew_and_removed(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    place = f"{COMPILATION}/rows/{uuid4()}"

    await samordnaren.does(place, ROW | {"responsible": KOMMUNPOLISEN, "continues": True})
    again = await samordnaren.does(place, ROW | {"responsible": KOMMUNPOLISEN, "continues": True})
    refused = await kommunpolisen.puts(place, ROW | {"what": "Klotter"})
    await kommunpolisen.does(place, ROW | {"what": "Klotter", "revision": 1})
    (row,) = (await samordnaren.reads(COMPILATION))["rows"]
    stale = await samordnaren.takes_away(place, revision=1)
    removed = await samordnaren.takes_away(place, revision=2)

    assert again["revision"] == 1
    assert codes(refused) == (409, "section_has_changed")
    assert (refused.json()["stands"]["what"], refused.json()["sent"]["what"]) == ("Skadegörelse", "Klotter")
    assert refused.json()["choices"] == {
        "responsible": {"stands": KOMMUNPOLISEN, "sent": None},
        "continues": {"stands": True, "sent": False},
    }
    assert (row["what"], row["where"], row["responsible"]) == ("Klotter", "Skolgården", None)
    assert (stale.status_code, removed.status_code) == (409, 200)
    assert await words_kept(compiler) == []


async def test_a_row_has_its_own_table_its_own_people_and_no_individuals(compiler: HostedService) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)
    place = f"{COMPILATION}/rows/{uuid4()}"

    elsewhere = await samordnaren.puts(place, ROW | {"section": "operativa_mal"})
    stranger = await samordnaren.puts(place, ROW | {"responsible": "nobody_here"})
    personal = await samordnaren.puts(place, ROW | {"causes": "Ring 070-174 06 05."})

    assert codes(elsewhere) == (422, "place_takes_no_words")
    assert codes(stranger) == (422, "responsible_is_unknown")
    assert codes(personal) == (422, "text_is_refused")
    assert [error["field"] for error in personal.json()["errors"]] == ["causes"]


async def test_suggested_sentences_are_adopted_and_dropped(compiler: HostedService) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)
    suggested = (await samordnaren.reads(WEEK_47))["sentences"]
    first = suggested[0]

    unknown = await samordnaren.puts(f"{COMPILATION}/sentences/no_such_sentence", was="suggested")
    await samordnaren.does(f"{COMPILATION}/sentences/{first['key']}", was="suggested")
    adopted = await samordnaren.reads(COMPILATION)
    await samordnaren.takes_away(f"{COMPILATION}/sentences/{first['key']}", was="adopted")
    dropped = await samordnaren.reads(COMPILATION)

    assert codes(unknown) == (422, "sentence_is_not_suggested")
    assert adopted["sentences"] == [{"key": first["key"], "words": first["words"]}]
    assert (dropped["sentences"], dropped["dropped_sentences"]) == ([], [first["key"]])
