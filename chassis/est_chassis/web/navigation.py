"""One menu for the whole house: each service shows its own pages, a reader sees one place."""

from collections.abc import Sequence

from est_chassis.web.callers import Caller
from est_contracts.vocabulary import HOUSE_PAGES, HousePage


def links_for(caller: Caller, pages: Sequence[HousePage] = HOUSE_PAGES) -> list[HousePage]:
    """Only what leads somewhere for this caller."""
    return [page for page in pages if caller.has(*page.roles)]
