"""Analysis fed by hand: one decides oneself which messages come in one batch."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from situations import SECRET, SUNDAY_OF_WEEK_47

from est_analysis.application import BESIDE_TABLES, Analysis
from est_analysis.domain.problem import Problem
from est_analysis.service import build
from est_analysis.settings import AnalysisSettings
from est_chassis.clock import SetClock
from est_chassis.dead_letters import unsettled
from est_chassis.facts import Fact
from est_chassis.service import Service
from est_chassis.testing import FreshDatabase
from est_contracts.messages import Message

NO_NATS = "nats://127.0.0.1:1"


class FedAnalysis:
    """Analysis with a database and nobody around it."""

    def __init__(self, service: Service[Analysis]) -> None:
        self.service = service

    def hears(self, *batch: Message) -> None:
        """Take in messages as one batch."""
        self.service.fact_intake.take_in("intake", [_fact_of(message) for message in batch])

    def buries(self, message: Message) -> None:
        """It could not be handled, and lies among the dead letters."""
        self.service.fact_intake.bury("intake", _fact_of(message), "it was broken")

    def handles_the_dead_letters(self) -> None:
        for letter in unsettled(self.service.store):
            self.service.fact_intake.try_again(letter)

    def flags(self, municipality: str) -> list[dict[str, Any]]:
        """All that has happened to the problems of a municipality: what was told, and what it rests on."""
        with self.service.store.unit_of_work() as work:
            last = self.service.store.last_position()
            events = [each.event for each in self.service.store.events_after(0, limit=last)]
            of = {each.originator_id for each in events if getattr(each, "municipality", "") == municipality}
            assert all(work.find(Problem, problem_id) for problem_id in of)
        return [
            {"event": type(each).__name__, "period": each.period, "evidence": each.evidence}
            for each in events
            if each.originator_id in of
        ]


@contextmanager
def fed_analysis(database: FreshDatabase) -> Iterator[FedAnalysis]:
    settings = AnalysisSettings(
        database_url=database.prepare("analysis", beside_tables=BESIDE_TABLES),
        nats_url=NO_NATS,
        session_secret=SECRET,
        http_port=0,
    )
    service = build(settings, clock=SetClock(SUNDAY_OF_WEEK_47))
    service.store.open()
    try:
        asyncio.run(_all(service.rebuild()))
        yield FedAnalysis(service)
    finally:
        service.store.close()


def _fact_of(message: Message) -> Fact:
    position = message.recorded.position
    return Fact(position, position, None, message.subject(), message.body())


async def _all(progress: AsyncIterator[Any]) -> Sequence[Any]:
    return [each async for each in progress]
