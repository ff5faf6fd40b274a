"""What a view puts in no area (inte fördelat): on no map, but counted: features add up to all."""

from est_compiler.domain.viewing.view import KEPT_BACK, UNKNOWN, Figure, MapArea, Table, View

#: Stands where an area's ID does; no area has it.
UNDIVIDED = "undivided"
NAME = "Inte fördelat på område"


def placed(view: View) -> tuple[MapArea, ...]:
    """Every area that a view tells of, and last what it puts in none: together they are all reports."""
    areas = tuple(area for block in view.maps for area in block.areas)
    rest = undivided(view)
    return (*areas, rest) if rest else areas


def undivided(view: View) -> MapArea | None:
    """The reports without an area, or all of them where a view has no map; nothing where there are none.

    The numbers are those that stand in the view's own tables: what is hidden there is hidden here.
    """
    tables = {each.name: each for each in view.tables}
    totals, has_map = tables.get("totals"), any(view.maps)
    table, row = (tables.get("areas"), "whole") if has_map else (totals, "reports")
    reports, previous = _cell(table, row=row, column="now"), _cell(table, row=row, column="previous")
    if reports is None or _is_nothing(reports, previous):
        return None
    return MapArea(
        area=UNDIVIDED,
        name=NAME,
        within=None,
        priority=False,
        polygon=(),
        reports=reports,
        previous=previous or UNKNOWN,
        severe=_left(_cell(totals, row="severe", column="now"), view),
    )


def _left(whole: Figure | None, view: View) -> Figure:
    """The severe ones in no area: what the areas leave of all of them."""
    parts = [area.severe.value for block in view.maps for area in block.areas]
    known = [each for each in parts if each is not None]
    if whole is None or whole.value is None or len(known) < len(parts):
        return KEPT_BACK
    return Figure(whole.value - sum(known))


def _cell(table: Table | None, *, row: str, column: str) -> Figure | None:
    """The number at a place of a table; None where there is no such place."""
    for each in table.rows if table else ():
        for head, cell in zip(table.columns if table else (), each.cells, strict=True):
            if (each.key, head.key) == (row, column) and isinstance(cell, Figure):
                return cell
    return None


def _is_nothing(*figures: Figure | None) -> bool:
    return not any(each and (each.value or each.hidden) for each in figures)
