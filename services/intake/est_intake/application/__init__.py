"""What one can do in intake."""

from est_intake.application.counting import COUNT_WORDS, BlockReceipt, BlockWithWords, Counting
from est_intake.application.inviting import SEAT_TABLES, Inviting
from est_intake.application.judging import Judging, as_submitted
from est_intake.application.keys import KEY_USES, IssuedKey, Keys
from est_intake.application.party_compiling import PARTY_WORDS_TABLE, PartyCompiling, PartysPart
from est_intake.application.public_reporting import (
    PUBLIC_WORDS,
    Acceptance,
    PublicReceipt,
    PublicReporting,
)
from est_intake.application.reminding import Reminding
from est_intake.application.report_history import HistoryLine
from est_intake.application.report_words import REPORT_TEXTS
from est_intake.application.reporting import Outcome, Receipt, ReportWithText
from est_intake.application.returning import RETURN_WORDS, Returning, ReturnReceipt, ReturnWithWords
from est_intake.application.set_up import MetSetUps, MunicipalityIsNotYours

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


class Intake(Judging, PublicReporting, Keys, Returning, Counting, PartyCompiling, Inviting, Reminding):
    """The use cases of intake; each of its parents is a room of its own."""
