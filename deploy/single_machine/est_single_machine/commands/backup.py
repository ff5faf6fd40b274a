"""``est backup`` and ``est restore``: what must be kept, in one file and back."""

from pathlib import Path
from typing import Annotated

import typer

from est_single_machine import backup as backups
from est_single_machine.commands.console import HERE, DatabaseUrl, DataDirectory, console


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; replaced when whole.", dir_okay=False)],
    data: DataDirectory = HERE,
    database_url: DatabaseUrl = None,
) -> None:
    """Keep all that is recorded in one file; the house may be up meanwhile."""
    size = backups.back_up(data, file, database_url=database_url)
    console().print(f"{file}: {size} bytes", markup=False)


def restore(
    file: Annotated[Path, typer.Argument(help="What `est backup` wrote.", exists=True, dir_okay=False)],
    data: DataDirectory = HERE,
    database_url: DatabaseUrl = None,
) -> None:
    """Begin a new house from a backup; `est up` starts it."""
    told = console()
    for service, count in backups.restore(data, file, database_url=database_url).items():
        told.print(f"{service}: {count} events")
