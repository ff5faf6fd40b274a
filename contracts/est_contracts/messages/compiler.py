"""What compiler tells: the situation pictures that people have published."""

from typing import Annotated, ClassVar

from pydantic import Field

from est_contracts.messages.message import Message
from est_contracts.vocabulary import CorrectionReason, Fingerprint, WeekName, Words


class PicturePublished(Message):
    """A situation picture (lägesbild) is published, frozen as it was known at a position of intake."""

    SERVICE: ClassVar[str] = "compiler"
    FACT: ClassVar[str] = "picture_published"

    period: WeekName
    version: Annotated[int, Field(ge=1)]
    made_from: Annotated[int, Field(ge=0)]
    fingerprint: Fingerprint
    reports: Annotated[int, Field(ge=0)]
    sentences: tuple[Words, ...]
    reason: CorrectionReason | None
