"""``est invite``: personal links by which the first people of a municipality come in."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument, Role
from est_single_machine.commands.console import HERE, DataDirectory, console
from est_single_machine.operators import HouseRefused, Operator
from est_single_machine.set_up import collaboration_of

Municipality = Annotated[str, typer.Argument(help="The municipality's code, such as 0780.")]
Seats = Annotated[
    list[str] | None,
    typer.Argument(help="The seats of coordinators, such as kommunpolisen.", show_default=False),
]
AllCoordinators = Annotated[bool, typer.Option("--all-coordinators", help="To every coordinator's seat.")]
Revoke = Annotated[
    UUID | None,
    typer.Option(help="Let the link of this ID open nothing more, when it went astray.", show_default=False),
]


def invite(
    municipality: Municipality,
    seats: Seats = None,
    all_coordinators: AllCoordinators = False,
    revoke: Revoke = None,
    data: DataDirectory = HERE,
) -> None:
    """Print links by which coordinators come in; they invite everybody else."""
    if sum((bool(seats), all_coordinators, revoke is not None)) != 1:
        raise typer.BadParameter("Give seats, or --all-coordinators, or --revoke ID: one of the three.")
    told, operator = console(), Operator.at(data)
    if revoke is not None:
        operator.ask("PUT", f"/v1/municipalities/{municipality}/invitations/{revoke}/revocation")
        told.print("The link opens nothing more. Whoever has come in by it already is let go at /seats.")
        return
    document = collaboration_of(operator, municipality)
    invited = _seats(document, seats or [])
    for line in _links(operator, document, invited):
        told.print(line, markup=False)
    told.print(
        "\nGive each link to the one it is for: whoever opens it first and taps sits in the seat.\n"
        f"They stand at {operator.front_url}/ then, and invite everybody else at {operator.front_url}/seats\n"
        f"No link is shown again. One that went astray: est invite {municipality} --revoke ID",
        markup=False,
    )


def _seats(document: CollaborationDocument, named: list[str]) -> list[str]:
    """All that are asked for are there, before the first link is made."""
    coordinators = [each.function_id for each in document.functions_with(Role.COORDINATOR)]
    unknown = set(named) - {each.function_id for each in document.functions}
    if unknown:
        raise HouseRefused(
            f"{document.name} ({document.municipality}) has no seat {', '.join(sorted(unknown))}. "
            f"Its coordinators' seats are {', '.join(coordinators)}."
        )
    return named or coordinators


def _links(operator: Operator, document: CollaborationDocument, seats: list[str]) -> Iterator[str]:
    """Told one by one: what has been made is seen, also when the next is refused."""
    address = f"/v1/municipalities/{document.municipality}/invitations"
    for place, function in enumerate(seats):
        made = operator.ask("POST", address, body={"function": function})
        if place == 0:
            until = datetime.fromisoformat(made["expires_at"]).astimezone(STOCKHOLM)
            yield (
                f"{document.name} ({document.municipality}): each link lets one phone or computer in, "
                f"once, until {until:%Y-%m-%d %H:%M}."
            )
        seat = document.function(function)
        organisation = document.organisation(seat.organisation_id).name
        yield f"  {seat.title}, {organisation} (ID {made['invitation_id']})\n    {made['link']}"
