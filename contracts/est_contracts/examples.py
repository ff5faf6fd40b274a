"""One believable example of every message, and builders for tests."""

from datetime import date, timedelta
from typing import TypeVar

from est_contracts.example_collaboration import NORRANGEN
from est_contracts.example_reporting import HAPPENED_AT, RECORDED_AT, example_id, intake_examples
from est_contracts.messages import (
    PROMISED,
    AlertAcknowledged,
    AlertEscalated,
    AlertRaised,
    DeliveryRecorded,
    Evidence,
    IncidentReported,
    MeasureCompleted,
    MeasureDecided,
    Message,
    PicturePublished,
    PicturePublishedV1,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
    Recorded,
    ReportReceipt,
    SubmitReport,
)
from est_contracts.vocabulary import (
    CorrectionReason,
    Level,
    MeasureKind,
    PeriodKind,
    Theme,
    Words,
)

__all__ = [
    "EXAMPLES",
    "HAPPENED_AT",
    "RECORDED_AT",
    "example_id",
    "example_incident",
    "example_of",
    "example_receipt",
    "example_report",
]

M = TypeVar("M", bound=Message)


def example_report(number: int = 1, **changes: object) -> SubmitReport:
    """What a reporting app posts; another number is another report."""
    said: dict[str, object] = {
        "report_id": example_id(f"report/{number}"),
        "municipality": "9901",
        "function": "faltgruppen",
        "checklist_entry": "orebro.1",
        "area": NORRANGEN,
        "happened_at": HAPPENED_AT,
        "severity": 3,
        "text": "Krossade rutor i cykelgaraget vid skolan.",
    }
    return SubmitReport.model_validate(said | changes)


def example_receipt(number: int = 1) -> ReportReceipt:
    """What the app gets back."""
    return ReportReceipt(
        report_id=example_id(f"report/{number}"),
        position=number,
        recorded_at=RECORDED_AT,
        period="2026-W47",
        repeated=False,
    )


def example_incident(number: int = 1, **changes: object) -> IncidentReported:
    """An incident as intake tells of it; another number is another report at that position."""
    return example_of(
        IncidentReported, position=number, **({"report_id": example_id(f"report/{number}")} | changes)
    )


def example_of(kind: type[M], /, *, position: int | None = None, **changes: object) -> M:
    """The example of a message, changed as said and checked again."""
    example = EXAMPLES[kind]
    if position is not None:
        changes["recorded"] = _recorded(kind.FACT, position)
    return kind.model_validate({name: getattr(example, name) for name in kind.model_fields} | changes)


def _recorded(name: str, position: int) -> Recorded:
    return Recorded(
        message_id=f"{example_id(f'{name}/{position}')}:1",
        position=position,
        recorded_at=RECORDED_AT + timedelta(seconds=position),
    )


def _told(kind: type[M], position: int, /, **content: object) -> M:
    recorded = _recorded(kind.FACT, position)
    envelope = {"recorded": recorded, "municipality": "9901", "happened_at": recorded.recorded_at}
    return kind.model_validate(envelope | content)


def _compiler_examples() -> tuple[Message, ...]:
    sentence = Words(
        sv="Skadegörelse i Norrängen: 7 rapporter, mot 5 veckan före.",
        en="Vandalism in Norrängen: 7 reports, against 5 the week before.",
    )
    published: dict[str, object] = {
        "period": "2026-W47",
        "version": 2,
        "made_from": 412,
        "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "reports": 31,
        "sentences": (sentence,),
        "reason": CorrectionReason.LATE_REPORTS,
    }
    since_then: dict[str, object] = {
        "kind": PeriodKind.WEEK,
        "first_day": date(2026, 11, 16),
        "last_day": date(2026, 11, 22),
        "scope": "",
        "areas": (),
        "template": "developed_weekly",
        "made_from_analysis": 17,
        "level": Level.YELLOW,
        "headline": Words(
            sv="Fler rapporter om skadegörelse: 7 mot 5 och 4 veckorna före",
            en="More reports of vandalism: 7 after 4 and 5 the weeks before",
        ),
        "is_public": True,
    }
    return (
        _told(PicturePublishedV1, 1, **published),
        _told(PicturePublished, 1, **published, **since_then),
    )


def _analysis_examples() -> tuple[Message, ...]:
    evidence = Evidence(
        counts=(4, 6, 5, 7),
        expected=2.1,
        weeks_in_row=4,
        organisations=3,
        words=Words(
            sv="skadegörelse i Norrängen: 6, 5, 7 mot väntat 2,1; fjärde veckan i rad; tre organisationer",
            en="vandalism in Norrängen: 6, 5, 7, expected 2.1; fourth week running; three organisations",
        ),
    )
    problem_id = example_id("problem/1")
    return (
        _told(
            ProblemFlagged,
            1,
            problem_id=problem_id,
            area=NORRANGEN,
            theme=Theme.VANDALISM,
            period="2026-W47",
            rules=("three_of_four_weeks_above_expected",),
            evidence=evidence,
        ),
        _told(ProblemConfirmed, 2, problem_id=problem_id),
        _told(ProblemDismissed, 3, problem_id=example_id("problem/2")),
        _told(
            MeasureDecided,
            4,
            measure_id=example_id("measure/1"),
            problem_id=problem_id,
            kind=MeasureKind.LIGHTING,
            function="bosocial_utvecklare",
            due_on=date(2026, 12, 4),
        ),
        _told(MeasureCompleted, 5, measure_id=example_id("measure/1"), problem_id=problem_id),
    )


def _notifier_examples() -> tuple[Message, ...]:
    alert_id = example_id("alert/1")
    return (
        _told(
            AlertRaised,
            1,
            alert_id=alert_id,
            cause="problem",
            concerns=example_id("problem/1"),
            function="tib",
        ),
        _told(AlertEscalated, 2, alert_id=alert_id, from_function="tib", to_function="tib_ersattare"),
        _told(AlertAcknowledged, 3, alert_id=alert_id, function="tib_ersattare"),
        _told(
            DeliveryRecorded,
            4,
            distribution_id=example_id("distribution/1"),
            recipient="kommundirektoren",
            outcome="sent",
        ),
    )


_ALL = (*intake_examples(_told), *_compiler_examples(), *_analysis_examples(), *_notifier_examples())

EXAMPLES: dict[type[Message], Message] = {
    kind: example for kind in PROMISED for example in _ALL if type(example) is kind
}
