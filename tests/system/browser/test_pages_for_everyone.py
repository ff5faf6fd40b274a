"""No page shuts anybody out: screen readers, small phones, no scripts from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

Seated = Callable[..., Page]

PAGES = [
    (None, "/"),
    (None, "/sign-in"),
    ("faltgruppen", "/"),
    ("faltgruppen", "/report"),
    ("samordnaren", "/"),
    ("samordnaren", "/reports"),
    ("samordnaren", "/pictures"),
    ("samordnaren", "/problems"),
    ("samordnaren", "/distributions"),
    ("tib", "/live"),
]

# What the Swedish law on digital public service asks for (EN 301 549).
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "EN-301-549"]

NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
LIGHT: dict[str, Any] = {"color_scheme": "light"}
DARK: dict[str, Any] = {"color_scheme": "dark"}

every_page = pytest.mark.parametrize(("seat", "path"), PAGES)


@every_page
@pytest.mark.parametrize("how", [{}, DARK], ids=["light", "dark"])
def test_no_page_has_a_barrier(
    seated: Seated, axe: str, seat: str | None, path: str, how: dict[str, Any]
) -> None:
    page = seated(seat, **how)
    page.goto(path)

    page.evaluate(axe)
    found = page.evaluate("standards => axe.run({runOnly: standards})", STANDARDS)

    assert [f"{barrier['id']}: {barrier['nodes'][0]['html'][:120]}" for barrier in found["violations"]] == []


@every_page
def test_no_page_is_wider_than_a_small_phone(seated: Seated, seat: str | None, path: str) -> None:
    page = seated(seat, **NARROW)
    page.goto(path)

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["viewport"]["width"]


@every_page
def test_no_page_asks_anything_of_another_host(
    seated: Seated, said_by_the_browser: list[str], seat: str | None, path: str
) -> None:
    page = seated(seat)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))

    page.goto(path)

    assert hosts == {urlsplit(page.url).netloc}
    assert said_by_the_browser == []


def test_what_is_not_for_the_seat_is_refused_in_words(seated: Seated) -> None:
    reporter = seated("faltgruppen")

    answer = reporter.goto("/distributions")

    assert answer is not None
    assert answer.status == 403
    assert reporter.locator("h1").inner_text() != ""
