"""Pictures that were frozen when less was drawn: what they do not say is empty, and never invented."""

from typing import Any

from est_contracts.vocabulary import PeriodKind, Week

_NOTHING: dict[str, Any] = {"due": 0, "heard": 0, "nothing": 0}


def as_drawn_today(frozen: dict[str, Any]) -> dict[str, Any]:
    """The fields of a picture as they are named today."""
    if frozen["drawn_as"] > 1:
        return frozen
    week = Week.parse(frozen["period"])
    return frozen | {
        "kind": PeriodKind.WEEK,
        "first_day": week.days[0],
        "last_day": week.days[-1],
        "scope": "",
        "scope_name": "",
        "scope_areas": (),
        "is_known": frozen["recent_weeks"][-1]["count"] is not None,
        "in_blocks": 0,
        "entries": (),
        "areas": [each | {"within": None} for each in frozen["areas"]],
        "places": (),
        "cells": [each | {"entry": "", "not_in_public": 0} for each in frozen["cells"]],
        "weekday_hours": frozen["weekday_hours"] | {"without_hour": 0},
        "recent_weeks": [_week(each) for each in frozen["recent_weeks"]],
        "marks": (),
        "coverage": {
            "now": _NOTHING,
            "previous": None,
            "before_previous": None,
            "last_year": None,
            "silent": (),
        },
        "returned": {"entries": (), "areas": (), "risk_values": ()},
        "ahead": (),
        "problems": (),
    }


def _week(counted: dict[str, Any]) -> dict[str, Any]:
    return counted | {"first_day": Week.parse(counted["period"]).monday, "cover": None}
