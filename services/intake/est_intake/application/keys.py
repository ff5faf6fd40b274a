"""Issuing and revoking the keys of programs."""

from __future__ import annotations

import secrets
from datetime import date
from typing import NamedTuple

from est_chassis.failures import NotFound
from est_chassis.web.api_keys import new_api_key
from est_contracts.vocabulary import STOCKHOLM, FieldError, Rejected, Words
from est_intake.application.set_up import SettingUp
from est_intake.domain.api_key import ApiKey, KeyIsRefused, KeyOrder
from est_intake.domain.seat_rights import is_open, may_decide_about, may_decide_about_key_of
from est_intake.domain.submission import Sender

ANOTHER_ORGANISATIONS = Words(
    sv="Funktionen får göra mer än att rapportera. Bara organisationens egen samordnare gör nycklar"
    " till den.",
    en="The function may do more than report. Only its own organisation's coordinator makes keys for it.",
)


class KeyIsNotYours(Rejected):
    """The key is for a function that may do more than report, of an organisation that is not one's own."""

    code = "key_is_not_yours"
    http_status = 403
    words = Words(
        sv="Nyckelns funktion får göra mer än att rapportera. Organisationens egen samordnare återkallar den,"
        " eller den som driver huset.",
        en="The key's function may do more than report. Its own organisation's coordinator revokes it, or"
        " whoever runs the house.",
    )


class IssuedKey(NamedTuple):
    """A key and its token, which is shown this once."""

    key_id: str
    token: str


class Keys:
    """The use cases around the keys that a municipality issues."""

    def __init__(self, set_ups: SettingUp) -> None:
        self._set_ups = set_ups
        self.work = set_ups.work

    def issue_key(self, order: KeyOrder, *, by: Sender) -> IssuedKey:
        """Make a key. Only its hash is kept: who loses the token is issued another key."""
        set_up = self._set_ups.set_up_for(order.municipality, by)
        order.refuse_unless_sound(set_up, today=self._today())
        seat = set_up.document.function(order.function)
        if not by.is_operator and not may_decide_about(
            seat, document=set_up.document, coordinator=by.function
        ):
            raise KeyIsRefused(errors=(FieldError("function", ANOTHER_ORGANISATIONS),))
        key_id = f"k{secrets.token_hex(6)}"
        token, sha256 = new_api_key(key_id)
        issued = ApiKey.issued(
            order, key_id=key_id, sha256=sha256, by_function=by.function, open_roles_only=is_open(seat)
        )
        self.work.save(issued)
        return IssuedKey(key_id, token)

    def revoke_key(self, municipality: str, key_id: str, *, by: Sender) -> None:
        """Let a key open nothing any more, from the next second on; for those who may issue one like it."""
        key = self.work.find(ApiKey, ApiKey.create_id(key_id))
        if key is None or key.municipality != municipality or not by.speaks_for(municipality):
            raise NotFound(key_id)
        set_up = self._set_ups.set_up_for(municipality, by)
        if not by.is_operator and not may_decide_about_key_of(
            key.function, document=set_up.document, coordinator=by.function
        ):
            raise KeyIsNotYours
        key.revoke(by_function=by.function)
        self.work.save(key)

    def note_use_of_key(self, key_id: str, day: date) -> None:
        """Remember the last day on which a key was used, and no more of its comings and goings."""
        self.work.write(NOTE_USE, (key_id, day))

    def _today(self) -> date:
        return self._set_ups.now.astimezone(STOCKHOLM).date()


#: A convenience for whoever tidies up among the keys: lost, it begins anew.
KEY_USES = """
    CREATE TABLE IF NOT EXISTS api_key_uses (key_id text PRIMARY KEY, last_used_on date NOT NULL)
"""
NOTE_USE = """
    INSERT INTO api_key_uses (key_id, last_used_on) VALUES (%s, %s)
    ON CONFLICT (key_id) DO UPDATE
       SET last_used_on = greatest(api_key_uses.last_used_on, excluded.last_used_on)
"""
