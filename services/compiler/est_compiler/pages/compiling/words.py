"""What people write in a picture: a section, the level, a row of the table; each is saved by itself."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.numbers import position_in
from est_chassis.web.problems import not_found
from est_compiler.application import Compiler, RowDraft
from est_compiler.domain.compiling.work import RowWords, SectionPlace
from est_compiler.pages.compiling.desk import AtDesk, Desk, Do, Trouble, done, flowing_in
from est_compiler.pages.compiling.page import COMPILE, compiling_page
from est_contracts.vocabulary import Level, Party

router = APIRouter(include_in_schema=False)


@router.post(f"{COMPILE}/opening")
async def open_compilation(request: Request, desk: AtDesk) -> Response:
    """Begin, by the template that the set-up has for pictures of this kind."""
    await read_form(request)

    def begin(app: Compiler) -> None:
        app.compiling.open_compilation(desk.around, flowing_in=flowing_in(app, desk))

    return await do(request, desk, begin, at="")


@router.post(f"{COMPILE}/text")
async def write_section(request: Request, desk: AtDesk) -> Response:
    """Write under a heading: jointly, or as one's own party's part."""
    sent = await read_form(request)
    place = SectionPlace(sent.text("section"), sent.text("area") or None, party_in(sent.text("party")))

    def write(app: Compiler) -> None:
        app.compiling.write_section(
            desk.around,
            place,
            words=sent.text("words"),
            revision=position_in(sent.text("revision")),
            confirmed=is_ticked(sent, "confirmed"),
        )

    return await do(request, desk, write, at=place.anchor, sent=sent.as_sent)


@router.post(f"{COMPILE}/level")
async def set_level(request: Request, desk: AtDesk) -> Response:
    """Set the level, and say why."""
    sent = await read_form(request)
    level = level_in(sent.text("level"))

    def write(app: Compiler) -> None:
        app.compiling.set_level(
            desk.around,
            level,
            words=sent.text("words"),
            revision=position_in(sent.text("revision")),
            confirmed=is_ticked(sent, "confirmed"),
        )

    return await do(request, desk, write, at="level", sent=sent.as_sent)


@router.post(f"{COMPILE}/rows")
async def write_row(request: Request, desk: AtDesk) -> Response:
    """Add a row to the table of problems, or write it anew."""
    sent = await read_form(request)
    draft = RowDraft(
        section=sent.text("section"),
        row_id=uuid_in(sent.text("row_id")),
        words=RowWords(**{name: sent.text(name) for name, _empty in RowWords().fields}),
        responsible=sent.text("responsible") or None,
        continues=is_ticked(sent, "continues"),
    )

    def write(app: Compiler) -> None:
        app.compiling.write_row(
            desk.around,
            draft,
            revision=position_in(sent.text("revision")),
            confirmed=is_ticked(sent, "confirmed"),
        )

    return await do(request, desk, write, at=f"row-{draft.row_id}", sent=sent.as_sent)


@router.post(f"{COMPILE}/rows/removal")
async def remove_row(request: Request, desk: AtDesk) -> Response:
    sent = await read_form(request)
    row_id, revision = uuid_in(sent.text("row_id")), position_in(sent.text("revision"))
    return await do(
        request,
        desk,
        lambda app: app.compiling.remove_row(desk.around, row_id, revision=revision),
        at=sent.text("section"),
    )


@router.post(f"{COMPILE}/erasure")
async def erase(request: Request, desk: AtDesk) -> Response:
    """Let words be gone for good, also from what has been published."""
    sent = await read_form(request)
    text_id = uuid_in(sent.text("text_id"))
    return await do(
        request, desk, lambda app: app.compilations.erase_text(desk.around, text_id), at=sent.text("at")
    )


async def do(
    request: Request, desk: Desk, act: Do, *, at: str, sent: dict[str, str] | None = None
) -> Response:
    """Do it and go back, or show the page with what was sent and what stands in the way."""
    answer = await done(desk, act, at=at, sent=sent)
    if isinstance(answer, Trouble):
        return await compiling_page(request, desk, trouble=answer)
    return answer


def party_in(written: str) -> Party | None:
    try:
        return Party(written) if written else None
    except ValueError:
        raise not_found() from None


def level_in(written: str) -> Level | None:
    try:
        return Level(written) if written else None
    except ValueError:
        raise not_found() from None


def uuid_in(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise not_found() from None


def is_ticked(sent: FormValues, name: str) -> bool:
    return sent.text(name) == "yes"
