"""How the parts of analysis fit together."""

from est_analysis import api, pages
from est_analysis.application import BESIDE_TABLES, Analysis
from est_analysis.publications import publications
from est_analysis.read_models.collaborations import Collaborations
from est_analysis.read_models.measures import Measures
from est_analysis.read_models.problems import Problems
from est_analysis.read_models.weekly_counts import WeeklyCounts
from est_analysis.settings import AnalysisSettings
from est_analysis.subscriptions import subscriptions
from est_chassis.clock import Clock
from est_chassis.service import Service

__all__ = ["BESIDE_TABLES", "PREFIXES", "build"]

#: Which addresses of the house lead here.
PREFIXES = ("/problems", "/v1/municipalities/{code}/problems")


def build(settings: AnalysisSettings, *, clock: Clock | None = None) -> Service[Analysis]:
    """Analysis, ready to be started."""
    return Service(
        settings,
        application=Analysis,
        read_models=(WeeklyCounts(), Collaborations(), Problems(), Measures()),
        subscriptions=subscriptions,
        publications=publications,
        routers=(api.router, pages.router),
        clock=clock,
    )
