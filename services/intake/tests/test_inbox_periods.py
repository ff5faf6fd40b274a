"""Which period the inbox is of: the municipality's own, a longer one, or the days of another rhythm."""

import re
from datetime import timedelta

import pytest
from test_inbox_pages import intake, see, told
from valboas_pages import PAGE

from est_chassis.testing import HostedService
from est_contracts.vocabulary import STOCKHOLM, Week

__all__ = ["intake"]


@pytest.mark.parametrize(
    "written",
    [
        "2026-47", "2026-W47-W49", "2026-Q5", "nu",
        "2026-11-16/2026-11-21", "0001-01-01/0001-01-07", "2026-11-16/",
    ],
)  # fmt: skip
async def test_a_period_that_does_not_exist_is_not_found(intake: HostedService, written: str) -> None:
    assert (await intake.http.get(f"/inbox?period={written}", headers=PAGE)).status_code == 404


async def test_the_inbox_shows_what_a_picture_of_a_longer_period_rests_on(intake: HostedService) -> None:
    now = intake.service.clock.now()
    recent = await told(intake)
    before = await told(intake, ago=timedelta(days=370))

    page = await see(intake, f"/inbox?period={now.year}")

    assert f'id="report-{recent}"' in page
    assert f'id="report-{before}"' not in page
    assert f">{now.year}</strong>" in page


async def test_the_inbox_of_a_period_of_another_rhythm_goes_by_its_days(intake: HostedService) -> None:
    first = intake.service.clock.now().astimezone(STOCKHOLM).date() - timedelta(days=9)
    days = f"{first}/{first + timedelta(days=13)}"
    recent, before = await told(intake), await told(intake, ago=timedelta(days=20))

    page = await see(intake, f"/inbox?period={days}")

    assert f'id="report-{recent}"' in page and f'id="report-{before}"' not in page
    assert f'<input type="hidden" name="period" value="{days}">' in page
    for way in set(re.findall(r'href="(/inbox\?[^"]*)"', page)):
        await see(intake, way.replace("&amp;", "&"))


async def test_the_days_of_a_period_that_the_municipality_has_are_that_period(intake: HostedService) -> None:
    week = Week.of(intake.service.clock.now()).previous

    by_days = await see(intake, f"/inbox?period={week.first_day}/{week.last_day}")

    assert f'<input type="hidden" name="period" value="{week}">' in by_days
