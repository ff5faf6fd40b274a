"""What somebody could work out who has every number that is shown: for the tests of what is hidden."""

from collections.abc import Sequence

from est_compiler.domain.viewing.view import KEPT_BACK, Figure


def possible_values(figures: Sequence[Figure], total: int) -> list[set[int]]:
    """Of each part, the values it could have, the total and all other parts being as they are shown."""
    everything_is_kept_back = all(each == KEPT_BACK for each in figures)
    each_alone = [_alone(figure, total, everything_is_kept_back) for figure in figures]
    return [
        {
            value
            for value in own
            if total - value in _sums(each_alone[:index] + each_alone[index + 1 :], total)
        }
        for index, own in enumerate(each_alone)
    ]


def _alone(figure: Figure, total: int, everything_is_kept_back: bool) -> set[int]:
    """What a part could be for all that it says itself."""
    if not figure.hidden:
        return {int(figure.value or 0)}
    if figure.small:
        return {1, 2}
    return set(range(0 if everything_is_kept_back else 3, total + 1))


def _sums(parts: Sequence[set[int]], total: int) -> set[int]:
    reached = {0}
    for part in parts:
        reached = {have + value for have in reached for value in part if have + value <= total}
    return reached
