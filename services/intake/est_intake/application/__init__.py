"""What one can do in intake."""

from est_chassis.application import Application
from est_chassis.clock import Clock
from est_chassis.event_store import UnitOfWork
from est_contracts.vocabulary import CollaborationDocument
from est_intake.application.counting import COUNT_WORDS, BlockReceipt, BlockWithWords, Counting
from est_intake.application.inviting import SEAT_TABLES, Inviting
from est_intake.application.judging import Judging, as_submitted
from est_intake.application.keys import KEY_USES, IssuedKey, Keys
from est_intake.application.party_compiling import PARTY_WORDS_TABLE, PartyCompiling, PartysPart
from est_intake.application.public_reporting import (
    PUBLIC_WORDS,
    UNDECIDED_DAYS,
    Acceptance,
    PublicReceipt,
    PublicReporting,
)
from est_intake.application.reminding import Reminding
from est_intake.application.report_history import HistoryLine
from est_intake.application.report_words import REPORT_TEXTS
from est_intake.application.reporting import Outcome, Receipt, Reporting, ReportWithText
from est_intake.application.returning import RETURN_WORDS, Returning, ReturnReceipt, ReturnWithWords
from est_intake.application.set_up import MetSetUps, MunicipalityIsNotYours, SettingUp
from est_intake.domain.submission import Sender

__all__ = [
    "BESIDE_TABLES",
    "Acceptance",
    "BlockReceipt",
    "BlockWithWords",
    "HistoryLine",
    "Intake",
    "IssuedKey",
    "MetSetUps",
    "MunicipalityIsNotYours",
    "Outcome",
    "PartysPart",
    "PublicReceipt",
    "Receipt",
    "ReportWithText",
    "ReturnReceipt",
    "ReturnWithWords",
    "as_submitted",
]

#: What lies beside the log, so that it can be erased.
BESIDE_TABLES = ";".join(
    (REPORT_TEXTS, KEY_USES, RETURN_WORDS, COUNT_WORDS, PARTY_WORDS_TABLE, SEAT_TABLES, PUBLIC_WORDS)
)


class Intake(Application):
    """The use cases of intake, room by room; all of them ask the same room for the set-up in force."""

    def __init__(
        self,
        work: UnitOfWork,
        clock: Clock,
        *,
        met: MetSetUps | None = None,
        undecided_days: int = UNDECIDED_DAYS,
    ) -> None:
        super().__init__(work, clock)
        self.set_ups = SettingUp(work, clock, met=met)
        self.reporting = Reporting(self.set_ups)
        self.judging = Judging(self.set_ups, self.reporting)
        self.public_reporting = PublicReporting(self.set_ups, self.reporting, undecided_days=undecided_days)
        self.keys = Keys(self.set_ups)
        self.returning = Returning(self.set_ups)
        self.counting = Counting(self.set_ups)
        self.party_compiling = PartyCompiling(self.set_ups)
        self.inviting = Inviting(self.set_ups)
        self.reminding = Reminding(self.set_ups)

    def set_up_collaboration(
        self, document: CollaborationDocument, *, by: Sender, from_version: int | None = None
    ) -> int:
        """Set up a collaboration, or its next version: what goes with it, and what is to be watched anew."""
        version = self.set_ups.set_up_collaboration(document, by=by, from_version=from_version)
        self.inviting.forget_seats_but_those_of(document)
        self.reminding.watch_next_period(document.municipality)
        return version
