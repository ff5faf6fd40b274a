"""Writing down what the structural indicators were, year by year, and taking them into a picture."""

from dataclasses import dataclass
from decimal import Decimal

from est_compiler.application.compilations import Compilations
from est_compiler.domain.compiling.around import Around
from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.missing import Missing, MissingKind
from est_compiler.domain.compiling.placing import template_named
from est_compiler.domain.compiling.refusals import TextIsQuestioned, TextIsRefused
from est_compiler.domain.compiling.work import TakenIndicator
from est_compiler.domain.compiling.written_words import check_written, tidy
from est_compiler.domain.indicators.refusals import (
    IndicatorDoesNotExist,
    IndicatorHasChanged,
    IndicatorTableIsUnreadable,
    PictureHasNoIndicators,
    SourceIsMissing,
)
from est_compiler.domain.indicators.table import LONGEST_SOURCE, TableIsUnreadable, read_indicators
from est_compiler.domain.indicators.values import (
    NOTHING_WRITTEN,
    YEARS_SHOWN,
    IndicatorValues,
    SourcedValue,
    SourcedWords,
    values_id,
)
from est_contracts.vocabulary import (
    INDICATORS,
    CollaborationDocument,
    IndicatorValue,
    SectionKind,
    Words,
)

NEWER_VALUES = Words(
    sv="Strukturella indikatorer har fått nya värden sedan de hämtades till bilden.",
    en="Structural indicators have got new values since they were taken into the picture.",
)


@dataclass(frozen=True)
class Recorder:
    """Who writes values down: a function, in a municipality with or without a set-up."""

    municipality: str
    function: str
    document: CollaborationDocument | None = None


@dataclass(frozen=True)
class IndicatorDraft:
    """What somebody wants an indicator to be, and what stood there when they read it."""

    value: Decimal | None
    source: str | None = None
    confirmed: bool = False
    #: None: a table or a program that knows best, whatever stands.
    was: SourcedWords | None = None


@dataclass(frozen=True)
class RowOutcome:
    """What came of one row of a table: written down, or what stands in the way; never what it says."""

    number: int
    fault: Words | None = None
    column: str | None = None


class Indicating:
    """The use cases around structural indicators."""

    def __init__(self, compilations: Compilations) -> None:
        self._all = compilations

    def set_indicator(self, recorder: Recorder, indicator: str, year: int, *, draft: IndicatorDraft) -> None:
        """Write down what an indicator was one year, and where that comes from; None takes it away."""
        if indicator not in INDICATORS:
            raise IndicatorDoesNotExist
        values = self._values(recorder, year)
        standing = values.values.get(indicator)
        written = tidy(draft.source)
        if draft.value is not None and (written is None or len(written) > LONGEST_SOURCE):
            raise SourceIsMissing
        wanted = SourcedWords(draft.value, written) if draft.value is not None else NOTHING_WRITTEN
        stands = self._in_words(standing)
        if stands == wanted and standing is not None:
            return
        if draft.was is not None and stands not in (draft.was, wanted):
            raise IndicatorHasChanged(indicator, stands=stands, sent=wanted)
        values.set_value(indicator, self._kept_value(recorder, wanted, draft), by=recorder.function)
        self._all.work.save(values)
        if standing is not None:
            self._all.texts.forget(standing.source.text_id)

    def import_indicators(
        self, recorder: Recorder, table: str, *, confirmed: bool = False
    ) -> list[RowOutcome]:
        """Write down a table, row by row; a row with a fault does not hinder the others."""
        try:
            rows = read_indicators(table)
        except TableIsUnreadable as unreadable:
            raise IndicatorTableIsUnreadable(unreadable.words) from None
        return [
            self._import(recorder, row.number, row.value, confirmed=confirmed)
            if row.value
            else RowOutcome(row.number, row.fault, row.column)
            for row in rows
        ]

    def take_indicators(self, around: Around) -> Compilation:
        """Let the indicators stand in a picture as they are now; the same again changes nothing."""
        compilation = self._all.opened(around)
        if not shows_indicators(compilation):
            raise PictureHasNoIndicators
        before = compilation.indicators
        if not self._are_outdated(compilation, around):
            return compilation
        taken = tuple(self._taken(around, *each) for each in self._sourced(around))
        compilation.take_indicators(taken, by=around.by.function)
        self._all.work.save(compilation)
        for each in before:
            if each.source.text_id not in compilation.published_texts:
                self._all.texts.forget(each.source.text_id)
        return compilation

    def missing(self, compilation: Compilation, around: Around) -> tuple[Missing, ...]:
        """That the indicators have got newer values since they were taken into the picture."""
        if shows_indicators(compilation) and self._are_outdated(compilation, around):
            template = template_named(compilation.template, version=compilation.template_version)
            shown = (each for each in template.all_sections() if each.kind is SectionKind.INDICATORS)
            return (Missing(MissingKind.INDICATORS, NEWER_VALUES, section=next(shown).section_id),)
        return ()

    def _import(
        self, recorder: Recorder, number: int, value: IndicatorValue, *, confirmed: bool
    ) -> RowOutcome:
        try:
            draft = IndicatorDraft(value.value, value.source, confirmed)
            self.set_indicator(recorder, value.indicator, value.year, draft=draft)
        except (TextIsRefused, TextIsQuestioned) as refused:
            (first, *_others) = refused.errors
            return RowOutcome(number, first.words, "source")
        return RowOutcome(number)

    def _in_words(self, sourced: SourcedValue | None) -> SourcedWords:
        return SourcedWords(sourced.value, self._all.texts.of(sourced.source)) if sourced else NOTHING_WRITTEN

    def _kept_value(
        self, recorder: Recorder, wanted: SourcedWords, draft: IndicatorDraft
    ) -> SourcedValue | None:
        if wanted.value is None or wanted.source is None:
            return None
        asked = check_written(
            [("source", wanted.source)],
            document=recorder.document,
            now=self._all.now,
            confirmed=draft.confirmed,
        )
        kept = self._all.texts.keep(recorder.municipality, wanted.source, confirmed=asked)
        return SourcedValue(wanted.value, kept)

    def _values(self, recorder: Recorder, year: int) -> IndicatorValues:
        found = self._all.work.find(IndicatorValues, values_id(recorder.municipality, year))
        return found or IndicatorValues.begun(recorder.municipality, year, by=recorder.function)

    def _are_outdated(self, compilation: Compilation, around: Around) -> bool:
        now = [
            (name, year, sourced.value, self._all.texts.of(sourced.source))
            for name, year, sourced in self._sourced(around)
        ]
        return now != [
            (each.indicator, each.year, each.value, self._all.texts.of(each.source))
            for each in compilation.indicators
        ]

    def _sourced(self, around: Around) -> list[tuple[str, int, SourcedValue]]:
        """The latest years' values, in the order in which they are printed."""
        last = around.key.period.year
        found = []
        for year in range(last - YEARS_SHOWN + 1, last + 1):
            values = self._all.work.find(IndicatorValues, values_id(around.key.municipality, year))
            known = values.values if values else {}
            found += [(name, year, known[name]) for name in INDICATORS if name in known]
        return found

    def _taken(self, around: Around, name: str, year: int, sourced: SourcedValue) -> TakenIndicator:
        """With words of its own for the source: what is taken into a picture is erased with the picture's."""
        words = self._all.texts.of(sourced.source) or ""
        source = self._all.texts.keep(around.key.municipality, words, confirmed=sourced.source.confirmed)
        return TakenIndicator(name, year, sourced.value, source)


def shows_indicators(compilation: Compilation) -> bool:
    template = template_named(compilation.template, version=compilation.template_version)
    return any(each.kind is SectionKind.INDICATORS for each in template.all_sections())
