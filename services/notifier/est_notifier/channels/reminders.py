"""What a reminder letter says: which period, when it is due, and where one tap is enough."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from est_chassis.web.languages import Language
from est_chassis.web.written import full_moment
from est_contracts.vocabulary import CollaborationDocument, Function, ReminderCause
from est_notifier.channels.letters import TEMPLATES, Envelope, Written, one_line, title_of


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One reminder to one function; `function` is the seat that it is about."""

    letter_id: UUID
    function: str
    recipient: str
    period: str
    deadline_at: datetime
    cause: ReminderCause
    prepared_at: datetime


def reminder_message(
    reminder: Reminder,
    collaboration: CollaborationDocument,
    *,
    recipient: Function,
    sender: str,
    front_url: str,
) -> EmailMessage:
    """A reminder ready to be sent to one address."""
    envelope = Envelope(
        letter_id=reminder.letter_id,
        recipient=reminder.recipient,
        prepared_at=reminder.prepared_at,
        sender=sender,
        sender_name="EST påminnelse",
    )
    return envelope.around(_written(reminder, collaboration, front_url), recipient=recipient)


def _written(reminder: Reminder, collaboration: CollaborationDocument, front_url: str) -> Written:
    view = _view(reminder, collaboration, front=front_url.rstrip("/"))
    return Written(view["subject"], TEMPLATES.get_template("reminder.txt").render(view), None)


def _view(reminder: Reminder, collaboration: CollaborationDocument, *, front: str) -> dict[str, Any]:
    seat = one_line(title_of(reminder.function, collaboration))
    weeks = weeks_of(reminder.period)
    stands_in = reminder.recipient != reminder.function
    # Whoever stands in says for whom; one's own seat needs no words.
    about = {"period": reminder.period, **({"function": reminder.function} if stands_in else {})}
    subject = f"Påminnelse: rapporten för {weeks}"
    if reminder.cause is ReminderCause.STANDING_IN:
        subject = f"Du är ersättare: rapporten för {weeks}, {seat}"
    return {
        "subject": subject,
        "seat": seat,
        "name": one_line(collaboration.name),
        "weeks": weeks,
        "weeks_en": weeks.replace("vecka", "week"),
        "cause": reminder.cause,
        "deadline": full_moment(reminder.deadline_at),
        "deadline_en": full_moment(reminder.deadline_at, language=Language.ENGLISH),
        "report_url": f"{front}/report{_query(about, 'function')}" if front else "",
        "nothing_url": f"{front}/return/nothing?{urlencode(about)}" if front else "",
        "recipient_title": one_line(title_of(reminder.recipient, collaboration)),
    }


def weeks_of(period: str) -> str:
    """2026-W47 is vecka 47, 2026-W46-W47 is vecka 46 och 47."""
    numbers = [str(int(part)) for part in period.replace("-W", " ").split()[1:]]
    return f"vecka {'–'.join(numbers)}"


def _query(about: dict[str, str], *names: str) -> str:
    asked = {name: about[name] for name in names if name in about}
    return f"?{urlencode(asked)}" if asked else ""
