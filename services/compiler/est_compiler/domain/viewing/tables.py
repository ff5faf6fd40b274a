"""Tables of counts against earlier periods: the same columns wherever something is compared."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from est_compiler.domain.picture import Compared, Count, Picture
from est_compiler.domain.viewing.suppression import changed, changed_in_percent
from est_compiler.domain.viewing.view import TOO_FEW, UNKNOWN, Column, Figure, Row, Table, Unit
from est_compiler.domain.wording.phrases import written_period_name
from est_contracts.vocabulary import Words

CHANGE, PERCENT = "change", "percent"
NOW = "now"
TOTAL = Words(sv="Totalt", en="Total")
UNDER_TEN = Words(
    sv="För få: färre än tio rapporter, för få för att säga något i procent.",
    en="Too few: fewer than ten reports, too few to tell in per cent.",
)

#: How a number of a slot becomes what is shown of it.
Show = Callable[[Sequence[int | None]], Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class Head:
    """What a table is called, what it shows, and what its rows are."""

    name: str
    caption: Words
    corner: Words


@dataclass(frozen=True, slots=True)
class Counted:
    """A row to be: what it is about, and its counts."""

    key: str
    words: Words
    counts: Compared
    is_marked: bool = False


def plainly(parts: Sequence[int | None]) -> Sequence[Figure]:
    """Every number as it is."""
    return [UNKNOWN if part is None else Figure(part) for part in parts]


def slots_of(picture: Picture) -> tuple[tuple[str, Words], ...]:
    """The periods that are held against each other, by name; only those of which something is known."""
    seen_from, held = picture.picture_period, picture.compared_with
    # The year before a year is the same year: it stands there once.
    last_year = held.last_year if held.last_year != held.previous else None
    earlier = (
        ("previous", held.previous),
        ("before_previous", held.before_previous),
        ("last_year", last_year),
    )
    now = (NOW, written_period_name(picture.period, seen_from=seen_from))
    return (now, *((key, written_period_name(each, seen_from=seen_from)) for key, each in earlier if each))


def count_in(counts: Compared, slot: str) -> Count | None:
    """What is counted in one of the four periods."""
    counted: Count | None = getattr(counts, slot)
    return counted


def has_anything(counts: Compared) -> bool:
    """Something was reported, now or in a period of comparison."""
    four = (counts.now, counts.previous, counts.before_previous, counts.last_year)
    return any(each is not None and each.reports for each in four)


def summed(counts: Iterable[Compared], *, like: Compared) -> Compared:
    """Several counts as one; nothing is known of the periods of which nothing is known in `like`."""
    listed = tuple(counts)

    def in_slot(slot: str) -> Count | None:
        if count_in(like, slot) is None:
            return None
        return sum((each for one in listed if (each := count_in(one, slot))), start=Count())

    return Compared(
        in_slot(NOW) or Count(), in_slot("previous"), in_slot("before_previous"), in_slot("last_year")
    )


def compared_table(
    picture: Picture, rows: Iterable[Counted], head: Head, *, show: Show = plainly, with_change: bool = True
) -> Table:
    """Counts of reports in each period, and the change on the one before."""
    listed, slots = tuple(rows), slots_of(picture)
    shown = {
        key: show([None if (count := count_in(row.counts, key)) is None else count.reports for row in listed])
        for key, _words in slots
    }
    with_change = with_change and "previous" in shown
    columns = [Column(key, words) for key, words in slots]
    if with_change:
        columns[1:1] = [
            Column(CHANGE, Words(sv="Förändring", en="Change"), Unit.CHANGE),
            Column(PERCENT, Words(sv="I procent", en="In per cent"), Unit.PERCENT_CHANGE),
        ]
    told = tuple(
        Row(row.key, row.words, _cells(shown, index, with_change=with_change), is_marked=row.is_marked)
        for index, row in enumerate(listed)
    )
    return Table(
        name=head.name,
        caption=head.caption,
        corner=head.corner,
        columns=tuple(columns),
        rows=told,
        note=note_of(told),
    )


def note_of(rows: Iterable[Row]) -> Words | None:
    """For what "too few" is too few, where a cell says so."""
    return UNDER_TEN if any(cell is TOO_FEW for row in rows for cell in row.cells) else None


def _cells(shown: dict[str, Sequence[Figure]], index: int, *, with_change: bool) -> tuple[Figure, ...]:
    cells = [figures[index] for figures in shown.values()]
    if with_change:
        now, before = shown[NOW][index], shown["previous"][index]
        cells[1:1] = [changed(now, before), changed_in_percent(now, before)]
    return tuple(cells)
