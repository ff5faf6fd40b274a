"""Registration plates of vehicles in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from est_contracts.guard.plain_writing import Span

# The letters I, Q, V, Å, Ä and Ö are not used on Swedish plates.
# Small letters count when nothing parts them from the digits.
SWEDISH_PLATE = re.compile(
    r"(?<![\w-])(?:[A-HJ-PR-UW-Z]{3}[ .-]?|[a-hj-pr-uw-z]{3})\d\d[0-9A-HJ-NPR-UW-Za-hj-npr-uw-z](?![\w-])"
)
SPELLED_OUT = re.compile(r"(?<![\w-])(?:[A-HJ-PR-UW-Z] ){3}\d \d [0-9A-HJ-NPR-UW-Z](?![\w-])")

#: Foreign and personal plates, and small letters, count where the text says that it speaks of a plate.
SPOKEN_OF = re.compile(
    r"\b(?:reg(?:istrerings)?[. ]{0,2}(?:nr|nummer|skylt|plåt)?|(?:nummer)?(?:skylt|plåt))(?:en|et)?\b[.:,]?"
    r" {0,2}(?:är |var )?[\"'(]?(?P<plate>[A-ZÅÄÖ]{1,3}[ -][A-Z]{0,2} ?\d[\d ]{1,5}\d"
    r"|(?=[A-ZÅÄÖ]*\d)[A-ZÅÄÖ\d]{2,7}|[A-Za-z]{3} \d\d\w)(?![\w-])"
)
#: A German plate is like nothing else.
GERMAN_PLATE = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} \d{1,4}(?![\w-])")


def registration_plates(text: str) -> Iterator[Span]:
    for plate in (SWEDISH_PLATE, SPELLED_OUT, GERMAN_PLATE):
        yield from (match.span() for match in plate.finditer(text))
    yield from (match.span("plate") for match in SPOKEN_OF.finditer(text))
