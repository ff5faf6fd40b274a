"""What a letter says: a picture's headline sentences and where to read on, and never what was reported."""

from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from uuid import UUID, uuid5

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from est_chassis.logs import QuotesNothing
from est_chassis.web.written import picture_period_name
from est_contracts.vocabulary import (
    LEVEL_WORDS,
    CollaborationDocument,
    CorrectionReason,
    Edition,
    Function,
    Level,
    Words,
    open_picture_path,
    picture_path,
)
from est_contracts.vocabulary.reasons import CORRECTION_REASON_WORDS
from est_notifier.domain.editions import may_tell_the_count, sentences_in
from est_notifier.domain.pictures import Depicted

TEMPLATES = Environment(
    loader=PackageLoader("est_notifier.channels"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

EDITION_TITLES = {
    Edition.INTERNAL: "Lägesbild",
    Edition.GENERAL: "Lägesbild, allmän utgåva",
    Edition.DUTY_OFFICER: "Lägesbild för tjänsteman i beredskap",
    Edition.PLAIN_TEXT: "Lägesbild, ren text",
}
# The ground and the edge of the level's words, which always stand with them.
LEVEL_COLOURS = {
    Level.GREEN: ("#cfe6d3", "#2f7a48"),
    Level.YELLOW: ("#ffe79a", "#8f6f00"),
    Level.ORANGE: ("#ffc58f", "#a8540b"),
    Level.RED: ("#f4aaa3", "#a3231b"),
}


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One edition of one picture, to one function."""

    distribution_id: UUID
    edition: Edition
    depicted: Depicted
    version: int
    reports: int
    sentences: tuple[Words, ...]
    correction: str | None
    prepared_at: datetime
    recipient: str


@dataclass(frozen=True)
class Written:
    """A letter as it will be read."""

    subject: str
    text: str
    html: str | None


def write(letter: Letter, collaboration: CollaborationDocument, *, front_url: str) -> Written:
    """Put a letter into words."""
    view = _view(letter, collaboration, front_url=front_url)
    text = TEMPLATES.get_template("picture.txt").render(view)
    if letter.edition == Edition.PLAIN_TEXT:
        return Written(view["subject"], text, None)
    return Written(view["subject"], text, TEMPLATES.get_template("picture.html").render(view))


class UnusableAddress(QuotesNothing):
    """No letter can be sent there: what was taken for an address once is none."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What stands around a letter. A repeat has the same Message-ID."""

    letter_id: UUID
    recipient: str
    prepared_at: datetime
    sender: str
    sender_name: str

    def around(self, written: Written, *, recipient: Function) -> EmailMessage:
        """The letter, ready to be sent to the mailbox of one function."""
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(self.sender_name, addr_spec=self.sender)
        message["To"] = _address(recipient)
        message["Subject"] = one_line(written.subject)
        message["Date"] = format_datetime(self.prepared_at)
        message["Message-ID"] = message_id(self.letter_id, self.recipient, sender=self.sender)
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = "sv"
        message.set_content(written.text, cte="quoted-printable")
        if written.html is not None:
            message.add_alternative(written.html, subtype="html", cte="quoted-printable")
        return message


def _address(recipient: Function) -> Address:
    try:
        return Address(one_line(recipient.title), addr_spec=recipient.email or "")
    except (MessageError, ValueError, IndexError) as failure:
        raise UnusableAddress(recipient.function_id) from failure


def letter_message(
    letter: Letter, collaboration: CollaborationDocument, *, recipient: Function, sender: str, front_url: str
) -> EmailMessage:
    """An edition ready to be sent to one address."""
    envelope = Envelope(
        letter_id=letter.distribution_id,
        recipient=letter.recipient,
        prepared_at=letter.prepared_at,
        sender=sender,
        sender_name="EST lägesbild",
    )
    return envelope.around(write(letter, collaboration, front_url=front_url), recipient=recipient)


def message_id(distribution_id: UUID, recipient: str, *, sender: str) -> str:
    """The same for every try of the same letter, so that mail programs recognise a repeat."""
    return f"<{uuid5(distribution_id, recipient)}@{sender.rpartition('@')[2]}>"


def _view(letter: Letter, collaboration: CollaborationDocument, *, front_url: str) -> dict[str, Any]:
    picture = letter.depicted
    code, name = collaboration.municipality, one_line(collaboration.name)
    is_correction = letter.version > 1
    correction = CORRECTION_REASON_WORDS[CorrectionReason(letter.correction)].sv if letter.correction else ""
    scope = picture.scope.words(collaboration)
    where = f", {one_line(scope.sv)}" if scope else ""
    subject = f"{'Rättad: ' if is_correction else ''}Lägesbild {name} {picture.period.name.sv}{where}"
    front = front_url.rstrip("/")
    return {
        "subject": f"TIB: {subject}" if letter.edition == Edition.DUTY_OFFICER else subject,
        "edition_title": EDITION_TITLES[letter.edition],
        "name": name,
        "title": f"{name}, {picture_period_name(picture.period).replace(', ', ' ')}{where}",
        "level": picture.level,
        "level_words": LEVEL_WORDS[picture.level].sv if picture.level else "",
        "colours": LEVEL_COLOURS,
        "version": letter.version,
        "is_correction": is_correction,
        "correction": correction,
        "reports": letter.reports if may_tell_the_count(letter.edition, letter.reports) else None,
        "sentences": [
            sentence.sv
            for sentence in sentences_in(
                letter.edition,
                letter.sentences,
                place_names=[
                    *(area.name for area in collaboration.areas),
                    *(place.name for place in collaboration.places),
                ],
            )
        ],
        "picture_url": front + _path(letter, code) if front else "",
        "live_url": f"{front}/live" if front and letter.edition == Edition.DUTY_OFFICER else "",
        "recipient_title": one_line(title_of(letter.recipient, collaboration)),
    }


def _path(letter: Letter, code: str) -> str:
    """Where to read on: what anyone may read lies open, the rest behind the reader's seat."""
    picture = letter.depicted
    period, scope = str(picture.period), str(picture.scope)
    if letter.edition is Edition.GENERAL and picture.is_public:
        return open_picture_path(code, period=period, scope=scope, version=letter.version)
    if letter.edition is Edition.INTERNAL:
        return picture_path(code, period=period, scope=scope)
    return picture_path(code, period=period, scope=scope, edition=str(letter.edition))


def title_of(recipient: str, collaboration: CollaborationDocument) -> str:
    titles = {function.function_id: function.title for function in collaboration.functions}
    return titles.get(recipient, recipient)


def one_line(text: str) -> str:
    # A header has one line; a title from a document might have more.
    return " ".join(text.split())
