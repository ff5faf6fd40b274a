"""Inviting devices to seats, letting them go, and what one leaves for whoever fills the seat next."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from est_chassis.failures import NotFound
from est_contracts.guard import FINDING_WORDS, refuses
from est_contracts.vocabulary import (
    STOCKHOLM,
    CollaborationDocument,
    FieldError,
    Function,
    NotInTheCollaboration,
    Rejected,
    Role,
    Words,
)
from est_intake.application.set_up import SettingUp
from est_intake.domain.device import Device, DeviceIsLetGo
from est_intake.domain.invitation import Invitation, InvitationKind
from est_intake.domain.seat_rights import is_for_the_operator_to_offer, may_decide_about
from est_intake.domain.submission import Sender

LONGEST_NOTE = 2_000


class SeatIsNotYours(Rejected):
    """The seat may do more than report, and belongs to another organisation."""

    code = "seat_is_not_yours"
    http_status = 403
    words = Words(
        sv="Platsen får göra mer än att rapportera. Bara organisationens egen samordnare bjuder in till den.",
        en="The seat may do more than report. Only its own organisation's coordinator invites to it.",
    )


class SeatIsForTheCoordinators(Rejected):
    """The operator lets the coordinators in, and they let in everybody else."""

    code = "seat_is_for_the_coordinators"
    http_status = 403
    words = Words(
        sv="Driften bjuder in samordnarna. Till den här platsen bjuder samordnarna själva in.",
        en="The operator invites the coordinators. To this seat the coordinators invite themselves.",
    )


class NoteIsRefused(Rejected):
    """The note cannot be kept as it stands."""

    code = "note_is_refused"
    http_status = 422
    words = Words(
        sv="Anteckningen är inte sparad. Rätta det som står nedan.",
        en="The note is not kept. Correct what is said below.",
    )


def new_link_token() -> str:
    """256 random bits, as they stand in a link and in the cookie of a device; only their hash is kept."""
    return secrets.token_urlsafe(32)


class Inviting:
    """The use cases around seats and the devices bound to them."""

    def __init__(self, set_ups: SettingUp) -> None:
        self._set_ups = set_ups
        self.work = set_ups.work

    def forget_seats_but_those_of(self, document: CollaborationDocument) -> None:
        """A note about a seat that is no more goes with the seat."""
        seats = [each.function_id for each in document.functions]
        self.work.write(ERASE_NOTES_BUT_FOR, (document.municipality, seats))

    def invite(
        self, municipality: str, *, function: str, kind: InvitationKind, link_sha256: str, by: Sender
    ) -> Invitation:
        """Make a link to a seat."""
        by_function = self._whoever_offers(municipality, function=function, by=by)
        _document, seat = self._seat(municipality, function)
        invitation = Invitation.to(
            seat,
            municipality=municipality,
            kind=kind,
            link_sha256=link_sha256,
            by_function=by_function,
            now=self._set_ups.now,
        )
        self.work.save(invitation)
        return invitation

    def invitation(self, link_sha256: str) -> Invitation:
        """What a link leads to; raises NotFound when it leads nowhere."""
        key = Invitation.create_id(link_sha256)
        # Asked for first: whoever tries links that lead nowhere must not disturb those who write.
        if self.work.cursor.execute(IS_RECORDED, (key,)).fetchone() is None:
            raise NotFound("invitation")
        found = self.work.get(Invitation, key)
        self._seat(found.municipality, found.function)
        return found

    def bind_device(self, link_sha256: str, *, token_sha256: str) -> Device:
        """Bind a device by a link; a second tap binds it once."""
        invitation = self.invitation(link_sha256)
        device = self.work.find(Device, Device.create_id(token_sha256))
        if device is not None:
            if not device.is_bound or device.invitation_id != invitation.id:
                raise DeviceIsLetGo
            return device
        device = Device.bound_to(
            invitation.function,
            municipality=invitation.municipality,
            token_sha256=token_sha256,
            invitation_id=invitation.id,
            open_roles_only=invitation.open_roles_only,
        )
        invitation.use(device.id, now=self._set_ups.now)
        self.work.save(invitation, device)
        self.see_device(device.id)
        return device

    def revoke_invitation(self, municipality: str, *, invitation_id: UUID, by: Sender) -> Invitation:
        """Let a link bind no more devices."""
        invitation = self.work.get(Invitation, invitation_id)
        if invitation.municipality != municipality:
            raise NotFound(str(invitation_id))
        by_function = self._whoever_offers(municipality, function=invitation.function, by=by)
        invitation.revoke(by_function=by_function)
        self.work.save(invitation)
        return invitation

    def let_device_go(self, municipality: str, *, device_id: UUID, by: Sender) -> Device:
        """Revoke a device. The next thing that it asks is refused."""
        device = self.work.get(Device, device_id)
        if device.municipality != municipality:
            raise NotFound(str(device_id))
        by_function = self._coordinator_of_seat(municipality, function=device.function, by=by)
        return self._let_go(device, by_function=by_function, by_itself=False)

    def leave_seat(self, device_id: UUID) -> Device:
        """The device itself leaves its seat."""
        device = self.work.get(Device, device_id)
        return self._let_go(device, by_function=device.function, by_itself=True)

    def see_device(self, device_id: UUID) -> None:
        """Remember on which day the device came last: the day and no more."""
        self.work.write(KEEP_SIGHTING, (device_id, self._set_ups.now.astimezone(STOCKHOLM).date()))

    def write_note(self, municipality: str, *, function: str, text: str, by: Sender) -> None:
        """Leave a hand-over note for whoever fills the seat; an empty one takes it away."""
        self._coordinator_of_seat(municipality, function=function, by=by)
        _must_be_fit_to_keep(text, self._set_ups.now)
        if text:
            self.work.write(KEEP_NOTE, (municipality, function, text, self._set_ups.now))
        else:
            self.work.write(ERASE_NOTE, (municipality, function))

    def _let_go(self, device: Device, *, by_function: str, by_itself: bool) -> Device:
        device.let_go(by_function=by_function, by_itself=by_itself)
        self.work.save(device)
        self.work.write(FORGET_SIGHTING, (device.id,))
        return device

    def _whoever_offers(self, municipality: str, *, function: str, by: Sender) -> str | None:
        """The coordinator's own function; None is the operator, who lets the first ones in."""
        if not by.is_operator or Role.COORDINATOR in by.roles:
            return self._coordinator_of_seat(municipality, function=function, by=by)
        if not by.speaks_for(municipality):
            raise NotFound(function)
        document, seat = self._seat(municipality, function)
        if not is_for_the_operator_to_offer(seat, document):
            raise SeatIsForTheCoordinators
        return None

    def _coordinator_of_seat(self, municipality: str, *, function: str, by: Sender) -> str:
        """The coordinator's own function, if it may decide about the seat."""
        if not by.speaks_for(municipality) or Role.COORDINATOR not in by.roles or by.function is None:
            raise NotFound(function)
        document, seat = self._seat(municipality, function)
        if not may_decide_about(seat, document=document, coordinator=by.function):
            raise SeatIsNotYours
        return by.function

    def _seat(self, municipality: str, function: str) -> tuple[CollaborationDocument, Function]:
        set_up = self._set_ups.set_up_of(municipality)
        if set_up is None:
            raise NotFound(municipality)
        try:
            return set_up.document, set_up.document.function(function)
        except NotInTheCollaboration:
            raise NotFound(function) from None


def _must_be_fit_to_keep(text: str, now: datetime) -> None:
    today = now.astimezone(STOCKHOLM).date()
    errors = [FieldError("note", FINDING_WORDS[finding]) for finding in refuses(text, today=today)]
    if len(text) > LONGEST_NOTE:
        errors.append(
            FieldError(
                "note",
                Words(
                    sv=f"Korta texten till högst {LONGEST_NOTE} tecken.",
                    en=f"Shorten the text to at most {LONGEST_NOTE} characters.",
                ),
            )
        )
    if errors:
        raise NoteIsRefused(errors=errors)


#: What can be forgotten: on which day a device came last, and notes about seats.
SEAT_TABLES = """
    CREATE TABLE IF NOT EXISTS device_sightings (
        device_id uuid PRIMARY KEY,
        seen_on date NOT NULL
    );
    CREATE TABLE IF NOT EXISTS seat_notes (
        municipality text NOT NULL,
        function text NOT NULL,
        text text NOT NULL,
        written_at timestamptz NOT NULL,
        PRIMARY KEY (municipality, function)
    )
"""
IS_RECORDED = "SELECT 1 AS found FROM events WHERE originator_id = %s AND originator_version = 1"
KEEP_SIGHTING = """
    INSERT INTO device_sightings (device_id, seen_on) VALUES (%s, %s)
    ON CONFLICT (device_id) DO UPDATE SET seen_on = excluded.seen_on
"""
FORGET_SIGHTING = "DELETE FROM device_sightings WHERE device_id = %s"
KEEP_NOTE = """
    INSERT INTO seat_notes (municipality, function, text, written_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (municipality, function) DO UPDATE SET text = excluded.text, written_at = excluded.written_at
"""
ERASE_NOTE = "DELETE FROM seat_notes WHERE municipality = %s AND function = %s"
ERASE_NOTES_BUT_FOR = "DELETE FROM seat_notes WHERE municipality = %s AND function <> ALL(%s)"
