"""A phone on a bad line: the first visit to the page where one reports is small."""

from collections.abc import Callable

from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]

PROMISED_BYTES = 150_000


def test_the_first_visit_to_the_phone_page_is_small(on_a_phone: Visit) -> None:
    reporter = on_a_phone("bovard_norrangen")
    connection = reporter.page.context.new_cdp_session(reporter.page)
    received: list[float] = []
    connection.send("Network.enable")
    connection.send("Network.setCacheDisabled", {"cacheDisabled": True})
    connection.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))

    reporter.open("/report")
    reporter.page.wait_for_load_state("networkidle")

    # The page itself, its stylesheet and its scripts at least.
    assert len(received) > 3
    assert sum(received) < PROMISED_BYTES
