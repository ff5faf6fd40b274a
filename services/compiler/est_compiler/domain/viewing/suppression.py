"""Small numbers do not stand in editions that anyone may read (små tal): they could point to somebody.

One and two are hidden. Where the rest would give them away, larger numbers are kept back as well, so that
of every hidden number at least two values remain possible for whoever has all that is shown.
"""

from collections.abc import Sequence

from est_compiler.domain.picture import Count
from est_compiler.domain.viewing.view import HIDDEN, KEPT_BACK, TOO_FEW, UNKNOWN, Figure
from est_compiler.domain.wording.phrases import percent_of_change

#: The smallest count that everyone may read.
SHOWN_FROM = 3


def is_small(count: int) -> bool:
    """One or two: somebody could know who it was. Nothing at all points to nobody."""
    return 0 < count < SHOWN_FROM


def alone(count: int | None) -> Figure:
    """A number that no other number adds up to."""
    if count is None:
        return UNKNOWN
    return HIDDEN if is_small(count) else Figure(count)


def parted(parts: Sequence[int | None]) -> tuple[Figure, ...]:
    """The parts of a total that is shown itself: what is hidden cannot be worked out from the others."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return tuple(UNKNOWN for _ in parts)
    if is_small(sum(known)):
        return tuple(KEPT_BACK for _ in parts)
    hidden = [index for index, part in enumerate(known) if is_small(part)]
    kept_back = _to_keep_back(known, hidden)
    if kept_back is None:
        return tuple(KEPT_BACK for _ in parts)
    return tuple(
        HIDDEN if index in hidden else KEPT_BACK if index in kept_back else Figure(part)
        for index, part in enumerate(known)
    )


def _to_keep_back(parts: Sequence[int], hidden: Sequence[int]) -> list[int] | None:
    """Which larger parts to keep back, as few and as small as will do; None when nothing less than all will.

    Nothing is never kept back: that there was nothing is no secret, and whoever reads can count on it.
    """
    if not hidden:
        return []
    in_order = sorted(
        (index for index, part in enumerate(parts) if part >= SHOWN_FROM), key=parts.__getitem__
    )
    small = [parts[index] for index in hidden]
    if _leaves_open(small, []):
        return []
    for index in in_order:
        if _leaves_open(small, [parts[index]]):
            return [index]
    if len(in_order) > 1 and _leaves_open(small, [parts[index] for index in in_order[:2]]):
        return in_order[:2]
    return in_order if _leaves_open(small, [parts[index] for index in in_order]) else None


def _leaves_open(small: Sequence[int], kept_back: Sequence[int]) -> bool:
    """Whether every one of them could have another value, their sum being known.

    A small one is told to be one or two, and one that is kept back is three or more: if all of them were as
    small as they can be, or the small ones as large while nothing else gives way, they would be known.
    """
    to_spare = sum(small) + sum(kept_back) - len(small) - SHOWN_FROM * len(kept_back)
    return to_spare > 0 and (bool(kept_back) or to_spare < len(small))


def changed(now: Figure, before: Figure) -> Figure:
    """A difference, only where both numbers are shown: it would tell a hidden one."""
    if now.hidden or before.hidden:
        return KEPT_BACK
    if now.value is None or before.value is None:
        return UNKNOWN
    return Figure(now.value - before.value)


def changed_in_percent(now: Figure, before: Figure) -> Figure:
    """The same in per cent, where both numbers are enough for one; of nothing there is no share."""
    if now.hidden or before.hidden:
        return KEPT_BACK
    if now.value is None or before.value is None or (now.value == 0 and before.value == 0):
        return UNKNOWN
    percent = percent_of_change(Count(int(now.value)), Count(int(before.value)))
    return TOO_FEW if percent is None else Figure(percent)
