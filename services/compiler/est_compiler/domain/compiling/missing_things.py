"""The things that may be missing before a picture is published, and what is said of each."""

from dataclasses import dataclass
from enum import StrEnum

from est_contracts.vocabulary import Party, Words


class MissingKind(StrEnum):
    """What may be missing (det som saknas)."""

    LEVEL = "level"
    PART = "part"
    AREA_VALUE = "area_value"
    SENTENCE = "sentence"
    #: The indicators have got newer values than those in the picture.
    INDICATORS = "indicators"
    RISK_VALUE = "risk_value"
    LOCAL_PICTURE = "local_picture"
    SIGNATURE = "signature"
    PUBLIC_TEXT = "public_text"
    #: What the templates of longer periods ask for.
    WORDS = "words"
    PROBLEMS = "problems"
    PRIORITY = "priority"
    PRIORITY_AREAS = "priority_areas"
    INDICATOR_VALUES = "indicator_values"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing; what blocks must be there before anything is published."""

    kind: MissingKind
    words: Words
    blocks: bool = False
    party: Party | None = None
    areas: tuple[str, ...] = ()
    #: Under which heading it is seen to, where it is under one.
    section: str | None = None
