"""The evidence of the internal edition: every number of the picture, in charts and tables."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from est_compiler.domain.picture import Count, Picture
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.suppression import changed, changed_in_percent
from est_compiler.domain.viewing.tables import (
    CHANGE,
    PERCENT,
    TOTAL,
    Counted,
    Head,
    compared_table,
    count_in,
    has_anything,
    note_of,
    slots_of,
)
from est_compiler.domain.viewing.times import hours_blocks, weeks_chart
from est_compiler.domain.viewing.view import (
    KEPT_BACK,
    UNKNOWN,
    Block,
    Cell,
    ChartBlock,
    ChartKind,
    Column,
    Figure,
    Heading,
    MapArea,
    MapBlock,
    Row,
    Table,
    Unit,
    named,
)
from est_contracts.vocabulary import SEVERITY_WORDS, THEME_WORDS, Theme, Words

THEME = Words(sv="Tema", en="Theme")
AREA = Words(sv="Område", en="Area")
EVIDENCE = Words(sv="Siffrorna", en="The numbers")
NOT_ASSESSED = Words(sv="Inte bedömt", en="Not assessed")


def evidence_blocks(brief: Brief) -> Iterator[Block]:
    """What was reported: what and how severe, where, when, over time, and by whom."""
    picture = brief.picture
    with_change = not brief.is_running
    yield Heading("numbers", 2, EVIDENCE)
    yield totals_table(picture, with_change=with_change)
    themes = compared_table(picture, themes_of(picture), THEMES, with_change=with_change)
    yield themes_chart(themes, is_running=brief.is_running)
    yield severity_table(picture)
    if picture.assessed:
        yield severities_chart(picture, [Figure(each) for each in severity_parts(picture)])
    if picture.entries:
        yield compared_table(picture, _entries(picture), ENTRIES, with_change=with_change)
    yield from _where(brief, with_change=with_change)
    yield from hours_blocks(picture)
    yield weeks_chart(picture)
    yield compared_table(picture, _organisations(picture), ORGANISATIONS, with_change=with_change)


TOTALS = Head("totals", Words(sv="Rapporter sammanlagt", en="Reports in all"), Words(sv="Antal", en="Number"))
THEMES = Head("themes", Words(sv="Rapporter per tema", en="Reports by theme"), THEME)
ENTRIES = Head(
    "entries",
    Words(sv="Rapporter per punkt i checklistan", en="Reports by entry of the checklist"),
    Words(sv="Punkt", en="Entry"),
)
AREAS = Head("areas", Words(sv="Rapporter per område", en="Reports by area"), AREA)
PLACES = Head(
    "places", Words(sv="Rapporter per namngiven plats", en="Reports by named place"), named("Plats")
)
ORGANISATIONS = Head(
    "organisations",
    Words(sv="Rapporter per organisation", en="Reports by organisation"),
    Words(sv="Organisation", en="Organisation"),
)
REPORTS_ROW = Words(sv="Rapporter", en="Reports")
SEVERE_ROW = Words(sv="Allvarliga (4–5)", en="Severe (4–5)")


def totals_table(picture: Picture, *, with_change: bool) -> Table:
    """All reports, and the severe ones among them."""
    reports = compared_table(
        picture, [Counted("reports", REPORTS_ROW, picture.total)], TOTALS, with_change=with_change
    )
    now, before = _severe(picture.total.now), _severe(picture.total.previous)
    severe = {key: _severe(count_in(picture.total, key)) for key, _words in slots_of(picture)}
    severe |= {CHANGE: changed(now, before), PERCENT: changed_in_percent(now, before)}
    cells = tuple(severe[column.key] for column in reports.columns)
    rows = (*reports.rows, Row("severe", SEVERE_ROW, cells))
    return replace(reports, rows=rows, note=note_of(rows))


def themes_of(picture: Picture) -> list[Counted]:
    """Every theme that something was reported of, now or before."""
    return [
        Counted(str(each.theme), THEME_WORDS[each.theme], each)
        for each in picture.themes
        if has_anything(each)
    ]


COMPARED_WITH_EARLIER = Words(
    sv="Rapporter per tema, jämfört med tidigare perioder.",
    en="Reports by theme, compared with earlier periods.",
)
NOT_WHOLE_YET = Words(
    sv="Rapporter per tema. Perioden pågår; de den jämförs med är hela.",
    en="Reports by theme. The period goes on; those it is compared with are whole.",
)


def themes_chart(table: Table, *, is_running: bool = False) -> ChartBlock:
    return ChartBlock(
        name="themes_chart",
        kind=ChartKind.BARS,
        title=Words(sv="Vad har rapporterats?", en="What has been reported?"),
        description=NOT_WHOLE_YET if is_running else COMPARED_WITH_EARLIER,
        table=table,
    )


def severity_table(picture: Picture) -> Table:
    """How severe, by theme: how many were severe, and the assessments in all, in each period."""
    slots = slots_of(picture)
    columns = [
        Column(f"severe_{key}", Words(sv=f"4–5 {words.sv}", en=f"4–5 {words.en}"), Unit.SEVERE)
        for key, words in slots
    ]
    columns += [
        Column(f"severity_{key}", Words(sv=f"summa {words.sv}", en=f"sum {words.en}"), Unit.SCALE)
        for key, words in slots
    ]
    rows = []
    for each in (each for each in picture.themes if has_anything(each)):
        counts = [count_in(each, key) for key, _words in slots]
        cells = (*(_severe(count) for count in counts), *(_severity(count) for count in counts))
        rows.append(Row(str(each.theme), THEME_WORDS[each.theme], cells))
    return Table(
        name="severity",
        caption=Words(
            sv="Allvar per tema: hur många som bedömdes som 4–5, och bedömningarna sammanlagt",
            en="Severity by theme: how many were assessed as 4–5, and the assessments in all",
        ),
        corner=THEME,
        columns=tuple(columns),
        rows=tuple(rows),
    )


def severity_parts(picture: Picture) -> list[int]:
    """How many of each severity, the most severe first; those that nobody assessed last."""
    return [*reversed(picture.severities), picture.not_assessed]


def severities_chart(picture: Picture, figures: list[Figure]) -> ChartBlock:
    steps = [(str(step), Words(sv=f"{step} {words.sv}", en=f"{step} {words.en}"))
             for step, words in sorted(SEVERITY_WORDS.items(), reverse=True)]  # fmt: skip
    rows = tuple(
        Row(key, words, (figure,))
        for (key, words), figure in zip((*steps, ("not_assessed", NOT_ASSESSED)), figures, strict=True)
    )
    title = Words(sv="Hur allvarligt?", en="How severe?")
    now, *_earlier = slots_of(picture)
    return ChartBlock(
        name="severities_chart",
        kind=ChartKind.BARS,
        title=title,
        description=Words(
            sv="Rapportörernas bedömning på en skala från 1 till 5.",
            en="The reporters' assessment on a scale from 1 to 5.",
        ),
        table=Table("severities", title, Words(sv="Allvar", en="Severity"), (Column(*now),), rows),
    )


def _entries(picture: Picture) -> list[Counted]:
    return [Counted(each.entry, each.name, each) for each in picture.entries]


def areas_of(picture: Picture) -> list[Counted]:
    """Every area, those where nothing was reported too; what concerns all of it stands last.

    A district whose parts stand here is told of only where something was reported of the district itself.
    """
    divided = {each.within for each in picture.areas}
    return [
        Counted(each.area or "whole", named(each.name), each, is_marked=each.priority)
        for each in picture.areas
        if each.area is None or each.area not in divided or has_anything(each)
    ]


def _organisations(picture: Picture) -> list[Counted]:
    return [Counted(each.organisation, named(each.name), each) for each in picture.organisations]


def _where(brief: Brief, *, with_change: bool) -> Iterator[Block]:
    picture = brief.picture
    if all(each.area is None for each in picture.areas):
        return
    areas = compared_table(picture, areas_of(picture), AREAS, with_change=with_change)
    yield map_block(brief, areas)
    yield areas
    if picture.reports:
        yield _matrix(picture)
    if picture.places:
        places = [Counted(each.place, named(each.name), each) for each in picture.places]
        yield compared_table(picture, places, PLACES, with_change=with_change)


def map_block(brief: Brief, areas: Table, *, with_severity: bool = True) -> MapBlock:
    """The areas of the table on the map, with the same numbers."""
    polygons = {each.area_id: each.polygon for each in (brief.document.areas if brief.document else ())}
    keys = [column.key for column in areas.columns]
    rows = {row.key: dict(zip(keys, row.cells, strict=True)) for row in areas.rows}
    return MapBlock(
        name="map",
        title=Words(sv="Var har det hänt?", en="Where has it happened?"),
        description=Words(sv="Rapporter per område.", en="Reports by area."),
        areas=tuple(
            MapArea(
                area=each.area,
                name=each.name,
                within=each.within,
                priority=each.priority,
                polygon=polygons.get(each.area, ()),
                reports=_figure(rows[each.area].get("now")),
                previous=_figure(rows[each.area].get("previous")),
                severe=Figure(each.now.severe) if with_severity else KEPT_BACK,
            )
            for each in brief.picture.areas
            if each.area in rows
        ),
    )


def _matrix(picture: Picture) -> Table:
    """Areas down, themes across; only those with something in them, and the totals of both."""
    counts: defaultdict[tuple[str | None, Theme], int] = defaultdict(int)
    for cell in picture.cells:
        counts[cell.area, cell.theme] += cell.now.reports
    themes = [each.theme for each in picture.themes if each.now.reports]
    rows = [
        Row(
            each.area or "whole",
            named(each.name),
            (*(Figure(counts[each.area, theme]) for theme in themes), Figure(each.now.reports)),
            is_marked=each.priority,
        )
        for each in picture.areas
        if each.now.reports
    ]
    totals = (*(Figure(each.now.reports) for each in picture.themes if each.now.reports),)
    rows.append(Row("total", TOTAL, (*totals, Figure(picture.reports)), is_total=True))
    return Table(
        name="areas_by_theme",
        caption=Words(sv="Vad händer var?", en="What happens where?"),
        corner=AREA,
        columns=(*(Column(str(theme), THEME_WORDS[theme]) for theme in themes), Column("total", TOTAL)),
        rows=tuple(rows),
    )


def _severe(count: Count | None) -> Figure:
    return UNKNOWN if count is None else Figure(count.severe)


def _severity(count: Count | None) -> Figure:
    return UNKNOWN if count is None else Figure(count.severity_total)


def _figure(cell: Cell) -> Figure:
    return cell if isinstance(cell, Figure) else UNKNOWN
