"""The fortnight of figure 10.2, from what reporters entered to a picture that three parties have signed.

Headings, their order and the numbers are those of Hallin (2019), lines 2681-2800; wordings are our own.
"""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

import est_compiler.service
from est_chassis.clock import SetClock
from est_chassis.testing import FreshDatabase, HostedService, host
from est_compiler.application import words_of
from est_compiler.domain.compiling.work import WorkInWords
from est_compiler.domain.publishing.frozen_picture import PublishedVersion
from est_compiler.domain.sections.fill import fill_sections
from est_compiler.domain.sections.headers import days_of, lines_under_the_title, title_of
from est_compiler.domain.sections.parts import CountLine, FilledSection, Material
from est_compiler.read_models.published_pictures import picture_of, versions
from est_compiler.settings import CompilerSettings
from est_contracts.messages import PicturePublished
from est_contracts.vocabulary import picture_template
from est_single_machine.ready_made import template
from tests.system.boras_entered import (
    HULTA,
    PERIOD,
    SECRET,
    WEDNESDAY,
    Door,
    enter_the_figure,
    intake_of,
)

BORAS = template("boras")
PICTURE = f"/v1/municipalities/1490/pictures/{PERIOD}"
COMPILATION = f"{PICTURE}/compilation"
#: One coordinator of each party.
THREE = {
    "municipality": "samordnare_boras_stad",
    "police": "kommunpolisen",
    "housing": "sakerhetsansvarig",
}
POLICE, HOUSING, CITY = "Polisen i Borås", "AB Bostäder i Borås", "Borås Stad"
NOTHING = "Inget inrapporterat under perioden."

#: What the three write beside the numbers.
WRITTEN = (
    ("otrygga_miljoer", HULTA, "Boende önskar bättre belysning längs gångvägarna."),
    ("inbrott", None, "Flera stölder vid två av skolorna."),
    ("skadegorelse", None, "Två fordon, en entrédörr och brevlådor."),
    ("droger", None, "Av polisens 7 är 3 innehav och 2 ringa bruk."),
    ("angrepp", None, "Av polisens 3 är 2 olaga hot och 1 misshandel."),
    ("ovriga_brott", None, "Båda gäller olovlig körning. Oron vid vissa platser fortsätter."),
    ("genomforda", None, "Hög polisnärvaro. Gångvägen i parken är öppen igen. Kameror sätts upp."),
    ("ovrigt", None, "Uppgjorda slagsmål i en annan stadsdel. Ring polisen vid oro i trapphusen."),
)

#: Headings in the order of the figure: their depth, what is counted under them, and whether they are empty.
FIGURE: list[tuple[str, int, list[tuple[str | None, str, int]], bool]] = [
    (
        "Otrygga miljöer",
        0,
        [("Hulta", CITY, 2), ("Hässleholmen", CITY, 1), ("Hässleholmen", CITY, 1)],
        False,
    ),
    ("Brottstrender", 0, [], False),
    ("Inbrott/inbrottsförsök/stölder", 1, [(None, POLICE, 13), (None, HOUSING, 1)], False),
    ("Klotter/skadegörelse/anlagd brand", 1, [(None, POLICE, 3), (None, CITY, 6)], False),
    (
        "Drogförsäljning/droganvändning",
        1,
        [(None, POLICE, 7), ("Hulta", CITY, 2), ("Hässleholmen", CITY, 2)],
        False,
    ),
    ("Våldsbejakande extremism", 1, [], True),
    ("Kränkningar", 0, [], False),
    ("Angrepp/hot/ofredanden", 1, [(None, POLICE, 3)], False),
    ("Internet/sociala medier", 1, [], True),
    ("Övriga brott/brottstrender", 0, [(None, POLICE, 2)], False),
    ("Aktiviteter och insatser", 0, [], False),
    ("Planerade", 1, [], True),
    ("Genomförda/återkommande", 1, [], False),
    ("Övrigt", 0, [(None, CITY, 1)], False),
]


class Room:
    """The compiler's door for programs, with every function's key at hand."""

    def __init__(self, hosted: HostedService, door: Door) -> None:
        self.hosted = hosted
        self._door = door

    async def sends(self, path: str, body: object, *, by: str) -> httpx.Response:
        answer = await self.hosted.http.put(path, json=body, headers=self._door.key(by))
        assert answer.status_code in (200, 201), (path, answer.text)
        return answer

    async def reads(self, path: str, *, by: str = THREE["municipality"]) -> Any:
        answer = await self.hosted.http.get(path, headers=self._door.key(by))
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    async def published(self) -> PublishedVersion:
        await self.hosted.settled()
        [version] = await self.hosted.service.ask(
            lambda cursor: versions(cursor, municipality="1490", period=PERIOD)
        )
        return version

    async def material(self) -> Material:
        """The published version with its words, as it is shown."""
        version = await self.published()
        assert version.frozen.work is not None
        work = version.frozen.work
        texts = [text.text_id for _place, text in work.references]
        words = await self.hosted.service.ask(lambda cursor: words_of(cursor, texts))
        layout = picture_template(work.template, version=work.template_version)
        return Material(picture_of(version), layout, work=WorkInWords(work, words), document=BORAS)


@asynccontextmanager
async def both(database: FreshDatabase, nats_url: str, folder: Path) -> AsyncIterator[tuple[Door, Room]]:
    """Intake and compiler on that Wednesday, with the reports of the figure entered."""
    async with intake_of(BORAS, database=database, nats_url=nats_url, folder=folder) as door:
        beside = est_compiler.service.BESIDE_TABLES
        settings = CompilerSettings(
            database_url=database.prepare("compiler", beside_tables=beside),
            nats_url=nats_url,
            api_keys_file=folder / "keys.json",
            session_secret=SECRET,
        )
        async with host(est_compiler.service.build(settings, clock=SetClock(WEDNESDAY))) as hosted:
            await enter_the_figure(door)
            told = await door.hosted.tells()
            last = told[-1].recorded.position
            await hosted.until(lambda: hosted.service.fact_intake.place("intake").position >= last)
            yield door, Room(hosted, door)


async def compile_sign_and_publish(room: Room) -> None:
    """A Wednesday's work: the three write, each contributes and signs, and one of them publishes."""
    await room.sends(COMPILATION, {}, by=THREE["municipality"])
    for section, area, words in WRITTEN:
        where = f"{COMPILATION}/sections/{section}" + (f"?area={area}" if area else "")
        await room.sends(where, {"words": words, "revision": 0}, by=THREE["municipality"])
    level = {"level": "yellow", "words": "Oron fortsätter på vissa platser.", "revision": 0}
    await room.sends(f"{COMPILATION}/level", level, by=THREE["police"])
    for function in THREE.values():
        await room.sends(f"{COMPILATION}/contribution", {}, by=function)
    for party, function in THREE.items():
        seen = await room.reads(COMPILATION, by=function)
        names = ("made_from", "made_from_analysis")
        body = {"seen": seen["fingerprint"]} | {name: seen[name] for name in names}
        await room.sends(f"{COMPILATION}/signatures/{party}", body, by=function)
    await room.sends(f"{PICTURE}/publication", {}, by=THREE["municipality"])


async def test_the_published_picture_has_the_headings_the_order_and_every_number_of_the_figure(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    async with both(database, nats_url, tmp_path) as (_door, room):
        await compile_sign_and_publish(room)
        published, material = await room.published(), await room.material()
        told = [each for each in await room.hosted.tells() if isinstance(each, PicturePublished)]

    filled = fill_sections(material)
    assert title_of(material).sv == "Sammanställning av gemensam lägesbild"
    assert days_of(material).sv == "Avser perioden 2018-11-07 – 2018-11-20"
    assert [line.sv for line in lines_under_the_title(material)] == [
        "Borås Stad, Polisen i Borås och AB Bostäder i Borås",
        "Områdena Hulta och Hässleholmen",
    ]
    assert [as_printed(each) for each in filled] == FIGURE
    assert [each.empty.sv for each in filled if each.empty] == [NOTHING] * 3
    assert [words for each in filled for words in words_in(each)] == [words for _, _, words in WRITTEN]
    assert outside_public_space(filled) == [f"{POLICE} rapporterar om 3 fall (ej i offentlig miljö)."]
    assert published.frozen.reports == sum(number for _, _, counted, _ in FIGURE for *_, number in counted)
    assert (told[-1].template, told[-1].is_public) == ("boras_weekly", True)


async def test_the_editions_of_the_figure_say_all_to_those_who_take_part_and_hide_what_they_must(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    async with both(database, nats_url, tmp_path) as (_door, room):
        await compile_sign_and_publish(room)
        internal = await room.reads(f"{PICTURE}/editions/internal.json")
        general = await room.reads(f"{PICTURE}/editions/general.json")

    of_the_template = [each["name"] for each in internal["blocks"] if each["block"] == "heading"]
    sections = [each.section_id for each in picture_template("boras_weekly").all_sections()]
    assert [name for name in of_the_template if name in sections] == sections
    assert numbers_told(internal) == Counter(
        (organisation, number) for _, _, counted, _ in FIGURE for _, organisation, number in counted
    )
    assert words_told(internal) == {words for _, _, words in WRITTEN}

    assert not [count for count in counts_shown(general) if count in (1, 2)]
    assert HOUSING not in {organisation for organisation, _number in numbers_told(general)}
    assert numbers_told(general) <= Counter({(POLICE, 3): 2, (POLICE, 7): 1, (CITY, 6): 1, (CITY, 4): 1})
    assert words_told(general) == set()
    assert general["fingerprint"] is None


async def test_the_fingerprint_of_the_figure_is_the_same_after_a_replay_from_nothing(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    async with both(database, nats_url, tmp_path) as (_door, room):
        await compile_sign_and_publish(room)
        before, shown_before = await room.published(), fill_sections(await room.material())
        drawn_before = await room.reads(PICTURE)

        async for _progress in room.hosted.service.rebuild():
            pass
        after, shown_after = await room.published(), fill_sections(await room.material())
        drawn_after = await room.reads(PICTURE)

    assert before.frozen.verifies
    assert after.frozen == before.frozen
    assert shown_after == shown_before
    assert drawn_after["fingerprint"] == drawn_before["fingerprint"]


def numbers_told(edition: Any) -> Counter[tuple[str, int]]:
    """What the lines of the sections say: by whom, how many."""
    names = {each.organisation_id: each.name for each in BORAS.organisations}
    lines = [line for each in edition["blocks"] if each["block"] == "lines" for line in each["lines"]]
    return Counter(
        (names[line["organisation"]], line["figure"]["value"]) for line in lines if line["organisation"]
    )


def words_told(edition: Any) -> set[str]:
    """What people have written; our own words come in two languages."""
    paragraphs = [each["words"] for each in edition["blocks"] if each["block"] == "paragraph"]
    return {words for words in paragraphs if isinstance(words, str)}


def counts_shown(edition: Any) -> list[int]:
    """Every number of reports that can be read in it: in lines, in tables and in those of charts."""
    lines = [line for each in edition["blocks"] if each["block"] == "lines" for line in each["lines"]]
    told = [line["figure"]["value"] for line in lines if line["figure"]]
    tables = [each["table"] if each["block"] == "chart" else each for each in edition["blocks"]]
    for table in tables:
        for row in table.get("rows", ()):
            for column, cell in zip(table["columns"], row["cells"], strict=True):
                if column["unit"] in ("reports", "severe") and isinstance(cell, dict) and "value" in cell:
                    told.append(cell["value"])
    return [each for each in told if each is not None]


def as_printed(section: FilledSection) -> tuple[str, int, list[tuple[str | None, str, int]], bool]:
    counted = [
        (part.name, line.organisation_name, line.number)
        for part in section.parts
        for line in part.lines
        if isinstance(line, CountLine)
    ]
    return section.words.sv, section.depth, counted, section.empty is not None


def words_in(section: FilledSection) -> list[str | None]:
    """What was written, area by area: all of it in the order of the headings."""
    return [text.text for part in section.parts for text in part.texts]


def outside_public_space(filled: tuple[FilledSection, ...]) -> list[str]:
    lines = [line for each in filled for part in each.parts for line in part.lines]
    return [line.words.sv for line in lines if isinstance(line, CountLine) and line.not_in_public]
