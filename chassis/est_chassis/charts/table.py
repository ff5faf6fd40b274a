"""A table: what every chart also says in plain numbers."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Texts as they are read; numbers are written out already. The first cell of a row names the row."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    # Columns that hold numbers stand to the right; the first one never does.
    numeric: bool = True
    note: str = ""
