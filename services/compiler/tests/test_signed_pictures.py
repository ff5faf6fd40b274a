"""Publishing what the parties have compiled and signed: frozen, checked again, corrected, erased."""

import json
from hashlib import sha256
from typing import Any

import psycopg
from one_signs import ALONE
from valboas_coordinators import (
    COMPILATION,
    GOALS,
    SAMORDNAREN,
    WEEK_47,
    AtTheDoor,
    all_sign,
    reports_in_valboas,
    three_compile,
)

from est_chassis.testing import FreshDatabase, HostedService
from est_compiler.read_models.published_pictures import versions
from est_contracts.examples import example_incident
from est_contracts.messages import PicturePublished
from est_contracts.vocabulary import Level, Party, Role

YELLOW = {"level": "yellow", "words": "Fler bränder än vanligt.", "revision": 0}
ROW = {"section": "problembilder", "what": "Skadegörelse", "where": "Skolgården", "revision": 0}
ROW_ID = "0b4f1a52-9f86-4bd1-8e4d-2f6f0f0c8a11"
CORRECTED = {"reason": "wording", "note": "Meningen om bränder är ändrad."}


def code_of(answer: Any) -> str:
    return str(answer.json()["type"]).removeprefix("urn:est:problem:")


async def test_a_compiled_picture_is_published_when_all_have_signed_it(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    samordnaren, kommunpolisen, bosocial = three
    await samordnaren.writes("Färre bränder.")
    draft = (await samordnaren.asks(f"{WEEK_47}/editions/duty_officer.txt")).text
    assert "den skrivas under av kommunen, polisen och fastighetsföretagen." in " ".join(draft.split())

    nobody = await samordnaren.puts(f"{WEEK_47}/publication", {})
    await samordnaren.signs()
    await bosocial.signs()
    two = await samordnaren.puts(f"{WEEK_47}/publication", {})
    await kommunpolisen.signs()
    published = await samordnaren.puts(f"{WEEK_47}/publication", {})

    assert [code_of(each) for each in (nobody, two)] == ["signatures_are_missing"] * 2
    assert [error["field"] for error in nobody.json()["errors"]] == list(Party)
    assert [error["field"] for error in two.json()["errors"]] == ["police"]
    assert published.status_code == 201
    assert {each["party"] for each in published.json()["work"]["signatures"]} == set(Party)
    told = await samordnaren.reads(f"{WEEK_47}/editions/internal.json")
    signed = next(block for block in told["blocks"] if block.get("name") == "signatures_table")
    assert {row["key"]: row["cells"][0]["sv"] for row in signed["rows"]}["police"] == "Kommunpolis"


async def test_what_was_signed_and_then_changed_is_not_published(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    await all_sign(three)
    await three[0].writes("Ändrat efter signaturerna.")

    answer = await three[0].puts(f"{WEEK_47}/publication", {})

    assert code_of(answer) == "signatures_are_missing"
    assert len(answer.json()["errors"]) == 3


async def test_reports_that_come_in_after_the_signatures_are_not_in_what_was_signed(
    compiler: HostedService,
) -> None:
    three = await three_compile(compiler)
    samordnaren = three[0]
    await three[1].signs()
    await compiler.hears(example_incident(4))
    await three[0].signs()
    await three[2].signs()

    anew = await samordnaren.puts(f"{WEEK_47}/publication", {"made_from": 4})
    published = await samordnaren.does(f"{WEEK_47}/publication", {})

    assert code_of(anew) == "signatures_are_missing"
    assert (published["made_from"], published["reports"]) == (3, 2)


async def test_a_signature_is_under_what_was_looked_at_and_nothing_else(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    seen = await samordnaren.reads(COMPILATION)
    await kommunpolisen.writes("Ändrat medan samordnaren läste.")

    said = {"seen": seen["fingerprint"], "made_from": seen["made_from"]}
    answer = await samordnaren.puts(f"{COMPILATION}/signatures/municipality", said)

    assert code_of(answer) == "picture_has_changed"


async def test_nobody_signs_for_another_but_in_the_meeting_of_model_c(compiler: HostedService) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)

    answer = await samordnaren.signs(party="police", in_meeting=True)

    assert (answer.status_code, code_of(answer)) == (403, "part_is_another_partys")


async def test_in_the_meeting_of_model_c_one_signs_for_all_who_are_there(compiler: HostedService) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler, organisation_model="C")

    for party in Party:
        assert (await samordnaren.signs(party=str(party), in_meeting=True)).status_code == 200
    published = await samordnaren.does(f"{WEEK_47}/publication", {})

    signatures = published["work"]["signatures"]
    assert {(each["by"], each["in_meeting"]) for each in signatures} == {(SAMORDNAREN, True)}


async def test_a_signature_can_be_taken_back(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    await all_sign(three)

    taken_back = await three[1].takes_away(f"{COMPILATION}/signature")

    assert taken_back.json()["signed_by"] == ["housing", "municipality"]
    missing = (await three[0].reads(COMPILATION))["missing"]
    assert [each["party"] for each in missing if each["blocks"]] == ["police"]


async def test_what_nobody_has_compiled_is_published_by_none_of_three_parties_alone(
    compiler: HostedService,
) -> None:
    await reports_in_valboas(compiler)

    answer = await AtTheDoor(compiler, SAMORDNAREN).puts(f"{WEEK_47}/publication", {})

    assert (answer.status_code, code_of(answer)) == (409, "signatures_are_missing")
    assert [error["field"] for error in answer.json()["errors"]] == ["police", "housing"]
    assert "Öppna sammanställningen" in answer.json()["detail"]
    assert (await AtTheDoor(compiler, SAMORDNAREN).reads(f"{WEEK_47}/versions"))["versions"] == []


async def test_who_alone_signs_publishes_what_was_drawn_and_has_signed_it_by_that(
    compiler: HostedService,
) -> None:
    await reports_in_valboas(compiler, **ALONE)
    samordnaren = AtTheDoor(compiler, SAMORDNAREN)

    published = await samordnaren.does(f"{WEEK_47}/publication", {})

    assert published["work"] is None
    (version,) = await frozen_in(compiler)
    (signature,) = version.frozen.signatures
    assert (signature.party, signature.by, signature.in_meeting) == (Party.MUNICIPALITY, SAMORDNAREN, False)
    assert signature.seen.fingerprint == published["fingerprint"]
    assert published["frame"]["template"] == "developed_weekly"


async def test_where_the_set_up_names_who_signs_nothing_is_published_unsigned(
    compiler: HostedService,
) -> None:
    await reports_in_valboas(compiler, signed_by=(Party.POLICE,))

    answer = await AtTheDoor(compiler, SAMORDNAREN).puts(f"{WEEK_47}/publication", {})

    assert code_of(answer) == "signatures_are_missing"


async def test_only_those_whom_the_set_up_names_must_sign(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler, signed_by=(Party.POLICE,))

    stranger = await samordnaren.signs()
    await kommunpolisen.signs()

    assert code_of(stranger) == "party_does_not_sign"
    assert (await samordnaren.puts(f"{WEEK_47}/publication", {})).status_code == 201


async def test_the_fingerprint_is_taken_of_the_numbers_and_of_the_work(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    await three[0].does(f"{COMPILATION}/level", YELLOW)
    await all_sign(three)

    published = await three[0].does(f"{WEEK_47}/publication", {})

    numbers = json.dumps(published["picture"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert published["fingerprint"] != sha256(numbers.encode()).hexdigest()
    assert {each["fingerprint"] for each in published["work"]["signatures"]} == {published["fingerprint"]}
    (version,) = await frozen_in(compiler)
    assert version.frozen.verifies


async def test_a_published_picture_tells_its_level_its_template_and_none_of_its_words(
    compiler: HostedService,
) -> None:
    three = await three_compile(compiler, public_pictures=True)
    await three[0].does(f"{COMPILATION}/level", YELLOW)
    await all_sign(three)
    await three[0].does(f"{WEEK_47}/publication", {})

    (told,) = [each for each in await compiler.tells() if isinstance(each, PicturePublished)]

    assert (told.level, told.template, told.is_public) == (Level.YELLOW, "developed_weekly", True)
    assert (str(told.first_day), str(told.last_day)) == ("2026-11-16", "2026-11-22")
    assert "bränder än" not in told.model_dump_json()


async def test_only_the_sentences_that_were_adopted_are_published(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    sentence = (await three[0].reads(WEEK_47))["sentences"][0]
    await three[0].does(f"{COMPILATION}/sentences/{sentence['key']}", was="suggested")
    await all_sign(three)

    published = await three[0].does(f"{WEEK_47}/publication", {})

    assert published["sentences"] == [sentence["words"]]


async def test_a_sentence_that_says_other_numbers_is_neither_signed_nor_published(
    compiler: HostedService,
) -> None:
    three = await three_compile(compiler)
    sentence = (await three[0].reads(WEEK_47))["sentences"][0]
    await three[0].does(f"{COMPILATION}/sentences/{sentence['key']}", was="suggested")
    await all_sign(three)
    await compiler.hears(*(example_incident(each) for each in range(4, 9)))
    for each in three:
        await each.takes_away(f"{COMPILATION}/signature")

    signed = await three[0].signs()
    missing = (await three[0].reads(COMPILATION))["missing"]

    assert code_of(signed) == "sentence_is_outdated"
    assert next(each["kind"] for each in missing if each["blocks"]) == "sentence"


async def test_the_guard_reads_every_word_again_before_publishing(
    compiler: HostedService, database: FreshDatabase
) -> None:
    three = await three_compile(compiler)
    await three[0].writes("En mening om torget.")
    await three[0].does(f"{COMPILATION}/rows/{ROW_ID}", ROW)
    await three[0].does(f"{COMPILATION}/level", YELLOW)
    await all_sign(three)
    # As if they had been written before the guard knew better.
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(
            "UPDATE compiler_beside.written_texts"
            " SET words = replace(replace(replace(words, 'torget', 'Storgatan 12'), 'Skolgården',"
            " 'Storgatan 12'), 'Fler bränder', 'Anna Andersson')"
        )

    answer = await three[0].puts(f"{WEEK_47}/publication", {})

    assert (answer.status_code, code_of(answer)) == (409, "privacy_check_failed")
    assert [error["field"] for error in answer.json()["errors"]] == [
        "#level",
        "operativa_mal",
        f"problembilder/{ROW_ID}",
    ]
    assert not any(word in answer.text for word in ("Storgatan", "Andersson"))
    assert (await three[0].asks(f"{WEEK_47}/versions/1")).status_code == 404


async def test_a_correction_is_a_new_version_with_its_reason_and_its_note(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    await three[0].writes("Fel mening om bränder.")
    await all_sign(three)
    await three[0].does(f"{WEEK_47}/publication", {})
    await three[1].writes("Rätt mening om bränder.", revision=1)
    await all_sign(three)

    corrected = await three[0].does(f"{WEEK_47}/versions/2", CORRECTED)
    reader = AtTheDoor(compiler, "kommundirektoren", role=Role.RECIPIENT)
    first = await reader.reads(f"{WEEK_47}/versions/1")
    second = await reader.reads(f"{WEEK_47}/versions/2")

    assert (corrected["version"], corrected["reason"]) == (2, "wording")
    (*_earlier, last) = (await three[0].reads(f"{COMPILATION}/history"))["steps"]
    assert last["words"]["sv"] == "Publicerade version 2: ändrad formulering."
    assert second["note"]["words"] == CORRECTED["note"]
    assert [each["words"] for each in first["work"]["texts"]] == ["Fel mening om bränder."]
    assert [each["words"] for each in second["work"]["texts"]] == ["Rätt mening om bränder."]


async def test_a_note_is_read_by_the_guard_too(compiler: HostedService) -> None:
    await reports_in_valboas(compiler, **ALONE)
    samordnaren = AtTheDoor(compiler, SAMORDNAREN)
    await samordnaren.does(f"{WEEK_47}/publication", {})
    place, name = f"{WEEK_47}/versions/2", {"reason": "other", "note": "Efter samtal med Anna Andersson."}

    refused = await samordnaren.puts(place, CORRECTED | {"note": "Ring 070-174 06 05."})
    asked = await samordnaren.puts(place, name)
    confirmed = await samordnaren.puts(place, name | {"confirmed": True})

    assert [code_of(each) for each in (refused, asked)] == ["text_is_refused", "text_is_questioned"]
    assert confirmed.status_code == 201


async def test_erased_words_are_gone_everywhere_and_the_fingerprint_holds(
    compiler: HostedService, database: FreshDatabase
) -> None:
    three = await three_compile(compiler)
    await three[0].writes("Kvarglömt om en granne vid Storgatan.")
    await three[0].does(f"{COMPILATION}/level", YELLOW)
    await all_sign(three)
    published = await three[0].does(f"{WEEK_47}/publication", {})
    await three[0].does(f"{WEEK_47}/versions/2", CORRECTED | {"note": "En granne nämndes."})
    (text,) = published["work"]["texts"]
    note = (await three[0].reads(f"{WEEK_47}/versions/2"))["note"]

    for text_id in (text["text_id"], note["text_id"], text["text_id"]):
        assert (await three[1].takes_away(f"{WEEK_47}/texts/{text_id}")).status_code == 204

    first = await three[0].reads(f"{WEEK_47}/versions/1")
    second = await three[0].reads(f"{WEEK_47}/versions/2")
    (shown,) = first["work"]["texts"]
    assert (shown["words"], shown["is_erased"], second["note"]["is_erased"]) == (None, True, True)
    assert first["work"]["level_note"]["words"] == YELLOW["words"]
    assert all(each.frozen.verifies for each in await frozen_in(compiler))
    assert "granne" not in everything_in(database)
    assert [each["act"] for each in (await three[0].reads(f"{COMPILATION}/history"))["steps"]][-1] == (
        "text_erased"
    )


async def test_only_coordinators_erase_and_only_what_is_there(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    await three[1].writes("Polisens egen bild.", party="police")
    (text,) = (await three[1].reads(COMPILATION))["texts"]
    place = f"{WEEK_47}/texts/{text['text_id']}"

    reader = await AtTheDoor(compiler, "kommundirektoren", role=Role.RECIPIENT).takes_away(place)
    another_party = await three[0].takes_away(place)
    nothing = await three[1].takes_away(f"{WEEK_47}/texts/0b4f1a52-9f86-4bd1-8e4d-2f6f0f0c8a11")
    own = await three[1].takes_away(place)

    assert reader.status_code == 403
    assert (another_party.status_code, nothing.status_code, own.status_code) == (404, 404, 204)
    (erased,) = (await three[1].reads(COMPILATION))["texts"]
    assert (erased["words"], erased["is_erased"]) == (None, True)

    await three[1].writes(None, revision=1, party="police")

    assert (await three[1].reads(COMPILATION))["texts"] == []


async def test_what_has_been_published_goes_on_being_compiled(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    await three[0].writes("Publicerat.")
    await all_sign(three)
    await three[0].does(f"{WEEK_47}/publication", {})

    await three[0].puts(GOALS, {"words": "Ändrat efteråt.", "revision": 1})

    first = await three[0].reads(f"{WEEK_47}/versions/1")
    assert [each["words"] for each in first["work"]["texts"]] == ["Publicerat."]


async def frozen_in(compiler: HostedService) -> list[Any]:
    return await compiler.service.ask(lambda cursor: versions(cursor, municipality="9901", period="2026-W47"))


def everything_in(database: FreshDatabase) -> str:
    """Every row of every table of the compiler's, as text; events are read as what they hold."""
    with psycopg.connect(database.owner_url) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname LIKE 'compiler%'"
        ).fetchall()
        rows = [
            row
            for schema, table in tables
            for row in connection.execute(f'SELECT * FROM "{schema}"."{table}"').fetchall()
        ]
    return "\n".join(
        bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
        for row in rows
        for value in row
    )
