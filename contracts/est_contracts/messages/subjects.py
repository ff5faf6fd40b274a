"""Every message there is, and where it travels."""

import re
from typing import NamedTuple, Self

from est_contracts.messages.analysis import (
    MeasureCompleted,
    MeasureDecided,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
)
from est_contracts.messages.compiler import PicturePublished
from est_contracts.messages.earlier import CollaborationSetUpV1, IncidentReportedV1, PicturePublishedV1
from est_contracts.messages.intake import (
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
from est_contracts.messages.message import Message
from est_contracts.messages.notifier import (
    AlertAcknowledged,
    AlertEscalated,
    AlertRaised,
    DeliveryRecorded,
)

MESSAGES: tuple[type[Message], ...] = (
    CollaborationSetUp,
    IncidentReported,
    IncidentReportCorrected,
    IncidentReportWithdrawn,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportTextErased,
    PeriodReturned,
    CountBlockContributed,
    CountBlockWithdrawn,
    ReturnReminded,
    PicturePublished,
    ProblemFlagged,
    ProblemConfirmed,
    ProblemDismissed,
    MeasureDecided,
    MeasureCompleted,
    AlertRaised,
    AlertAcknowledged,
    AlertEscalated,
    DeliveryRecorded,
)

#: Told no longer; still to be found on the streams.
EARLIER: tuple[type[Message], ...] = (CollaborationSetUpV1, IncidentReportedV1, PicturePublishedV1)

PROMISED = (*MESSAGES, *EARLIER)

_BY_TYPE = {message.message_type(): message for message in PROMISED}
_WRITTEN = re.compile(r"est\.([0-9]{4})\.([a-z_]+)\.([a-z_]+)\.v([1-9][0-9]*)")


class InvalidSubject(ValueError):
    """No message can travel under this subject."""

    def __init__(self, given: str) -> None:
        super().__init__(f"no such subject: {given!r}")


class Subject(NamedTuple):
    """A subject, taken apart."""

    municipality: str
    service: str
    fact: str
    version: int

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read a subject as it is written: est.9901.intake.incident_reported.v1."""
        matched = _WRITTEN.fullmatch(written)
        if matched is None:
            raise InvalidSubject(written)
        return cls(matched[1], matched[2], matched[3], int(matched[4]))

    @property
    def message_type(self) -> str:
        """The promise by name, the same in every municipality."""
        return f"est.{self.service}.{self.fact}.v{self.version}"


def parse_subject(subject: str) -> Subject:
    """Take a subject apart."""
    return Subject.parse(subject)


def message_class(subject: str) -> type[Message] | None:
    """The message that travels under a subject, or None when nobody has promised one."""
    try:
        return _BY_TYPE.get(parse_subject(subject).message_type)
    except InvalidSubject:
        return None


def stream_of(service: str) -> str:
    """The stream that keeps what a service tells."""
    return service.upper()


def subjects_of(service: str) -> str:
    """Everything that a service tells, in every municipality."""
    return f"est.*.{service}.>"
