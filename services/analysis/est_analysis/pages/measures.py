"""Deciding measures against a problem on its page, and saying that one is done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID, uuid4

from starlette.requests import Request

from est_analysis.application import Analysis, WantedMeasure
from est_analysis.domain.measure import Plan, ResponsibleIsNotKnown
from est_analysis.read_models import measures
from est_analysis.read_models.collaborations import Names, names_in
from est_chassis.event_store import Cursor
from est_chassis.service import Service
from est_chassis.web.access import Caller
from est_chassis.web.bodies import FormValues
from est_chassis.web.languages import Language, said
from est_chassis.web.parts import Choice
from est_contracts.vocabulary import MEASURE_KIND_WORDS, FieldError, MeasureKind, Rejected, Words


class MeasureIsUnclear(Rejected):
    """The form says no kind of measure, or no day that there is."""

    code = "measure_is_unclear"
    http_status = 422
    words = Words(sv="Insatsen är inte beslutad.", en="The measure is not decided.")


@dataclass(frozen=True)
class MeasureView:
    """A measure as a line on the page."""

    measure_id: UUID
    words: Words
    responsible: str
    due_on: date | None
    completed_at: datetime | None


@dataclass(frozen=True)
class MeasuresView:
    """What has been decided against a problem, and what a new decision can be made of."""

    decided: list[MeasureView]
    functions: dict[str, str]
    new_id: UUID

    def kind_choices(self, language: Language) -> list[Choice]:
        return [Choice(value=kind, label=said(words, language)) for kind, words in MEASURE_KIND_WORDS.items()]

    @property
    def function_choices(self) -> list[Choice]:
        return [Choice(value=function, label=title) for function, title in self.functions.items()]


def measures_of(cursor: Cursor, *, municipality: str, problem_id: UUID) -> MeasuresView:
    """The measures against one problem, in the order they were decided."""
    names = names_in(cursor, municipality)
    decided = measures.against(cursor, municipality).get(problem_id, [])
    return MeasuresView(
        decided=[_view(row, names) for row in decided],
        functions=dict(sorted(names.functions.items(), key=lambda pair: pair[1])),
        new_id=uuid4(),
    )


async def decide(request: Request, form: FormValues, *, problem_id: UUID, caller: Caller) -> None:
    """The form carries the measure's ID: sent twice, it is one measure."""
    service, municipality = cast("Service[Analysis]", request.app.state.service), caller.municipality or ""
    names = await service.ask(lambda cursor: names_in(cursor, municipality))
    function = form.text("function")
    if function not in names.functions:
        raise ResponsibleIsNotKnown
    plan = Plan(_kind(form.text("kind")), function, _day(form.text("due_on")))
    wanted = WantedMeasure(municipality, _new_id(form.text("measure_id")), problem_id, plan)
    await service.do(lambda app: app.decide_measure(wanted, by_function=caller.function or ""))


def _view(row: measures.MeasureRow, names: Names) -> MeasureView:
    return MeasureView(
        measure_id=row.measure_id,
        words=MEASURE_KIND_WORDS[row.kind],
        responsible=names.function(row.function),
        due_on=row.due_on,
        completed_at=row.completed_at,
    )


def _kind(written: str) -> MeasureKind:
    if written not in tuple(MeasureKind):
        raise MeasureIsUnclear(errors=(FieldError("kind", CHOOSE_KIND),))
    return MeasureKind(written)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise MeasureIsUnclear(errors=(FieldError("due_on", NO_SUCH_DAY),)) from None


def _new_id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise MeasureIsUnclear(errors=(FieldError("measure_id", OPEN_AGAIN),)) from None


CHOOSE_KIND = Words(sv="Välj en insats.", en="Choose a measure.")
NO_SUCH_DAY = Words(sv="Skriv dagen som 2026-12-04.", en="Write the day as 2026-12-04.")
OPEN_AGAIN = Words(sv="Öppna sidan igen och försök på nytt.", en="Open the page again and retry.")
