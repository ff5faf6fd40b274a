"""E-mail from end to end: a picture is published, and a real SMTP server receives the letters."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from duty_room import COORDINATOR, REPORTER, DutyRoom, duty_room, published_picture, set_up

from est_chassis.embedded.ports import free_port
from est_chassis.testing import FreshDatabase
from est_contracts.example_collaboration import HAMNEN, example_collaboration
from est_contracts.messages import DeliveryRecorded
from est_contracts.vocabulary import Level, PeriodKind
from est_notifier.domain.distributions import LetterState
from est_notifier.read_models.outgoing_mail import DistributionView, distributions_of

RECIPIENTS = {"samordnaren", "faltgruppen", "kommundirektoren", "tib", "tib_ersattare"}
DISTRIBUTIONS = "/v1/municipalities/9901/distributions"


class PostOffice:
    """A mail server of one's own: takes letters in, and refuses some the first times they come."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refusals: dict[str, list[str]] = {}
        self.keeps_waiting: set[str] = set()
        self.somebody_waits = False
        self._is_open = threading.Event()
        self.port = free_port()

    def lets_everybody_in(self) -> None:
        self._is_open.set()

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        refusals = self.refusals.get(address.partition("@")[0], [])
        if refusals:
            return refusals.pop(0)
        if address in self.keeps_waiting:
            self.somebody_waits = True
            await asyncio.to_thread(self._is_open.wait, 10)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"

    def letter_to(self, name: str) -> EmailMessage:
        (found,) = [letter for letter in self.letters if f"{name}@" in str(letter["To"])]
        return found


@asynccontextmanager
async def post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def mail_settings(office: PostOffice) -> dict[str, Any]:
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": office.port,
        "smtp_tls": "none",
        "mail_from": "lagesbild@valboas.example",
    }


A_QUARTER_IN_HAMNEN: dict[str, Any] = {
    "period": "2026-Q4",
    "kind": PeriodKind.QUARTER,
    "first_day": date(2026, 10, 1),
    "last_day": date(2026, 12, 31),
    "scope": HAMNEN,
    "areas": (HAMNEN,),
    "level": Level.ORANGE,
}


async def test_a_published_picture_goes_to_every_list_one_letter_to_each_recipient(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(published_picture(version=1, reason=None))
        await room.hosted.until(lambda: _all_are(room, LetterState.SENT))
        told = await room.hosted.tells()

    assert {each.recipient for each in told if isinstance(each, DeliveryRecorded)} == RECIPIENTS
    assert all(each.outcome == "sent" for each in told if isinstance(each, DeliveryRecorded))
    assert sorted(recipient for (recipient,) in office.recipients) == sorted(
        f"{name}@valboas.example" for name in RECIPIENTS
    )


async def test_a_mail_server_that_asks_for_no_user_is_given_none(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office:
        # As a compose file passes on what nobody has set.
        settings = mail_settings(office) | {"smtp_user": "", "smtp_password": ""}
        async with duty_room(database, nats_url, **settings) as room:
            await room.hears(published_picture())
            await room.hosted.until(lambda: _all_are(room, LetterState.SENT))

    assert len(office.letters) == len(RECIPIENTS)


async def test_the_edition_decides_what_a_letter_says(database: FreshDatabase, nats_url: str) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(published_picture(version=1, reason=None))
        await room.hosted.until(lambda: _all_are(room, LetterState.SENT))

    internal, general, duty = (office.letter_to(name) for name in ("samordnaren", "kommundirektoren", "tib"))
    assert internal["Subject"] == "Lägesbild Valboås vecka 47"
    assert duty["Subject"] == "TIB: Lägesbild Valboås vecka 47"
    assert "Skadegörelse i Norrängen: 7 rapporter" in _text(internal)
    assert "Norrängen" not in _text(general)
    assert "https://est.valboas.example/open/9901/2026-W47/v1" in _text(general)
    assert "https://est.valboas.example/live" in _text(duty)
    assert "https://est.valboas.example/live" not in _text(internal)
    assert internal.get_body(("html",)) is not None


async def test_a_letter_says_which_picture_it_is_about_and_its_level_in_words(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(published_picture(version=1, reason=None, **A_QUARTER_IN_HAMNEN))
        await room.hosted.until(lambda: _all_are(room, LetterState.SENT))

    internal, general, duty = (office.letter_to(name) for name in ("samordnaren", "kommundirektoren", "tib"))
    assert internal["Subject"] == "Lägesbild Valboås kvartal 4 2026, Hamnen"
    assert "Läge: Orange: ansträngt läge." in _text(internal)
    html = internal.get_body(("html",))
    assert html is not None and "Orange: ansträngt läge" in html.get_content()
    page = "https://est.valboas.example/pictures/9901/2026-Q4?scope=9901R005"
    assert f"{page}\r\n" in _text(internal)
    assert f"{page}&edition=duty_officer\r\n" in _text(duty)
    assert "https://est.valboas.example/open/9901/2026-Q4/v1?scope=9901R005\r\n" in _text(general)


async def test_who_may_not_read_the_general_edition_openly_is_led_to_it_behind_a_seat(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(published_picture(version=1, reason=None, is_public=False))
        await room.hosted.until(lambda: _all_are(room, LetterState.SENT))

    assert "/pictures/9901/2026-W47?edition=general\r\n" in _text(office.letter_to("kommundirektoren"))


async def test_a_picture_of_a_part_is_sent_beside_the_picture_of_the_whole(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(published_picture(), published_picture(scope=HAMNEN, areas=(HAMNEN,)))
        await room.hosted.until(lambda: _count(room, LetterState.SENT) == 2 * len(RECIPIENTS))
        told = await room.hosted.http.get(DISTRIBUTIONS, headers=COORDINATOR)

    assert len(office.letters) == 2 * len(RECIPIENTS)
    assert {(each["period"], each["scope"]) for each in told.json()["distributions"]} == {
        ("2026-W47", ""),
        ("2026-W47", HAMNEN),
    }


async def test_a_letter_that_cannot_go_now_is_tried_again_with_the_same_message_id(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        office.refusals["tib"] = ["451 Try again later"]
        await room.hears(published_picture())
        await room.hosted.until(lambda: _count(room, LetterState.SENT) == 4)
        (waiting,) = [letter for letter in _letters(room) if letter.state == LetterState.DUE]

    assert (waiting.recipient, waiting.attempts, waiting.smtp_code) == ("tib", 1, 451)
    assert waiting.due_at is not None


async def test_a_letter_that_is_refused_for_good_has_failed_until_somebody_asks_for_another_try(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        office.refusals["tib"] = ["550 No such mailbox"]
        await room.hears(published_picture())
        await room.hosted.until(lambda: _count(room, LetterState.SENT) == 4)
        await room.hosted.until(lambda: _count(room, LetterState.FAILED) == 1)
        told = [each for each in await room.hosted.tells() if isinstance(each, DeliveryRecorded)]

        distribution = _distribution_to("tib", room).distribution_id
        url = f"{DISTRIBUTIONS}/{distribution}/letters/tib/resending"
        answers = [await room.hosted.http.put(url, headers=who) for who in (REPORTER, COORDINATOR)]
        await room.hosted.until(lambda: _all_are(room, LetterState.SENT))
        again = await room.hosted.http.put(url, headers=COORDINATOR)

    assert [each.recipient for each in told if each.outcome == "failed"] == ["tib"]
    assert [answer.status_code for answer in answers] == [403, 202]
    assert (again.status_code, again.json()["type"]) == (409, "urn:est:problem:letter_is_on_its_way")
    assert len(office.letters) == len(RECIPIENTS)


async def test_without_a_mail_server_every_letter_is_held_and_says_so(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(published_picture())
        await room.hosted.until(lambda: _all_are(room, LetterState.HELD))
        told = [each for each in await room.hosted.tells() if isinstance(each, DeliveryRecorded)]
        answer = await room.hosted.http.get(DISTRIBUTIONS, headers=COORDINATOR)

    assert {each.outcome for each in told} == {"held"}
    letters = [letter for each in answer.json()["distributions"] for letter in each["letters"]]
    assert {letter["obstacle"] for letter in letters} == {"no_mail_server"}


async def test_a_function_without_an_address_is_held_and_the_others_get_theirs(
    database: FreshDatabase, nats_url: str
) -> None:
    functions = tuple(
        each.model_copy(update={"email": None}) if each.function_id == "tib" else each
        for each in example_collaboration().functions
    )
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(set_up(functions=functions))
        await room.hears(published_picture())
        await room.hosted.until(lambda: _count(room, LetterState.SENT) == 4)
        await room.hosted.until(lambda: _count(room, LetterState.HELD) == 1)

    assert len(office.letters) == 4


async def test_the_same_picture_told_again_is_not_sent_again(database: FreshDatabase, nats_url: str) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(published_picture(), published_picture())
        await room.hosted.until(lambda: _all_are(room, LetterState.SENT))

    assert len(office.letters) == len(RECIPIENTS)


def _distributions(room: DutyRoom) -> list[DistributionView]:
    with room.service.store.cursor() as cursor:
        return distributions_of(cursor, "9901")


def _letters(room: DutyRoom) -> list[Any]:
    return [letter for distribution in _distributions(room) for letter in distribution.letters]


def _distribution_to(recipient: str, room: DutyRoom) -> DistributionView:
    (found,) = [
        each for each in _distributions(room) if any(letter.recipient == recipient for letter in each.letters)
    ]
    return found


def _count(room: DutyRoom, state: LetterState) -> int:
    return sum(letter.state == state for letter in _letters(room))


def _all_are(room: DutyRoom, state: LetterState) -> bool:
    return _count(room, state) == len(RECIPIENTS)


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
