"""What every page of intake asks first: who sits here, and how their municipality works together."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from starlette.requests import Request

from est_chassis.failures import NotFound
from est_chassis.service import Service
from est_chassis.web.access import Caller
from est_contracts.vocabulary import Function, NotInTheCollaboration, Words
from est_intake.application import Intake
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.standing_in import seats_stood_in_for
from est_intake.domain.submission import Sender
from est_intake.read_models import collaborations
from est_intake.read_models.recent_reports import ReportRow

WHOLE_MUNICIPALITY = Words(sv="Hela kommunen", en="The whole municipality")


@dataclass(frozen=True)
class Surroundings:
    """A municipality as its pages need it, at this moment."""

    service: Service[Intake]
    caller: Caller
    municipality: str
    set_up: SetUpInUse
    now: datetime

    @property
    def deadline(self) -> datetime:
        return self.set_up.next_deadline(self.now)

    @property
    def sender(self) -> Sender:
        return Sender(self.caller.municipality, self.caller.function, self.caller.roles)

    @property
    def function(self) -> Function | None:
        try:
            return self.set_up.document.function(self.caller.function or "")
        except NotInTheCollaboration:
            return None

    def stood_in_for(self, function_id: str) -> Function | None:
        """The seat of this name, if whoever sits here may report for it now."""
        seats = seats_stood_in_for(self.caller.function, set_up=self.set_up, now=self.now)
        return self.set_up.document.function(function_id) if function_id in seats else None

    def area_name(self, area_id: str | None) -> str:
        names = {area.area_id: area.name for area in self.set_up.document.areas}
        return names.get(area_id or "", "Hela kommunen")

    def area_words(self, area_id: str | None) -> Words:
        """The area as it is called, or all of the municipality."""
        names = {area.area_id: area.name for area in self.set_up.document.areas}
        if area_id is None:
            return WHOLE_MUNICIPALITY
        return Words(sv=names.get(area_id, area_id), en=names.get(area_id, area_id))

    def place_name(self, place_id: str | None) -> str:
        """A named place as it is called; nothing where none was named."""
        names = {place.place_id: place.name for place in self.set_up.document.places}
        return names.get(place_id or "", place_id or "")

    def may_read(self, row: ReportRow) -> bool:
        """Whether whoever sits here may read the words of a report."""
        return self.sender.may_read_the_text_from(row.function, entered_by=row.entered_by)

    def function_title(self, function_id: str) -> str:
        titles = {each.function_id: each.title for each in self.set_up.document.functions}
        return titles.get(function_id, function_id)

    def organisation_name(self, organisation_id: str) -> str:
        names = {each.organisation_id: each.name for each in self.set_up.document.organisations}
        return names.get(organisation_id, organisation_id)


def service_of(request: Request) -> Service[Intake]:
    return cast("Service[Intake]", request.app.state.service)


async def surroundings(request: Request, caller: Caller) -> Surroundings:
    """Raises NotFound for a caller whose municipality has set up nothing."""
    found = await surroundings_or_none(request, caller)
    if found is None:
        raise NotFound("collaboration")
    return found


async def surroundings_or_none(request: Request, caller: Caller) -> Surroundings | None:
    service = service_of(request)
    municipality = caller.municipality
    if municipality is None:
        return None
    set_up = await service.ask(lambda cursor: collaborations.in_use(cursor, municipality))
    if set_up is None:
        return None
    return Surroundings(service, caller, municipality, set_up, service.clock.now())
