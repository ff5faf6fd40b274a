"""Who is writing where just now: Polisen skriver om Lindängen."""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.web.bodies import read_form
from est_chassis.web.languages import said
from est_compiler.application import Writer, writing_now
from est_compiler.domain.compiling.around import compilation_id
from est_compiler.domain.compiling.missing import first_in_a_sentence
from est_compiler.domain.compiling.work import SectionPlace
from est_compiler.pages.compiling.desk import AtDesk, Desk
from est_contracts.vocabulary import Party, Words

router = APIRouter(include_in_schema=False)

WRITING = "/pictures/{code}/{period}/compile/writing"
#: The parties as the first words of sentences.
SUBJECTS: dict[Party, Words] = {party: first_in_a_sentence(party) for party in Party}


@dataclass(frozen=True)
class Writing:
    """What is said at each place of those who write there."""

    at: dict[str, str]

    @classmethod
    def of(cls, writers: Iterable[Writer], desk: Desk) -> "Writing":
        told: dict[str, list[str]] = {}
        for each in writers:
            if each.function != desk.around.by.function:
                told.setdefault(each.place, []).append(_sentence(each, desk))
        return cls({place: " ".join(sentences) for place, sentences in told.items()})


@router.get(WRITING)
async def who_writes(request: Request, desk: AtDesk) -> Response:
    """What the open pages ask for now and then."""
    named = compilation_id(desk.key.municipality, str(desk.key.period), desk.scope)
    now = desk.service.clock.now()

    def ask(cursor: Cursor) -> list[Writer]:
        return writing_now(cursor, named, now=now)

    return JSONResponse(Writing.of(await desk.service.ask(ask), desk).at)


@router.post(WRITING)
async def writes(request: Request, desk: AtDesk) -> Response:
    """A page that is open says where its reader writes; nothing at all when they have stopped."""
    place = place_of((await read_form(request)).text("place"))
    await desk.service.do(lambda app: app.writing_now.say_writing(desk.around, place))
    return Response(status_code=204)


def place_of(written: str) -> SectionPlace | None:
    """A place as the page writes it: section, section/area, section/party or section/area/party."""
    if not written:
        return None
    section, *rest = written.split("/")
    party = Party(rest.pop()) if rest and rest[-1] in set(Party) else None
    return SectionPlace(section, "/".join(rest) or None, party)


def _sentence(writer: Writer, desk: Desk) -> str:
    document, in_force, place = desk.around.document, desk.around.in_force, place_of(writer.place)
    functions = {each.function_id: each for each in in_force.functions}
    function = functions.get(writer.function)
    party = in_force.organisation(function.organisation_id).party if function else None
    who = said(SUBJECTS[party], desk.language) if party else writer.function
    names = {each.area_id: each.name for each in document.areas}
    area = names.get(place.area or "") if place else None
    if area:
        return desk.language.say(f"{who} skriver om {area}.", f"{who} writes about {area}.")
    return desk.language.say(f"{who} skriver här just nu.", f"{who} writes here just now.")
