"""Open311 GeoReport v2: how the apps of citizens report, to be moderated before anything counts.

The protocol lets apps send names, numbers and addresses of people. They are not read here, and not kept.
What it lists is coarse and accepted: which service, which area, which day, and never what was written.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID, uuid4

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_chassis.service import Service
from est_chassis.web.access import Caller
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.problems import not_found
from est_chassis.web.quotas import client_address, quota, quotas_of
from est_contracts.vocabulary import STOCKHOLM, THEME_WORDS, ChecklistEntry, Coordinates
from est_intake.api.callers import Anyone, service_of
from est_intake.api.georeport import Format, Told, answered, bad_request
from est_intake.api.issued_keys import IssuedKeys
from est_intake.application import Intake
from est_intake.domain.api_key import KeyScope
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.public_report import (
    REJECTION_REASON_WORDS,
    MunicipalityIsNotOpen,
    PublicNotice,
    PublicReportState,
    coarse_address,
    public_entries,
    seen,
)
from est_intake.read_models import collaborations
from est_intake.read_models.public_reports import Accepted, PublicReportRow, accepted, find_public_report
from est_intake.settings import IntakeSettings

# Described by the protocol itself, and by its discovery document.
router = APIRouter(prefix="/open311/v2", include_in_schema=False)

LISTED = 100
CHANGESET = "2026-11-22T00:00:00Z"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
EMERGENCY = "Pågår det nu? Ring 112. Annars polisen: 114 14. / Is it happening now? Call 112."
NOTICE = (
    f"Tack. En samordnare läser det innan det räknas. / Thank you. A coordinator reads it first. {EMERGENCY}"
)

InForm = Annotated[Format, Path(description="json or xml")]


@router.get("/discovery.{form}")
async def discover(form: InForm, request: Request, _caller: Anyone) -> Response:
    """Where the protocol is spoken here, and in which forms."""
    front_url = service_of(request).settings.front_url.rstrip("/")
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{front_url}/open311/v2",
        "changeset": CHANGESET,
        "type": "production",
        "formats": ["application/json", "text/xml"],
    }
    content = {"changeset": CHANGESET, "contact": EMERGENCY, "key_service": "", "endpoints": [endpoint]}

    async def told() -> Told:
        return Told(content, "discovery")

    return await answered(form, told())


@router.get("/services.{form}")
async def list_services(form: InForm, request: Request, _caller: Anyone) -> Response:
    """What one can tell of: the entries of the municipality's checklists that the public may use."""

    async def told() -> Told:
        set_up = await _open_set_up(request, request.query_params)
        services = [_service(entry) for entry in public_entries(set_up).values()]
        return Told(services, "services", "service")

    return await answered(form, told())


@router.get("/services/{service_code}.{form}")
async def describe_service(service_code: str, form: InForm, request: Request, _caller: Anyone) -> Response:
    """A service, which asks for nothing beyond what every request holds."""

    async def told() -> Told:
        set_up = await _open_set_up(request, request.query_params)
        if service_code not in public_entries(set_up):
            raise NotFound(service_code)
        return Told({"service_code": service_code, "attributes": []}, "service_definition")

    return await answered(form, told())


@router.post("/requests.{form}")
async def create_request(form: InForm, request: Request, _caller: Anyone) -> Response:
    """Tell of something. It waits for a coordinator; the answer holds the ID by which to ask after it."""

    async def told() -> Told:
        sent = await read_form(request)
        service = service_of(request)
        municipality = await _jurisdiction(request, sent.text("jurisdiction_id"))
        await _use_of_quota(request, sent, municipality=municipality)
        notice = _notice(sent, municipality)
        receipt = await service.do(lambda app: app.public_reporting.receive_public_report(notice))
        await service.shown()
        content = {
            "service_request_id": str(receipt.request_id),
            "service_notice": NOTICE,
            "account_id": None,
        }
        return Told([content], "service_requests", "request", status_code=201)

    return await answered(form, told())


@router.get("/requests.{form}")
async def list_requests(form: InForm, request: Request, _caller: Anyone) -> Response:
    """What has been accepted, coarsely; with service_request_id, what became of one's own."""

    async def told() -> Told:
        asked = request.query_params
        set_up = await _open_set_up(request, asked)
        if asked.get("service_request_id"):
            return await _own(request, set_up, asked["service_request_id"])
        if asked.get("status", "closed") != "closed":
            # What is still open has been seen by nobody who answers for it.
            return Told([], "service_requests", "request")
        wanted = Accepted(
            set_up.document.municipality,
            checklist_entry=asked.get("service_code"),
            received_from=_moment(asked, "start_date"),
            received_before=_moment(asked, "end_date"),
        )
        rows = await service_of(request).ask(lambda cursor: accepted(cursor, wanted, limit=LISTED))
        return Told([_listed(row, set_up) for row in rows], "service_requests", "request")

    return await answered(form, told())


@router.get("/requests/{request_id}.{form}")
async def read_request(request_id: str, form: InForm, request: Request, _caller: Anyone) -> Response:
    """What became of one's own: the ID is known to nobody but who sent it, until it is accepted."""

    async def told() -> Told:
        return await _own(request, await _open_set_up(request, request.query_params), request_id)

    return await answered(form, told())


async def _own(request: Request, set_up: SetUpInUse, request_id: str) -> Told:
    municipality, known_by = set_up.document.municipality, _request_id(request_id)
    row = await service_of(request).ask(lambda cursor: find_public_report(cursor, municipality, known_by))
    if row is None:
        raise not_found()
    return Told([_listed(row, set_up)], "service_requests", "request")


def _request_id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise not_found() from None


async def _open_set_up(request: Request, asked: Mapping[str, str]) -> SetUpInUse:
    municipality = await _jurisdiction(request, asked.get("jurisdiction_id", ""))

    def in_use(cursor: Cursor) -> SetUpInUse | None:
        return collaborations.in_use(cursor, municipality)

    set_up = await service_of(request).ask(in_use)
    if set_up is None or not set_up.document.open_to_the_public:
        raise MunicipalityIsNotOpen
    return set_up


async def _jurisdiction(request: Request, written: str) -> str:
    """As the protocol has it: it may be left out where there is only one."""
    if written:
        return written
    set_ups = await service_of(request).ask(collaborations.open_to_the_public)
    if len(set_ups) != 1:
        raise bad_request(
            "jurisdiction_id",
            sv="Ange kommunens kod, fyra siffror.",
            en="Give the municipality's four digits.",
        )
    return set_ups[0].document.municipality


async def _use_of_quota(request: Request, sent: FormValues, *, municipality: str) -> None:
    """By address, or by key for an app that brings one; and for a municipality as a whole."""
    service = service_of(request)
    settings = cast(IntakeSettings, service.settings)
    token = sent.text("api_key") or request.query_params.get("api_key", "")
    holder = await _key_holder(service, token, municipality=municipality)
    if holder is None or holder.quota_per_minute is None:
        limit = f"{settings.public_reports_per_hour}/hour"
        quota(request, name="public", who=client_address(request), limit=limit)
    else:
        quotas_of(request).use_key_of(holder)
    of_all = f"{settings.public_reports_per_day}/day"
    quota(request, name="public_in_all", who=municipality, limit=of_all)


async def _key_holder(service: Service[Intake], token: str, *, municipality: str) -> Caller | None:
    for source in service.credentials if token else ():
        if isinstance(source, IssuedKeys):
            caller = await source.holder(service, token)
            if caller and caller.municipality == municipality and caller.may(KeyScope.REPORTS_WRITE):
                return caller
    return None


def _notice(sent: FormValues, municipality: str) -> PublicNotice:
    """Of all that may have been sent, what is about the place and not about anybody."""
    point = _point(sent.text("lat"), sent.text("long"))
    address = coarse_address(sent.text("address_string"))
    if point is None and not sent.text("address_string"):
        raise bad_request(
            "lat", sv="Ange lat och long, eller address_string.", en="Give lat and long, or address_string."
        )
    return PublicNotice(
        request_id=uuid4(),
        municipality=municipality,
        checklist_entry=sent.text("service_code"),
        text=seen(sent.text("description")),
        address=address if point is None else "",
        point=point,
    )


def _point(latitude: str, longitude: str) -> Coordinates | None:
    if not latitude and not longitude:
        return None
    try:
        return Coordinates(longitude=float(longitude), latitude=float(latitude))
    except ValueError:
        raise bad_request("lat", sv="Ange grader i WGS 84.", en="Give degrees in WGS 84.") from None


def _moment(asked: Mapping[str, str], name: str) -> datetime | None:
    if not asked.get(name):
        return None
    try:
        moment = datetime.fromisoformat(asked[name].replace(" ", "+"))
    except ValueError:
        raise bad_request(
            name, sv="Skriv som 2026-11-18T00:00:00Z.", en="Write as in 2026-11-18T00:00:00Z."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)


def _service(entry: ChecklistEntry) -> dict[str, Any]:
    return {
        "service_code": entry.entry_id,
        "service_name": entry.words.sv,
        "description": f"{entry.help.sv if entry.help else entry.words.sv} / {entry.words.en}",
        "metadata": False,
        "type": "blackbox",
        "keywords": THEME_WORDS[entry.theme].sv.lower(),
        "group": THEME_WORDS[entry.theme].sv,
    }


def _listed(row: PublicReportRow, set_up: SetUpInUse) -> dict[str, Any]:
    """Service, status, area and day; neither words nor point nor hour."""
    entry = set_up.entries.get(row.checklist_entry)
    names = {area.area_id: area.name for area in set_up.document.areas}
    is_waiting = row.state is PublicReportState.WAITING
    return {
        "service_request_id": str(row.request_id),
        "status": "open" if is_waiting else "closed",
        "status_notes": _status_notes(row),
        "service_name": entry.words.sv if entry else None,
        "service_code": row.checklist_entry,
        "description": None,
        "agency_responsible": set_up.document.name,
        "service_notice": None,
        "requested_datetime": _day(row.received_at),
        "updated_datetime": _day(row.decided_at or row.received_at),
        "expected_datetime": None,
        "address": names.get(row.area or ""),
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _status_notes(row: PublicReportRow) -> str:
    if row.state is PublicReportState.ACCEPTED:
        return "Räknas i lägesbilden. / Counts in the situation picture."
    if row.reason is None:
        return "Väntar på en samordnare. / Waits for a coordinator."
    words = REJECTION_REASON_WORDS[row.reason]
    return f"Räknas inte: {words.sv}. / Does not count: {words.en}."


def _day(moment: datetime) -> str:
    """The day and not the hour, in the form that the protocol wants."""
    return moment.astimezone(STOCKHOLM).replace(hour=0, minute=0, second=0, microsecond=0).isoformat()
