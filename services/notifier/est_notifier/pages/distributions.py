"""Distributions (utskick): who got which edition of which picture, when, and what stood in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_chassis.web.access import Caller, allow
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of
from est_contracts.vocabulary import EDITION_WORDS, LEVEL_WORDS, CollaborationDocument, Edition, Role, Words
from est_notifier.application import Notifier
from est_notifier.channels.letters import Letter, Written, write
from est_notifier.domain.distributions import LetterState, Obstacle
from est_notifier.domain.pictures import Depicted
from est_notifier.pages.names import Names
from est_notifier.pages.obstacles import OBSTACLES
from est_notifier.read_models.collaborations import collaboration_of
from est_notifier.read_models.outgoing_mail import DistributionView, distribution_by_id, distributions_of

router = APIRouter(prefix="/distributions", include_in_schema=False)

Sender = Annotated[Caller, Depends(allow(Role.COORDINATOR))]

DISTRIBUTIONS = Words(sv="Utskick", en="Distributions")
STATES = {
    LetterState.DUE: Words(sv="På väg", en="On its way"),
    LetterState.SENT: Words(sv="Skickat", en="Sent"),
    LetterState.FAILED: Words(sv="Misslyckades", en="Failed"),
    LetterState.HELD: Words(sv="Hålls inne", en="Held back"),
}
# A letter carries its own style, as mail must; it may fetch nothing and run nothing.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups"


@dataclass(frozen=True)
class Picture:
    """The distributions of one version of one picture."""

    depicted: Depicted
    version: int
    distributions: Sequence[DistributionView]

    @property
    def letters(self) -> int:
        return sum(len(distribution.letters) for distribution in self.distributions)

    def letters_that_are(self, state: LetterState) -> int:
        return sum(
            letter.state == state for distribution in self.distributions for letter in distribution.letters
        )

    @property
    def waits_for_a_mail_server(self) -> bool:
        letters = [letter for distribution in self.distributions for letter in distribution.letters]
        return any(letter.obstacle == Obstacle.NO_MAIL_SERVER for letter in letters)


@router.get("")
async def distributions(caller: Sender, request: Request) -> HTMLResponse:
    """What has been sent, picture by picture."""
    municipality, language = _municipality(caller), language_of(request)

    def found(cursor: Cursor) -> tuple[list[DistributionView], Names]:
        names = Names(collaboration_of(cursor, municipality), language)
        return distributions_of(cursor, municipality), names

    sent, names = await request.app.state.service.ask(found)
    pictures = _by_picture(sent)
    return page(
        request,
        "distributions.html",
        title=DISTRIBUTIONS,
        pictures=pictures,
        names=names,
        editions=EDITION_WORDS,
        levels=LEVEL_WORDS,
        obstacles=OBSTACLES,
        states=STATES,
    )


@router.get("/{distribution_id}/letter")
async def letter(distribution_id: UUID, caller: Sender, request: Request) -> HTMLResponse:
    """The letter as its recipients read it."""
    distribution, written = await _written(request, caller, distribution_id)
    return page(
        request,
        "letter.html",
        title=written.subject,
        distribution=distribution,
        written=written,
        edition=EDITION_WORDS[distribution.edition],
    )


@router.get("/{distribution_id}/letter/html")
async def letter_as_html(distribution_id: UUID, caller: Sender, request: Request) -> Response:
    """The letter's own HTML, shut in."""
    _, written = await _written(request, caller, distribution_id)
    if written.html is None:
        raise NotFound("plain text")
    headers = {"Content-Security-Policy": LETTER_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(written.html, headers=headers)


@router.post("/{distribution_id}/letters/{recipient}/resending")
async def resend(distribution_id: UUID, recipient: str, caller: Sender, request: Request) -> Response:
    """Try again what failed or was held."""
    municipality, function = _municipality(caller), caller.function or ""

    def resend(app: Notifier) -> None:
        app.resend_letter(
            municipality=municipality,
            distribution_id=distribution_id,
            recipient=recipient,
            asked_by=function,
        )

    await request.app.state.service.do(resend)
    await request.app.state.service.shown()
    return RedirectResponse("/distributions", status_code=303)


async def _written(
    request: Request, caller: Caller, distribution_id: UUID
) -> tuple[DistributionView, Written]:
    municipality = _municipality(caller)
    service: Any = request.app.state.service

    def found(cursor: Cursor) -> tuple[DistributionView | None, CollaborationDocument | None]:
        return distribution_by_id(cursor, distribution_id), collaboration_of(cursor, municipality)

    distribution, collaboration = await service.ask(found)
    if distribution is None or collaboration is None or distribution.municipality != municipality:
        raise NotFound(str(distribution_id))
    return distribution, write(_letter(distribution), collaboration, front_url=service.settings.front_url)


def _letter(distribution: DistributionView) -> Letter:
    return Letter(
        distribution_id=distribution.distribution_id,
        edition=distribution.edition,
        depicted=distribution.depicted,
        version=distribution.version,
        reports=distribution.reports,
        sentences=distribution.sentences,
        correction=distribution.correction,
        prepared_at=distribution.prepared_at,
        recipient=distribution.letters[0].recipient,
    )


def _by_picture(sent: Sequence[DistributionView]) -> list[Picture]:
    """Together what went out together, in the order it comes: the latest first."""
    grouped: dict[tuple[str, str, int], list[DistributionView]] = {}
    for distribution in sent:
        grouped.setdefault((distribution.period, distribution.scope, distribution.version), []).append(
            distribution
        )
    order = list(Edition)
    return [
        Picture(each[0].depicted, version, sorted(each, key=lambda sent: order.index(sent.edition)))
        for (_period, _scope, version), each in grouped.items()
    ]


def _municipality(caller: Caller) -> str:
    if caller.municipality is None:
        raise NotFound("no seat")
    return caller.municipality
