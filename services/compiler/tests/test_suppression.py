"""What is hidden cannot be worked out from what is shown."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_compiler.domain.viewing.suppression import alone, changed, is_small, parted
from est_compiler.domain.viewing.view import HIDDEN, KEPT_BACK, UNKNOWN, Figure

counts = st.lists(st.one_of(st.integers(0, 4), st.integers(0, 12)), min_size=1, max_size=7)


def worlds(figures: Sequence[Figure], total: int, most: int = 40) -> Iterator[tuple[int, ...]]:
    """Every way in which the parts could be, for whoever has the total and all that is shown."""
    if not figures:
        if total == 0:
            yield ()
        return
    first, rest = figures[0], figures[1:]
    for value in range(min(total, most) + 1):
        if is_possible(value, first, everything_kept_back=all(each == KEPT_BACK for each in figures)):
            for others in worlds(rest, total - value):
                yield (value, *others)


def is_possible(value: int, figure: Figure, *, everything_kept_back: bool) -> bool:
    if not figure.hidden:
        return value == figure.value
    if figure.small:
        return 1 <= value <= 2
    return True if everything_kept_back else value >= 3


@given(counts)
def test_of_every_hidden_part_two_values_or_more_remain_possible(parts: list[int]) -> None:
    figures = parted(parts)
    if is_small(sum(parts)):
        return

    possible = list(worlds(figures, sum(parts)))

    for index, figure in enumerate(figures):
        if figure.hidden:
            assert len({world[index] for world in possible}) >= 2, (parts, figures)


@given(counts)
def test_no_one_and_no_two_is_shown(parts: list[int]) -> None:
    assert not [each for each in parted(parts) if each.value in (1, 2)]


@given(counts)
def test_what_is_shown_is_true_and_nothing_is_hidden_without_need(parts: list[int]) -> None:
    figures = parted(parts)

    for part, figure in zip(parts, figures, strict=True):
        assert figure.hidden or figure.value == part
        assert not figure.small or part in (1, 2)
    if not any(is_small(part) for part in parts):
        assert not any(figure.hidden for figure in figures)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        pytest.param([9, 1, 2], [9, HIDDEN, HIDDEN], id="a one and a two hide each other"),
        pytest.param([9, 4, 1], [9, KEPT_BACK, HIDDEN], id="a one alone takes the next with it"),
        pytest.param([9, 3, 1], [KEPT_BACK, 3, HIDDEN], id="a three gives nothing away to a one"),
        pytest.param([9, 1, 1, 0], [KEPT_BACK, HIDDEN, HIDDEN, 0], id="two ones are no riddle"),
        pytest.param([9, 2, 2], [KEPT_BACK, HIDDEN, HIDDEN], id="two twos are none either"),
        pytest.param([3, 3, 1], [KEPT_BACK, KEPT_BACK, KEPT_BACK], id="nothing less than all will do"),
        pytest.param([1, 1, 0], [KEPT_BACK, KEPT_BACK, KEPT_BACK], id="a small total is not divided"),
        pytest.param([0, 0], [0, 0], id="nothing at all is no secret"),
        pytest.param([9, 3, 0], [9, 3, 0], id="large enough"),
        pytest.param([None, None], [UNKNOWN, UNKNOWN], id="nothing is known"),
    ],
)
def test_parts_of_a_total_are_shown_like_this(parts: list[int | None], shown: list[int | Figure]) -> None:
    assert parted(parts) == tuple(each if isinstance(each, Figure) else Figure(each) for each in shown)


def test_a_count_alone_is_hidden_when_it_is_one_or_two() -> None:
    assert [alone(count) for count in (0, 1, 2, 3, None)] == [
        Figure(0), HIDDEN, HIDDEN, Figure(3), UNKNOWN,
    ]  # fmt: skip


def test_no_difference_tells_a_hidden_number() -> None:
    assert changed(Figure(9), HIDDEN) == KEPT_BACK
    assert changed(KEPT_BACK, Figure(9)) == KEPT_BACK
    assert changed(Figure(9), UNKNOWN) == UNKNOWN
    assert changed(Figure(3), Figure(9)) == Figure(-6)
