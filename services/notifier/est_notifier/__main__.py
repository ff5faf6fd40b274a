"""Start the notifier: python -m est_notifier."""

from est_chassis.run import run
from est_notifier.service import build
from est_notifier.settings import NotifierSettings

if __name__ == "__main__":
    run(build(NotifierSettings()))
