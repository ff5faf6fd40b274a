"""The numbers at the top of a picture, each with what it compares with: read from the view's tables."""

from est_chassis.web.languages import Language, said
from est_chassis.web.parts import KeyFigure
from est_chassis.web.written import number
from est_compiler.domain.picture import Count
from est_compiler.domain.viewing.view import Figure, Row, Table, Unit, View
from est_compiler.domain.wording.phrases import change_with_percent, period_name
from est_compiler.formats.cells import written_figure
from est_compiler.pages.reading.unbroken import unbroken
from est_contracts.vocabulary import Edition, Theme, Words, number_in_words

REPORTS = Words(sv="rapporter", en="reports")
SEVERE = Words(sv="bedömda som allvarliga (4–5)", en="judged severe (4–5)")
POSITIVE = Words(sv="positiva iakttagelser", en="positive observations")
HEARD = Words(sv="svar har kommit in", en="returns are in")


def figures_of(view: View, *, is_running: bool, language: Language) -> tuple[KeyFigure, ...]:
    """Reports, the severe ones, who has been heard, and what went well: those that the edition has."""
    return _Figures(view, is_running=is_running, language=language).all()


class _Figures:
    def __init__(self, view: View, *, is_running: bool, language: Language) -> None:
        self.view = view
        self.is_running = is_running
        self.language = language
        self.tables = {table.name: table for table in view.tables}

    def all(self) -> tuple[KeyFigure, ...]:
        shown = [
            self._counted("totals", "reports", REPORTS),
            self._counted("totals", "severe", SEVERE),
            self._heard(),
            self._counted("themes", Theme.POSITIVE, POSITIVE),
        ]
        if shown[-1] is None and "themes" in self.tables and self.view.edition is Edition.INTERNAL:
            # A theme of which nothing was reported, now or before, has no row.
            shown[-1] = KeyFigure(said(POSITIVE, self.language), number(0), "")
        return tuple(each for each in shown if each is not None)

    def _counted(self, table: str, key: str, label: Words) -> KeyFigure | None:
        row = _row_of(self.tables.get(table), key)
        if row is None:
            return None
        cells = dict(zip((each.key for each in self.tables[table].columns), row.cells, strict=True))
        now, before = cells.get("now"), cells.get("previous")
        if not isinstance(now, Figure):
            return None
        if label is SEVERE and self._nobody_has_judged():
            unknown = self.language.say("ingen rapport är bedömd", "no report is judged")
            return KeyFigure(self._label(label, now), number(None), unknown)
        words = written_figure(now, Unit.REPORTS, self.language)
        return KeyFigure(self._label(label, now), words, self._against(now, before))

    def _nobody_has_judged(self) -> bool:
        """That is not the same as none being severe."""
        reports = _row_of(self.tables.get("totals"), "reports")
        now = reports.cells[0] if reports else None
        has_any = isinstance(now, Figure) and bool(now.value)
        return self.view.edition is Edition.INTERNAL and has_any and "severities" not in self.tables

    def _label(self, label: Words, now: Figure) -> str:
        if label is REPORTS and now.value == 1:
            return self.language.say("rapport", "report")
        return said(label, self.language)

    def _against(self, now: Figure, before: object) -> str:
        if not isinstance(before, Figure) or before.value is None or now.value is None:
            return ""
        period = self.view.picture_period
        if self.is_running:
            whole = period_name(period.previous, seen_from=period)
            then = number_in_words(float(before.value))
            words = Words(sv=f"hela {whole.sv}: {then.sv}", en=f"all of {whole.en}: {then.en}")
        else:
            counts = (Count(reports=int(now.value)), Count(reports=int(before.value)))
            words = change_with_percent(*counts, than=period.previous, seen_from=period)
        return unbroken(words, self.language)

    def _heard(self) -> KeyFigure | None:
        row = _row_of(self.tables.get("coverage_table"), self.view.period)
        if row is None:
            return None
        due, heard = (cell.value if isinstance(cell, Figure) else None for cell in row.cells[:2])
        if not due or heard is None:
            return None
        written = number(float(due), language=self.language)
        of = self.language.say(f"av {written}", f"of {written}")
        return KeyFigure(
            said(HEARD, self.language),
            number(float(heard), language=self.language),
            of,
            is_thin=2 * heard <= due,
        )


def _row_of(table: Table | None, key: str) -> Row | None:
    return next((row for row in table.rows if row.key == key), None) if table else None
