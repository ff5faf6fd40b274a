"""The stylesheet: every text can be read on its ground, in light and in the dark."""

import re
from itertools import pairwise

import pytest

from est_chassis.charts.heat_matrix import SHADES, TEXT_ON_SHADES
from est_chassis.web.frame import STATIC

STYLES = (STATIC / "est.css").read_text(encoding="utf-8")
VARIABLE = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})")
READABLE = 4.5
VISIBLE = 3.0
TEXTS = [
    ("ink", "ground"), ("ink", "paper"), ("ink", "soft"), ("quiet", "ground"), ("quiet", "paper"),
    ("quiet", "soft"),
    ("accent", "ground"), ("accent", "paper"), ("accent", "soft"), ("on-accent", "accent"),
    ("on-accent", "accent-hover"), ("urgent", "urgent-soft"), ("urgent", "ground"), ("paper", "urgent"),
    ("warn", "warn-soft"), ("ink", "warn-soft"), ("ink", "urgent-soft"), ("good", "good-soft"),
    ("quiet", "heat-0"), ("on-heat-light", "heat-1"), ("on-heat-light", "heat-2"), ("on-heat-dark", "heat-4"),
    ("on-heat-dark", "heat-5"), ("accent", "warn-soft"),
]  # fmt: skip
EDGES = [
    ("strong-rule", "paper"),
    ("strong-rule", "ground"),
    ("accent", "ground"),
    ("on-heat-light", "heat-3"),
]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, ground: str) -> float:
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(scheme: str) -> dict[str, str]:
    light, dark = STYLES.split("@media screen and (prefers-color-scheme: dark)", 1)
    found = dict(VARIABLE.findall(light))
    return (
        found if scheme == "light" else found | dict(VARIABLE.findall(dark.split("/* The four levels", 1)[0]))
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read_on_its_ground(scheme: str, text: str, ground: str) -> None:
    chosen = colours(scheme)

    assert contrast(chosen[text], chosen[ground]) >= READABLE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_what_can_be_pressed_are_seen(scheme: str, edge: str, ground: str) -> None:
    chosen = colours(scheme)

    assert contrast(chosen[edge], chosen[ground]) >= VISIBLE


@pytest.mark.parametrize("level", ["green", "yellow", "orange", "red"])
def test_dark_text_can_be_read_on_a_level(level: str) -> None:
    ground, edge = re.findall(rf"\.level-{level} {{ --level: (#\w+); --level-edge: (#\w+)", STYLES)[0]

    assert contrast("#1d2529", ground) >= READABLE
    assert contrast(edge, "#ffffff") >= VISIBLE


@pytest.mark.parametrize("shade", range(6))
def test_numbers_can_be_read_on_every_shade_when_printed(shade: int) -> None:
    assert contrast(TEXT_ON_SHADES[shade], SHADES[shade]) >= READABLE


def test_shades_darken_step_by_step_so_that_grey_paper_keeps_their_order() -> None:
    steps = [luminance(shade) for shade in SHADES]

    assert steps == sorted(steps, reverse=True)
    assert all(contrast(lighter, darker) > 1.15 for lighter, darker in pairwise(SHADES))


def test_focus_is_always_visible() -> None:
    assert re.search(r":focus-visible {[^}]*outline: 3px solid", STYLES)
    assert "outline: none" not in STYLES.replace("main:focus { outline: none; }", "")


def test_the_stylesheet_asks_no_other_server() -> None:
    assert "url(" not in STYLES
    assert "@import" not in STYLES
