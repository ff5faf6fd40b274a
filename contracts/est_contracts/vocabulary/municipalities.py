"""Sweden's municipalities and counties by name and code (source: SCB, CC0)."""

import json
from importlib.resources import files

_REGISTER = json.loads((files("est_contracts") / "municipalities.json").read_text("utf-8"))

MUNICIPALITIES: dict[str, str] = _REGISTER["municipalities"]
"""The 290 municipalities (kommuner): code to name."""

COUNTIES: frozenset[str] = frozenset(_REGISTER["counties"].values())
"""The 21 counties (län), as they are written: Skåne län."""

DEMO_MUNICIPALITY = "9901"
"""Valboås does not exist: SCB gives no codes from 99."""

_CODES = {name.casefold(): code for code, name in MUNICIPALITIES.items()}
_COUNTY_NAMES = frozenset(name.casefold() for name in COUNTIES)


def code_of(name: str) -> str | None:
    """The code of the municipality with this name, or None when there is none."""
    return _CODES.get(name.strip().casefold())


def is_county(name: str) -> bool:
    """True when the name is a county's, as when an event is told for a whole county."""
    return name.strip().casefold() in _COUNTY_NAMES
