"""How things are weighed: severity, level, and what an entry of a checklist speaks about."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from est_contracts.vocabulary.wording import Words

# Strict: otherwise `true` would be taken for severity 1.
Severity = Annotated[int, Field(ge=1, le=5, strict=True)]

SEVERITY_WORDS: dict[int, Words] = {
    1: Words(sv="Mycket liten", en="Very low"),
    2: Words(sv="Liten", en="Low"),
    3: Words(sv="Måttlig", en="Moderate"),
    4: Words(sv="Stor", en="High"),
    5: Words(sv="Mycket stor", en="Very high"),
}


class Level(StrEnum):
    """The level (lägesnivå) of an overall assessment; the colour never stands alone."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


LEVEL_WORDS: dict[Level, Words] = {
    Level.GREEN: Words(sv="Grön: normalläge", en="Green: as usual"),
    Level.YELLOW: Words(sv="Gul: förhöjd uppmärksamhet", en="Yellow: raised attention"),
    Level.ORANGE: Words(sv="Orange: ansträngt läge", en="Orange: strained"),
    Level.RED: Words(sv="Röd: allvarligt läge", en="Red: serious"),
}


class Polarity(StrEnum):
    """Whether a thing makes a place less safe (negativ), safer (positiv), or either."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    BOTH = "both"


POLARITY_WORDS: dict[Polarity, Words] = {
    Polarity.NEGATIVE: Words(sv="Negativ", en="Negative"),
    Polarity.POSITIVE: Words(sv="Positiv", en="Positive"),
    Polarity.BOTH: Words(sv="Negativ eller positiv", en="Negative or positive"),
}


class Scope(StrEnum):
    """Where a thing is (omfattning): a place, the area as a whole, or elsewhere."""

    PLACE = "place"
    AREA = "area"
    ELSEWHERE = "elsewhere"


SCOPE_WORDS: dict[Scope, Words] = {
    Scope.PLACE: Words(sv="En plats i området", en="A place in the area"),
    Scope.AREA: Words(sv="Området som helhet", en="The area as a whole"),
    Scope.ELSEWHERE: Words(sv="Någon annanstans", en="Elsewhere"),
}


class Tense(StrEnum):
    """Whether a thing has occurred (inträffat) or is expected (väntat)."""

    OCCURRED = "occurred"
    EXPECTED = "expected"


TENSE_WORDS: dict[Tense, Words] = {
    Tense.OCCURRED: Words(sv="Har inträffat", en="Has occurred"),
    Tense.EXPECTED: Words(sv="Väntas", en="Is expected"),
}
