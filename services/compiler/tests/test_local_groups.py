"""Organisation model B: who works on which picture, and how the local ones flow into the strategic one."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from compiled_pictures import KOMMUNPOLISEN, SAMORDNAREN, all_sign, document, opened, text
from edition_briefs import brief_of
from known_weeks import WEEK_47
from valboas_coordinators import COMPILATION, AtTheDoor, codes, reports_in_valboas
from valboas_coordinators import WEEK_47 as PICTURE

from est_chassis.testing import HostedService
from est_compiler.domain.compiling.around import PictureKey
from est_compiler.domain.compiling.local_groups import LocalPicture, may_compile
from est_compiler.domain.compiling.work import CompiledWork
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.view import Heading, Line, Lines
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import (
    DutyPeriod,
    Edition,
    Level,
    LocalGroup,
    Party,
    PictureScope,
    Role,
    Words,
)

TODAY = date(2026, 11, 26)
NORR = LocalGroup(
    group_id="norra_gruppen", name="Norra gruppen", area_ids=(NORRANGEN, CENTRUM), members=("omradespolisen",)
)
HAMN = LocalGroup(group_id="hamngruppen", name="Hamngruppen", area_ids=(HAMNEN,))
#: Only the municipality signs: one is enough to see what is published.
ALONE = (Party.MUNICIPALITY,)


def in_model_b(**changes: Any) -> dict[str, Any]:
    """Valboås in model B: the area police and the caretaker are bound to Norrängen, the others to nothing."""
    functions = list(example_collaboration().functions)
    bovard = next(each for each in functions if each.function_id == "bovard_norrangen")
    functions[functions.index(bovard)] = bovard.model_copy(update={"roles": (Role.COORDINATOR,)})
    police = {"function_id": "omradespolisen", "title": "Områdespolis", "organisation_id": "polisen_valboas"}
    functions.append(bovard.model_copy(update=police | {"roles": (Role.COORDINATOR,)}))
    whole = {"organisation_model": "B", "local_groups": (NORR, HAMN), "functions": tuple(functions)}
    return whole | changes


def lets(function: str, *scope: str, today: date = TODAY, **changes: Any) -> bool:
    key = PictureKey("9901", WEEK_47, PictureScope.of(scope))
    return may_compile(document(**in_model_b(**changes)), key, function=function, today=today)


@pytest.mark.parametrize("scope", [(), (NORRANGEN,), ("hamngruppen",), ("priority",)])
def test_a_coordinator_who_is_bound_to_no_area_works_on_every_picture(scope: tuple[str, ...]) -> None:
    assert lets("samordnaren", *scope)


def test_a_local_coordinator_works_on_pictures_of_its_own_areas_and_its_groups_and_no_others() -> None:
    assert lets("omradespolisen", NORRANGEN)
    assert lets("omradespolisen", "norra_gruppen")
    assert lets("omradespolisen", NORRANGEN, CENTRUM)
    assert not lets("omradespolisen")
    assert not lets("omradespolisen", HAMNEN)
    assert not lets("omradespolisen", NORRANGEN, "hamngruppen")


def test_who_sits_in_no_group_is_bound_to_its_own_areas_alone() -> None:
    assert lets("bovard_norrangen", NORRANGEN)
    assert not lets("bovard_norrangen", "norra_gruppen")


def test_in_the_other_models_and_before_there_are_groups_nobody_is_bound() -> None:
    assert lets("omradespolisen", organisation_model="A")
    assert lets("omradespolisen", local_groups=())


def test_who_fills_a_strategic_seat_today_works_on_the_strategic_picture() -> None:
    duty = DutyPeriod(
        function_id="kommunpolisen", filled_by="omradespolisen", first_day=TODAY, last_day=TODAY
    )

    assert lets("omradespolisen", duty_periods=(duty,))
    assert not lets("omradespolisen", duty_periods=(duty,), today=TODAY + timedelta(days=1))


def test_where_all_of_a_partys_coordinators_are_local_they_sign_the_strategic_picture() -> None:
    functions = tuple(each for each in in_model_b()["functions"] if each.function_id != "kommunpolisen")

    assert lets("omradespolisen", functions=functions)
    assert not lets("bovard_norrangen", functions=functions)


PUBLISHED = LocalPicture(
    "norra_gruppen",
    "Norra gruppen",
    version=2,
    level=Level.ORANGE,
    headline=Words(sv="Nio rapporter under vecka 47", en="Nine reports in week 47"),
    sentences=(Words(sv="Skadegörelse: nio.", en="Vandalism: nine."),),
    reports=9,
    fingerprint="a" * 64,
)
SILENT = LocalPicture("hamngruppen", "Hamngruppen")


def test_signatures_fall_when_other_local_pictures_are_taken_in() -> None:
    compilation = opened()
    compilation.take_local_pictures((PUBLISHED, SILENT), by=SAMORDNAREN)
    all_sign(compilation)

    compilation.take_local_pictures((PUBLISHED, SILENT), by=KOMMUNPOLISEN)
    assert len(compilation.signatures) == 3
    compilation.take_local_pictures((replace(PUBLISHED, version=3), SILENT), by=KOMMUNPOLISEN)
    assert compilation.signatures == {}


def test_what_has_flowed_in_is_part_of_the_signed_bytes_and_reads_back() -> None:
    work = CompiledWork("developed_weekly", 1, local_pictures=(PUBLISHED, SILENT), risk_value=3)

    assert CompiledWork.from_stored(work.as_stored()) == work
    assert '"fingerprint":"aaaa' in work.content


def test_work_that_was_signed_before_is_still_the_same_bytes() -> None:
    work = CompiledWork("developed_weekly", 1, level=Level.GREEN, level_text=text("calm"))

    assert not {"local_pictures", "risk_value"} & set(work.as_stored())


@pytest.mark.parametrize("edition", [Edition.INTERNAL, Edition.PLAIN_TEXT])
def test_the_strategic_picture_tells_of_each_group_and_leads_to_its_version(edition: Edition) -> None:
    view = view_of(replace(brief_of(), local_pictures=(PUBLISHED, SILENT)), edition)

    headings = [each.words.sv for each in view.blocks if isinstance(each, Heading)]
    assert headings[headings.index("De lokala grupperna") :][:3] == [
        "De lokala grupperna",
        "Norra gruppen",
        "Hamngruppen",
    ]
    lines = lines_of_groups(view.blocks)
    assert [said(each) for each in lines] == [
        "Orange: ansträngt läge",
        "Nio rapporter under vecka 47",
        "Skadegörelse: nio.",
        "Gruppens lägesbild, version 2",
    ]
    assert lines[-1].path == "/pictures/9901/2026-W47?scope=norra_gruppen&version=2"
    assert "Har inte publicerat någon lägesbild av perioden." in repr(view)


def test_nothing_of_the_local_groups_stands_in_the_general_edition() -> None:
    """From a municipality and its parts one could work out the small numbers that each hides."""
    view = view_of(replace(brief_of(), local_pictures=(PUBLISHED, SILENT)), Edition.GENERAL)

    assert "Norra gruppen" not in repr(view)


def lines_of_groups(blocks: tuple[object, ...]) -> list[Line]:
    found = [each for each in blocks if isinstance(each, Lines) and each.name.startswith("local_")]
    return [line for each in found for line in each.lines]


def said(line: Line) -> str:
    return line.words.sv if isinstance(line.words, Words) else line.words


async def test_a_local_coordinator_compiles_its_own_groups_picture_and_reads_the_others(
    compiler: HostedService,
) -> None:
    await reports_in_valboas(compiler, **in_model_b())
    local, samordnaren = AtTheDoor(compiler, "omradespolisen"), AtTheDoor(compiler, "samordnaren")

    own = await local.puts(COMPILATION, scope="norra_gruppen")
    refused = [
        await local.puts(COMPILATION),
        await local.puts(COMPILATION, scope="hamngruppen"),
        await local.asks(COMPILATION),
        await local.asks(f"{COMPILATION}/history"),
        await local.puts(f"{PICTURE}/publication", {}),
    ]
    every = [await samordnaren.puts(COMPILATION, scope=each) for each in ("", "norra_gruppen", "hamngruppen")]

    assert own.status_code == 200
    assert {codes(each) for each in refused} == {(403, "picture_is_another_groups")}
    assert {each.status_code for each in every} == {200}
    page = await compiler.http.get("/pictures/9901/2026-W47", headers=local.headers)
    assert page.status_code == 200
    assert "Sammanställ tillsammans" not in page.text
    desk = await compiler.http.get("/pictures/9901/2026-W47/compile", headers=local.headers)
    assert desk.status_code == 403


async def test_local_pictures_are_frozen_into_the_strategic_one_that_is_signed(
    compiler: HostedService,
) -> None:
    await reports_in_valboas(compiler, **in_model_b(signed_by=ALONE))
    samordnaren = AtTheDoor(compiler, "samordnaren")
    await samordnaren.does(COMPILATION)
    opened_with = (await samordnaren.reads(COMPILATION))["local_pictures"]

    await published_by_the_group(samordnaren)
    waits = await samordnaren.reads(COMPILATION)
    await samordnaren.does(f"{COMPILATION}/local-pictures")
    assert (await samordnaren.signs()).status_code == 200
    await samordnaren.does(f"{PICTURE}/publication", {})
    await samordnaren.does(f"{PICTURE}/versions/2", {"reason": "other"}, scope="norra_gruppen")
    version = await samordnaren.reads(f"{PICTURE}/versions/1")

    assert [each["version"] for each in opened_with] == [None, None]
    told = [each["words"]["en"] for each in waits["missing"] if each["kind"] == "local_picture"]
    assert told == [
        "Not published yet: the picture of Hamngruppen.",
        "A local group has published since the pictures were taken in. Take them in again.",
    ]
    frozen, silent = version["work"]["local_pictures"]
    assert (frozen["group"], frozen["version"], frozen["level"]) == ("norra_gruppen", 1, "yellow")
    assert silent["version"] is None
    page = await compiler.http.get("/pictures/9901/2026-W47", headers=samordnaren.headers)
    assert "/pictures/9901/2026-W47?scope=norra_gruppen&amp;version=1" in page.text


async def published_by_the_group(samordnaren: AtTheDoor) -> None:
    scope = {"scope": "norra_gruppen"}
    await samordnaren.does(COMPILATION, **scope)
    await samordnaren.does(f"{COMPILATION}/level", {"level": "yellow", "words": None, "revision": 0}, **scope)
    seen = await samordnaren.reads(COMPILATION, **scope)
    said = {"seen": seen["fingerprint"], "made_from": seen["made_from"]}
    await samordnaren.does(f"{COMPILATION}/signatures/municipality", said, **scope)
    await samordnaren.does(f"{PICTURE}/publication", {}, **scope)


async def test_nothing_flows_into_a_picture_that_is_not_the_strategic_one(compiler: HostedService) -> None:
    await reports_in_valboas(compiler, **in_model_b())
    samordnaren = AtTheDoor(compiler, "samordnaren")
    await samordnaren.does(COMPILATION, scope="norra_gruppen")

    answer = await samordnaren.puts(f"{COMPILATION}/local-pictures", scope="norra_gruppen")

    assert codes(answer) == (409, "nothing_flows_in")
