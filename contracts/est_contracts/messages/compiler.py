"""What compiler tells: the situation pictures that people have published."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from est_contracts.messages.message import Message
from est_contracts.vocabulary import (
    AreaId,
    CorrectionReason,
    Fingerprint,
    Level,
    PeriodKind,
    PicturePeriodName,
    TemplateId,
    Words,
)

Position = Annotated[int, Field(ge=0)]
ScopeName = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9_]{1,60}(,[A-Za-z0-9_]{1,60}){0,49})?$")]


class PicturePublished(Message):
    """A situation picture (lägesbild) is published, frozen as it was known at positions of two logs."""

    SERVICE: ClassVar[str] = "compiler"
    FACT: ClassVar[str] = "picture_published"
    VERSION: ClassVar[int] = 2

    period: PicturePeriodName
    kind: PeriodKind
    first_day: date
    last_day: date
    scope: ScopeName = Field(description="Empty for the whole municipality.")
    areas: tuple[AreaId, ...] = Field(description="The areas that the scope means; none is all of them.")
    template: TemplateId | None
    version: Annotated[int, Field(ge=1)]
    made_from: Position = Field(description="How far intake's log was known.")
    made_from_analysis: Position = Field(description="How far analysis' log was known.")
    fingerprint: Fingerprint
    reports: Annotated[int, Field(ge=0)]
    level: Level | None
    headline: Words
    sentences: tuple[Words, ...]
    reason: CorrectionReason | None
    is_public: bool = Field(description="Whether anyone may read its general edition.")
