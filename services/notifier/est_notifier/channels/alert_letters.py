"""What an alert letter says: what it is about, until when an answer is awaited, and where to answer."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from est_chassis.web.written import clock_time, full_moment
from est_contracts.vocabulary import THEME_WORDS, CollaborationDocument, Function, Theme, place_sv
from est_notifier.channels.letters import TEMPLATES, Envelope, Written, one_line, title_of
from est_notifier.domain.occasions import Cause


@dataclass(frozen=True, kw_only=True)
class AlertNotice:
    """One call of one alert; `called` are those who have been called before, `following` who is next."""

    letter_id: UUID
    recipient: str
    prepared_at: datetime
    cause: Cause
    theme: Theme
    area: str | None
    severity: int | None
    happened_at: datetime
    answer_by: datetime | None
    called: tuple[str, ...]
    following: str | None


def alert_message(
    notice: AlertNotice,
    collaboration: CollaborationDocument,
    *,
    recipient: Function,
    sender: str,
    front_url: str,
) -> EmailMessage:
    """An alert letter ready to be sent to one address."""
    envelope = Envelope(
        letter_id=notice.letter_id,
        recipient=notice.recipient,
        prepared_at=notice.prepared_at,
        sender=sender,
        sender_name="EST larm",
    )
    view = _view(notice, collaboration, front=front_url.rstrip("/"))
    text = TEMPLATES.get_template("alert.txt").render(view)
    message = envelope.around(Written(view["subject"], text, None), recipient=recipient)
    message["Importance"] = "high"
    return message


def _view(notice: AlertNotice, collaboration: CollaborationDocument, *, front: str) -> dict[str, Any]:
    what = _what(notice, collaboration)
    return {
        "subject": f"EST-larm: {what}{', ingen har svarat' if notice.called else ''}",
        "what": what,
        "name": one_line(collaboration.name),
        "cause": notice.cause,
        "happened": full_moment(notice.happened_at),
        "is_expected": notice.happened_at > notice.prepared_at,
        "recipient_title": one_line(title_of(notice.recipient, collaboration)),
        "called": [one_line(title_of(each, collaboration)) for each in notice.called],
        "answer_by": clock_time(notice.answer_by) if notice.answer_by else "",
        "following": one_line(title_of(notice.following, collaboration)) if notice.following else "",
        "live_url": f"{front}/live" if front else "",
    }


def _what(notice: AlertNotice, collaboration: CollaborationDocument) -> str:
    theme = "Övrig händelse" if notice.theme == Theme.OTHER else THEME_WORDS[notice.theme].sv
    areas = {area.area_id: area.name for area in collaboration.areas}
    where = f" {place_sv(one_line(areas.get(notice.area, notice.area)))}" if notice.area else ""
    if notice.cause is Cause.PROBLEM:
        return f"{theme}{where} kommer tillbaka"
    return f"{theme}{where}, allvarlighet {notice.severity} av 5"
