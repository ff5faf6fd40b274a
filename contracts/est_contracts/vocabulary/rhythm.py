"""When things are done: reporting periods, deadlines, meetings, and the days that matter in a year."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from est_contracts.vocabulary.areas import Title
from est_contracts.vocabulary.names import AreaId, ClockTime
from est_contracts.vocabulary.wording import Words

Weekday = Annotated[int, Field(ge=1, le=7)]


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Deadline(_Fixed):
    """When the reports of a period are due (stopptid): the first such weekday and time after its last day."""

    weekday: Weekday
    time: ClockTime
    reminder_hours: Annotated[int, Field(ge=0, le=72)] = Field(
        20, description="So many hours before, whoever has said nothing is reminded; 0 reminds nobody."
    )


class MeetingForm(StrEnum):
    """How the coordinators meet."""

    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    VIDEO = "video"


MEETING_FORM_WORDS: dict[MeetingForm, Words] = {
    MeetingForm.IN_PERSON: Words(sv="Fysiskt möte", en="In person"),
    MeetingForm.TELEPHONE: Words(sv="Telefonmöte", en="By telephone"),
    MeetingForm.VIDEO: Words(sv="Videomöte", en="By video"),
}


class Meeting(_Fixed):
    """When the coordinators meet (avstämningsmöte)."""

    weekday: Weekday
    time: ClockTime
    form: MeetingForm = MeetingForm.IN_PERSON


class Term(StrEnum):
    """Over how long the deeper analysis looks back: a quarter (kvartal) or four months (tertial)."""

    QUARTER = "quarter"
    TERTIAL = "tertial"


TERM_WORDS: dict[Term, Words] = {
    Term.QUARTER: Words(sv="Kvartal", en="Quarter"),
    Term.TERTIAL: Words(sv="Tertial", en="Four months"),
}


class CalendarKind(StrEnum):
    """Why some days of a year matter. Public holidays are known without being written down."""

    SCHOOL_BREAK = "school_break"
    LOCAL_EVENT = "local_event"
    RISK_PERIOD = "risk_period"


CALENDAR_KIND_WORDS: dict[CalendarKind, Words] = {
    CalendarKind.SCHOOL_BREAK: Words(sv="Skollov", en="School break"),
    CalendarKind.LOCAL_EVENT: Words(sv="Lokalt evenemang", en="Local event"),
    CalendarKind.RISK_PERIOD: Words(sv="Känd riskperiod", en="Known risk period"),
}


class CalendarEntry(_Fixed):
    """Days to be prepared for (kalenderpost): from its first to its last day, both included."""

    kind: CalendarKind
    name: Title
    first_day: date
    last_day: date
    area_ids: tuple[AreaId, ...] = Field((), description="Where it matters; none means everywhere.")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "CalendarEntry":
        if self.last_day < self.first_day:
            raise ValueError("the last day comes before the first")
        return self


class RiskScale(_Fixed):
    """A scale for the risk value (riskvärde) that a meeting gives a week, as in Växjö."""

    lowest: Annotated[int, Field(ge=0, le=100)]
    highest: Annotated[int, Field(ge=1, le=100)]

    @model_validator(mode="after")
    def _has_steps(self) -> "RiskScale":
        if self.highest <= self.lowest:
            raise ValueError("the highest value must be above the lowest")
        return self
