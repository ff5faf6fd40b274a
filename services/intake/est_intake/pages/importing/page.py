"""The pages of an import: a file, what its columns mean, the faults before it counts, the outcome."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import LARGEST_BODY, SINGLE_LIMIT
from est_chassis.web.frame import page
from est_chassis.web.uploads import read_upload
from est_contracts.vocabulary import Role, Words
from est_intake.application import Intake, Outcome
from est_intake.application.importing import (
    FIELD_WORDS,
    NEEDED,
    TRANSLATED,
    ColumnsAreMissing,
    ImportedTable,
    RowFault,
    RowOutcome,
    RowRead,
    faults_as_csv,
)
from est_intake.application.spreadsheets import LARGEST_FILE, FileIsUnreadable, read_table
from est_intake.domain.submission import Sender, Submission
from est_intake.pages.importing.form import MOST_MEANINGS, ImportForm
from est_intake.pages.surroundings import Surroundings, surroundings

router = APIRouter(include_in_schema=False)

Importing = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]

TITLE = Words(sv="Läs in en fil", en="Import a file")
RECORDED_TOGETHER = 200
ROWS_SHOWN, FAULTS_SHOWN = 8, 200


@router.get("/import")
async def choose_file(request: Request, caller: Importing) -> Response:
    await surroundings(request, caller)
    return page(request, "import.html", title=TITLE, refusal=None)


@router.post("/import/file")
async def take_file(request: Request, caller: Importing) -> Response:
    around = await surroundings(request, caller)
    file = (await read_upload(request, limit=LARGEST_FILE + SINGLE_LIMIT)).files.get("file")
    try:
        table = await run_in_threadpool(read_table, file.content if file else b"")
    except FileIsUnreadable as refusal:
        return page(request, "import.html", status_code=422, title=TITLE, refusal=refusal.words)
    return await _table_page(request, around, ImportForm.begun(table))


@router.post("/import")
async def go_on(request: Request, caller: Importing) -> Response:
    around = await surroundings(request, caller)
    # As a form with files: in the other kind a table would take up to three times the room.
    sent = (await read_upload(request, limit=LARGEST_BODY)).values
    try:
        form = await run_in_threadpool(ImportForm.sent, sent)
    except FileIsUnreadable as refusal:
        return page(request, "import.html", status_code=422, title=TITLE, refusal=refusal.words)
    act = sent.text("act")
    if act not in ("import", "faults"):
        return await _table_page(request, around, form)
    try:
        table = ImportedTable(form.table, form.choice, set_up=around.set_up, sender=around.sender)
    except ColumnsAreMissing:
        return await _table_page(request, around, form)
    read = await run_in_threadpool(table.rows, around.now)
    if act == "faults":
        return _faults_file(read)
    return await _outcome_page(request, around, form, outcomes=await _record(around, table, read))


async def _record(around: Surroundings, table: ImportedTable, read: Sequence[RowRead]) -> list[RowOutcome]:
    submissions = [row.submission for row in read if row.submission is not None]
    outcomes = list[Outcome]()
    for begin in range(0, len(submissions), RECORDED_TOGETHER):
        together = submissions[begin : begin + RECORDED_TOGETHER]
        outcomes += await around.service.do(
            partial(_submit_together, together=together, sender=around.sender)
        )
    await around.service.shown()
    return table.outcomes(read, outcomes)


def _submit_together(app: Intake, *, together: Sequence[Submission], sender: Sender) -> list[Outcome]:
    return app.reporting.submit_reports(together, sender)


async def _table_page(request: Request, around: Surroundings, form: ImportForm) -> Response:
    read, meanings, refusal = list[RowRead](), dict[str, list[str]](), None
    try:
        table = ImportedTable(form.table, form.choice, set_up=around.set_up, sender=around.sender)
        read = await run_in_threadpool(table.rows, around.now)
        meanings = {name: table.unmatched(name)[:MOST_MEANINGS] for name in TRANSLATED}
    except Rejected as refused:
        refusal = refused.words
    faults = [fault for row in read for fault in row.faults]
    return page(
        request,
        "import_table.html",
        status_code=422 if refusal else 200,
        title=TITLE,
        form=form,
        field_words=FIELD_WORDS,
        needed=NEEDED,
        meanings=meanings,
        entries=around.set_up.entries,
        areas=around.set_up.document.areas,
        places=around.set_up.document.places,
        refusal=refusal,
        good=sum(row.submission is not None for row in read),
        bad=sum(row.submission is None for row in read),
        faults=faults[:FAULTS_SHOWN],
        more_faults=max(0, len(faults) - FAULTS_SHOWN),
        wrong=_wrong_cells(faults),
        shown=list(form.table.numbered())[:ROWS_SHOWN],
    )


async def _outcome_page(
    request: Request, around: Surroundings, form: ImportForm, *, outcomes: Sequence[RowOutcome]
) -> Response:
    faults = [fault for each in outcomes for fault in each.faults]
    return page(
        request,
        "import_done.html",
        title=Words(sv="Filen är inläst", en="The file is imported"),
        form=form,
        field_words=FIELD_WORDS,
        counted={
            what: sum(each.outcome == what for each in outcomes)
            for what in ("recorded", "repeated", "refused")
        },
        faults=faults[:FAULTS_SHOWN],
        more_faults=max(0, len(faults) - FAULTS_SHOWN),
        organisation=around.organisation_name(around.caller.organisation or ""),
    )


def _faults_file(read: Sequence[RowRead]) -> Response:
    told = [RowOutcome(row.number, "refused", None, row.faults) for row in read if row.submission is None]
    return Response(
        faults_as_csv(told),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="fel-i-filen.csv"'},
    )


def _wrong_cells(faults: Sequence[RowFault]) -> set[tuple[int, str]]:
    return {(fault.row, fault.column) for fault in faults}
