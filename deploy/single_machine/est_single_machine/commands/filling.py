"""``est set-up``, ``est demo`` and ``est import``: what fills a house with facts."""

from pathlib import Path
from typing import Annotated

import typer

from est_single_machine.commands.console import HERE, DataDirectory, console
from est_single_machine.demo.document import read_collaboration
from est_single_machine.operators import Operator
from est_single_machine.set_up import set_up as set_up_with

import_app = typer.Typer(help="Bring in reports from elsewhere.", no_args_is_help=True)


def set_up(
    document: Annotated[
        Path, typer.Argument(help="The municipality's YAML document.", exists=True, dir_okay=False)
    ],
    data: DataDirectory = HERE,
) -> None:
    """Set up a municipality, or change its set-up; the same document again changes nothing."""
    collaboration = read_collaboration(document)
    set_up_with(Operator.at(data), collaboration)
    told = console()
    counts = f"{len(collaboration.areas)} areas, {len(collaboration.functions)} functions"
    told.print(f"{collaboration.name} ({collaboration.municipality}) is set up: {counts}.")


def demo(data: DataDirectory = HERE) -> None:
    """Fill the demo municipality with two years of believable weeks."""
    Operator.at(data)
    raise typer.Exit(1)


@import_app.callback()
def _imports() -> None:
    """Keep ``polisen`` a command of its own, also while it is the only one."""
