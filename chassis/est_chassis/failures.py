"""The ways in which something does not happen; each is sorted once, at the door."""

from collections.abc import Sequence

from est_contracts.vocabulary.refusals import FieldError, Rejected
from est_contracts.vocabulary.wording import Words

__all__ = [
    "ChangedMeanwhile",
    "FieldError",
    "NotFound",
    "OutcomeUnknown",
    "Rejected",
    "StillFails",
    "TooLargeToTell",
    "Unavailable",
    "UnknownReadModel",
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


class TooLargeToTell(Rejected):
    """The other services could never be told of it."""

    code = "too_large"
    http_status = 413

    def __init__(self, size: int, *, limit: int) -> None:
        super().__init__(
            Words(
                sv=f"Det blir {size // 1000 + 1} kB att berätta för de andra tjänsterna, och högst"
                f" {limit // 1000} kB får plats. Förenkla det som är störst, till exempel gränser på kartan.",
                en=f"The other services would have to be told {size // 1000 + 1} kB of it, and at most"
                f" {limit // 1000} kB fit. Simplify what is largest, outlines on the map for example.",
            )
        )


class UnknownReadModel(Rejected):
    """Nothing would be replayed, and it would look as if it had been."""

    code = "unknown_read_model"
    http_status = 422

    def __init__(self, known: Sequence[str]) -> None:
        names = ", ".join(known)
        words = Words(sv=f"Läsmodellerna heter {names}.", en=f"The read models are called {names}.")
        super().__init__(words, errors=(FieldError("read_models", words),))


class Unavailable(Exception):
    """Something we need is away; the same attempt may succeed later."""


class OutcomeUnknown(Unavailable):
    """It was asked for, and perhaps done: nobody but the one who asked may decide to ask again."""


class NotFound(Exception):
    """There is nothing by that name, or it belongs to another municipality."""
