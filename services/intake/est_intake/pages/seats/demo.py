"""The seats one can take in the demo: every function of the municipality that does not exist."""

from collections.abc import Iterable, Sequence
from typing import cast

from starlette.requests import Request

from est_chassis.service import Service
from est_chassis.web.access import Caller, CallerKind
from est_chassis.web.sign_in import Seat
from est_contracts.vocabulary import (
    DEMO_MUNICIPALITY,
    ROLE_WORDS,
    CollaborationDocument,
    Function,
    Role,
    Words,
)
from est_intake.application import Intake
from est_intake.read_models import collaborations

#: One seat for each of these stands first, so that a newcomer need not search among forty.
WORTH_TRYING = (Role.COORDINATOR, Role.REPORTER, Role.DUTY_OFFICER, Role.STRATEGIST)
BEGIN_HERE = Words(sv="Börja här", en="Begin here")


async def seats_of(request: Request) -> Sequence[Seat]:
    service = cast("Service[Intake]", request.app.state.service)
    set_up = await service.ask(lambda cursor: collaborations.in_use(cursor, DEMO_MUNICIPALITY))
    return [] if set_up is None else [*_first_seats(set_up.document), *_all_seats(set_up.document)]


def _first_seats(document: CollaborationDocument) -> Iterable[Seat]:
    for role in WORTH_TRYING:
        for function in sorted(document.functions_with(role), key=_shows_little)[:1]:
            yield _seat(document, function, group=BEGIN_HERE)


def _shows_little(function: Function) -> tuple[int, bool, int]:
    """Whoever has one role alone, and a reporter with an area of their own, shows best what it is like."""
    others = len(set(WORTH_TRYING) & set(function.roles))
    return (
        others,
        Role.REPORTER in function.roles and others == 1 and not function.area_ids,
        len(function.roles),
    )


def _all_seats(document: CollaborationDocument) -> Iterable[Seat]:
    for organisation in document.organisations:
        for function in document.functions:
            if function.organisation_id == organisation.organisation_id:
                yield _seat(document, function, group=organisation.name)


def _seat(document: CollaborationDocument, function: Function, *, group: str | Words) -> Seat:
    organisation = document.organisation(function.organisation_id)
    caller = Caller(
        CallerKind.SEAT,
        name=function.title,
        municipality=document.municipality,
        function=function.function_id,
        organisation=organisation.organisation_id,
        party=organisation.party,
        roles=frozenset(function.roles),
    )
    return Seat(function.function_id, function.title, group, caller, help=_roles(function))


def _roles(function: Function) -> Words:
    words = [ROLE_WORDS[role] for role in function.roles]
    return Words(
        sv=", ".join(each.sv.lower() for each in words).capitalize(),
        en=", ".join(each.en.lower() for each in words).capitalize(),
    )
