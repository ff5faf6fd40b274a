"""What somebody wants to choose where others choose too: nobody's choice is overwritten unseen."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from est_contracts.vocabulary import Party, Rejected, Words

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
#: Which party's value of which area.
AreaOfParty = tuple[str, Party]
#: There is one risk value in a picture.
RISK_VALUE = "risk_value"


class SentenceChoice(StrEnum):
    """What has been done with a suggested sentence: nothing yet, chosen, or left out."""

    SUGGESTED = "suggested"
    ADOPTED = "adopted"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Wish(Generic[K, V]):
    """What is to stand (önskat val) instead of what was read there."""

    key: K
    was: V
    wanted: V
    #: Sent along with the rest of a form, but not touched: it yields to what anybody else has chosen.
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Contested:
    """What two have chosen differently: what stands, and what was sent."""

    key: Hashable
    stands: object
    sent: object


class ChoiceHasChanged(Rejected):
    """Somebody else has chosen otherwise there meanwhile. Both choices are at hand; none is overwritten."""

    code = "choice_has_changed"
    words = Words(
        sv="Någon annan har valt annorlunda här sedan du läste. Båda valen visas; inget är överskrivet.",
        en="Somebody else has chosen otherwise since you read it. Both are shown; nothing is overwritten.",
    )

    def __init__(self, contested: Iterable[Contested]) -> None:
        super().__init__()
        self.contested = tuple(contested)


def still_wanted(
    wishes: Iterable[Wish[K, V]], *, stands: Callable[[K], V]
) -> tuple[tuple[Wish[K, V], ...], tuple[Wish[K, V], ...]]:
    """The wishes that are to be done, and those that stand already; one that is contested stops them all."""
    to_do: list[Wish[K, V]] = []
    done: list[Wish[K, V]] = []
    contested: list[Contested] = []
    for wish in wishes:
        now = stands(wish.key)
        if now == wish.wanted:
            done.append(wish)
        elif now == wish.was:
            to_do.append(wish)
        elif not wish.yields:
            contested.append(Contested(wish.key, now, wish.wanted))
    if contested:
        raise ChoiceHasChanged(contested)
    return tuple(to_do), tuple(done)
