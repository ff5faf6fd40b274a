"""The kinds of things that point out an individual, and what to say about each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from est_contracts.vocabulary import Words


class Finding(StrEnum):
    """A kind of thing that points out an individual (fynd)."""

    IDENTITY_NUMBER = "identity_number"
    PHONE_NUMBER = "phone_number"
    EMAIL_ADDRESS = "email_address"
    HOUSE_NUMBER = "house_number"
    REGISTRATION_PLATE = "registration_plate"
    PERSON_NAME = "person_name"

    @property
    def is_refused(self) -> bool:
        return self not in WARNS_ONLY


#: Questioned, not refused. Three letters and three digits are also a bus line, a model or an abbreviation;
#: what looks like a name may be a shop's, or that of somebody long dead.
WARNS_ONLY = frozenset({Finding.REGISTRATION_PLATE, Finding.PERSON_NAME})


@dataclass(frozen=True)
class Passage:
    """Where in a text something was found (ställe): its first character and the one after its last."""

    finding: Finding
    begin: int
    end: int


FINDING_WORDS = MappingProxyType(
    {
        Finding.IDENTITY_NUMBER: Words(
            sv="Texten ser ut att innehålla ett person- eller samordningsnummer. Ta bort det.",
            en="The text seems to hold a personal identity or coordination number. Remove it.",
        ),
        Finding.PHONE_NUMBER: Words(
            sv="Texten ser ut att innehålla ett telefonnummer. Ta bort det.",
            en="The text seems to hold a phone number. Remove it.",
        ),
        Finding.EMAIL_ADDRESS: Words(
            sv="Texten ser ut att innehålla en e-postadress. Ta bort den.",
            en="The text seems to hold an e-mail address. Remove it.",
        ),
        Finding.HOUSE_NUMBER: Words(
            sv="Texten ser ut att innehålla ett gatu- eller lägenhetsnummer. Skriv gatan utan nummer.",
            en="The text seems to hold a house or flat number. Name the street without the number.",
        ),
        Finding.REGISTRATION_PLATE: Words(
            sv="Texten kan innehålla ett registreringsnummer. Ta bort det om det är en privatpersons fordon.",
            en="The text may hold a registration plate. Remove it if the vehicle is a private person's.",
        ),
        Finding.PERSON_NAME: Words(
            sv="Texten kan innehålla ett personnamn. Ta bort det om det är en enskild person.",
            en="The text may hold a person's name. Remove it if it is a private individual's.",
        ),
    }
)
