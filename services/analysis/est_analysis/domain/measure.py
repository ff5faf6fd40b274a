"""A measure against a confirmed problem: decided, and carried out."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import FieldError, MeasureKind, Rejected, Words


class ProblemIsNotConfirmed(Rejected):
    """Measures are decided against what people have found to be a problem."""

    code = "problem_is_not_confirmed"
    words = Words(
        sv="Bekräfta problemet först: insatser beslutas mot bekräftade problem.",
        en="Confirm the problem first: measures are decided against confirmed problems.",
    )


class ResponsibleIsNotKnown(Rejected):
    """Somebody who takes part must be responsible."""

    code = "responsible_is_not_known"
    http_status = 422
    words = Words(
        sv="Funktionen finns inte i kommunens samverkan.",
        en="The function is not part of the municipality's collaboration.",
    )

    def __init__(self) -> None:
        super().__init__(errors=(FieldError("function", self.words),))


class MeasureSaysSomethingElse(Rejected):
    """Another measure has been decided under the same measure_id."""

    code = "measure_says_something_else"
    words = Words(
        sv="Det finns redan en insats med detta measure_id och annat innehåll. Ge den nya ett nytt id.",
        en="There is already a measure with this measure_id and other content. Give the new one a new id.",
    )


@dataclass(frozen=True)
class Plan:
    """What is to be done, who is responsible, and by which day."""

    kind: MeasureKind
    function: str
    due_on: date | None = None

    def as_recorded(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "function": self.function,
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }

    @classmethod
    def recorded(cls, told: dict[str, Any]) -> Self:
        due_on = date.fromisoformat(told["due_on"]) if told["due_on"] else None
        return cls(MeasureKind(told["kind"]), told["function"], due_on)


class Measure(Aggregate):
    """A measure (insats) against a problem; a function is responsible for it."""

    TOPIC = "analysis.measure"

    class Event(Aggregate.Event):
        """Something that has happened to a measure."""

        municipality: str
        measure_id: UUID
        problem_id: UUID
        by_function: str

    class Decided(Event, Aggregate.Created):
        """It is to be done."""

        TOPIC = "analysis.measure.decided"
        plan: dict[str, Any]

    # The library wants this name as soon as TOPIC is set.
    Created = Decided

    class Completed(Event):
        """It is done."""

        TOPIC = "analysis.measure.completed"

    @staticmethod
    def create_id(municipality: str, measure_id: UUID) -> UUID:
        """From the ID that the one who decides has given it: a repeat meets what was recorded."""
        return uuid5(NAMESPACE_URL, f"est:analysis:measure:{municipality}:{measure_id}")

    @event(Decided)
    def __init__(
        self,
        *,
        municipality: str,
        measure_id: UUID,
        problem_id: UUID,
        plan: dict[str, Any],
        by_function: str,
    ) -> None:
        self.municipality = municipality
        self.measure_id = measure_id
        self.problem_id = problem_id
        self.plan = Plan.recorded(plan)
        self.decided_by = by_function
        self.is_completed = False

    def complete(self, *, by_function: str) -> None:
        """It is carried out; to say so again changes nothing."""
        if not self.is_completed:
            self._completed(
                municipality=self.municipality,
                measure_id=self.measure_id,
                problem_id=self.problem_id,
                by_function=by_function,
            )

    @event(Completed)
    def _completed(self, municipality: str, measure_id: UUID, problem_id: UUID, by_function: str) -> None:
        self.is_completed = True
