"""The free-text guard (granskning av fritext): says what in a text points out an individual, and where.

It never returns what it found, only which kind of thing it was and where it stands: nothing personal can be
repeated by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date

from est_contracts.guard.email_addresses import email_addresses
from est_contracts.guard.identity_numbers import identity_numbers
from est_contracts.guard.kinds import FINDING_WORDS, WARNS_ONLY, Finding, Passage
from est_contracts.guard.person_names import person_names
from est_contracts.guard.plain_writing import PlainText, Span, plain_text, plainly_written
from est_contracts.guard.registration_plates import registration_plates
from est_contracts.guard.street_addresses import street_addresses
from est_contracts.guard.telephone_numbers import telephone_numbers

__all__ = [
    "FINDING_WORDS",
    "WARNS_ONLY",
    "Finding",
    "Passage",
    "findings",
    "passages",
    "plainly_written",
    "refuses",
    "warns",
]

KnownNames = Collection[str]
Kinds = tuple[Finding, ...]

ALL: Kinds = tuple(Finding)
REFUSED: Kinds = tuple(finding for finding in Finding if finding.is_refused)
QUESTIONED: Kinds = tuple(finding for finding in Finding if not finding.is_refused)


def passages(text: str, *, today: date, known_names: KnownNames = frozenset()) -> tuple[Passage, ...]:
    """What points out an individual, in the order of the text, and where it stands in the text as written.

    `today` tells a date with a clock time from a number of birth. `known_names` are those of the
    municipality's areas and organisations: they are nobody's, whatever they look like.
    """
    plain = plain_text(text)
    found = [
        Passage(finding, *plain.as_written(span))
        for finding in _looked_for(plain.text, ALL)
        for span in _spans(finding, plain.text, today, known_names)
    ]
    return tuple(sorted(found, key=lambda passage: (passage.begin, passage.end, passage.finding)))


def findings(text: str, *, today: date, known_names: KnownNames = frozenset()) -> tuple[Finding, ...]:
    """Which kinds of things point out an individual."""
    return (*refuses(text, today=today), *warns(text, today=today, known_names=known_names))


def refuses(text: str, *, today: date) -> tuple[Finding, ...]:
    """The findings for which a text may not be recorded."""
    return _found(plain_text(text), today, REFUSED, frozenset())


def warns(text: str, *, today: date, known_names: KnownNames = frozenset()) -> tuple[Finding, ...]:
    """The findings that the sender and the coordinator should look at."""
    return _found(plain_text(text), today, QUESTIONED, known_names)


def _found(plain: PlainText, today: date, kinds: Kinds, known_names: KnownNames) -> tuple[Finding, ...]:
    return tuple(
        finding
        for finding in _looked_for(plain.text, kinds)
        if _spans(finding, plain.text, today, known_names)
    )


def _looked_for(text: str, kinds: Kinds) -> Kinds:
    """A text without digits and signs can hold names at most; most texts end here."""
    if _points_somewhere(text):
        return kinds
    return (Finding.PERSON_NAME,) if Finding.PERSON_NAME in kinds else ()


def _spans(finding: Finding, text: str, today: date, known_names: KnownNames) -> list[Span]:
    if finding is Finding.PERSON_NAME:
        return _joined(_but_for(known_names, text, person_names(text)), text)
    return _joined(RULES[finding](text, today), text)


def _joined(spans: Iterator[Span], text: str) -> list[Span]:
    """What overlaps, or is parted by no more than a comma, is one passage."""
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and (begin < joined[-1][1] or not text[joined[-1][1] : begin].strip(" ,")):
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined


def _but_for(known_names: KnownNames, text: str, spans: Iterator[Span]) -> Iterator[Span]:
    found = list(spans)
    if not found or not known_names:
        return iter(found)
    known = re.compile(
        "|".join(rf"\b{re.escape(plainly_written(name))}" for name in known_names), re.IGNORECASE
    )
    places = [match.span() for match in known.finditer(text)]
    return (span for span in found if not any(span[0] < end and begin < span[1] for begin, end in places))


#: Without any of these there is nothing but names to find.
SIGNS = re.compile(r"[\d@(\[{]")
SIGNS_IN_LETTERS = ("noll", "snabel", "alfakrull", " at ", "_at_")


def _points_somewhere(text: str) -> bool:
    small = text.casefold()
    return SIGNS.search(text) is not None or any(sign in small for sign in SIGNS_IN_LETTERS)


Rule = Callable[[str, date], Iterator[Span]]

RULES: dict[Finding, Rule] = {
    Finding.IDENTITY_NUMBER: identity_numbers,
    Finding.PHONE_NUMBER: lambda text, _today: telephone_numbers(text),
    Finding.EMAIL_ADDRESS: lambda text, _today: email_addresses(text),
    Finding.HOUSE_NUMBER: lambda text, _today: street_addresses(text),
    Finding.REGISTRATION_PLATE: lambda text, _today: registration_plates(text),
}
