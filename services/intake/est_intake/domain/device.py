"""A device: a phone or computer that an invitation has bound to a seat."""

from __future__ import annotations

from datetime import timedelta
from typing import Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import Rejected, Words

#: So long a browser keeps a cookie at most; a device that has not come for so long is forgotten here too.
KEPT_FOR = timedelta(days=400)


class DeviceIsLetGo(Rejected):
    """The device has been let go; it needs a new invitation."""

    code = "device_is_let_go"
    words = Words(
        sv="Enheten är inte längre ansluten till platsen. Be din samordnare om en ny länk.",
        en="The device is no longer bound to the seat. Ask your coordinator for a new link.",
    )


class Device(Aggregate):
    """A device (enhet) bound to a seat. What it shows to be known is random; only its hash is recorded."""

    TOPIC = "intake.device"

    class Event(Aggregate.Event):
        """Something that has happened to a device."""

        municipality: str
        function: str

    class Bound(Event, Aggregate.Created):
        """An invitation has bound the device to a seat."""

        TOPIC = "intake.device.bound"
        token_sha256: str
        invitation_id: UUID
        # As its invitation says; the first events did not.
        open_roles_only: bool = False

    # The library wants this name as soon as TOPIC is set.
    Created = Bound

    class LetGo(Event):
        """The device is bound no longer: a coordinator has revoked it, or it has left the seat itself."""

        TOPIC = "intake.device.let_go"
        by_function: str
        by_itself: bool

    @classmethod
    def create_id(cls, token_sha256: str) -> UUID:
        """From the hash of the token, so that the device is found by what it shows."""
        return uuid5(NAMESPACE_URL, f"est:intake:device:{token_sha256}")

    @classmethod
    def bound_to(
        cls,
        function: str,
        *,
        municipality: str,
        token_sha256: str,
        invitation_id: UUID,
        open_roles_only: bool,
    ) -> Self:
        return cls(
            municipality=municipality,
            function=function,
            token_sha256=token_sha256,
            invitation_id=invitation_id,
            open_roles_only=open_roles_only,
        )

    @event(Bound)
    def __init__(
        self,
        *,
        municipality: str,
        function: str,
        token_sha256: str,
        invitation_id: UUID,
        open_roles_only: bool = False,
    ) -> None:
        self.municipality = municipality
        self.function = function
        self.invitation_id = invitation_id
        self.open_roles_only = open_roles_only
        self.is_bound = True

    def let_go(self, *, by_function: str, by_itself: bool) -> None:
        """Bind it no longer; asking again changes nothing."""
        if self.is_bound:
            self._let_go(
                municipality=self.municipality,
                function=self.function,
                by_function=by_function,
                by_itself=by_itself,
            )

    @event(LetGo)
    def _let_go(self, municipality: str, function: str, by_function: str, by_itself: bool) -> None:
        self.is_bound = False
