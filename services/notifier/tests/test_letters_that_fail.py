"""One letter that fails stands in nobody else's way."""

from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest
from duty_room import COORDINATOR, DutyRoom, Tell, duty_room, published_picture, set_up
from pydantic import ValidationError
from test_mail_delivery import PostOffice, mail_settings, post_office

from est_chassis.failures import Unavailable
from est_chassis.testing import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_contracts.messages import DeliveryRecorded
from est_contracts.vocabulary import CollaborationDocument, Function
from est_notifier.channels.mail import MailServer
from est_notifier.channels.mail_round import Desk, MailRound
from est_notifier.domain.distributions import Attempt, LetterState, Obstacle
from est_notifier.read_models.outgoing_mail import distributions_of
from est_notifier.settings import NotifierSettings

POISON = "a..b@valboas.example"


def with_poison() -> Tell:
    """Two dots in a row were taken for an address once, and are still in what was recorded then."""
    functions = tuple(
        each.model_copy(update={"email": POISON}) if each.function_id == "tib" else each
        for each in example_collaboration().functions
    )
    return set_up(functions=functions)


def neighbours() -> CollaborationDocument:
    return CollaborationDocument.model_validate_json(
        example_collaboration().model_dump_json().replace("9901", "9902").replace("valboas.", "grannby.")
    )


def states(room: DutyRoom) -> list[LetterState]:
    with room.service.store.cursor() as cursor:
        sent = [each for code in ("9901", "9902") for each in distributions_of(cursor, code)]
    return [letter.state for each in sent for letter in each.letters]


async def test_an_address_that_no_letter_can_be_sent_to_stands_in_nobody_else_s_way(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(with_poison(), set_up(neighbours()))
        await room.hears(published_picture(), published_picture(municipality="9902"))
        await room.hosted.until(lambda: LetterState.DUE not in states(room))
        told = [each for each in await room.hosted.tells() if isinstance(each, DeliveryRecorded)]
        shown = {
            language: (
                await room.hosted.http.get(
                    "/distributions", headers=COORDINATOR | {"Accept-Language": language}
                )
            ).text
            for language in ("sv", "en")
        }

    assert len(office.letters) == 9
    assert {(each.municipality, each.recipient) for each in told if each.outcome == "failed"} == {
        ("9901", "tib")
    }
    assert "E-postadressen i samverkan går inte att använda." in shown["sv"]
    assert "The e-mail address in the collaboration cannot be used." in shown["en"]
    assert 'href="/set-up/parts/functions/things/tib"' in shown["sv"]
    assert POISON not in shown["sv"]


async def test_a_corrected_address_gets_the_letter_that_is_sent_again(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(with_poison(), published_picture())
        await room.hosted.until(lambda: states(room).count(LetterState.FAILED) == 1)
        await room.hears(set_up())
        with room.service.store.cursor() as cursor:
            (failed,) = [
                sent.distribution_id
                for sent in distributions_of(cursor, "9901")
                for letter in sent.letters
                if letter.state == LetterState.FAILED
            ]
        await room.hosted.http.post(f"/distributions/{failed}/letters/tib/resending", headers=COORDINATOR)
        await room.hosted.until(lambda: set(states(room)) == {LetterState.SENT})

    assert "tib@valboas.example" in str(office.letter_to("tib")["To"])


class Tray:
    """Letters of which the first fails in some way, and the others are as they should be."""

    def __init__(self) -> None:
        self.letters = {uuid4(): f"function_{number}" for number in range(3)}
        self.poisoned = next(iter(self.letters))
        self.recorded: dict[UUID, Attempt] = {}
        self.cannot_be_read: Exception | None = None
        self.cannot_be_composed: Exception | None = None
        self.cannot_be_recorded: Exception | None = None

    def desk(self) -> Desk[UUID]:
        return Desk("test", self._due, self._to_try, self._compose, self._record)

    async def _due(self, _limit: int) -> list[tuple[UUID, str]]:
        return list(self.letters.items())

    async def _to_try(self, letter_id: UUID, recipient: str) -> tuple[UUID, CollaborationDocument]:
        self._fail(self.cannot_be_read, letter_id)
        functions = (
            Function(
                function_id=recipient,
                title="En funktion",
                organisation_id="valboas_kommun",
                roles=("reporter",),
                email=f"{recipient}@valboas.example",
            ),
        )
        return letter_id, example_collaboration().model_copy(update={"functions": functions})

    def _compose(
        self, letter: UUID, collaboration: CollaborationDocument, *, recipient: Function
    ) -> EmailMessage:
        self._fail(self.cannot_be_composed, letter)
        message = EmailMessage()
        message["From"], message["To"] = "est@valboas.example", recipient.email
        message.set_content(collaboration.name)
        return message

    async def _record(self, letter_id: UUID, _recipient: str, attempt: Attempt) -> None:
        self._fail(self.cannot_be_recorded, letter_id)
        self.recorded[letter_id] = attempt

    def _fail(self, failure: Exception | None, letter_id: UUID) -> None:
        if failure is not None and letter_id == self.poisoned:
            raise failure


def round_of(tray: Tray, office: PostOffice) -> MailRound:
    server = MailServer(
        host="127.0.0.1", port=office.port, tls="none", user=None, password=None, timeout_seconds=20
    )
    return MailRound((tray.desk(),), server=server, poll_seconds=1)


@pytest.mark.parametrize("where", ["cannot_be_read", "cannot_be_composed"])
async def test_a_letter_that_cannot_be_put_together_has_failed_and_the_round_goes_on(where: str) -> None:
    tray = Tray()
    setattr(tray, where, LookupError("something of ours is wrong"))
    async with post_office() as office:
        await round_of(tray, office).go()

    assert tray.recorded[tray.poisoned] == Attempt(Obstacle.UNWRITABLE)
    assert len(office.letters) == 2


async def test_a_letter_whose_outcome_cannot_be_recorded_is_left_and_the_round_goes_on() -> None:
    tray = Tray()
    tray.cannot_be_recorded = LookupError("something of ours is wrong")
    async with post_office() as office:
        await round_of(tray, office).go()

    assert len(tray.recorded) == 2


async def test_a_letter_that_cannot_be_written_down_for_the_server_has_failed() -> None:
    tray = Tray()
    tray.letters[tray.poisoned] = "function_0\udcff"
    async with post_office() as office:
        await round_of(tray, office).go()

    assert tray.recorded[tray.poisoned].obstacle == Obstacle.UNWRITABLE
    assert len(office.letters) == 2


async def test_no_letter_has_failed_because_our_own_database_is_away() -> None:
    tray = Tray()
    tray.cannot_be_read = Unavailable("it is away")
    async with post_office() as office:
        with pytest.raises(Unavailable):
            await round_of(tray, office).go()

    assert (tray.recorded, office.letters) == ({}, [])


@pytest.mark.parametrize(
    "sender", ["", "est", "a..b@valboas.example", "EST <est@valboas.example>", "a@b\n@c.se"]
)
def test_a_sender_that_no_letter_can_be_sent_from_is_refused_at_the_start(sender: str) -> None:
    with pytest.raises(ValidationError, match="mail_from"):
        NotifierSettings(
            database_url="postgresql://nobody@127.0.0.1:1/est", session_secret="x", mail_from=sender
        )
