"""What analysis tells: problems that the rules propose, and what people decide about them."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from est_contracts.messages.message import Message
from est_contracts.vocabulary import AreaId, FunctionId, MeasureKind, RuleName, Theme, WeekName, Words

Count = Annotated[int, Field(ge=0)]


class Evidence(BaseModel):
    """What a flag rests on: the counts week by week, and what was to be expected."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counts: tuple[Count, ...]
    expected: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    weeks_in_row: Count
    organisations: Count
    words: Words


class ProblemFlagged(Message):
    """A rule proposes that a theme in an area is a recurring problem (återkommande problem)."""

    SERVICE: ClassVar[str] = "analysis"
    FACT: ClassVar[str] = "problem_flagged"

    problem_id: UUID
    area: AreaId
    theme: Theme
    period: WeekName
    rules: Annotated[tuple[RuleName, ...], Field(min_length=1)]
    evidence: Evidence


class ProblemConfirmed(Message):
    """A coordinator has confirmed a problem."""

    SERVICE: ClassVar[str] = "analysis"
    FACT: ClassVar[str] = "problem_confirmed"

    problem_id: UUID


class ProblemDismissed(Message):
    """A coordinator has dismissed a problem."""

    SERVICE: ClassVar[str] = "analysis"
    FACT: ClassVar[str] = "problem_dismissed"

    problem_id: UUID


class MeasureDecided(Message):
    """A measure (insats) is decided against a confirmed problem; a function is responsible for it."""

    SERVICE: ClassVar[str] = "analysis"
    FACT: ClassVar[str] = "measure_decided"

    measure_id: UUID
    problem_id: UUID
    kind: MeasureKind
    function: FunctionId
    due_on: date | None


class MeasureCompleted(Message):
    """A measure has been carried out."""

    SERVICE: ClassVar[str] = "analysis"
    FACT: ClassVar[str] = "measure_completed"

    measure_id: UUID
    problem_id: UUID
