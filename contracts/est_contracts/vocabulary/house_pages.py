"""The pages that people go between, whichever service they belong to: each service shows the way to all."""

from dataclasses import dataclass
from typing import Final

from est_contracts.vocabulary.roles import Role
from est_contracts.vocabulary.wording import Words


@dataclass(frozen=True, slots=True)
class HousePage:
    """A page in the menu of the house (menyn), and whose it is worth a link for."""

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

HOUSE_PAGES: Final = (
    HousePage(Words(sv="Start", en="Start"), "/", _EVERYONE),
    HousePage(Words(sv="Rapportera", en="Report"), "/report", _REPORTERS),
    HousePage(Words(sv="Periodrapport", en="Return"), "/return", _REPORTERS),
    HousePage(Words(sv="Mina rapporter", en="My reports"), "/my-reports", frozenset({Role.REPORTER})),
    HousePage(Words(sv="Inkorg", en="Inbox"), "/inbox", _COORDINATORS),
    HousePage(Words(sv="Täckning", en="Coverage"), "/coverage", _COORDINATORS),
    HousePage(Words(sv="Lägesbild", en="Picture"), "/pictures", _READERS),
    HousePage(Words(sv="Problem", en="Problems"), "/problems", _STRATEGISTS | _ON_DUTY),
    HousePage(Words(sv="Jour", en="On duty"), "/live", _ON_DUTY),
    HousePage(Words(sv="Utskick", en="Distributions"), "/distributions", _COORDINATORS),
)
