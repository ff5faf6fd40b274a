"""One distribution: what becomes of each letter, and when it is tried again."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.application import Application

from est_contracts.example_collaboration import HAMNEN
from est_contracts.vocabulary import Edition, Level, PictureCalendar, PictureScope, Words
from est_notifier.domain.distributions import Attempt, Distribution, LetterState, Obstacle
from est_notifier.domain.editions import may_tell_the_count, sentences_in
from est_notifier.domain.pictures import Depicted
from est_notifier.domain.refusals import LetterIsOnItsWay, NotARecipient
from est_notifier.domain.retries import next_try

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
NOT_NOW = Attempt(Obstacle.NOT_NOW, 451)
REFUSED = Attempt(Obstacle.REFUSED, 550)


def depicted(scope: str = "") -> Depicted:
    period = PictureCalendar().parse("2026-W47")
    return Depicted(period=period, scope=PictureScope.parse(scope), level=Level.YELLOW, is_public=True)


def prepared_distribution(scope: str = "") -> Distribution:
    return Distribution(
        municipality="9901",
        edition=Edition.DUTY_OFFICER,
        period="2026-W47",
        picture_version=1,
        reports=31,
        sentences=[{"sv": "Lugnt.", "en": "Calm."}],
        correction=None,
        prepared_at=NOW,
        recipients=("tib", "tib_ersattare"),
        picture=depicted(scope).stored(),
    )


def failed_distribution() -> Distribution:
    distribution = prepared_distribution()
    distribution.record_attempt(recipient="tib", attempt=REFUSED, now=NOW)
    return distribution


def test_a_letter_that_is_sent_or_on_its_way_is_not_sent_again() -> None:
    distribution = prepared_distribution()
    distribution.record_attempt(recipient="tib", attempt=Attempt(), now=NOW)

    for recipient in ("tib", "tib_ersattare"):
        with pytest.raises(LetterIsOnItsWay):
            distribution.resend(recipient=recipient, asked_by="samordnaren", now=NOW)


def test_nobody_is_added_to_a_distribution_afterwards() -> None:
    with pytest.raises(NotARecipient):
        prepared_distribution().resend(recipient="kommundirektoren", asked_by="samordnaren", now=NOW)


def test_a_letter_that_is_taken_in_is_sent() -> None:
    distribution = prepared_distribution()
    distribution.record_attempt(recipient="tib", attempt=Attempt(), now=NOW)

    assert distribution.letters["tib"].state == LetterState.SENT
    assert distribution.is_due(recipient="tib_ersattare", now=NOW)


def test_a_letter_that_is_refused_for_good_has_failed() -> None:
    assert failed_distribution().letters["tib"].state == LetterState.FAILED


@pytest.mark.parametrize("obstacle", [Obstacle.NO_MAIL_SERVER, Obstacle.NO_ADDRESS])
def test_a_letter_that_could_not_even_be_tried_is_held(obstacle: Obstacle) -> None:
    distribution = prepared_distribution()
    distribution.record_attempt(recipient="tib", attempt=Attempt(obstacle), now=NOW)

    assert distribution.letters["tib"].state == LetterState.HELD


def test_an_outcome_that_comes_twice_is_recorded_once() -> None:
    distribution = prepared_distribution()
    distribution.record_attempt(recipient="tib", attempt=Attempt(), now=NOW)
    distribution.record_attempt(recipient="tib", attempt=REFUSED, now=NOW)

    assert distribution.letters["tib"].state == LetterState.SENT
    assert len(distribution.collect_events()) == 2


def test_a_letter_that_cannot_go_now_is_tried_after_one_two_five_ten_and_fifteen_minutes() -> None:
    distribution, now, pauses = prepared_distribution(), NOW, []
    for _try in range(7):
        distribution.record_attempt(recipient="tib", attempt=NOT_NOW, now=now)
        due_at = distribution.letters["tib"].due_at
        assert due_at is not None
        pauses.append((due_at - now).total_seconds() / 60)
        now = due_at

    assert pauses == [1, 2, 5, 10, 15, 15, 15]


def test_a_letter_is_given_up_after_three_days() -> None:
    day = timedelta(days=1)

    assert next_try(attempt=90, now=NOW + 2 * day, first_due_at=NOW) is not None
    assert next_try(attempt=200, now=NOW + 3 * day, first_due_at=NOW) is None


def test_a_letter_that_is_given_up_has_failed() -> None:
    distribution = prepared_distribution()
    distribution.record_attempt(recipient="tib", attempt=NOT_NOW, now=NOW + timedelta(days=3))

    assert distribution.letters["tib"].state == LetterState.FAILED


def test_a_letter_that_is_sent_anew_gets_three_days_of_its_own() -> None:
    distribution = failed_distribution()
    later = NOW + timedelta(days=9)
    distribution.resend(recipient="tib", asked_by="samordnaren", now=later)
    distribution.record_attempt(recipient="tib", attempt=NOT_NOW, now=later)

    assert distribution.letters["tib"].due_at == later + timedelta(minutes=1)


def test_the_same_edition_of_the_same_picture_is_one_distribution() -> None:
    assert prepared_distribution().id == prepared_distribution().id


def test_pictures_of_different_parts_are_different_distributions() -> None:
    assert prepared_distribution(HAMNEN).id != prepared_distribution().id


def test_a_distribution_from_before_there_were_other_pictures_is_of_a_week_of_everywhere() -> None:
    prepared = next(iter(prepared_distribution().collect_events()))
    written = {name: told for name, told in vars(prepared).items() if name != "picture"}

    event: Any = object.__new__(Distribution.Prepared)
    event.__dict__.update(written)
    read = event.mutate(None)

    assert isinstance(read, Distribution)
    assert read.id == prepared_distribution().id
    assert (str(read.depicted.period), str(read.depicted.scope)) == ("2026-W47", "")
    assert (read.depicted.level, read.depicted.is_public) == (None, False)


def test_a_distribution_reads_back_as_it_was() -> None:
    distribution = failed_distribution()
    distribution.resend(recipient="tib", asked_by="samordnaren", now=NOW)
    distribution.record_attempt(recipient="tib_ersattare", attempt=NOT_NOW, now=NOW)
    log: Application[UUID] = Application()
    log.save(distribution)

    read: object = log.repository.get(distribution.id)

    assert isinstance(read, Distribution)
    assert {name: (type(each), each) for name, each in vars(read).items()} == {
        name: (type(each), each) for name, each in vars(distribution).items()
    }


PLACES = ("Valboås centrum", "Norrängen", "Busstorget")


def said(sv: str) -> Words:
    return Words(sv=sv, en="The same in English.")


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("Skadegörelse i Norrängen: 17 rapporter.", False),
        ("Tre av de 4 bränderna var i bilar.", False),
        ("Skadegörelse ökar: 17 rapporter, mot 9 veckan före.", True),
        ("Narkotika: 12 rapporter, 0 mer än väntat 12,3 i vecka 2026-W47.", True),
        ("Inga bränder.", True),
        ("Flest på en och samma plats: Busstorget 9.", False),
        ("Skadegörelse 7, +6 mot v. 46.", False),
        ("Skadegörelse 8, −7 mot v. 46.", True),
        ("27 rapporter, +8 (+42 %) mot v. 46 och +22 mot v. 45.", False),
        ("10 av 12 hände kl. 18–24; fredag var tätaste dagen (8).", False),
    ],
)
def test_the_general_edition_names_no_place_and_gives_no_small_number_away(
    sentence: str, is_told: bool
) -> None:
    told = sentences_in(Edition.GENERAL, [said(sentence)], place_names=PLACES)

    assert bool(told) is is_told


@pytest.mark.parametrize("edition", [Edition.INTERNAL, Edition.DUTY_OFFICER, Edition.PLAIN_TEXT])
def test_the_other_editions_say_it_all(edition: Edition) -> None:
    sentences = [said("Skadegörelse i Norrängen: 2 rapporter.")]

    assert sentences_in(edition, sentences, place_names=PLACES) == sentences


def test_the_general_edition_does_not_tell_a_small_count_of_reports() -> None:
    assert [may_tell_the_count(Edition.GENERAL, count) for count in (0, 5, 6)] == [True, False, True]
    assert may_tell_the_count(Edition.INTERNAL, 5)
