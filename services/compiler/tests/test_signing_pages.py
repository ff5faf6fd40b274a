"""Signing, publishing and correcting on the page of the work."""

import re

from at_the_desk import (
    HOUSING,
    MUNICIPALITY,
    POLICE,
    WORK,
    look,
    opened,
    post,
    publish,
    seat,
    sign,
    valboas,
    write,
)

from est_chassis.testing import HostedService

PICTURE = "/pictures/9901/2026-W47"
API = "/v1/municipalities/9901/pictures/2026-W47"


async def test_three_sign_one_publishes_and_a_change_lets_signatures_fall(compiler: HostedService) -> None:
    await opened(compiler)
    await write(compiler, "Lugn vecka.")
    assert "Polisen har inte signerat." in await look(compiler)
    await sign(compiler, MUNICIPALITY)
    await sign(compiler, POLICE)
    early = await publish(compiler)
    assert early.status_code == 409

    await write(compiler, "Lugn vecka, utom i Hamnen.", HOUSING, revision=1)
    assert "Underskrifter föll" in await look(compiler, at=f"{WORK}/history")
    for by in (MUNICIPALITY, POLICE, HOUSING):
        assert (await sign(compiler, by)).status_code == 303
    published = await publish(compiler)

    assert published.status_code == 303, published.text
    assert "Publicerad, version 1" in await look(compiler)


async def test_two_versions_show_what_is_said_in_both_and_what_in_one(compiler: HostedService) -> None:
    await opened(compiler)
    await write(compiler, "Lugn vecka. Färre bränder.")
    await post(compiler, "level", level="green", words="Som vanligt.", revision="0")
    await post(compiler, "area-values", municipality__9901R005="2", was__municipality__9901R005="")
    for by in (MUNICIPALITY, POLICE, HOUSING):
        await sign(compiler, by)
    await publish(compiler)
    await write(compiler, "Lugn vecka. Fler bränder i Hamnen.", revision=1)
    await post(compiler, "level", level="yellow", words="Fler bränder.", revision="1")
    await post(compiler, "area-values", municipality__9901R005="4", was__municipality__9901R005="2")
    for by in (MUNICIPALITY, POLICE, HOUSING):
        await sign(compiler, by)
    await publish(compiler, "versions", version="2", reason="wording")

    page = await look(compiler, at=f"{PICTURE}/compare?versions=1,2")
    english = await look(compiler, at=f"{PICTURE}/compare?versions=1,2", language="en")
    asked = {"version": "2", "with_version": "1"}
    told = (await compiler.http.get(f"{API}/comparisons", params=asked, headers=seat(POLICE))).json()

    for both in ("<p>Lugn vecka.</p>", "Gul: förhöjd uppmärksamhet", "Grön: normalläge", "ändrat"):
        assert both in page
    assert "<strong>Bara här:</strong> Fler bränder i Hamnen." in page
    assert "<strong>Bara här:</strong> Färre bränder." in page
    assert '<th scope="row">Hamnen, Kommun</th><td>4</td><td>2</td><td>ändrat</td>' in page
    assert "<strong>Only here:</strong> Färre bränder." in english
    texts = {each["key"]: (each["one"], each["other"], each["mark"]) for each in told["texts"]}
    assert texts["lagesbeskrivning"] == (
        "Lugn vecka. Fler bränder i Hamnen.", "Lugn vecka. Färre bränder.", "changed",
    )  # fmt: skip
    assert [each["mark"] for each in told["values"]] == ["changed"]
    assert (told["one"]["level"], told["other"]["level"]) == ("yellow", "green")


async def test_what_is_published_is_corrected_with_a_reason_and_a_note(compiler: HostedService) -> None:
    await opened(compiler)
    for by in (MUNICIPALITY, POLICE, HOUSING):
        await sign(compiler, by)
    await publish(compiler)
    assert "Inget är ändrat sedan dess." in await look(compiler)
    await write(compiler, "En sak glömdes.")
    for by in (MUNICIPALITY, POLICE, HOUSING):
        await sign(compiler, by)

    corrected = await publish(compiler, "versions", version="2", reason="late_reports", note="En text till.")

    assert corrected.status_code == 303, corrected.text
    assert "Publicerad, version 2" in await look(compiler)
    assert "Publicerade version 2: sena inrapporteringar." in await look(compiler, at=f"{WORK}/history")


async def test_what_was_compiled_is_corrected_where_it_was_compiled(compiler: HostedService) -> None:
    await opened(compiler)
    for by in (MUNICIPALITY, POLICE, HOUSING):
        await sign(compiler, by)
    await publish(compiler)

    picture = await look(compiler, at="/pictures/9901/2026-W47?version=now")

    assert "Till sammanställningen" in picture and f'href="{WORK}"' in picture
    assert "Publicera version 2" not in picture


async def test_a_signature_is_taken_back(compiler: HostedService) -> None:
    await opened(compiler)
    await sign(compiler, POLICE)
    assert "Ta tillbaka vår underskrift" in await look(compiler, POLICE)

    await post(compiler, "signature/removal", POLICE)

    assert "Ta tillbaka vår underskrift" not in await look(compiler, POLICE)


async def test_in_the_meeting_of_model_c_one_signs_for_those_who_are_there(compiler: HostedService) -> None:
    await opened(compiler, organisation_model="C")
    page = await look(compiler)
    assert "Vilka är med på mötet?" in page
    fingerprint = re.search(r'name="fingerprint" value="([0-9a-f]{64})"', page)
    assert fingerprint is not None

    await post(compiler, "signature", fingerprint=fingerprint[1], party=["municipality", "police", "housing"])

    told = await look(compiler)
    assert told.count(", under mötet") == 2
    assert "har inte signerat" not in told


async def test_who_does_not_sign_alone_is_led_to_the_desk_and_publishes_nothing_from_the_picture(
    compiler: HostedService,
) -> None:
    await valboas(compiler)

    page = await look(compiler, at=PICTURE)
    english = await look(compiler, at=PICTURE, language="en")
    pressed = await compiler.http.post(
        f"{PICTURE}/publication",
        data={"made_from": "13", "made_from_analysis": "0"},
        headers=seat(MUNICIPALITY),
    )

    assert "Publicera lägesbilden" not in page and f'href="{WORK}"' in page
    assert "när också polisen och fastighetsföretagen har skrivit under" in page
    assert "when the police and the housing companies have signed it too" in english
    assert pressed.status_code == 409
    assert "Signatur saknas från: polisen, fastighetsföretagen." in pressed.text
