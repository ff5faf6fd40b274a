"""One navigation for the whole house: each service shows its own pages, a reader sees one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from est_chassis.web.callers import Caller
from est_contracts.vocabulary import Role, Words


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A page worth a link for some."""

    title: Words
    href: str
    roles: frozenset[Role]

    def leads_to(self, path: str) -> bool:
        """The page itself, or one below it."""
        return path == self.href or (self.href != "/" and path.startswith(f"{self.href}/"))


_EVERYONE: Final = frozenset(Role)
_COORDINATORS: Final = frozenset({Role.COORDINATOR})
_REPORTERS: Final = _COORDINATORS | {Role.REPORTER}
_STRATEGISTS: Final = _COORDINATORS | {Role.STRATEGIST}
_ON_DUTY: Final = _COORDINATORS | {Role.DUTY_OFFICER}
_READERS: Final = _STRATEGISTS | _ON_DUTY | {Role.RECIPIENT}

NAVIGATION: Final = (
    NavigationLink(Words(sv="Start", en="Start"), "/", _EVERYONE),
    NavigationLink(Words(sv="Rapportera", en="Report"), "/report", _REPORTERS),
    NavigationLink(Words(sv="Periodrapport", en="Return"), "/return", _REPORTERS),
    NavigationLink(Words(sv="Mina rapporter", en="My reports"), "/my-reports", frozenset({Role.REPORTER})),
    NavigationLink(Words(sv="Inkorg", en="Inbox"), "/inbox", _COORDINATORS),
    NavigationLink(Words(sv="Täckning", en="Coverage"), "/coverage", _COORDINATORS),
    NavigationLink(Words(sv="Lägesbild", en="Picture"), "/pictures", _READERS),
    NavigationLink(Words(sv="Problem", en="Problems"), "/problems", _STRATEGISTS | _ON_DUTY),
    NavigationLink(Words(sv="Jour", en="On duty"), "/live", _ON_DUTY),
    NavigationLink(Words(sv="Utskick", en="Distributions"), "/distributions", _COORDINATORS),
)


def links_for(caller: Caller, links: Sequence[NavigationLink] = NAVIGATION) -> list[NavigationLink]:
    """Only what leads somewhere for this caller."""
    return [link for link in links if caller.has(*link.roles)]
