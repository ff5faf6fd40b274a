"""What the notifier's tests share: a notifier that runs, messages that are told now, and who calls."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import nats
from pydantic import SecretStr

from est_chassis.broker import last_message
from est_chassis.publishing import Told, publish
from est_chassis.testing import FreshDatabase, HostedService, host
from est_chassis.web.access import SEAT_COOKIE, Caller, CallerKind, session_cookie
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.examples import example_id, example_of
from est_contracts.messages import (
    CollaborationSetUp,
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    Message,
    PicturePublished,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
    Recorded,
    stream_of,
)
from est_contracts.messages.message import POSITION_HEADER
from est_contracts.vocabulary import CollaborationDocument, Party, Role, Week
from est_notifier.domain.alerts import Alert, AlertState
from est_notifier.domain.occasions import Cause
from est_notifier.read_models.alerts import alert_by_id
from est_notifier.service import NotifierService, build
from est_notifier.settings import NotifierSettings

SECRET = "only-for-tests"
PROBLEM = example_id("problem/1")


def settings(database: FreshDatabase, nats_url: str, **changes: Any) -> NotifierSettings:
    """Settings of a notifier that runs in a test."""
    said: dict[str, Any] = {
        "database_url": database.prepare("notifier"),
        "nats_url": nats_url,
        "session_secret": SecretStr(SECRET),
        "demo": True,
        "front_url": "https://est.valboas.example",
        "heartbeat_seconds": 0.2,
        "mail_poll_seconds": 0.2,
    }
    return NotifierSettings(**said | changes)


class Places:
    """Where in its teller's log each message of a test stands: one after the other."""

    def __init__(self) -> None:
        self._last = {"intake": 0, "compiler": 0, "analysis": 0}

    def recorded(self, service: str) -> Recorded:
        """The next place, now."""
        self._last[service] += 1
        position = self._last[service]
        return Recorded(message_id=f"{service}:{position}", position=position, recorded_at=datetime.now(UTC))


Tell = Callable[[Places], Message]


class DutyRoom(Places):
    """A running notifier, and everything that is told to it, in order."""

    def __init__(self, hosted: HostedService) -> None:
        super().__init__()
        self.hosted = hosted

    @property
    def service(self) -> NotifierService:
        service = self.hosted.service
        assert isinstance(service, NotifierService)
        return service

    async def hears(self, *told: Tell) -> list[Message]:
        messages = [tell(self) for tell in told]
        for service in dict.fromkeys(message.SERVICE for message in messages):
            await self.hosted.hears(*(message for message in messages if service == message.SERVICE))
        return messages

    async def until_alert(self, number: int, *, is_in: AlertState) -> None:
        """Wait until the read model shows the alert about a report in a state."""
        await self.until_alert_is(alert_id(number), is_in)

    async def until_alert_is(self, alert: UUID, state: AlertState) -> None:
        def holds() -> bool:
            with self.service.store.cursor() as cursor:
                found = alert_by_id(cursor, "9901", alert)
            return found is not None and found.state == state

        await self.hosted.until(holds)

    async def is_told_meanwhile(self, *told: Tell) -> None:
        """Tell all of it at once while the notifier is away."""
        messages = [tell(self) for tell in told]
        client = await nats.connect(self.service.settings.nats_url)
        for service in dict.fromkeys(message.SERVICE for message in messages):
            batch = [Told(each.recorded.position, each) for each in messages if service == each.SERVICE]
            sequence, headers = await last_message(client, stream_of(service))
            previous = int(headers.get(POSITION_HEADER, 0))
            await publish(client, batch, previous=previous, last_sequence=sequence)
        await client.close()


@asynccontextmanager
async def duty_room(database: FreshDatabase, nats_url: str, **changes: Any) -> AsyncIterator[DutyRoom]:
    """A notifier that knows how Valboås works together."""
    async with host(build(settings(database, nats_url, **changes))) as hosted:
        room = DutyRoom(hosted)
        await room.hears(set_up())
        yield room


@asynccontextmanager
async def back_on_duty(room: DutyRoom) -> AsyncIterator[None]:
    """The notifier comes back and takes in what was told meanwhile."""
    used = room.service.settings
    assert isinstance(used, NotifierSettings)
    async with host(build(used)) as room.hosted:
        await room.hosted.settled()
        yield


def set_up(document: CollaborationDocument | None = None, **changes: Any) -> Tell:
    document = (document or example_collaboration()).model_copy(update=changes)
    return lambda places: CollaborationSetUp(
        recorded=places.recorded("intake"),
        municipality=document.municipality,
        happened_at=datetime.now(UTC),
        version=1,
        document=document,
    )


def incident(number: int, *, ago: timedelta = timedelta(), **changes: Any) -> Tell:
    """A report that has come in just now, of something that happened a while ago."""

    def tell(places: Places) -> IncidentReported:
        said: dict[str, Any] = {
            "report_id": report_id(number),
            "recorded": places.recorded("intake"),
            "happened_at": datetime.now(UTC) - ago,
        }
        return example_of(IncidentReported, **said | changes)

    return tell


def grave_incident(number: int, **changes: Any) -> Tell:
    return incident(number, severity=5, **changes)


def withdrawal(number: int) -> Tell:
    return lambda places: example_of(
        IncidentReportWithdrawn,
        report_id=report_id(number),
        recorded=places.recorded("intake"),
        happened_at=datetime.now(UTC),
    )


def correction(number: int, **changes: Any) -> Tell:
    return lambda places: example_of(
        IncidentReportCorrected,
        report_id=report_id(number),
        recorded=places.recorded("intake"),
        **({"happened_at": datetime.now(UTC)} | changes),
    )


def duplicate(number: int, *, of: int) -> Tell:
    return lambda places: example_of(
        IncidentReportMarkedDuplicate,
        report_id=report_id(number),
        duplicate_of=report_id(of),
        recorded=places.recorded("intake"),
        happened_at=datetime.now(UTC),
    )


def reinstatement(number: int) -> Tell:
    return lambda places: example_of(
        IncidentReportReinstated,
        report_id=report_id(number),
        recorded=places.recorded("intake"),
        happened_at=datetime.now(UTC),
    )


def flagged_problem(*, weeks_ago: int = 0, problem_id: UUID = PROBLEM) -> Tell:
    now = datetime.now(UTC)
    period = str(Week.of(now).before(weeks_ago))
    return lambda places: example_of(
        ProblemFlagged,
        problem_id=problem_id,
        recorded=places.recorded("analysis"),
        happened_at=now,
        period=period,
    )


def decided(decision: type[ProblemConfirmed] | type[ProblemDismissed], problem_id: UUID = PROBLEM) -> Tell:
    """The flagged problem has been looked at by people."""
    return lambda places: example_of(
        decision, problem_id=problem_id, recorded=places.recorded("analysis"), happened_at=datetime.now(UTC)
    )


def published_picture(**changes: Any) -> Tell:
    return lambda places: example_of(
        PicturePublished, recorded=places.recorded("compiler"), happened_at=datetime.now(UTC), **changes
    )


def report_id(number: int) -> UUID:
    return example_id(f"report/{number}")


def alert_id(number: int) -> UUID:
    """The alert about the report of this number."""
    return Alert.create_id("9901", Cause.SEVERITY, report_id(number), None)


def problem_alert_id(*, weeks_ago: int = 0, problem_id: UUID = PROBLEM) -> UUID:
    """The alert about the flag of this week."""
    week = Week.of(datetime.now(UTC)).before(weeks_ago)
    return Alert.create_id("9901", Cause.PROBLEM, problem_id, str(week))


def seat(function: str, *roles: Role, municipality: str = "9901") -> dict[str, str]:
    """What the browser of somebody who sits in a seat sends along."""
    caller = Caller(
        kind=CallerKind.SEAT,
        name=function,
        municipality=municipality,
        function=function,
        organisation="valboas_kommun",
        party=Party.MUNICIPALITY,
        roles=frozenset(roles),
    )
    expires_at = datetime.now(UTC) + timedelta(hours=1)
    cookie = session_cookie(caller, secret=SECRET, expires_at=expires_at)
    return {"Cookie": f"{SEAT_COOKIE}={cookie}", "Origin": "http://testserver"}


TIB = seat("tib", Role.DUTY_OFFICER)
SUBSTITUTE = seat("tib_ersattare", Role.DUTY_OFFICER)
COORDINATOR = seat("samordnaren", Role.COORDINATOR)
REPORTER = seat("bovard_norrangen", Role.REPORTER)
NEIGHBOUR = seat("tib", Role.DUTY_OFFICER, municipality="9902")
AREA = NORRANGEN
