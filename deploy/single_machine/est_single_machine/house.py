"""The house on one computer: what is started, in which order, and how it ends."""

import asyncio
import os
import signal
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn
from psycopg.conninfo import conninfo_to_dict

from est_chassis.embedded import EmbeddedNats, EmbeddedPostgres
from est_chassis.embedded.directory_lock import DirectoryLock
from est_single_machine import keys
from est_single_machine.front_door.door import FrontDoor
from est_single_machine.front_door.listening import listen, server_of
from est_single_machine.front_door.routes import SERVICES, Routes
from est_single_machine.front_door.upstream import Upstream
from est_single_machine.front_door.who_asked import NOBODY, TrustedProxies
from est_single_machine.narrator import Narrator
from est_single_machine.operators import Operator
from est_single_machine.parts import ServerPart, ServicePart, end_if_still_ours, started
from est_single_machine.preparing import prepare_services
from est_single_machine.readiness import Readiness
from est_single_machine.state import RunningHouse, StateDirectory
from est_single_machine.supervisor import Supervisor

FRONT_PORT = 8000
SERVICE_PORTS = {"intake": 8001, "compiler": 8002, "analysis": 8003, "notifier": 8004}


class PortIsTaken(RuntimeError):
    """The port that was asked for in so many words belongs to somebody else."""


@dataclass(frozen=True)
class Options:
    """What the operator has chosen."""

    directory: Path
    host: str = "127.0.0.1"
    port: int | None = None
    demo: bool = True
    database_url: str | None = None
    nats_url: str | None = None
    front_url: str | None = None
    trusted_proxies: TrustedProxies = NOBODY
    log_level: str = "info"


class House:
    """PostgreSQL and NATS (unless given), the four services, and the front door."""

    def __init__(self, options: Options, narrator: Narrator) -> None:
        self.options = options
        self.narrator = narrator
        self.state = StateDirectory(options.directory)
        self.state.create()
        self.supervisor = Supervisor(tell=narrator.trouble, after_start=self._note_running)
        self.services: dict[str, ServicePart] = {}
        self.front_url = ""
        self._operator_token = ""
        self._secrets = self.state.secrets()
        self._lock = DirectoryLock(self.state.path)
        self._door_server: uvicorn.Server | None = None
        self._door_task: asyncio.Task[None] | None = None
        self._upstreams: dict[str, Upstream] = {}

    async def start(self) -> None:
        """Start everything and return when every service says that it is ready, or does what it can."""
        self._lock.take()
        self._end_what_was_left()
        self.state.secrets()  # Made here, once: the services are prepared at the same time.
        database_url, nats_url = await self._start_servers()
        with self.narrator.step("Giving each service its home in the database"):
            await asyncio.to_thread(prepare_services, database_url, passwords=self._secrets.role_passwords)
        self._write_keys()
        listening = self._listen()
        port = listening.getsockname()[1]
        self.front_url = self.options.front_url or f"http://{_reachable(self.options.host)}:{port}"
        await self._start_services(database_url, nats_url)
        self._open_door(listening)
        await self._wait_until_ready()

    @property
    def operator(self) -> Operator:
        return Operator(front_url=self.front_url, token=self._operator_token)

    async def stop(self) -> None:
        """Let nobody in any more, finish what has begun, stop the services, then the servers below them."""
        if not self._lock.is_held:
            return
        if self._door_server is not None:
            self._door_server.should_exit = True
        await self.supervisor.stop([SERVICES, ["nats"], ["postgresql"]])
        if self._door_task is not None:
            await self._door_task
        for upstream in self._upstreams.values():
            upstream.close()
        self.state.forget_running()
        self._lock.release()

    def _listen(self) -> socket.socket:
        """The usual port or a free one; but the very one that was asked for, if one was."""
        listening = listen(self.options.host, self.options.port or FRONT_PORT)
        if self.options.port is not None and listening.getsockname()[1] != self.options.port:
            listening.close()
            raise PortIsTaken(f"Port {self.options.port} is taken. Leave --port out for a free one.")
        return listening

    async def _start_servers(self) -> tuple[str, str]:
        database_url, nats_url = self.options.database_url, self.options.nats_url
        if database_url is None:
            postgres = EmbeddedPostgres(self.state.postgres, preferred_port=5432)
            with self.narrator.step("Starting PostgreSQL"):
                await self.supervisor.start(ServerPart("postgresql", postgres))
            self.narrator.ready("PostgreSQL", f"127.0.0.1:{postgres.port}")
            database_url = postgres.dsn
        if nats_url is None:
            nats = EmbeddedNats(self.state.nats, preferred_port=4222)
            with self.narrator.step("Starting NATS"):
                await self.supervisor.start(ServerPart("nats", nats))
            self.narrator.ready("NATS", f"127.0.0.1:{nats.port}")
            nats_url = nats.url
        return database_url, nats_url

    def _write_keys(self) -> None:
        demo = self.options.demo
        self._operator_token = keys.keep_house_keys(
            self.state.api_keys_file,
            operator_secret=keys.DEMO_SECRET if demo else self._secrets.operator_secret,
            demo_reporter=keys.valboas_reporter() if demo else None,
        )

    async def _start_services(self, database_url: str, nats_url: str) -> None:
        for name in SERVICES:
            part = ServicePart(
                name,
                preferred_port=SERVICE_PORTS[name],
                log_file=self.state.logs / f"{name}.log",
                environment=self._environment(name, database_url, nats_url),
            )
            self.services[name] = part
            await self.supervisor.start(part)

    def _environment(self, service: str, database_url: str, nats_url: str) -> Mapping[str, str]:
        secrets = self._secrets
        return {
            "EST_DATABASE_URL": role_url(database_url, service, secrets.role_passwords[service]),
            "EST_NATS_URL": nats_url,
            "EST_SESSION_SECRET": secrets.session_secret,
            "EST_API_KEYS_FILE": str(self.state.api_keys_file),
            "EST_DEMO": str(self.options.demo).lower(),
            "EST_FRONT_URL": self.front_url,
            "EST_LOG_LEVEL": self.options.log_level,
        }

    def _open_door(self, listening: socket.socket) -> None:
        self._upstreams = {name: Upstream(part.current_port) for name, part in self.services.items()}
        scheme = self.front_url.partition("://")[0]
        readiness = Readiness(self.services, self.supervisor)
        door = FrontDoor(
            Routes.of_the_house(),
            self._upstreams,
            health=readiness.health,
            scheme=scheme,
            proxies=self.options.trusted_proxies,
        )
        self._door_server = server_of(door)
        self._door_task = asyncio.create_task(self._door_server.serve(sockets=[listening]), name="front door")

    async def _wait_until_ready(self) -> None:
        readiness = Readiness(self.services, self.supervisor)
        for name, part in self.services.items():
            with self.narrator.step(f"Waiting for {name}"):
                missing = await readiness.wait_for(name)
            if missing:
                self.narrator.trouble(name, f"takes what comes, but something is missing: {missing}")
            else:
                self.narrator.ready(name, f"127.0.0.1:{part.port}")

    def _note_running(self) -> None:
        """After each start of a part: the other commands find us, and the next house what we leave behind."""
        if not self.front_url:
            return
        pids = {name: part.pid for name, part in self.services.items()}
        self.state.note_running(
            RunningHouse(
                front_url=self.front_url,
                front_pid=os.getpid(),
                service_urls={name: part.url for name, part in self.services.items()},
                operator_token=self._operator_token,
                demo=self.options.demo,
                processes={name: one for name, pid in pids.items() if pid and (one := started(pid))},
            )
        )

    def _end_what_was_left(self) -> None:
        """A house that was killed leaves its services running; PostgreSQL and NATS see to themselves."""
        left = self.state.running()
        for name, process in (left.processes if left else {}).items():
            if end_if_still_ours(process):
                self.narrator.trouble(name, "was still running from last time; ended")


async def run(house: House, *, once_up: Any) -> None:
    """Up until Ctrl-C or SIGTERM."""
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, told_to_stop.set)
    starting = asyncio.ensure_future(house.start())
    stopping = asyncio.ensure_future(told_to_stop.wait())
    try:
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            await once_up()
            await stopping
    finally:
        starting.cancel()
        stopping.cancel()
        await asyncio.wait({starting, stopping})
        await house.stop()


def role_url(owner_url: str, service: str, password: str) -> str:
    """The address of the same database for a service's own role; TLS settings and the like stay."""
    address = conninfo_to_dict(owner_url)
    host, port = str(address.pop("host", "127.0.0.1")), address.pop("port", 5432)
    name = address.pop("dbname", "est")
    address.pop("user", None)
    address.pop("password", None)
    rest = "&".join(f"{key}={quote(str(value), safe='')}" for key, value in address.items())
    url = f"postgresql://est_{service}:{quote(password)}@{quote(host, safe='')}:{port}/{quote(str(name))}"
    return f"{url}?{rest}" if rest else url


def _reachable(host: str) -> str:
    """What to type into a browser on this computer."""
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  compared, not listened on
