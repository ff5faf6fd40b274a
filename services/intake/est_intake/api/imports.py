"""How programs hand in a whole table of reports: CSV or XLSX, row by row."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.bodies import read_bytes
from est_chassis.web.problems import Problem
from est_contracts.vocabulary import FieldError, MunicipalityCode, Words
from est_intake.api.callers import Reporting, municipality_of, sender_of, service_of
from est_intake.application import Intake, Outcome
from est_intake.application.importing import (
    FIELD_WORDS,
    ColumnChoice,
    ImportedTable,
    RowOutcome,
    RowRead,
    faults_as_csv,
    guessed_columns,
)
from est_intake.application.spreadsheets import LARGEST_FILE, Table, read_table
from est_intake.domain.submission import Sender, Submission

router = APIRouter()

#: So many reports share a transaction; other requests get their turn in between.
RECORDED_TOGETHER = 200

MEDIA_TYPES = (
    "text/csv",
    "text/tab-separated-values",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
A_TABLE = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA_TYPES},
    }
}


class HowToImport(BaseModel):
    """What stands in the address of an import."""

    column: list[str] = Field(
        [],
        description="Which heading is what, as in area:Område; guessed when left out. Fields: "
        + ", ".join(FIELD_WORDS)
        + ".",
    )
    value: list[str] = Field([], description="What a cell means, as in checklist_entry:Ruta=orebro.1.")
    preview: bool = Field(False, description="Judge every row and record nothing.")
    faults_as: Literal["json", "csv"] = Field("json", description="csv: only the faults, as a table.")
    municipality: MunicipalityCode | None = Field(
        None, description="Needed only by a key for every municipality."
    )


class Fault(BaseModel):
    """What is wrong with which cell; never what it says."""

    row: int
    column: str
    field: str
    message_sv: str
    message_en: str


class ImportedRow(BaseModel):
    """What became of a row."""

    row: int
    outcome: Literal["recorded", "repeated", "refused"]
    report_id: UUID | None
    faults: list[Fault]


class Imported(BaseModel):
    """What became of a file; in a preview nothing is recorded, and good rows are not listed."""

    preview: bool
    columns: dict[str, str]
    rows: int
    recorded: int
    repeated: int
    refused: int
    outcomes: list[ImportedRow]


@router.post("/v1/imports", response_model=Imported, openapi_extra=A_TABLE)
async def import_reports(
    request: Request, caller: Reporting, how: Annotated[HowToImport, Query()]
) -> Response:
    """A table of reports, at most 5,000 rows and 2 MiB. Running it again changes nothing."""
    content = await read_bytes(request, limit=LARGEST_FILE)
    of, sender, service = municipality_of(caller, how.municipality), sender_of(caller), service_of(request)
    table = await run_in_threadpool(read_table, content)
    choice = _choice(table, how.column, how.value)
    set_up = await service.do(lambda app: app.set_ups.set_up_for(of, sender))
    imported = ImportedTable(table, choice, set_up=set_up, sender=sender)
    read = await run_in_threadpool(imported.rows, service.clock.now())
    outcomes = list[Outcome]()
    if not how.preview:
        submissions = [row.submission for row in read if row.submission is not None]
        for begin in range(0, len(submissions), RECORDED_TOGETHER):
            together = submissions[begin : begin + RECORDED_TOGETHER]
            outcomes += await service.do(partial(_submit_together, together=together, sender=sender))
    told = _only_faults(read) if how.preview else imported.outcomes(read, outcomes)
    if how.faults_as == "csv":
        return Response(faults_as_csv(told), media_type="text/csv; charset=utf-8")
    answer = _imported(told, choice, rows=len(read), preview=how.preview)
    return Response(answer.model_dump_json(), media_type="application/json")


def _submit_together(app: Intake, *, together: Sequence[Submission], sender: Sender) -> list[Outcome]:
    return app.reporting.submit_reports(together, sender)


def _only_faults(read: Sequence[RowRead]) -> list[RowOutcome]:
    return [RowOutcome(row.number, "refused", None, row.faults) for row in read if row.submission is None]


def _imported(told: Sequence[RowOutcome], choice: ColumnChoice, *, rows: int, preview: bool) -> Imported:
    return Imported(
        preview=preview,
        columns=dict(choice.columns),
        rows=rows,
        recorded=sum(each.outcome == "recorded" for each in told),
        repeated=sum(each.outcome == "repeated" for each in told),
        refused=sum(each.outcome == "refused" for each in told),
        outcomes=[_row(each) for each in told],
    )


def _row(told: RowOutcome) -> ImportedRow:
    faults = [
        Fault(
            row=each.row,
            column=each.column,
            field=each.field,
            message_sv=each.words.sv,
            message_en=each.words.en,
        )
        for each in told.faults
    ]
    return ImportedRow.model_validate(
        {"row": told.number, "outcome": told.outcome, "report_id": told.report_id, "faults": faults}
    )


def _choice(table: Table, columns: Sequence[str], values: Sequence[str]) -> ColumnChoice:
    chosen = guessed_columns(table.headings)
    for each in columns:
        name, _, heading = each.partition(":")
        if name not in FIELD_WORDS or (heading and heading not in table.headings):
            words = Words(
                sv="Skriv fält:rubrik med ett av fälten och en av filens rubriker.",
                en="Write field:heading with one of the fields and one of the file's headings.",
            )
            raise Problem(422, "invalid", errors=(FieldError("column", words),))
        chosen[name] = heading
    meanings = {}
    for each in values:
        name, _, rest = each.partition(":")
        written, _, meant = rest.rpartition("=")
        meanings[name, written] = meant
    return ColumnChoice({name: heading for name, heading in chosen.items() if heading}, meanings)
