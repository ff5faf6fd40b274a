"""A key by which a program comes in, issued by a coordinator and bound to a function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.guard import FINDING_WORDS, refuses
from est_contracts.vocabulary import FieldError, Rejected, Role, Words
from est_intake.domain.collaboration import SetUpInUse


class KeyScope(StrEnum):
    """What a key may do (behörighet); a key does nothing that is not among its scopes."""

    REPORTS_WRITE = "reports:write"
    REPORTS_READ = "reports:read"
    CHANGES_READ = "changes:read"
    RETURNS_WRITE = "returns:write"


SCOPE_WORDS: Mapping[KeyScope, Words] = MappingProxyType(
    {
        KeyScope.REPORTS_WRITE: Words(sv="Skicka och återta rapporter", en="Send and withdraw reports"),
        KeyScope.REPORTS_READ: Words(sv="Läsa enskilda rapporter", en="Read single reports"),
        KeyScope.CHANGES_READ: Words(sv="Följa allt som ändras", en="Follow everything that changes"),
        KeyScope.RETURNS_WRITE: Words(sv="Skicka periodrapporter", en="Send period returns"),
    }
)

#: What a program may be of all that its function is: it never operates the house.
ROLES_OF_PROGRAMS = frozenset({Role.REPORTER, Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER})
LONGEST_NAME = 80
LARGEST_QUOTA = 100_000


class KeyIsRefused(Rejected):
    """The key cannot be issued as it was asked for; each field that stands in the way is named."""

    code = "key_is_refused"
    http_status = 422
    words = Words(
        sv="Nyckeln är inte utfärdad. Rätta det som står nedan.",
        en="The key is not issued. Correct what is said below.",
    )


@dataclass(frozen=True)
class KeyOrder:
    """A key as it is asked for."""

    municipality: str
    function: str
    name: str
    scopes: tuple[KeyScope, ...]
    quota_per_minute: int
    expires_on: date | None = None

    def refuse_unless_sound(self, set_up: SetUpInUse, *, today: date) -> None:
        """Raise a refusal that names every field in the way, or nothing."""
        errors = (*self._name_errors(today), *self._function_errors(set_up), *self._limit_errors(today))
        if errors:
            raise KeyIsRefused(errors=errors)

    def _name_errors(self, today: date) -> Sequence[FieldError]:
        if not 1 <= len(self.name) <= LONGEST_NAME or not self.name.isprintable():
            return _error(
                "name",
                sv="Skriv programmets namn, högst 80 tecken.",
                en="Name the program, at most 80 characters.",
            )
        return [FieldError("name", FINDING_WORDS[found]) for found in refuses(self.name, today=today)]

    def _function_errors(self, set_up: SetUpInUse) -> Sequence[FieldError]:
        roles = {each.function_id: each.roles for each in set_up.document.functions}
        if self.function not in roles:
            return _error(
                "function",
                sv="Funktionen finns inte i kommunens samverkan.",
                en="The function is not part of the municipality's collaboration.",
            )
        if ROLES_OF_PROGRAMS.isdisjoint(roles[self.function]):
            return _error(
                "function",
                sv="Funktionen har ingen roll som ett program kan ha.",
                en="The function has no role that a program can have.",
            )
        return ()

    def _limit_errors(self, today: date) -> Sequence[FieldError]:
        errors: list[FieldError] = []
        if not self.scopes:
            errors += _error("scopes", sv="Välj minst en behörighet.", en="Choose at least one scope.")
        if not 1 <= self.quota_per_minute <= LARGEST_QUOTA:
            errors += _error(
                "quota_per_minute",
                sv=f"Ange ett tal från 1 till {LARGEST_QUOTA}.",
                en=f"Give a number from 1 to {LARGEST_QUOTA}.",
            )
        if self.expires_on is not None and self.expires_on < today:
            errors += _error("expires_on", sv="Dagen har varit.", en="The day has passed.")
        return errors


class ApiKey(Aggregate):
    """An API key (nyckel). The log holds the SHA-256 of its secret and never the secret."""

    TOPIC = "intake.api_key"

    class Event(Aggregate.Event):
        """Something that has happened to a key."""

        municipality: str
        key_id: str

    class Issued(Event, Aggregate.Created):
        """A coordinator has issued the key; the secret was shown once."""

        TOPIC = "intake.api_key.issued"
        function: str
        name: str
        scopes: list[str]
        quota_per_minute: int
        expires_on: str | None
        sha256: str
        by_function: str | None
        # The first events did not say it.
        open_roles_only: bool = False

    # The library wants this name as soon as TOPIC is set.
    Created = Issued

    class Revoked(Event):
        """The key opens nothing any more."""

        TOPIC = "intake.api_key.revoked"
        by_function: str | None

    @classmethod
    def create_id(cls, key_id: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"est:intake:api_key:{key_id}")

    @classmethod
    def issued(
        cls,
        order: KeyOrder,
        *,
        key_id: str,
        sha256: str,
        by_function: str | None,
        open_roles_only: bool,
    ) -> Self:
        """What an open seat comes to do later is not opened by a key that anybody could issue."""
        return cls(
            municipality=order.municipality,
            key_id=key_id,
            function=order.function,
            name=order.name,
            scopes=[str(scope) for scope in order.scopes],
            quota_per_minute=order.quota_per_minute,
            expires_on=order.expires_on.isoformat() if order.expires_on else None,
            sha256=sha256,
            by_function=by_function,
            open_roles_only=open_roles_only,
        )

    @event(Issued)
    def __init__(  # noqa: PLR0913 - a key is these
        self, *, municipality: str, key_id: str, function: str, name: str, scopes: list[str],
        quota_per_minute: int, expires_on: str | None, sha256: str, by_function: str | None,
        open_roles_only: bool = False,
    ) -> None:  # fmt: skip
        self.municipality = municipality
        self.key_id = key_id
        self.function = function
        self.is_revoked = False

    def revoke(self, *, by_function: str | None) -> None:
        """Let the key open nothing any more; doing so again changes nothing."""
        if not self.is_revoked:
            self._revoked(municipality=self.municipality, key_id=self.key_id, by_function=by_function)

    @event(Revoked)
    def _revoked(self, municipality: str, key_id: str, by_function: str | None) -> None:
        self.is_revoked = True


def _error(field: str, *, sv: str, en: str) -> list[FieldError]:
    return [FieldError(field, Words(sv=sv, en=en))]
