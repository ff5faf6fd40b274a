"""What the Act on municipalities' responsibility for crime prevention (2023:196) asks for, part by part."""

from enum import StrEnum
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from est_contracts.vocabulary.picture_templates import SectionId
from est_contracts.vocabulary.wording import Words


class LawAnswer(StrEnum):
    """What it takes for a part of the law to be answered."""

    #: Numbers or words: something under one of its sections.
    ANYTHING = "anything"
    #: Words that people have written.
    WORDS = "words"
    #: A coordinating function in the set-up, or words.
    FUNCTIONS = "functions"


class LawPart(BaseModel):
    """A part of what the law asks for (lagens krav), and which sections of `annual` answer it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part_id: SectionId
    words: Words
    help: Words
    answered_by: LawAnswer
    sections: tuple[SectionId, ...] = Field((), description="Sections of the template `annual`.")


def _read_parts() -> tuple[LawPart, ...]:
    written = (files("est_contracts") / "prevention_law.json").read_text("utf-8")
    return TypeAdapter(tuple[LawPart, ...]).validate_json(written)


LAW_TITLE = Words(
    sv="Lägesbild och åtgärdsplan enligt lag (2023:196) om kommuners ansvar för brottsförebyggande arbete",
    en="Situation picture and action plan under the Act (2023:196) on municipalities' crime prevention",
)
LAW_PARTS: tuple[LawPart, ...] = _read_parts()
