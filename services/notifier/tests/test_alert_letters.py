"""Alert letters: whoever is called hears of it by e-mail, once for each step, and not when it is too late."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
from duty_room import (
    TIB,
    DutyRoom,
    alert_id,
    duty_room,
    flagged_problem,
    grave_incident,
    published_picture,
    reinstatement,
    set_up,
    withdrawal,
)
from eventsourcing.application import Application
from test_mail_delivery import RECIPIENTS, PostOffice, mail_settings, post_office

from est_chassis.testing import FreshDatabase
from est_contracts.example_collaboration import HAMNEN, example_collaboration
from est_contracts.vocabulary import Theme
from est_notifier.domain.alert_letters import AlertLetter, AlertLetterState
from est_notifier.domain.alerts import AlertState
from est_notifier.domain.distributions import Attempt, Obstacle
from est_notifier.read_models.alert_letters import letters_of_alerts

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
ACKNOWLEDGEMENT = f"/v1/municipalities/9901/alerts/{alert_id(1)}/acknowledgement"


def letters(room: DutyRoom, number: int = 1) -> list[tuple[str, AlertLetterState]]:
    with room.service.store.cursor() as cursor:
        found = letters_of_alerts(cursor, [alert_id(number)])
    return [(letter.recipient, letter.state) for letter in found[alert_id(number)]]


def text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def letters_to(office: PostOffice) -> list[str]:
    return [recipient.partition("@")[0] for (recipient,) in office.recipients]


async def test_whoever_is_called_gets_a_letter_that_says_what_it_is_about_and_where_to_answer(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(grave_incident(1, theme=Theme.FIRE, area=HAMNEN))
        await room.hosted.until(lambda: letters(room) == [("tib", AlertLetterState.SENT)])

    (letter,) = office.letters
    assert letter["Subject"] == "EST-larm: Brand i Hamnen, allvarlighet 5 av 5"
    assert "Valboås: Brand i Hamnen, allvarlighet 5 av 5." in text(letter)
    assert "går larmet vidare till Ersättare för tjänsteman i beredskap." in text(letter)
    assert "https://est.valboas.example/live\n" in text(letter)
    assert "112" in text(letter)


async def test_each_step_of_the_chain_is_one_letter_that_says_who_has_not_answered(
    database: FreshDatabase, nats_url: str
) -> None:
    async with (
        post_office() as office,
        duty_room(database, nats_url, alert_seconds=1, **mail_settings(office)) as room,
    ):
        await room.hears(grave_incident(1))
        await room.until_alert(1, is_in=AlertState.EXHAUSTED)
        await room.hosted.until(lambda: len(office.letters) == 3)

    assert letters_to(office) == ["tib", "tib_ersattare", "samordnaren"]
    last = office.letter_to("samordnaren")
    assert str(last["Subject"]).endswith(", ingen har svarat")
    assert "Tjänsteman i beredskap, Ersättare för tjänsteman i beredskap är larmade" in text(last)
    assert "efter dig finns ingen mer att larma" in text(last)


async def test_a_problem_is_told_of_as_a_problem(database: FreshDatabase, nats_url: str) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(flagged_problem())
        await room.hosted.until(lambda: len(office.letters) == 1)

    (letter,) = office.letters
    assert str(letter["Subject"]).endswith(" kommer tillbaka")
    assert "väntar på att någon bedömer det" in text(letter)


async def test_an_alert_that_is_raised_again_is_a_letter_of_its_own(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(grave_incident(1))
        await room.hosted.until(lambda: len(office.letters) == 1)
        await room.hears(withdrawal(1), reinstatement(1))
        await room.hosted.until(lambda: len(office.letters) == 2)

    assert letters_to(office) == ["tib", "tib"]
    assert len({letter["Message-ID"] for letter in office.letters}) == 2


async def test_nobody_gets_a_letter_about_what_is_answered_already(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        office.refusals["tib"] = ["451 Try again later"]
        await room.hears(grave_incident(1))
        await room.hosted.until(lambda: office.refusals["tib"] == [])
        await room.hosted.http.put(ACKNOWLEDGEMENT, headers=TIB)
        found = await room.service.do(
            lambda app: app.alert_letter_to_try(AlertLetter.create_id(alert_id(1), 1))
        )
        await room.hosted.until(lambda: letters(room) == [("tib", AlertLetterState.NOT_NEEDED)])

    assert (found, office.letters) == (None, [])


@pytest.mark.parametrize("changes", [{"alert_letters": False}, {"smtp_host": ""}])
async def test_no_letter_is_written_where_it_is_switched_off_or_there_is_no_mail_server(
    database: FreshDatabase, nats_url: str, changes: dict[str, object]
) -> None:
    async with (
        post_office() as office,
        duty_room(database, nats_url, **mail_settings(office) | changes) as room,
    ):
        await room.hears(grave_incident(1))
        await room.until_alert(1, is_in=AlertState.OPEN)

        assert letters(room) == []


async def test_the_page_says_whom_the_letter_has_not_reached(database: FreshDatabase, nats_url: str) -> None:
    functions = tuple(
        each.model_copy(update={"email": None}) if each.function_id == "tib" else each
        for each in example_collaboration().functions
    )
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(set_up(functions=functions))
        await room.hears(grave_incident(1))
        await room.hosted.until(lambda: letters(room) == [("tib", AlertLetterState.HELD)])
        await room.hosted.settled()
        shown = {
            language: (await room.hosted.http.get("/live", headers=TIB | {"Accept-Language": language})).text
            for language in ("sv", "en")
        }

    assert shown["sv"].count("Funktionen har ingen e-postadress i samverkan.") == 2
    assert "Inget brev till Tjänsteman i beredskap" in shown["sv"]
    assert "No e-mail to Tjänsteman i beredskap" in shown["en"]


async def test_an_alert_does_not_wait_behind_the_pictures(database: FreshDatabase, nats_url: str) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        office.keeps_waiting = {f"{name}@valboas.example" for name in RECIPIENTS - {"tib"}}
        await room.hears(published_picture())
        await room.hosted.until(lambda: office.somebody_waits)
        await room.hears(grave_incident(1))
        await room.hosted.until(lambda: letters(room) == [("tib", AlertLetterState.SENT)])
        before = len(office.letters)
        office.lets_everybody_in()
        await room.hosted.until(lambda: len(office.letters) == 1 + len(RECIPIENTS))

    assert before == 1


def prepared() -> AlertLetter:
    return AlertLetter(municipality="9901", alert_id=alert_id(1), recipient="tib", step=1, prepared_at=NOW)


def test_an_alert_letter_that_is_settled_is_tried_no_more() -> None:
    letter = prepared()
    letter.record_attempt(Attempt(), now=NOW)
    letter.record_attempt(Attempt(Obstacle.REFUSED, 550), now=NOW)
    letter.let_be(NOW)

    assert letter.state == AlertLetterState.SENT
    assert not letter.is_due(NOW + timedelta(hours=1))


def test_an_alert_letter_that_cannot_go_now_is_tried_again_after_a_minute() -> None:
    letter = prepared()
    letter.record_attempt(Attempt(Obstacle.NOT_NOW, 451), now=NOW)

    assert (letter.state, letter.due_at) == (AlertLetterState.DUE, NOW + timedelta(minutes=1))


def test_an_alert_letter_is_given_up_in_the_end() -> None:
    letter = prepared()
    letter.record_attempt(Attempt(Obstacle.NOT_NOW, 451), now=NOW + timedelta(days=3))

    assert letter.state == AlertLetterState.FAILED


@pytest.mark.parametrize(
    ("obstacle", "state"),
    [(Obstacle.REFUSED, AlertLetterState.FAILED), (Obstacle.NO_ADDRESS, AlertLetterState.HELD)],
)
def test_an_alert_letter_that_does_not_get_through_says_so_at_once(
    obstacle: Obstacle, state: AlertLetterState
) -> None:
    letter = prepared()
    letter.record_attempt(Attempt(obstacle), now=NOW)

    assert letter.state == state


def test_an_alert_letter_reads_back_as_it_was() -> None:
    letter = prepared()
    letter.record_attempt(Attempt(Obstacle.NOT_NOW, 451), now=NOW)
    letter.let_be(NOW)
    log: Application[UUID] = Application()
    log.save(letter)

    read: object = log.repository.get(letter.id)

    assert isinstance(read, AlertLetter)
    assert {name: (type(each), each) for name, each in vars(read).items()} == {
        name: (type(each), each) for name, each in vars(letter).items()
    }
