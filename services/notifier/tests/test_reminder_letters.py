"""Reminder letters: to the right mailbox, with the right links, once, and not when it is of no use."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from duty_room import COORDINATOR, REPORTER, DutyRoom, Places, Tell, duty_room, seat
from test_mail_delivery import mail_settings, post_office

from est_chassis.testing import FreshDatabase
from est_contracts.examples import example_of
from est_contracts.messages import ReturnReminded
from est_contracts.vocabulary import ReminderCause, Role
from est_notifier.domain.distributions import Attempt, LetterState, Obstacle
from est_notifier.domain.reminders import ReminderLetter
from est_notifier.read_models.reminder_letters import reminder_letters_of

PAGE = "/distributions/reminders"
FIELD, BOVARD = "faltgruppen", "bovard_norrangen"
NOW = datetime(2026, 11, 17, 13, 0, tzinfo=UTC)
DEADLINE = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def reminder(**changes: Any) -> Tell:
    said: dict[str, Any] = {
        "function": FIELD,
        "addressed_to": FIELD,
        "period": "2026-W47",
        "due_at": datetime.now(UTC) + timedelta(hours=20),
        "cause": ReminderCause.SCHEDULE,
    }

    def tell(places: Places) -> ReturnReminded:
        return example_of(ReturnReminded, recorded=places.recorded("intake"), **(said | changes))

    return tell


def states(room: DutyRoom) -> list[tuple[str, LetterState]]:
    with room.service.store.cursor() as cursor:
        return [(each.recipient, each.state) for each in reminder_letters_of(cursor, "9901")]


def text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


async def test_a_reminder_says_which_week_it_is_about_and_where_one_tap_is_enough(
    database: FreshDatabase, nats_url: str
) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(reminder())
        await room.hosted.until(lambda: states(room) == [(FIELD, LetterState.SENT)])

    letter = office.letter_to(FIELD)
    assert letter["Subject"] == "Påminnelse: rapporten för vecka 47"
    assert "Fältgruppen har inte hörts av än för vecka 47." in text(letter)
    assert "https://est.valboas.example/report\n" in text(letter)
    assert "https://est.valboas.example/return/nothing?period=2026-W47\n" in text(letter)
    assert "In English" in text(letter) and "112" in text(letter)


async def test_whoever_stands_in_is_told_for_which_seat(database: FreshDatabase, nats_url: str) -> None:
    stands_in = reminder(function=BOVARD, cause=ReminderCause.STANDING_IN, period="2026-W46-W47")
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(stands_in)
        await room.hosted.until(lambda: states(room) == [(FIELD, LetterState.SENT)])

    letter = office.letter_to(FIELD)
    assert letter["Subject"] == "Du är ersättare: rapporten för vecka 46–47, Bovärd Norrängen"
    assert f"/report?function={BOVARD}\n" in text(letter)
    assert f"/return/nothing?period=2026-W46-W47&function={BOVARD}\n" in text(letter)


async def test_the_same_reminder_told_twice_is_one_letter(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        (message,) = await room.hears(reminder())
        (handler,) = room.service.subscriptions.handlers_of(message)
        await room.service.do(lambda app: handler(message, app))
        await room.hosted.settled()

        assert len(states(room)) == 1


async def test_a_function_without_a_mailbox_holds_its_letter(database: FreshDatabase, nats_url: str) -> None:
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(reminder(function=BOVARD, addressed_to=BOVARD))
        await room.hosted.until(lambda: states(room) == [(BOVARD, LetterState.HELD)])
        shown = (await room.hosted.http.get(PAGE, headers=COORDINATOR)).text

    assert office.letters == []
    assert "Hålls inne" in shown
    assert "Funktionen har ingen e-postadress i samverkan." in shown
    assert f'href="/set-up/parts/functions/things/{BOVARD}"' in shown


async def test_coordinators_see_who_was_reminded_and_no_address(
    database: FreshDatabase, nats_url: str
) -> None:
    stands_in = reminder(function=BOVARD, cause=ReminderCause.STANDING_IN)
    async with post_office() as office, duty_room(database, nats_url, **mail_settings(office)) as room:
        await room.hears(stands_in)
        await room.hosted.until(lambda: states(room) == [(FIELD, LetterState.SENT)])
        shown = await room.hosted.http.get(PAGE, headers=COORDINATOR)
        in_english = await room.hosted.http.get(PAGE, headers=COORDINATOR | {"Accept-Language": "en"})
        reporter = await room.hosted.http.get(PAGE, headers=REPORTER)
        neighbour = seat("samordnaren", Role.COORDINATOR, municipality="9902")
        elsewhere = await room.hosted.http.get(PAGE, headers=neighbour)

    assert "Fältgruppen" in shown.text and "Ersätter Bovärd Norrängen" in shown.text
    assert "vecka 47, 2026" in shown.text and "week 47, 2026" in in_english.text
    assert "Skickat" in shown.text and "@" not in shown.text
    assert "Stands in for Bovärd Norrängen" in in_english.text
    assert reporter.status_code == 403
    assert "Ingen har påmints ännu" in elsewhere.text


async def test_without_a_mail_server_reminders_are_shown_as_held(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(reminder())
        await room.hosted.until(lambda: states(room) == [(FIELD, LetterState.HELD)])
        shown = (await room.hosted.http.get(PAGE, headers=COORDINATOR)).text

    assert "Påminnelser hålls inne och skickas inte i efterhand." in shown
    assert "Hålls inne" in shown


def test_a_reminder_of_what_was_due_while_we_were_away_is_not_sent() -> None:
    letter = prepared()

    letter.give_up_when_useless(DEADLINE + timedelta(hours=5))

    assert letter.delivery.state == LetterState.FAILED


def prepared(cause: ReminderCause = ReminderCause.SCHEDULE) -> ReminderLetter:
    return ReminderLetter(
        municipality="9901",
        message_id="intake:1",
        function=FIELD,
        recipient=FIELD,
        period="2026-W46",
        deadline_at=DEADLINE,
        cause=cause,
        prepared_at=NOW,
    )


def test_a_letter_that_is_settled_is_tried_no_more() -> None:
    letter = prepared()
    letter.record_attempt(Attempt(), now=NOW)
    letter.record_attempt(Attempt(Obstacle.REFUSED, 550), now=NOW)

    assert letter.delivery.state == LetterState.SENT
    assert not letter.is_due(NOW + timedelta(hours=1))


def test_a_passing_obstacle_postpones_as_long_as_the_reminder_is_of_use() -> None:
    letter, now = prepared(), NOW
    while letter.delivery.due_at is not None:
        now = letter.delivery.due_at
        letter.record_attempt(Attempt(Obstacle.UNREACHABLE), now=now)

    assert letter.delivery.state == LetterState.FAILED
    assert DEADLINE < now <= NOW + timedelta(hours=24)
    assert letter.delivery.attempts > 10


def test_a_refused_letter_has_failed_at_once() -> None:
    letter = prepared()
    letter.record_attempt(Attempt(Obstacle.REFUSED, 550), now=NOW)

    assert letter.delivery.state == LetterState.FAILED
