"""What all commands share: the data option, the console, and a sentence for each thing that can go wrong."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from est_chassis.embedded import DirectoryInUse, ServerFailedToStart
from est_single_machine.demo.document import DocumentIsWrong
from est_single_machine.front_door.routes import PrefixesNotFound
from est_single_machine.house import CannotPrepare, PortIsTaken
from est_single_machine.keys import KeyExists
from est_single_machine.operators import HouseIsAway, HouseRefused
from est_single_machine.readiness import NotReady
from est_single_machine.state import DEFAULT_DIRECTORY

EXPLAINED = (
    CannotPrepare,
    DirectoryInUse,
    DocumentIsWrong,
    HouseIsAway,
    HouseRefused,
    NotReady,
    PortIsTaken,
    PrefixesNotFound,
    ServerFailedToStart,
)

DataDirectory = Annotated[
    Path,
    typer.Option("--data", envvar="EST_DATA", help="Where this house keeps everything.", file_okay=False),
]
HERE = DEFAULT_DIRECTORY


def console() -> Console:
    """Lines are only broken where somebody reads them in a terminal."""
    told = Console(highlight=False)
    told.soft_wrap = not told.is_terminal
    return told


def explain(failure: Exception) -> str | None:
    """What to tell a person; nothing when it is our own fault and the traceback is wanted."""
    if isinstance(failure, KeyExists):
        return f"There is a key named {failure} already. Choose another --id."
    return str(failure) if isinstance(failure, EXPLAINED) else None
