"""What a rule may hold against a field, in words for people."""

from __future__ import annotations

from est_contracts.guard import FINDING_WORDS, refuses
from est_contracts.vocabulary import STOCKHOLM, FieldError, Words
from est_intake.domain.submission import Circumstances, Errors


def objection(field: str, *, sv: str, en: str) -> Errors:
    return (FieldError(field, Words(sv=sv, en=en)),)


def individuals_in(field: str, text: str | None, around: Circumstances) -> Errors:
    """What in a text points out an individual; never what it says."""
    if not text:
        return ()
    today = around.now.astimezone(STOCKHOLM).date()
    return tuple(FieldError(field, FINDING_WORDS[finding]) for finding in refuses(text, today=today))


def unknown_area(field: str, area: str | None, around: Circumstances) -> Errors:
    if area is None or area in around.set_up.area_ids:
        return ()
    return objection(
        field,
        sv="Området finns inte i kommunens samverkan. Välj ett av dess områden.",
        en="The area is not part of the municipality's collaboration. Choose one that is.",
    )


def unfit_period(written: str, around: Circumstances) -> Errors:
    """A period by another rhythm than the municipality's, or one that has not begun."""
    period = around.set_up.period_named(written)
    if period is None:
        now = around.set_up.document.rhythm.period_of(around.now)
        return objection(
            "period",
            sv=f"Kommunen har ingen sådan rapportperiod. Den som pågår heter {now}.",
            en=f"The municipality has no such reporting period. The present one is called {now}.",
        )
    if period.starts_at > around.now:
        return objection("period", sv="Perioden har inte börjat än.", en="The period has not begun yet.")
    return ()
