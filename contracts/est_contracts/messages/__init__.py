"""What services tell each other, and what one may ask of them."""

from est_contracts.messages.analysis import (
    Count,
    Evidence,
    MeasureCompleted,
    MeasureDecided,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
)
from est_contracts.messages.compiler import (
    PicturePublished,
)
from est_contracts.messages.earlier import (
    CollaborationSetUpV1,
    IncidentReportedV1,
    SubmitReportV1,
)
from est_contracts.messages.intake import (
    Answer,
    AreaAssessment,
    AreaCount,
    CollaborationSetUp,
    CountBlockContributed,
    CountBlockWithdrawn,
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportTextErased,
    IncidentReportWithdrawn,
    PeriodReturned,
    ReturnReminded,
)
from est_contracts.messages.message import (
    POSITION_HEADER,
    Message,
    MessageId,
    Recorded,
)
from est_contracts.messages.notifier import (
    AlertAcknowledged,
    AlertEscalated,
    AlertRaised,
    DeliveryRecorded,
)
from est_contracts.messages.requests import (
    FreeText,
    ReportReceipt,
    Request,
    SubmitReport,
)
from est_contracts.messages.subjects import (
    MESSAGES,
    InvalidSubject,
    Subject,
    message_class,
    parse_subject,
    stream_of,
    subjects_of,
)
from est_contracts.vocabulary.reasons import (
    AlertCause,
    CorrectionReason,
    DeliveryOutcome,
    WithdrawalReason,
)

__all__ = [
    "MESSAGES",
    "POSITION_HEADER",
    "AlertAcknowledged",
    "AlertCause",
    "AlertEscalated",
    "AlertRaised",
    "Answer",
    "AreaAssessment",
    "AreaCount",
    "CollaborationSetUp",
    "CollaborationSetUpV1",
    "CorrectionReason",
    "Count",
    "CountBlockContributed",
    "CountBlockWithdrawn",
    "DeliveryOutcome",
    "DeliveryRecorded",
    "Evidence",
    "FreeText",
    "IncidentReportCorrected",
    "IncidentReportMarkedDuplicate",
    "IncidentReportReinstated",
    "IncidentReportTextErased",
    "IncidentReportWithdrawn",
    "IncidentReported",
    "IncidentReportedV1",
    "InvalidSubject",
    "MeasureCompleted",
    "MeasureDecided",
    "Message",
    "MessageId",
    "PeriodReturned",
    "PicturePublished",
    "ProblemConfirmed",
    "ProblemDismissed",
    "ProblemFlagged",
    "Recorded",
    "ReportReceipt",
    "Request",
    "ReturnReminded",
    "Subject",
    "SubmitReport",
    "SubmitReportV1",
    "WithdrawalReason",
    "message_class",
    "parse_subject",
    "stream_of",
    "subjects_of",
]
