"""The NATS permissions of the containers, on a real server: each service does its work, and nothing else."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from est_analysis.subscriptions import subscriptions as of_analysis
from est_chassis.broker import Broker, ensure_stream, last_message
from est_chassis.embedded import TemporaryNats
from est_chassis.publishing import Told, publish
from est_chassis.settings import ServiceSettings
from est_chassis.stream_reader import StreamReader
from est_chassis.subscriptions import Fired, Subscriptions, Timer
from est_chassis.timers import TimerStream
from est_compiler.subscriptions import subscriptions as of_compiler
from est_contracts.examples import EXAMPLES
from est_contracts.messages import Message, stream_of
from est_intake.subscriptions import subscriptions as of_intake
from est_notifier.subscriptions import subscriptions as of_notifier
from write_compose import HERE, SERVICES

pytestmark = pytest.mark.asyncio
HEARING: dict[str, Subscriptions] = {
    "intake": of_intake, "compiler": of_compiler, "analysis": of_analysis, "notifier": of_notifier
}  # fmt: skip
PATIENCE_SECONDS = 20
INCLUDED = "include ../../run/secrets/nats_passwords.conf"
PASSWORDS = {name: f"only-for-tests-{name}" for name in (*SERVICES, "system", "app")}
# Where a service meets another one's subject; all of it must be refused.
FORBIDDEN_TO_ALL = (
    "fired.9901.notifier.alert_unanswered.x",
    "$JS.API.STREAM.DELETE.INTAKE",
    "$JS.API.STREAM.PURGE.INTAKE",
    "$JS.API.STREAM.NAMES",
    "$SYS.REQ.SERVER.PING",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TemporaryNats]:
    """The committed permissions, with passwords in the place of the secret that they include."""
    accounts = tmp_path_factory.mktemp("accounts") / "accounts.conf"
    accounts.write_text((HERE / "nats" / "accounts.conf").read_text().replace(INCLUDED, password_variables()))
    with TemporaryNats(accounts_file=accounts) as running:
        yield running


def password_variables() -> str:
    return "".join(f'{name.upper()}_PASSWORD: "{secret}"\n' for name, secret in PASSWORDS.items())


@pytest.fixture
def user(server: TemporaryNats) -> "Callable[[str], User]":
    return lambda name: User(server, name)


class User:
    """Somebody who signs in, and what the server has said no to."""

    def __init__(self, server: TemporaryNats, name: str) -> None:
        self.url = server.url_for(name, PASSWORDS[name])
        self.name = name
        self.refusals: asyncio.Queue[str] = asyncio.Queue()

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Client]:
        async def note(trouble: Exception) -> None:
            self.refusals.put_nowait(str(trouble))

        inbox = f"_INBOX_{self.name}"
        client = await nats.connect(self.url, error_cb=note, inbox_prefix=inbox, allow_reconnect=False)
        try:
            yield client
        finally:
            await client.close()

    async def is_refused(self, act: Callable[[Client], Awaitable[object]]) -> bool:
        """Whether the server says no."""
        async with self.connected() as client:
            await act(client)
            await client.flush()
            try:
                told = await asyncio.wait_for(self.refusals.get(), PATIENCE_SECONDS)
            except TimeoutError:
                return False
            return "permissions violation" in told


def examples_of(service: str) -> list[Message]:
    return [example for kind, example in EXAMPLES.items() if service == kind.SERVICE][:2]


async def tell(client: Client, service: str) -> int:
    """Tell the service's examples in one atomic batch, as the relay does; where the stream is then."""
    await ensure_stream(client.jetstream(), service)
    await ensure_stream(client.jetstream(), service)
    sequence, _ = await last_message(client, stream_of(service))
    told = [Told(sequence + number, message) for number, message in enumerate(examples_of(service), start=1)]
    return await publish(client, told, previous=sequence, last_sequence=sequence)


@pytest.mark.parametrize("service", SERVICES)
async def test_each_service_tells_what_is_its_own(user: Callable[[str], User], service: str) -> None:
    teller = user(service)
    async with teller.connected() as client:
        assert await tell(client, service) >= len(examples_of(service))

    assert teller.refusals.empty()


@pytest.mark.parametrize("service", SERVICES)
async def test_each_service_reads_the_streams_it_hears(user: Callable[[str], User], service: str) -> None:
    for upstream in HEARING[service].upstreams:
        async with user(upstream).connected() as client:
            await tell(client, upstream)
        listener = user(service)
        async with listener.connected() as client:
            reader = StreamReader(client, stream=stream_of(upstream), consumer=f"{service}_test")
            batches = reader.batches(after=0)
            assert (await anext(batches))[0].subject.split(".")[2] == upstream
            await batches.aclose()  # type: ignore[attr-defined]
        assert listener.refusals.empty()


async def test_the_notifier_sets_moves_and_hears_its_timers(server: TemporaryNats) -> None:
    heard: asyncio.Queue[Fired] = asyncio.Queue()

    async def on_fired(fired: Fired) -> None:
        heard.put_nowait(fired)

    broker = Broker(settings_of(server, "notifier"))
    timers = TimerStream(broker, of_notifier)
    timers.listen(on_fired)
    await broker.connect(before_start=timers.declare)
    name = next(iter(of_notifier.timers))
    for delay in (timedelta(hours=1), timedelta(milliseconds=50)):
        await timers.apply(Timer(municipality="9901", name=name, key="one", due_at=datetime.now(UTC) + delay))

    fired = await asyncio.wait_for(heard.get(), PATIENCE_SECONDS)
    await broker.stop()

    assert (fired.municipality, fired.timer, fired.key) == ("9901", name, "one")


@pytest.mark.parametrize("service", SERVICES)
async def test_nobody_tells_in_the_name_of_another(user: Callable[[str], User], service: str) -> None:
    others = [f"est.9901.{other}.anything.v1" for other in SERVICES if other != service]
    for subject in (*others, *FORBIDDEN_TO_ALL):
        assert await user(service).is_refused(lambda client, s=subject: client.publish(s, b"{}")), subject  # type: ignore[misc]


@pytest.mark.parametrize("service", [*SERVICES, "app"])
async def test_nobody_listens_past_the_streams_or_to_anothers_answers(
    user: Callable[[str], User], service: str
) -> None:
    others = [f"_INBOX_{other}.>" for other in SERVICES if other != service]
    for subject in (">", "est.>", "_INBOX.>", "timer.>", "fired.>", "$JS.>", *others):
        assert await user(service).is_refused(lambda client, s=subject: client.subscribe(s)), subject  # type: ignore[misc]


async def test_nobody_reads_a_stream_it_does_not_hear(user: Callable[[str], User]) -> None:
    for service, hearing in HEARING.items():
        for stream in {stream_of(other) for other in SERVICES if other not in (*hearing.upstreams, service)}:
            for act in (f"$JS.API.CONSUMER.CREATE.{stream}.spy", f"$JS.API.DIRECT.GET.{stream}"):
                refused = await user(service).is_refused(lambda client, s=act: client.publish(s, b"{}"))  # type: ignore[misc]
                assert refused, (service, act)


async def test_a_reporting_app_asks_and_is_answered_and_can_do_nothing_else(
    user: Callable[[str], User],
) -> None:
    async with user("intake").connected() as intake, user("app").connected() as app:

        async def answer(message: Msg) -> None:
            await message.respond(b"received")

        await intake.subscribe("ask.*.intake.>", cb=answer)
        await intake.flush()
        answered = await app.request("ask.9901.intake.submit_report.v1", b"{}", timeout=PATIENCE_SECONDS)

    assert answered.data == b"received"
    for subject in ("est.9901.intake.incident_reported.v1", "$JS.API.STREAM.INFO.INTAKE"):
        assert await user("app").is_refused(lambda client, s=subject: client.publish(s, b"{}"))  # type: ignore[misc]


async def test_nobody_comes_in_without_a_name(server: TemporaryNats) -> None:
    with pytest.raises(NatsError, match="Authorization"):
        await nats.connect(server.url, allow_reconnect=False)


async def test_the_containers_configuration_is_understood(tmp_path: Path) -> None:
    """nats.conf includes the passwords from where compose mounts them; here below another root."""
    etc, run = tmp_path / "etc" / "nats", tmp_path / "run" / "secrets"
    etc.mkdir(parents=True)
    run.mkdir(parents=True)
    for name in ("nats.conf", "accounts.conf"):
        (etc / name).write_text((HERE / "nats" / name).read_text())
    (run / "nats_passwords.conf").write_text(password_variables())

    checking = await asyncio.create_subprocess_exec(
        str(nats_server_program()), "-t", "-c", str(etc / "nats.conf"), stderr=asyncio.subprocess.PIPE
    )
    _, told = await checking.communicate()

    assert checking.returncode == 0, told.decode()
    assert "sync_interval: always" in (etc / "nats.conf").read_text()


def settings_of(server: TemporaryNats, service: str) -> ServiceSettings:
    kind = type("Settings", (ServiceSettings,), {"service": service, "__annotations__": {}})
    settings: ServiceSettings = kind(
        database_url="postgresql://unused@127.0.0.1/est",
        nats_url=server.url,
        nats_user=service,
        nats_password=PASSWORDS[service],
        session_secret="only-for-tests",
    )
    return settings


def nats_server_program() -> Path:
    from est_chassis.embedded.nats import _program

    return _program()


async def test_every_user_has_a_password_of_its_own() -> None:
    found = re.findall(r"password: \$(\w+)", (HERE / "nats" / "accounts.conf").read_text())

    assert sorted(found) == sorted(f"{name.upper()}_PASSWORD" for name in PASSWORDS)
