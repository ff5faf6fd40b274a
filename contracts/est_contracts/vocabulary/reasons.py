"""Fixed choices, where free text would invite what must not be written down."""

from enum import StrEnum
from typing import Literal

from est_contracts.vocabulary.wording import Words


class WithdrawalReason(StrEnum):
    """Why a report was withdrawn (återtagen)."""

    MISTAKE = "mistake"
    DUPLICATE = "duplicate"
    OTHER = "other"


WITHDRAWAL_REASON_WORDS: dict[WithdrawalReason, Words] = {
    WithdrawalReason.MISTAKE: Words(sv="Inrapporterad av misstag", en="Reported by mistake"),
    WithdrawalReason.DUPLICATE: Words(sv="Redan inrapporterad", en="Already reported"),
    WithdrawalReason.OTHER: Words(sv="Annat skäl", en="Another reason"),
}


class CorrectionReason(StrEnum):
    """Why a published picture was corrected (rättad)."""

    LATE_REPORTS = "late_reports"
    WITHDRAWN_REPORTS = "withdrawn_reports"
    WRONG_ASSESSMENT = "wrong_assessment"
    WORDING = "wording"
    OTHER = "other"


CORRECTION_REASON_WORDS: dict[CorrectionReason, Words] = {
    CorrectionReason.LATE_REPORTS: Words(sv="Sena inrapporteringar", en="Late reports"),
    CorrectionReason.WITHDRAWN_REPORTS: Words(sv="Återtagna inrapporteringar", en="Withdrawn reports"),
    CorrectionReason.WRONG_ASSESSMENT: Words(sv="Felaktig bedömning", en="Wrong assessment"),
    CorrectionReason.WORDING: Words(sv="Ändrad formulering", en="Changed wording"),
    CorrectionReason.OTHER: Words(sv="Annat skäl", en="Another reason"),
}

AlertCause = Literal["severity", "problem"]
DeliveryOutcome = Literal["sent", "failed", "held"]
