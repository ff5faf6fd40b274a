"""What keeps coming back is flagged, and a coordinator says whether it is a problem."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from est_chassis.clock import SystemClock
from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]
Report = Callable[..., dict[str, object]]

FUNCTIONS = ("faltgruppen", "parkarbetarna", "kommunpolisen", "faltgruppen", "vaktarna_rond", "parkarbetarna")
ASLUNDA = "9901R013"


@pytest.fixture
def fires_that_come_back(report: Report) -> str:
    """Six fires a week for four weeks, told by four functions, where it used to be quiet."""
    now = SystemClock().now()
    for weeks_ago in (3, 2, 1, 0):
        for function in FUNCTIONS:
            happened_at = now - timedelta(weeks=weeks_ago)
            report(
                checklist_entry="orebro.2",
                area=ASLUNDA,
                function=function,
                happened_at=happened_at.isoformat(),
            )
    return "Brand i Åslunda"


def test_a_coordinator_confirms_what_was_flagged(visit: Visit, fires_that_come_back: str) -> None:
    coordinator = visit("samordnaren")
    page = coordinator.page
    coordinator.open_until("/problems", shows="6, 6, 6, 6 mot väntat")
    flagged = coordinator.card(fires_that_come_back)
    expect(flagged).to_contain_text("6, 6, 6, 6 mot väntat")

    flagged.get_by_role("button").first.click()

    expect(page.get_by_role("status")).to_contain_text("Beslutet är registrerat")
    expect(page.get_by_role("region", name="Bekräftade och pågående")).to_contain_text(fires_that_come_back)
    expect(coordinator.card(fires_that_come_back)).to_contain_text("av Brottsförebyggande samordnare")
    assert coordinator.barriers() == []
    assert coordinator.complaints == []
