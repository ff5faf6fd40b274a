"""Two pictures side by side: what differs, in number and in severity, and whether that says anything.

Two periods, two areas, or two versions of the same picture: the first one is held against the other.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from est_compiler.domain.comparing.changes import change_lines, changes_since
from est_compiler.domain.comparing.verdicts import ComparisonKind, Verdict, by_chance, what_differs
from est_compiler.domain.comparing.words import (
    WHOLE_MUNICIPALITY,
    headline_of,
    name_of,
    reasons_for_doubt,
)
from est_compiler.domain.picture import Compared, Count, Cover, Picture
from est_compiler.domain.wording.phrases import percent_in_words
from est_contracts.vocabulary import THEME_WORDS, Words

Row = TypeVar("Row", bound=Compared)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two pictures, by what it is called here."""

    name: Words
    period: str
    scope: str
    cover: Cover


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in both pictures; None where nothing is known of it."""

    key: str
    name: Words
    one: Count | None
    other: Count | None
    verdict: Verdict
    severe_verdict: Verdict

    @property
    def reports(self) -> int | None:
        """How many more the first one has."""
        return None if self.one is None or self.other is None else self.one.reports - self.other.reports

    @property
    def severe(self) -> int | None:
        """How many more severe ones the first one has."""
        return None if self.one is None or self.other is None else self.one.severe - self.other.severe

    @property
    def percent(self) -> Words | None:
        """+19 %, or that the numbers are too few to tell."""
        return None if self.one is None or self.other is None else percent_in_words(self.one, self.other)

    @property
    def differs(self) -> bool:
        return self.one != self.other


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two pictures side by side (jämförelse)."""

    kind: ComparisonKind
    one: Side
    other: Side
    headline: Words
    #: What one should know before one believes a difference.
    notes: tuple[Words, ...]
    total: Difference
    themes: tuple[Difference, ...]
    entries: tuple[Difference, ...]
    areas: tuple[Difference, ...]
    organisations: tuple[Difference, ...]
    #: What has become of problems and measures, the first one being the later; of the same areas only.
    changes: tuple[Words, ...]


def compare(picture: Picture, other: Picture, *, names: tuple[Words, Words] | None = None) -> Comparison:
    """Hold a picture against another; `names` says what the two are called, as versions 2 and 1."""
    return _Comparing(picture, other, names=names).comparison()


class _Comparing:
    """Two pictures being compared."""

    def __init__(self, one: Picture, other: Picture, *, names: tuple[Words, Words] | None) -> None:
        self.one, self.other = one, other
        self.kind = what_differs(one, other)
        self.notes = tuple(reasons_for_doubt(one, other, kind=self.kind))
        self.names = names or (name_of(one, beside=other), name_of(other, beside=one))

    def comparison(self) -> Comparison:
        one, other = self.one, self.other
        of_the_same_areas = one.scope_areas == other.scope_areas
        total = self._difference("total", WHOLE_MUNICIPALITY, _of_total(one), _of_total(other))
        return Comparison(
            kind=self.kind,
            one=_side(one, self.names[0]),
            other=_side(other, self.names[1]),
            headline=headline_of(
                total.one, total.other, kind=self.kind, verdict=total.verdict, names=self.names
            ),
            notes=self.notes,
            total=total,
            themes=self._rows(
                one.themes,
                other.themes,
                key=lambda each: each.theme,
                name=lambda each: THEME_WORDS[each.theme],
            ),
            entries=self._rows(
                one.entries,
                other.entries,
                key=lambda each: (each.entry, each.theme),
                name=lambda each: each.name,
            ),
            areas=self._rows(
                one.areas, other.areas, key=lambda each: each.area or "", name=lambda each: _named(each.name)
            )
            if of_the_same_areas
            else (),
            organisations=self._rows(
                one.organisations,
                other.organisations,
                key=lambda each: each.organisation,
                name=lambda each: _named(each.name),
            ),
            changes=change_lines(changes_since(other, one)) if of_the_same_areas else (),
        )

    def _rows(
        self,
        ones: Sequence[Row],
        others: Sequence[Row],
        *,
        key: Callable[[Row], Hashable],
        name: Callable[[Row], Words],
    ) -> tuple[Difference, ...]:
        """Every row of either picture; what only one of them has is zero in the other."""
        mine, theirs = {key(each): each for each in ones}, {key(each): each for each in others}
        return tuple(
            self._difference(
                _written(each),
                name((mine | theirs)[each]),
                self._count(self.one, mine.get(each)),
                self._count(self.other, theirs.get(each)),
            )
            for each in (*mine, *(each for each in theirs if each not in mine))
        )

    def _count(self, picture: Picture, row: Compared | None) -> Count | None:
        if not picture.is_known:
            return None
        return row.now if row else Count()

    def _difference(self, key: str, name: Words, one: Count | None, other: Count | None) -> Difference:
        severe = (
            Count(one.severe) if one is not None else None,
            Count(other.severe) if other is not None else None,
        )
        return Difference(key, name, one, other, self._verdict(one, other), self._verdict(*severe))

    def _verdict(self, one: Count | None, other: Count | None) -> Verdict:
        if one is None or other is None:
            return Verdict.NOT_COMPARABLE
        if self.kind is ComparisonKind.VERSIONS:
            return Verdict.SAME if one == other else Verdict.CHANGED
        return Verdict.NOT_COMPARABLE if self.notes else by_chance(one, other)


def _side(picture: Picture, name: Words) -> Side:
    return Side(name, period=picture.period, scope=picture.scope, cover=picture.coverage.now)


def _of_total(picture: Picture) -> Count | None:
    return picture.total.now if picture.is_known else None


def _written(key: Hashable) -> str:
    return ":".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _named(name: str) -> Words:
    return Words(sv=name, en=name)
