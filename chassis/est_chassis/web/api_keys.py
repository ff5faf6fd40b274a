"""API keys: programs come in with `Authorization: Bearer est_<key id>_<secret>`; only the hash is kept."""

import hashlib
import hmac
import json
import secrets
from pathlib import Path
from typing import Final

from est_chassis import logs
from est_chassis.web.callers import Caller, CallerKind

log = logs.get_logger(__name__)

PREFIX: Final = "est_"
_NO_SUCH_KEY: Final = "0" * 64


def new_api_key(key_id: str, secret: str | None = None) -> tuple[str, str]:
    """A token to hand out once, and the hash to keep."""
    token = f"{PREFIX}{key_id}_{secret or secrets.token_urlsafe(32)}"
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """The `sha256` of the keys file. A long random secret needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiKeys:
    """The keys of one file, read again when the file changes."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._read_at: tuple[int, int] | None = None
        self._callers: dict[str, tuple[str, Caller]] = {}

    def caller(self, token: str) -> Caller | None:
        """Who the token belongs to; None when it is not one of ours."""
        self._read_when_changed()
        key_id = token.removeprefix(PREFIX).partition("_")[0]
        digest, caller = self._callers.get(key_id, (_NO_SUCH_KEY, None))
        # Compared also when there is no such key, so that the time taken tells nothing.
        is_right = hmac.compare_digest(digest, digest_of(token))
        return caller if is_right else None

    def _read_when_changed(self) -> None:
        if self._path is None:
            return
        try:
            stat = self._path.stat()
            found_at = (stat.st_mtime_ns, stat.st_size)
            if found_at != self._read_at:
                self._callers = _read(self._path)
                self._read_at = found_at
        except (OSError, ValueError, KeyError, TypeError) as trouble:
            self._keep_what_we_have(trouble)

    def _keep_what_we_have(self, trouble: Exception) -> None:
        """A half-written file locks nobody out; it is read again at the next request."""
        self._read_at = None
        log.warning("api_keys_unreadable", error=type(trouble).__name__, count=len(self._callers))


def _read(path: Path) -> dict[str, tuple[str, Caller]]:
    entries = json.loads(path.read_text(encoding="utf-8"))
    return {
        entry["key_id"]: (entry["sha256"].lower(), Caller.from_document(entry, CallerKind.KEY))
        for entry in entries
    }
