"""What a recorded report looks like to programs, and what they may say about it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from est_contracts.messages.requests import FreeText
from est_contracts.vocabulary import (
    AreaId,
    Coordinates,
    EntryId,
    FunctionId,
    Moment,
    MunicipalityCode,
    OrganisationId,
    Origin,
    Party,
    PeriodName,
    PlaceId,
    Polarity,
    Scope,
    Severity,
    SourceReference,
    Tense,
    Theme,
    WithdrawalReason,
    Words,
    WrittenMoment,
)
from est_intake.application import HistoryLine, ReportWithText
from est_intake.domain.likeness import Likeness
from est_intake.domain.report_states import ReportState, state_of
from est_intake.domain.report_steps import REPORT_STEP_WORDS, ReportStep
from est_intake.domain.submission import Sender, Submission
from est_intake.domain.words_change import WordsChange
from est_intake.read_models.recent_reports import ReportRow

EXAMPLE_DUPLICATE: dict[str, Any] = {"duplicate_of": "0cd297cf-3282-49ae-b367-3b9d8c51366f"}
Position = Annotated[int, Field(ge=1)]

EXAMPLE_CORRECTION: dict[str, Any] = {
    "checklist_entry": "orebro.1",
    "area": "9901R002",
    "happened_at": "2026-11-20T21:40:00+01:00",
    "severity": 4,
    "text": "Krossade rutor i cykelgaraget vid skolan, och i busskuren.",
}


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Withdrawal(_Said):
    """Why a report is to count no longer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"reason": "duplicate"}})

    reason: WithdrawalReason


class Withdrawn(BaseModel):
    """A report that counts no longer."""

    report_id: UUID
    reason: WithdrawalReason
    uncounted_duplicates: list[UUID] | None = Field(
        description="Reports that it stood for: no report counts the incident now. Coordinators may let one"
        " of them count again; others are not told."
    )


class DuplicateOf(_Said):
    """Which report stands for the incident instead."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": EXAMPLE_DUPLICATE})

    duplicate_of: UUID


class Correction(_Said):
    """What a report is to say instead: all of it, for what is left out is taken away."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": EXAMPLE_CORRECTION})

    checklist_entry: EntryId
    area: AreaId | None = None
    place: PlaceId | None = None
    point: Coordinates | None = None
    happened_at: WrittenMoment
    happened_until: WrittenMoment | None = None
    severity: Severity | None = None
    text: FreeText | None = None
    measures: FreeText | None = None

    def submission(self, municipality: str, report_id: UUID) -> Submission:
        return Submission(report_id=report_id, municipality=municipality, **self.__dict__)


class Wanted(_Said):
    """Which reports are asked for; what is left out does not limit."""

    municipality: MunicipalityCode | None = Field(
        None, description="Needed only by a key for every municipality."
    )
    period: PeriodName | None = Field(None, description="A reporting period of the municipality's rhythm.")
    starts_at: WrittenMoment | None = Field(None, description="What happened at this moment or later.")
    ends_at: WrittenMoment | None = Field(None, description="What happened before this moment.")
    function: FunctionId | None = None
    organisation: OrganisationId | None = None
    party: Party | None = None
    area: AreaId | None = None
    theme: Theme | None = None
    entry: EntryId | None = None
    severity_at_least: Annotated[int, Field(ge=1, le=5)] | None = None
    state: ReportState | None = None
    before: Position | None = Field(None, description="Only what was recorded before this position.")
    limit: Annotated[int, Field(ge=1, le=500)] = 50


class ReportAsRead(BaseModel):
    """A report as it stands; `text` and `measures` are there only for those who may read them."""

    report_id: UUID
    municipality: MunicipalityCode
    checklist_entry: EntryId
    theme: Theme
    area: AreaId | None
    place: PlaceId | None
    point: Coordinates | None
    severity: Severity | None
    happened_at: Moment
    happened_until: Moment | None
    function: FunctionId
    organisation: OrganisationId
    party: Party
    entered_by: FunctionId | None
    recorded_at: Moment
    source: SourceReference | None
    origin: Origin
    sent_together: UUID | None
    revision: Annotated[int, Field(ge=1)]
    state: ReportState
    withdrawn_because: WithdrawalReason | None
    duplicate_of: UUID | None
    has_text: bool
    has_measures: bool
    text_is_erased: bool
    text: str | None
    measures: str | None


class WholeReport(ReportAsRead):
    """A report as it stands in the log, with what its entry meant when it was told."""

    polarity: Polarity
    scope: Scope
    tense: Tense
    positions: list[Position] = Field(description="Of everything that has happened to it, in order.")


class ListedReport(ReportAsRead):
    """A report in a list."""

    position: Position


class Reports(BaseModel):
    """A page of reports, the latest recorded first."""

    reports: list[ListedReport]
    next: str | None = Field(description="Where those that were recorded before them are.")


class ChangedField(BaseModel):
    """What a correction changed, from what to what, as in the report itself."""

    field: str
    before: Any
    after: Any


class StepAsRead(BaseModel):
    """Something that has happened to a report."""

    position: Position
    recorded_at: Moment
    step: ReportStep
    words: Words
    by_function: FunctionId | None
    changed: list[str] = Field(description="The fields in which a correction says something else.")
    changes: list[ChangedField] = Field(description="The same fields, with what they said before and after.")
    words_change: WordsChange | None = Field(
        description="What a correction did with the words; the earlier are erased. A correction of facts"
        " recorded before this was told may leave it out."
    )
    reason: WithdrawalReason | None
    duplicate_of: UUID | None


class History(BaseModel):
    """All that has happened to a report, in order."""

    steps: list[StepAsRead]


class Suggestion(BaseModel):
    """A report that may tell of the same incident: how much speaks for it (0 to 100), and what."""

    report_id: UUID
    score: int
    reasons: list[Words]
    report: ListedReport


class Suggestions(BaseModel):
    """Possible duplicates, the likeliest first. A person decides."""

    suggestions: list[Suggestion]


def whole_report(found: ReportWithText, lines: list[HistoryLine]) -> WholeReport:
    report = found.report
    return WholeReport(
        report_id=report.report_id,
        municipality=report.municipality,
        **report.incident.__dict__,
        **report.reporter.__dict__,
        recorded_at=report.created_on,
        source=report.source,
        revision=report.revision,
        state=state_of(
            is_looked_at=report.is_looked_at,
            is_duplicate=report.duplicate_of is not None,
            is_withdrawn=report.withdrawn_because is not None,
        ),
        withdrawn_because=report.withdrawn_because,
        duplicate_of=report.duplicate_of,
        has_text=report.has_text,
        text_is_erased=report.text_is_erased,
        text=found.text,
        measures=found.measures,
        positions=[line.position for line in lines],
    )


def listed_report(row: ReportRow, reader: Sender) -> ListedReport:
    told = {name: getattr(row, name) for name in ListedReport.model_fields if hasattr(row, name)}
    if not reader.may_read_the_text_from(row.function, entered_by=row.entered_by):
        told |= {"text": None, "measures": None}
    return ListedReport(**told, text_is_erased=row.text_erased)


def history_as_read(lines: list[HistoryLine]) -> History:
    return History(
        steps=[
            StepAsRead(
                position=line.position,
                recorded_at=line.recorded_at,
                step=line.step,
                words=REPORT_STEP_WORDS[line.step],
                by_function=line.by_function,
                changed=list(line.changed),
                changes=[_changed_field(name, line) for name in line.changed],
                words_change=line.words_change,
                reason=line.reason,
                duplicate_of=line.duplicate_of,
            )
            for line in lines
        ]
    )


def _changed_field(name: str, line: HistoryLine) -> ChangedField:
    return ChangedField(field=name, before=getattr(line.before, name), after=getattr(line.incident, name))


def suggestion(likeness: Likeness, row: ReportRow, reader: Sender) -> Suggestion:
    return Suggestion(
        report_id=likeness.report_id,
        score=likeness.score,
        reasons=list(likeness.reasons),
        report=listed_report(row, reader),
    )
