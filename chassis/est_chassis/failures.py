"""The ways in which something does not happen; each is sorted once, at the door."""

from est_contracts.vocabulary.refusals import FieldError, Rejected
from est_contracts.vocabulary.wording import Words

__all__ = [
    "ChangedMeanwhile",
    "FieldError",
    "NotFound",
    "OutcomeUnknown",
    "Rejected",
    "StillFails",
    "Unavailable",
]


class ChangedMeanwhile(Rejected):
    """Somebody else changed the same thing first."""

    code = "changed_meanwhile"
    words = Words(
        sv="Någon annan hann ändra samtidigt. Hämta den senaste versionen och försök igen.",
        en="Somebody else changed this at the same time. Fetch the latest version and try again.",
    )


class StillFails(Rejected):
    """A dead letter was tried again and could not be handled this time either."""

    code = "still_fails"

    def __init__(self, reason: str) -> None:
        super().__init__(Words(sv=f"Det gick inte nu heller: {reason}", en=f"It failed again: {reason}"))


class Unavailable(Exception):
    """Something we need is away; the same attempt may succeed later."""


class OutcomeUnknown(Unavailable):
    """It was asked for, and perhaps done: nobody but the one who asked may decide to ask again."""


class NotFound(Exception):
    """There is nothing by that name, or it belongs to another municipality."""
