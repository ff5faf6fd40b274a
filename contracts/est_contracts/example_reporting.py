"""Believable examples of what intake tells."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from est_contracts.example_collaboration import CENTRUM, NORRANGEN, example_collaboration
from est_contracts.messages import (
    Answer,
    AreaAssessment,
    AreaCount,
    CollaborationSetUp,
    CollaborationSetUpV1,
    CountBlockContributed,
    CountBlockWithdrawn,
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportedV1,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportTextErased,
    IncidentReportWithdrawn,
    Message,
    PeriodReturned,
    ReturnReminded,
)
from est_contracts.messages.earlier import CollaborationDocument as EarlierDocument
from est_contracts.vocabulary import (
    Coordinates,
    Origin,
    Party,
    Polarity,
    ReminderCause,
    ReportingPeriod,
    Scope,
    Tense,
    Theme,
    Week,
    WithdrawalReason,
)

HAPPENED_AT = datetime(2026, 11, 20, 20, 40, tzinfo=UTC)
RECORDED_AT = datetime(2026, 11, 20, 21, 5, 12, tzinfo=UTC)

#: Builds a message with its envelope: kind, position, content.
Teller = Callable[..., Message]


def example_id(name: str) -> UUID:
    """The same UUID for the same name, every time."""
    return uuid5(NAMESPACE_URL, f"https://est.example/{name}")


def intake_examples(told: Teller) -> tuple[Message, ...]:
    """One of each."""
    report_id = example_id("report/1")
    return (
        told(CollaborationSetUp, 1, version=1, document=example_collaboration()),
        told(CollaborationSetUpV1, 1, version=1, document=_earlier_document()),
        told(IncidentReportedV1, 2, **_as_first_released()),
        told(IncidentReported, 2, **_incident()),
        told(IncidentReportCorrected, 4, revision=2, **(_incident() | {"severity": 4})),
        told(IncidentReportWithdrawn, 3, report_id=report_id, reason=WithdrawalReason.DUPLICATE),
        told(IncidentReportMarkedDuplicate, 5, report_id=report_id, duplicate_of=example_id("report/2")),
        told(IncidentReportReinstated, 6, report_id=report_id),
        told(IncidentReportTextErased, 7, report_id=report_id),
        told(PeriodReturned, 8, **_return()),
        told(CountBlockContributed, 9, **_counts()),
        told(CountBlockWithdrawn, 10, block_id=example_id("block/1")),
        told(
            ReturnReminded,
            11,
            function="bovard_norrangen",
            addressed_to="bosocial_utvecklare",
            period="2026-W47",
            due_at=datetime(2026, 11, 25, 9, tzinfo=UTC),
            cause=ReminderCause.STANDING_IN,
        ),
    )


def _earlier_document() -> EarlierDocument:
    document = example_collaboration().model_dump(include=set(EarlierDocument.model_fields))
    for area in document["areas"]:
        del area["kind"], area["within"]
    for function in document["functions"]:
        del function["telephone"]
    document["meeting"].pop("form")
    document["deadline"].pop("reminder_hours")
    return EarlierDocument.model_validate(document)


def _as_first_released() -> dict[str, Any]:
    return {
        "happened_at": HAPPENED_AT,
        "report_id": example_id("report/1"),
        "checklist_entry": "orebro.1",
        "theme": Theme.VANDALISM,
        "polarity": Polarity.NEGATIVE,
        "scope": Scope.PLACE,
        "tense": Tense.OCCURRED,
        "area": NORRANGEN,
        "severity": 3,
        "organisation": "valboas_kommun",
        "party": Party.MUNICIPALITY,
        "function": "faltgruppen",
        "has_text": True,
        "source": None,
    }


def _incident() -> dict[str, Any]:
    return _as_first_released() | {
        "place": None,
        "point": Coordinates(longitude=13.3123, latitude=58.9456),
        "happened_until": None,
        "has_measures": False,
        "origin": Origin.PROGRAM,
        "sent_together": None,
    }


def _period() -> dict[str, Any]:
    period = ReportingPeriod(Week.parse("2026-W47").monday, 7)
    return {"period": str(period), "starts_at": period.starts_at, "ends_at": period.ends_at}


def _return() -> dict[str, Any]:
    answer = Answer(
        checklist_entry="orebro.1",
        theme=Theme.VANDALISM,
        area=NORRANGEN,
        value=4,
        has_text=True,
        has_measures=True,
    )
    return _period() | {
        "return_id": example_id("return/1"),
        "revision": 1,
        "organisation": "valboasbostader",
        "party": Party.HOUSING,
        "function": "bovard_norrangen",
        "checklist": "orebro",
        "nothing_to_report": False,
        "answers": (answer,),
        "area_assessments": (AreaAssessment(area=NORRANGEN, value=3, has_text=False),),
        "risk_value": None,
    }


def _counts() -> dict[str, Any]:
    count = AreaCount(
        checklist_entry="orebro.1",
        theme=Theme.VANDALISM,
        area=CENTRUM,
        number=3,
        in_public=True,
        has_text=True,
    )
    return _period() | {
        "block_id": example_id("block/1"),
        "revision": 1,
        "organisation": "polisen_valboas",
        "party": Party.POLICE,
        "function": "kommunpolisen",
        "counts": (count,),
    }
