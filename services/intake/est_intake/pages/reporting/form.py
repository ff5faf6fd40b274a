"""What a reporter has filled in on the phone page, read without trusting it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from est_chassis.web.bodies import FormValues
from est_contracts.vocabulary import (
    STOCKHOLM,
    ChecklistEntry,
    Coordinates,
    Origin,
    Scope,
    Severity,
    Tense,
    Words,
)
from est_intake.domain.submission import Submission
from est_intake.pages.reporting import told_times

OTHER_AREA = "other"
LONGEST_TEXT = 4_000
#: So long the moment at which the page was opened counts as now; then it has been lying about.
FRESH_FOR = timedelta(hours=1)

Errors = dict[str, Words]


@dataclass(frozen=True)
class ReportForm:
    """The fields as they were sent, to be shown again when something needs to be corrected."""

    report_id: UUID = field(default_factory=uuid4)
    sent_together: UUID = field(default_factory=uuid4)
    is_one_of_several: bool = False
    is_practice: bool = False
    adds_another: bool = False
    #: The seat that one stands in for; none is one's own.
    function: str = ""
    opened_at: str = ""
    checklist_entry: str = ""
    area: str = ""
    other_area: str = ""
    place: str = ""
    longitude: str = ""
    latitude: str = ""
    when: str = told_times.JUST_NOW
    moment: str = ""
    until: str = ""
    first_day: str = ""
    last_day: str = ""
    severity: str = ""
    text: str = ""
    measures: str = ""

    @classmethod
    def sent(cls, form: FormValues) -> "ReportForm":
        told = {name: form.text(name) for name in TOLD_AS_WRITTEN}
        return cls(
            report_id=_uuid(form.text("report_id")),
            sent_together=_uuid(form.text("sent_together")),
            is_one_of_several=form.text("is_one_of_several") == "yes",
            is_practice=form.text("practice") == "yes",
            adds_another=form.text("then") == "another",
            # Browsers send line breaks as CRLF; a repeat from elsewhere would look different.
            text=form.text("text").replace("\r\n", "\n"),
            measures=form.text("measures").replace("\r\n", "\n"),
            **told,
        )

    def missing(self, now: datetime, entry: ChecklistEntry | None) -> Errors:
        """What has to be filled in before there is anything to judge: field and what to do."""
        errors: Errors = {}
        if entry is None:
            errors["checklist_entry"] = CHOOSE_WHAT
        times = self.times(now, entry)
        if times is None:
            errors |= self._missing_time(entry)
        elif times[1] is not None and times[1] < times[0]:
            errors["last_day" if _is_expected(entry) else "until"] = ENDS_BEFORE_IT_BEGINS
        if self.severity and self.severity not in SEVERITIES:
            errors["severity"] = CHOOSE_SEVERITY
        for name, text in (("text", self.text), ("measures", self.measures)):
            if len(text) > LONGEST_TEXT:
                errors[name] = TOO_LONG
        return errors

    def submission(self, municipality: str, now: datetime, entry: ChecklistEntry) -> Submission:
        """What it says, without what does not belong to such an entry."""
        times = self.times(now, entry)
        assert times is not None
        is_somewhere = entry.scope is Scope.PLACE
        area = self.other_area if self.area in ("", OTHER_AREA) else self.area
        severity: Severity | None = int(self.severity) if self.severity else None
        return Submission(
            report_id=self.report_id,
            municipality=municipality,
            function=self.function or None,
            checklist_entry=self.checklist_entry,
            happened_at=times[0],
            happened_until=times[1],
            area=area or None,
            place=(self.place or None) if is_somewhere else None,
            point=self.point if is_somewhere else None,
            severity=severity,
            text=self.text or None,
            measures=self.measures or None,
            sent_together=self.sent_together if self.is_one_of_several or self.adds_another else None,
            origin=Origin.FORM,
        )

    def times(self, now: datetime, entry: ChecklistEntry | None) -> told_times.Times | None:
        """From and until, as they were meant. Counted from when the page was opened: twice it is the same."""
        if _is_expected(entry):
            return told_times.days(self.first_day, self.last_day)
        anchor = self._opened(now).astimezone(STOCKHOLM)
        return told_times.moments(self.when, anchor, moment=self.moment, until=self.until)

    @property
    def point(self) -> Coordinates | None:
        """The point on the map; what is no point on earth is none."""
        try:
            return Coordinates(longitude=float(self.longitude), latitude=float(self.latitude))
        except ValueError:
            return None

    def _missing_time(self, entry: ChecklistEntry | None) -> Errors:
        if _is_expected(entry):
            return {"first_day": CHOOSE_DAY}
        return {"when": SAY_MOMENT if self.when == told_times.CHOSEN else CHOOSE_WHEN}

    def _opened(self, now: datetime) -> datetime:
        try:
            opened_at = datetime.fromisoformat(self.opened_at)
        except ValueError:
            return now
        if opened_at.tzinfo is None or not timedelta(0) <= now - opened_at <= FRESH_FOR:
            return now
        return opened_at


TOLD_AS_WRITTEN = (
    "function", "opened_at", "checklist_entry", "area", "other_area", "place", "longitude", "latitude",
    "when", "moment", "until", "first_day", "last_day", "severity",
)  # fmt: skip
SEVERITIES = frozenset("12345")

CHOOSE_WHAT = Words(sv="Välj vad du har sett.", en="Choose what you have seen.")
CHOOSE_WHEN = Words(sv="Välj när det hände.", en="Choose when it happened.")
SAY_MOMENT = Words(sv="Ange dag och klockslag.", en="Give the day and the time.")
CHOOSE_DAY = Words(sv="Ange vilken dag det väntas.", en="Give the day on which it is expected.")
CHOOSE_SEVERITY = Words(sv="Välj 1 till 5 eller ingenting.", en="Choose 1 to 5 or nothing.")
TOO_LONG = Words(
    sv=f"Korta texten till högst {LONGEST_TEXT} tecken.",
    en=f"Shorten the text to {LONGEST_TEXT} characters at most.",
)
ENDS_BEFORE_IT_BEGINS = Words(
    sv="Slutet ligger före början. Ändra ett av dem.", en="The end comes before the beginning. Change one."
)


def _is_expected(entry: ChecklistEntry | None) -> bool:
    return entry is not None and entry.tense is Tense.EXPECTED


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
