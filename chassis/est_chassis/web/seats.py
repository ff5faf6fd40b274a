"""The seat cookie: who sits here, signed, so that all four services believe it without asking each other."""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import datetime
from typing import Final

from est_chassis.web.callers import Caller, CallerKind

SEAT_COOKIE: Final = "est_seat"


def session_cookie(caller: Caller, *, secret: str, expires_at: datetime) -> str:
    """The cookie's value: readable by anyone, made only by those who know the secret."""
    document = {**caller.document(), "expires_at": int(expires_at.timestamp())}
    written = base64.urlsafe_b64encode(json.dumps(document, separators=(",", ":")).encode())
    # A cookie with "=" in it would travel in quotation marks.
    payload = written.decode().rstrip("=")
    return f"{payload}.{_signature(payload, secret)}"


def seated_caller(cookie: str, *, secret: str, now: datetime) -> Caller | None:
    """Who the cookie says sits here; None when it was tampered with, is old or cannot be read."""
    payload, _, signature = cookie.partition(".")
    expected = _signature(payload, secret)
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        return None
    try:
        document = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        if document["expires_at"] <= now.timestamp():
            return None
        # A seat that was lent to a device names it; one that somebody chose names none.
        kind = CallerKind.DEVICE if document.get("key_id") else CallerKind.SEAT
        return Caller.from_document(document, kind)
    except (binascii.Error, KeyError, TypeError, ValueError):
        # Signed by an earlier version of ours: sign in again.
        return None


def _signature(payload: str, secret: str) -> str:
    return hmac.new(secret.encode(), payload.encode(), hashlib.sha256).hexdigest()
