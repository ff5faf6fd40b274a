"""``est demo`` and ``est import``: what fills a house with facts."""

from pathlib import Path
from typing import Annotated

import typer

from est_chassis.clock import SystemClock
from est_single_machine.commands.console import HERE, DataDirectory, console, progress_bar
from est_single_machine.demo.filling import SEED, WEEKS, simulate
from est_single_machine.operators import Operator
from est_single_machine.polisen import import_polisen

import_app = typer.Typer(help="Bring in reports from elsewhere.", no_args_is_help=True)


def demo(
    data: DataDirectory = HERE,
    weeks: Annotated[int, typer.Option(min=1, max=520, help="How many weeks back from now.")] = WEEKS,
    seed: Annotated[int, typer.Option(help="Another number tells other weeks.")] = SEED,
) -> None:
    """Fill the demo municipality with two years of believable weeks; again fills up to now."""
    operator, told = Operator.at(data), console()
    with progress_bar(told, "Reports") as progress:
        simulation = simulate(
            address=operator.front_url,
            key=operator.token,
            today=SystemClock().now(),
            seed=seed,
            weeks=weeks,
            progress=progress,
        )
    told.print(f"{simulation.recorded:,} reports recorded, {simulation.already_there:,} were there already.")
    told.print(
        f"{simulation.quiet:,} returns had nothing to report. Published: {simulation.published or '-'}"
    )
    for reason, count in simulation.refused.most_common():
        told.print(f"{count:,} refused: {reason}", markup=False)
    told.print(f"See {operator.front_url}/pictures", markup=False)
    if simulation.refused:
        raise typer.Exit(1)


@import_app.command("polisen")
def polisen(
    file: Annotated[
        Path, typer.Argument(help="JSON Lines (.gz too), or the array of the police's API.", exists=True)
    ],
    data: DataDirectory = HERE,
) -> None:
    """Bring in the police's public events: every line is accounted for; a second time changes nothing."""
    operator, told = Operator.at(data), console()
    with progress_bar(told, "Events") as progress:
        account = import_polisen(
            file, address=operator.front_url, operator_key=operator.token, progress=progress
        )
    told.print(account.table())


@import_app.callback()
def _imports() -> None:
    """Keep ``polisen`` a command of its own, also while it is the only one."""
