"""``est doctor``: what could stand in the way, and what to do about it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import typer
from rich.text import Text

from est_chassis.embedded import EmbeddedNats, ServerFailedToStart, TemporaryPostgres
from est_single_machine.commands.console import HERE, DatabaseUrl, DataDirectory, console
from est_single_machine.commands.up import FrontUrl, NatsUrl
from est_single_machine.doctor import computer, house, servers
from est_single_machine.doctor.finding import Finding, Verdict, bad

MARKS = {Verdict.GOOD: ("✓", "green"), Verdict.DOUBTFUL: ("!", "yellow"), Verdict.BAD: ("✗", "red")}


def doctor(
    data: DataDirectory = HERE,
    database_url: DatabaseUrl = None,
    nats_url: NatsUrl = None,
    front_url: FrontUrl = None,
) -> None:
    """Look at this computer and the servers; with no addresses given, servers are started to try them."""
    told = console()
    worst = Verdict.GOOD
    for finding in findings(data, database_url=database_url, nats_url=nats_url, front_url=front_url):
        mark, colour = MARKS[finding.verdict]
        told.print(Text.assemble((f"{mark} ", colour), (f"{finding.subject}: ", "bold"), finding.seen))
        if finding.remedy:
            told.print(Text(f"    {finding.remedy}", style="dim"))
        worst = max(worst, finding.verdict, key=list(Verdict).index)
    if worst is Verdict.BAD:
        raise typer.Exit(1)


def findings(
    data: Path, *, database_url: str | None, nats_url: str | None, front_url: str | None
) -> Iterator[Finding]:
    """Every check, the cheap ones first."""
    yield computer.python()
    yield computer.packages()
    yield computer.writable(data)
    yield computer.disk(data)
    yield from computer.abandoned()
    yield computer.memory()
    yield computer.time_zone()
    yield computer.clock()
    yield from computer.ports()
    yield from _postgres(database_url)
    yield from _nats(nats_url)
    yield servers.front(front_url)
    yield from house.services(data)


def _postgres(url: str | None) -> Iterator[Finding]:
    if url is not None:
        yield from servers.postgres(url)
        yield servers.encryption("PostgreSQL", url)
        return
    try:
        with TemporaryPostgres() as embedded:
            yield from servers.postgres(embedded.dsn)
    except ServerFailedToStart as failure:
        yield bad("PostgreSQL", str(failure), "Give your own with EST_DATABASE_URL.")


def _nats(url: str | None) -> Iterator[Finding]:
    if url is not None:
        yield from servers.nats_server(url)
        yield servers.encryption("NATS", url)
        return
    with tempfile.TemporaryDirectory(prefix="est-doctor-") as place:
        try:
            with EmbeddedNats(Path(place)) as embedded:
                yield from servers.nats_server(embedded.url)
        except ServerFailedToStart as failure:
            yield bad("NATS", str(failure), "Give your own with EST_NATS_URL.")
