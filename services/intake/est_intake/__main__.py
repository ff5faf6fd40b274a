"""Run intake: python -m est_intake."""

from est_chassis.run import run
from est_intake.service import build
from est_intake.settings import IntakeSettings

if __name__ == "__main__":
    run(build(IntakeSettings()))
