"""Compiling over HTTP: three parties write side by side, nothing is lost, and what is refused is refused."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from one_signs import ALONE
from valboas_coordinators import (
    BOSOCIAL,
    COMPILATION,
    GOALS,
    KOMMUNPOLISEN,
    SAMORDNAREN,
    WEEK_47,
    AtTheDoor,
    all_sign,
    codes,
    reports_in_valboas,
    three_compile,
    words_kept,
)

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.examples import example_of
from est_contracts.messages import CollaborationSetUp
from est_contracts.vocabulary import ChosenTemplate, LocalGroup, Party, PeriodKind, Role

MALMO = {"templates": (ChosenTemplate(kind=PeriodKind.WEEK, template="malmo_weekly"),)}


async def test_nothing_is_written_before_somebody_has_opened_it(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    samordnaren = AtTheDoor(compiler, SAMORDNAREN)

    assert codes(await samordnaren.writes("Färre bränder.")) == (409, "compilation_is_not_opened")
    assert codes(await samordnaren.asks(COMPILATION)) == (409, "compilation_is_not_opened")


async def test_where_nothing_is_set_up_nobody_compiles(compiler: HostedService) -> None:
    assert codes(await AtTheDoor(compiler, SAMORDNAREN).puts(COMPILATION)) == (409, "set_up_is_missing")


async def test_only_coordinators_of_the_collaboration_compile(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    reader = AtTheDoor(compiler, "kommundirektoren", role=Role.RECIPIENT)
    stranger = AtTheDoor(compiler, "nobody_here")
    reporter = AtTheDoor(compiler, "faltgruppen")

    assert (await reader.puts(COMPILATION)).status_code == 403
    for each in (stranger, reporter):
        assert codes(await each.puts(COMPILATION)) == (403, "compiling_is_for_coordinators")


@pytest.mark.parametrize(
    ("period", "scope", "code"),
    [
        ("2026-W54", "", "period_does_not_exist"),
        ("2026-Q5", "", "period_does_not_exist"),
        ("2026-W47", "9901R099", "scope_does_not_exist"),
        ("2026-W47", "å", "scope_does_not_exist"),
    ],
)
async def test_what_does_not_exist_is_not_compiled(
    compiler: HostedService, period: str, scope: str, code: str
) -> None:
    await reports_in_valboas(compiler)

    path = f"/v1/municipalities/9901/pictures/{period}/compilation"
    answer = await AtTheDoor(compiler, SAMORDNAREN).puts(path, scope=scope)

    assert codes(answer) == (422, code)


async def test_what_is_written_is_read_by_all_with_its_revision(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)

    first = await samordnaren.writes("  Färre bränder.\r\nTryggare torg.  ")
    second = await kommunpolisen.writes("Färre bränder i Hamnen.", revision=1)

    (text,) = (await samordnaren.reads(COMPILATION))["texts"]
    assert [first.json()["revision"], second.json()["revision"]] == [1, 2]
    assert (text["section"], text["words"]) == ("operativa_mal", "Färre bränder i Hamnen.")
    assert (text["revision"], text["by"]) == (2, KOMMUNPOLISEN)


async def test_a_conflict_shows_both_texts_and_overwrites_nothing(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    await samordnaren.writes("Färre bränder.")

    refused = await kommunpolisen.writes("Tryggare torg.")

    assert codes(refused) == (409, "section_has_changed")
    conflict = refused.json()
    assert (conflict["stands"], conflict["sent"]) == ("Färre bränder.", "Tryggare torg.")
    assert conflict["revision"] == 1
    (text,) = (await samordnaren.reads(COMPILATION))["texts"]
    assert text["words"] == "Färre bränder."


async def test_two_who_write_at_once_lose_nothing(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    both = ("Färre bränder.", "Tryggare torg.")

    answers = await asyncio.gather(samordnaren.writes(both[0]), kommunpolisen.writes(both[1]))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    conflict = next(answer.json() for answer in answers if answer.status_code == 409)
    (text,) = (await samordnaren.reads(COMPILATION))["texts"]
    assert {conflict["stands"], conflict["sent"]} == set(both)
    assert text["words"] == conflict["stands"]


async def test_the_same_words_again_are_no_conflict_and_no_new_revision(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    await samordnaren.writes("Färre bränder.")

    again = await kommunpolisen.writes("Färre bränder.")

    assert (again.status_code, again.json()["revision"]) == (200, 1)


async def test_words_that_are_replaced_or_taken_away_are_gone(compiler: HostedService) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)
    await samordnaren.writes("Det första som stod här.")
    await samordnaren.writes("Det andra som stod här.", revision=1)

    assert await words_kept(compiler) == ["Det andra som stod här."]

    await samordnaren.writes(None, revision=2)

    assert await words_kept(compiler) == []
    assert (await samordnaren.reads(COMPILATION))["texts"] == []


async def test_words_that_point_out_somebody_are_refused_and_never_repeated(compiler: HostedService) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)

    refused = await samordnaren.writes("Ring 070-174 06 05.")

    assert codes(refused) == (422, "text_is_refused")
    assert "070-174 06 05" not in refused.text
    assert [error["field"] for error in refused.json()["errors"]] == ["words"]
    assert await words_kept(compiler) == []


async def test_a_likely_name_is_asked_about_and_kept_when_somebody_stands_by_it(
    compiler: HostedService,
) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)
    words = "Samtal med Anna Andersson."

    asked = await samordnaren.writes(words)
    confirmed = await samordnaren.puts(GOALS, {"words": words, "revision": 0, "confirmed": True})

    assert codes(asked) == (422, "text_is_questioned")
    assert "Andersson" not in asked.text
    assert confirmed.status_code == 200
    assert await words_kept(compiler) == [words]


async def test_names_of_the_collaboration_are_nobodys(compiler: HostedService) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)

    assert (await samordnaren.writes("Lugnare i Norrängen.")).status_code == 200


@pytest.mark.parametrize(
    ("section", "query", "code"),
    [
        ("no_such_section", {}, "place_takes_no_words"),
        ("operativa_mal", {"area": NORRANGEN}, "place_takes_no_words"),
    ],
)
async def test_only_where_the_template_has_room_something_is_written(
    compiler: HostedService, section: str, query: dict[str, str], code: str
) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)

    answer = await samordnaren.puts(
        f"{COMPILATION}/sections/{section}", {"words": "Lugnt.", "revision": 0}, **query
    )

    assert codes(answer) == (422, code)


async def test_a_part_is_its_own_partys_until_it_is_contributed(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    await kommunpolisen.writes("Polisens egen bild.", party="police")

    before = (await samordnaren.reads(COMPILATION))["texts"]
    own = (await kommunpolisen.reads(COMPILATION))["texts"]
    await kommunpolisen.does(f"{COMPILATION}/contribution")
    after = (await samordnaren.reads(COMPILATION))["texts"]
    await kommunpolisen.takes_away(f"{COMPILATION}/contribution")
    withdrawn = (await samordnaren.reads(COMPILATION))["texts"]

    assert (before, withdrawn) == ([], [])
    assert [each["words"] for each in own] == ["Polisens egen bild."]
    assert after == own


async def test_nobody_writes_or_assesses_for_another_party(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    await kommunpolisen.writes("Polisens egen bild.", party="police")

    refusals = [
        await samordnaren.writes("Så ser polisen det.", party="police", revision=1),
        await samordnaren.writes("Polisens egen bild.", party="police", revision=1),
        await samordnaren.puts(
            f"{COMPILATION}/area-values/{HAMNEN}", {"value": 3, "was": None, "party": "police"}
        ),
    ]

    assert [codes(each) for each in refusals] == [(403, "part_is_another_partys")] * 3


async def test_the_history_tells_who_did_what_and_repeats_no_words(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    samordnaren, kommunpolisen, _bosocial = three
    await kommunpolisen.writes("Färre bränder.")
    await all_sign(three)
    await samordnaren.does(f"{COMPILATION}/level", {"level": "green", "revision": 0})

    answer = await samordnaren.asks(f"{COMPILATION}/history")

    steps: Sequence[dict[str, Any]] = answer.json()["steps"]
    assert "bränder" not in answer.text
    assert [(step["act"], step["by"]) for step in steps] == [
        ("opened", SAMORDNAREN),
        ("section_written", KOMMUNPOLISEN),
        ("signed", SAMORDNAREN),
        ("signed", KOMMUNPOLISEN),
        ("signed", BOSOCIAL),
        ("level_set", SAMORDNAREN),
    ]
    assert steps[-1]["fallen"] == sorted(Party)


async def test_who_is_writing_is_shown_for_a_little_while(compiler: HostedService, clock: SetClock) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler)
    place = f"{COMPILATION}/writers"
    await samordnaren.does(place, {"section": "operativa_mal"})
    await kommunpolisen.does(place, {"section": "trend"})

    nowhere = [
        await samordnaren.puts(place, said)
        for said in ({"section": "nagonstans"}, {"section": "trend", "area": "9901R999"})
    ]
    another_partys = await samordnaren.puts(place, {"section": "trend", "party": "police"})
    assert [codes(each)[1] for each in nowhere] == ["place_takes_no_words"] * 2
    assert codes(another_partys)[1] == "part_is_another_partys"

    both = (await samordnaren.reads(place))["writers"]
    await kommunpolisen.does(place, {})
    one = (await samordnaren.reads(place))["writers"]
    clock.set(clock.now() + timedelta(seconds=31))
    nobody = (await samordnaren.reads(place))["writers"]

    assert [(each["place"], each["function"]) for each in both] == [
        ("operativa_mal", SAMORDNAREN),
        ("trend", KOMMUNPOLISEN),
    ]
    assert [each["function"] for each in one] == [SAMORDNAREN]
    assert nobody == []


async def test_what_local_groups_have_published_flows_into_the_strategic_picture(
    compiler: HostedService,
) -> None:
    group = LocalGroup(group_id="norra_gruppen", name="Norra gruppen", area_ids=(NORRANGEN,))
    samordnaren, _kommunpolisen, _bosocial = await three_compile(
        compiler, organisation_model="B", local_groups=(group,), **ALONE
    )
    before = (await samordnaren.reads(f"{COMPILATION}/local-pictures"))["pictures"]

    await samordnaren.does(f"{WEEK_47}/publication", {}, scope="norra_gruppen")
    (after,) = (await samordnaren.reads(f"{COMPILATION}/local-pictures"))["pictures"]

    assert before == [
        {
            "group": "norra_gruppen", "name": "Norra gruppen",
            "version": None, "level": None, "headline": None, "sentences": [],
            "reports": None, "fingerprint": None,
        }
    ]  # fmt: skip
    assert (after["group"], after["version"]) == ("norra_gruppen", 1)


async def test_whose_turn_it_is_stands_with_the_compilation(compiler: HostedService) -> None:
    document_change: dict[str, Any] = {"compilers": (SAMORDNAREN, KOMMUNPOLISEN)}
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler, **document_change)
    next_week = COMPILATION.replace("W47", "W48")
    await samordnaren.does(next_week)

    turns = [(await samordnaren.reads(path))["compiled_by"] for path in (COMPILATION, next_week)]

    assert sorted(turns) == [KOMMUNPOLISEN, SAMORDNAREN]


async def test_a_template_that_is_chosen_later_is_not_the_one_that_was_opened(
    compiler: HostedService,
) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)
    document = example_of(CollaborationSetUp, position=4).document.model_copy(update=MALMO)
    await compiler.hears(example_of(CollaborationSetUp, position=4, version=2, document=document))

    await samordnaren.does(COMPILATION)

    assert (await samordnaren.reads(COMPILATION))["template"] == "developed_weekly"
