"""How one says in Swedish that something is at a place: i Norrängen, but på Torget."""

from typing import Final

#: Places one is on or at, not in. What is not here is a district, and one is in it.
ON: Final = (
    "backen",
    "gatan",
    "gymnasiet",
    "gränd",
    "höjden",
    "kajen",
    "skolan",
    "stationen",
    "stranden",
    "torget",
    "vägen",
)


def place_sv(name: str) -> str:
    """The name of an area with its preposition."""
    return f"på {name}" if name.lower().endswith(ON) else f"i {name}"
