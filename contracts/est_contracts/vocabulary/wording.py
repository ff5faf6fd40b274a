"""Words for people, always in both languages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Words(BaseModel):
    """One thing said in Swedish and in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sv: Phrase
    en: Phrase


def number_in_words(quantity: float, decimals: int | None = None) -> Words:
    """1634.5 is 1 634,5 in Swedish and 1,634.5 in English, on one line however narrow it is."""
    if decimals is None:
        decimals = 0 if float(quantity).is_integer() else 1
    sign = "\N{MINUS SIGN}" if quantity < 0 else ""
    english = f"{abs(quantity):,.{decimals}f}"
    swedish = english.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return Words(sv=f"{sign}{swedish}", en=f"{sign}{english}")


def change_in_words(change: float) -> Words:
    """A change says its direction: +3, −2 or ±0."""
    if change == 0:
        return Words(sv="±0", en="±0")
    number = number_in_words(change)
    return number if change < 0 else Words(sv=f"+{number.sv}", en=f"+{number.en}")
