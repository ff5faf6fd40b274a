"""The desk at which a picture is compiled: which picture, by which set-up, by whom, and what lies on it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Annotated, cast

from fastapi import Depends, Path
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.failures import Rejected
from est_chassis.service import Service
from est_chassis.web.access import Caller, allow, within
from est_chassis.web.languages import Language, language_of
from est_compiler.application import CompilationInWords, Compiler, Writer, writing_now
from est_compiler.domain.compiling.around import Around, PictureKey
from est_compiler.domain.compiling.history import CompilationStep
from est_compiler.domain.compiling.local_groups import LocalPicture
from est_compiler.domain.compiling.missing import Missing
from est_compiler.domain.compiling.placing import template_named
from est_compiler.domain.compiling.refusals import SectionHasChanged, TextIsQuestioned
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.knowledge import EarlierAnalysis
from est_compiler.domain.picture import Known, RiskValue
from est_compiler.domain.publishing.frozen_picture import PublishedVersion
from est_compiler.questions.compilations import analysed_before, around_of, local_pictures_of, risk_values_by
from est_compiler.questions.pictures import picture_at
from est_compiler.read_models import published_pictures
from est_contracts.vocabulary import STOCKHOLM, MunicipalityCode, PictureTemplate, Role, picture_path

Code = Annotated[MunicipalityCode, Path()]
Compiling = Annotated[Caller, Depends(allow(Role.COORDINATOR))]
Do = Callable[[Compiler], object]


@dataclass(frozen=True)
class Desk:
    """Where a coordinator works on one picture."""

    service: Service[Compiler]
    around: Around
    language: Language

    @property
    def key(self) -> PictureKey:
        return self.around.key

    @property
    def scope(self) -> str:
        return str(self.key.scope)

    @property
    def titles(self) -> dict[str, str]:
        """What functions are called: those of then, and those that have come since."""
        then, now = self.around.document.functions, self.around.in_force.functions
        return {each.function_id: each.title for each in (*now, *then)}

    @property
    def goes_by_an_earlier_set_up(self) -> bool:
        """Whether the picture is laid out by another set-up than the one in force now."""
        return self.around.in_force != self.around.document

    @property
    def picture_address(self) -> str:
        """Where the picture itself is read."""
        return picture_path(self.key.municipality, period=str(self.key.period), scope=self.scope)

    @property
    def indicators_address(self) -> str:
        """Where the structural indicators of the picture's year are written down."""
        return f"/pictures/{self.key.municipality}/{self.key.period.year}/indicators"

    def picture_of(self, scope: str, version: int) -> str:
        """What has been published of the same period for another part of the municipality."""
        return picture_path(
            self.key.municipality, period=str(self.key.period), scope=scope, version=str(version)
        )

    def address(self, act: str = "", *, at: str = "") -> str:
        """The page of the work, one of its acts, or a place on it."""
        path, _, query = self.picture_address.partition("?")
        return (
            f"{path}/compile{f'/{act}' if act else ''}{f'?{query}' if query else ''}{f'#{at}' if at else ''}"
        )


@dataclass(frozen=True)
class Trouble:
    """Why something was not saved, where on the page it belongs, and what was sent."""

    at: str
    refusal: Rejected
    #: A field that was left out is empty.
    sent: defaultdict[str, str] = field(default_factory=lambda: defaultdict(str))

    @property
    def conflict(self) -> SectionHasChanged | None:
        return self.refusal if isinstance(self.refusal, SectionHasChanged) else None

    @property
    def asks(self) -> bool:
        """Whether the writer may stand by the words."""
        return isinstance(self.refusal, TextIsQuestioned)


@dataclass(frozen=True)
class OnTheDesk:
    """All that one works with: the numbers, what has been put together, what is missing, who writes."""

    drawn: DrawnPicture
    work: CompilationInWords | None
    published: tuple[PublishedVersion, ...]
    missing: tuple[Missing, ...] = ()
    history: tuple[CompilationStep, ...] = ()
    writers: tuple[Writer, ...] = ()
    #: Whether the numbers are held as they were when the first signature that stands was given.
    is_held: bool = False
    #: Organisation model B: what the local groups have published of the same period.
    flowing_in: tuple[LocalPicture, ...] = ()
    #: The risk values set in earlier pictures.
    risk_values: tuple[RiskValue, ...] = ()
    #: What was found of the picture's problems when they were flagged before.
    analysed_before: tuple[EarlierAnalysis, ...] = ()


async def at_desk(request: Request, code: Code, period: str, caller: Compiling, *, scope: str = "") -> Desk:
    """The desk of a picture, for a coordinator of its municipality; nobody else sits down at it."""
    within(caller, code)
    service = cast(Service[Compiler], request.app.state.service)

    today = service.clock.now().astimezone(STOCKHOLM).date()
    around = await service.ask(
        lambda cursor: around_of(
            cursor, municipality=code, period=period, scope=scope, function=caller.function, today=today
        )
    )
    return Desk(service, around, language_of(request))


AtDesk = Annotated[Desk, Depends(at_desk)]


async def on_the_desk(desk: Desk) -> OnTheDesk:
    """What has been put together, and the numbers it is put to: as signed, or else as they are known."""

    def read(app: Compiler) -> tuple[CompilationInWords, tuple[CompilationStep, ...]] | None:
        if app.compilations.find(desk.key) is None:
            return None
        return app.compilations.in_words(desk.around), tuple(app.compilations.history(desk.around))

    # Drawing takes its time; whoever records something does not wait for it.
    begun = await desk.service.do(read)
    work, history = begun if begun else (None, ())
    signed = work.compilation.signed if work else None

    def ask(cursor: Cursor) -> OnTheDesk:
        known = Known(signed.made_from, signed.made_from_analysis) if signed else None
        drawn, now = draw_as_known(cursor, desk, known), desk.service.clock.now()
        writers = writing_now(cursor, work.compilation.id, now=now) if work else ()
        return OnTheDesk(
            drawn,
            work,
            published_of(cursor, desk),
            history=history,
            writers=tuple(each for each in writers if each.function != desk.around.by.function),
            is_held=signed is not None,
            flowing_in=local_pictures_of(cursor, desk.around.document, desk.key),
            analysed_before=analysed_before(cursor, drawn.picture, position=drawn.known.analysis),
            risk_values=risk_values_by(cursor, drawn.picture, desk.around.document, until=now),
        )

    laid = await desk.service.ask(ask)
    if work is None:
        return laid
    return replace(
        laid,
        missing=await desk.service.do(
            lambda app: app.publishing.missing(desk.around, laid.drawn, flowing_in=laid.flowing_in)
        ),
    )


def template_of(work: CompilationInWords) -> PictureTemplate:
    """The template that the compilation was opened with."""
    compilation = work.compilation
    return template_named(compilation.template, version=compilation.template_version)


def draw_as_known(cursor: Cursor, desk: Desk, known: Known | None) -> DrawnPicture:
    """The numbers as far as the logs are known, or were when it was signed."""
    key = desk.key
    return picture_at(
        cursor,
        municipality=key.municipality,
        period=key.period,
        scope=key.scope,
        position=known.intake if known else None,
        analysis=known.analysis if known else None,
    )


def drawn_for(app: Compiler, desk: Desk) -> DrawnPicture:
    """The numbers that are signed and published: those of the first signature that stands."""
    return draw_as_known(app.work.cursor, desk, app.publishing.signed_as_known(desk.key))


def flowing_in(app: Compiler, desk: Desk) -> tuple[LocalPicture, ...]:
    """What the local groups have published of the period, as it is now (organisation model B)."""
    return local_pictures_of(app.work.cursor, desk.around.document, desk.key)


def published_of(cursor: Cursor, desk: Desk) -> tuple[PublishedVersion, ...]:
    key = desk.key
    return tuple(
        published_pictures.versions(
            cursor, municipality=key.municipality, period=str(key.period), scope=desk.scope
        )
    )


async def done(desk: Desk, do: Do, *, at: str, sent: dict[str, str] | None = None) -> Response | Trouble:
    """Do it and go back to its place on the page, or say why not."""
    try:
        await desk.service.do(do)
    except Rejected as refusal:
        return Trouble(at, refusal, defaultdict(str, sent or {}))
    await desk.service.shown()
    return RedirectResponse(desk.address(at=at), status_code=303)
