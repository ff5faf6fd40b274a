"""What the pages of an import send back and forth: the table itself, and what its columns and cells mean."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from est_chassis.web.bodies import FormValues
from est_intake.application.importing import FIELD_WORDS, TRANSLATED, ColumnChoice, guessed_columns
from est_intake.application.spreadsheets import FileIsUnreadable, Table, table_of

MOST_MEANINGS = 40


@dataclass(frozen=True)
class ImportForm:
    """A table on its way in. Nothing of it is kept here between two pages."""

    table: Table
    columns: Mapping[str, str]
    meanings: Mapping[tuple[str, str], str]

    @classmethod
    def begun(cls, table: Table) -> "ImportForm":
        return cls(table, guessed_columns(table.headings), {})

    @classmethod
    def sent(cls, form: FormValues) -> "ImportForm":
        table = _table(form.text("table"))
        columns = {name: form.text(f"column-{name}") for name in FIELD_WORDS}
        meanings = {
            (name, form.text(f"written-{name}-{place}")): form.text(f"meant-{name}-{place}")
            for name in TRANSLATED
            for place in range(MOST_MEANINGS)
            if form.text(f"meant-{name}-{place}")
        }
        return cls(
            table, {name: heading for name, heading in columns.items() if heading in table.headings}, meanings
        )

    @property
    def choice(self) -> ColumnChoice:
        return ColumnChoice(self.columns, self.meanings)

    @property
    def written(self) -> str:
        """The table as it travels in the page."""
        rows: list[Sequence[str]] = [self.table.headings, *self.table.rows]
        return json.dumps({"rows": rows, "first": self.table.first_row}, ensure_ascii=False)


def _table(written: str) -> Table:
    try:
        told = json.loads(written)
        rows, first = told["rows"], int(told["first"])
        table = table_of([[str(cell) for cell in row] for row in rows])
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        raise FileIsUnreadable from None
    return Table(table.headings, table.rows, first_row=min(max(first, 2), 100_000))
