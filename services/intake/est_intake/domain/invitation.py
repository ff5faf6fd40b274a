"""An invitation: a link by which devices take a seat, without a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import Function, Rejected, Words
from est_intake.domain.seat_rights import is_open


class InvitationKind(StrEnum):
    """Whom a link is for: one person's phone, or the staff room's wall."""

    PERSONAL = "personal"
    SHARED = "shared"


@dataclass(frozen=True)
class Terms:
    """What a link may do: how many devices it binds, and how long it can be opened."""

    devices: int
    lives_for: timedelta


#: A personal link that went astray is soon worth nothing; one on a wall serves a whole staff for half a year.
TERMS = {
    InvitationKind.PERSONAL: Terms(devices=1, lives_for=timedelta(days=14)),
    InvitationKind.SHARED: Terms(devices=60, lives_for=timedelta(days=183)),
}

INVITATION_KIND_WORDS = {
    InvitationKind.PERSONAL: Words(sv="Personlig länk, en enhet", en="Personal link, one device"),
    InvitationKind.SHARED: Words(
        sv="QR-kod för hela arbetslaget, upp till 60 enheter", en="QR code for a whole team, up to 60 devices"
    ),
}


class InvitationIsRevoked(Rejected):
    """A coordinator has revoked the link."""

    code = "invitation_is_revoked"
    words = Words(
        sv="Länken är återkallad. Be din samordnare om en ny.",
        en="The link has been revoked. Ask your coordinator for a new one.",
    )


class InvitationHasExpired(Rejected):
    """The link is too old."""

    code = "invitation_has_expired"
    words = Words(
        sv="Länken har gått ut. Be din samordnare om en ny.",
        en="The link has expired. Ask your coordinator for a new one.",
    )


class InvitationIsUsed(Rejected):
    """The link has bound as many devices as it may."""

    code = "invitation_is_used"
    words = Words(
        sv="Länken är redan använd. Be din samordnare om en ny.",
        en="The link has been used already. Ask your coordinator for a new one.",
    )


class Invitation(Aggregate):
    """An invitation (inbjudan) to a seat. The link is known to those who have it; here only its hash is."""

    TOPIC = "intake.invitation"

    class Event(Aggregate.Event):
        """Something that has happened to an invitation."""

        municipality: str
        function: str

    class Made(Event, Aggregate.Created):
        """A coordinator, or the operator, has made a link."""

        TOPIC = "intake.invitation.made"
        kind: str
        link_sha256: str
        expires_at: datetime
        #: None is the operator.
        by_function: str | None
        # The first events did not say it.
        open_roles_only: bool = False

    # The library wants this name as soon as TOPIC is set.
    Created = Made

    class Used(Event):
        """The link has bound a device."""

        TOPIC = "intake.invitation.used"
        device_id: UUID

    class Revoked(Event):
        """The link binds no more devices; those that it has bound stay."""

        TOPIC = "intake.invitation.revoked"
        by_function: str | None

    @classmethod
    def create_id(cls, link_sha256: str) -> UUID:
        """From the hash of the link, so that whoever opens it is led straight here."""
        return uuid5(NAMESPACE_URL, f"est:intake:invitation:{link_sha256}")

    @classmethod
    def to(
        cls,
        seat: Function,
        *,
        municipality: str,
        kind: InvitationKind,
        link_sha256: str,
        by_function: str | None,
        now: datetime,
    ) -> Self:
        """What an open seat comes to do later is not opened by a link that anybody could make."""
        return cls(
            municipality=municipality,
            function=seat.function_id,
            kind=kind,
            link_sha256=link_sha256,
            expires_at=now + TERMS[kind].lives_for,
            by_function=by_function,
            open_roles_only=is_open(seat),
        )

    @event(Made)
    def __init__(  # noqa: PLR0913 - a link is these
        self,
        *,
        municipality: str,
        function: str,
        kind: str,
        link_sha256: str,
        expires_at: datetime,
        by_function: str | None,
        open_roles_only: bool = False,
    ) -> None:
        self.municipality = municipality
        self.function = function
        self.kind = InvitationKind(kind)
        self.open_roles_only = open_roles_only
        self.expires_at = expires_at
        self.devices: tuple[UUID, ...] = ()
        self.is_revoked = False

    def must_be_open(self, now: datetime) -> None:
        """Raise what stands in the way of binding one more device."""
        if self.is_revoked:
            raise InvitationIsRevoked
        if now >= self.expires_at:
            raise InvitationHasExpired
        if len(self.devices) >= TERMS[self.kind].devices:
            raise InvitationIsUsed

    def use(self, device_id: UUID, *, now: datetime) -> None:
        """Bind a device; the same device again changes nothing."""
        if device_id in self.devices:
            return
        self.must_be_open(now)
        self._used(municipality=self.municipality, function=self.function, device_id=device_id)

    def revoke(self, *, by_function: str | None) -> None:
        """Let the link bind no more; asking again changes nothing."""
        if not self.is_revoked:
            self._revoked(municipality=self.municipality, function=self.function, by_function=by_function)

    @event(Used)
    def _used(self, municipality: str, function: str, device_id: UUID) -> None:
        self.devices = (*self.devices, device_id)

    @event(Revoked)
    def _revoked(self, municipality: str, function: str, by_function: str | None) -> None:
        self.is_revoked = True
