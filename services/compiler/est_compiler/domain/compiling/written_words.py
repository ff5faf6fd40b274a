"""What people may write in a picture: nobody is pointed out, neither when written nor when published."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from est_compiler.domain.compiling.refusals import (
    PrivacyCheckFailed,
    TextIsQuestioned,
    TextIsRefused,
    TextIsTooLong,
)
from est_compiler.domain.compiling.work import TextReference
from est_contracts.guard import Finding, refuses, warns
from est_contracts.guard.known_names import known_names
from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument

LONGEST_TEXT = 8_000

#: Each text by the name of its place.
Placed = Iterable[tuple[str, str]]


def tidy(words: str | None) -> str | None:
    """As it is kept: one kind of line end, no blanks around; None where nothing is said."""
    lines = (words or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip() or None


def check_written(
    placed: Placed, *, document: CollaborationDocument | None, now: datetime, confirmed: bool
) -> bool:
    """Refuse what points out somebody; ask about plates and names. True if there was something to ask."""
    placed, today, names = tuple(placed), _day(now), _names(document)
    for field, words in placed:
        if len(words) > LONGEST_TEXT:
            raise TextIsTooLong(field, most=LONGEST_TEXT)
    refused = [(field, finding) for field, words in placed for finding in refuses(words, today=today)]
    if refused:
        raise TextIsRefused(refused)
    asked = [
        (field, finding)
        for field, words in placed
        for finding in warns(words, today=today, known_names=names)
    ]
    if asked and not confirmed:
        raise TextIsQuestioned(asked)
    return bool(asked)


def check_published(
    placed: Iterable[tuple[str, TextReference]],
    *,
    words: Mapping[UUID, str],
    document: CollaborationDocument | None,
    now: datetime,
) -> None:
    """The guard again, over every word that is to be published. The places are named, never the words."""
    today, names = _day(now), _names(document)
    found = [
        (place, finding)
        for place, text in placed
        if text.text_id in words
        for finding in _findings(words[text.text_id], text, today=today, names=names)
    ]
    if found:
        raise PrivacyCheckFailed(found)


def _findings(words: str, text: TextReference, *, today: date, names: frozenset[str]) -> Iterator[Finding]:
    yield from refuses(words, today=today)
    if not text.confirmed:
        yield from warns(words, today=today, known_names=names)


def digest_of(words: str, *, salt: str) -> str:
    """What stands in the log for words beside it: without the salt, erased with them, it says nothing."""
    return sha256(f"{salt}\n{words}".encode()).hexdigest()


def _day(now: datetime) -> date:
    return now.astimezone(STOCKHOLM).date()


def _names(document: CollaborationDocument | None) -> frozenset[str]:
    return known_names(document) if document else frozenset()
