"""``est replay``: read models dropped and made again from the facts."""

from typing import Annotated

import typer
from rich.progress import Progress

from est_single_machine.commands.console import HERE, DataDirectory, bars, console
from est_single_machine.front_door.routes import SERVICES
from est_single_machine.operators import Operator

Service = Annotated[str, typer.Argument(help=f"One of {', '.join(SERVICES)}; or all.")]
ReadModels = Annotated[
    list[str] | None, typer.Option("--read-model", help="Only these; all when none is named.")
]


def replay(service: Service, read_model: ReadModels = None, data: DataDirectory = HERE) -> None:
    """Drop a service's read models and replay them; the old ones answer until the new ones are complete."""
    wanted = SERVICES if service == "all" else (service,)
    if unknown := set(wanted) - set(SERVICES):
        raise typer.BadParameter(
            f"{', '.join(unknown)} is no service. Choose one of {', '.join(SERVICES)}, or all."
        )
    operator = Operator.at(data)
    told = console()
    with bars(told) as progress:
        for name in wanted:
            _replay(operator, name, tuple(read_model or ()), progress)
    for name in wanted:
        told.print(f"{name}: replayed")


def _replay(operator: Operator, service: str, read_models: tuple[str, ...], progress: Progress) -> None:
    bars = {}
    for step in operator.rebuild(service, read_models):
        if step.get("finished"):
            return
        upstream = step["upstream"]
        if upstream not in bars:
            bars[upstream] = progress.add_task(f"{service} from {upstream}", total=step["total"])
        progress.update(bars[upstream], completed=step["done"])
