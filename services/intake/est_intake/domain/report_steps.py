"""What can happen to a report, as its history tells it."""

from enum import StrEnum

from est_contracts.vocabulary import Words
from est_intake.domain.incident_report import IncidentReport


class ReportStep(StrEnum):
    """A step in the history of a report (händelse i rapportens historik)."""

    SUBMITTED = "submitted"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    MARKED_DUPLICATE = "marked_duplicate"
    REINSTATED = "reinstated"
    LOOKED_AT = "looked_at"
    PUT_BACK = "put_back"
    TEXT_ERASED = "text_erased"


REPORT_STEP_WORDS: dict[ReportStep, Words] = {
    ReportStep.SUBMITTED: Words(sv="Inrapporterad", en="Reported"),
    ReportStep.CORRECTED: Words(sv="Rättad", en="Corrected"),
    ReportStep.WITHDRAWN: Words(sv="Återtagen", en="Withdrawn"),
    ReportStep.MARKED_DUPLICATE: Words(sv="Markerad som dubblett", en="Marked as a duplicate"),
    ReportStep.REINSTATED: Words(sv="Räknas igen", en="Counts again"),
    ReportStep.LOOKED_AT: Words(sv="Granskad", en="Looked at"),
    ReportStep.PUT_BACK: Words(sv="Väntar på granskning igen", en="Waits to be looked at again"),
    ReportStep.TEXT_ERASED: Words(sv="Texten gallrad", en="Text erased"),
}

STEPS: dict[type[IncidentReport.Event], ReportStep] = {
    IncidentReport.Submitted: ReportStep.SUBMITTED,
    IncidentReport.Corrected: ReportStep.CORRECTED,
    IncidentReport.Withdrawn: ReportStep.WITHDRAWN,
    IncidentReport.MarkedDuplicate: ReportStep.MARKED_DUPLICATE,
    IncidentReport.Reinstated: ReportStep.REINSTATED,
    IncidentReport.LookedAt: ReportStep.LOOKED_AT,
    IncidentReport.PutBack: ReportStep.PUT_BACK,
    IncidentReport.TextErased: ReportStep.TEXT_ERASED,
}
