"""Who comes in by program, and which picture they mean."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast

from fastapi import Depends, Path, Query
from starlette.requests import Request

from est_chassis.event_store import Cursor
from est_chassis.service import Service
from est_chassis.web.access import Caller, allow, within
from est_compiler.application import Compiler
from est_compiler.domain.compiling.around import Around
from est_compiler.domain.readers import READERS
from est_compiler.questions.compilations import around_of
from est_contracts.vocabulary import STOCKHOLM, MunicipalityCode, Role

PICTURE = "/v1/municipalities/{code}/pictures/{period}"
COMPILATION = f"{PICTURE}/compilation"
Code = Annotated[MunicipalityCode, Path(description="The municipality's code.", examples=["9901", "1280"])]
Period = Annotated[
    str,
    Path(
        description="A week, a fortnight, a month, a quarter, four months, a half-year or a year.",
        examples=["2026-W47", "2026-W46-W47", "2026-11", "2026-Q4", "2026-T3", "2026-H2", "2026"],
    ),
]
Scope = Annotated[
    str,
    Query(
        description="Of where: areas, local groups or `priority`, with commas; empty for the municipality.",
        examples=["9901R001", "9901R001,9901R002", "priority"],
        max_length=3100,
    ),
]
Reader = Annotated[Caller, Depends(allow(*READERS))]
Coordinator = Annotated[Caller, Depends(allow(Role.COORDINATOR))]


@dataclass(frozen=True)
class Workplace:
    """The picture that an address names, for a coordinator of its municipality to work with."""

    code: str
    period: str
    scope: str
    function: str | None
    #: The function, or for who has none what the key is called.
    by: str
    today: date

    def around(self, cursor: Cursor) -> Around:
        return around_of(
            cursor,
            municipality=self.code,
            period=self.period,
            scope=self.scope,
            function=self.function,
            today=self.today,
        )

    def around_in(self, app: Compiler) -> Around:
        """The same inside a use case's transaction."""
        return self.around(app.work.cursor)


def _at_work(
    code: Code, period: Period, caller: Coordinator, request: Request, *, scope: Scope = ""
) -> Workplace:
    within(caller, code)
    today = service_of(request).clock.now().astimezone(STOCKHOLM).date()
    return Workplace(code, period, scope, caller.function, caller.function or caller.name, today)


#: Only coordinators compile: who asks is let in by this as well.
AtWork = Annotated[Workplace, Depends(_at_work)]


def service_of(request: Request) -> Service[Compiler]:
    return cast(Service[Compiler], request.app.state.service)
