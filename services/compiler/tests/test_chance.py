"""What differs by chance and what does not: named clauses about small counts."""

from est_compiler.domain.chance import beyond_chance, growth_beyond_chance
from est_compiler.domain.picture import Compared, Count


def test_growth_is_beyond_two_deviations() -> None:
    assert not beyond_chance(Count(12), Count(4))
    assert beyond_chance(Count(13), Count(4))
    assert growth_beyond_chance(compared(13, 4)) == 9
    assert growth_beyond_chance(compared(12, 4)) == 0
    assert growth_beyond_chance(compared(4, 13)) == 0


def compared(now: int, previous: int) -> Compared:
    return Compared(Count(now), Count(previous), None, None)


def test_small_counts_differ_much_by_chance() -> None:
    assert not beyond_chance(Count(9), Count(4))
    assert beyond_chance(Count(18), Count(5))
