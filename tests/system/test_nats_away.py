"""NATS may be away: reports are taken all the same, and told in order when it is back."""

from pathlib import Path

from est_chassis.embedded import TemporaryNats
from tests.system.est_house import est_house
from tests.system.ledger import Clients, differences, settled


def test_reports_are_acknowledged_while_nats_is_away_and_arrive_in_order_afterwards(tmp_path: Path) -> None:
    with (
        TemporaryNats() as server,
        est_house(tmp_path / "house", environment={"EST_NATS_URL": server.url}) as house,
    ):
        with Clients(house.front_url, count=4) as posting:
            posting.until_more(20)
            server.stop()
            posting.until_more(200)
            server.start()
            posting.until_more(20)
        ledger = posting.ledger
        found = settled(house, len(ledger.acknowledged))
        with house.database() as database:
            positions = [
                row[0] for row in database.execute("SELECT position FROM compiler_read.facts_v4 ORDER BY 1")
            ]

    assert set(ledger.statuses) == {201}
    assert ledger.unanswered == 0
    assert differences(ledger.acknowledged, found) == {}
    assert positions == sorted(set(positions))
