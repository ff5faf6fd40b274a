"""The buttons that publish the picture that was on the page, and correct a published one."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller, within
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.problems import not_found
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.periods import picture_period
from est_compiler.domain.situation_picture import Approval
from est_compiler.pages.asked import PICTURE, Code, Coordinator, service_of
from est_compiler.read_models.compilations import set_up_now
from est_compiler.read_models.pictures import picture_at
from est_contracts.vocabulary import CorrectionReason, PicturePeriod

router = APIRouter(include_in_schema=False)


@router.post(f"{PICTURE}/publication")
async def publication(request: Request, code: Code, period: str, caller: Coordinator) -> Response:
    """Publish the picture that was on the page."""
    within(caller, code)
    drawn_period, form, service = picture_period(period), await read_form(request), service_of(request)
    approval = _approval(caller, form)
    await service.do(
        lambda app: app.publish_picture(
            _looked_at(app.work.cursor, form, municipality=code, period=drawn_period),
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
    drawn_period, form, service = picture_period(period), await read_form(request), service_of(request)
    approval = _approval(caller, form)
    version, reason = _number(form.text("version")), _reason(form)
    await service.do(
        lambda app: app.correct_picture(
            _looked_at(app.work.cursor, form, municipality=code, period=drawn_period),
            approval,
            version=version,
            reason=reason,
            document=set_up_now(app.work.cursor, code),
        )
    )
    await service.shown()
    return RedirectResponse(f"/pictures/{code}/{drawn_period}", status_code=303)


def _approval(caller: Caller, form: FormValues) -> Approval:
    return Approval(
        by=caller.function or caller.name,
        seen=form.text("fingerprint") or None,
        keep=tuple(form.texts("sentences")),
    )


def _looked_at(cursor: Cursor, form: FormValues, *, municipality: str, period: PicturePeriod) -> DrawnPicture:
    """The picture that was on the page, drawn again as both logs were known then."""
    return picture_at(
        cursor,
        municipality=municipality,
        period=period,
        position=_number(form.text("made_from")),
        analysis=_number(form.text("made_from_analysis")),
    )


def _number(written: str) -> int:
    if not written.isdecimal() or len(written) > 18:
        raise not_found()
    return int(written)


def _reason(form: FormValues) -> CorrectionReason:
    try:
        return CorrectionReason(form.text("reason"))
    except ValueError:
        raise not_found() from None
