"""The evidence under a picture's headline: charts and tables, all from the same numbers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from est_chassis.charts import (
    AreaShape,
    Bar,
    Chart,
    Table,
    WeekPoint,
    area_map,
    bars,
    heat_matrix,
    week_line,
)
from est_chassis.web.written import number
from est_compiler.domain.phrases import week_name
from est_compiler.domain.picture import Compared, Count, Picture
from est_contracts.vocabulary import SEVERITY_WORDS, THEME_WORDS, CollaborationDocument, Theme, Week

SHADES = 5


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A number and how dark it stands, 0 to 5."""

    reports: int
    shade: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An area's row of the matrix."""

    name: str
    priority: bool
    cells: tuple[MatrixCell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Areas down, themes across; only those with something in them."""

    themes: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[int, ...]
    quiet_areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything below the sentences."""

    themes: Chart
    severity: Table
    severities: Chart | None
    map: Chart | None
    areas: Table
    matrix: Matrix | None
    hours: Chart
    weeks: Chart
    organisations: Table
    quiet_themes: tuple[str, ...]


def evidence_of(picture: Picture, document: CollaborationDocument | None, *, is_running: bool) -> Evidence:
    """Draw everything once."""
    return Evidence(
        themes=_themes(picture, is_running=is_running),
        severity=_severity(picture),
        severities=_severities(picture),
        map=_map(picture, document),
        areas=_areas(picture),
        matrix=_matrix(picture),
        hours=_hours(picture),
        weeks=_weeks(picture),
        organisations=_organisations(picture),
        quiet_themes=tuple(THEME_WORDS[each.theme].sv for each in picture.themes if not each.now.reports),
    )


def earlier_labels(picture: Picture) -> list[str]:
    """What the weeks of comparison are called; only those of which something is known."""
    weeks = picture.compared_with
    known = (weeks.previous, weeks.before_previous, weeks.last_year)
    return [week_name(Week.parse(each), seen_from=picture.week).sv for each in known if each is not None]


def earlier_counts(picture: Picture, compared: Compared) -> list[Count]:
    """The counts that belong to `earlier_labels`."""
    known = (compared.previous, compared.before_previous, compared.last_year)
    return [each for each in known if each is not None]


def this_week(picture: Picture) -> str:
    return week_name(picture.week, seen_from=picture.week).sv


def _themes(picture: Picture, *, is_running: bool) -> Chart:
    shown = [each for each in picture.themes if _has_anything(each)]
    return bars(
        name="teman",
        title="Vad har rapporterats?",
        description="Rapporter per tema. Veckan pågår; veckorna den jämförs med är hela."
        if is_running
        else "Rapporter per tema, jämfört med tidigare veckor.",
        rows=[
            Bar(
                label=THEME_WORDS[each.theme].sv,
                value=each.now.reports,
                before=[count.reports for count in earlier_counts(picture, each)],
            )
            for each in shown
        ],
        value_label=this_week(picture),
        before_labels=earlier_labels(picture),
    )


def _has_anything(compared: Compared) -> bool:
    counts = (compared.now, compared.previous, compared.before_previous, compared.last_year)
    return any(count is not None and count.reports for count in counts)


def _severity(picture: Picture) -> Table:
    labels = (this_week(picture), *earlier_labels(picture))
    return Table(
        caption="Allvar per tema: bedömningarna (1–5) sammanlagt, och hur många som var allvarliga (4–5)",
        columns=("Tema", *labels, *(f"4–5 {label}" for label in labels)),
        rows=[
            (
                THEME_WORDS[each.theme].sv,
                *(number(count.severity_total) for count in (each.now, *earlier_counts(picture, each))),
                *(number(count.severe) for count in (each.now, *earlier_counts(picture, each))),
            )
            for each in picture.themes
            if _has_anything(each)
        ],
    )


def _severities(picture: Picture) -> Chart | None:
    if not picture.assessed:
        return None
    rows = [
        Bar(label=f"{severity} {SEVERITY_WORDS[severity].sv}", value=picture.severities[severity - 1])
        for severity in (5, 4, 3, 2, 1)
    ]
    if picture.not_assessed:
        rows.append(Bar(label="Inte bedömt", value=picture.not_assessed))
    return bars(
        name="allvar",
        title="Hur allvarligt?",
        description="Rapportörernas bedömning på en skala från 1 till 5.",
        rows=rows,
        value_label=this_week(picture),
    )


def _map(picture: Picture, document: CollaborationDocument | None) -> Chart | None:
    if document is None or not document.areas:
        return None
    reports = {each.area: each.now.reports for each in picture.areas}
    return area_map(
        name="karta",
        title="Var har det hänt?",
        description="Rapporter per område.",
        areas=[
            AreaShape(
                area_id=area.area_id,
                label=area.name,
                rings=area.polygon,
                value=reports.get(area.area_id, 0),
                is_priority=area.priority,
            )
            for area in document.areas
        ],
        value_label=f"rapporter {this_week(picture)}",
    )


def _areas(picture: Picture) -> Table:
    ranked = sorted(picture.areas, key=lambda each: -each.now.reports)
    return _compared_table(
        picture,
        "Rapporter per område",
        "Område",
        [(each.name, each) for each in ranked if _has_anything(each)],
    )


def _organisations(picture: Picture) -> Table:
    return _compared_table(
        picture,
        "Rapporter per organisation",
        "Organisation",
        [(each.name, each) for each in picture.organisations],
    )


def _compared_table(
    picture: Picture, caption: str, first: str, named: Sequence[tuple[str, Compared]]
) -> Table:
    return Table(
        caption=caption,
        columns=(first, this_week(picture), *earlier_labels(picture)),
        rows=[
            (
                name,
                number(each.now.reports),
                *(number(count.reports) for count in earlier_counts(picture, each)),
            )
            for name, each in named
        ],
    )


def _matrix(picture: Picture) -> Matrix | None:
    if all(area.area is None for area in picture.areas):
        return None
    counts: defaultdict[tuple[str | None, Theme], int] = defaultdict(int)
    for cell in picture.cells:
        counts[cell.area, cell.theme] += cell.now.reports
    largest = max(counts.values(), default=0)
    themes = [each.theme for each in picture.themes if each.now.reports]
    areas = sorted(picture.areas, key=lambda each: -each.now.reports)
    return Matrix(
        themes=tuple(THEME_WORDS[theme].sv for theme in themes),
        rows=tuple(
            MatrixRow(
                name=area.name,
                priority=area.priority,
                cells=tuple(_shaded(counts[area.area, theme], largest) for theme in themes),
                total=area.now.reports,
            )
            for area in areas
            if area.now.reports
        ),
        totals=tuple(sum(counts[area.area, theme] for area in areas) for theme in themes),
        quiet_areas=tuple(each.name for each in picture.areas if not each.now.reports),
    )


def _shaded(reports: int, largest: int) -> MatrixCell:
    return MatrixCell(reports, -(-reports * SHADES // largest) if reports else 0)


def _hours(picture: Picture) -> Chart:
    return heat_matrix(
        name="tider",
        title="När har det hänt?",
        description="Rapporter per veckodag och timme då det hände, i svensk tid.",
        counts=picture.weekday_hours.now,
    )


def _weeks(picture: Picture) -> Chart:
    return week_line(
        name="veckor",
        title="Hur har det sett ut över tid?",
        description="Rapporter per vecka det senaste året.",
        points=[
            WeekPoint(label=each.period, value=each.count.reports if each.count else None)
            for each in picture.recent_weeks
        ],
        value_label="rapporter",
    )
