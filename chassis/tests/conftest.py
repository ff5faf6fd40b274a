"""A service so small that only the chassis can be at fault: a bell that can be rung."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from eventsourcing.domain import Aggregate, event

from est_chassis.application import Application
from est_chassis.event_store import Cursor, EventStore, RecordedEvent
from est_chassis.failures import Rejected
from est_chassis.publications import Publications
from est_chassis.read_models import ReadModel
from est_chassis.service import Service
from est_chassis.settings import ServiceSettings
from est_chassis.subscriptions import Fired, Subscriptions, Timer
from est_chassis.testing import FreshDatabase
from est_contracts.examples import EXAMPLES
from est_contracts.messages import IncidentReported, Message, ProblemConfirmed, Recorded

SERVICE = "analysis"


class BellIsBroken(Rejected):
    """Nobody can ring it."""

    code = "bell_is_broken"


class Bell(Aggregate):
    """Something that rings, and can be counted."""

    TOPIC = "chassis_tests.bell"

    class Event(Aggregate.Event):
        """Something that has happened to a bell."""

    class Hung(Event, Aggregate.Created):
        TOPIC = "chassis_tests.bell.hung"
        name: str

    Created = Hung

    class Rung(Event):
        TOPIC = "chassis_tests.bell.rung"

    @event(Hung)
    def __init__(self, *, name: str) -> None:
        self.name = name
        self.times = 0

    @staticmethod
    def create_id(*, name: str) -> UUID:
        return uuid5(NAMESPACE_URL, name)

    def ring(self) -> None:
        if self.name == "broken":
            raise BellIsBroken
        self._rung()

    @event(Rung)
    def _rung(self) -> None:
        self.times += 1


class Belfry(Application):
    """Hang bells and ring them."""

    def hang(self, name: str) -> str:
        if self.work.find_hopefully(Bell, Bell.create_id(name=name)):
            return "there already"
        self.work.save(Bell(name=name))
        return "hung"

    def ring(self, name: str) -> int:
        bell = self.work.get(Bell, Bell.create_id(name=name))
        bell.ring()
        self.work.save(bell)
        return bell.times


class Heard(ReadModel):
    """Every fact there is, once, in order of arrival per kind."""

    name: ClassVar[str] = "heard_v1"
    tables: ClassVar[str] = "CREATE TABLE heard_v1 (kind text, position bigint, PRIMARY KEY (kind, position))"
    upstreams: ClassVar[tuple[str, ...]] = ("intake",)

    def __init__(self) -> None:
        self.poison: set[int] = set()

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            position = fact.position if isinstance(fact, RecordedEvent) else fact.recorded.position
            if position in self.poison and isinstance(fact, IncidentReported):
                raise ArithmeticError("a fault of our own")
            cursor.execute(f"INSERT INTO {self.name} VALUES (%s, %s)", (type(fact).__name__, position))


class HeardAnew(Heard):
    """Its next version."""

    name: ClassVar[str] = "heard_v2"
    tables: ClassVar[str] = "CREATE TABLE heard_v2 (kind text, position bigint)"


class Hung(ReadModel):
    """The bells that hang, from the own log alone."""

    name: ClassVar[str] = "hung_v1"
    tables: ClassVar[str] = "CREATE TABLE hung_v1 (name text PRIMARY KEY)"

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if isinstance(fact, RecordedEvent) and isinstance(fact.event, Bell.Hung):
                cursor.execute("INSERT INTO hung_v1 VALUES (%s)", (fact.event.name,))


class BelfrySettings(ServiceSettings):
    """Nothing of its own."""

    service: ClassVar[str] = SERVICE


class OtherSettings(ServiceSettings):
    """Of the belfry whose bells this one hears."""

    service: ClassVar[str] = "intake"


class Bells:
    """A belfry and everything about it that a test wants to look at."""

    def __init__(
        self,
        settings: ServiceSettings,
        *,
        hears: tuple[str, ...] = ("intake",),
        tells: type[Message] = ProblemConfirmed,
        heard: type[Heard] = Heard,
    ) -> None:
        self.heard = heard()
        self.heard.upstreams = hears  # type: ignore[misc]
        self.hung = Hung()
        self.fired: list[Fired] = []
        self.subscriptions = Subscriptions(settings.service, upstreams=hears)
        if IncidentReported.SERVICE in hears:
            self.subscriptions.hears(IncidentReported)(_hang_for_report)
        self.subscriptions.at("remind")(lambda fired, _app: self.fired.append(fired))
        self.timer_delay: timedelta | None = None
        self.message_of: Callable[[Bell.Hung, Recorded], Message] = lambda _hung, recorded: EXAMPLES[
            tells
        ].model_copy(update={"recorded": recorded})
        self.service: Service[Belfry] = Service(
            settings,
            application=Belfry,
            read_models=(self.heard, self.hung),
            subscriptions=self.subscriptions,
            publications=Publications(self._message_about, self._timers_about, tells=(tells,)),
        )

    async def facts(self, kind: str = "IncidentReported") -> list[int]:
        rows = await self.service.ask(
            lambda cursor: cursor.execute(
                f"SELECT position FROM {self.heard.name} WHERE kind = %s ORDER BY position", (kind,)
            ).fetchall()
        )
        return [row["position"] for row in rows]

    async def hanging(self) -> list[str]:
        rows = await self.service.ask(
            lambda cursor: cursor.execute("SELECT name FROM hung_v1 ORDER BY name").fetchall()
        )
        return [row["name"] for row in rows]

    def _message_about(self, happened: object, recorded: Recorded) -> Message | None:
        if not isinstance(happened, Bell.Hung):
            return None
        return self.message_of(happened, recorded)

    def _timers_about(self, happened: object) -> Sequence[Timer]:
        if self.timer_delay is None or not isinstance(happened, Bell.Hung):
            return ()
        due = datetime.now(UTC) + self.timer_delay
        return (Timer("remind", "9901", happened.name, due),)


def _hang_for_report(message: IncidentReported, app: Belfry) -> None:
    app.hang(str(message.recorded.position))


def reports(count: int, *, first: int = 1) -> list[Message]:
    """`count` reports as intake would tell them."""
    at = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    return [
        EXAMPLES[IncidentReported].model_copy(
            update={"recorded": Recorded(message_id=f"report:{n}", position=n, recorded_at=at)}
        )
        for n in range(first, first + count)
    ]


@pytest.fixture
def reports_told() -> Callable[..., list[Message]]:
    return reports


@pytest.fixture
def bells(database: FreshDatabase, nats_url: str) -> Bells:
    return Bells(bell_settings(database.prepare(SERVICE), nats_url))


def bell_settings(database_url: str, nats_url: str) -> BelfrySettings:
    return BelfrySettings(database_url=database_url, nats_url=nats_url, session_secret="s" * 32, http_port=0)


@pytest.fixture
def new_bells() -> Callable[..., Bells]:
    """Another process of the same service, on the same database; perhaps with another read model."""
    return lambda database_url, nats_url, **others: Bells(bell_settings(database_url, nats_url), **others)


@pytest.fixture
def heard_anew() -> type[Heard]:
    return HeardAnew


@pytest.fixture
def answering_bells() -> Callable[..., Bells]:
    """The service that hears the bells and is heard by them: `intake`."""

    def build(database_url: str, nats_url: str) -> Bells:
        settings = OtherSettings(
            database_url=database_url, nats_url=nats_url, session_secret="s" * 32, http_port=0
        )
        return Bells(settings, hears=(SERVICE,), tells=IncidentReported)

    return build


@pytest.fixture
def store(database: FreshDatabase) -> Iterator[EventStore]:
    opened = EventStore(database.prepare(SERVICE), service=SERVICE)
    yield opened
    opened.close()


@pytest.fixture
def bell() -> type[Bell]:
    return Bell
