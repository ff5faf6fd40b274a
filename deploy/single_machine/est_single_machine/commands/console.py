"""What all commands share: the data option, the console, and a sentence for each thing that can go wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from est_chassis.embedded import DirectoryInUse, ServerFailedToStart
from est_single_machine.backup import BackupFailed, HoldsSomethingAlready, NothingIsKept
from est_single_machine.documents import DocumentIsWrong
from est_single_machine.front_door.routes import PrefixesNotFound
from est_single_machine.house import PortIsTaken
from est_single_machine.intake_door import IntakeSaidNo
from est_single_machine.keys import KeyExists
from est_single_machine.operators import HouseIsAway, HouseRefused
from est_single_machine.preparing import CannotPrepare
from est_single_machine.readiness import NotReady
from est_single_machine.ready_made import NoSuchTemplate
from est_single_machine.state import DEFAULT_DIRECTORY

EXPLAINED = (
    BackupFailed,
    CannotPrepare,
    DirectoryInUse,
    DocumentIsWrong,
    HoldsSomethingAlready,
    HouseIsAway,
    HouseRefused,
    IntakeSaidNo,
    NoSuchTemplate,
    NotReady,
    NothingIsKept,
    PortIsTaken,
    PrefixesNotFound,
    ServerFailedToStart,
)

Advance = Callable[[int, int], None]

DataDirectory = Annotated[
    Path,
    typer.Option("--data", envvar="EST_DATA", help="Where this house keeps everything.", file_okay=False),
]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        envvar="EST_DATABASE_URL", help="Your own PostgreSQL, with the owner's rights.", show_envvar=True
    ),
]
HERE = DEFAULT_DIRECTORY
# Room for the tables in a log or a pipe.
WIDTH_ELSEWHERE = 140


def console() -> Console:
    """Lines are only broken where somebody reads them in a terminal."""
    told = Console(highlight=False)
    if not told.is_terminal:
        told = Console(highlight=False, soft_wrap=True, width=WIDTH_ELSEWHERE)
    return told


def bars(told: Console) -> Progress:
    """Progress bars in a terminal, silence elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=told, disable=not told.is_terminal)


@contextmanager
def progress_bar(told: Console, what: str) -> Iterator[Advance]:
    """One bar; the function that is handed out moves it."""
    with bars(told) as progress:
        bar = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)


def explain(failure: Exception) -> str | None:
    """What to tell a person; nothing when it is our own fault and the traceback is wanted."""
    if isinstance(failure, KeyExists):
        return f"There is a key named {failure} already. Choose another --id."
    if isinstance(failure, httpx.TransportError):
        return f"The house does not answer: {failure}"
    return str(failure) if isinstance(failure, EXPLAINED) else None
