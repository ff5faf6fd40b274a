"""How a municipality has set up its collaboration: one document that people can read and change."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from est_contracts.vocabulary.areas import Area, NamedPlace, PriorityAreas, Title
from est_contracts.vocabulary.checklists import Checklist, checklist
from est_contracts.vocabulary.names import ChecklistId, FunctionId, MunicipalityCode
from est_contracts.vocabulary.parties import Party
from est_contracts.vocabulary.picture_periods import A_MONDAY, PeriodKind, PictureCalendar
from est_contracts.vocabulary.picture_scopes import PictureScope
from est_contracts.vocabulary.picture_templates import (
    DEFAULT_TEMPLATES,
    ChosenTemplate,
    PictureTemplate,
    picture_template,
)
from est_contracts.vocabulary.references import BrokenReferences, broken_references
from est_contracts.vocabulary.reporting_periods import Rhythm
from est_contracts.vocabulary.rhythm import CalendarEntry, Deadline, Meeting, RiskScale, Term
from est_contracts.vocabulary.roles import Role
from est_contracts.vocabulary.seats import (
    DistributionList,
    DutyPeriod,
    Function,
    LocalGroup,
    Organisation,
)


class NotInTheCollaboration(LookupError):
    """The collaboration knows nothing of this name."""


class CollaborationDocument(BaseModel):
    """A municipality's set-up of its collaboration (samverkan)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    municipality: MunicipalityCode
    name: Title
    organisation_model: Literal["A", "B", "C"]
    checklists: Annotated[tuple[ChecklistId, ...], Field(min_length=1)]
    own_checklists: tuple[Checklist, ...] = Field(
        (), description="Lists of the municipality's own; they count when `checklists` names them."
    )
    period_days: Literal[7, 14]
    periods_begin_on: date = Field(A_MONDAY, description="Any day on which a reporting period began.")
    deadline: Deadline
    meeting: Meeting | None = None
    term: Term = Term.QUARTER
    organisations: Annotated[tuple[Organisation, ...], Field(min_length=1)]
    areas: tuple[Area, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    priority_areas: tuple[PriorityAreas, ...] = ()
    functions: Annotated[tuple[Function, ...], Field(min_length=1)]
    duty_periods: tuple[DutyPeriod, ...] = ()
    local_groups: tuple[LocalGroup, ...] = Field((), description="Organisation model B.")
    compilers: tuple[FunctionId, ...] = Field((), description="Who compiles, taking turns.")
    distribution_lists: tuple[DistributionList, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    risk_scale: RiskScale | None = Field(None, description="When a meeting gives each period a risk value.")
    alert_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    open_to_the_public: bool = Field(False, description="Whether anyone may report, to be moderated.")
    templates: tuple[ChosenTemplate, ...] = Field(
        (),
        description="How pictures of each kind are laid out; the rest have a usual template.",
    )
    signed_by: tuple[Party, ...] = Field(
        (),
        description="Who signs before a picture is published; none named: all with a coordinator.",
    )
    public_pictures: bool = Field(False, description="Whether anyone may read the general edition.")

    @model_validator(mode="after")
    def _everything_named_exists(self) -> "CollaborationDocument":
        broken = broken_references(self)
        if broken:
            raise BrokenReferences(broken)
        return self

    def organisation(self, organisation_id: str) -> Organisation:
        """The organisation of this name."""
        for organisation in self.organisations:
            if organisation.organisation_id == organisation_id:
                return organisation
        raise NotInTheCollaboration(organisation_id)

    def function(self, function_id: str) -> Function:
        """The function of this name."""
        for function in self.functions:
            if function.function_id == function_id:
                return function
        raise NotInTheCollaboration(function_id)

    def area(self, area_id: str) -> Area:
        """The area of this name."""
        for area in self.areas:
            if area.area_id == area_id:
                return area
        raise NotInTheCollaboration(area_id)

    def place(self, place_id: str) -> NamedPlace:
        """The named place of this name."""
        for place in self.places:
            if place.place_id == place_id:
                return place
        raise NotInTheCollaboration(place_id)

    def functions_with(self, role: Role) -> tuple[Function, ...]:
        """The functions that hold a role, in the document's order."""
        return tuple(function for function in self.functions if role in function.roles)

    @property
    def picture_calendar(self) -> PictureCalendar:
        """Which periods its pictures have."""
        return PictureCalendar.of_rhythm(self.rhythm)

    @property
    def own_kind(self) -> PeriodKind:
        """The kind of period that it reports in, and that its usual picture is of."""
        return PeriodKind.WEEK if self.period_days == 7 else PeriodKind.FORTNIGHT

    @property
    def signatories(self) -> tuple[Party, ...]:
        """The parties that sign a picture before it is published."""
        return self.signed_by or tuple(party for party in Party if party in self._coordinating_parties())

    def _coordinating_parties(self) -> set[Party]:
        coordinators = self.functions_with(Role.COORDINATOR)
        return {self.organisation(each.organisation_id).party for each in coordinators}

    def opens(self, kind: PeriodKind, scope: PictureScope) -> bool:
        """Whether anyone may read the general edition of such a picture.

        Only pictures of the whole municipality and of its reporting periods are ever opened: from a month and
        its weeks, or a municipality and its areas, one could work out the small numbers that each hides.
        """
        return self.public_pictures and scope.is_whole and kind is self.own_kind

    def template(self, kind: PeriodKind) -> PictureTemplate:
        """How pictures of a kind are laid out here."""
        for chosen in self.templates:
            if chosen.kind is kind:
                return picture_template(chosen.template)
        return picture_template(DEFAULT_TEMPLATES[kind])

    def checklists_in_use(self) -> tuple[Checklist, ...]:
        """The lists that reporters follow, the municipality's own among them, in the document's order."""
        own = {each.checklist_id: each for each in self.own_checklists}
        return tuple(own[name] if name in own else checklist(name) for name in self.checklists)

    @property
    def rhythm(self) -> Rhythm:
        """In what days the municipality reports."""
        return Rhythm(self.period_days, self.periods_begin_on)

    def filled_by(self, function_id: str, day: date) -> str:
        """Who fills a seat on a day: the function itself, or the one whose period of duty it is."""
        for duty in self.duty_periods:
            if duty.function_id == function_id and duty.first_day <= day <= duty.last_day:
                return duty.filled_by
        return function_id
