"""A phone without a net tells the same moments as the server would, whatever clock it has."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import est_intake
from est_contracts.vocabulary import STOCKHOLM
from est_intake.pages.reporting import told_times

SCRIPT = Path(est_intake.__file__).parent / "pages" / "static" / "report_times.js"

#: An ordinary noon, just before and after two at night, the nights when clocks change, New Year.
NOWS = (
    "2026-11-22T11:00:00+00:00",
    "2026-11-22T00:30:00+00:00",
    "2026-11-22T01:30:00+00:00",
    "2026-10-25T00:30:00+00:00",
    "2026-10-25T01:30:00+00:00",
    "2026-10-25T12:00:00+00:00",
    "2026-03-29T00:59:00+00:00",
    "2026-03-29T12:00:00+00:00",
    "2026-12-31T23:30:00+00:00",
)
WHENS = ("just_now", "last_night", "yesterday_evening")
MOMENTS = ("2026-11-20T21:40", "2026-07-01T21:40", "2026-10-25T04:00", "2026-03-29T01:30", "2026-12-31T23:59")


@pytest.fixture(params=["Europe/Stockholm", "America/New_York", "Asia/Tokyo"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(timezone_id=request.param)
    page = context.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    context.close()


def on_the_phone(
    page: Page, when: str, now: str, *, moment: str = "", until: str = ""
) -> list[datetime | None]:
    told = page.evaluate(
        "([when, now, moment, until]) => {"
        " const told = estTimes.moments(when, {moment, until}, new Date(now));"
        " return [told.from, told.until].map((each) => each && each.toISOString()); }",
        [when, now, moment, until],
    )
    return [datetime.fromisoformat(each) if each else None for each in told]


def test_the_words_for_a_time_mean_the_same_moment(page: Page) -> None:
    for now in NOWS:
        anchor = datetime.fromisoformat(now).astimezone(STOCKHOLM)
        for when in WHENS:
            meant = told_times.moments(when, anchor, moment="", until="")
            assert meant is not None
            assert on_the_phone(page, when, now) == [*meant], (now, when)


def test_a_chosen_moment_is_read_by_the_clock_in_stockholm(page: Page) -> None:
    for moment in MOMENTS:
        written = on_the_phone(page, "chosen", NOWS[0], moment=moment, until=moment)
        assert written == [told_times.written(moment)] * 2, moment


def test_expected_days_begin_and_end_in_stockholm(page: Page) -> None:
    for first, last in (("2026-12-13", ""), ("2026-10-24", "2026-10-25"), ("2026-03-28", "2026-03-29")):
        told = page.evaluate(
            "([first, last]) => { const told = estTimes.days(first, last);"
            " return [told.from.toISOString(), told.until.toISOString()]; }",
            [first, last],
        )
        meant = told_times.days(first, last)
        assert meant is not None
        assert [datetime.fromisoformat(each).astimezone(UTC) for each in told] == [*meant]
