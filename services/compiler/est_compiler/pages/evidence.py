"""The evidence under a picture's headline: charts and tables, all from the same numbers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from est_chassis.charts import (
    AreaShape,
    Bar,
    Caption,
    Chart,
    Table,
    WeekPoint,
    area_map,
    bars,
    heat_matrix,
    week_line,
)
from est_chassis.web.languages import Language, said
from est_chassis.web.written import number
from est_compiler.domain.phrases import written_period_name
from est_compiler.domain.picture import Compared, Count, Picture, ThemeCount
from est_contracts.vocabulary import SEVERITY_WORDS, THEME_WORDS, CollaborationDocument, Theme

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


def evidence_of(
    picture: Picture, document: CollaborationDocument | None, *, is_running: bool, language: Language
) -> Evidence:
    """Draw everything once, in the reader's language."""
    sheet = _EvidenceSheet(picture, language)
    return Evidence(
        themes=sheet.themes(is_running=is_running),
        severity=sheet.severity(),
        severities=sheet.severities(),
        map=sheet.map(document),
        areas=sheet.areas(),
        matrix=sheet.matrix(),
        hours=sheet.hours(),
        weeks=sheet.weeks(),
        organisations=sheet.organisations(),
        quiet_themes=tuple(sheet.theme(each.theme) for each in picture.themes if not each.now.reports),
    )


def earlier_counts(compared: Compared) -> list[Count]:
    """The counts of the weeks it is compared with; only those of which something is known."""
    known = (compared.previous, compared.before_previous, compared.last_year)
    return [each for each in known if each is not None]


class _EvidenceSheet:
    """One picture's charts and tables in one language."""

    def __init__(self, picture: Picture, language: Language) -> None:
        self.picture = picture
        self.language = language
        self.this_week = said(picture.picture_period.short_name, language)
        weeks = picture.compared_with
        known = (weeks.previous, weeks.before_previous, weeks.last_year)
        # What the weeks of comparison are called, in the order of `earlier_counts`.
        self.earlier_weeks = [self._period(each) for each in known if each is not None]

    def themes(self, *, is_running: bool) -> Chart:
        description = (
            self._say(
                "Rapporter per tema. Veckan pågår; veckorna den jämförs med är hela.",
                "Reports by theme. The week is going on; the weeks it is compared with are whole.",
            )
            if is_running
            else self._say(
                "Rapporter per tema, jämfört med tidigare veckor.",
                "Reports by theme, compared with earlier weeks.",
            )
        )
        return bars(
            self._caption(
                "teman", self._say("Vad har rapporterats?", "What has been reported?"), description
            ),
            rows=[
                Bar(
                    label=self.theme(each.theme),
                    value=each.now.reports,
                    before=[count.reports for count in earlier_counts(each)],
                )
                for each in self.picture.themes
                if _has_anything(each)
            ],
            value_label=self.this_week,
            before_labels=self.earlier_weeks,
        )

    def severity(self) -> Table:
        labels = (self.this_week, *self.earlier_weeks)
        return Table(
            caption=self._say(
                "Allvar per tema: bedömningarna (1–5) sammanlagt, och hur många som var allvarliga (4–5)",
                "Severity by theme: the assessments (1–5) in all, and how many were severe (4–5)",
            ),
            columns=(self._say("Tema", "Theme"), *labels, *(f"4–5 {label}" for label in labels)),
            rows=[self._severity_row(each) for each in self.picture.themes if _has_anything(each)],
        )

    def _severity_row(self, counted: ThemeCount) -> tuple[str, ...]:
        counts = (counted.now, *earlier_counts(counted))
        return (
            self.theme(counted.theme),
            *(self._number(count.severity_total) for count in counts),
            *(self._number(count.severe) for count in counts),
        )

    def severities(self) -> Chart | None:
        picture = self.picture
        if not picture.assessed:
            return None
        rows = [
            Bar(
                label=f"{severity} {said(SEVERITY_WORDS[severity], self.language)}",
                value=picture.severities[severity - 1],
            )
            for severity in (5, 4, 3, 2, 1)
        ]
        if picture.not_assessed:
            rows.append(Bar(label=self._say("Inte bedömt", "Not assessed"), value=picture.not_assessed))
        return bars(
            self._caption(
                "allvar",
                self._say("Hur allvarligt?", "How severe?"),
                self._say(
                    "Rapportörernas bedömning på en skala från 1 till 5.",
                    "The reporters' assessment on a scale from 1 to 5.",
                ),
            ),
            rows=rows,
            value_label=self.this_week,
        )

    def map(self, document: CollaborationDocument | None) -> Chart | None:
        if document is None or not document.areas:
            return None
        reports = {each.area: each.now.reports for each in self.picture.areas}
        return area_map(
            self._caption(
                "karta",
                self._say("Var har det hänt?", "Where has it happened?"),
                self._say("Rapporter per område.", "Reports by area."),
            ),
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
            value_label=f"{self._say('rapporter', 'reports')} {self.this_week}",
        )

    def areas(self) -> Table:
        ranked = sorted(self.picture.areas, key=lambda each: -each.now.reports)
        return self._compared_table(
            self._say("Rapporter per område", "Reports by area"),
            first=self._say("Område", "Area"),
            named=[(each.name, each) for each in ranked if _has_anything(each)],
        )

    def organisations(self) -> Table:
        return self._compared_table(
            self._say("Rapporter per organisation", "Reports by organisation"),
            first=self._say("Organisation", "Organisation"),
            named=[(each.name, each) for each in self.picture.organisations],
        )

    def _compared_table(self, caption: str, *, first: str, named: Sequence[tuple[str, Compared]]) -> Table:
        return Table(
            caption=caption,
            columns=(first, self.this_week, *self.earlier_weeks),
            rows=[
                (name, *(self._number(count.reports) for count in (each.now, *earlier_counts(each))))
                for name, each in named
            ],
        )

    def matrix(self) -> Matrix | None:
        picture = self.picture
        if all(area.area is None for area in picture.areas):
            return None
        counts: defaultdict[tuple[str | None, Theme], int] = defaultdict(int)
        for cell in picture.cells:
            counts[cell.area, cell.theme] += cell.now.reports
        largest = max(counts.values(), default=0)
        themes = [each.theme for each in picture.themes if each.now.reports]
        areas = sorted(picture.areas, key=lambda each: -each.now.reports)
        return Matrix(
            themes=tuple(self.theme(theme) for theme in themes),
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

    def hours(self) -> Chart:
        return heat_matrix(
            self._caption(
                "tider",
                self._say("När har det hänt?", "When has it happened?"),
                self._say(
                    "Rapporter per veckodag och timme då det hände, i svensk tid.",
                    "Reports by the weekday and hour when it happened, in Swedish time.",
                ),
            ),
            counts=self.picture.weekday_hours.now,
        )

    def weeks(self) -> Chart:
        return week_line(
            self._caption(
                "veckor",
                self._say("Hur har det sett ut över tid?", "How has it been over time?"),
                self._say("Rapporter per vecka det senaste året.", "Reports by week over the latest year."),
            ),
            points=[
                WeekPoint(label=each.period, value=each.count.reports if each.count else None)
                for each in self.picture.recent_weeks
            ],
            value_label=self._say("rapporter", "reports"),
        )

    def theme(self, theme: Theme) -> str:
        return said(THEME_WORDS[theme], self.language)

    def _period(self, written: str) -> str:
        return said(written_period_name(written, seen_from=self.picture.picture_period), self.language)

    def _say(self, sv: str, en: str) -> str:
        return self.language.say(sv, en)

    def _number(self, quantity: float | None) -> str:
        return number(quantity, language=self.language)

    def _caption(self, name: str, title: str, description: str) -> Caption:
        return Caption(name, title, description, self.language)


def _has_anything(compared: Compared) -> bool:
    counts = (compared.now, compared.previous, compared.before_previous, compared.last_year)
    return any(count is not None and count.reports for count in counts)


def _shaded(reports: int, largest: int) -> MatrixCell:
    return MatrixCell(reports, -(-reports * SHADES // largest) if reports else 0)
