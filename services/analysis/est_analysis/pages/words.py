"""What the pages call states, reasons and rules."""

from est_analysis.domain.problem import ConfirmationReason, DismissalReason, ProblemState
from est_analysis.domain.rules import (
    is_above_its_own_history,
    recurs_in_three_of_four_weeks,
    still_goes_on,
)

CONFIRMATION_WORDS = {
    ConfirmationReason.SEEN_BY_US: "Ja, vi ser det också",
    ConfirmationReason.ALREADY_WORKED_ON: "Ja, vi arbetar redan med det",
    ConfirmationReason.OTHER: "Ja, av annat skäl",
}

DISMISSAL_WORDS = {
    DismissalReason.CHANCE: "Nej, en tillfällighet",
    DismissalReason.ONE_INCIDENT: "Nej, en enda händelse",
    DismissalReason.MORE_REPORTING: "Nej, vi rapporterar bara mer",
    DismissalReason.OTHER: "Nej, av annat skäl",
}

STATE_WORDS = {
    ProblemState.FLAGGED: "Förslag",
    ProblemState.CONFIRMED: "Bekräftat",
    ProblemState.DISMISSED: "Avfärdat",
}

STATE_TONES = {
    ProblemState.FLAGGED: "warn",
    ProblemState.CONFIRMED: "accent",
    ProblemState.DISMISSED: "neutral",
}

RULE_WORDS = {
    recurs_in_three_of_four_weeks.__name__: "Återkommer i minst tre av fyra veckor.",
    still_goes_on.__name__: "Rapporterades även den sista veckan.",
    is_above_its_own_history.__name__: "Fler rapporter än områdets egen historia ger skäl att vänta.",
}


def reason_words(reason: str | None) -> str:
    """The reason of a decision, without the yes or no that stood on the button."""
    if reason is None:
        return ""
    written = {str(key): text for key, text in (CONFIRMATION_WORDS | DISMISSAL_WORDS).items()}
    return written.get(reason, reason).partition(", ")[2]
