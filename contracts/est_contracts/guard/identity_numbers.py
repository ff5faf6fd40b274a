"""Personal identity and coordination numbers in running text.

They are found by their pattern, not by their checksum: a mistyped number is personal all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from est_contracts.guard.plain_writing import Span

# A number of birth: two or four digits of year, month, day (coordination numbers add 60), and four more.
# The parts of the date are separated alike or not at all; between date and the rest anything people write.
# What goes on as a second date is a period from-to.
IDENTITY_NUMBER = re.compile(
    r"(?<!\d)(?:(?P<century>18|19|20) ?)?(?P<year>\d\d)(?P<apart>[-./ ]?)(?P<month>0[1-9]|1[0-2])(?P=apart)"
    r"(?P<day>0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?P<sign>,? {0,2}[-+/.:]{0,2} {0,2})(?P<rest>\d{4})"
    r"(?!\d|[-./]\d\d[-./]\d\d)"
)
#: The same written digit by digit: 8 5 0 7 0 9 - 1 2 3 4.
SPELLED_OUT = re.compile(r"(?<![\w.,-])\d(?:[ .\-_]{1,3}\d){9,11}(?![\w-])")
#: The number in two pieces, or with the day in words.
LAST_FOUR = re.compile(
    r"\bnum(?:ret|mer) (?:som )?slutar (?:på|med) (?P<ends>\d{4})(?!\d)"
    r"|\b(?:de )?(?:fyra sista|sista fyra|4 sista|sista 4|kontrollsiffr\w+)(?: siffrorna)?\W{0,3}"
    r"(?:(?:är|var|i personnumret|med)\W{1,2}){0,2}(?P<number>\d{4})(?!\d)",
    re.IGNORECASE,
)
DAY_IN_WORDS = re.compile(
    r"(?<!\d)(?:[1-9]|[12]\d|3[01]) (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w{0,6}"
    r" (?P<year>(?:19|20)\d\d) ?[,-] ?(?P<rest>\d{4})(?![\d-])",
    re.IGNORECASE,
)


def identity_numbers(text: str, today: date) -> Iterator[Span]:
    """`today` tells a date with a clock time from a number of birth."""
    yield from (match.span() for match in IDENTITY_NUMBER.finditer(text) if not _is_moment(match, today))
    for match in SPELLED_OUT.finditer(text):
        if IDENTITY_NUMBER.fullmatch(re.sub(r"\D", "", match.group())):
            yield match.span()
    for match in LAST_FOUR.finditer(text):
        yield match.span(match.lastgroup or 0)
    for match in DAY_IN_WORDS.finditer(text):
        if not (_is_clock_time(match["rest"]) and int(match["year"]) >= today.year - 1):
            yield match.span()


def _is_moment(match: re.Match[str], today: date) -> bool:
    """Whether it is a recent day and a clock time: '2026-11-21 2230' is no newborn child."""
    rest, sign = match["rest"], match["sign"]
    if "+" in sign or not _is_clock_time(rest):
        return False
    try:
        day = date(int((match["century"] or "20") + match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return today - timedelta(days=731) <= day <= today + timedelta(days=366)


def _is_clock_time(digits: str) -> bool:
    return digits[:2] < "24" and digits[2:] < "60"
