"""Who is to answer an alert, one after the other."""

from collections.abc import Iterator

from est_contracts.vocabulary import CollaborationDocument, Function, Party, Role


def escalation_chain(collaboration: CollaborationDocument) -> tuple[str, ...]:
    """The duty officer (TIB) on duty, then the substitute, then the municipality's coordinator."""
    return tuple(dict.fromkeys(_in_turn(collaboration)))


def _in_turn(collaboration: CollaborationDocument) -> Iterator[str]:
    # Until there is a rota, the first duty officer in the set-up is the one on duty.
    for duty_officer in collaboration.functions_with(Role.DUTY_OFFICER)[:1]:
        yield duty_officer.function_id
        if duty_officer.substitute is not None:
            yield duty_officer.substitute
    for coordinator in collaboration.functions_with(Role.COORDINATOR):
        if _party_of(coordinator, collaboration) == Party.MUNICIPALITY:
            yield coordinator.function_id
            return


def _party_of(function: Function, collaboration: CollaborationDocument) -> Party:
    return collaboration.organisation(function.organisation_id).party
