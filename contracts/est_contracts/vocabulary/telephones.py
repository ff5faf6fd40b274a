"""Telephones of functions: of somebody on duty, or a switchboard; never a person's own."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from est_contracts.vocabulary.wording import Words

#: 08-465 004 12, 070-174 06 05 or +46 8 465 004 12; and short ones, as 114 14.
_PATTERN = r"^((\+[1-9]|0[1-9])([ -]?[0-9]){5,13}|1[0-9]([ -]?[0-9]){1,4})$"
_TELEPHONE = re.compile(_PATTERN)


class NotATelephone(ValueError):
    """Nobody can be called on it."""

    words = Words(
        sv="Skriv ett telefonnummer som 08-465 004 12, +46 8 465 004 12 eller 114 14.",
        en="Write a telephone number as 08-465 004 12, +46 8 465 004 12 or 114 14.",
    )

    def __init__(self) -> None:
        super().__init__(self.words.en)


def _a_telephone(written: str) -> str:
    if _TELEPHONE.fullmatch(written) is None:
        raise NotATelephone
    return written


TelephoneNumber = Annotated[
    str, AfterValidator(_a_telephone), Field(max_length=30, json_schema_extra={"pattern": _PATTERN})
]
"""The telephone of a function on duty, or of a switchboard, as in 08-465 004 12."""


def dialled(telephone: str) -> str:
    """The same number without its blanks and hyphens, as it is dialled."""
    return re.sub(r"[ -]", "", telephone)
