"""A week as a coordinator meets it, and a report as a reporter writes it."""

from datetime import timedelta
from typing import Any

from est_chassis.charts import (
    AreaShape,
    Bar,
    Caption,
    Chart,
    WeekPoint,
    area_map,
    bars,
    heat_matrix,
    week_line,
)
from est_chassis.web.parts import Choice, KeyFigure, TimelineEntry
from est_sample.service import THURSDAY


def week_view() -> dict[str, Any]:
    """A week as a coordinator meets it."""
    return {
        "figures": [
            KeyFigure("rapporter", 38, "−6 mot vecka 46"),
            KeyFigure("funktioner har rapporterat", "36 av 40"),
            KeyFigure("med allvar 4–5", 5, "+2 mot vecka 46"),
            KeyFigure("återkommande problem", 2),
        ],
        "charts": [theme_bars(), hot_times(), year_line(), valboas_map()],
        "entries": [
            TimelineEntry(THURSDAY - timedelta(days=1), "Rapporteringen stängde", "36 av 40 funktioner."),
            TimelineEntry(THURSDAY, "Polisen lämnade sin del"),
        ],
    }


def report_view() -> dict[str, Any]:
    return {
        "errors": {"text": "Ta bort personnumret innan du skickar."},
        "kinds": [
            Choice("orebro.1", "Narkotika", "Försäljning, bruk, fynd"),
            Choice("orebro.2", "Våld och hot"),
            Choice("orebro.3", "Skadegörelse", "Klotter, krossade rutor, sabotage"),
            Choice("orebro.4", "Otillåten påverkan"),
        ],
        "scale": [
            Choice(str(step), str(step), words)
            for step, words in enumerate(("mycket liten", "liten", "måttlig", "stor", "mycket stor"), start=1)
        ],
        "areas": [Choice("9901R001", "Valboås centrum"), Choice("9901R006", "Lindängen")],
        "written": "<b>Rutor</b> krossade & klotter",
    }


def theme_bars() -> Chart:
    return bars(
        Caption(
            "themes",
            "Händelser per tema",
            "Skadegörelse är vanligast, sju händelser, fyra fler än samma vecka förra året.",
        ),
        rows=[
            Bar("Skadegörelse", 7, (5, 6, 3)),
            Bar("Narkotika", 6, (9, 8, 11)),
            Bar("Otrygg plats", 4, (4, 3, None)),
            Bar("Våld och hot", 2, (3, 1, 2)),
            Bar("Brand", 1, (0, 0, 1)),
            Bar("Otillåten påverkan", 0, (1, 0, 0)),
        ],
        value_label="v. 47",
        before_labels=("v. 46", "v. 45", "v. 47 2025"),
    )


def hot_times() -> Chart:
    evening = {(day, hour): (day * 5 + hour * 3) % 5 for day in (3, 4, 5) for hour in range(17, 24)}
    return heat_matrix(
        Caption("hot-times", "När det händer", "Mest torsdag till lördag efter klockan 17."),
        counts=[
            [evening.get((day, hour), int((day * 7 + hour) % 11 == 0)) for hour in range(24)]
            for day in range(7)
        ],
    )


def year_line() -> Chart:
    return week_line(
        Caption("year", "Skadegörelse i Norrängen, ett år", "Fyra veckor i rad över det väntade."),
        points=[
            WeekPoint(
                f"{2025 if week < 6 else 2026}-W{(week + 47 - 1) % 52 + 1:02}",
                None if week in {30, 31} else 2 + (week * 7) % 4 + (4 if week > 48 else 0),
                3 + (week * 5) % 3,
                0.3 if 28 <= week <= 33 else 0.9,
            )
            for week in range(53)
        ],
        value_label="senaste året",
        before_label="året före",
    )


def valboas_map() -> Chart:
    west, north = 13.2, 58.9
    names = ("Valboås centrum", "Norrängen", "Hamnen", "Lindängen", "Stationsområdet", "Ekparken")
    shapes = [
        AreaShape(
            f"9901R{index:03}",
            name,
            [[(x, y), (x + 0.03, y), (x + 0.033, y - 0.015), (x + 0.002, y - 0.018)]],
            value=(index * 5) % 8,
            is_priority=index % 3 == 0,
        )
        for index, name in enumerate(names)
        for x, y in [(west + 0.033 * (index % 3), north - 0.02 * (index // 3))]
    ]
    return area_map(
        Caption("map", "Var det händer", "Flest i Norrängen."),
        areas=shapes,
        value_label="händelser",
    )
