"""Several choose at the same desk: what each has changed stands, and no choice is lost unseen."""

import asyncio
import re

from at_the_desk import MUNICIPALITY, POLICE, WORK, opened, seat, valboas
from open_desk_pages import OpenPage, all_three_open

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.vocabulary import PriorityAreas

QUARTER = "/pictures/9901/2026-Q4/compile"
PRIORITIES = (PriorityAreas(quarter="2026-Q4", area_ids=(CENTRUM, HAMNEN, NORRANGEN)),)
ROW = {"section": "problembilder", "row_id": "7d3a7f3c-3a53-4c3f-9f52-111111111111", "what": "Klotter"}


async def the_quarter_is_opened(compiler: HostedService) -> None:
    await valboas(compiler, priority_areas=PRIORITIES)
    answer = await compiler.http.post(f"{QUARTER}/opening", data={"": ""}, headers=seat(MUNICIPALITY))
    assert answer.status_code == 303, answer.text


async def values(compiler: HostedService, act: str, *, at: str, by: str = MUNICIPALITY) -> dict[str, str]:
    """What the form shows of what stands, without what it says of itself."""
    form = (await OpenPage(compiler, by, at=at).opened()).form(act)
    return {name: each[-1] for name, each in form.items() if not name.startswith("was.")}


async def sentences(compiler: HostedService) -> list[str]:
    page = await OpenPage(compiler, MUNICIPALITY, at=WORK).opened()
    return page.form("sentences").get("adopted", [])


async def test_who_saves_from_an_old_page_takes_nobodys_value_away(compiler: HostedService) -> None:
    await the_quarter_is_opened(compiler)
    _municipality, police, housing = await all_three_open(compiler, QUARTER)

    first = await police.sends("priorities", {CENTRUM: "3"})
    second = await housing.sends("priorities", {HAMNEN: "2"})

    assert (first.status_code, second.status_code) == (303, 303)
    assert await values(compiler, "priorities", at=QUARTER) == {CENTRUM: "3", HAMNEN: "2", NORRANGEN: ""}


async def test_two_values_of_the_same_area_are_both_shown_and_none_is_overwritten(
    compiler: HostedService,
) -> None:
    await the_quarter_is_opened(compiler)
    _municipality, police, housing = await all_three_open(compiler, QUARTER)
    await police.sends("priorities", {CENTRUM: "3", NORRANGEN: "1"})

    late = await housing.sends("priorities", {CENTRUM: "2", HAMNEN: "4"})

    assert late.status_code == 409
    both = re.search(r"<dt>Valboås centrum</dt><dd>(.*?)</dd>", late.text)
    assert both and re.findall(r"<strong>(\d)</strong>", both[1]) == ["3", "2"]
    stands = await values(compiler, "priorities", at=QUARTER)
    assert stands == {CENTRUM: "3", HAMNEN: "", NORRANGEN: "1"}

    # The page that came back has what stands, and what was touched. Sent by who has seen both, it holds.
    again = await housing.sends("priorities")
    assert again.status_code == 303
    assert await values(compiler, "priorities", at=QUARTER) == {CENTRUM: "2", HAMNEN: "4", NORRANGEN: "1"}


async def test_the_two_choices_are_told_in_english_too(compiler: HostedService) -> None:
    await the_quarter_is_opened(compiler)
    sent = {CENTRUM: "3", f"was.{CENTRUM}": ""}
    await compiler.http.post(f"{QUARTER}/priorities", data=sent, headers=seat(POLICE))

    headers = seat(MUNICIPALITY, language="en")
    late = await compiler.http.post(f"{QUARTER}/priorities", data=sent | {CENTRUM: "4"}, headers=headers)

    assert late.status_code == 409
    assert "Two choices to choose between" in late.text and "What stands: <strong>3</strong>" in late.text


async def test_a_value_is_taken_back_only_by_who_has_seen_it(compiler: HostedService) -> None:
    await the_quarter_is_opened(compiler)
    _municipality, police, housing = await all_three_open(compiler, QUARTER)
    await police.sends("priorities", {CENTRUM: "3"})

    await housing.sends("priorities", {CENTRUM: ""})
    unseen = await values(compiler, "priorities", at=QUARTER)
    await (await housing.opened()).sends("priorities", {CENTRUM: ""})

    assert unseen[CENTRUM] == "3"
    assert (await values(compiler, "priorities", at=QUARTER))[CENTRUM] == ""


async def test_what_one_has_left_out_no_old_page_brings_back(compiler: HostedService) -> None:
    await opened(compiler)
    _municipality, police, housing = await all_three_open(compiler, WORK)
    keys = police.form("sentences")["shown"]
    assert len(keys) > 2

    dropped = await police.sends("sentences", {"adopted": keys[:1]})
    stale = await housing.sends("sentences")

    assert (dropped.status_code, stale.status_code) == (303, 303)
    assert await sentences(compiler) == keys[:1]


async def test_two_who_leave_out_different_sentences_both_have_their_way(compiler: HostedService) -> None:
    await opened(compiler)
    _municipality, police, housing = await all_three_open(compiler, WORK)
    first, second, *rest = police.form("sentences")["shown"]

    await police.sends("sentences", {"adopted": [second, *rest]})
    await housing.sends("sentences", {"adopted": [first, *rest]})

    assert await sentences(compiler) == rest


async def test_two_devices_of_a_party_assess_different_areas_and_lose_nothing(
    compiler: HostedService,
) -> None:
    await opened(compiler)
    one, other = [await OpenPage(compiler, POLICE, at=WORK).opened() for _device in range(2)]

    await one.sends("area-values", {f"police.{HAMNEN}": "4"})
    saved = await other.sends("area-values", {f"police.{CENTRUM}": "2"})
    late = await other.sends("area-values", {f"police.{HAMNEN}": "1"})

    assert (saved.status_code, late.status_code) == (303, 409)
    assert re.search(
        r"<dt>Hamnen, Polis</dt>.*?<strong>4</strong>.*?<strong>1</strong>", late.text, re.DOTALL
    )
    stands = await values(compiler, "area-values", at=WORK, by=POLICE)
    assert (stands[f"police.{HAMNEN}"], stands[f"police.{CENTRUM}"]) == ("4", "2")


async def test_in_a_meeting_two_write_down_for_all_and_lose_nothing(compiler: HostedService) -> None:
    await opened(compiler, organisation_model="C")
    one, other, _third = await all_three_open(compiler, WORK)

    await one.sends("area-values", {f"police.{HAMNEN}": "4", f"housing.{HAMNEN}": "2"})
    saved = await other.sends("area-values", {f"municipality.{HAMNEN}": "3"})

    stands = await values(compiler, "area-values", at=WORK)
    assert saved.status_code == 303
    assert [stands[f"{party}.{HAMNEN}"] for party in ("police", "housing", "municipality")] == ["4", "2", "3"]


async def test_two_levels_at_once_are_both_shown(compiler: HostedService) -> None:
    await opened(compiler)
    _municipality, police, housing = await all_three_open(compiler, WORK)
    await police.sends("level", {"level": "orange", "words": "Oroligt vid torget."})

    late = await housing.sends("level", {"level": "green", "words": ""})

    conflict = late.text.partition('class="conflict"')[2].partition("Redigera ihop")[0]
    assert late.status_code == 409
    assert "Orange: ansträngt läge" in conflict and "Grön: " in conflict


async def test_who_is_responsible_for_a_row_is_shown_of_both(compiler: HostedService) -> None:
    await opened(compiler)
    _municipality, police, housing = await all_three_open(compiler, WORK)
    await police.sends("rows", ROW | {"responsible": "kommunpolisen"})

    late = await housing.sends("rows", ROW | {"responsible": "bosocial_utvecklare", "continues": "yes"})

    conflict = late.text.partition('class="conflict"')[2].partition("Redigera ihop")[0]
    assert late.status_code == 409
    assert conflict.count("Ansvarig:") == 2
    assert "Ny den här perioden" in conflict and "Fortsätter från förra perioden" in conflict


async def test_a_row_that_is_removed_comes_back_only_by_who_has_seen_that(compiler: HostedService) -> None:
    await opened(compiler)
    _municipality, police, housing = await all_three_open(compiler, WORK)
    await police.sends("rows", ROW)
    await police.opened()
    await housing.opened()
    removed = await police.sends("rows/removal")

    late = await housing.sends("rows", {"what": "Klotter på skolan"}, about=ROW["row_id"])
    again = await housing.sends("rows", about=ROW["row_id"])

    assert (removed.status_code, late.status_code, again.status_code) == (303, 409, 303)
    assert "Klotter på skolan" in (await police.opened()).text


async def test_three_at_once_lose_no_value(compiler: HostedService) -> None:
    await the_quarter_is_opened(compiler)
    three = await all_three_open(compiler, QUARTER)
    touched = ({CENTRUM: "1"}, {HAMNEN: "2"}, {NORRANGEN: "3"})

    answers = await asyncio.gather(
        *(page.sends("priorities", each) for page, each in zip(three, touched, strict=True))
    )

    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert await values(compiler, "priorities", at=QUARTER) == {CENTRUM: "1", HAMNEN: "2", NORRANGEN: "3"}


async def test_of_three_who_value_the_same_area_at_once_two_are_asked(compiler: HostedService) -> None:
    await the_quarter_is_opened(compiler)
    three = await all_three_open(compiler, QUARTER)

    answers = await asyncio.gather(
        *(page.sends("priorities", {CENTRUM: value}) for page, value in zip(three, "123", strict=True))
    )

    stands = (await values(compiler, "priorities", at=QUARTER))[CENTRUM]
    late = [answer.text for answer in answers if answer.status_code == 409]
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409]
    assert all(f"<strong>{stands}</strong>" in page for page in late)


async def test_three_at_once_lose_no_choice_of_sentences(compiler: HostedService) -> None:
    await opened(compiler)
    three = await all_three_open(compiler, WORK)
    keys = three[0].form("sentences")["shown"]

    answers = await asyncio.gather(
        *(
            page.sends("sentences", {"adopted": [key for key in keys if key != left_out]})
            for page, left_out in zip(three, keys, strict=False)
        )
    )

    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert await sentences(compiler) == keys[3:]


async def test_three_at_once_lose_no_assessment_no_level_and_no_row(compiler: HostedService) -> None:
    await opened(compiler)
    municipality, police, housing = await all_three_open(compiler, WORK)

    answers = await asyncio.gather(
        municipality.sends("level", {"level": "yellow", "words": "Två platser kräver mer."}),
        police.sends("area-values", {f"police.{HAMNEN}": "4"}),
        housing.sends("rows", ROW),
    )

    page = (await police.opened()).text
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert "Två platser kräver mer." in page and "Klotter" in page
    assert (await values(compiler, "area-values", at=WORK, by=POLICE))[f"police.{HAMNEN}"] == "4"
