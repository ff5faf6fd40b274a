"""What one can ask intake."""

from est_intake.read_models.api_keys import ApiKeys
from est_intake.read_models.changes import Changes
from est_intake.read_models.collaboration_versions import CollaborationVersions
from est_intake.read_models.collaborations import Collaborations
from est_intake.read_models.consequences import Consequences
from est_intake.read_models.coverage import Coverage
from est_intake.read_models.party_counts import ContributedCounts
from est_intake.read_models.period_returns import PeriodReturns
from est_intake.read_models.public_reports import PublicReports
from est_intake.read_models.recent_reports import RecentReports
from est_intake.read_models.seats import Seats

__all__ = [
    "ApiKeys",
    "Changes",
    "CollaborationVersions",
    "Collaborations",
    "Consequences",
    "ContributedCounts",
    "Coverage",
    "PeriodReturns",
    "PublicReports",
    "RecentReports",
    "Seats",
]
