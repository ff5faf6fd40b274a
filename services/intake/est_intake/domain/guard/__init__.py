"""The free-text guard (fritextvakten): says what in a text points out an individual.

It flags on the pattern, not on the checksum: a mistyped personal identity number is personal all the same.
It never returns what it found, only which kind of thing it was: nothing personal can be repeated by mistake.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from est_contracts.vocabulary import Words
from est_intake.domain.guard.street_addresses import names_a_home
from est_intake.domain.guard.telephone_numbers import names_a_telephone


class Finding(StrEnum):
    """A kind of thing that points out an individual."""

    IDENTITY_NUMBER = "identity_number"
    PHONE_NUMBER = "phone_number"
    EMAIL_ADDRESS = "email_address"
    HOUSE_NUMBER = "house_number"
    REGISTRATION_PLATE = "registration_plate"


#: A plate only warns: three letters and three digits are also a bus line, a model or an abbreviation.
WARNS_ONLY = frozenset({Finding.REGISTRATION_PLATE})

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
    }
)


def findings(text: str, *, today: date) -> tuple[Finding, ...]:
    """What points out an individual; `today` tells a date with a clock time from a number of birth."""
    plain = plainly_written(text)
    if not POINTS_SOMEWHERE.search(plain):
        return ()
    return tuple(finding for finding, finds in RULES if finds(plain, today))


def refuses(text: str, *, today: date) -> tuple[Finding, ...]:
    """The findings for which a text may not be recorded."""
    return tuple(finding for finding in findings(text, today=today) if finding not in WARNS_ONLY)


def warns(text: str, *, today: date) -> tuple[Finding, ...]:
    """The findings that the sender and the coordinator should look at."""
    return tuple(finding for finding in findings(text, today=today) if finding in WARNS_ONLY)


def plainly_written(text: str) -> str:
    """The text with one kind of digit, dash and space, and without what nobody sees."""
    if WRITTEN_PLAINLY.fullmatch(text):
        return text
    composed = unicodedata.normalize("NFKC", text)
    return composed if composed.isascii() else "".join(map(_plain_character, composed))


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":
        return ""
    if category == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    return " " if category in ("Zs", "Zl", "Zp") else character


#: ASCII and the letters of Western Europe: nothing that looks like a digit, a dash or a space and is none.
WRITTEN_PLAINLY = re.compile(r"[\x00-\x7f\u00c0-\u00ff]*")

#: Without any of these there is nothing to find; most texts end here.
POINTS_SOMEWHERE = re.compile(r"[\d@(\[{]")

# A number of birth: two or four digits of year, month, day (coordination numbers add 60), and four more.
# The parts of the date are separated alike or not at all; between date and the rest anything people write.
IDENTITY_NUMBER = re.compile(
    r"(?<!\d)(?P<century>18|19|20)?(?P<year>\d\d)(?P<apart>[-./ ]?)(?P<month>0[1-9]|1[0-2])(?P=apart)"
    r"(?P<day>0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?P<sign> {0,2}[-+/.:]? {0,2})(?P<rest>\d{4})(?!\d)"
)
#: The same written digit by digit: 8 5 0 7 0 9 - 1 2 3 4.
SPELLED_OUT = re.compile(r"(?<![\w.,-])\d(?:[ .\-_]{1,3}\d){9,11}(?![\w-])")

EMAIL_ADDRESS = re.compile(
    r"[\w.+'-]{1,64}\s{0,2}(?:@|[(\[{]\s?(?:at|snabel-?a)\s?[)\]}])\s{0,2}[\w-]{1,63}(?:\s?(?:\.|[(\[]dot[)\]])\s?[\w-]{2,63})",
    re.IGNORECASE,
)

# The letters I, Q, V, Å, Ä and Ö are not used on Swedish plates.
# Small letters count when nothing parts them from the digits.
REGISTRATION_PLATE = re.compile(
    r"(?<![\w-])(?:[A-HJ-PR-UW-Z]{3}[ -]?|[a-hj-pr-uw-z]{3})\d\d[0-9A-HJ-NPR-UW-Za-hj-npr-uw-z](?![\w-])"
)


def has_identity_number(text: str, today: date) -> bool:
    if any(not _is_moment(match, today) for match in IDENTITY_NUMBER.finditer(text)):
        return True
    return any(
        IDENTITY_NUMBER.fullmatch(re.sub(r"\D", "", match.group())) for match in SPELLED_OUT.finditer(text)
    )


def _is_moment(match: re.Match[str], today: date) -> bool:
    """Whether it is a recent day and a clock time: '2026-11-21 2230' is no newborn child."""
    rest, sign = match["rest"], match["sign"]
    if "+" in sign or not (rest[:2] < "24" and rest[2:] < "60"):
        return False
    try:
        day = date(int((match["century"] or "20") + match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return today - timedelta(days=731) <= day <= today + timedelta(days=366)


def has_phone_number(text: str, _today: date) -> bool:
    return names_a_telephone(text)


def has_email_address(text: str, _today: date) -> bool:
    return ("@" in text or "(" in text or "[" in text or "{" in text) and EMAIL_ADDRESS.search(
        text
    ) is not None


def has_house_number(text: str, _today: date) -> bool:
    return names_a_home(text)


def has_registration_plate(text: str, _today: date) -> bool:
    return REGISTRATION_PLATE.search(text) is not None


Rule = Callable[[str, date], bool]

RULES: tuple[tuple[Finding, Rule], ...] = (
    (Finding.IDENTITY_NUMBER, has_identity_number),
    (Finding.PHONE_NUMBER, has_phone_number),
    (Finding.EMAIL_ADDRESS, has_email_address),
    (Finding.HOUSE_NUMBER, has_house_number),
    (Finding.REGISTRATION_PLATE, has_registration_plate),
)
