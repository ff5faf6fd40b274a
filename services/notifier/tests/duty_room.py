"""What the notifier's tests share: a notifier that runs, messages that are told now, and who calls."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import SecretStr

from est_chassis.testing import FreshDatabase, HostedService, host
from est_chassis.web.access import SEAT_COOKIE, Caller, CallerKind, session_cookie
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.examples import example_id, example_of
from est_contracts.messages import (
    CollaborationSetUp,
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportWithdrawn,
    Message,
    PicturePublished,
    ProblemFlagged,
    Recorded,
)
from est_contracts.vocabulary import Party, Role, Week
from est_notifier.domain.alerts import Alert, AlertState
from est_notifier.domain.occasions import Cause
from est_notifier.read_models.alerts import alert_by_id
from est_notifier.service import NotifierService, build
from est_notifier.settings import NotifierSettings

SECRET = "only-for-tests"


def settings(database: FreshDatabase, nats_url: str, **changes: Any) -> NotifierSettings:
    """Settings of a notifier that runs in a test."""
    said: dict[str, Any] = {
        "database_url": database.prepare("notifier"),
        "nats_url": nats_url,
        "session_secret": SecretStr(SECRET),
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

        def holds() -> bool:
            with self.service.store.cursor() as cursor:
                found = alert_by_id(cursor, "9901", alert_id(number))
            return found is not None and found.state == is_in

        await self.hosted.until(holds)


@asynccontextmanager
async def duty_room(database: FreshDatabase, nats_url: str, **changes: Any) -> AsyncIterator[DutyRoom]:
    """A notifier that knows how Valboås works together."""
    async with host(build(settings(database, nats_url, **changes))) as hosted:
        room = DutyRoom(hosted)
        await room.hears(set_up())
        yield room


def set_up(**changes: Any) -> Tell:
    document = example_collaboration().model_copy(update=changes)
    return lambda places: CollaborationSetUp(
        recorded=places.recorded("intake"),
        municipality="9901",
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


def flagged_problem(*, weeks_ago: int = 0) -> Tell:
    now = datetime.now(UTC)
    period = str(Week.of(now).before(weeks_ago))
    return lambda places: example_of(
        ProblemFlagged, recorded=places.recorded("analysis"), happened_at=now, period=period
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
