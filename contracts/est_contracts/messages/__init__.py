"""What services tell each other, and what one may ask of them."""

from est_contracts.messages.analysis import (
    Count,
    Evidence,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
)
from est_contracts.messages.compiler import (
    PicturePublished,
)
from est_contracts.messages.intake import (
    CollaborationSetUp,
    IncidentReported,
    IncidentReportWithdrawn,
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
    "CollaborationSetUp",
    "CorrectionReason",
    "Count",
    "DeliveryOutcome",
    "DeliveryRecorded",
    "Evidence",
    "FreeText",
    "IncidentReportWithdrawn",
    "IncidentReported",
    "InvalidSubject",
    "Message",
    "MessageId",
    "PicturePublished",
    "ProblemConfirmed",
    "ProblemDismissed",
    "ProblemFlagged",
    "Recorded",
    "ReportReceipt",
    "Request",
    "Subject",
    "SubmitReport",
    "WithdrawalReason",
    "message_class",
    "parse_subject",
    "stream_of",
    "subjects_of",
]
