"""What one can do in intake."""

from est_intake.application.keys import KEY_USES, IssuedKey, Keys
from est_intake.application.reporting import REPORT_TEXTS, Outcome, Receipt, Reporting, ReportWithText
from est_intake.application.set_up import MunicipalityIsNotYours

__all__ = [
    "BESIDE_TABLES",
    "Intake",
    "IssuedKey",
    "MunicipalityIsNotYours",
    "Outcome",
    "Receipt",
    "ReportWithText",
]

#: What lies beside the log, so that it can be erased.
BESIDE_TABLES = ";".join((REPORT_TEXTS, KEY_USES))


class Intake(Reporting, Keys):
    """The use cases of intake; each of its parents is a room of its own."""
