"""Reminder letters (påminnelsebrev): who was reminded of a missing return, and what stood in the way."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_chassis.web.access import Caller, allow
from est_chassis.web.frame import page
from est_chassis.web.languages import Language, language_of
from est_contracts.vocabulary import ReminderCause, Role, Words
from est_notifier.channels.reminders import weeks_of
from est_notifier.domain.distributions import LetterState, Obstacle
from est_notifier.pages.distributions import STATES
from est_notifier.pages.names import Names
from est_notifier.pages.obstacles import OBSTACLES
from est_notifier.read_models.collaborations import collaboration_of
from est_notifier.read_models.reminder_letters import ReminderLetterRow, reminder_letters_of

router = APIRouter(prefix="/distributions/reminders", include_in_schema=False)

Coordinating = Annotated[Caller, Depends(allow(Role.COORDINATOR))]

REMINDERS = Words(sv="Påminnelser", en="Reminders")
CAUSES = {
    ReminderCause.SCHEDULE: Words(sv="Före stopptiden", en="Before the deadline"),
    ReminderCause.COORDINATOR: Words(sv="Samordnaren påminde", en="The coordinator reminded"),
    ReminderCause.STANDING_IN: Words(sv="Ersätter {seat}", en="Stands in for {seat}"),
}
#: A reminder is of use for a day at most, and is not sent afterwards.
OBSTACLES_OF_REMINDERS: Mapping[Obstacle, Words] = {
    **OBSTACLES,
    Obstacle.UNUSABLE_ADDRESS: Words(
        sv="E-postadressen i samverkan går inte att använda. Rätta den till nästa gång.",
        en="The e-mail address in the collaboration cannot be used. Correct it for the next time.",
    ),
    Obstacle.GAVE_UP: Words(
        sv="Inget försök lyckades så länge påminnelsen var till nytta.",
        en="No attempt succeeded while the reminder was of use.",
    ),
}


@router.get("")
async def reminders(caller: Coordinating, request: Request) -> HTMLResponse:
    """What became of each reminder, period by period; addresses are not shown."""
    municipality, language = caller.municipality, language_of(request)
    if municipality is None:
        raise NotFound("no seat")

    def found(cursor: Cursor) -> tuple[list[ReminderLetterRow], Names]:
        names = Names(collaboration_of(cursor, municipality), language)
        return reminder_letters_of(cursor, municipality), names

    letters, names = await request.app.state.service.ask(found)
    return page(
        request,
        "reminders.html",
        title=REMINDERS,
        periods=_by_period(letters, language),
        waits_for_a_mail_server=any(each.obstacle == Obstacle.NO_MAIL_SERVER for each in letters),
        names=names,
        causes=CAUSES,
        obstacles=OBSTACLES_OF_REMINDERS,
        states=STATES,
        sent=LetterState.SENT,
    )


def _by_period(
    letters: Sequence[ReminderLetterRow], language: Language
) -> dict[str, list[ReminderLetterRow]]:
    """The latest first, as they come."""
    grouped: dict[str, list[ReminderLetterRow]] = {}
    for letter in letters:
        weeks = weeks_of(letter.period).replace("vecka", language.say("vecka", "week"))
        grouped.setdefault(f"{weeks}, {letter.period[:4]}", []).append(letter)
    return grouped
