"""What the parties choose and stand by: sentences, values of areas, the own part, signatures, publishing."""

from collections.abc import Hashable
from typing import TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.numbers import position_in
from est_chassis.web.problems import not_found
from est_compiler.application import Compiler
from est_compiler.domain.compiling.state import CompilationState
from est_compiler.domain.compiling.wishes import RISK_VALUE, SentenceChoice, Wish
from est_compiler.domain.publishing.situation_picture import Approval, suggested_now
from est_compiler.pages.compiling.desk import AtDesk, Desk, drawn_for, flowing_in
from est_compiler.pages.compiling.page import COMPILE
from est_compiler.pages.compiling.words import do, is_ticked, party_in
from est_contracts.vocabulary import CorrectionReason, Party

router = APIRouter(include_in_schema=False)

K = TypeVar("K", bound=Hashable)
#: Each area is sent with what its field showed when the form was opened; in model C, for three parties.
FIELDS = 2_000


@router.post(f"{COMPILE}/sentences")
async def choose_sentences(request: Request, desk: AtDesk) -> Response:
    """Those that are ticked stand in the picture, the rest are dropped."""
    sent = await read_form(request, fields=FIELDS)

    def choose(app: Compiler) -> None:
        drawn, begun = drawn_for(app, desk), app.compilations.find(desk.key)
        suggested = {str(each.key) for each in suggested_now(drawn, now=app.now)}
        wishes = [_sentence_wish(key, sent, begun) for key in sorted(suggested & set(sent.texts("shown")))]
        outdated = set(begun.sentences) - suggested if begun else set()
        wishes += [Wish(key, SentenceChoice.ADOPTED, SentenceChoice.DROPPED) for key in sorted(outdated)]
        app.publishing.choose_sentences(desk.around, drawn, wishes)

    return await do(request, desk, choose, at="sentences")


@router.post(f"{COMPILE}/area-values")
async def assess_areas(request: Request, desk: AtDesk) -> Response:
    """How the own party assesses each area; in the meeting of model C, every party."""
    sent = await read_form(request, fields=FIELDS)
    wishes = [
        _value_wish((area, party), f"{party}.{area}", sent)
        for party in Party
        for area in sorted(desk.around.area_ids)
        if sent.texts(f"{party}.{area}")
    ]
    return await do(
        request,
        desk,
        lambda app: app.compiling.assess_areas(desk.around, wishes),
        at="areas",
        sent=sent.as_sent,
    )


@router.post(f"{COMPILE}/priorities")
async def value_priorities(request: Request, desk: AtDesk) -> Response:
    sent = await read_form(request, fields=FIELDS)
    wishes = [_value_wish(area, area, sent) for area in sorted(desk.around.area_ids) if sent.texts(area)]
    return await do(
        request,
        desk,
        lambda app: app.compiling.value_priorities(desk.around, wishes),
        at="priorities",
        sent=sent.as_sent,
    )


@router.post(f"{COMPILE}/risk-value")
async def value_risk(request: Request, desk: AtDesk) -> Response:
    """The risk value that the meeting gives the period."""
    sent = await read_form(request)
    was, wanted = value_in(sent.text(f"was.{RISK_VALUE}")), value_in(sent.text(RISK_VALUE))
    wish = Wish(RISK_VALUE, was, wanted, yields=was == wanted)
    return await do(
        request,
        desk,
        lambda app: app.compiling.value_risk(desk.around, wish),
        at="risk",
        sent=sent.as_sent,
    )


@router.post(f"{COMPILE}/local-pictures")
async def take_local_pictures(request: Request, desk: AtDesk) -> Response:
    """Let the local groups' pictures stand in the strategic one as they are published now."""
    await read_form(request)

    def take(app: Compiler) -> None:
        app.compiling.take_local_pictures(desk.around, flowing_in(app, desk))

    return await do(request, desk, take, at="groups")


@router.post(f"{COMPILE}/indicators")
async def take_indicators(request: Request, desk: AtDesk) -> Response:
    """Let the structural indicators stand in the picture as they are now."""
    at = (await read_form(request)).text("at")
    return await do(request, desk, lambda app: app.indicating.take_indicators(desk.around), at=at)


@router.post(f"{COMPILE}/part")
async def contribute(request: Request, desk: AtDesk) -> Response:
    """Let the others read the own party's part, or make it a draft again."""
    is_taken_back = (await read_form(request)).text("act") == "withdraw"

    def change(app: Compiler) -> None:
        if is_taken_back:
            app.compiling.withdraw_part(desk.around)
        else:
            app.compiling.contribute_part(desk.around)

    return await do(request, desk, change, at="part")


@router.post(f"{COMPILE}/signature")
async def sign(request: Request, desk: AtDesk) -> Response:
    """Sign what was on the page; in the meeting of model C for all who are there."""
    sent = await read_form(request)
    parties = [party_in(each) for each in sent.texts("party") if each]

    def sign(app: Compiler) -> None:
        drawn = drawn_for(app, desk)
        for party in parties or [desk.around.by.party]:
            app.publishing.sign(
                desk.around,
                drawn,
                seen=sent.text("fingerprint"),
                party=party,
                in_meeting=party is not desk.around.by.party,
            )

    return await do(request, desk, sign, at="sign")


@router.post(f"{COMPILE}/signature/removal")
async def take_back_signature(request: Request, desk: AtDesk) -> Response:
    await read_form(request)
    return await do(request, desk, lambda app: app.compiling.take_back_signature(desk.around), at="sign")


@router.post(f"{COMPILE}/publication")
async def publish(request: Request, desk: AtDesk) -> Response:
    """Publish what is signed."""
    approval = _approval(desk, await read_form(request))

    def publish(app: Compiler) -> None:
        app.publishing.publish_picture(drawn_for(app, desk), approval, document=desk.around.in_force)

    return await do(request, desk, publish, at="publish")


@router.post(f"{COMPILE}/versions")
async def correct(request: Request, desk: AtDesk) -> Response:
    """Publish the next version, with the reason and a note that everyone may see."""
    sent = await read_form(request)
    approval, version, reason = _approval(desk, sent), position_in(sent.text("version")), _reason(sent)

    def correct(app: Compiler) -> None:
        app.publishing.correct_picture(
            drawn_for(app, desk), approval, version=version, reason=reason, document=desk.around.in_force
        )

    return await do(request, desk, correct, at="publish", sent=sent.as_sent)


def _value_wish(key: K, name: str, sent: FormValues) -> Wish[K, int | None]:
    """What was chosen in a field, and what it showed when the form was opened."""
    was, wanted = value_in(sent.text(f"was.{name}")), value_in(sent.text(name))
    return Wish(key, was, wanted, yields=was == wanted)


def _sentence_wish(key: str, sent: FormValues, begun: CompilationState | None) -> Wish[str, SentenceChoice]:
    """What was touched is what its reader wants; the rest yields to what others have chosen meanwhile."""
    is_ticked = key in sent.texts("adopted")
    was_ticked = _choice_in(sent.text(f"was.{key}")) is not SentenceChoice.DROPPED
    wanted = SentenceChoice.ADOPTED if is_ticked else SentenceChoice.DROPPED
    if is_ticked is was_ticked:
        return Wish(key, SentenceChoice.SUGGESTED, wanted, yields=True)
    # It is either in the picture or not: two who touch it want the same.
    stands = begun.choice_of(key) if begun else SentenceChoice.SUGGESTED
    return Wish(key, stands, wanted)


def _choice_in(written: str) -> SentenceChoice:
    try:
        return SentenceChoice(written) if written else SentenceChoice.SUGGESTED
    except ValueError:
        raise not_found() from None


def value_in(written: str) -> int | None:
    return position_in(written) if written else None


def _approval(desk: Desk, sent: FormValues) -> Approval:
    return Approval(
        by=desk.around.by.function,
        seen=sent.text("fingerprint") or None,
        note=sent.text("note") or None,
        confirmed=is_ticked(sent, "confirmed"),
    )


def _reason(sent: FormValues) -> CorrectionReason:
    try:
        return CorrectionReason(sent.text("reason"))
    except ValueError:
        raise not_found() from None
