"""Telephone numbers in running text, as people in Sweden write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from est_contracts.guard.plain_writing import Span

# What looks like a telephone number and is not: identifiers, dates, and clock times from-to.
NOT_TELEPHONES = re.compile(
    r"""
      [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
    | (?<!\d)(?:0?[1-9]|[12]\d|3[01])[-./ ]{1,2}(?:0?[1-9]|1[0-2])[-./ ]{1,2}(?:19|20)\d\d(?![-\d]|\ \d)
    | (?<!\d)[0-3]\d[01]\d20[2-4]\d(?!\d)
    | (?<!\d)(?:19|20)\d\d(?P<by>[-./])[01]\d(?P=by)[0-3]\d(?!\d)
    | (?<!\d)(?<!\d[.:])[0-2]\d(?P<colon>[.:])[0-5]\d(?:[.:][0-5]\d)?\s?(?:-|till|to)\s?
      [0-2]\d(?P=colon)[0-5]\d(?!\d)
    | (?<!\d)(?<!\d[.:])[0-2]\d[.:][0-5]\d(?:[.:][0-5]\d)?(?![\d.-])
    | (?<!\d)[0-2]\d[0-5]\d\s?(?:-|till|to)\s?[0-2]\d[0-5]\d(?![\d-]|\ \d)
    """,
    re.VERBOSE | re.IGNORECASE,
)

# A prefix (+46, 0046, 0 before an area code), then digits in groups.
CANDIDATE = re.compile(r"(?<![\d+])(?:\+|00|0)[ ]?\(?[1-9](?:[ \-/()._*·]{0,3}\d){5,14}(?![\d])")
#: 46 70 123 45 67 without the plus.
SWEDISH_MOBILE = re.compile(r"(?<![\d+])46[ -]?\(?0?\)?7[02369](?:[ -]?\d){7}(?!\d)")
#: Noll sju noll, 123 45 67.
SPOKEN = re.compile(
    r"\bnoll(?:[ ,-]{0,2}(?:noll|ett?|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tjugo"
    r"|(?:tre|fjor|fem|sex|sjut|ar|nit)ton|(?:tret|fyr|fem|sex|sjut|åt|nit)tio|\d)){6,16}(?!\w)",
    re.IGNORECASE,
)

NATIONAL_DIGITS = range(8, 11)
INTERNATIONAL_DIGITS = range(8, 16)
#: Fewer digits than these in the whole text cannot hold a telephone number, unless some are written as words.
FEWEST_DIGITS = 8

DIGIT = re.compile(r"\d")


def telephone_numbers(text: str) -> Iterator[Span]:
    if "noll" in text.casefold():
        yield from (match.span() for match in SPOKEN.finditer(text))
    if len(DIGIT.findall(text)) < FEWEST_DIGITS:
        return
    text = NOT_TELEPHONES.sub(_blotted_out, text)
    yield from (match.span() for match in CANDIDATE.finditer(text) if _is_telephone(match.group()))
    yield from (match.span() for match in SWEDISH_MOBILE.finditer(text))


def _blotted_out(match: re.Match[str]) -> str:
    return "\N{BULLET}" * len(match.group())


def _is_telephone(candidate: str) -> bool:
    digits = re.sub(r"\D", "", candidate)
    if candidate.startswith("+"):
        return len(digits) in INTERNATIONAL_DIGITS
    if digits.startswith("00"):
        return len(digits) - 2 in INTERNATIONAL_DIGITS
    return len(digits) in NATIONAL_DIGITS
