"""A view's charts and maps, drawn: for pages and for paper from the same numbers."""

from datetime import date

from est_chassis.charts import (
    AreaShape,
    Bar,
    Caption,
    Chart,
    LineMark,
    WeekPoint,
    area_map,
    bars,
    heat_matrix,
    week_line,
)
from est_chassis.web.languages import Language, said
from est_compiler.domain.picture import YearMark
from est_compiler.domain.viewing.view import Cell, ChartBlock, ChartKind, Figure, MapBlock, Unit
from est_compiler.formats.cells import written_figure
from est_contracts.vocabulary import Words

MOST_EARLIER = 3
DAYS_IN_A_WEEK = 7


def chart_of(block: ChartBlock, language: Language) -> Chart:
    """As its kind says."""
    caption = Caption(block.name, said(block.title, language), said(block.description, language), language)
    if block.kind is ChartKind.HEAT:
        return _heat(block, caption)
    if block.kind is ChartKind.WEEKS:
        return _weeks(block, caption)
    return _bars(block, caption)


def map_of(block: MapBlock, language: Language) -> Chart:
    """The areas shaded by their reports; what is hidden stands as words."""
    caption = Caption(block.name, said(block.title, language), said(block.description, language), language)
    return area_map(
        caption,
        areas=[
            AreaShape(
                area_id=each.area,
                label=each.name,
                rings=each.polygon,
                value=_quantity(each.reports),
                is_priority=each.priority,
                note=_hidden_note(each.reports, caption),
                short_note=written_figure(each.reports, Unit.REPORTS, language, shortly=True)
                if each.reports.hidden
                else "",
            )
            for each in block.areas
        ],
        value_label=language.say("Rapporter", "Reports"),
    )


def _bars(block: ChartBlock, caption: Caption) -> Chart:
    first = block.table.columns[0]
    # Changes are written beside the bars, from the same numbers.
    shown = [index for index, column in enumerate(block.table.columns) if column.unit is first.unit]
    earlier = shown[1 : 1 + MOST_EARLIER]
    return bars(
        caption,
        rows=[
            Bar(
                label=caption.say(row.words.sv, row.words.en),
                value=_quantity(row.cells[0]),
                before=[_quantity(row.cells[index]) for index in earlier],
                note=_hidden_note(row.cells[0], caption),
            )
            for row in block.table.rows
        ],
        value_label=_said(first.words, caption),
        with_change=any(column.unit is Unit.CHANGE for column in block.table.columns),
        before_labels=[_said(block.table.columns[index].words, caption) for index in earlier],
    )


def _heat(block: ChartBlock, caption: Caption) -> Chart:
    return heat_matrix(
        caption,
        counts=[[_count(cell) for cell in row.cells] for row in block.table.rows],
        parts=[_said(column.words, caption) for column in block.table.columns],
        hidden_note=caption.say("dold", "hidden"),
    )


def _weeks(block: ChartBlock, caption: Caption) -> Chart:
    points = [
        WeekPoint(
            label=row.key,
            value=_quantity(row.cells[0]),
            coverage=_share(_quantity(row.cells[1]), _quantity(row.cells[2])) if len(row.cells) > 2 else None,
            name=_said(row.words, caption),
        )
        for row in block.table.rows
    ]
    return week_line(
        caption,
        points=points,
        value_label=_said(block.table.columns[0].words, caption),
        marks=[_mark(each, block.begins, caption) for each in block.marks] if block.begins else (),
    )


def _mark(mark: YearMark, first_day: date, caption: Caption) -> LineMark:
    """A measure is a moment; breaks, events and risk periods are stretches of days."""
    begins = (mark.first_day - first_day).days / DAYS_IN_A_WEEK
    ends = ((mark.last_day - first_day).days + 1) / DAYS_IN_A_WEEK
    return LineMark(_said(mark.name, caption), begins, None if mark.kind is None else ends)


def _quantity(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell, Figure) and cell.value is not None else None


def _count(cell: Cell) -> int | None:
    """None stands for a number that must not be shown; a square of which nothing is known is empty."""
    if isinstance(cell, Figure):
        return None if cell.hidden else int(cell.value or 0)
    return 0


def _share(due: float | None, heard: float | None) -> float | None:
    return heard / due if due and heard is not None else None


def _hidden_note(cell: Cell, caption: Caption) -> str:
    """What stands where a number would."""
    words = cell.instead if isinstance(cell, Figure) else None
    return _said(words, caption) if words else ""


def _said(words: Words, caption: Caption) -> str:
    return said(words, caption.language)
