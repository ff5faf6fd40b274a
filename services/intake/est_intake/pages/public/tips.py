"""How anyone can tell of something, without an account: in municipalities that have opened for it."""

from typing import Annotated, cast
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.parts import Choice
from est_chassis.web.problems import Problem, not_found
from est_chassis.web.quotas import client_address, quota
from est_contracts.vocabulary import Role, Words
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.public_report import REJECTION_REASON_WORDS, PublicNotice, public_entries, seen
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import service_of
from est_intake.read_models import collaborations
from est_intake.read_models.public_reports import find_public_report
from est_intake.settings import IntakeSettings

router = APIRouter(include_in_schema=False)

Anyone = Annotated[Caller, Depends(allow(Role.PUBLIC))]
NO_FORM = FormValues([])
TITLE = Words(sv="Tipsa kommunen", en="Tell the municipality")
NOWHERE_IN_PARTICULAR = Words(sv="Vet inte, eller flera ställen", en="Not sure, or several places")
#: A form names its fields as people do; the protocol of the apps has names of its own.
FIELDS = {"service_code": "checklist_entry", "description": "text"}


@router.get("/tips")
async def choose_municipality(request: Request, _caller: Anyone) -> Response:
    """The municipalities in which anyone may tell of something."""
    set_ups = await service_of(request).ask(collaborations.open_to_the_public)
    return page(request, "tips_where.html", title=TITLE, documents=[each.document for each in set_ups])


@router.get("/tips/{code}")
async def empty_form(code: str, request: Request, _caller: Anyone) -> Response:
    return _form_page(request, await _open_set_up(request, code))


@router.post("/tips/{code}")
async def send_form(code: str, request: Request, _caller: Anyone) -> Response:
    """Take it in. The ID comes with the form, so that an impatient finger does no harm."""
    set_up, form = await _open_set_up(request, code), await read_form(request)
    service = service_of(request)
    notice = PublicNotice(
        request_id=_request_id(form.text("request_id")),
        municipality=code,
        checklist_entry=form.text("checklist_entry"),
        area=form.text("area") or None,
        text=seen(form.text("text").replace("\r\n", "\n")),
    )
    try:
        _use_of_quota(request, code)
        await service.do(lambda app: app.public_reporting.receive_public_report(notice))
    except (Rejected, Problem) as refusal:
        return _form_page(request, set_up, form=form, refusal=refusal)
    await service.shown()
    return RedirectResponse(f"/tips/{code}/{notice.request_id}", status_code=303)


@router.get("/tips/{code}/{request_id}")
async def show_state(code: str, request_id: str, request: Request, _caller: Anyone) -> Response:
    """Thanks, and where it stands: for whoever has this address."""
    set_up, known_by = await _open_set_up(request, code), _request_id(request_id)
    row = await service_of(request).ask(lambda cursor: find_public_report(cursor, code, known_by))
    if row is None:
        raise not_found()
    entry = set_up.entries.get(row.checklist_entry)
    return page(
        request,
        "tips_thanks.html",
        title=Words(sv="Tack för tipset", en="Thank you for telling"),
        document=set_up.document,
        row=row,
        what=entry.words if entry else "",
        where=next((each.name for each in set_up.document.areas if each.area_id == row.area), ""),
        reason=REJECTION_REASON_WORDS[row.reason] if row.reason else None,
    )


def _form_page(
    request: Request,
    set_up: SetUpInUse,
    *,
    form: FormValues = NO_FORM,
    refusal: Rejected | Problem | None = None,
) -> Response:
    language = language_of(request)
    entries = [
        Choice(each.entry_id, softly(said(each.words, language))) for each in public_entries(set_up).values()
    ]
    response = page(
        request,
        "tips.html",
        status_code=(refusal.status if isinstance(refusal, Problem) else refusal.http_status)
        if refusal
        else 200,
        title=TITLE,
        document=set_up.document,
        entries=entries,
        areas=[
            Choice("", said(NOWHERE_IN_PARTICULAR, language)),
            *(Choice(each.area_id, each.name) for each in set_up.document.areas),
        ],
        request_id=form.text("request_id") or uuid4(),
        form=form,
        errors=_told(refusal, request) if refusal else {},
    )
    if isinstance(refusal, Problem):
        response.headers.update(refusal.headers)
    return response


def _told(refusal: Rejected | Problem, request: Request) -> dict[str, str]:
    language, told = language_of(request), dict[str, str]()
    for field, words in refusal.errors:
        name = FIELDS.get(field, field)
        told[name] = f"{told[name]} {said(words, language)}" if name in told else said(words, language)
    return told or {"text": said(refusal.words or TITLE, language)}


async def _open_set_up(request: Request, code: str) -> SetUpInUse:
    set_up = await service_of(request).ask(lambda cursor: collaborations.in_use(cursor, code))
    if set_up is None or not set_up.document.open_to_the_public:
        raise not_found()
    return set_up


def _request_id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise not_found() from None


def _use_of_quota(request: Request, code: str) -> None:
    """The same counts as for the apps: by address, and for a municipality as a whole."""
    settings = cast(IntakeSettings, service_of(request).settings)
    an_hour, a_day = f"{settings.public_reports_per_hour}/hour", f"{settings.public_reports_per_day}/day"
    quota(request, name="public", who=client_address(request), limit=an_hour)
    quota(request, name="public_in_all", who=code, limit=a_day)
