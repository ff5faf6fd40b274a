"""One house for all browser tests, a few weeks old, and somebody to visit it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from est_chassis.clock import SystemClock
from est_single_machine.demo import simulate
from tests.system.est_house import OPERATOR_TOKEN, EstHouse, est_house
from tests.system.visitor import PHONE, Visitor, chromium, visiting

WEEKS = 10
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EstHouse]:
    with est_house(tmp_path_factory.mktemp("browser") / "house") as started:
        today = SystemClock().now()
        simulate(address=started.front_url, key=OPERATOR_TOKEN, today=today, weeks=WEEKS)
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, chromium(playwright) as started:
        yield started


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(house: EstHouse, browser: Browser) -> Iterator[Visit]:
    """Opens a browser of its own for a seat; None is somebody who has not signed in."""
    with ExitStack() as doors:

        def opened(seat: str | None = None, **screen: Any) -> Visitor:
            visitor = doors.enter_context(visiting(browser, house.front_url, **screen))
            if seat:
                visitor.sit_down(seat)
            return visitor

        yield opened


@pytest.fixture
def on_a_phone(visit: Visit) -> Visit:
    return partial(visit, screen=PHONE)


@pytest.fixture
def report(house: EstHouse) -> Callable[..., dict[str, object]]:
    """Hands in a report over HTTP, as a reporting app does, and returns the receipt."""

    def handed_in(**says: object) -> dict[str, object]:
        body = {
            "report_id": str(uuid.uuid4()),
            "municipality": "9901",
            "function": "faltgruppen",
            "checklist_entry": "orebro.1",
            "area": "9901R001",
            "happened_at": SystemClock().now().isoformat(),
            **says,
        }
        with house.http(OPERATOR_TOKEN) as client:
            answer = client.post("/v1/reports", json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    return handed_in
