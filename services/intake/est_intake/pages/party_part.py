"""The page on which a party puts its own part of a period together, before the parties meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.numbers import whole_number
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import (
    PARTY_WORDS,
    THEME_WORDS,
    Party,
    ReportingPeriod,
    Role,
    Theme,
    Words,
)
from est_intake.application import BlockWithWords
from est_intake.pages.periods import asked_period, next_period
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models.party_counts import Tally, blocks_of, tallies
from est_intake.read_models.period_returns import ReturnRow, returns_for
from est_intake.read_models.recent_reports import ReportRow, Selection, latest

router = APIRouter(include_in_schema=False)

Coordinating = Annotated[Caller, Depends(allow(Role.COORDINATOR))]

TITLE = Words(sv="Partens del", en="The party's part")
MOST_REPORTS = 200
WHOSE_PART = {
    Party.MUNICIPALITY: Words(sv="Kommunens del", en="The municipality's part"),
    Party.POLICE: Words(sv="Polisens del", en="The police's part"),
    Party.HOUSING: Words(sv="Fastighetsföretagens del", en="The housing companies' part"),
}


@dataclass(frozen=True)
class Figures:
    """Themes against areas, with the sums of both."""

    areas: Sequence[str | None]
    rows: Sequence[tuple[Theme, Sequence[int], int]]
    sums: Sequence[int]
    total: int


@dataclass(frozen=True)
class Material:
    """What a party's part is put together of."""

    tallied: Sequence[Tally]
    reports: Sequence[ReportRow]
    returns: Sequence[ReturnRow]
    blocks: Sequence[BlockWithWords]


@router.get("/compilation")
async def show_part(
    request: Request, caller: Coordinating, period: str = "", party: str = "", saved: str = ""
) -> Response:
    around = await surroundings(request, caller)
    return await _part_page(
        request, around, asked_period(around, period), party=_party(around, party), saying=Saying(saved)
    )


@router.post("/compilation")
async def change_part(request: Request, caller: Coordinating) -> Response:
    around = await surroundings(request, caller)
    sent = await read_form(request)
    period = asked_period(around, sent.text("period"))
    try:
        await _change(around, period, act=sent.text("act"), sent=(sent.text("text"), sent.text("revision")))
    except Rejected as refusal:
        words = refusal.errors[0].words if refusal.errors else refusal.words
        return await _part_page(
            request, around, period, party=_party(around, ""), saying=Saying("", words, sent.text("text"))
        )
    return RedirectResponse(f"/compilation?period={period}&saved={sent.text('act')}", status_code=303)


async def _change(around: Surroundings, period: ReportingPeriod, *, act: str, sent: tuple[str, str]) -> None:
    text, revision = sent[0].replace("\r\n", "\n"), sent[1]
    from_revision = whole_number(revision) or 0
    of, name, by = around.municipality, str(period), around.sender
    if act in ("save", "ready"):
        await around.service.do(
            lambda app: app.party_compiling.draft_part(
                of, name, text=text or None, by=by, from_revision=from_revision
            )
        )
    if act == "ready":
        await around.service.do(lambda app: app.party_compiling.make_part_ready(of, name, by=by))
    elif act == "take-back":
        await around.service.do(lambda app: app.party_compiling.take_part_back(of, name, by=by))
    elif act == "erase":
        await around.service.do(lambda app: app.party_compiling.erase_part_text(of, name, by=by))


@dataclass(frozen=True)
class Saying:
    """What the page says of what was done last: a notice, or why not, with the text as it was sent."""

    notice: str = ""
    refusal: Words | None = None
    text: str = ""


async def _part_page(
    request: Request, around: Surroundings, period: ReportingPeriod, *, party: Party, saying: Saying
) -> Response:
    parts = await around.service.do(
        lambda app: app.party_compiling.parts(around.municipality, str(period), reader=around.sender)
    )
    material = await _material(around, period, party)
    shown = next(each for each in parts if each.party is party)
    return page(
        request,
        "party_part.html",
        status_code=422 if saying.refusal else 200,
        title=WHOSE_PART[party],
        whose=WHOSE_PART,
        party_words=PARTY_WORDS,
        theme_words=THEME_WORDS,
        period=period,
        following=next_period(around, period),
        party=party,
        all_parts=parts,
        part=shown,
        text=saying.text if saying.refusal else shown.text or "",
        refused=said(saying.refusal, language_of(request)) if saying.refusal else "",
        notice=saying.notice,
        figures=_figures(material.tallied),
        material=material,
        entries=around.set_up.entries,
        area_name=around.area_name,
        function_title=around.function_title,
        organisation_name=around.organisation_name,
        softly=softly,
    )


async def _material(around: Surroundings, period: ReportingPeriod, party: Party) -> Material:
    of = around.municipality
    wanted = Selection(of, starts_at=period.starts_at, ends_at=period.ends_at, party=party)

    def ask(cursor: Cursor) -> tuple[list[Tally], list[ReportRow], list[ReturnRow], list[UUID]]:
        return (
            tallies(cursor, of, period, party=party),
            [row for row in latest(cursor, wanted, limit=MOST_REPORTS) if row.counts],
            returns_for(cursor, of, period, party=party),
            blocks_of(cursor, of, period, party=party),
        )

    tallied, reports, returns, block_ids = await around.service.ask(ask)
    blocks = await around.service.do(
        lambda app: [app.counting.counts(of, each, reader=around.sender) for each in block_ids]
    )
    return Material(tallied, reports, returns, blocks)


def _figures(tallied: Iterable[Tally]) -> Figures:
    numbers: dict[tuple[Theme, str | None], int] = {}
    for each in tallied:
        numbers[each.theme, each.area] = numbers.get((each.theme, each.area), 0) + each.number
    areas = sorted({area for _, area in numbers}, key=lambda area: (area is None, area or ""))
    themes = [theme for theme in Theme if any(each is theme for each, _ in numbers)]
    rows = []
    for theme in themes:
        row = [numbers.get((theme, area), 0) for area in areas]
        rows.append((theme, row, sum(row)))
    sums = [sum(number for (_, area), number in numbers.items() if area == each) for each in areas]
    return Figures(areas, rows, sums, sum(sums))


def _party(around: Surroundings, written: str) -> Party:
    own = around.set_up.reporters.get(around.caller.function or "")
    try:
        wanted = Party(written) if written else own.party if own else None
    except ValueError:
        wanted = None
    if wanted is None:
        raise not_found()
    return wanted
