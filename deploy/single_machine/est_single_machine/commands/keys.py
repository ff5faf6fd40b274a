"""``est key``: API keys for programs."""

import re
from typing import Annotated

import typer

from est_contracts.vocabulary import Party, Role
from est_single_machine.commands.console import HERE, DataDirectory, console
from est_single_machine.keys import KeyHolder, add_key
from est_single_machine.operators import HouseRefused, Operator
from est_single_machine.state import StateDirectory

app = typer.Typer(
    help="API keys for programs. A key stands for a function, never for a person.", no_args_is_help=True
)


@app.callback()
def _keys() -> None:
    """Keep ``add`` a command of its own, also while it is the only one."""


@app.command("add")
def add(
    municipality: Annotated[str, typer.Argument(help="The municipality's code, such as 1880.")],
    function: Annotated[
        str, typer.Argument(help="The function the program reports for, such as bovard_norrangen.")
    ],
    name: Annotated[str, typer.Option(help="What the program is called, for the people who see the list.")],
    key_id: Annotated[
        str | None, typer.Option("--id", help="Short name of the key.", show_default="made up")
    ] = None,
    role: Annotated[list[Role] | None, typer.Option(help="What it may do.", show_default="reporter")] = None,
    data: DataDirectory = HERE,
) -> None:
    """Make a key and print it, this once; only its hash is kept."""
    holder = _holder(Operator.at(data), municipality, function)
    token = add_key(
        StateDirectory(data).api_keys_file,
        KeyHolder(
            key_id=key_id or re.sub(r"[^a-z0-9]", "", f"{municipality}{function}".lower()),
            name=name,
            roles=tuple(role or [Role.REPORTER]),
            municipality=municipality,
            function=function,
            organisation=holder[0],
            party=holder[1],
        ),
    )
    told = console()
    told.print(token, markup=False)
    told.print("[dim]Keep it now: it is not shown again. The services know it already.")


def _holder(operator: Operator, municipality: str, function: str) -> tuple[str, Party]:
    """The function's organisation and party, as the municipality has set them up."""
    document = operator.ask("GET", f"/v1/municipalities/{municipality}/collaboration")
    document = document.get("document", document)
    functions = {one["function_id"]: one["organisation_id"] for one in document["functions"]}
    if function not in functions:
        raise HouseRefused(
            f"{municipality} has no function {function}. It has: {', '.join(sorted(functions))}"
        )
    parties = {one["organisation_id"]: Party(one["party"]) for one in document["organisations"]}
    return functions[function], parties[functions[function]]
