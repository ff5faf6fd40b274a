"""The mail round: takes what is due, tries it once, and has every outcome recorded."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from est_chassis.failures import Unavailable
from est_chassis.logs import get_logger
from est_contracts.vocabulary import CollaborationDocument, Function
from est_notifier.channels.letters import Letter, envelope, write
from est_notifier.channels.mail import Mailbag, MailServer, mailbag
from est_notifier.domain.distributions import Attempt, Obstacle

ROUND = 200

log = get_logger(__name__)

DueLetters = Callable[[int], Awaitable[Sequence[tuple[UUID, str]]]]
LetterToTry = Callable[[UUID, str], Awaitable[tuple[Letter, CollaborationDocument | None] | None]]
RecordAttempt = Callable[[UUID, str, Attempt], Awaitable[None]]


@dataclass(frozen=True)
class Desk:
    """What the round asks of the service: what is due, what it says, and to record what became of it."""

    due_letters: DueLetters
    letter_to_try: LetterToTry
    record_attempt: RecordAttempt


class MailRound:
    """Sends what is due. Only what is recorded is remembered: kill it at any moment, and it goes on."""

    def __init__(
        self, desk: Desk, *, server: MailServer | None, sender: str, front_url: str, poll_seconds: float
    ) -> None:
        self._desk = desk
        self._server = server
        self._sender = sender
        self._front_url = front_url
        self._poll_seconds = poll_seconds
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something may have become due."""
        self._woken.set()

    async def run(self) -> None:
        """Go the round for ever: when woken, and now and then for what was postponed."""
        while True:
            self._woken.clear()
            try:
                await self.go()
            except Unavailable:
                log.warning("mail_round_waits", delay_seconds=self._poll_seconds)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._poll_seconds):
                    await self._woken.wait()

    async def go(self) -> None:
        """Try everything that is due, once."""
        due = await self._desk.due_letters(ROUND)
        if not due:
            return
        if self._server is None:
            for distribution_id, recipient in due:
                await self._try(distribution_id, recipient, bag=None)
            return
        async with mailbag(self._server) as bag:
            for distribution_id, recipient in due:
                await self._try(distribution_id, recipient, bag=bag)

    async def _try(self, distribution_id: UUID, recipient: str, *, bag: Mailbag | None) -> None:
        found = await self._desk.letter_to_try(distribution_id, recipient)
        if found is None:
            return
        letter, collaboration = found
        attempt = await self._attempt(letter, collaboration, bag=bag)
        await self._desk.record_attempt(distribution_id, recipient, attempt)
        log.info(
            "letter_tried",
            distribution_id=str(distribution_id),
            function=recipient,
            edition=letter.edition,
            outcome=attempt.obstacle or "sent",
        )

    async def _attempt(
        self, letter: Letter, collaboration: CollaborationDocument | None, *, bag: Mailbag | None
    ) -> Attempt:
        if bag is None:
            return Attempt(Obstacle.NO_MAIL_SERVER)
        function = _function(letter.recipient, collaboration)
        if collaboration is None or function is None or function.email is None:
            return Attempt(Obstacle.NO_ADDRESS)
        written = write(letter, collaboration, front_url=self._front_url)
        message = envelope(letter, written, sender=self._sender, address=function.email, title=function.title)
        return await bag.send(message)


def _function(function_id: str, collaboration: CollaborationDocument | None) -> Function | None:
    functions = collaboration.functions if collaboration else ()
    return next((each for each in functions if each.function_id == function_id), None)
