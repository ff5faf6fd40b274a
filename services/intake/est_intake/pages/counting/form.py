"""What has been filled in on the page of counts, or pasted from a spreadsheet; read without trusting it."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from uuid import UUID

from est_chassis.web.bodies import FormValues
from est_chassis.web.numbers import whole_number
from est_contracts.vocabulary import FieldError, Origin, Words
from est_intake.application import BlockWithWords
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.counting import BlockSubmission, CountSubmitted
from est_intake.domain.matching import Names, NotMatched, number, yes_or_no

EMPTY_ROWS = 6
MOST_ROWS = 300
LONGEST_TEXT = 4_000
CHOOSE_ENTRY = Words(sv="Välj vad som är räknat.", en="Choose what is counted.")
GIVE_NUMBER = Words(sv="Ange ett heltal, 0 eller mer.", en="Give a whole number, 0 or more.")
NO_SUCH_AREA = Words(sv="Välj ett av områdena.", en="Choose one of the areas.")
TOO_LONG = Words(
    sv=f"Korta texten till högst {LONGEST_TEXT} tecken.",
    en=f"Shorten the text to at most {LONGEST_TEXT} characters.",
)


@dataclass(frozen=True)
class CountRow:
    """One row of the table, as it was filled in."""

    entry: str = ""
    area: str = ""
    number: str = ""
    is_elsewhere: bool = False
    text: str = ""

    @property
    def says_something(self) -> bool:
        return bool(self.entry or self.number or self.text)


@dataclass(frozen=True)
class CountForm:
    """The table, and what is said of the whole."""

    rows: tuple[CountRow, ...] = ()
    text: str = ""
    revision: str = "0"

    @classmethod
    def of(cls, found: BlockWithWords) -> "CountForm":
        """What was contributed last, to be changed."""
        rows = tuple(
            CountRow(
                each.checklist_entry,
                each.area or "",
                str(each.number),
                not each.in_public,
                found.text_of(each) or "",
            )
            for each in found.block.counts
        )
        return cls(rows, found.text or "", str(found.block.revision))

    @classmethod
    def sent(cls, form: FormValues) -> "CountForm":
        columns = (form.texts(name) for name in ("entry", "area", "number", "elsewhere", "text"))
        rows = tuple(
            CountRow(entry, area, written, elsewhere == "yes", text)
            for entry, area, written, elsewhere, text in zip(*columns, strict=False)
        )
        return cls(rows[:MOST_ROWS], form.text("whole_text").replace("\r\n", "\n"), form.text("revision"))

    def filled(self) -> "CountForm":
        """Without the empty rows in between."""
        return replace(self, rows=tuple(row for row in self.rows if row.says_something))

    def with_empty_rows(self) -> "CountForm":
        """So that there is always room for more."""
        kept = self.filled()
        return replace(kept, rows=(*kept.rows, *[CountRow()] * EMPTY_ROWS)[:MOST_ROWS])

    def with_pasted(self, pasted: str, set_up: SetUpInUse) -> "CountForm":
        """Rows from a spreadsheet: what, where, how many, in public or not, text. What fits nothing stays."""
        names = Names(set_up)
        rows = csv.reader(StringIO(pasted), delimiter="\t")
        added = [_pasted(row, names) for row in rows if any(cell.strip() for cell in row)]
        return replace(
            self, rows=(*self.filled().rows, *(row for row in added if row is not None))[:MOST_ROWS]
        )

    @property
    def from_revision(self) -> int:
        return whole_number(self.revision) or 0

    def missing(self, set_up: SetUpInUse) -> dict[str, Words]:
        """What has to be filled in before there is anything to judge."""
        errors: dict[str, Words] = {}
        for place, row in enumerate(self.rows):
            if row.entry not in set_up.entries:
                errors[f"entry-{place}"] = CHOOSE_ENTRY
            if row.area and row.area not in set_up.area_ids:
                errors[f"area-{place}"] = NO_SUCH_AREA
            if _number(row.number) is None:
                errors[f"number-{place}"] = GIVE_NUMBER
            if len(row.text) > LONGEST_TEXT:
                errors[f"text-{place}"] = TOO_LONG
        if len(self.text) > LONGEST_TEXT:
            errors["whole_text"] = TOO_LONG
        return errors

    def submission(self, municipality: str, period: str, *, block_id: UUID) -> BlockSubmission:
        return BlockSubmission(
            municipality=municipality,
            block_id=block_id,
            period=period,
            counts=tuple(
                CountSubmitted(
                    checklist_entry=row.entry,
                    number=_number(row.number) or 0,
                    area=row.area or None,
                    in_public=not row.is_elsewhere,
                    text=row.text or None,
                )
                for row in self.rows
            ),
            text=self.text or None,
            origin=Origin.FORM,
        )

    def told(self, errors: Iterable[FieldError]) -> dict[str, Words]:
        """What is to be corrected, under the names that the page gives its fields."""
        told: dict[str, Words] = {}
        for error in errors:
            part, _, rest = error.field.partition(".")
            place, _, kind = rest.partition(".")
            name = {"text": "whole_text", "counts": "entry-0"}.get(part, part)
            if place:
                name = f"{'entry' if kind == 'checklist_entry' else kind}-{place}"
            told.setdefault(name, error.words)
        return told


def _pasted(cells: Sequence[str], names: Names) -> CountRow | None:
    what, where, how_many, public, text = (*(cell.strip() for cell in cells), "", "", "", "", "")[:5]
    try:
        entry = names.entry(what)
    except NotMatched:
        entry = ""
    try:
        area = names.area(where) or ""
    except NotMatched:
        # Shown as it was written, so that somebody sees it and chooses.
        area = where
    try:
        is_elsewhere = not yes_or_no(public, otherwise=True)
    except NotMatched:
        is_elsewhere = False
    if not entry and _number(how_many) is None:
        # The headings of the table.
        return None
    return CountRow(entry, area, how_many, is_elsewhere, text or ("" if entry else what))


def _number(written: str) -> int | None:
    try:
        return number(written)
    except NotMatched:
        return None
