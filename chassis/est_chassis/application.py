"""What one can do, inside one transaction."""

from datetime import datetime

from est_chassis.clock import Clock
from est_chassis.event_store import UnitOfWork


class Application:
    """A service's use cases; one object lives as long as one transaction."""

    def __init__(self, work: UnitOfWork, clock: Clock) -> None:
        self.work = work
        self.clock = clock

    @property
    def now(self) -> datetime:
        return self.clock.now()
