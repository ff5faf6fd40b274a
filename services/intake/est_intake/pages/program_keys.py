"""The keys of programs: issued on a page, shown once, revoked when they are no longer needed."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.numbers import whole_number
from est_chassis.web.parts import Choice
from est_contracts.vocabulary import STOCKHOLM, FieldError, Role, Words
from est_intake.domain.api_key import (
    LONGEST_NAME,
    ROLES_OF_PROGRAMS,
    SCOPE_WORDS,
    KeyIsRefused,
    KeyOrder,
    KeyScope,
)
from est_intake.domain.seat_rights import may_decide_about, may_decide_about_key_of
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models.api_keys import KeyRow, keys_of
from est_intake.settings import IntakeSettings

router = APIRouter(include_in_schema=False)

Coordinating = Annotated[Caller, Depends(allow(Role.COORDINATOR))]
NO_FORM = FormValues([])


@dataclass(frozen=True)
class ListedKey:
    """A key as the coordinator at the page sees it."""

    row: KeyRow
    function: str
    opens: bool
    may_be_revoked: bool


@router.get("/keys")
async def list_keys(request: Request, caller: Coordinating) -> Response:
    """Every key of the municipality, and a form for another."""
    return await _keys_page(request, await surroundings(request, caller))


@router.post("/keys")
async def issue_key(request: Request, caller: Coordinating) -> Response:
    """Issue a key. Its token is on this page and never again: only its hash is kept."""
    around = await surroundings(request, caller)
    form = await read_form(request)
    try:
        order = _order(form, around)
        issued = await around.service.do(lambda app: app.keys.issue_key(order, by=around.sender))
    except KeyIsRefused as refusal:
        return await _keys_page(request, around, form=form, refusal=refusal)
    return page(
        request,
        "key_shown.html",
        title=Words(sv="Ny nyckel", en="New key"),
        order=order,
        token=issued.token,
        header=f"Authorization: Bearer {issued.token}",
        function=around.function_title(order.function),
    )


@router.post("/keys/{key_id}/revocation")
async def revoke_key(key_id: str, request: Request, caller: Coordinating) -> Response:
    around = await surroundings(request, caller)
    await around.service.do(lambda app: app.keys.revoke_key(around.municipality, key_id, by=around.sender))
    await around.service.shown()
    return RedirectResponse("/keys", status_code=303)


async def _keys_page(
    request: Request, around: Surroundings, *, form: FormValues = NO_FORM, refusal: Rejected | None = None
) -> Response:
    keys = await around.service.ask(lambda cursor: keys_of(cursor, around.municipality))
    today, language = around.now.astimezone(STOCKHOLM).date(), language_of(request)
    document, coordinator = around.set_up.document, around.caller.function or ""
    functions = [
        each
        for each in document.functions
        if ROLES_OF_PROGRAMS & set(each.roles)
        and may_decide_about(each, document=document, coordinator=coordinator)
    ]
    settings = cast(IntakeSettings, around.service.settings)
    return page(
        request,
        "keys.html",
        status_code=422 if refusal else 200,
        title=Words(sv="Nycklar för program", en="Keys for programs"),
        keys=[
            ListedKey(
                key,
                around.function_title(key.function),
                opens=key.opens_on(today),
                may_be_revoked=may_decide_about_key_of(
                    key.function, document=document, coordinator=coordinator
                ),
            )
            for key in keys
        ],
        functions=[Choice(each.function_id, each.title) for each in functions],
        scopes=[Choice(scope, said(words, language), scope) for scope, words in SCOPE_WORDS.items()],
        scope_words=SCOPE_WORDS,
        form=form,
        errors={error.field: said(error.words, language) for error in (refusal.errors if refusal else ())},
        longest_name=LONGEST_NAME,
        usual_quota=settings.key_quota_per_minute,
        today=today.isoformat(),
    )


def _order(form: FormValues, around: Surroundings) -> KeyOrder:
    settings = cast(IntakeSettings, around.service.settings)
    quota = form.text("quota_per_minute")
    return KeyOrder(
        municipality=around.municipality,
        function=form.text("function"),
        name=form.text("name"),
        scopes=tuple(scope for scope in KeyScope if scope in form.texts("scopes")),
        quota_per_minute=_number(quota) if quota else settings.key_quota_per_minute,
        expires_on=_day(form.text("expires_on")),
    )


def _number(written: str) -> int:
    """Whatever is no number is too small, and named as such."""
    return whole_number(written) or 0


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        words = Words(sv="Skriv ett datum som 2027-12-31.", en="Write a date as in 2027-12-31.")
        raise KeyIsRefused(errors=(FieldError("expires_on", words),)) from None
