"""``est dead``: messages that could not be handled."""

import json
from typing import Annotated, Any

import typer
from rich.table import Table

from est_single_machine.commands.console import HERE, DataDirectory, console
from est_single_machine.front_door.routes import SERVICES
from est_single_machine.operators import HouseRefused, Operator

app = typer.Typer(
    help="Messages that could not be handled: list, show and replay them.", no_args_is_help=True
)

Service = Annotated[str, typer.Argument(help=f"One of {', '.join(SERVICES)}.")]
Letter = Annotated[int, typer.Argument(help="The number that `est dead list` shows.")]


@app.command("list")
def list_letters(data: DataDirectory = HERE) -> None:
    """List the dead letters of all services."""
    operator = Operator.at(data)
    table = Table("Service", "Number", "Died at", "Subject", "Reason", box=None)
    for service in SERVICES:
        for letter in _letters(operator, service):
            told = [letter.get(key, "") for key in ("letter", "died_at", "subject", "reason")]
            table.add_row(service, *(str(value) for value in told))
    console().print(table if table.row_count else "No dead letters.")


@app.command("show")
def show_letter(service: Service, number: Letter, data: DataDirectory = HERE) -> None:
    """Show one with its message."""
    letter = Operator.at(data).ask("GET", f"/operator/{service}/dead-letters/{number}")
    console().print_json(json.dumps(letter))


@app.command("replay")
def replay_letter(
    service: Service,
    number: Annotated[
        int | None, typer.Argument(help="The number; all of the service's when left out.")
    ] = None,
    data: DataDirectory = HERE,
) -> None:
    """Handle one again, or all in order, after the cause is mended."""
    operator = Operator.at(data)
    wanted = [number] if number is not None else [letter["letter"] for letter in _letters(operator, service)]
    told, refused = console(), 0
    for letter in wanted:
        try:
            operator.ask("PUT", f"/operator/{service}/dead-letters/{letter}/replay")
            told.print(f"{service} {letter}: handled")
        except HouseRefused as refusal:
            refused += 1
            told.print(f"{service} {letter}: {refusal}", markup=False)
    if refused:
        raise typer.Exit(1)


def _letters(operator: Operator, service: str) -> list[dict[str, Any]]:
    return list(operator.ask("GET", f"/operator/{service}/dead-letters"))
