"""Who comes in: a program with a key, a person in a seat, or anybody."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from est_contracts.vocabulary import SEAT_ROLES, Party, Role


class CallerKind(StrEnum):
    """How somebody is known."""

    KEY = "key"
    SEAT = "seat"
    # A phone or computer that an invitation bound to a seat; its cookie is remembered for long.
    DEVICE = "device"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody at the door. A function is known, never a person."""

    kind: CallerKind
    name: str = ""
    # None is every municipality: operators, and the public on pages open to all.
    municipality: str | None = None
    function: str | None = None
    organisation: str | None = None
    party: Party | None = None
    roles: frozenset[Role] = frozenset()
    # None is all that the roles allow; otherwise only what is named.
    scopes: frozenset[str] | None = None
    # Which key or device; a seat has none.
    key_id: str | None = None
    # How often it may ask in a minute; None is as often as it likes.
    quota_per_minute: int | None = None

    def __post_init__(self) -> None:
        """Whoever sits in a seat is what a seat can be, whatever a document or a cookie says."""
        if self.comes_by_cookie:
            object.__setattr__(self, "roles", self.roles & SEAT_ROLES)

    @property
    def comes_by_cookie(self) -> bool:
        """A browser shows who it is by itself, also when a page elsewhere makes it ask."""
        return self.kind in {CallerKind.SEAT, CallerKind.DEVICE}

    def has(self, *roles: Role) -> bool:
        """At least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def may(self, scope: str | None) -> bool:
        """Whether a narrowed key reaches what is under the scope; under none lies what is for whole roles."""
        return self.scopes is None or scope in self.scopes

    def document(self) -> dict[str, Any]:
        """What a seat's cookie holds."""
        return {
            "name": self.name,
            "municipality": self.municipality,
            "function": self.function,
            "organisation": self.organisation,
            "party": self.party,
            "roles": sorted(self.roles),
            "scopes": None if self.scopes is None else sorted(self.scopes),
            "key_id": self.key_id,
        }

    @classmethod
    def from_document(cls, document: dict[str, Any], kind: CallerKind) -> "Caller":
        """Raises ValueError when it does not describe a caller."""
        roles = frozenset(Role(role) for role in document["roles"])
        runs_the_house = kind is CallerKind.KEY and Role.OPERATOR in roles
        if document.get("municipality") is None and not runs_the_house:
            raise ValueError("only an operator may see every municipality")
        party, scopes = document.get("party"), document.get("scopes")
        return cls(
            kind=kind,
            name=str(document.get("name") or ""),
            municipality=document.get("municipality"),
            function=document.get("function"),
            organisation=document.get("organisation"),
            party=None if party is None else Party(party),
            roles=roles,
            scopes=None if scopes is None else frozenset(str(scope) for scope in scopes),
            key_id=document.get("key_id"),
            quota_per_minute=document.get("quota_per_minute"),
        )


PUBLIC_CALLER: Final = Caller(CallerKind.PUBLIC, roles=frozenset({Role.PUBLIC}))
