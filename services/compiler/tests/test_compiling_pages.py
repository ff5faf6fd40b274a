"""The page of the work: three coordinators put one picture together, and lose nothing that anyone wrote."""

import re

import pytest
from at_the_desk import (
    HOUSING,
    MUNICIPALITY,
    POLICE,
    WORK,
    look,
    opened,
    post,
    seat,
    valboas,
    write,
)

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.vocabulary import ChosenTemplate, LocalGroup, PeriodKind, Role


async def test_before_it_is_opened_the_numbers_stand_there_and_one_button(compiler: HostedService) -> None:
    await valboas(compiler)

    page = await look(compiler)

    assert "Öppna sammanställningen" in page
    assert "12 rapporter under vecka 47" in page
    answer = await post(compiler, "opening")
    assert answer.headers["location"] == WORK, answer.text


async def test_every_heading_of_the_template_stands_there_with_its_boxes(compiler: HostedService) -> None:
    await opened(compiler)

    swedish, english = await look(compiler), await look(compiler, POLICE, language="en")

    assert "Problembilder i korthet" in swedish and "Operativa mål" in swedish
    assert "Kommunens del" in swedish and "Gemensam text" in swedish
    assert "Problem profiles in short" in english and "part" in english
    assert "Polisens del" not in swedish


async def test_joint_words_are_read_by_all_and_a_part_by_its_party_until_it_contributes(
    compiler: HostedService,
) -> None:
    await opened(compiler)

    assert (await write(compiler, "Lugnare vid torget.")).headers["location"] == f"{WORK}#lagesbeskrivning"
    await write(compiler, "Vi har gått extra.", POLICE, party="police")

    assert "Lugnare vid torget." in await look(compiler, HOUSING)
    others = await look(compiler, HOUSING)
    assert "Vi har gått extra." not in others and "gallrad" not in others
    assert "Vi har gått extra." in await look(compiler, POLICE)
    await post(compiler, "part", POLICE, act="contribute")
    assert "Vi har gått extra." in await look(compiler, HOUSING)
    await post(compiler, "part", POLICE, act="withdraw")
    assert "Vi har gått extra." not in await look(compiler, HOUSING)


async def test_who_was_second_sees_both_texts_and_three_ways_on(compiler: HostedService) -> None:
    await opened(compiler)
    await write(compiler, "Kommunens ord.")

    late = await write(compiler, "Polisens ord.", POLICE)

    assert late.status_code == 409
    assert "Kommunens ord." in late.text and "Polisens ord." in late.text
    for way in ("Behåll det som står", "Ta det du skrev", "Spara ihopredigerat"):
        assert way in late.text
    assert "Kommunens ord.\n\nPolisens ord.</textarea>" in late.text
    assert "Polisens ord." not in await look(compiler, POLICE)
    together = await write(compiler, "Kommunens ord. Polisens ord.", POLICE, revision=1)
    assert together.status_code == 303
    assert "Kommunens ord. Polisens ord." in await look(compiler)


async def test_words_that_point_somebody_out_are_not_saved_and_stay_in_the_form(
    compiler: HostedService,
) -> None:
    await opened(compiler)

    refused = await write(compiler, "Ring 070-174 06 05.")

    assert refused.status_code == 422
    assert "telefonnummer" in refused.text and "Ring 070-174 06 05.</textarea>" in refused.text
    assert "070-174" not in await look(compiler)


async def test_who_is_refused_and_corrects_the_words_writes_over_nobody(compiler: HostedService) -> None:
    await opened(compiler)
    await write(compiler, "Kommunens ord.")

    refused = await write(compiler, "Ring 070-174 06 05.", POLICE)
    before_the_words = refused.text.partition("Ring 070-174 06 05.")[0]
    revision = re.findall(r'name="revision" value="(\d+)"', before_the_words)[-1]
    late = await write(compiler, "Polisens ord.", POLICE, revision=revision)

    assert (revision, late.status_code) == ("0", 409)
    assert "Kommunens ord." in await look(compiler)


async def test_what_may_be_a_plate_is_asked_about_and_saved_when_one_stands_by_it(
    compiler: HostedService,
) -> None:
    await opened(compiler)

    asked = await write(compiler, "Bilen ABC 123 stod kvar.")
    stood_by = await write(compiler, "Bilen ABC 123 stod kvar.", confirmed="yes")

    assert (asked.status_code, stood_by.status_code) == (422, 303)
    assert 'name="confirmed"' in asked.text
    assert "ABC 123" in await look(compiler)


async def test_the_level_is_told_in_words_and_why(compiler: HostedService) -> None:
    await opened(compiler)

    await post(compiler, "level", level="orange", words="Oroligt vid torget.", revision="0")
    late = await post(compiler, "level", POLICE, level="red", words="Värre än så.", revision="0")

    page = await look(compiler)
    assert "Orange: ansträngt läge" in page and "Oroligt vid torget." in page
    assert late.status_code == 409
    assert "Oroligt vid torget." in late.text and "Värre än så." in late.text


async def test_each_party_assesses_the_areas_and_no_other_partys(compiler: HostedService) -> None:
    await opened(compiler)

    await post(compiler, "area-values", POLICE, **{f"police.{HAMNEN}": "4", f"police.{NORRANGEN}": ""})
    anothers = await post(compiler, "area-values", **{f"police.{HAMNEN}": "1"})

    page = await look(compiler)
    assert anothers.status_code == 403
    assert re.search(r"Hamnen.*?●●●●○", page, re.DOTALL)


async def test_sentences_are_adopted_and_dropped_each_with_its_reports(compiler: HostedService) -> None:
    await opened(compiler)
    page = await look(compiler)
    keys = re.findall(r'name="shown" value="([^"]+)"', page)
    assert keys and 'href="/inbox?period=2026-11-16/2026-11-22' in page

    await post(compiler, "sentences", shown=keys, adopted=keys[:1])

    told = await look(compiler, at=f"{WORK}/history")
    assert "Valde meningen" in told
    assert ("Valde bort en föreslagen mening." in told) is (len(keys) > 1)


async def test_a_row_of_the_table_is_added_changed_and_two_at_once_lose_nothing(
    compiler: HostedService,
) -> None:
    await opened(compiler)
    row = {
        "section": "problembilder",
        "row_id": "7d3a7f3c-3a53-4c3f-9f52-111111111111",
        "what": "Skadegörelse",
        "where": "Skolgården",
        "causes": "Mörkt",
        "responsible": "bosocial_utvecklare",
        "continues": "yes",
    }

    added = await post(compiler, "rows", POLICE, revision="0", **row)
    changed = await post(compiler, "rows", HOUSING, revision="1", **row | {"causes": "Trasig lampa"})
    late = await post(compiler, "rows", POLICE, revision="1", **row | {"causes": "Ingen uppsikt"})

    assert (added.status_code, changed.status_code, late.status_code) == (303, 303, 409)
    assert "Trasig lampa" in late.text and "Trasig lampa\nIngen uppsikt</textarea>" in late.text
    page = await look(compiler)
    assert "Trasig lampa" in page and "Ansvarig:" in page and "Fortsätter" in page
    removed = await post(
        compiler, "rows/removal", section="problembilder", row_id=str(row["row_id"]), revision="2"
    )
    assert removed.status_code == 303
    assert "Trasig lampa" not in await look(compiler)


async def test_who_writes_is_shown_to_the_others_with_the_area(compiler: HostedService) -> None:
    weekly = (ChosenTemplate(kind=PeriodKind.WEEK, template="boras_weekly"),)
    await opened(compiler, templates=weekly)

    said = await post(compiler, "writing", POLICE, place=f"otrygga_miljoer/{HAMNEN}")
    asked = await compiler.http.get(f"{WORK}/writing", headers=seat(MUNICIPALITY))
    own = await compiler.http.get(f"{WORK}/writing", headers=seat(POLICE))
    assert said.status_code == 204
    assert asked.json() == {f"otrygga_miljoer/{HAMNEN}": "Polisen skriver om Hamnen."}
    assert own.json() == {}

    assert (await post(compiler, "writing", POLICE, place="level")).status_code == 204

    await post(compiler, "writing", POLICE, place="")
    stopped = await compiler.http.get(f"{WORK}/writing", headers=seat(MUNICIPALITY))
    assert stopped.json() == {}


@pytest.mark.parametrize(
    "place",
    [
        "Ring 070-174 06 05",
        "Ring 070-174 06 05/police",
        f"otrygga_miljoer/{'9' * 3000}",
        f"otrygga_miljoer/{HAMNEN}/{HAMNEN}",
        f"otrygga_miljoer/{HAMNEN}/municipality",
        f"level/{HAMNEN}",
    ],
)
async def test_nobody_writes_where_the_picture_has_no_place_for_them(
    compiler: HostedService, place: str
) -> None:
    weekly = (ChosenTemplate(kind=PeriodKind.WEEK, template="boras_weekly"),)
    await opened(compiler, templates=weekly)

    said = await post(compiler, "writing", POLICE, place=place)

    asked = await compiler.http.get(f"{WORK}/writing", headers=seat(MUNICIPALITY))
    assert said.status_code in {403, 422}
    assert asked.json() == {}


async def test_words_are_erased_for_good_and_the_page_says_so(compiler: HostedService) -> None:
    await opened(compiler)
    await write(compiler, "Det här skulle inte stå.")
    text_id = re.search(r'name="text_id" value="([0-9a-f-]{36})"', await look(compiler))
    assert text_id is not None

    await post(compiler, "erasure", text_id=text_id[1], at="lagesbeskrivning")

    page = await look(compiler)
    assert "Det här skulle inte stå." not in page and "Texten är gallrad." in page


async def test_the_strategic_picture_shows_what_flows_in_from_the_local_groups(
    compiler: HostedService,
) -> None:
    group = LocalGroup(group_id="hamngruppen", name="Hamngruppen", area_ids=(HAMNEN,))
    await opened(compiler, organisation_model="B", local_groups=(group,))

    page = await look(compiler)

    assert "De lokala grupperna" in page and "Hamngruppen" in page and "Har inte publicerat" in page


async def test_a_quarters_priority_areas_are_valued_on_the_templates_scale(compiler: HostedService) -> None:
    await valboas(compiler)
    quarter = "/pictures/9901/2026-Q4/compile"
    await compiler.http.post(f"{quarter}/opening", data={"": ""}, headers=seat(MUNICIPALITY))

    page = await look(compiler, at=quarter)
    area = re.search(r'id="priority-([^"]+)"', page)
    assert area is not None
    answer = await compiler.http.post(f"{quarter}/priorities", data={area[1]: "3"}, headers=seat(POLICE))

    assert answer.status_code == 303, answer.text
    assert re.search(r'<option value="3" selected>', await look(compiler, at=quarter))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/pictures/9901/2026-W99/compile", 422),
        ("/pictures/9901/2026-W47/compile?scope=nowhere", 422),
        ("/pictures/1880/2026-W47/compile", 404),
    ],
)
async def test_what_there_is_not_and_what_is_anothers_is_not_shown(
    compiler: HostedService, address: str, status: int
) -> None:
    await valboas(compiler)

    answer = await compiler.http.get(address, headers=seat(MUNICIPALITY))

    assert answer.status_code == status


async def test_only_coordinators_sit_at_the_desk(compiler: HostedService) -> None:
    await valboas(compiler)

    reader = await compiler.http.get(WORK, headers=seat("rektor", Role.RECIPIENT))
    reporter = await compiler.http.get(WORK, headers=seat("faltgruppen", Role.COORDINATOR))

    assert (reader.status_code, reporter.status_code) == (403, 403)


async def test_a_line_leads_to_the_reports_of_the_pictures_own_days_and_areas(
    compiler: HostedService,
) -> None:
    await valboas(compiler)
    quarter = "/pictures/9901/2026-Q4/compile"
    part = f"{quarter}?scope={NORRANGEN}"
    for address in (quarter, part):
        await compiler.http.post(
            address.replace("/compile", "/compile/opening"), data={"": ""}, headers=seat(MUNICIPALITY)
        )

    assert "/inbox?period=2026-Q4" in await look(compiler, at=quarter)
    assert f"/inbox?period=2026-Q4&amp;area={NORRANGEN}" in await look(compiler, at=part)


async def test_the_numbers_at_the_top_are_those_of_the_picture(compiler: HostedService) -> None:
    await valboas(compiler)
    figures = re.compile(r'<dl class="key-figures">.*?</dl>', re.DOTALL)

    before, of_the_picture = await look(compiler), await look(compiler, at="/pictures/9901/2026-W47")
    await post(compiler, "opening")

    assert figures.findall(before) == figures.findall(of_the_picture) != []
    assert figures.findall(await look(compiler)) == figures.findall(of_the_picture)
