"""One navigation for the whole house: each service shows its own pages, a reader sees one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from est_chassis.web.callers import Caller
from est_contracts.vocabulary import Role


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A page worth a link for some."""

    title: str
    href: str
    roles: frozenset[Role]

    def leads_to(self, path: str) -> bool:
        """The page itself, or one below it."""
        return path == self.href or (self.href != "/" and path.startswith(f"{self.href}/"))


_EVERYONE: Final = frozenset(Role)
_READERS: Final = frozenset({Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER, Role.RECIPIENT})

NAVIGATION: Final = (
    NavigationLink("Start", "/", _EVERYONE),
    NavigationLink("Rapportera", "/report", frozenset({Role.REPORTER, Role.COORDINATOR})),
    NavigationLink("Rapporter", "/reports", frozenset({Role.COORDINATOR, Role.STRATEGIST})),
    NavigationLink("Lägesbild", "/pictures", _READERS),
    NavigationLink("Problem", "/problems", frozenset({Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER})),
    NavigationLink("Jour", "/live", frozenset({Role.DUTY_OFFICER, Role.COORDINATOR})),
    NavigationLink("Utskick", "/distributions", frozenset({Role.COORDINATOR})),
)


def links_for(caller: Caller, links: Sequence[NavigationLink] = NAVIGATION) -> list[NavigationLink]:
    """Only what leads somewhere for this caller."""
    return [link for link in links if caller.has(*link.roles)]
