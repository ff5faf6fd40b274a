"""What the pages call states, reasons and rules."""

from est_analysis.domain.problem import ConfirmationReason, DismissalReason, ProblemState
from est_analysis.domain.rules import (
    is_above_its_own_history,
    recurs_in_three_of_four_weeks,
    still_goes_on,
)
from est_chassis.web.languages import Language, said
from est_contracts.vocabulary import Words

CONFIRMATION_WORDS = {
    ConfirmationReason.SEEN_BY_US: Words(sv="Ja, vi ser det också", en="Yes, we see it too"),
    ConfirmationReason.ALREADY_WORKED_ON: Words(
        sv="Ja, vi arbetar redan med det", en="Yes, we are already working on it"
    ),
    ConfirmationReason.OTHER: Words(sv="Ja, av annat skäl", en="Yes, for another reason"),
}

DISMISSAL_WORDS = {
    DismissalReason.CHANCE: Words(sv="Nej, en tillfällighet", en="No, a coincidence"),
    DismissalReason.ONE_INCIDENT: Words(sv="Nej, en enda händelse", en="No, a single incident"),
    DismissalReason.MORE_REPORTING: Words(sv="Nej, vi rapporterar bara mer", en="No, we only report more"),
    DismissalReason.OTHER: Words(sv="Nej, av annat skäl", en="No, for another reason"),
}

STATE_WORDS = {
    ProblemState.FLAGGED: Words(sv="Förslag", en="Proposal"),
    ProblemState.CONFIRMED: Words(sv="Bekräftat", en="Confirmed"),
    ProblemState.DISMISSED: Words(sv="Avfärdat", en="Dismissed"),
}

STATE_TONES = {
    ProblemState.FLAGGED: "warn",
    ProblemState.CONFIRMED: "accent",
    ProblemState.DISMISSED: "neutral",
}

RULE_WORDS = {
    recurs_in_three_of_four_weeks.__name__: Words(
        sv="Återkommer i minst tre av fyra veckor.", en="Recurs in at least three of four weeks."
    ),
    still_goes_on.__name__: Words(
        sv="Rapporterades även den sista veckan.", en="Was reported in the last week too."
    ),
    is_above_its_own_history.__name__: Words(
        sv="Fler rapporter än områdets egen historia ger skäl att vänta.",
        en="More reports than the area's own history gives reason to expect.",
    ),
}


NO_DECISION = Words(sv="Inget beslut", en="No decision")


def reason_words(reason: str | None, language: Language) -> str:
    """The reason of a decision, without the yes or no that stood on the button."""
    written = {str(key): words for key, words in (CONFIRMATION_WORDS | DISMISSAL_WORDS).items()}
    words = written.get(reason or "")
    return said(words, language).partition(", ")[2] if words else reason or ""
