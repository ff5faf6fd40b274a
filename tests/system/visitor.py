"""Somebody who visits the house with a browser, and everything the browser noticed on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request, Response

from est_chassis.web.languages import Language

CHROMIUM: Final = "/usr/bin/chromium"
#: What a browser would otherwise look for on its own, far away.
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
AXE: Final = Path(__file__).parent / "browser" / "vendor" / "axe.min.js"
AXE_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "EN-301-549"]
#: In the dark nothing but the colours is another.
RULES_OF_COLOURS: Final = ["color-contrast", "link-in-text-block"]

PHONE: Final = (390, 844)
DESK: Final = (1280, 900)
#: A small phone, a phone, a desk at 200 % zoom, and a desk.
WIDTHS: Final = (320, 390, 640, 1280)
LOCALES: Final = {Language.SWEDISH: "sv-SE", Language.ENGLISH: "en-GB"}

#: A week, a fortnight, a month, a quarter … or a year in an address.
PERIOD: Final = re.compile(r"(?<=/)\d{4}(-(W\d{2}(-W\d{2})?|[QTH]\d|\d{2}))?(?=/|$)|\d{4}-W\d{2}")

LOOPBACK: Final = {"127.0.0.1", "localhost", "[::1]"}

#: Where a focused element shows that it is focused: on itself, or on the label that is drawn in its place.
SHOWS_FOCUS: Final = """() => {
    const focused = document.activeElement;
    const drawn = getComputedStyle(focused).opacity === "0" ? focused.nextElementSibling : focused;
    const style = getComputedStyle(drawn);
    const box = drawn.getBoundingClientRect();
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


@dataclass
class Visitor:
    """A page in a browser of its own: one seat, one screen."""

    page: Page
    front_url: str
    complaints: list[str] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._noticed)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked_for.append(request.url))
        self.page.on("requestfailed", self._failed)

    def open(self, path: str) -> Response:
        answer = self.page.goto(f"{self.front_url}{path}")
        assert answer is not None
        if "sandbox" in answer.headers.get("content-security-policy", ""):
            # In a sandbox nothing may run, not even axe: look at the same page outside of it.
            content = answer.text()
            self.page.goto("about:blank")
            self.page.set_content(content)
        return answer

    def open_until(self, address: str, *, shows: str) -> None:
        """Open a page again until it shows what its service has yet to hear of; a hundred times at most."""
        for _visit in range(100):
            self.open(address)
            if self.page.get_by_text(shows).count():
                return
        raise AssertionError(f"{address} does not come to show {shows}")

    def sit_down(self, seat: str) -> None:
        """Take somebody's seat by what the form would send: most come for what lies behind it."""
        answer = self.page.context.request.post(
            f"{self.front_url}/sign-in",
            form={"seat": seat, "next": "/"},
            headers={"origin": self.front_url},
            max_redirects=0,
        )
        assert answer.status == HTTPStatus.SEE_OTHER, answer.text()

    def choose_seat(self, seat: str) -> None:
        """Sign in as somebody does in the demo: by pressing the button of a seat."""
        self.open("/sign-in")
        button = self.page.locator(f'button[name="seat"][value="{seat}"]').first
        if not button.is_visible():
            self.page.locator("details").filter(has=button).locator("summary").click()
        button.click()
        self.page.locator('form[action="/sign-out"]').wait_for()

    def card(self, title: str) -> Locator:
        """The card with this heading."""
        return self.page.get_by_role("article").filter(
            has=self.page.get_by_role("heading", name=title, exact=True)
        )

    def links(self) -> list[str]:
        """Every address in the house that this page leads to, without what stands after #."""
        addresses: list[str] = self.page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        here = urlsplit(self.front_url).netloc
        parts = [urlsplit(address) for address in addresses]
        return [
            part._replace(scheme="", netloc="", fragment="").geturl() for part in parts if part.netloc == here
        ]

    def barriers(self, rules: Sequence[str] = AXE_RULES) -> list[str]:
        """What axe finds that keeps somebody out, by WCAG 2.1 A and AA, and what Swedish law asks for."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
            ".then(result => result.violations)",
            list(rules),
        )
        return [f"{each['id']}: {[node['html'][:200] for node in each['nodes'][:3]]}" for each in found]

    def barriers_on_any_screen(self) -> list[str]:
        """What keeps somebody out on the smallest screen or the widest; the others are laid out as these."""
        found = []
        for width in (WIDTHS[0], WIDTHS[-1]):
            self._width_on(width)
            found += [f"at {width}: {barrier}" for barrier in self.barriers()]
        return found

    def barriers_in_the_dark(self) -> list[str]:
        """What cannot be read on a screen that somebody has made dark."""
        self.page.emulate_media(color_scheme="dark")
        found = [f"in the dark: {barrier}" for barrier in self.barriers(RULES_OF_COLOURS)]
        self.page.emulate_media(color_scheme="light")
        return found

    def wider_than_the_screen(self) -> list[int]:
        """The screens on which one would have to scroll sideways."""
        return [width for width in WIDTHS if self._width_on(width) > width]

    def shows_focus(self) -> bool:
        return bool(self.page.evaluate(SHOWS_FOCUS))

    def strangers(self) -> list[str]:
        """What was asked of anybody outside this machine."""
        return [url for url in self.asked_for if urlsplit(url).hostname not in LOOPBACK]

    def _width_on(self, width: int) -> int:
        self.page.set_viewport_size({"width": width, "height": PHONE[1]})
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def _noticed(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def _failed(self, request: Request) -> None:
        # Leaving a page ends what it was still listening to.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure} ({request.url})")


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def visiting(
    browser: Browser,
    front_url: str,
    *,
    screen: tuple[int, int] = DESK,
    scripts: bool = True,
    dark: bool = False,
    language: Language = Language.SWEDISH,
) -> Iterator[Visitor]:
    width, height = screen
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=screen == PHONE,
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
        locale=LOCALES[language],
        timezone_id="Europe/Stockholm",
    )
    # Two cores and a whole house: patient, but never for ever.
    context.set_default_timeout(15_000)
    try:
        yield Visitor(context.new_page(), front_url)
    finally:
        context.close()


def shape_of(address: str) -> str:
    """Two addresses of the same shape show the same page about different things."""
    path, _, query = address.partition("?")
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=^/seats/)[^/]+", "{one}", path)
    # The set-up has a dozen parts with many things each, all on the same three pages.
    path = re.sub(r"(?<=^/set-up/)parts/[^/]+(?:(/things)/[^/]+)?", r"parts/{one}\1", path)
    path = re.sub(r"(?<=^/set-up/versions/)\d+", "{one}", path)
    asked = sorted(part.partition("=")[0] for part in query.split("&"))
    return "?".join([PERIOD.sub("{period}", path), *asked])
