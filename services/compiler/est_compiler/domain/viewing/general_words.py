"""What the general edition says first: a headline and sentences, of numbers that are shown and no others."""

from collections.abc import Iterator

from est_compiler.domain.picture import Picture
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.suppression import is_small
from est_compiler.domain.viewing.tables import CHANGE, NOW
from est_compiler.domain.viewing.view import HIDDEN_WORDS, Figure, Row, Table
from est_compiler.domain.wording.phrases import period_name, reports_in_words
from est_contracts.vocabulary import Words, change_in_words

MOST_THEMES = 3
#: The row of the totals.
ALL_REPORTS = "reports"


def general_headline(brief: Brief) -> Words:
    """How much was reported; nothing that rests on a number that is hidden."""
    picture = brief.picture
    name = picture.picture_period.name
    if not picture.is_known:
        return Words(sv=f"Inga uppgifter om {name.sv}", en=f"Nothing is known of {name.en}")
    if picture.reports == 0:
        return Words(sv=f"Inget inrapporterat under {name.sv}", en=f"Nothing reported in {name.en}")
    told = reports_in_words(picture.reports)
    if is_small(picture.reports):
        told = Words(sv=f"{HIDDEN_WORDS.sv} rapporter", en=f"{HIDDEN_WORDS.en} reports")
    so_far = Words(sv=" hittills", en=" so far") if brief.is_running else None
    sv, en = f"{told.sv} under {name.sv}", f"{told.en} in {name.en}"
    return Words(
        sv=_capital(sv + (so_far.sv if so_far else "")), en=_capital(en + (so_far.en if so_far else ""))
    )


def general_sentences(picture: Picture, totals: Table, themes: Table | None) -> tuple[Words, ...]:
    """The change in all, and the themes that are shown to hold most, each with its change."""
    return tuple(_sentences(picture, totals, themes))


def _sentences(picture: Picture, totals: Table, themes: Table | None) -> Iterator[Words]:
    total = _told(totals.rows[0], totals, picture)
    if total is not None and picture.reports:
        yield total
    if themes is None:
        return
    now = [column.key for column in themes.columns].index(NOW)
    shown = [
        (row, cell.value) for row in themes.rows if isinstance(cell := row.cells[now], Figure) and cell.value
    ]
    for row, _value in sorted(shown, key=lambda each: -each[1])[:MOST_THEMES]:
        told = _told(row, themes, picture)
        if told is not None:
            yield told


def _told(row: Row, table: Table, picture: Picture) -> Words | None:
    """Skadegörelse: 9 rapporter, +3 mot v. 46."""
    cells = dict(zip((column.key for column in table.columns), row.cells, strict=True))
    now, change = cells[NOW], cells.get(CHANGE)
    if not isinstance(now, Figure) or now.value is None:
        return None
    told = reports_in_words(int(now.value))
    sv, en = f"{row.words.sv}: {told.sv}", f"{row.words.en}: {told.en}"
    if row.key == ALL_REPORTS:
        sv, en = _capital(told.sv), _capital(told.en)
    if not isinstance(change, Figure) or change.value is None:
        return Words(sv=f"{sv}.", en=f"{en}.")
    than = period_name(picture.picture_period.previous, seen_from=picture.picture_period)
    difference = change_in_words(int(change.value))
    return Words(sv=f"{sv}, {difference.sv} mot {than.sv}.", en=f"{en}, {difference.en} on {than.en}.")


def _capital(written: str) -> str:
    return written[0].upper() + written[1:]
