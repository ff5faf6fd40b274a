"""How the parts fit together."""

from functools import partial
from uuid import UUID

from est_chassis.clock import Clock
from est_chassis.service import Service
from est_contracts.vocabulary import CollaborationDocument
from est_notifier import api, pages
from est_notifier.application import Notifier
from est_notifier.channels.alert_letters import AlertNotice, alert_message
from est_notifier.channels.letters import Letter, letter_message
from est_notifier.channels.live import LiveChannel
from est_notifier.channels.mail import MailServer
from est_notifier.channels.mail_round import Desk, MailRound
from est_notifier.channels.reminders import Reminder, reminder_message
from est_notifier.domain.alert_letters import AlertLetter
from est_notifier.domain.alerts import Alert
from est_notifier.domain.distributions import Attempt, Distribution
from est_notifier.domain.live import Bookmark, Reading
from est_notifier.publications import publications
from est_notifier.read_models.alert_letters import AlertLetters, due_alert_letters
from est_notifier.read_models.alerts import Alerts
from est_notifier.read_models.collaborations import Collaborations, collaboration_of
from est_notifier.read_models.live_entries import LiveEntries, beyond, taken_in
from est_notifier.read_models.outgoing_mail import OutgoingMail, due_letters
from est_notifier.read_models.problem_steps import ProblemSteps
from est_notifier.read_models.reminder_letters import ReminderLetters, due_reminder_letters
from est_notifier.read_models.report_steps import ReportSteps
from est_notifier.settings import NotifierSettings
from est_notifier.subscriptions import subscriptions

# What the front door leads here.
PREFIXES = (
    "/live",
    "/distributions",
    "/v1/municipalities/{code}/live",
    "/v1/municipalities/{code}/alerts",
    "/v1/municipalities/{code}/distributions",
)

# Nothing here is to be erased: recipients are functions, and letters hold no report.
BESIDE_TABLES = ""


class NotifierService(Service[Notifier]):
    """The notifier, with its live channel and its mail round."""

    def __init__(self, settings: NotifierSettings, *, clock: Clock | None = None) -> None:
        super().__init__(
            settings,
            application=partial(
                Notifier,
                patience=settings.patience,
                # Without a mail server they could reach nobody.
                writes_alert_letters=settings.alert_letters and bool(settings.smtp_host),
            ),
            # Collaborations first: they are what the others are read with.
            read_models=(
                Collaborations(),
                ReportSteps(),
                ProblemSteps(),
                Alerts(),
                OutgoingMail(),
                LiveEntries(),
                ReminderLetters(),
                AlertLetters(),
            ),
            subscriptions=subscriptions,
            publications=publications,
            routers=(api.router, *pages.routers),
            clock=clock,
        )
        self.live = LiveChannel(
            self._live_beyond,
            self._live_bookmark,
            heartbeat_seconds=settings.heartbeat_seconds,
            poll_seconds=settings.live_poll_seconds,
        )
        server, poll_seconds = _mail_server(settings), settings.mail_poll_seconds
        self.mail_round = MailRound(
            (self._distribution_desk(settings), self._reminder_desk(settings)),
            server=server,
            poll_seconds=poll_seconds,
        )
        # A round of its own: somebody who is to answer now does not wait behind a hundred pictures.
        self.alert_round = MailRound((self._alert_desk(settings),), server=server, poll_seconds=poll_seconds)
        self.after_inbox_commit(self._wake)
        self.background(self.live.run)
        self.background(self.mail_round.run)
        self.background(self.alert_round.run)
        self.background(self._let_listeners_go)

    def _wake(self, upstream: str, _facts: object) -> None:
        self.live.wake()
        if upstream == self.name:
            self.mail_round.wake()
            self.alert_round.wake()

    async def _let_listeners_go(self) -> None:
        await self.draining.wait()
        self.live.close()

    async def _live_beyond(self, bookmark: Bookmark, municipality: str | None, limit: int) -> Reading:
        return await self.ask(lambda cursor: beyond(cursor, bookmark, municipality=municipality, limit=limit))

    async def _live_bookmark(self) -> Bookmark:
        return await self.ask(taken_in)

    def _distribution_desk(self, settings: NotifierSettings) -> Desk[Letter]:
        return Desk(
            "distribution",
            self._due_letters,
            self._letter_to_try,
            partial(letter_message, sender=settings.mail_from, front_url=settings.front_url),
            self._record_attempt,
        )

    def _reminder_desk(self, settings: NotifierSettings) -> Desk[Reminder]:
        return Desk(
            "reminder",
            self._due_reminders,
            self._reminder_to_try,
            partial(reminder_message, sender=settings.mail_from, front_url=settings.front_url),
            self._record_reminder_attempt,
        )

    def _alert_desk(self, settings: NotifierSettings) -> Desk[AlertNotice]:
        return Desk(
            "alert",
            self._due_alert_letters,
            self._alert_letter_to_try,
            partial(alert_message, sender=settings.mail_from, front_url=settings.front_url),
            self._record_alert_letter_attempt,
        )

    async def _due_letters(self, limit: int) -> list[tuple[UUID, str]]:
        now = self.clock.now()
        return await self.ask(lambda cursor: due_letters(cursor, now=now, limit=limit))

    async def _letter_to_try(
        self, distribution_id: UUID, recipient: str
    ) -> tuple[Letter, CollaborationDocument | None] | None:
        distribution = await self.do(
            lambda app: app.letter_to_try(distribution_id=distribution_id, recipient=recipient)
        )
        if distribution is None:
            return None
        municipality = distribution.municipality
        collaboration = await self.ask(lambda cursor: collaboration_of(cursor, municipality))
        return _letter(distribution, recipient), collaboration

    async def _record_attempt(self, distribution_id: UUID, recipient: str, attempt: Attempt) -> None:
        await self.do(
            lambda app: app.record_attempt(
                distribution_id=distribution_id, recipient=recipient, attempt=attempt
            )
        )

    async def _due_reminders(self, limit: int) -> list[tuple[UUID, str]]:
        now = self.clock.now()
        return await self.ask(lambda cursor: due_reminder_letters(cursor, now=now, limit=limit))

    async def _reminder_to_try(
        self, letter_id: UUID, recipient: str
    ) -> tuple[Reminder, CollaborationDocument | None] | None:
        letter = await self.do(lambda app: app.reminder_to_try(letter_id))
        if letter is None:
            return None
        municipality = letter.municipality
        collaboration = await self.ask(lambda cursor: collaboration_of(cursor, municipality))
        reminder = Reminder(
            letter_id=letter_id,
            function=letter.function,
            recipient=recipient,
            period=letter.period,
            deadline_at=letter.deadline_at,
            cause=letter.cause,
            prepared_at=letter.prepared_at,
        )
        return reminder, collaboration

    async def _record_reminder_attempt(self, letter_id: UUID, _recipient: str, attempt: Attempt) -> None:
        await self.do(lambda app: app.record_reminder_attempt(letter_id, attempt=attempt))

    async def _due_alert_letters(self, limit: int) -> list[tuple[UUID, str]]:
        now = self.clock.now()
        return await self.ask(lambda cursor: due_alert_letters(cursor, now=now, limit=limit))

    async def _alert_letter_to_try(
        self, letter_id: UUID, _recipient: str
    ) -> tuple[AlertNotice, CollaborationDocument | None] | None:
        found = await self.do(lambda app: app.alert_letter_to_try(letter_id))
        if found is None:
            return None
        letter, alert = found
        collaboration = await self.ask(lambda cursor: collaboration_of(cursor, alert.municipality))
        return _notice(letter, alert), collaboration

    async def _record_alert_letter_attempt(self, letter_id: UUID, _recipient: str, attempt: Attempt) -> None:
        await self.do(lambda app: app.record_alert_letter_attempt(letter_id, attempt=attempt))


def build(settings: NotifierSettings, *, clock: Clock | None = None) -> NotifierService:
    """The service, ready to be started."""
    return NotifierService(settings, clock=clock)


def _letter(distribution: Distribution, recipient: str) -> Letter:
    return Letter(
        distribution_id=distribution.id,
        edition=distribution.edition,
        depicted=distribution.depicted,
        version=distribution.picture_version,
        reports=distribution.reports,
        sentences=distribution.sentences,
        correction=distribution.correction,
        prepared_at=distribution.prepared_at,
        recipient=recipient,
    )


def _notice(letter: AlertLetter, alert: Alert) -> AlertNotice:
    place = letter.step - alert.steps_before
    return AlertNotice(
        letter_id=letter.id,
        recipient=letter.recipient,
        prepared_at=letter.prepared_at,
        cause=alert.cause,
        theme=alert.theme,
        area=alert.area,
        severity=alert.severity,
        happened_at=alert.happened_at,
        answer_by=alert.answer_by if letter.step == alert.step else None,
        called=alert.chain[: place - 1],
        following=alert.chain[place] if place < len(alert.chain) else None,
    )


def _mail_server(settings: NotifierSettings) -> MailServer | None:
    if not settings.smtp_host:
        return None
    password = settings.smtp_password
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        # An environment that passes on what nobody has set says "".
        user=settings.smtp_user or None,
        password=password.get_secret_value() if password else None,
        timeout_seconds=settings.smtp_timeout_seconds,
    )
