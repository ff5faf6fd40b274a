"""The promise that everything rests on: what is acknowledged is recorded, once, whatever dies."""

from pathlib import Path

import pytest

from tests.system.survival import PARTS, kill_each_in_turn


@pytest.mark.usefixtures("patience_of_production")
def test_every_acknowledged_report_survives_the_death_of_every_part(tmp_path: Path) -> None:
    seen = kill_each_in_turn(tmp_path / "house", rounds=1, clients=4, pause_seconds=0.5)

    assert seen.kills == len(PARTS)
    assert seen.acknowledged > 50
    assert seen.faults == {}
    assert seen.pushed_lost == 0
