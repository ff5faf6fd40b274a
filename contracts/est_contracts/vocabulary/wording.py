"""Words for people, always in both languages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Words(BaseModel):
    """One thing said in Swedish and in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sv: Phrase
    en: Phrase
