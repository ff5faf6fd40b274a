"""Run analysis: python -m est_analysis."""

from est_analysis.service import build
from est_analysis.settings import AnalysisSettings
from est_chassis.run import run

if __name__ == "__main__":
    run(build(AnalysisSettings()))
