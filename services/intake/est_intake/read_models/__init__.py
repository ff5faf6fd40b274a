"""What one can ask intake."""

from est_intake.read_models.api_keys import ApiKeys
from est_intake.read_models.changes import Changes
from est_intake.read_models.collaborations import Collaborations
from est_intake.read_models.recent_reports import RecentReports

__all__ = ["ApiKeys", "Changes", "Collaborations", "RecentReports"]
