"""The history of a return or a block of counts in words."""

from collections.abc import Iterator

from est_contracts.vocabulary import THEME_WORDS, Words
from est_intake.application.written_history import ValueChange, ValueOf, WrittenLine
from est_intake.domain.written_steps import WRITTEN_STEP_WORDS, WrittenStep
from est_intake.pages.history.told import HistoryView, from_to
from est_intake.pages.surroundings import Surroundings

NO_VALUE = Words(sv="utan värde", en="no value")
RISK_VALUE = Words(sv="riskvärde", en="risk value")
NOT_IN_PUBLIC = Words(sv="ej offentlig miljö", en="not in public space")
ONLY_WORDS = Words(sv="bara orden skrevs om", en="only the words were written anew")
WORDS_ARE_GONE = Words(
    sv="den förra versionens ord är raderade; bara de nuvarande finns kvar",
    en="the words of the version before are erased; only the present ones are kept",
)


def written_line(line: WrittenLine, around: Surroundings) -> HistoryView:
    return HistoryView(
        step=WRITTEN_STEP_WORDS[line.step],
        recorded_at=line.recorded_at,
        position=line.position,
        by=around.function_title(line.by_function) if line.by_function else "",
        details=tuple(_details(line, around)),
    )


def _details(line: WrittenLine, around: Surroundings) -> Iterator[Words]:
    for change in line.changes:
        yield _changed(change, around)
    if line.step is WrittenStep.REVISED and not line.changes:
        yield ONLY_WORDS
    if line.erased_words:
        yield WORDS_ARE_GONE


def _changed(change: ValueChange, around: Surroundings) -> Words:
    """ "Skadegörelse, Hamnen: från 2 till 3", or that it was added or taken away."""
    field = _about(change.about, around)
    before, after = _value(change.before), _value(change.after)
    if change.is_new:
        return Words(sv=f"{field.sv}: tillagt, {after.sv}", en=f"{field.en}: added, {after.en}")
    if change.is_gone:
        return Words(sv=f"{field.sv}: borttaget, var {before.sv}", en=f"{field.en}: removed, was {before.en}")
    return from_to(field, before=before, after=after)


def _about(about: ValueOf, around: Surroundings) -> Words:
    where = around.area_words(about.area)
    if about.checklist_entry is None:
        if about.area is None:
            return RISK_VALUE
        return Words(sv=f"samlad bedömning, {where.sv}", en=f"overall assessment, {where.en}")
    entry = around.set_up.entries.get(about.checklist_entry)
    what = entry.words if entry else THEME_WORDS[about.theme] if about.theme else NO_VALUE
    if not about.in_public:
        where = Words(sv=f"{where.sv}, {NOT_IN_PUBLIC.sv}", en=f"{where.en}, {NOT_IN_PUBLIC.en}")
    return Words(sv=f"{what.sv}, {where.sv}", en=f"{what.en}, {where.en}")


def _value(value: int | None) -> Words:
    return NO_VALUE if value is None else Words(sv=str(value), en=str(value))
