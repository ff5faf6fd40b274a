"""What one can do: alert, answer, send out."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from est_chassis.application import Application
from est_chassis.clock import Clock
from est_chassis.event_store import UnitOfWork
from est_chassis.failures import NotFound
from est_contracts.vocabulary import CollaborationDocument, DistributionList, Week
from est_notifier.domain.alert_letters import AlertLetter
from est_notifier.domain.alerts import Alert, AlertState
from est_notifier.domain.distributions import Attempt, Distribution
from est_notifier.domain.escalation import escalation_chain
from est_notifier.domain.occasions import Cause, Occasion, asks_for_an_alert, calls_for_an_alert
from est_notifier.domain.pictures import PublishedPicture
from est_notifier.domain.reminders import ReminderLetter, WantedReminder

Collaboration = Callable[[], CollaborationDocument | None]


class Notifier(Application):
    """The notifier's use cases."""

    def __init__(
        self,
        work: UnitOfWork,
        clock: Clock,
        *,
        patience: Callable[[int], timedelta],
        writes_alert_letters: bool = False,
    ) -> None:
        super().__init__(work, clock)
        self._patience = patience
        self._writes_alert_letters = writes_alert_letters

    def consider_alert(self, occasion: Occasion, *, holds: bool, collaboration: Collaboration) -> None:
        """Let an alert stand exactly when its occasion holds and asks for one. Again, it changes nothing."""
        alert = self.work.find(Alert, _alert_id(occasion))
        if not (holds and asks_for_an_alert(occasion)):
            self._stand_down(alert)
        elif alert is None or alert.state == AlertState.STOOD_DOWN:
            self._raise(occasion, stood_down=alert, collaboration=collaboration)
        elif occasion.cause == Cause.SEVERITY:
            alert.restate(occasion)
            self.work.save(alert)

    def stand_down_alerts(self, municipality: str, *, problem_id: UUID, weeks: Iterable[Week]) -> None:
        """People have decided about a problem: nobody needs to be called about its flags."""
        for week in weeks:
            alert_id = Alert.create_id(municipality, Cause.PROBLEM, problem_id, str(week))
            self._stand_down(self.work.find(Alert, alert_id))

    def acknowledge_alert(self, *, municipality: str, alert_id: UUID, function: str) -> Alert:
        alert = self._alert(municipality, alert_id)
        alert.acknowledge(function=function, now=self.now)
        self.work.save(alert)
        return alert

    def leave_alert_unanswered(self, *, municipality: str, alert_id: UUID, step: int) -> None:
        """The time to answer is out: call the next function."""
        # Timers live in NATS: after a restored backup one may ring for an alert that we do not know.
        alert = self.work.find(Alert, alert_id)
        if alert is None or alert.municipality != municipality:
            return
        alert.leave_unanswered(step=step, now=self.now)
        self._save_and_call(alert)

    def prepare_distributions(self, picture: PublishedPicture, *, collaboration: Collaboration) -> None:
        """One distribution for each edition that somebody is to have."""
        document = collaboration()
        for distribution_list in document.distribution_lists if document else ():
            if distribution_list.recipients:
                self._prepare_distribution(picture, distribution_list)

    def letter_to_try(self, *, distribution_id: UUID, recipient: str) -> Distribution | None:
        """The distribution, when its letter is due by our own log; read models lag behind it."""
        distribution = self.work.get(Distribution, distribution_id)
        return distribution if distribution.is_due(recipient=recipient, now=self.now) else None

    def record_attempt(self, *, distribution_id: UUID, recipient: str, attempt: Attempt) -> None:
        """A letter has been tried."""
        distribution = self.work.get(Distribution, distribution_id)
        distribution.record_attempt(recipient=recipient, attempt=attempt, now=self.now)
        self.work.save(distribution)

    def prepare_reminder(self, wanted: WantedReminder, *, municipality: str, message_id: str) -> None:
        """Write a reminder letter. The same message again writes no second one."""
        letter_id = ReminderLetter.create_id(municipality, message_id)
        if self.work.find(ReminderLetter, letter_id) is None:
            self.work.save(
                ReminderLetter(
                    municipality=municipality, message_id=message_id, prepared_at=self.now, **wanted._asdict()
                )
            )

    def reminder_to_try(self, letter_id: UUID) -> ReminderLetter | None:
        """The reminder letter, when it is due by our own log and still of use."""
        letter = self.work.get(ReminderLetter, letter_id)
        letter.give_up_when_useless(self.now)
        self.work.save(letter)
        return letter if letter.is_due(self.now) else None

    def record_reminder_attempt(self, letter_id: UUID, *, attempt: Attempt) -> None:
        """A reminder letter has been tried."""
        letter = self.work.get(ReminderLetter, letter_id)
        letter.record_attempt(attempt, now=self.now)
        self.work.save(letter)

    def alert_letter_to_try(self, letter_id: UUID) -> tuple[AlertLetter, Alert] | None:
        """The alert letter and its alert, when it is due by our own log and somebody is still needed."""
        letter = self.work.get(AlertLetter, letter_id)
        alert = self.work.get(Alert, letter.alert_id)
        if not alert.awaits_an_answer(step=letter.step, now=self.now):
            letter.let_be(self.now)
            self.work.save(letter)
        return (letter, alert) if letter.is_due(self.now) else None

    def record_alert_letter_attempt(self, letter_id: UUID, *, attempt: Attempt) -> None:
        """An alert letter has been tried."""
        letter = self.work.get(AlertLetter, letter_id)
        letter.record_attempt(attempt, now=self.now)
        self.work.save(letter)

    def resend_letter(
        self, *, municipality: str, distribution_id: UUID, recipient: str, asked_by: str
    ) -> None:
        distribution = self.work.get(Distribution, distribution_id)
        if distribution.municipality != municipality:
            raise NotFound(str(distribution_id))
        distribution.resend(recipient=recipient, asked_by=asked_by, now=self.now)
        self.work.save(distribution)

    def _prepare_distribution(self, picture: PublishedPicture, distribution_list: DistributionList) -> None:
        edition = distribution_list.edition
        depicted = picture.depicted.stored()
        distribution_id = Distribution.create_id(
            picture.municipality,
            period=picture.period,
            picture_version=picture.version,
            edition=edition,
            picture=depicted,
        )
        if self.work.find(Distribution, distribution_id) is not None:
            return
        self.work.save(
            Distribution(
                municipality=picture.municipality,
                edition=edition,
                period=picture.period,
                picture_version=picture.version,
                reports=picture.reports,
                sentences=[sentence.model_dump() for sentence in picture.sentences],
                correction=picture.correction,
                prepared_at=self.now,
                recipients=distribution_list.recipients,
                picture=depicted,
            )
        )

    def _raise(self, occasion: Occasion, *, stood_down: Alert | None, collaboration: Collaboration) -> None:
        now = self.now
        if not calls_for_an_alert(occasion, now=now):
            return
        document = collaboration()
        # A municipality that has set up nothing has nobody to call.
        if document is None:
            return
        chain, patience = escalation_chain(document, now=now), self._patience(document.alert_minutes)
        if stood_down is None:
            self._save_and_call(Alert.raised(occasion, chain=chain, now=now, patience=patience))
        else:
            stood_down.raise_again(occasion, chain=chain, now=now, patience=patience)
            self._save_and_call(stood_down)

    def _save_and_call(self, alert: Alert) -> None:
        """Save an alert, and write to whoever it calls now: one letter for each step."""
        self.work.save(alert)
        if not self._writes_alert_letters or alert.state != AlertState.OPEN or alert.function is None:
            return
        if self.work.find(AlertLetter, AlertLetter.create_id(alert.id, alert.step)) is None:
            letter = AlertLetter(
                municipality=alert.municipality,
                alert_id=alert.id,
                recipient=alert.function,
                step=alert.step,
                prepared_at=self.now,
            )
            self.work.save(letter)

    def _stand_down(self, alert: Alert | None) -> None:
        if alert is not None:
            alert.stand_down()
            self.work.save(alert)

    def _alert(self, municipality: str, alert_id: UUID) -> Alert:
        alert = self.work.get(Alert, alert_id)
        if alert.municipality != municipality:
            raise NotFound(str(alert_id))
        return alert


def _alert_id(occasion: Occasion) -> UUID:
    week = str(occasion.week) if occasion.week else None
    return Alert.create_id(occasion.municipality, occasion.cause, occasion.concerns, week)
