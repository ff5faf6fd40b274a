"""The set-up as coordinators meet it: read in plain words, changed part by part, nothing overwritten."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from valboas_pages import PAGE, sit_down, valboas_to_look_at

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.vocabulary import CollaborationDocument, Party, PeriodKind
from est_intake.application import Intake
from est_intake.domain.submission import Sender

SENDER = Sender("9901", "samordnaren")


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    """Intake in demo mode with Valboås set up, and a coordinator at the screen."""
    async with valboas_to_look_at(database, nats_url) as hosted:
        await sit_down(hosted, "samordnaren")
        # The browser keeps the language.
        await get(hosted, "/")
        yield hosted


async def get(hosted: HostedService, path: str, *, language: str = "en") -> httpx.Response:
    return await hosted.http.get(path, params={"language": language}, headers=PAGE)


async def post(hosted: HostedService, path: str, values: dict[str, Any]) -> httpx.Response:
    answer = await hosted.http.post(path, data=values, headers=PAGE)
    await hosted.settled()
    return answer


async def in_force(hosted: HostedService) -> CollaborationDocument:
    def asked(app: Intake) -> CollaborationDocument:
        set_up = app.set_ups.set_up_for("9901", SENDER)
        return set_up.document

    return await hosted.service.do(asked)


def filled(form: httpx.Response) -> dict[str, Any]:
    """What a browser would send of the page's form if nobody touched it."""
    main = re.search(r'<form class="form set-up-form".*?</form>', form.text, re.DOTALL)
    assert main is not None, form.text[:500]
    return dict(fields_of(main.group(0)))


def fields_of(html: str) -> list[tuple[str, Any]]:
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name = re.search(r'name="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        if name and (kind is None or kind.group(1) != "checkbox" or " checked" in tag):
            value = re.search(r'value="([^"]*)"', tag)
            found.setdefault(name.group(1), []).append(value.group(1) if value else "")
    for name, options in re.findall(r'<select[^>]*name="([^"]*)".*?>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found.setdefault(name, []).append(chosen.group(1) if chosen else "")
    return [(name, values if len(values) > 1 else values[0]) for name, values in found.items()]


async def changed(hosted: HostedService, path: str, **changes: Any) -> httpx.Response:
    """Open the form, change some of it and send it."""
    values = filled(await get(hosted, path)) | {name.replace("__", "."): to for name, to in changes.items()}
    return await post(hosted, path, values)


async def test_the_whole_document_is_told_in_both_languages(intake: HostedService) -> None:
    swedish = (await get(intake, "/set-up", language="sv")).text
    english = (await get(intake, "/set-up", language="en")).text

    assert "Version 1 gäller" in swedish
    assert "Version 1 is in force" in english
    assert "A: tre ben och en samordnargrupp" in swedish
    assert "Bovärd Norrängen" in english
    assert "Wednesday" in english


@pytest.mark.parametrize(
    "path",
    [
        "/set-up/basics",
        "/set-up/parts/organisations/things/polisen_valboas",
        "/set-up/parts/areas/things/9901R002",
        "/set-up/parts/functions/things/tib",
        "/set-up/parts/distribution_lists/things/internal",
    ],
)
async def test_a_form_that_nobody_touched_changes_nothing(intake: HostedService, path: str) -> None:
    answer = await changed(intake, path)

    assert answer.status_code == 303, answer.text
    assert await in_force(intake) == example_collaboration()


async def test_a_changed_deadline_is_the_next_version(intake: HostedService) -> None:
    answer = await changed(intake, "/set-up/basics", deadline__weekday="5", deadline__time="14:30")

    document = await in_force(intake)
    assert answer.status_code == 303
    assert (document.deadline.weekday, document.deadline.time) == (5, "14:30")
    assert "Version 2 is in force" in (await get(intake, "/set-up")).text


async def test_a_meeting_can_be_left_out_and_a_risk_scale_put_in(intake: HostedService) -> None:
    gone = {"meeting__weekday": "", "meeting__time": ""}

    await changed(intake, "/set-up/basics", **gone, risk_scale__lowest="0", risk_scale__highest="5")

    document = await in_force(intake)
    assert document.meeting is None
    assert document.risk_scale is not None
    assert (document.risk_scale.lowest, document.risk_scale.highest) == (0, 5)


async def test_a_fault_is_told_at_its_field_and_what_was_filled_in_is_kept(intake: HostedService) -> None:
    answer = await changed(intake, "/set-up/basics", alert_minutes="nine", name="Valbo")

    assert answer.status_code == 422
    assert 'href="#alert_minutes"' in answer.text
    assert 'value="nine"' in answer.text
    assert 'value="Valbo"' in answer.text
    assert await in_force(intake) == example_collaboration()


async def test_two_who_change_at_once_do_not_overwrite_each_other(intake: HostedService) -> None:
    mine = filled(await get(intake, "/set-up/basics"))
    await changed(intake, "/set-up/parts/areas/things/9901R005", name="Inre hamnen")

    stopped = await post(intake, "/set-up/basics", mine | {"alert_minutes": "5"})
    again = await post(intake, "/set-up/basics", filled(stopped))

    assert stopped.status_code == 412
    assert "Inre hamnen" in stopped.text
    assert again.status_code == 303
    document = await in_force(intake)
    assert (document.alert_minutes, document.area("9901R005").name) == (5, "Inre hamnen")


async def test_a_function_is_added_with_a_code_of_its_own_making(intake: HostedService) -> None:
    values = {
        "version": "1",
        "title": "Skolvärd Åsskolan",
        "organisation_id": "valboas_kommun",
        "roles": ["reporter"],
        "area_ids": [NORRANGEN],
        "substitute": "faltgruppen",
    }

    answer = await post(intake, "/set-up/parts/functions/new", values)

    assert answer.status_code == 303
    added = (await in_force(intake)).function("skolvard_asskolan")
    assert (added.title, added.area_ids, added.substitute) == (
        "Skolvärd Åsskolan",
        (NORRANGEN,),
        "faltgruppen",
    )


async def test_a_function_without_a_role_is_told_so_at_its_field(intake: HostedService) -> None:
    values = {"version": "1", "title": "Skolvärd", "organisation_id": "valboas_kommun"}

    answer = await post(intake, "/set-up/parts/functions/new", values)

    assert answer.status_code == 422
    assert 'href="#roles"' in answer.text


async def test_what_others_refer_to_cannot_be_removed_and_they_are_named(intake: HostedService) -> None:
    answer = await post(intake, f"/set-up/parts/areas/things/{NORRANGEN}/removal", {"version": "1"})

    assert answer.status_code == 422
    assert "Functions, Bovärd Norrängen" in answer.text


async def test_what_nobody_refers_to_is_removed(intake: HostedService) -> None:
    path = "/set-up/parts/distribution_lists/things/general/removal"

    answer = await post(intake, path, {"version": "1"})

    assert answer.status_code == 303
    assert [each.edition for each in (await in_force(intake)).distribution_lists] == [
        "internal",
        "duty_officer",
    ]


async def test_it_is_chosen_how_pictures_look_who_signs_them_and_who_may_read_them(
    intake: HostedService,
) -> None:
    await changed(intake, "/set-up/basics", signed_by=["police", "housing"], public_pictures="yes")
    added = await changed(intake, "/set-up/parts/templates/new", kind="quarter", template="quarterly")
    misplaced = await changed(intake, "/set-up/parts/templates/new", kind="week", template="annual")

    document = await in_force(intake)
    assert (document.signed_by, document.public_pictures) == (
        (Party.POLICE, Party.HOUSING),
        True,
    )
    assert added.status_code == 303
    assert document.template(PeriodKind.QUARTER).template_id == "quarterly"
    assert misplaced.status_code == 422
    assert "There is no such template for pictures of that kind." in misplaced.text
    assert "Quarter" in (await get(intake, "/set-up/parts/templates")).text


async def test_an_own_checklist_is_made_entry_by_entry_and_keeps_its_meaning(intake: HostedService) -> None:
    await post(intake, "/set-up/parts/own_checklists/new", {"version": "1", "title.sv": "Vår egen"})
    entry = {
        "version": "2",
        "checklist_id": "var_egen",
        "words.sv": "Elsparkcyklar",
        "words.en": "Scooters",
        "theme": "other",
        "polarity": "negative",
        "scope": "place",
        "tense": "occurred",
    }
    await post(intake, "/set-up/parts/entries/new", entry)
    await changed(intake, "/set-up/basics", checklists=["orebro", "var_egen"])

    reworded = await changed(
        intake, "/set-up/parts/entries/things/var_egen.1", words__sv="Elsparkcyklar i vägen"
    )
    broken = await changed(intake, "/set-up/parts/entries/things/var_egen.1", theme="fire")

    (own,) = (await in_force(intake)).own_checklists
    assert reworded.status_code == 303
    assert (own.entries[0].words.sv, own.entries[0].theme) == ("Elsparkcyklar i vägen", "other")
    assert broken.status_code == 422
    assert 'href="#theme"' in broken.text


async def test_school_breaks_are_written_down_and_holidays_are_known(intake: HostedService) -> None:
    days = {"version": "1", "name": "Sportlov", "kind": "school_break"}
    wrong = await post(
        intake,
        "/set-up/parts/calendar/new",
        days | {"first_day": "2027-02-21", "last_day": "2027-02-15"},
    )
    right = await post(
        intake,
        "/set-up/parts/calendar/new",
        days | {"first_day": "2027-02-15", "last_day": "2027-02-21"},
    )

    told = (await get(intake, "/set-up/parts/calendar")).text
    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "Sportlov" in told
    assert "Midsummer Day" in told
    assert "New Year" in told
    assert "Midsommardagen" in (await get(intake, "/set-up/parts/calendar", language="sv")).text


async def test_every_version_tells_who_made_it_and_what_it_changed(intake: HostedService) -> None:
    await changed(intake, "/set-up/basics", alert_minutes="5")

    versions = (await get(intake, "/set-up/versions")).text
    second = (await get(intake, "/set-up/versions/2")).text
    first = (await get(intake, "/set-up/versions/1")).text
    absent = await get(intake, "/set-up/versions/3")

    assert "Brottsförebyggande samordnare" in versions
    assert "Operator" in versions
    assert "<del>15</del> → <ins>5</ins>" in second
    assert "everything is new" in first
    assert absent.status_code == 404


async def test_the_set_up_is_for_coordinators(intake: HostedService) -> None:
    await sit_down(intake, "bovard_norrangen")

    answers = [
        await get(intake, "/set-up"),
        await get(intake, "/set-up/versions"),
        await post(intake, "/set-up/basics", {"version": "1"}),
    ]

    assert [each.status_code for each in answers] == [403, 403, 403]


@pytest.mark.parametrize("path", ["/set-up/parts/nothing", "/set-up/parts/functions/things/nobody"])
async def test_what_there_is_not_is_not_found(intake: HostedService, path: str) -> None:
    assert (await get(intake, path)).status_code == 404


def geojson(name: str, **properties: Any) -> bytes:
    ring = [[13.5, 58.9], [13.52, 58.9], [13.52, 58.92], [13.5, 58.92], [13.5, 58.9]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"namn": name, **properties}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


async def upload(hosted: HostedService, content: bytes, **values: str) -> httpx.Response:
    return await hosted.http.post(
        "/set-up/areas/import", data=values, files={"file": ("areas.geojson", content)}, headers=PAGE
    )


async def test_areas_of_a_file_are_looked_at_first_and_then_taken_over(intake: HostedService) -> None:
    looked_at = await upload(intake, geojson("Udden"))
    before = await in_force(intake)
    values = dict(fields_of(looked_at.text.replace("&#34;", "&quot;")))

    answer = await post(
        intake, "/set-up/areas", {"version": "1", "areas": str(values["areas"]).replace("&quot;", '"')}
    )

    assert looked_at.status_code == 200
    assert "<svg" in looked_at.text
    assert before == example_collaboration()
    assert answer.status_code == 303
    assert [area.name for area in (await in_force(intake)).areas][-1] == "Udden"


async def test_a_file_that_cannot_be_used_is_refused_with_advice(intake: HostedService) -> None:
    await get(intake, "/set-up")
    sweref = geojson("Udden").replace(b"13.5", b"377000").replace(b"58.9", b"6398000")

    answers = [await upload(intake, b"<kml/>"), await upload(intake, sweref)]

    assert [each.status_code for each in answers] == [422, 422]
    assert "EPSG:4326" in answers[1].text


async def test_removing_areas_that_others_refer_to_is_stopped_with_their_names(intake: HostedService) -> None:
    await get(intake, "/set-up")

    answer = await upload(intake, geojson("Udden"), removes="yes")

    assert answer.status_code == 422
    assert "Functions, Bovärd Norrängen" in answer.text


async def test_areas_that_somebody_has_changed_meanwhile_are_not_overwritten(intake: HostedService) -> None:
    await changed(intake, "/set-up/basics", alert_minutes="5")
    areas = [area.model_dump(mode="json") for area in example_collaboration().areas[:1]]

    answer = await post(intake, "/set-up/areas", {"version": "1", "areas": json.dumps(areas)})

    assert answer.status_code == 422
    assert len((await in_force(intake)).areas) == 3


async def test_a_role_that_no_seat_can_have_is_refused_at_its_field(intake: HostedService) -> None:
    refused = await changed(
        intake, "/set-up/parts/functions/things/faltgruppen", roles=["reporter", "operator"]
    )

    assert refused.status_code == 422
    assert "No seat can have the role" in refused.text
    assert [role.value for role in (await in_force(intake)).function("faltgruppen").roles] == ["reporter"]


async def test_what_would_silence_another_party_is_refused_at_its_field(intake: HostedService) -> None:
    refused = await changed(intake, "/set-up/basics", signed_by=["municipality", "housing"])
    kept = await changed(intake, "/set-up/parts/functions/things/kommunpolisen", roles="reporter")
    removal = "/set-up/parts/functions/things/kommunpolisen/removal"
    version = filled(await get(intake, "/set-up/parts/functions/things/kommunpolisen"))["version"]
    left = await post(intake, removal, {"version": version})

    assert [each.status_code for each in (refused, kept, left)] == [422, 422, 422]
    assert "Another party would no longer sign." in refused.text
    assert "belongs to another organisation" in kept.text and "belongs to another organisation" in left.text
    assert (await in_force(intake)) == example_collaboration()


async def test_a_telephone_that_nobody_answers_is_refused_at_its_field(intake: HostedService) -> None:
    refused = await changed(intake, "/set-up/parts/functions/things/tib", telephone="ring Anna")
    saved = await changed(intake, "/set-up/parts/functions/things/tib", telephone="+46 8 465 004 07")

    assert [refused.status_code, saved.status_code] == [422, 303]
    assert 'href="#telephone"' in refused.text
    assert "Write a telephone number as 08-465 004 12" in refused.text
    assert (await in_force(intake)).function("tib").telephone == "+46 8 465 004 07"


async def test_an_address_that_no_letter_can_be_sent_to_is_refused_at_its_field(
    intake: HostedService,
) -> None:
    refused = await changed(intake, "/set-up/parts/functions/things/tib", email="a..b@valboas.example")

    assert refused.status_code == 422
    assert 'href="#email"' in refused.text
    assert "Write it as tib@kommun.se" in refused.text
    assert (await in_force(intake)).function("tib").email == "tib@valboas.example"
