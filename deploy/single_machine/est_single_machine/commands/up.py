"""``est up``: the whole house, until Ctrl-C."""

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from est_chassis.clock import SystemClock
from est_contracts.vocabulary import DEMO_MUNICIPALITY, CollaborationDocument
from est_single_machine.commands.console import HERE, DatabaseUrl, DataDirectory, console
from est_single_machine.demo.document import valboas_document
from est_single_machine.demo.filling import simulate
from est_single_machine.documents import read_collaboration
from est_single_machine.front_door.who_asked import TrustedProxies
from est_single_machine.house import House, Options, run
from est_single_machine.keys import DEMO_SECRET
from est_single_machine.narrator import Narrator, Welcome
from est_single_machine.operators import Operator
from est_single_machine.set_up import set_up_unless_there

LOOPBACK = ("127.0.0.1", "localhost", "::1")

Port = Annotated[int | None, typer.Option(help="Port of the front door.", show_default="8000, or a free one")]
Host = Annotated[
    str, typer.Option(help="Address to listen on; 0.0.0.0 for everybody who reaches this computer.")
]
Demo = Annotated[bool, typer.Option(help="Set up the demo municipality, where anyone chooses a seat.")]
Empty = Annotated[bool, typer.Option("--empty", help="Leave the demo municipality without invented weeks.")]
Document = Annotated[
    Path | None,
    typer.Option(
        "--set-up", help="Set up a real municipality from its YAML document; no demo.", dir_okay=False
    ),
]
NatsUrl = Annotated[str | None, typer.Option(envvar="EST_NATS_URL", help="Your own NATS.", show_envvar=True)]
FrontUrl = Annotated[
    str | None,
    typer.Option(
        envvar="EST_FRONT_URL",
        help="Public address, when a proxy with TLS stands in front.",
        show_envvar=True,
    ),
]
Proxies = Annotated[
    str,
    typer.Option(
        envvar="EST_TRUSTED_PROXIES",
        metavar="ADDRESSES",
        help="Proxies in front that are believed about who came to them: addresses and networks.",
        show_envvar=True,
    ),
]


def up(  # noqa: PLR0913, PLR0917  each is an option of the command
    data: DataDirectory = HERE,
    port: Port = None,
    host: Host = "127.0.0.1",
    demo: Demo = True,
    empty: Empty = False,
    document: Document = None,
    database_url: DatabaseUrl = None,
    nats_url: NatsUrl = None,
    front_url: FrontUrl = None,
    trusted_proxies: Proxies = "",
    log_level: Annotated[str, typer.Option(help="debug, info, warning or error.")] = "info",
) -> None:
    """Start the house: PostgreSQL, NATS, the four services and one front door."""
    narrator = Narrator(console())
    collaboration = read_collaboration(document) if document else valboas_document() if demo else None
    options = Options(
        directory=data,
        host=host,
        port=port,
        demo=demo and document is None,
        database_url=database_url,
        nats_url=nats_url,
        front_url=front_url,
        trusted_proxies=proxies_named(trusted_proxies),
        log_level=log_level,
    )
    if options.demo and host not in LOOPBACK:
        narrator.trouble("demo", f"anyone who reaches {host} may choose any seat. Never with real reports.")
    house = House(options, narrator)

    async def once_up() -> None:
        is_new = collaboration is not None and await asyncio.to_thread(
            set_up_unless_there, house.operator, collaboration
        )
        if is_new and options.demo and not empty:
            with narrator.step("Filling Valboås with two years of invented weeks"):
                await asyncio.to_thread(fill_demo, house.operator)
        narrator.welcome(welcome_to(house, collaboration))

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(house, once_up=once_up))
    narrator.say("Stopped. Everything recorded is kept.")


def proxies_named(written: str) -> TrustedProxies:
    """Refused with what is wrong: whoever is believed by mistake may pretend to be anybody."""
    try:
        return TrustedProxies.named(written)
    except ValueError as fault:
        advice = "Write addresses and networks, like 10.0.0.5 192.168.7.0/24"
        raise typer.BadParameter(f"{fault}. {advice}", param_hint="--trusted-proxies") from None


def welcome_to(house: House, collaboration: CollaborationDocument | None) -> Welcome:
    """Where to go and what to try."""
    data, demo = house.options.directory, house.options.demo
    return Welcome(
        front_url=house.front_url,
        directory=str(house.state.path),
        municipality_name=f"{collaboration.name} ({collaboration.municipality})" if collaboration else None,
        demo_token=f"est_demo_{DEMO_SECRET}" if demo else None,
        operator_token=house.operator.token if demo else None,
        command=own_command(),
        data="" if data == HERE else f" --data {data}",
        municipality=collaboration.municipality if collaboration else DEMO_MUNICIPALITY,
    )


def fill_demo(operator: Operator) -> None:
    """So that the first look at this week is not an empty page."""
    simulate(address=operator.front_url, key=operator.token, today=SystemClock().now())


def own_command() -> str:
    """How `est` is called here: by its name, or by its path when the environment is not active."""
    called = Path(sys.argv[0]).absolute()
    if shutil.which("est") == str(called) or called.name != "est":
        return "est"
    here = Path.cwd()
    return str(called.relative_to(here) if called.is_relative_to(here) else called)
