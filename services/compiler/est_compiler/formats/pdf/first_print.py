"""What the press prints to itself when it starts: one of everything, of a municipality that is not there."""

from collections.abc import Iterator
from datetime import date

from est_compiler.domain.picture import Known
from est_compiler.domain.viewing.view import (
    Block,
    ChartBlock,
    ChartKind,
    Column,
    Figure,
    Heading,
    Paragraph,
    Row,
    Standing,
    Stated,
    Table,
    View,
    named,
)
from est_contracts.vocabulary import Edition, Level, PeriodKind

_NAME = named("Provtryck")
_TABLE = Table("first", _NAME, _NAME, (Column("now", _NAME),), (Row("one", _NAME, (Figure(3),)),))
_BLOCKS: tuple[Block, ...] = (
    Heading("first", 2, _NAME),
    Paragraph(_NAME),
    ChartBlock("first", ChartKind.BARS, _NAME, _NAME, _TABLE),
)


def first_prints() -> Iterator[View]:
    """One for each template."""
    for edition in (Edition.INTERNAL, Edition.DUTY_OFFICER):
        yield View(
            edition=edition, municipality="9999", municipality_name="Provtryck",
            period="2026-W01", kind=PeriodKind.WEEK, first_day=date(2025, 12, 29), last_day=date(2026, 1, 4),
            period_name=_NAME, scope="", scope_name=None, template=None, title=_NAME,
            stated=Stated(Standing.DRAFT), level=Level.GREEN, level_words=None,
            public_words=None, headline=_NAME, sentences=(_NAME,), blocks=_BLOCKS,
            known=Known(0), fingerprint="0" * 64, path="/",
        )  # fmt: skip
