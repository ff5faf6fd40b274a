"""How people come in: the picture of a week, the list of weeks, and the buttons that publish."""

from datetime import datetime
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.service import Service
from est_chassis.web.access import Caller, allow, within
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of
from est_chassis.web.problems import not_found
from est_compiler.application import Compiler
from est_compiler.domain.periods import picture_period
from est_compiler.domain.situation_picture import Approval, PublishedVersion
from est_compiler.pages.picture_page import (
    PicturePage,
    drawn_page,
    published_page,
    reason_choices,
    sentence_choices,
    since_words,
)
from est_compiler.pages.weeks_page import weeks_page
from est_compiler.read_models import facts
from est_compiler.read_models.collaborations import collaboration_at
from est_compiler.read_models.compilations import set_up_now
from est_compiler.read_models.pictures import WeekNow, picture_at, week_now
from est_contracts.vocabulary import (
    MUNICIPALITIES,
    STOCKHOLM,
    CorrectionReason,
    MunicipalityCode,
    Role,
    Week,
    Words,
)

router = APIRouter(include_in_schema=False)

READERS = (Role.REPORTER, Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER, Role.RECIPIENT, Role.OPERATOR)
Reader = Annotated[Caller, Depends(allow(*READERS))]
Coordinator = Annotated[Caller, Depends(allow(Role.COORDINATOR))]
Code = Annotated[MunicipalityCode, Path()]
PICTURE = "/pictures/{code}/{period}"
#: The picture as it can be drawn now, although the week has been published.
DRAWN_NOW = "now"
PICTURES = Words(sv="Lägesbilder", en="Situation pictures")
ALL_WEEKS = Words(sv="Alla veckor", en="All weeks")


class Asked(BaseModel):
    """Which picture of a week is meant: a version, or what was known at a time."""

    version: str = ""
    as_of: str | None = None
    #: A time by the clock in Sweden, as a form gives it.
    known_at: str = ""

    @property
    def moment_or_position(self) -> str | None:
        if self.as_of is not None or not self.known_at:
            return self.as_of
        try:
            return datetime.fromisoformat(self.known_at).replace(tzinfo=STOCKHOLM).isoformat()
        except ValueError:
            return self.known_at


@router.get("/pictures")
async def pictures(request: Request, caller: Reader) -> Response:
    """The newest week that anything is known of; whoever sees all municipalities chooses one first."""
    service = _service(request)
    this_week = str(Week.of(service.clock.now()))
    code = caller.municipality
    if code is None:
        codes = await service.ask(facts.municipalities)
        named = sorted((MUNICIPALITIES.get(each, each), each) for each in codes)
        return page(request, "municipalities.html", title=PICTURES, municipalities=named)
    latest = await service.ask(lambda cursor: facts.latest_period(cursor, municipality=code, until=this_week))
    return RedirectResponse(f"/pictures/{code}/{latest or this_week}", status_code=303)


@router.get("/pictures/{code}")
async def weeks(request: Request, code: Code, caller: Reader, *, until: str | None = None) -> Response:
    """A year of weeks: how many reports, and what has been published."""
    within(caller, code)
    service = _service(request)
    last = _week(until) if until else Week.of(service.clock.now())
    language = language_of(request)
    shown = await service.ask(
        lambda cursor: weeks_page(cursor, municipality=code, last=last, language=language)
    )
    return page(request, "weeks.html", title=ALL_WEEKS, code=code, weeks=shown)


@router.get(PICTURE)
async def picture(
    request: Request, code: Code, period: str, caller: Reader, *, asked: Annotated[Asked, Query()]
) -> Response:
    """A week's picture: what has been published, or else what can be drawn."""
    within(caller, code)
    drawn_period, service = picture_period(period), _service(request)
    now, as_of, language = service.clock.now(), asked.moment_or_position, language_of(request)

    def ask(cursor: Cursor) -> tuple[WeekNow, PicturePage]:
        found = week_now(cursor, municipality=code, period=drawn_period, as_of=as_of)
        chosen = None if as_of else _chosen(found, asked.version)
        made_from = chosen.frozen.made_from if chosen else found.drawn.made_from
        document = collaboration_at(cursor, municipality=code, position=made_from)
        if chosen:
            return found, published_page(chosen, document, language=language)
        return found, drawn_page(found, document, now=now, language=language)

    found, shown = await service.ask(ask)
    return page(
        request,
        "picture.html",
        title=Words(
            sv=f"Lägesbild {drawn_period.name.sv}, {drawn_period.year}",
            en=f"Situation picture, {drawn_period.name.en}, {drawn_period.year}",
        ),
        code=code,
        period=drawn_period,
        shown=shown,
        found=found,
        as_of=as_of,
        known_at=asked.known_at,
        since=since_words(found, language),
        has_begun=drawn_period.starts_at <= now,
        next_period=drawn_period.next if drawn_period.next.starts_at <= now else None,
        may_publish=caller.has(Role.COORDINATOR),
        sentences=sentence_choices(found, now=now, language=language),
        reasons=reason_choices(language),
    )


@router.post(f"{PICTURE}/publication")
async def publication(request: Request, code: Code, period: str, caller: Coordinator) -> Response:
    """Publish the picture that was on the page."""
    within(caller, code)
    drawn_period, form, service = picture_period(period), await read_form(request), _service(request)
    made_from, approval = _position(form), _approval(caller, form)
    await service.do(
        lambda app: app.publish_picture(
            picture_at(app.work.cursor, municipality=code, period=drawn_period, position=made_from),
            approval,
            document=set_up_now(app.work.cursor, code),
        )
    )
    await service.shown()
    return RedirectResponse(f"/pictures/{code}/{drawn_period}", status_code=303)


@router.post(f"{PICTURE}/versions")
async def correction(request: Request, code: Code, period: str, caller: Coordinator) -> Response:
    """Correct the published picture with the one that was on the page."""
    within(caller, code)
    drawn_period, form, service = picture_period(period), await read_form(request), _service(request)
    made_from, approval = _position(form), _approval(caller, form)
    version, reason = _number(form.text("version")), _reason(form)
    await service.do(
        lambda app: app.correct_picture(
            picture_at(app.work.cursor, municipality=code, period=drawn_period, position=made_from),
            approval,
            version=version,
            reason=reason,
            document=set_up_now(app.work.cursor, code),
        )
    )
    await service.shown()
    return RedirectResponse(f"/pictures/{code}/{drawn_period}", status_code=303)


def _week(written: str) -> Week:
    return Week.of_day(picture_period(written).first_day)


def _service(request: Request) -> Service[Compiler]:
    return cast(Service[Compiler], request.app.state.service)


def _chosen(found: WeekNow, version: str) -> PublishedVersion | None:
    """The published version that was asked for: the latest, unless a number or the present is named."""
    if version == DRAWN_NOW or not found.published:
        return None
    if not version:
        return found.latest
    for each in found.published:
        if str(each.version) == version:
            return each
    raise not_found()


def _approval(caller: Caller, form: FormValues) -> Approval:
    return Approval(
        by=caller.function or caller.name,
        seen=form.text("fingerprint") or None,
        keep=tuple(form.texts("sentences")),
    )


def _position(form: FormValues) -> int:
    return _number(form.text("made_from"))


def _number(written: str) -> int:
    if not written.isdecimal() or len(written) > 18:
        raise not_found()
    return int(written)


def _reason(form: FormValues) -> CorrectionReason:
    try:
        return CorrectionReason(form.text("reason"))
    except ValueError:
        raise not_found() from None
