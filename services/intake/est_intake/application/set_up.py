"""Setting up a municipality's collaboration, and finding the set-up in force."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from est_chassis.application import Application
from est_chassis.clock import Clock
from est_chassis.event_store import UnitOfWork
from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument, FieldError, Rejected, Words
from est_intake.domain.collaboration import Collaboration, SetUpInUse
from est_intake.domain.local_rights import refuse_what_is_for_all
from est_intake.domain.seat_rights import refuse_rights_of_others
from est_intake.domain.set_up_changes import Change, changes_between
from est_intake.domain.submission import Sender


class MunicipalityIsNotYours(Rejected):
    """The credential is not for this municipality, or the municipality has set up no collaboration.

    It says the same in both cases: nobody learns who takes part elsewhere.
    """

    code = "municipality_is_not_yours"
    http_status = 422
    words = Words(
        sv="Kommunen har ingen samverkan här, eller så gäller din behörighet en annan kommun.",
        en="The municipality has no collaboration here, or your credential is for another municipality.",
    )

    def __init__(self) -> None:
        super().__init__(errors=(FieldError("municipality", self.words),))


class WouldChange(NamedTuple):
    """The version in force, None when nothing is set up, and what a document would change of it."""

    version: int | None
    changes: tuple[Change, ...]


class MetSetUps:
    """The set-ups that a service has met in its log, kept from transaction to transaction.

    Each service has one of its own: another log may know another version of the same municipality.
    """

    def __init__(self) -> None:
        self._met: dict[str, tuple[SetUpInUse, datetime]] = {}

    def lately(self, municipality: str, *, now: datetime) -> SetUpInUse | None:
        """The one that was the latest less than a second ago."""
        met, asked_at = self._met.get(municipality, (None, now))
        return met if now - asked_at < ASK_AGAIN_AFTER else None

    def of_version(self, municipality: str, version: int) -> SetUpInUse | None:
        met, _asked_at = self._met.get(municipality, (None, None))
        return met if met is not None and met.version == version else None

    def meet(self, municipality: str, set_up: SetUpInUse, *, now: datetime) -> None:
        self._met[municipality] = (set_up, now)

    def forget(self, municipality: str) -> None:
        self._met.pop(municipality, None)


class SettingUp(Application):
    """The use cases around a collaboration; the other rooms ask it for the set-up in force, and the time."""

    def __init__(self, work: UnitOfWork, clock: Clock, *, met: MetSetUps | None = None) -> None:
        super().__init__(work, clock)
        self._met = MetSetUps() if met is None else met
        self._in_use: dict[str, SetUpInUse | None] = {}

    def set_up_collaboration(
        self, document: CollaborationDocument, *, by: Sender, from_version: int | None = None
    ) -> int:
        """Set up the municipality's collaboration, or its next version; the version in use is returned."""
        collaboration = self._collaboration_with(document, by=by, from_version=from_version)
        self.work.save(collaboration)
        version = int(collaboration.version)
        self._in_use[document.municipality] = SetUpInUse(document, version=version)
        # The next transaction asks again, whether this one is committed or not.
        self._met.forget(document.municipality)
        return version

    def changes_of_collaboration(self, document: CollaborationDocument, *, by: Sender) -> WouldChange:
        """What the document would change, or the refusal it would meet; nothing is recorded."""
        before = self.work.find(Collaboration, Collaboration.create_id(document.municipality))
        version = int(before.version) if before else None
        written = before.document if before else None
        self._collaboration_with(document, by=by)
        self.work.forget_unsaved()
        return WouldChange(version, changes_between(written, document))

    def next_entry_id(self, municipality: str, checklist_id: str) -> str:
        """For a new entry of one of the municipality's own checklists."""
        collaboration = self.work.get(Collaboration, Collaboration.create_id(municipality))
        return collaboration.next_entry_id(checklist_id)

    def _collaboration_with(
        self, document: CollaborationDocument, *, by: Sender, from_version: int | None = None
    ) -> Collaboration:
        """Coordinators change what there is; that a municipality takes part is an operator's to say."""
        if not by.speaks_for(document.municipality):
            raise MunicipalityIsNotYours
        collaboration = self.work.find(Collaboration, Collaboration.create_id(document.municipality))
        if collaboration is None:
            if not by.is_operator:
                raise MunicipalityIsNotYours
            return Collaboration.begun_with(document, by_function=by.function)
        before = collaboration.document
        collaboration.amend(document, from_version=from_version, by_function=by.function)
        if not by.is_operator:
            today = self.now.astimezone(STOCKHOLM).date()
            refuse_what_is_for_all(before, document, coordinator=by.function, today=today)
            refuse_rights_of_others(before, document, coordinator=by.function)
        return collaboration

    def set_up_for(self, municipality: str, sender: Sender) -> SetUpInUse:
        set_up = self.set_up_of(municipality)
        if set_up is None or not sender.speaks_for(municipality):
            raise MunicipalityIsNotYours
        return set_up

    def set_up_of(self, municipality: str) -> SetUpInUse | None:
        """The set-up in force, whoever asks; None when the municipality has none."""
        if municipality not in self._in_use:
            self._in_use[municipality] = self._latest_set_up(municipality)
        return self._in_use[municipality]

    def _latest_set_up(self, municipality: str) -> SetUpInUse | None:
        """Looked up at most once a second: what another replica sets up is in force here a moment later."""
        lately = self._met.lately(municipality, now=self.now)
        if lately is not None:
            return lately
        key = Collaboration.create_id(municipality)
        row = self.work.cursor.execute(LATEST_VERSION, (key,)).fetchone()
        version = row["version"] if row else None
        if version is None:
            return None
        met = self._met.of_version(municipality, version)
        if met is None:
            collaboration = self.work.get(Collaboration, key)
            met = SetUpInUse(collaboration.document, version=int(collaboration.version))
        self._met.meet(municipality, met, now=self.now)
        return met


ASK_AGAIN_AFTER = timedelta(seconds=1)
LATEST_VERSION = "SELECT max(originator_version) AS version FROM events WHERE originator_id = %s"
