"""The structural indicators, year by year: written in a form, or read from a file row by row."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow, within
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.frame import page
from est_chassis.web.problems import not_found
from est_chassis.web.uploads import read_upload
from est_compiler.application import Compiler, IndicatorDraft, Recorder, RowOutcome
from est_compiler.domain.indicators.refusals import IndicatorHasChanged
from est_compiler.domain.indicators.table import NOT_A_NUMBER, write_indicators
from est_compiler.domain.indicators.values import SourcedWords
from est_compiler.pages.callers import Code, service_of
from est_compiler.questions.compilations import set_up_now
from est_compiler.read_models.indicators import indicators_of
from est_contracts.vocabulary import (
    INDICATOR_GROUPS,
    INDICATOR_UNIT_WORDS,
    INDICATORS,
    CollaborationDocument,
    IndicatorValue,
    InvalidIndicatorValue,
    Role,
    Words,
    indicator_number,
    indicator_year,
)

router = APIRouter(include_in_schema=False)

Recording = Annotated[Caller, Depends(allow(Role.COORDINATOR))]
YEAR = "/pictures/{code}/{year}/indicators"
TITLE = Words(sv="Strukturella indikatorer", en="Structural indicators")
#: What spreadsheets write when they do not write UTF-8.
OLDER_ENCODING = "cp1252"


@dataclass(frozen=True)
class Year:
    """The year whose indicators are written down, and by whom."""

    recorder: Recorder
    number: int


@dataclass(frozen=True)
class Entered:
    """What was entered and not saved: as it was sent, and what to do about it."""

    sent: dict[str, str] = field(default_factory=dict)
    faults: dict[str, Words] = field(default_factory=dict)
    #: Whether somebody else has changed one of them meanwhile.
    is_contested: bool = False
    outcomes: tuple[RowOutcome, ...] | None = None
    refusal: Words | None = None


async def year_of(request: Request, code: Code, year: str, caller: Recording) -> Year:
    """The year of an address, for a coordinator of the municipality."""
    within(caller, code)
    try:
        number = indicator_year(year)
    except InvalidIndicatorValue:
        raise not_found() from None

    document: CollaborationDocument | None = await service_of(request).ask(
        lambda cursor: set_up_now(cursor, code)
    )
    return Year(Recorder(code, caller.function or caller.name, document), number)


Asked = Annotated[Year, Depends(year_of)]


@router.get(YEAR)
async def show_indicators(request: Request, year: Asked) -> Response:
    return await _shown(request, year, Entered())


@router.get(f"{YEAR}/table")
async def indicators_as_csv(request: Request, year: Asked) -> Response:
    """Every value that has been written down until the year, as the table that can be read in again."""
    values = await _values(request, year, range(year.number - 20, year.number + 1))
    name = f"indikatorer-{year.recorder.municipality}-{year.number}.csv"
    return Response(
        write_indicators(values),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.post(YEAR)
async def save_indicators(request: Request, year: Asked) -> Response:
    """Save each value by itself: what is wrong with one does not hinder the others."""
    sent = await read_form(request)
    faults: dict[str, Words] = {}
    contested: set[str] = set()

    def save(app: Compiler) -> None:
        for name in INDICATORS:
            try:
                _save_one(app, year, name, sent, faults)
            except IndicatorHasChanged as changed:
                faults[name] = _what_stands(changed.stands)
                contested.add(name)

    await service_of(request).do(save)
    await service_of(request).shown()
    if faults:
        return await _shown(request, year, Entered(sent.as_sent, faults, bool(contested)))
    return RedirectResponse(f"{_address(year)}?saved=yes", status_code=303)


@router.post(f"{YEAR}/table")
async def read_table(request: Request, year: Asked) -> Response:
    """Read a file in, and say row by row what came of it."""
    upload = await read_upload(request)
    file = upload.files.get("file")
    is_confirmed = upload.values.text("confirmed") == "yes"
    table = _text(file.content) if file else ""
    try:
        outcomes = await service_of(request).do(
            lambda app: app.indicating.import_indicators(year.recorder, table, confirmed=is_confirmed)
        )
    except Rejected as refusal:
        return await _shown(request, year, Entered(refusal=refusal.errors[0].words))
    await service_of(request).shown()
    return await _shown(request, year, Entered(outcomes=tuple(outcomes)))


def _save_one(app: Compiler, year: Year, name: str, sent: FormValues, faults: dict[str, Words]) -> None:
    """What its writer has not touched is left as it is: somebody else may have written it meanwhile."""
    is_touched = (sent.text(f"{name}.value"), sent.text(f"{name}.source")) != _read(name, sent)
    if not sent.texts(f"{name}.value") or not is_touched:
        return
    try:
        app.indicating.set_indicator(year.recorder, name, year.number, draft=_draft(name, sent))
    except InvalidIndicatorValue:
        faults[name] = NOT_A_NUMBER
    except IndicatorHasChanged:
        raise
    except Rejected as refusal:
        faults[name] = refusal.errors[0].words if refusal.errors else refusal.words


def _draft(name: str, sent: FormValues) -> IndicatorDraft:
    written, source = sent.text(f"{name}.value"), sent.text(f"{name}.source")
    read_value, read_source = _read(name, sent)
    return IndicatorDraft(
        value=indicator_number(written) if written else None,
        source=source or None,
        confirmed=sent.text(f"{name}.confirmed") == "yes",
        was=SourcedWords(indicator_number(read_value) if read_value else None, read_source or None),
    )


def _read(name: str, sent: FormValues) -> tuple[str, str]:
    """The value and the source as the form showed them when it was opened."""
    return sent.text(f"was.{name}.value"), sent.text(f"was.{name}.source")


def _what_stands(stands: SourcedWords) -> Words:
    if stands.value is None:
        return Words(
            sv="Någon annan har tagit bort värdet sedan du läste. Spara igen om ditt ska gälla.",
            en="Somebody else has taken the value away since you read it. Save again if yours is to hold.",
        )
    value = format(stands.value, "f")
    return Words(
        sv=f"Någon annan har skrivit {value.replace('.', ',')} ({stands.source}) sedan du läste. "
        "Spara igen om ditt värde ska gälla.",
        en=f"Somebody else has written {value} ({stands.source}) since you read it. "
        "Save again if your value is to hold.",
    )


async def _values(request: Request, year: Year, years: range) -> tuple[IndicatorValue, ...]:
    def ask(cursor: Cursor) -> tuple[IndicatorValue, ...]:
        of = year.recorder.municipality
        return indicators_of(cursor, municipality=of, first_year=years.start, last_year=years.stop - 1)

    return await service_of(request).ask(ask)


async def _shown(request: Request, year: Year, entered: Entered) -> Response:
    found = await _values(request, year, range(year.number - 1, year.number + 1))
    return page(
        request,
        "indicators.html",
        status_code=409 if entered.is_contested else 422 if entered.faults or entered.refusal else 200,
        title=TITLE,
        address=_address(year),
        code=year.recorder.municipality,
        year=year.number,
        groups=INDICATOR_GROUPS,
        units=INDICATOR_UNIT_WORDS,
        now=_by_name(each for each in found if each.year == year.number),
        before=_by_name(each for each in found if each.year == year.number - 1),
        entered=entered,
        is_saved=request.query_params.get("saved") == "yes",
    )


def _by_name(values: Iterable[IndicatorValue]) -> dict[str, IndicatorValue]:
    return {each.indicator: each for each in values}


def _address(year: Year) -> str:
    return f"/pictures/{year.recorder.municipality}/{year.number}/indicators"


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(OLDER_ENCODING, errors="replace")
