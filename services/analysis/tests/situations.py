"""Messages and callers named after situations."""

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from est_chassis.testing import recorded
from est_chassis.web.access import SEAT_COOKIE, Caller, CallerKind, session_cookie
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.examples import example_of
from est_contracts.messages import (
    CollaborationSetUp,
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    Recorded,
)
from est_contracts.vocabulary import (
    Party,
    Theme,
    Week,
    WithdrawalReason,
)

SUNDAY_OF_WEEK_47 = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
SECRET = "a secret for the seats of the tests"
WEEK_47 = Week.of(SUNDAY_OF_WEEK_47)
ORGANISATIONS = ("valboasbostader", "polisen_valboas", "valboas_kommun")


class Telling:
    """Intake's log as analysis hears it: each message at the next position."""

    def __init__(self) -> None:
        self.position = 0

    def collaboration(self) -> CollaborationSetUp:
        return CollaborationSetUp(
            recorded=self._recorded(),
            municipality="9901",
            happened_at=SUNDAY_OF_WEEK_47,
            version=1,
            document=example_collaboration(),
        )

    def report(
        self, week: Week, *, area: str | None = NORRANGEN, theme: Theme = Theme.VANDALISM
    ) -> IncidentReported:
        position = self.position + 1
        return example_of(
            IncidentReported,
            recorded=self._recorded(),
            happened_at=week.starts_at + timedelta(hours=position % 140),
            happened_until=None,
            report_id=report_id(position),
            checklist_entry="orebro.1",
            theme=theme,
            area=area,
            place=None,
            severity=3,
            organisation=ORGANISATIONS[position % 3],
            party=Party.HOUSING,
            function="bovard_norrangen",
        )

    def reports(
        self, *counts: int, until: Week = WEEK_47, area: str | None = NORRANGEN
    ) -> list[IncidentReported]:
        """So many reports in each week, the last of them in `until`."""
        weeks = [until.before(len(counts) - 1 - place) for place in range(len(counts))]
        return [
            self.report(week, area=area)
            for week, count in zip(weeks, counts, strict=True)
            for _ in range(count)
        ]

    def withdrawal(self, report: IncidentReported) -> IncidentReportWithdrawn:
        return IncidentReportWithdrawn(
            recorded=self._recorded(),
            municipality=report.municipality,
            happened_at=SUNDAY_OF_WEEK_47,
            report_id=report.report_id,
            reason=WithdrawalReason.MISTAKE,
        )

    def correction(self, report: IncidentReported, **changes: object) -> IncidentReportCorrected:
        return IncidentReportCorrected.model_validate(
            report.model_dump() | {"recorded": self._recorded(), "revision": 2} | changes
        )

    def duplicate(self, report: IncidentReported, *, of: IncidentReported) -> IncidentReportMarkedDuplicate:
        return IncidentReportMarkedDuplicate(
            recorded=self._recorded(),
            municipality=report.municipality,
            happened_at=SUNDAY_OF_WEEK_47,
            report_id=report.report_id,
            duplicate_of=of.report_id,
        )

    def reinstatement(self, report: IncidentReported) -> IncidentReportReinstated:
        return IncidentReportReinstated(
            recorded=self._recorded(),
            municipality=report.municipality,
            happened_at=SUNDAY_OF_WEEK_47,
            report_id=report.report_id,
        )

    def _recorded(self) -> Recorded:
        self.position += 1
        return recorded(self.position, at=SUNDAY_OF_WEEK_47)


def report_id(position: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"report:{position}")


def seat(*roles: str, municipality: str = "9901") -> dict[str, str]:
    """The headers of somebody in a seat."""
    caller = Caller.from_document(
        {
            "name": "Brottsförebyggande samordnare",
            "municipality": municipality,
            "function": "samordnaren",
            "organisation": "valboas_kommun",
            "party": "municipality",
            "roles": list(roles),
        },
        CallerKind.SEAT,
    )
    expires = datetime(2026, 12, 1, tzinfo=UTC)
    cookie = session_cookie(caller, secret=SECRET, expires_at=expires)
    return {"Cookie": f"{SEAT_COOKIE}={cookie}", "Origin": "http://testserver"}
