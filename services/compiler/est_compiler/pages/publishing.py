"""The buttons that publish the picture that was on the page, and correct a published one."""

from dataclasses import dataclass
from typing import Self

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.service import Service
from est_chassis.web.access import Caller, within
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.numbers import position_in
from est_chassis.web.problems import not_found
from est_compiler.application import Compiler
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.publishing.situation_picture import Approval
from est_compiler.pages.callers import PICTURE, Code, Coordinator, ScopeNames, joined_scope, service_of
from est_compiler.pages.ways import Place, place_of
from est_compiler.questions.compilations import set_up_now
from est_compiler.questions.pictures import picture_at
from est_contracts.vocabulary import CorrectionReason

router = APIRouter(include_in_schema=False)


@router.post(f"{PICTURE}/publication")
async def publication(
    request: Request, code: Code, period: str, caller: Coordinator, *, scope: ScopeNames = None
) -> Response:
    """Publish the picture that was on the page."""
    within(caller, code)
    service, form, wanted = service_of(request), await read_form(request), joined_scope(scope or ())
    seen, approval = _Seen.of(form), _approval(caller, form)

    def publish(app: Compiler) -> str:
        place = place_of(app.work.cursor, municipality=code, scope=wanted)
        drawn = _drawn(app, place, period, seen)
        app.publishing.publish_picture(drawn, approval, document=set_up_now(app.work.cursor, code))
        return place.path(drawn.picture.period)

    return await _led_to(service, await service.do(publish))


@router.post(f"{PICTURE}/versions")
async def correction(
    request: Request, code: Code, period: str, caller: Coordinator, *, scope: ScopeNames = None
) -> Response:
    """Correct the published picture with the one that was on the page."""
    within(caller, code)
    service, form, wanted = service_of(request), await read_form(request), joined_scope(scope or ())
    seen, approval = _Seen.of(form), _approval(caller, form)
    version, reason = position_in(form.text("version")), _reason(form)

    def correct(app: Compiler) -> str:
        place = place_of(app.work.cursor, municipality=code, scope=wanted)
        drawn, document = _drawn(app, place, period, seen), set_up_now(app.work.cursor, code)
        app.publishing.correct_picture(drawn, approval, version=version, reason=reason, document=document)
        return place.path(drawn.picture.period)

    return await _led_to(service, await service.do(correct))


@dataclass(frozen=True, slots=True)
class _Seen:
    """How far the two logs were known when the page was made."""

    intake: int
    analysis: int

    @classmethod
    def of(cls, form: FormValues) -> Self:
        return cls(position_in(form.text("made_from")), position_in(form.text("made_from_analysis")))


def _drawn(app: Compiler, place: Place, period: str, seen: _Seen) -> DrawnPicture:
    return picture_at(
        app.work.cursor,
        municipality=place.municipality,
        period=place.period(app.work.cursor, period),
        scope=place.scope,
        position=seen.intake,
        analysis=seen.analysis,
    )


async def _led_to(service: Service[Compiler], path: str) -> Response:
    await service.shown()
    return RedirectResponse(path, status_code=303)


def _approval(caller: Caller, form: FormValues) -> Approval:
    return Approval(
        by=caller.function or caller.name,
        seen=form.text("fingerprint") or None,
        keep=tuple(form.texts("sentences")),
    )


def _reason(form: FormValues) -> CorrectionReason:
    try:
        return CorrectionReason(form.text("reason"))
    except ValueError:
        raise not_found() from None
