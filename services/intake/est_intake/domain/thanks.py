"""What a reporter is told of what a report has led to: in plain words, and no more than is known."""

from __future__ import annotations

from datetime import date, datetime

from est_contracts.vocabulary import (
    MEASURE_KIND_WORDS,
    STOCKHOLM,
    THEME_WORDS,
    MeasureKind,
    Theme,
    Words,
    day_in_words,
)


def about_problem(*, theme: Theme, area: str, reports: int, is_confirmed: bool | None) -> Words:
    """That the report is one of those behind a problem, and what people have said of it."""
    what_sv, what_en = THEME_WORDS[theme].sv.lower(), THEME_WORDS[theme].en.lower()
    one_sv = f"en av {reports} rapporter" if reports > 1 else "rapporten"
    one_en = f"one of {reports} reports" if reports > 1 else "the report"
    if is_confirmed is None:
        return Words(
            sv=f"Tack. Det här är {one_sv} bakom något som kommer tillbaka: {what_sv}, {area}. "
            "Samordnarna tar ställning till det.",
            en=f"Thank you. This is {one_en} behind something that keeps coming back: {what_en}, {area}. "
            "The coordinators will decide about it.",
        )
    if is_confirmed:
        return Words(
            sv=f"Tack. Det här var {one_sv} bakom problemet {what_sv}, {area}. "
            "Samordnarna har bekräftat det.",
            en=f"Thank you. This was {one_en} behind the problem {what_en}, {area}. "
            "The coordinators have confirmed it.",
        )
    return Words(
        sv=f"Tack. Det här var {one_sv} om {what_sv}, {area}. Samordnarna har sett på det och bedömt att det "
        "inte är ett återkommande problem.",
        en=f"Thank you. This was {one_en} about {what_en}, {area}. The coordinators have looked at it and "
        "found that it is not a recurring problem.",
    )


def about_measure(kind: MeasureKind, *, due_on: date | None, completed_at: datetime | None) -> Words:
    """That something is done about it: Belysningen åtgärdas senast 4 december."""
    what = MEASURE_KIND_WORDS[kind]
    if completed_at is not None:
        day = day_in_words(completed_at.astimezone(STOCKHOLM).date())
        return Words(
            sv=f"Klart {day.sv}: {what.sv[0].lower()}{what.sv[1:]}.",
            en=f"Done on {day.en}: {what.en[0].lower()}{what.en[1:]}.",
        )
    if due_on is not None:
        day = day_in_words(due_on)
        return Words(sv=f"{what.sv}, senast {day.sv}.", en=f"{what.en}, by {day.en} at the latest.")
    return Words(sv=f"{what.sv}. Det är beslutat.", en=f"{what.en}. It has been decided.")
