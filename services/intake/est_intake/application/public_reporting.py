"""Taking in what the public tells, and deciding whether it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_contracts.vocabulary import STOCKHOLM, Coordinates, Origin
from est_intake.application.geography import geography_of
from est_intake.application.reporting import Receipt, Reporting
from est_intake.application.set_up import SettingUp
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.public_report import (
    MunicipalityIsNotOpen,
    PublicNotice,
    PublicReport,
    PublicReportState,
    RejectionReason,
)
from est_intake.domain.submission import Sender, Submission

#: So many days the words of the public wait for somebody to decide, unless the installation says otherwise.
UNDECIDED_DAYS = 90


@dataclass(frozen=True)
class PublicReceipt:
    """What a stranger gets: the ID by which to ask what became of it."""

    request_id: UUID
    received_at: datetime
    repeated: bool


@dataclass(frozen=True)
class Acceptance:
    """What a coordinator found a public report to be. The text is as it may be kept; none is as it came.

    Without a moment it happened when it was told.
    """

    checklist_entry: str
    area: str | None = None
    severity: int | None = None
    text: str | None = None
    happened_at: datetime | None = None


class Overdue(Protocol):
    """Which public reports of a municipality have waited too long; answered by a read model."""

    def __call__(
        self, cursor: Cursor, municipality: str, *, today: date, received_before: date | None
    ) -> Sequence[UUID]: ...


class PublicReporting:
    """The use cases around reports from the public."""

    def __init__(self, set_ups: SettingUp, reporting: Reporting, *, undecided_days: int) -> None:
        self._set_ups = set_ups
        self._reporting = reporting
        self.work = set_ups.work
        # None is as long as it takes.
        self._kept = timedelta(days=undecided_days) if undecided_days else None

    def receive_public_report(self, notice: PublicNotice) -> PublicReceipt:
        """Keep what was told until a coordinator has decided; the same again changes nothing."""
        set_up = self.open_set_up(notice.municipality)
        key = PublicReport.create_id(notice.municipality, notice.request_id)
        known = self.work.find(PublicReport, key)
        if known is not None:
            return PublicReceipt(notice.request_id, known.created_on, repeated=True)
        today = self._set_ups.now.astimezone(STOCKHOLM).date()
        notice.refuse_unless_sound(set_up, today=today)
        area = notice.area
        if area is None and notice.point is not None:
            area = geography_of(set_up).area_at(notice.point)
        report = PublicReport.told(
            notice, area=area, kept_through=None if self._kept is None else today + self._kept
        )
        self.work.save(report)
        words = "\n".join(filter(None, (notice.text, notice.address)))
        if words:
            self.work.write(KEEP_WORDS, (notice.municipality, notice.request_id, words))
        return PublicReceipt(notice.request_id, report.created_on, repeated=False)

    def accept_public_report(
        self, municipality: str, request_id: UUID, *, found: Acceptance, by: Sender
    ) -> Receipt:
        """Submit it as an ordinary report from the public, told by the coordinator's function."""
        public = self._public_report(municipality, request_id, by=by)
        words = self._public_words(municipality, request_id) if found.text is None else found.text
        submission = Submission(
            report_id=request_id,
            municipality=municipality,
            checklist_entry=found.checklist_entry,
            happened_at=found.happened_at or public.created_on,
            area=found.area,
            point=self._point_in(found.area, public),
            severity=found.severity,
            text=words or None,
            origin=Origin.PUBLIC,
        )
        # Whichever of the two refuses, neither is recorded.
        public.accept(checklist_entry=found.checklist_entry, area=found.area, by_function=by.function)
        receipt = self._reporting.submit_report(submission, by)
        self.work.save(public)
        self.work.write(ERASE_WORDS, (municipality, request_id))
        return receipt

    def reject_public_report(
        self, municipality: str, request_id: UUID, *, reason: RejectionReason, by: Sender
    ) -> None:
        """Let it not count, and erase its words."""
        public = self._public_report(municipality, request_id, by=by)
        public.reject(reason, by_function=by.function)
        self.work.save(public)
        self.work.write(ERASE_WORDS, (municipality, request_id))

    def let_go_undecided(self, municipality: str, *, overdue: Overdue) -> None:
        """Reject what nobody has decided on in time, and erase its words."""
        today = self._set_ups.now.astimezone(STOCKHOLM).date()
        before = None if self._kept is None else today - self._kept
        for request_id in overdue(self.work.cursor, municipality, today=today, received_before=before):
            public = self.work.get(PublicReport, PublicReport.create_id(municipality, request_id))
            received_on = public.created_on.astimezone(STOCKHOLM).date()
            public.let_go(today=today, unless_said=None if self._kept is None else received_on + self._kept)
            self.work.save(public)
            if public.state is PublicReportState.REJECTED:
                self.work.write(ERASE_WORDS, (municipality, request_id))

    def open_set_up(self, municipality: str) -> SetUpInUse:
        """The set-up of a municipality that lets the public report."""
        set_up = self._set_ups.set_up_of(municipality)
        if set_up is None or not set_up.document.open_to_the_public:
            raise MunicipalityIsNotOpen
        return set_up

    def _public_report(self, municipality: str, request_id: UUID, *, by: Sender) -> PublicReport:
        if not by.speaks_for(municipality):
            raise NotFound(str(request_id))
        return self.work.get(PublicReport, PublicReport.create_id(municipality, request_id))

    def _point_in(self, area: str | None, public: PublicReport) -> Coordinates | None:
        """The point that was told, unless the coordinator has found that it was elsewhere."""
        set_up = self._set_ups.set_up_of(public.municipality)
        if set_up is None or public.point is None or set_up.is_far_off(public.point):
            return None
        return public.point if geography_of(set_up).area_at(public.point) == area else None

    def _public_words(self, municipality: str, request_id: UUID) -> str:
        row = self.work.cursor.execute(READ_WORDS, (municipality, request_id)).fetchone()
        return str(row["words"]) if row else ""


#: What the public has written lies here until it is decided on, and not a moment longer.
PUBLIC_WORDS = """
    CREATE TABLE IF NOT EXISTS public_report_words (
        municipality text NOT NULL,
        request_id uuid NOT NULL,
        words text NOT NULL,
        PRIMARY KEY (municipality, request_id)
    )
"""
KEEP_WORDS = """
    INSERT INTO public_report_words (municipality, request_id, words) VALUES (%s, %s, %s)
    ON CONFLICT DO NOTHING
"""
ERASE_WORDS = "DELETE FROM public_report_words WHERE municipality = %s AND request_id = %s"
READ_WORDS = "SELECT words FROM public_report_words WHERE municipality = %s AND request_id = %s"
