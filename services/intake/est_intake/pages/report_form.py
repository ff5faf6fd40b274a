"""What a reporter has filled in on the phone page, read without trusting it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

from est_chassis.web.bodies import FormValues
from est_contracts.vocabulary import STOCKHOLM, Origin
from est_intake.domain.submission import Submission

JUST_NOW, LAST_NIGHT, YESTERDAY_EVENING, CHOSEN = "just_now", "last_night", "yesterday_evening", "chosen"
OTHER_AREA = "other"
LONGEST_TEXT = 4_000
#: So long the moment at which the page was opened counts as now; then it has been lying about.
FRESH_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class ReportForm:
    """The fields as they were sent, to be shown again when something needs to be corrected."""

    report_id: UUID = field(default_factory=uuid4)
    opened_at: str = ""
    checklist_entry: str = ""
    area: str = ""
    other_area: str = ""
    when: str = JUST_NOW
    moment: str = ""
    severity: str = ""
    text: str = ""

    @classmethod
    def sent(cls, form: FormValues) -> "ReportForm":
        return cls(
            report_id=_uuid(form.text("report_id")),
            opened_at=form.text("opened_at"),
            checklist_entry=form.text("checklist_entry"),
            area=form.text("area"),
            other_area=form.text("other_area"),
            when=form.text("when"),
            moment=form.text("moment"),
            severity=form.text("severity"),
            # Browsers send line breaks as CRLF; a repeat from elsewhere would look different.
            text=form.text("text").replace("\r\n", "\n"),
        )

    def missing(self, now: datetime) -> dict[str, str]:
        """What has to be filled in before there is anything to judge: field and what to do."""
        errors: dict[str, str] = {}
        if not self.checklist_entry:
            errors["checklist_entry"] = "Välj vad du har sett."
        if self.happened_at(now) is None:
            errors["when"] = "Välj när det hände." if self.when != CHOSEN else "Ange dag och klockslag."
        if self.severity and self.severity not in {"1", "2", "3", "4", "5"}:
            errors["severity"] = "Välj 1 till 5 eller ingenting."
        if len(self.text) > LONGEST_TEXT:
            errors["text"] = f"Korta texten till högst {LONGEST_TEXT} tecken."
        return errors

    def submission(self, municipality: str, now: datetime) -> Submission:
        happened_at = self.happened_at(now)
        assert happened_at is not None
        area = self.other_area if self.area in ("", OTHER_AREA) else self.area
        return Submission(
            report_id=self.report_id,
            municipality=municipality,
            checklist_entry=self.checklist_entry,
            happened_at=happened_at,
            area=area or None,
            severity=int(self.severity) if self.severity else None,
            text=self.text or None,
            origin=Origin.FORM,
        )

    def happened_at(self, now: datetime) -> datetime | None:
        """The moment that was meant. Counted from when the page was opened: sent twice it is the same."""
        anchor = self._opened(now).astimezone(STOCKHOLM)
        if self.when == JUST_NOW:
            return anchor.astimezone(UTC)
        if self.when == LAST_NIGHT:
            return _latest(anchor, time(2))
        if self.when == YESTERDAY_EVENING:
            return _at(anchor - timedelta(days=1), time(21))
        return _written(self.moment) if self.when == CHOSEN else None

    def _opened(self, now: datetime) -> datetime:
        try:
            opened_at = datetime.fromisoformat(self.opened_at)
        except ValueError:
            return now
        if opened_at.tzinfo is None or not timedelta(0) <= now - opened_at <= FRESH_FOR:
            return now
        return opened_at


def _latest(anchor: datetime, clock_time: time) -> datetime:
    today = _at(anchor, clock_time)
    return today if today <= anchor else _at(anchor - timedelta(days=1), clock_time)


def _at(day: datetime, clock_time: time) -> datetime:
    return datetime.combine(day.date(), clock_time, tzinfo=STOCKHOLM).astimezone(UTC)


def _written(moment: str) -> datetime | None:
    """A moment as the browser's own field writes it: 2026-11-20T21:40, in Swedish time."""
    try:
        written = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if written.tzinfo is not None or not 2000 <= written.year < 2100:
        return None
    return written.replace(tzinfo=STOCKHOLM).astimezone(UTC)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
