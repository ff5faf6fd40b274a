"""Who is to answer an alert, one after the other."""

from collections.abc import Iterator
from datetime import date, datetime

from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument, Function, Party, Role

MAY_ANSWER = frozenset({Role.DUTY_OFFICER, Role.COORDINATOR})


def escalation_chain(collaboration: CollaborationDocument, *, now: datetime) -> tuple[str, ...]:
    """The duty officer (TIB) on duty, then the substitute, then the municipality's coordinator."""
    today = now.astimezone(STOCKHOLM).date()
    return tuple(dict.fromkeys(_in_turn(collaboration, today)))


def _in_turn(collaboration: CollaborationDocument, today: date) -> Iterator[str]:
    # The first duty officer in the set-up is the one on duty, or whoever fills that seat today.
    for duty_officer in collaboration.functions_with(Role.DUTY_OFFICER)[:1]:
        yield _on_duty(duty_officer, collaboration, today)
        if duty_officer.substitute is not None:
            yield duty_officer.substitute
    for coordinator in collaboration.functions_with(Role.COORDINATOR):
        if _party_of(coordinator, collaboration) == Party.MUNICIPALITY:
            yield coordinator.function_id
            return


def _on_duty(seat: Function, collaboration: CollaborationDocument, today: date) -> str:
    filled_by = collaboration.function(collaboration.filled_by(seat.function_id, today))
    # Whoever could not answer the alert is not called in the seat's place.
    return filled_by.function_id if MAY_ANSWER & set(filled_by.roles) else seat.function_id


def _party_of(function: Function, collaboration: CollaborationDocument) -> Party:
    return collaboration.organisation(function.organisation_id).party
