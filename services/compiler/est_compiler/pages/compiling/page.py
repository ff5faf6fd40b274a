"""The page of the work: three parties put one picture together, side by side."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.frame import page
from est_chassis.web.languages import said
from est_chassis.web.parts import Choice
from est_compiler.domain.compiling.around import compiling_function
from est_compiler.domain.compiling.work import TO_THE_PUBLIC
from est_compiler.domain.publishing.frozen_picture import fingerprint_with
from est_compiler.domain.publishing.situation_picture import suggested_now
from est_compiler.domain.viewing.briefing import drawn_brief
from est_compiler.domain.viewing.build import view_of
from est_compiler.pages.compiling.chosen import Chosen
from est_compiler.pages.compiling.desk import AtDesk, Desk, OnTheDesk, Trouble, on_the_desk
from est_compiler.pages.compiling.showing import WHOSE_PART, Showing
from est_compiler.pages.compiling.writers import SUBJECTS, Writing
from est_compiler.pages.reading.figures import figures_of
from est_compiler.pages.reading.unbroken import unbroken
from est_contracts.vocabulary import (
    CORRECTION_REASON_WORDS,
    LEVEL_WORDS,
    PARTY_WORDS,
    CorrectionReason,
    Edition,
    Level,
    Party,
    Words,
)

router = APIRouter(include_in_schema=False)

COMPILE = "/pictures/{code}/{period}/compile"
STEPS = (1, 2, 3, 4, 5)


@router.get(COMPILE)
async def compiling(request: Request, desk: AtDesk) -> Response:
    return await compiling_page(request, desk)


@router.get(f"{COMPILE}/history")
async def history(request: Request, desk: AtDesk) -> Response:
    """Everything that has been done, by whom, and whose signatures it cost; never the words."""
    laid = await on_the_desk(desk)
    areas = {each.area_id: each.name for each in desk.around.document.areas}
    return page(
        request,
        "compile_history.html",
        title=Words(sv="Historik", en="History"),
        desk=desk,
        steps=laid.history[::-1],
        titles=desk.titles,
        areas=areas,
        parties=PARTY_WORDS,
        period=desk.key.period,
    )


async def compiling_page(request: Request, desk: Desk, *, trouble: Trouble | None = None) -> Response:
    """The page as it is now; where something was not saved, with what was sent and why not."""
    laid = await on_the_desk(desk)
    period, language = desk.key.period, desk.language
    in_turn = compiling_function(desk.around.document, period, desk.key.scope)
    scope = desk.key.scope.words(desk.around.document)
    now = desk.service.clock.now()
    brief = drawn_brief(laid.drawn, now=now, document=desk.around.document)
    return page(
        request,
        "compile.html",
        status_code=trouble.refusal.http_status if trouble else 200,
        title=Words(sv="Sammanställ lägesbilden", en="Compile the picture"),
        desk=desk,
        laid=laid,
        period=period,
        scope=scope,
        has_begun=period.starts_at <= now,
        in_turn=desk.titles.get(in_turn, in_turn) if in_turn else "",
        is_in_turn=in_turn == desk.around.by.function,
        headline=said(brief.headline, language),
        figures=figures_of(view_of(brief, Edition.INTERNAL), is_running=brief.is_running, language=language),
        trouble=trouble,
        party_words=PARTY_WORDS,
        whose_part=WHOSE_PART,
        subjects=SUBJECTS,
        parties=tuple(Party),
        **(_work(desk, laid, trouble) if laid.work else {"work": None, "layout": desk.around.template}),
    )


def _work(desk: Desk, laid: OnTheDesk, trouble: Trouble | None) -> dict[str, object]:
    assert laid.work is not None
    showing, compilation, language = Showing(desk, laid, laid.work), laid.work.compilation, desk.language
    document = desk.around.document
    suggested = suggested_now(laid.drawn, now=desk.service.clock.now())
    return {
        "work": compilation,
        "showing": showing,
        "layout": showing.template,
        "sections": showing.sections(),
        "sentences": [(each, unbroken(each.words, language), showing.behind(each)) for each in suggested],
        "outdated": [
            (key, words)
            for key, words in compilation.sentences.items()
            if words and words not in {each.words for each in suggested}
        ],
        "chosen": Chosen(desk, trouble),
        "level_box": showing.level_box(),
        "public_box": showing.text_box(TO_THE_PUBLIC),
        "is_opened": desk.around.in_force.opens(desk.key.period.kind, desk.key.scope),
        "levels": [Choice(value=each, label=said(LEVEL_WORDS[each], language)) for each in Level],
        "level_words": LEVEL_WORDS,
        "areas": [each for each in document.areas if each.area_id in desk.around.area_ids],
        "steps": STEPS,
        "priorities": showing.priorities(),
        "risk_steps": showing.risk_steps(),
        "functions": [
            Choice(value="", label=language.say("– ingen –", "– none –")),
            *(Choice(value=each.function_id, label=each.title) for each in desk.around.in_force.functions),
        ],
        "fingerprint": fingerprint_with(laid.drawn.content, compilation.work),
        "signatories": desk.around.in_force.signatories,
        "blocks": [each for each in laid.missing if each.blocks],
        "writing": Writing.of(laid.writers, desk),
        "reasons": [
            Choice(value=each, label=said(CORRECTION_REASON_WORDS[each], language))
            for each in CorrectionReason
        ],
    }
