"""What is counted and how a service feels: fresh, though nobody has asked for its status."""

from typing import Any

import pytest

from est_chassis.embedded import TemporaryPostgres
from est_chassis.testing import FreshDatabase, host


async def test_what_prometheus_reads_is_fresh_though_nobody_asks_for_the_status(
    bells: Any, reports_told: Any
) -> None:
    def value(name: str, **labels: str) -> float | None:
        found: float | None = bells.service.metrics.registry.get_sample_value(name, labels)
        return found

    bells.heard.poison = {2}
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3))
        await hosted.until(lambda: value("est_dead_letters") == 1)
        await hosted.until(lambda: value("est_position", upstream="intake") == 3)
        connected = value("est_nats_connected")

    assert connected == 1
    assert value("est_nats_connected") == 0


@pytest.mark.usefixtures("patience_of_production")
async def test_a_service_whose_database_went_away_says_so_until_it_is_back(
    new_bells: Any, nats_url: str
) -> None:
    with TemporaryPostgres() as server:
        bells = new_bells(FreshDatabase(server.dsn).prepare("analysis"), nats_url)
        async with host(bells.service) as hosted:
            before = bells.service.ready()["database"]
            server.kill()
            await hosted.until(lambda: not bells.service.ready()["database"])
            server.start()
            await hosted.until(lambda: bells.service.ready()["database"])

    assert before
