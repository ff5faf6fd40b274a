"""E-mail: one letter to one recipient over SMTP, and what the mail server made of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

import aiosmtplib

from est_notifier.domain.distributions import Attempt, Obstacle


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where letters are handed in."""

    host: str
    port: int
    tls: Literal["none", "starttls", "tls"]
    user: str | None
    password: str | None
    timeout_seconds: float


class Mailbag:
    """One open connection to the mail server, for as many letters as there are."""

    def __init__(self, server: MailServer) -> None:
        self._client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            username=server.user,
            password=server.password,
            timeout=server.timeout_seconds,
        )

    async def send(self, message: EmailMessage) -> Attempt:
        """Hand a letter in. Nothing is raised: every outcome is an answer."""
        try:
            if not self._client.is_connected:
                await self._client.connect()
            await self._client.send_message(message)
        except aiosmtplib.SMTPAuthenticationError as refusal:
            # Our own key is wrong, not the recipient: it is put right by an operator, and then it goes.
            return Attempt(Obstacle.UNREACHABLE, refusal.code)
        except aiosmtplib.SMTPRecipientsRefused as refusal:
            return _refused(refusal.recipients[0].code)
        except aiosmtplib.SMTPResponseException as refusal:
            return _refused(refusal.code)
        except (aiosmtplib.SMTPException, OSError):
            self._client.close()
            return Attempt(Obstacle.UNREACHABLE)
        except ValueError:
            # It cannot be put into the bytes that travel; whatever was begun is broken off.
            self._client.close()
            return Attempt(Obstacle.UNWRITABLE)
        return Attempt()

    async def close(self) -> None:
        if self._client.is_connected:
            try:
                await self._client.quit()
            except (aiosmtplib.SMTPException, OSError):
                self._client.close()


@asynccontextmanager
async def mailbag(server: MailServer) -> AsyncIterator[Mailbag]:
    bag = Mailbag(server)
    try:
        yield bag
    finally:
        await bag.close()


def _refused(code: int) -> Attempt:
    # 421: the server is closing; like every 4xx it means "not now", and 5xx means "never".
    return Attempt(Obstacle.REFUSED if code >= 500 else Obstacle.NOT_NOW, code)
