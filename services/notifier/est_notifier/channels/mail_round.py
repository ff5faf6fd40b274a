"""The mail round: takes what is due, tries it once, and has every outcome recorded."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from est_chassis.failures import Unavailable
from est_chassis.logs import get_logger, reason_of
from est_contracts.vocabulary import CollaborationDocument, Function
from est_notifier.channels.letters import UnusableAddress
from est_notifier.channels.mail import Mailbag, MailServer, mailbag
from est_notifier.domain.distributions import Attempt, Obstacle

ROUND = 200

log = get_logger(__name__)

L = TypeVar("L")
Lc_contra = TypeVar("Lc_contra", contravariant=True)

DueLetters = Callable[[int], Awaitable[Sequence[tuple[UUID, str]]]]
LetterToTry = Callable[[UUID, str], Awaitable[tuple[L, CollaborationDocument | None] | None]]
RecordAttempt = Callable[[UUID, str, Attempt], Awaitable[None]]


class Compose(Protocol[Lc_contra]):
    """Puts a letter to one function into words."""

    def __call__(
        self, letter: Lc_contra, collaboration: CollaborationDocument, *, recipient: Function
    ) -> EmailMessage: ...


@dataclass(frozen=True)
class Desk(Generic[L]):
    """What the round asks of the service about one kind of letter, and to record what became of it."""

    kind: str
    due_letters: DueLetters
    letter_to_try: LetterToTry[L]
    compose: Compose[L]
    record_attempt: RecordAttempt


class MailRound:
    """Sends what is due. Only what is recorded is remembered: kill it at any moment, and it goes on."""

    def __init__(self, desks: Sequence[Desk[Any]], *, server: MailServer | None, poll_seconds: float) -> None:
        self._desks = tuple(desks)
        self._server = server
        self._poll_seconds = poll_seconds
        self._woken = asyncio.Event()
        self._left: set[tuple[UUID, str]] = set()

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
        due = [(desk, letter) for desk in self._desks for letter in await desk.due_letters(ROUND)]
        if not due:
            return
        if self._server is None:
            for desk, letter in due:
                await self._try(desk, *letter, bag=None)
            return
        async with mailbag(self._server) as bag:
            for desk, letter in due:
                await self._try(desk, *letter, bag=bag)

    async def _try(self, desk: Desk[Any], letter_id: UUID, recipient: str, *, bag: Mailbag | None) -> None:
        """Try one letter. Whatever goes wrong with it is its own: the others are waiting."""
        if (letter_id, recipient) in self._left:
            return
        attempt = await self._attempt(desk, letter_id, recipient, bag=bag)
        if attempt is None:
            return
        try:
            await desk.record_attempt(letter_id, recipient, attempt)
        except Unavailable:
            raise
        except Exception as failure:
            # It may have gone: to try it again at every round would be worse than not to know.
            self._left.add((letter_id, recipient))
            _log_error("letter_not_recorded", desk, letter_id, failure)
            return
        log.info(
            "letter_tried",
            kind=desk.kind,
            message_id=str(letter_id),
            function=recipient,
            outcome=attempt.obstacle or "sent",
        )

    async def _attempt(
        self, desk: Desk[Any], letter_id: UUID, recipient: str, *, bag: Mailbag | None
    ) -> Attempt | None:
        """How it went; None when it is not to be tried after all."""
        try:
            found = await desk.letter_to_try(letter_id, recipient)
            if found is None:
                return None
            letter, collaboration = found
            if bag is None:
                return Attempt(Obstacle.NO_MAIL_SERVER)
            function = _function(recipient, collaboration)
            if collaboration is None or function is None or function.email is None:
                return Attempt(Obstacle.NO_ADDRESS)
            return await bag.send(desk.compose(letter, collaboration, recipient=function))
        except Unavailable:
            raise
        except UnusableAddress:
            return Attempt(Obstacle.UNUSABLE_ADDRESS)
        except Exception as failure:
            _log_error("letter_unwritable", desk, letter_id, failure)
            return Attempt(Obstacle.UNWRITABLE)


def _log_error(fact: str, desk: Desk[Any], letter_id: UUID, failure: Exception) -> None:
    log.error(fact, kind=desk.kind, message_id=str(letter_id), error=reason_of(failure))


def _function(function_id: str, collaboration: CollaborationDocument | None) -> Function | None:
    functions = collaboration.functions if collaboration else ()
    return next((each for each in functions if each.function_id == function_id), None)
