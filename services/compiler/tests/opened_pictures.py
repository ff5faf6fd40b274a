"""A municipality that has opened its pictures: weeks that are published for anyone to read."""

from collections.abc import Sequence
from datetime import timedelta

from one_signs import one_signs
from test_pictures_api import PICTURES, put

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import CENTRUM, NORRANGEN
from est_contracts.examples import example_incident
from est_contracts.messages import CollaborationSetUp, IncidentReported


def set_up(position: int = 1, *, is_open: bool = True) -> CollaborationSetUp:
    return one_signs(position, public_pictures=is_open)


def reports(first_position: int, *, weeks_back: int = 0) -> Sequence[IncidentReported]:
    """Four in Norrängen, three in Centrum."""
    areas = [NORRANGEN] * 4 + [CENTRUM] * 3
    found = []
    for place, area in enumerate(areas):
        told = example_incident(first_position + place, area=area)
        found.append(told.model_copy(update={"happened_at": told.happened_at - timedelta(weeks=weeks_back)}))
    return found


async def opened(compiler: HostedService) -> None:
    """Weeks 46 and 47 are published, week 47 in two versions."""
    await compiler.hears(set_up(), *reports(2), *reports(9, weeks_back=1))
    for path in ("2026-W46/publication", "2026-W47/publication"):
        assert (await put(compiler, f"{PICTURES}/{path}", {})).status_code == 201
    answer = await put(compiler, f"{PICTURES}/2026-W47/versions/2", {"reason": "late_reports"})
    assert answer.status_code == 201, answer.text
